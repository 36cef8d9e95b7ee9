"""Parquet files of every make: each ends with the exact orders."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics.intake import Reading, read_orders

AT = [datetime(2024, 1, 5), datetime(2024, 1, 6, 22, 30)]
EPOCH = [1704412800, 1704580200]
CLEAN = [("1", "C1", "2024-01-05 00:00:00", Decimal("5.5")), ("2", "C2", "2024-01-06 22:30:00", Decimal(7))]
DAYS = [(order, who, at[:10] + " 00:00:00", amount) for order, who, at, amount in CLEAN]
TEXTS = {
    "order_id": ["1", "2"],
    "order_date": [str(at) for at in AT],
    "customer_id": ["C1", "C2"],
    "amount": ["5.5", "7"],
}


@pytest.fixture
def orders(rows) -> Callable[[Reading], list]:
    def reader(reading: Reading) -> list:
        return [(r["order_id"], r["customer_id"], str(r["order_at"]), r["amount"]) for r in rows(reading.clean_path)]

    return reader


def parquet(columns: dict[str, object] | pa.Table, **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), buffer, **options)
    return buffer.getvalue()


def told(reading: Reading) -> dict[str, dict]:
    return {each.code: each.facts for each in reading.quality.warnings}


DECIMALS = pa.array([Decimal("5.500000"), Decimal(7)], pa.decimal128(30, 6))


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"amount": pa.array([5.5, 7.0])}, {"amount": pa.array([5.5, 7.0], pa.float32())}, {"amount": DECIMALS}, {"amount": pa.array([5.5, 7.0], pa.float16())},
        {"amount": pa.array([5.1 + 0.4, 7.00000000001])}, {"amount": ["5,50", "7,00"]}, {"amount": ["5.50 руб", "7 ₽"]},
        {"order_id": pa.array([1, 2], pa.int8())}, {"order_id": pa.array([1, 2], pa.uint64())}, {"order_id": [1.0, 2.0]}, {"order_id": [1, 2]},
        {"order_date": AT}, {"order_date": pa.array(AT, pa.timestamp("s"))}, {"order_date": pa.array(AT, pa.timestamp("ns"))}, {"order_date": [str(at).replace(" ", "T") + "Z" for at in AT]},
        {"order_date": EPOCH}, {"order_date": [each * 1000 for each in EPOCH]}, {"order_date": [each * 10**6 for each in EPOCH]}, {"order_date": [each * 10**9 for each in EPOCH]},
        {"order_date": [float(each) for each in EPOCH]}, {"order_date": ["05.01.2024", "06.01.2024 22:30"]},
        {"customer_id": pa.array(["C1", "C2"]).dictionary_encode()}, {"customer_id": pa.array([b"C1", b"C2"])}, {"customer_id": pa.array(["C1", "C2"], pa.large_string())},
    ],
)  # fmt: skip
def test_types(read, orders, changed: dict) -> None:
    reading = read(parquet(TEXTS | changed))
    assert orders(reading) == CLEAN
    assert reading.outcome == "ready"


@pytest.mark.parametrize(
    "days",
    [
        pa.array([date(2024, 1, 5), date(2024, 1, 6)]), pa.array(AT, pa.date64()), [20240105, 20240106], [45296, 45297], [45296.0, 45297.0], ["2024-01-05", "2024-01-06"],
        ["20240105", "20240106"],
    ],
)  # fmt: skip
def test_days_without_a_time(read, orders, days: object) -> None:
    assert orders(read(parquet(TEXTS | {"order_date": days}))) == DAYS


@pytest.mark.parametrize(
    ("zone", "shift"), [("UTC", 0), ("Europe/Moscow", 3), ("+03:00", 3), ("-05:30", -5.5), ("Asia/Shanghai", 8), ("America/New_York", -5)]
)  # fmt: skip
def test_times_are_those_on_the_clocks_of_the_zone_that_the_file_names(read, orders, zone: str, shift: float) -> None:
    reading = read(parquet(TEXTS | {"order_date": pa.array(AT, pa.timestamp("us")).cast(pa.timestamp("us", tz=zone))}))
    assert [each[2] for each in orders(reading)] == [str(at + timedelta(hours=shift)) for at in AT]
    assert (reading.outcome, told(reading)) == ("ready", {"time_zone": {"zones": [zone]}})


def test_old_timestamps_and_wrappings(read, orders) -> None:
    table = pa.table(TEXTS | {"order_date": AT})
    assert orders(read(parquet(table, use_deprecated_int96_timestamps=True))) == CLEAN
    assert orders(read(parquet(table, row_group_size=1))) == CLEAN
    for packed in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        assert orders(read(parquet(table, compression=packed, version="1.0" if packed == "gzip" else "2.6"))) == CLEAN


def test_ids_that_became_fractions_beside_blanks(read, orders, rows) -> None:
    table = {
        "InvoiceNo": [536365, 536366, 536367],
        "InvoiceDate": [AT[0]] * 3,
        "CustomerID": [17850.0, None, float("nan")],
        "Total": [5.5, 6, 7],
    }
    reading = read(parquet(table))
    assert orders(reading) == [("536365", "17850", "2024-01-05 00:00:00", Decimal("5.5"))]
    assert reading.quality.rejected_by_reason == {"no_customer": 2}


def test_nulls_and_what_is_no_number(read) -> None:
    table = {
        "order_id": ["1", None, "3", "4", "5"], "order_date": [AT[0], AT[0], None, AT[0], AT[0]], "customer_id": ["C1", "C2", "C1", None, "C1"],
        "amount": [5.5, 2.25, 1.0, 1.0, float("inf")],
    }  # fmt: skip
    reading = read(parquet(table))
    assert (reading.quality.orders, reading.quality.gross) == (2, Decimal("7.75"))
    assert reading.quality.rejected_by_reason == {"no_date": 1, "no_customer": 1, "bad_amount": 1}


def test_parts_of_structs_are_columns_and_lists_are_left_out_and_told(read, orders) -> None:
    table = {
        "order_id": ["1", "2"], "created_at": AT, "customer": [{"id": "C1", "tags": ["a"]}, {"id": "C2", "tags": []}], "total": [5.5, 7.0],
        "items": [[{"sku": "x"}], []], "meta": pa.array([[("a", 1)], []], pa.map_(pa.string(), pa.int64())), "deep": [{"a": {"b": 1}}, None],
    }  # fmt: skip
    reading = read(parquet(table))
    assert orders(reading) == CLEAN
    assert reading.headers == ("order_id", "created_at", "customer id", "total")
    assert told(reading) == {"nested_columns": {"columns": ["customer tags", "items", "meta", "deep a"]}}


def test_odd_names_of_columns(read, orders) -> None:
    table = pa.table(
        [*TEXTS.values(), ["x", "y"], ["x", "y"], ["x", "y"], ["x", "y"]],
        names=[*TEXTS, "", 'q"x', "Amount ; drop table", "#1 $path\n{0}"],
    )
    reading = read(parquet(table))
    assert orders(reading) == CLEAN
    assert reading.headers[5:] == ('q"x', "Amount ; drop table", "#1 $path {0}")


def test_names_that_differ_by_case_only(read) -> None:
    table = pa.table([*TEXTS.values(), ["x", "y"]], names=[*TEXTS, "AMOUNT"])
    assert read(parquet(table)).headers[:4] == tuple(TEXTS)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (parquet({name: pa.array([], pa.string()) for name in TEXTS}), "no_rows"), (parquet({"a": [[1], [2]]}), "no_table"), (parquet(TEXTS)[:-9], "file_broken"),
        (parquet(TEXTS)[:4] + b"\0" * 60 + parquet(TEXTS)[-4:], "file_broken"),
    ],
)  # fmt: skip
def test_what_is_refused(read, content: bytes, reason: str) -> None:
    assert read(content).reasons == (reason,)


def test_a_number_that_is_no_time_stays_a_number(read, orders) -> None:
    table = TEXTS | {"order_id": [1704412800, 1704580200], "customer_id": [1704412800000, 1704412800001]}
    assert [each[:2] for each in orders(read(parquet(table)))] == [
        ("1704412800", "1704412800000"),
        ("1704580200", "1704412800001"),
    ]


def test_through_the_real_child(tmp_path: Path, orders) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(parquet(TEXTS | {"order_date": pa.array(AT, pa.timestamp("us", tz="UTC")), "lines": [[1], [2]]}))
    reading = read_orders(path, workdir=tmp_path / "work")
    assert (orders(reading), list(told(reading))) == (CLEAN, ["nested_columns", "time_zone"])
