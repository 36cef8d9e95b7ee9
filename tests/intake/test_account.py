"""Whatever stands in a file, every row read ends in exactly one place, and the money adds up."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.intake import ColumnMap, Limits, Reading
from metrics.intake.job import Job
from metrics.intake.pipeline import read_file

DAYS = st.integers(0, 6).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
LINES = st.tuples(
    st.sampled_from(["1", "2", "3", "C1", "", "-"]),
    st.one_of(DAYS.map(str), DAYS.map(lambda day: day.strftime("%d.%m.%Y")), st.sampled_from(["", "soon", "0001-01-01"])),
    st.sampled_from(["A", "B", "007", "", "guest", "Итого"]),
    st.one_of(st.integers(-30, 30).map(str), st.integers(-999, 999).map(lambda n: f"{n / 100:.2f}"), st.sampled_from(["", "x", "5 руб"])),
    st.sampled_from(["paid", "cancelled", "Отменён", ""]),
)  # fmt: skip
# A row with neither day nor amount may be a further line of the order that it stands under: tested by itself.
FILES = st.lists(LINES.filter(lambda line: bool(line[1] or line[3])), max_size=25)
# Sound rows keep the file readable whatever follows, and lines of different sums show that they are lines.
SOUND = [
    ("9", "2024-01-01", "Z", "1.50", "paid"),
    ("8", "2024-01-01", "Z", "1.00", "paid"),
    ("8", "2024-01-01", "Z", "2.00", "paid"),
]


def read_lines(lines: list[tuple[str, ...]]) -> tuple[Reading, list[tuple[str | None, str, date, Decimal, int]]]:
    """The Reading of a file with these rows, and its clean rows."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "temp").mkdir()
        rows = [("order_id", "order_date", "customer_id", "amount", "status"), *SOUND, *lines]
        (work / "file").write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
        columns = {
            "order_id": "order_id",
            "date": "order_date",
            "customer": "customer_id",
            "amount": "amount",
            "status": "status",
        }
        answers = {"same_number": "one"}
        job = Job(work / "file", "file", ColumnMap(columns=columns, answers=answers), work, work / "temp", Limits())
        reading = read_file(job, lambda _stage, _share: None)
        assert reading.clean_path is not None
        with duckdb.connect() as connection:
            query = "select order_id, customer_id, order_at::date, amount, n_lines from read_parquet($p)"
            clean = connection.execute(query, {"p": str(reading.clean_path)}).fetchall()
        return reading, clean


def expected(lines: list[tuple[str, ...]]) -> dict[tuple, tuple[Decimal, int]]:
    """Orders and refunds by the slow, plain way: (order or row, customer, day) -> (amount, lines)."""
    groups: dict[tuple, list[tuple[date, Decimal, bool]]] = defaultdict(list)
    for place, (order, day, customer, amount, status) in enumerate([*SOUND, *lines]):
        money = amount.removesuffix(" руб")
        if customer in {"", "guest", "Итого"} or day in {"", "soon", "0001-01-01"} or money in {"", "x"}:
            continue
        moment = date.fromisoformat(day) if "-" in day else date(int(day[6:]), int(day[3:5]), int(day[:2]))
        key = (order, customer) if order not in {"", "-"} else (place, customer)
        groups[key].append((moment, Decimal(money), status in {"cancelled", "Отменён"}))
    found: dict[tuple, tuple[Decimal, int]] = {}
    for (order, customer), all_rows in groups.items():
        rows = [(day, amount) for day, amount, is_out in all_rows if not is_out]
        plain = [day for day, amount in rows if amount >= 0]
        if not plain and any(is_out and amount >= 0 for _, amount, is_out in all_rows):
            continue
        own = min(plain or [day for day, _ in rows], default=None)
        for day, amount in rows:
            place = (order if isinstance(order, str) else None, customer, max(day, own) if amount < 0 else own)
            key = (*place, None if isinstance(order, str) else order)
            old = found.get(key, (Decimal(0), 0))
            found[key] = (old[0] + amount, old[1] + 1)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES)
def test_every_row_ends_in_exactly_one_place(lines: list[tuple[str, ...]]) -> None:
    reading, clean = read_lines(lines)
    quality = reading.quality
    assert quality.rows_read == len([row for row in lines if any(row)]) + len(SOUND)
    for zero in (True, False):
        told = quality.account(count_zero_orders=zero)
        assert told.pop("rows_read") == sum(told.values())
    assert quality.rows_rejected == sum(quality.rejected_by_reason.values())
    assert sorted(
        (order, who, day, amount, n) for (order, who, day, _), (amount, n) in expected(lines).items() if order
    ) == sorted(row for row in clean if row[0])
    assert sum(row[3] for row in clean) == quality.net == sum(amount for amount, _ in expected(lines).values())
    assert quality.rows_merged == sum(row[4] - 1 for row in clean)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(lines: list[tuple[str, ...]], random) -> None:
    mixed = list(lines)
    random.shuffle(mixed)
    (one, clean_one), (other, clean_other) = read_lines(lines), read_lines(mixed)
    key = repr
    assert sorted(clean_one, key=key) == sorted(clean_other, key=key)
    assert one.quality.gross == other.quality.gross
