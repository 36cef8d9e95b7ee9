"""Readings and workspaces for tests, the dozen orders of the worked example, and the shared data."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics.intake.contract import Quality, Reading
from metrics.results import Loaded
from metrics.settings import Settings
from metrics.suppression import release, suppressed
from metrics.workspace import Workspace
from tests.oracle import Row

TEN_THOUSANDTH = Decimal("0.0001")

QUOTIENTS = {
    *("churn", "crr", "strict_crr", "reactivation", "aov", "recoverable_by_rule", "share", "value", "margin"),
    *("orders_per_month", "lifespan_months", "cumulative", "months_of_rent", "monthly_salaries", "salaries_for_a_year"),
}

COLUMNS = pa.schema(
    [
        ("order_id", pa.string()),
        ("customer_id", pa.string()),
        ("order_at", pa.timestamp("us")),
        ("amount", pa.decimal128(18, 4)),
        ("is_refund", pa.bool_()),
        ("n_lines", pa.int32()),
    ]
)


def order(customer: str, at: str, amount: float | str, order_id: str | None = None, cost: str | None = None) -> Row:
    """A row as one would say it: `order("ann", "2024-01-10", 100)`."""
    return Row(customer, datetime.fromisoformat(at), Decimal(str(amount)), order_id, Decimal(cost) if cost else None)


# A dozen orders and a refund; with T = 30:
# - ann is lost on 7 March and comes back on 20 June;
# - bob's second order falls exactly on what would be his loss day (15 January + 31); lost since 17 March;
# - cat bought twice on a day and got 20 back; on 31 March her silence is exactly 30;
# - dan is lost on 30 June, the as-of date;
# - eve's second order is on day 31 too; on 30 June her silence is exactly 30;
# - fay is new; her second order is a gift.
DOZEN = (
    order("ann", "2024-01-10T09:00", 100, "1"),
    order("ann", "2024-02-05T09:00", 100, "2"),
    order("ann", "2024-06-20T09:00", 50, "3"),
    order("bob", "2024-01-15T00:00", 40, "4"),
    order("bob", "2024-02-15T23:59:59", 60, "5"),
    order("cat", "2024-03-01T10:00", 200, "6"),
    order("cat", "2024-03-01T18:30", 20, "7"),
    order("cat", "2024-03-20T12:00", -20, "6"),
    order("dan", "2024-05-30T12:00", 45, "8"),
    order("eve", "2024-04-30T23:00", 70, "9"),
    order("eve", "2024-05-31T01:00", 80, "10"),
    order("fay", "2024-06-30T12:00", 5, "11"),
    order("fay", "2024-06-30T13:00", 0, "12"),
)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows with an order id each."""
    return [row._replace(order_id=f"n{number}") for number, row in enumerate(rows)]


def table_of(rows: Sequence[Row]) -> pa.Table:
    columns: dict[str, Any] = {
        "order_id": [row.order_id for row in rows],
        "customer_id": [row.customer for row in rows],
        "order_at": [row.at for row in rows],
        "amount": [row.amount.quantize(TEN_THOUSANDTH) for row in rows],
        "is_refund": [row.amount < 0 for row in rows],
        "n_lines": [1] * len(rows),
    }
    schema = COLUMNS
    if any(row.cost is not None for row in rows):
        columns["cost"] = [None if row.cost is None else row.cost.quantize(TEN_THOUSANDTH) for row in rows]
        schema = schema.append(pa.field("cost", pa.decimal128(18, 4)))
    return pa.table(columns, schema=schema)


def quality_of(rows: Sequence[Row]) -> Quality:
    gross = sum((row.amount for row in rows if row.amount > 0), Decimal(0))
    days = [row.day for row in rows if row.amount > 0]
    return Quality(
        rows_read=len(rows),
        orders=sum(row.amount > 0 for row in rows),
        zero_orders=sum(row.amount == 0 for row in rows),
        refunds=sum(row.amount < 0 for row in rows),
        rows_merged=0,
        zero_merged=0,
        rows_not_counted=0,
        rows_rejected=0,
        rejected_by_reason={},
        warnings=(),
        customers=len({row.customer for row in rows}),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        currency=None,
        gross=gross,
        net=sum((row.amount for row in rows), Decimal(0)),
    )


