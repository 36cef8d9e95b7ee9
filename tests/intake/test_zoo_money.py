"""Amounts as shops' programs write them: each notation to the exact sum, or to the exact question or rejection."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

HEAD = "order_id;order_date;customer_id;amount\n"


def column(cells: list[str]) -> str:
    return HEAD + "".join(
        f'{n};2011-01-05;C{n};"{cell.replace(chr(34), chr(34) * 2)}"\n' for n, cell in enumerate(cells, 1)
    )


def amounts(found: list[dict]) -> list[str]:
    return [f"{row['amount'].normalize():f}" for row in sorted(found, key=lambda row: int(row["order_id"]))]


NOTATIONS = {
    "point": (["1234.56", "0.5", "7"], None),
    "comma": (["1234,56", "0,5", "7"], None),
    "blanks and comma": (["1 234,56", "0,5", "7"], None),
    "no-break blanks": (["1\u00a0234,56", "0,5", "7,00"], None),
    "narrow no-break blanks": (["1\u202f234,56", "0,5", "7,00"], None),
    "thin blanks": (["1\u2009234,56", "0,5", "7,00"], None),
    "zero-width blanks": (["1\u200b234,56", "0,5", "7,00"], None),
    "blank before the mark": (["1 234 ,56", "0 ,50", "7"], None),
    "points and comma": (["1.234,56", "0,5", "7"], None),
    "commas and point": (["1,234.56", "0.5", "7"], None),
    "apostrophes": (["1'234.56", "0.5", "7"], None),
    "curly apostrophes": (["1’234.56", "0.5", "7"], None),
    "acutes": (["1´234,56", "0,5", "7"], None),
    "mixed notations": (["1.234,56", "0.50", "7"], None),
    "roubles": (["1 234,56 руб.", "0,50 руб", "7 ₽"], "RUB"),
    "roubles and kopecks": (["1 234 руб. 56 коп.", "0 руб 50 коп", "7 руб"], "RUB"),
    "dollars": (["$1,234.56", "$0.50", "USD 7"], "USD"),
    "euros": (["€ 1.234,56", "0,50 €", "7 EUR"], "EUR"),
    "pounds": (["£1,234.56", "GBP 0.50", "7 GBP"], "GBP"),
    "yuan": (["¥1,234.56", "0.50元", "人民币 7"], "CNY"),
    "full-width yuan": (["￥１，２３４．５６", "０．５０元", "７元"], "CNY"),
    "tenge": (["1 234,56 ₸", "0,50 тг", "7 тенге"], "KZT"),
    "francs": (["CHF 1'234.56", "Fr. 0.50", "CHF 7.-"], "CHF"),
    "crowns of some country": (["1 234,56 kr", "0,50 kr", "7,- kr"], None),
    "rupees in Indian groups": (["₹1,234.56", "Rs 0.50", "Rs. 7"], "INR"),
    "full-width digits": (["１２３４．５６", "０．５", "７"], None),
    "Arabic-Indic digits": (["١٬٢٣٤٫٥٦", "٠٫٥", "٧"], None),
    "Persian digits": (["۱۲۳۴٫۵۶", "۰٫۵", "۷"], None),
    "formula quotes": (['="1234.56"', '="0.5"', "=7"], None),
    "apostrophe before": (["'1234.56", "'0.5", "'7"], None),
    "scientific": (["1.23456E+03", "5E-1", "7E+00"], None),
    "scientific with comma": (["1,23456E+3", "5E-1", "7"], None),
    "float noise": (["1234.5600000000001", "0.5000000000000001", "7.0"], None),
    "blanks around": ([" 1234.56 ", "\t0.5", "7\u00a0"], None),
    "no zero before, none after": (["1234.56", ".5", "7."], None),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "currency"), NOTATIONS.values(), ids=NOTATIONS.keys())
def test_notations(read, rows, cells: list[str], currency: str | None) -> None:
    reading = read(column(cells))
    assert (reading.outcome, reading.quality.currency) == ("ready", currency)
    assert amounts(rows(reading.clean_path)) == ["1234.56", "0.5", "7"]


def test_indian_groups(read, rows) -> None:
    assert amounts(rows(read(column(["1,23,456.78", "12,34,567", "500.00"])).clean_path)) == [
        "123456.78",
        "1234567",
        "500",
    ]


@pytest.mark.parametrize(
    "refund",
    [
        "-1234.56", "−1234.56", "–1234.56", "—1234.56", "－1234.56", "﹣1234.56", "‐1234.56", "‑1234.56", "- 1234.56", "1234.56-", "1234.56 -", "1234.56−",
        "(1234.56)", "( 1,234.56 )", "($1,234.56)", "$(1,234.56)", "-$1,234.56", "$-1,234.56", "-1 234,56 руб.", "1 234,56- руб", "−1 234,56 ₽", "（1234.56）", "'-1234.56", '="-1234.56"',
    ],
)  # fmt: skip
def test_refunds_in_every_notation(read, rows, refund: str) -> None:
    reading = read(column(["5.50", refund, "7.25"]))
    assert [(str(row["amount"]), row["is_refund"]) for row in rows(reading.clean_path)] == [
        ("5.5000", False), ("-1234.5600", True), ("7.2500", False),
    ]  # fmt: skip
    assert [(told.code, told.rows, told.facts) for told in reading.quality.warnings if told.code == "refunds"] == [
        ("refunds", 1, {"amount": Decimal("-1234.56")})
    ]


@pytest.mark.parametrize("whole", ["12.-", "12,-", "12,--", "12.–", "12,—"])
def test_a_dash_for_no_cents_is_no_minus(read, rows, whole: str) -> None:
    assert amounts(rows(read(column(["5.50", whole])).clean_path)) == ["5.5", "12"]


@pytest.mark.parametrize(
    ("cells", "example"), [(["1,234", "5,678"], "1,234"), (["1.234", "12.345"], "1.234"), (["1,234 руб", "5,678 руб"], "1,234 руб"), (["12,345", "5678"], "12,345")]
)  # fmt: skip
def test_two_readings_are_one_question(read, rows, cells: list[str], example: str) -> None:
    reading = read(column(cells))
    (asked,) = reading.questions
    assert (asked.code, asked.options, asked.facts["example"]) == ("decimal_mark", ("comma", "point"), example)
    both = [
        amounts(rows(read(column(cells), answers={"decimal_mark": mark}).clean_path)) for mark in ("comma", "point")
    ]
    assert both[0] != both[1]
    for mark, read_as in zip(("comma", "point"), both, strict=True):
        assert Decimal(read_as[cells.index(example)]) == asked.facts[mark]


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        (["1,234", "5,5"], ["1.234", "5.5"]), (["1,234", "5.5"], ["1234", "5.5"]), (["1.234", "5,5"], ["1234", "5.5"]), (["1,234", "950"], ["1234", "950"]),
        (["1,234", "12,345,678"], ["1234", "12345678"]), (["1.234", "0.125"], ["1.234", "0.125"]), (["1.234", "1 234,50"], ["1234", "1234.5"]),
    ],
)  # fmt: skip
def test_one_telling_cell_is_no_question(read, rows, cells: list[str], read_as: list[str]) -> None:
    assert amounts(rows(read(column(cells)).clean_path)) == read_as


def test_cells_that_tell_both_marks_leave_an_open_one_to_the_person(read, rows) -> None:
    cells = ["1,234", "5.5", "6,5", "7,25"]
    assert [(asked.code, asked.facts["example"]) for asked in read(column(cells)).questions] == [
        ("decimal_mark", "1,234")
    ]
    reading = read(column(cells), answers={"decimal_mark": "point"})
    assert amounts(rows(reading.clean_path)) == ["1234", "5.5", "6.5", "7.25"]
    assert read(column(cells[1:])).outcome == "ready"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "no_amount"), ("-", "no_amount"), ("—", "no_amount"), ("н/д", "no_amount"), ("#N/A", "no_amount"), ("#ЗНАЧ!", "no_amount"), ("NULL", "no_amount"), ("нет", "no_amount"),
        ("free", "bad_amount"), ("10%", "bad_amount"), ("1 23", "bad_amount"), ("1.234.5", "bad_amount"), ("12/13", "bad_amount"), ("~12", "bad_amount"), ("2 x 5", "bad_amount"), ("1,5 тыс.", "bad_amount"),
    ],
)  # fmt: skip
def test_cells_that_are_no_amount(read, rows, cell: str, reason: str) -> None:
    reading = read(column(["5.50", "6.50", "7.50", cell]))
    assert reading.quality.rejected_by_reason == {reason: 1}
    assert [row["amount"] or "" for row in rows(reading.rejected_path)] == [cell]


def test_zero_in_every_notation_is_zero(read) -> None:
    reading = read(column(["0", "0.00", "-0", "0,00 руб", "5"]))
    assert (reading.quality.zero_orders, reading.quality.refunds, reading.quality.rows_rejected) == (4, 0, 0)
