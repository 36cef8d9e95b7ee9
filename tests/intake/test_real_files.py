"""Real order files against figures made by other tools, through the real child process."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from metrics.intake import ColumnMap, Reading, read_orders

NASTY = Path(__file__).resolve().parents[3] / "shared" / "data" / "nasty_examples"
CASES = json.loads((NASTY / "manifest.json").read_text("utf-8"))["files"] if NASTY.is_dir() else []
OUTCOMES = {"clean": "ready", "clean_with_warning": "ready_with_warnings", "ask": "ask", "reject": "refused"}
MUST_REPORT = {
    "20_repeated_header.csv": {"repeated_header": 2},
    "23_totals_and_subtotals.csv": {"total_row": 26, "footer_row": 1},
    "35_refunds_negative.csv": {"refunds": 226},
    "60_mixed_date_formats.csv": {"mixed_date_formats": 0},
    "82_missing_customer_ids.csv": {"no_customer": 40},
}


def clean_rows(reading: Reading) -> list[tuple[str, str, str, Decimal, str]]:
    query = "select order_id, customer_id, order_at::date::varchar, amount, if(is_refund, 'refund', 'order') from read_parquet($p)"
    with duckdb.connect() as connection:
        return sorted(connection.execute(query, {"p": str(reading.clean_path)}).fetchall())


def orders_only(reading: Reading) -> tuple[int, int, Decimal]:
    return reading.quality.orders, reading.quality.customers, reading.quality.gross


@pytest.mark.parametrize(
    "case",
    CASES or [pytest.param(None, marks=pytest.mark.skip(reason=f"no files at {NASTY}"))],
    ids=lambda case: case and case["file"],
)
def test_each_nasty_example_ends_as_its_manifest_says(case: dict, tmp_path: Path) -> None:
    reading = read_orders(NASTY / "files" / case["file"], workdir=tmp_path)
    assert reading.outcome == OUTCOMES[case["outcome"]]
    if case["outcome"] == "reject":
        assert reading.reasons == ("file_empty",)
        return
    with (NASTY / "expected" / f"{case['expected']}.csv").open(encoding="utf-8", newline="") as file:
        table = [
            (r["order_id"], r["customer_id"], r["order_day"], Decimal(r["amount"]), r["kind"])
            for r in csv.DictReader(file)
        ]
    assert clean_rows(reading) == sorted(table)
    quality, kpi = reading.quality, case["expected_kpi"]
    assert (quality.orders, quality.refunds, quality.customers) == (kpi["orders"], kpi["refunds"], kpi["customers"])
    assert (quality.gross, quality.net) == (Decimal(str(kpi["gross"])), Decimal(str(kpi["net"])))
    assert (str(quality.first_on), str(quality.last_on)) == (kpi["first"], kpi["last"])
    assert {each.code: each.rows for each in quality.warnings} == MUST_REPORT.get(case["file"], {})
    told = quality.account(count_zero_orders=False)
    assert told.pop("rows_read") == sum(told.values())


def test_the_missing_customers_are_told_with_their_sum(shared: Path, tmp_path: Path) -> None:
    reading = read_orders(NASTY / "files" / "82_missing_customer_ids.csv", workdir=tmp_path)
    (told,) = reading.quality.warnings
    assert told.facts == {"amount": Decimal("436856.56") - Decimal("420332.84")}


def test_uci_invoice_lines(shared: Path, tmp_path: Path) -> None:
    reading = read_orders(shared / "orders" / "uci_online_retail_1_lines.parquet", workdir=tmp_path)
    figures = json.loads((shared / "reference" / "uci_or1.json").read_text("utf-8"), parse_float=Decimal)
    assert orders_only(reading) == (18_532, 4_338, figures["revenue"])
    quality = reading.quality
    assert (quality.rows_read, quality.rejected_by_reason, quality.zero_orders) == (
        541_909,
        {"no_customer": 135_080},
        4,
    )
    assert quality.refunds > 3_000
    assert quality.net < quality.gross
    with (shared / "orders" / "uci_or1_orders.csv").open(encoding="utf-8") as file:
        known = Counter(
            (r["order_id"], r["customer_id"], r["order_ts"][:10], round(Decimal(r["amount"]), 4))
            for r in csv.DictReader(file)
        )
    assert Counter(row[:4] for row in clean_rows(reading) if row[3] > 0) == known


def test_uci_orders(shared: Path, tmp_path: Path) -> None:
    reading = read_orders(shared / "orders" / "uci_or1_orders.csv", workdir=tmp_path)
    assert (reading.outcome, *orders_only(reading)) == ("ready", 18_532, 4_338, Decimal("8911407.904"))


def test_invented_sales_by_email(shared: Path, tmp_path: Path) -> None:
    reading = read_orders(shared / "orders" / "msft_dp_data_sales.csv", workdir=tmp_path)
    assert {name: each.source for name, each in reading.columns.items()} == {
        "order_id": "SalesOrderNumber", "date": "OrderDate", "quantity": "Quantity", "price": "UnitPrice",
        "name": "CustomerName", "email": "EmailAddress", "customer": "EmailAddress",
    }  # fmt: skip
    assert orders_only(reading)[:2] == (16_459, 12_427)


def test_cdnow_orders_with_its_zero_purchases(shared: Path, tmp_path: Path) -> None:
    reading = read_orders(shared / "orders" / "cdnow_sample_orders.csv", workdir=tmp_path)
    assert (reading.outcome, reading.quality.orders, reading.quality.zero_orders) == ("ready", 6_911, 8)


def test_cdnow_fixed_columns_need_one_answer(shared: Path, tmp_path: Path) -> None:
    path = shared / "orders" / "CDNOW_sample.txt"
    asked = read_orders(path, workdir=tmp_path)
    assert ([question.code for question in asked.questions], len(asked.headers)) == (["which_customer"], 5)
    mapping = ColumnMap(answers={"which_customer": "column 2"})
    reading = read_orders(path, workdir=tmp_path, mapping=mapping)
    assert (reading.quality.orders, reading.quality.zero_orders, reading.quality.rows_read) == (6_911, 8, 6_919)
    assert (str(reading.quality.first_on), str(reading.quality.last_on)) == ("1997-01-01", "1998-06-30")


def test_the_naughty_strings_are_only_customers(shared: Path, tmp_path: Path) -> None:
    lines = (shared / "dirty" / "blns" / "blns.txt").read_text("utf-8").splitlines()
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order_id", "date", "customer_id", "amount"])
        writer.writerows([number, "2024-01-05", line, "1.5"] for number, line in enumerate(lines))
    quality = read_orders(path, workdir=tmp_path / "work").quality
    assert quality.rows_read == len(lines)
    assert quality.orders + quality.rows_rejected == len(lines)
    assert quality.rejected_by_reason.keys() <= {"no_customer", "total_row"}
