"""Known exports: recognised by their headers alone, read by what their data file says, through the real child."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from metrics.intake import Limits, Reading, read_orders
from metrics.intake.columns import choose_columns
from metrics.intake.contract import CUSTOMER_FIELDS, FIELDS
from metrics.intake.opening import open_file
from metrics.intake.presets import preset_of, preset_title, presets
from metrics.intake.words import normal
from tests.intake.preset_examples import EXAMPLES, Example

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
KNOWN_FILES = {"uci_online_retail_1_lines.parquet": "uci_online_retail", "90_line_items.csv": "uci_online_retail"}
FOREIGN = sorted(
    path
    for folder in (ROOT / "sample_data" / "files", SHARED / "orders", SHARED / "nasty_examples" / "files")
    for path in (folder.iterdir() if folder.is_dir() else ())
    if path.suffix in {".csv", ".xlsx", ".parquet"} and path.stat().st_size
)
IDS = [f"{key}-{place}" for place, (key, _) in enumerate(EXAMPLES)]
FULL_SHOPIFY = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Billing Name",
    "Billing City",
    "Billing Phone",
    "Shipping Name",
    "Notes",
    "Cancelled at",
    "Refunded Amount",
    "Vendor",
    "Id",
    "Tags",
    "Source",
    "Phone",
]


def numbered(what: str) -> list:
    """The examples that end so."""
    return [
        pytest.param(key, each, id=f"{key}-{place}")
        for place, (key, each) in enumerate(EXAMPLES)
        if getattr(each, what)
    ]


def headers_of(example: Example) -> list[str]:
    line = example.text.splitlines()[0]
    return next(csv.reader(io.StringIO(line), delimiter=";" if line.count(";") > line.count(",") else ","))


def read(example: Example, folder: Path) -> Reading:
    path = folder / "export.csv"
    path.write_bytes(example.text.encode(example.encoding))
    return read_orders(path, workdir=folder / "work")


def orders_of(reading: Reading) -> list[tuple[str, str, str, Decimal, bool]]:
    query = "select order_id, customer_id, order_at::varchar, amount, is_refund from read_parquet($p)"
    with duckdb.connect() as connection:
        return sorted(connection.execute(query, {"p": str(reading.clean_path)}).fetchall())


def test_every_known_export_has_an_example() -> None:
    assert {key for key, _ in EXAMPLES} == {preset.key for preset in presets()}


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.key)
def test_a_data_file_says_all_that_is_needed(preset) -> None:
    assert preset.columns.keys() <= set(CUSTOMER_FIELDS if preset.kind == "customers" else FIELDS)
    assert len(preset.headers) >= 2
    assert preset_title(preset.key) == preset.title
    if preset.refuse is not None:
        assert not preset.columns
    elif preset.kind == "customers":
        assert {"customer", "email", "phone"} & preset.columns.keys()
        assert not {"date", "amount", "order_id"} & preset.columns.keys()
    else:
        assert {"date", "order_id"} <= preset.columns.keys()
        assert "amount" in preset.columns or {"quantity", "price"} <= preset.columns.keys()
        assert {"customer", "email", "phone", "name"} & preset.columns.keys()


@pytest.mark.parametrize(("key", "example"), EXAMPLES, ids=IDS)
def test_an_example_is_its_own_export_and_no_other(key: str, example: Example) -> None:
    held = frozenset(map(normal, headers_of(example)))
    assert [preset.key for preset in presets() if preset.fits(held)] == [key]


@pytest.mark.parametrize(("key", "example"), EXAMPLES, ids=IDS)
def test_columns_that_a_person_left_out_do_not_hide_an_export(key: str, example: Example) -> None:
    preset = next(each for each in presets() if each.key == key)
    held = headers_of(example)
    for group in preset.headers:
        known = {normal(header) for header in group}
        held_of_group = [header for header in held if normal(header) in known]
        assert held_of_group, group
    telling = {normal(header) for group in preset.headers for header in group}
    few = [header for header in held if normal(header) in telling]
    assert len(preset.headers) <= len(few) < len(held)
    assert preset_of(few) == preset


def test_all_columns_of_shopify_and_few_of_them() -> None:
    for headers in (FULL_SHOPIFY, ["Name", "Created at", "Total", "Financial Status", "Billing Name"]):
        found = preset_of(headers)
        assert found is not None
        assert found.key == "shopify_orders"


@pytest.mark.parametrize(
    "headers",
    [
        ("order_id", "order_date", "customer_id", "order_total", "status"),
        ("Name", "Email", "Created at", "Total", "Status"),
        ("Order", "Date", "Customer", "Net sales", "Items sold"),
        ("Record ID", "Deal Name", "Deal Stage", "Close Date", "Amount", "Pipeline", "Deal owner", "Create Date"),
        ("Номер заказа", "Дата заказа", "Код клиента", "Клиент", "Телефон", "Сумма", "Статус", "Город"),
        ("Контрагент", "Дата", "Сумма", "Менеджер"),
        ("订单编号", "下单时间", "客户编号", "数量", "单价"),
        ("order_id", "customer_id", "order_purchase_date", "price"),
        ("Email", "First Name", "Last Name", "Phone Number", "Email Marketing Consent"),
        ("id", "created_at", "revenue", "email"),
    ],
)
def test_headers_of_nobody_in_particular(headers: tuple[str, ...]) -> None:
    assert preset_of(headers) is None


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_real_files_are_no_known_exports_but_their_own(path: Path, tmp_path: Path) -> None:
    headers = open_file(path, tmp_path, Limits()).source.headers
    found = preset_of(headers)
    assert (found and found.key) == KNOWN_FILES.get(path.name)


@pytest.mark.parametrize(("key", "example"), numbered("orders"))
def test_the_clean_orders_of_a_known_export(key: str, example: Example, tmp_path: Path) -> None:
    reading = read(example, tmp_path)
    assert (reading.preset, reading.questions, reading.reasons) == (key, (), ())
    assert orders_of(reading) == sorted((*row[:3], Decimal(row[3]), row[4]) for row in example.orders)
    quality = reading.quality
    assert quality is not None
    assert quality.rejected_by_reason == (example.left_out or {})
    assert quality.rows_not_counted == example.not_counted
    told = quality.account(count_zero_orders=False)
    assert told.pop("rows_read") == sum(told.values())


@pytest.mark.parametrize(("key", "example"), numbered("refuse"))
def test_an_export_that_cannot_be_used_is_refused_with_its_code(key: str, example: Example, tmp_path: Path) -> None:
    reading = read(example, tmp_path)
    assert (reading.outcome, reading.reasons, reading.preset) == ("refused", (example.refuse,), key)
    assert reading.clean_path is None


@pytest.mark.parametrize(("key", "example"), numbered("contacts"))
def test_a_customers_export_has_contacts_and_no_orders(key: str, example: Example, tmp_path: Path) -> None:
    reading = read(example, tmp_path)
    assert (reading.preset, reading.kind, reading.reasons) == (key, "customers", ())
    query = (
        "select coalesce(customer_id, email, phone), consent, coalesce(region, ''), coalesce(flags, '') "
        "from read_parquet($p)"
    )
    with duckdb.connect() as connection:
        contacts = connection.execute(query, {"p": str(reading.contacts_path)}).fetchall()
    assert sorted(contacts) == sorted(example.contacts)


@pytest.mark.parametrize(
    ("headers", "row", "found"),
    [
        (("DATE_CREATE", "OPPORTUNITY", "STAGE_ID", "COMPANY_ID", "CONTACT_ID"), ("2024-02-01", "5", "WON", "0", "41"), ("CONTACT_ID", "id")),
        (("DATE_CREATE", "OPPORTUNITY", "STAGE_ID", "COMPANY_ID", "CONTACT_ID"), ("2024-02-01", "5", "WON", "7", "41"), ("COMPANY_ID", "id")),
        (("Name", "Created at", "Total", "Lineitem name", "Email", "Billing Phone"), ("#1", "2024-02-01", "5", "Mug", "", "+447700900123"), ("Billing Phone", "phone")),
        (("Name", "Created at", "Total", "Lineitem name", "Email", "Billing Name"), ("#1", "2024-02-01", "5", "Mug", "", "Cleo Ray"), ("Billing Name", "name")),
    ],
)  # fmt: skip
def test_an_alternative_that_says_nothing_is_passed_over(
    headers: tuple[str, ...], row: tuple[str, ...], found: tuple[str, str]
) -> None:
    choice = choose_columns(headers, [row] * 3, preset=preset_of(headers))
    assert (choice.source("customer"), choice.customer_kind) == found
    assert choice.unclear == {}
