"""Plain orders in any number, for measurements: seeded, in order of time, with one-time buyers and regulars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from numpy.typing import NDArray

BATCH = 1_000_000
FIRST_AT = np.datetime64("2023-11-01", "us")
N_DAYS = 1096
CUSTOMER_BITS = 32
SCHEMA = pa.schema(
    [
        ("order_id", pa.int64()),
        ("customer_id", pa.int64()),
        ("order_at", pa.timestamp("us")),
        ("amount", pa.decimal128(12, 2)),
    ]
)


def write_orders(path: Path, n_orders: int, seed: int, n_customers: int | None = None) -> None:
    """Write exactly `n_orders` orders of three years up to 2026-10-31 to `path` (`.parquet`, or else CSV).

    Columns: order_id, customer_id (integers), order_at, amount. `n_customers` (default: one per six orders) all buy at
    least once. Takes about 8 bytes of memory per order and 24 per customer. The same arguments give the same rows.
    Raises ValueError where there are no customers, more customers than orders, or 2^32 customers.
    """
    if n_customers is None:
        n_customers = max(1, n_orders // 6)
    if not 0 < n_customers <= n_orders or n_customers >= 2**CUSTOMER_BITS:
        raise ValueError("n_customers must be between 1 and n_orders, and below 2^32")
    rng = np.random.Generator(np.random.PCG64(seed))
    packed = _packed_orders(n_orders, n_customers, rng)
    sizes = rng.lognormal(0, 0.5, n_customers).astype(np.float32)
    batches = _batches(packed, sizes, rng)
    if path.suffix == ".parquet":
        with pa_parquet.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
    else:
        with pa_csv.CSVWriter(path, SCHEMA) as writer:
            for batch in batches:
                writer.write_batch(batch)


def _packed_orders(n_orders: int, n_customers: int, rng: np.random.Generator) -> NDArray[np.uint64]:
    """Second of the order (high bits) and customer (low bits) in one sorted number per order."""
    calendar = _calendar()
    counts = _order_counts(n_orders, n_customers, rng)
    # Growth: six times as many customers join on the last day as on the first.
    joined = ((np.sqrt(1 + 35 * rng.random(n_customers)) - 1) / 5).astype(np.float32)
    stays = np.minimum(rng.exponential(0.35, n_customers).astype(np.float32), 1 - joined)
    ends = np.cumsum(counts)
    packed = np.empty(n_orders, dtype=np.uint64)
    step = max(1, BATCH * n_customers // n_orders)
    for start in range(0, n_customers, step):
        some = slice(start, min(start + step, n_customers))
        begin = int(ends[start] - counts[start])
        who = np.repeat(np.arange(some.start, some.stop, dtype=np.uint32), counts[some])
        # Purchases at a steady rate, given their number, lie evenly over the time that a customer stays.
        share = rng.random(len(who), dtype=np.float32)
        share[ends[some] - counts[some] - begin] = 0  # the first purchase is the day of joining
        at = np.interp(joined[who] + share * stays[who], np.linspace(0, 1, len(calendar)), calendar)
        jitter = rng.integers(0, 3600, len(who), dtype=np.uint32)
        seconds = np.minimum(at, N_DAYS * 86_400 - 1).astype(np.uint64) // 3600 * 3600 + jitter
        packed[begin : begin + len(who)] = seconds << CUSTOMER_BITS | who
    packed.sort()
    return packed


def _order_counts(n_orders: int, n_customers: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """At least one order each, the rest by gamma rates: many one-time buyers, few very frequent ones."""
    rates = rng.gamma(0.5, size=n_customers)
    return 1 + rng.multinomial(n_orders - n_customers, rates / rates.sum())


def _calendar() -> NDArray[np.float64]:
    """Seconds from the start at equal steps of turnover, so that evenings, Saturdays and Decembers get more."""
    hours = np.arange(N_DAYS * 24)
    day = hours // 24
    hour_weight = 0.05 + np.exp(-(((hours % 24) - 17) ** 2) / 32)
    month = (FIRST_AT + day.astype("timedelta64[D]")).astype("datetime64[M]").astype(int) % 12
    weight = hour_weight * np.where((day + 2) % 7 == 5, 1.4, 1.0) * np.where(month == 11, 1.7, 1.0)
    turnover = np.concatenate([[0.0], np.cumsum(weight)]) / weight.sum()
    seconds: NDArray[np.float64] = np.interp(np.linspace(0, 1, 20_001), turnover, np.arange(len(turnover)) * 3600.0)
    return seconds


def _batches(
    packed: NDArray[np.uint64], sizes: NDArray[np.float32], rng: np.random.Generator
) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(packed), BATCH):
        part = packed[start : start + BATCH]
        who = (part & np.uint64(2**CUSTOMER_BITS - 1)).astype(np.int64)
        at = FIRST_AT + (part >> CUSTOMER_BITS).astype("timedelta64[s]")
        cents = 100 + (2900 * sizes[who] * rng.lognormal(0, 0.4, len(who))).astype(np.int64)
        order_id = np.arange(start + 1, start + len(part) + 1)
        columns = [pa.array(order_id), pa.array(who + 1), pa.array(at.astype("datetime64[us]")), _decimals(cents)]
        yield pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _decimals(cents: NDArray[np.int64]) -> pa.Array:
    """Positive cents -> DECIMAL(12, 2), exactly: its 16 bytes are the number and a high half of zeros."""
    halves = np.zeros((len(cents), 2), dtype="<i8")
    halves[:, 0] = cents
    return pa.Array.from_buffers(SCHEMA.field("amount").type, len(cents), [None, pa.py_buffer(halves)])