def reading_of(
    rows: Iterable[Row], tmp_path: Path, has_order_ids: bool | None = None, names: dict[str, str] | None = None
) -> Reading:
    """The reading of a file with these rows; it has order ids when every row has one, unless told otherwise.

    `names` (customer -> name) become its contacts.
    """
    rows = list(rows)
    if has_order_ids is None:
        has_order_ids = all(row.order_id is not None for row in rows)
    path = tmp_path / f"{uuid4().hex}.parquet"
    pq.write_table(table_of(rows), path)
    contacts_path = tmp_path / f"{path.stem}-contacts.parquet" if names else None
    if names and contacts_path:
        contacts = {
            "customer_id": list(names),
            "name": list(names.values()),
            "email": pa.nulls(len(names), pa.string()),
        }
        pq.write_table(pa.table(contacts), contacts_path)
    return Reading(
        outcome="ready",
        file_name=f"{path.stem}.csv",
        content_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
        quality=quality_of(rows),
        clean_path=path,
        contacts_path=contacts_path,
        has_order_ids=has_order_ids,
    )


def workspace_of(rows: Iterable[Row], tmp_path: Path, settings: Settings | None = None) -> Workspace:
    """A workspace in memory with one file of these rows."""
    workspace = Workspace.open(None)
    workspace.ingest(reading_of(rows, tmp_path))
    if settings is not None:
        workspace.save(settings)
    return workspace


@cache
def _scratch() -> Workspace:
    # One thread is a quarter faster on a handful of rows.
    return Workspace.open(None, threads=1)


def add(workspace: Workspace, rows: Iterable[Row]) -> Loaded:
    """Load one more file of these rows."""
    with TemporaryDirectory() as folder:
        return workspace.ingest(reading_of(rows, workspace.inbox or Path(folder)))


@contextmanager
def holding(*files: Iterable[Row], settings: Settings | None = None) -> Iterator[Workspace]:
    """A workspace with these files, loaded one after another; the same one for all examples, for speed."""
    workspace = _scratch()
    workspace.save(settings or Settings())
    try:
        for rows in files:
            add(workspace, rows)
        yield workspace
    finally:
        for batch in workspace.batches():
            workspace.undo(batch.batch_id)
        release(workspace, [one.key for one in suppressed(workspace).rows])


def fields_of(result: Any, expected: dict[str, Any]) -> dict[str, Any]:
    """Of a result, the fields that the expectation speaks of."""
    return {key: getattr(result, key) for key in expected}


def about(expected: dict[str, Any]) -> dict[str, Any]:
    """The expectation with room for rounding in quotients; counts, days and sums of money stay exact."""
    return {key: _roughly(value) if key in QUOTIENTS else value for key, value in expected.items()}


def _roughly(value: Any) -> Any:
    if isinstance(value, Decimal):
        return pytest.approx(value, rel=Decimal("1e-12"), abs=Decimal("1e-12"))
    return value if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)


def day(text: str) -> date:
    return date.fromisoformat(text)


def shared_data() -> Path:
    """The folder of real orders and reference figures, beside the project's root; the test is skipped without it."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared data: {folder} is missing")
    return folder


def exact(amount: str | float) -> Decimal:
    """Money as it was before binary floats: 614557.9349999999 is 614557.9350."""
    return Decimal(str(amount)).quantize(TEN_THOUSANDTH)


def real_orders(name: str) -> list[Row]:
    """The clean orders behind the reference file of this name."""
    orders = shared_data() / "orders"
    if name == "msft_sales":
        return _summed(orders / "msft_dp_data_sales.csv")
    file_name = {"uci_or1": "uci_or1_orders.csv", "cdnow_sample": "cdnow_sample_orders.csv"}[name]
    with (orders / file_name).open(encoding="utf-8", newline="") as file:
        return [
            order(line["customer_id"], line["order_ts"], str(exact(line["amount"])), line["order_id"])
            for line in csv.DictReader(file)
        ]


def _summed(path: Path) -> list[Row]:
    sums: dict[str, Row] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            amount = Decimal(line["Quantity"]) * Decimal(line["UnitPrice"])
            order_id = line["SalesOrderNumber"]
            known = sums.get(order_id) or order(line["EmailAddress"], line["OrderDate"], 0, order_id)
            sums[order_id] = known._replace(amount=known.amount + amount)
    return list(sums.values())
