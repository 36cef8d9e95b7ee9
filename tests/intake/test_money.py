"""Cells and the exact amounts they hold."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.money import column_mark, currency_code, currency_of, mark_of, parse_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0"), ("12", "12"), ("12.5", "12.5"), ("12,5", "12.5"), ("-1.70", "-1.7"), ("+7", "7"), (".5", "0.5"),
        ("1000 руб", "1000"), ("1 000 руб.", "1000"), ("1000 ₽", "1000"), ("р.100", "100"), ("$1,234.50", "1234.5"),
        ("-$5", "-5"), ("$-5", "-5"), ("US$ 5", "5"), ("€1.234,50", "1234.5"), ("¥100", "100"), ("100元", "100"),
        ("EUR 12.00", "12"), ("12.00 EUR", "12"), ("£0.99", "0.99"),
        ("1 234,56", "1234.56"), ("1\u00a0234,56", "1234.56"), ("1\u202f234,56", "1234.56"), ("1'234.50", "1234.5"),
        ("1’234.50", "1234.5"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1,234,567.89", "1234567.89"),
        ("1 234,567", "1234.567"), ("0,123", "0.123"), ("0.123", "0.123"), ("1234,567", "1234.567"),
        ("(1,234.5)", "-1234.5"), ("($5)", "-5"), ("5-", "-5"), ("−5", "-5"), ("-5 руб", "-5"), ("１２", "12"),
        ("22.200000000000003", "22.2"), ("1e3", "1000"), ("1.5e-3", "0.0015"), ("0.00005", "0.0001"), ("-0.00005", "-0.0001"),
        ("0.00004", "0"), ("-0", "0"), ("  7  ", "7"),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: str) -> None:
    assert parse_money(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "5 %",
        "1 2 3",
        "1,23,4",
        "1.2.3",
        "..",
        "12a",
        "nan",
        "inf",
        "1,2345,678",
        "2020-01-01",
        "1e99",
        "9" * 20,
        "()",
    ],
)
def test_not_amounts(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [("1,234", "1.234", "1234"), ("1.234", "1234", "1.234"), ("-12,345", "-12.345", "-12345")],
)
def test_an_open_mark_is_settled_by_the_column_or_not_at_all(text: str, comma: str, point: str) -> None:
    assert parse_money(text) is None
    assert parse_money(text, "comma") == Decimal(comma)
    assert parse_money(text, "point") == Decimal(point)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("12,5", "comma"), ("12.5", "point"), ("1,234", "open"), ("1.234", "open"), ("1,234,567", "point"),
        ("1.234.567", "comma"), ("1.234,5", "comma"), ("1,234.5", "point"), ("0,123", "comma"), ("12", None), ("x", None),
    ],
)  # fmt: skip
def test_what_a_cell_says_of_its_mark(text: str, mark: str | None) -> None:
    assert mark_of(text) == mark


def test_a_column_takes_the_mark_most_cells_show() -> None:
    assert column_mark(["1,234", "5", "7,5"]) == ("comma", True)
    assert column_mark(["1.5", "2.5", "2,5"]) == ("point", False)
    assert column_mark(["1,234", "2,345"]) == (None, True)
    assert column_mark(["1", "2"]) == (None, False)


@pytest.mark.parametrize(
    ("text", "code"), [("1000 руб", "RUB"), ("$5", "USD"), ("¥1", "CNY"), ("5 €", "EUR"), ("5", None), ("-£5", "GBP")]
)
def test_currency_of_a_cell(text: str, code: str | None) -> None:
    assert currency_of(text) == code


def test_currency_of_a_code_column() -> None:
    assert [currency_code(text) for text in ("RUB", "руб.", "usd", "元", "long text", "")] == [
        "RUB", "RUB", "USD", "CNY", None, None,
    ]  # fmt: skip


@given(st.decimals(min_value="-9999999", max_value="9999999", places=2))
def test_every_notation_of_a_number_reads_as_the_number(value: Decimal) -> None:
    russian = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    for text in (f"{value:.2f}", f"{value:,.2f}", russian, f"{value:.2f} руб.", f"{value:.2f}".replace(".", ",")):
        assert parse_money(text, "point" if "." in text else "comma") == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_without_error(text: str) -> None:
    value = parse_money(text, "point")
    assert value is None or value == value.quantize(Decimal("0.0001"))
