"""What the numbers of a row say together: refunds, discounts, costs, margins and the units of their headers."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import question_words
from metrics.intake.money import currency_of


def table(head: str, *lines: str) -> str:
    days = (f"{n};2024-01-{n % 28 + 1:02};C{n};{line}\n" for n, line in enumerate(lines, 1))
    return f"order_id;date;customer_id;{head}\n" + "".join(days)


def cost_of(rows, reading) -> list[Decimal]:
    return [row["cost"] for row in sorted(rows(reading.clean_path), key=lambda row: row["order_id"])]


@pytest.mark.parametrize(
    ("head", "lines", "gross"),
    [
        ("gross_sales;refunds;net_revenue", ["100;20;80", "50;0;50"], 130),
        ("gross sales;net sales;discounts;returns", ["100;80;20;0", "50;45;0;5"], 125),
        ("net sales;refunded", ["80;20", "50;0"], 130),
        ("чистая выручка;сумма возврата", ["80;20", "50;0"], 130),
        ("goods;total;refunded", ["100;80;20", "50;40;10", "30;30;0"], 150),
        ("total;refunded", ["80;20", "50;0"], 110),
        ("net total;refunded;left", ["80;20;60", "50;10;40"], 100),
        ("net sales;refunded", ["0;20", "50;0"], 50),
    ],
)
def test_a_refund_comes_off_once(read, head: str, lines: list[str], gross: int) -> None:
    reading = read(table(head, *lines), columns={"amount": next(n for n in head.split(";") if _is_amount(n))})
    assert (reading.outcome, reading.quality.gross) == ("ready", gross)


def _is_amount(header: str) -> bool:
    return header.startswith(("net", "чистая", "total"))


def test_a_net_total_may_be_net_of_taxes_only(read) -> None:
    text = table("Net total;Refunded", *["50;0"] * 1100, "80;20")
    ((asked),) = read(text).questions
    assert question_words.question(asked) == (
        "An order has 80 in the column Net total and a refund of 20. What did it bring?"
    )
    assert [question_words.answer(asked, option) for option in asked.options] == ["80", "60"]
    worth = [read(text, answers={"refund_in_amount": option}).quality.gross for option in asked.options]
    assert worth == [55_080, 55_060]


@pytest.mark.parametrize(
    ("head", "margins", "costs"),
    [
        ("margin %", ["40", "35"], [600, 1300]),
        ("Маржа, %", ["40", "35,5"], [600, 1290]),
        ("margin", ["40%", "35 %"], [600, 1300]),
        ("margin", ["0.4", "0.35"], [600, 1300]),
        ("margin %", ["0.4", "0.35"], [600, 1300]),
        ("margin", ["400", "700"], [600, 1300]),
        ("margin", ["90", ""], [910, None]),
    ],
)
def test_a_margin_is_money_or_a_part_of_the_amount(read, rows, head: str, margins: list[str], costs: list) -> None:
    amounts = ["1000", "2000"] if margins[1] else ["100", "200"]
    if not margins[1]:
        costs = [10, None]
    reading = read(table(f"amount;{head}", *map(";".join, zip(amounts, margins, strict=True))))
    assert reading.questions == ()
    assert cost_of(rows, reading) == costs


def test_small_margins_without_a_sign_are_asked(read, rows) -> None:
    text = table("amount;margin", "1000;40", "2000;35")
    ((asked),) = read(text).questions
    assert (asked.code, asked.options) == ("margin_unit", ("percent", "money"))
    assert [question_words.answer(asked, option) for option in asked.options] == ["400", "40"]
    assert cost_of(rows, read(text, answers={"margin_unit": "percent"})) == [600, 1300]
    assert cost_of(rows, read(text, answers={"margin_unit": "money"})) == [960, 1965]


def test_a_cost_beside_quantity_and_price_is_of_the_row_or_of_a_piece(read, rows) -> None:
    text = table("quantity;price;cost", "10;10;6", "5;10;6")
    ((asked),) = read(text).questions
    assert [question_words.answer(asked, option) for option in asked.options] == ["6", "60"]
    assert cost_of(rows, read(text, answers={"cost_per": "line"})) == [6, 6]
    assert cost_of(rows, read(text, answers={"cost_per": "unit"})) == [60, 30]
    assert read(text.replace(";cost", ";total cost")).outcome == "ready"
    assert read(table("quantity;price;cost", "1;10;6", "1;10;6")).outcome == "ready"
    assert cost_of(rows, read(table("quantity;price;cost", "10;10;60", "5;10;30", "2;10;9"))) == [60, 30, 9]


@pytest.mark.parametrize("head", ["cost", "profit"])
def test_a_cost_with_a_sign_is_read_where_all_amounts_are_plain(read, rows, head: str) -> None:
    reading = read(table(f"amount;{head}", "100.5;$50.25", "200;1 000 ₽", "300;", "400;x"))
    own = [Decimal("50.25"), 1000, None, None]
    assert cost_of(rows, reading) == (own if head == "cost" else [Decimal("50.25"), -800, None, None])


@pytest.mark.parametrize(
    ("head", "lines", "worth"),
    [
        ("discount", ["2;100;20", "1;50;0"], {"line": 230, "unit": 210, "percent": 210, "after": 250}),
        ("discount", ["-2;200;300", "3;200;300"], {"line": 200, "unit": -100, "after": 200}),
        ("Скидка, %", ["2;100;10", "1;50;"], {"percent": 230, "after": 250}),
        ("discount", ["2;100;10%", "1;50;-"], {"percent": 230, "after": 250}),
        ("折扣", ["2;100;0.8", "1;50;"], {"line": Decimal("249.2"), "share": 90, "factor": 210, "after": 250}),
    ],
)
def test_a_discount_beside_quantity_and_price_is_asked(read, head: str, lines: list[str], worth: dict) -> None:
    text = table(f"quantity;price;{head}", *lines)
    ((asked),) = read(text).questions
    assert (asked.code, set(asked.options)) == ("discount", set(worth))
    read_as = {option: read(text, answers={"discount": option}).quality for option in asked.options}
    assert {option: quality.net for option, quality in read_as.items()} == worth


def test_no_discount_is_no_question(read) -> None:
    assert read(table("quantity;price;discount", "2;100;0", "1;50;")).outcome == "ready"
    assert read(table("quantity;price;discount code", "2;100;777", "1;50;")).outcome == "ready"
    assert read(table("quantity;price;discount;total", "2;100;20;180", "1;50;0;50")).quality.gross == 230


def test_an_unclear_amount_is_asked_before_its_discount(read) -> None:
    text = table("quantity;price;discount;Сумма;Выручка", "2;100;20;180;170", "1;50;0;50;40")
    assert {asked.code for asked in read(text).questions} <= {"which_amount"}


def test_a_price_after_the_discount_goes_before_the_price(read) -> None:
    reading = read(table("quantity;price;discounted price", "2;100;80", "1;50;"))
    assert (reading.quality.gross, [each.code for each in reading.quality.warnings]) == (210, ["reduced_price"])


@pytest.mark.parametrize(
    ("head", "cell", "amount"),
    [
        ("Сумма, тыс. руб.", "10", 10_000), ("Сумма в копейках", "100000", 1000), ("amount_cents", "1000", 10), ("金额（万元）", "1.2", 12_000),
        ("Amount (k)", "10.5", 10_500), ("Total, $k", "10", 10_000), ("Сумма, млн руб.", "1,5", 1_500_000), ("金额（分）", "1000", 10), ("Amount (thousands)", "3", 3000),
    ],
)  # fmt: skip
def test_the_unit_of_a_header_is_heeded_and_told(read, head: str, cell: str, amount: int) -> None:
    reading = read(table(head, cell, cell), columns={"amount": head})
    ((warned),) = reading.quality.warnings
    assert (warned.code, reading.quality.gross) == ("scaled", 2 * amount)


@pytest.mark.parametrize(
    "head",
    [
        "amount",
        "Сумма",
        "Сумма коммерческая",
        "Recent amount",
        "total amount",
        "amount cents",
        "Сумма, руб. коп.",
        "Сумма за тыс. шт.",
    ],
)
def test_other_words_are_no_unit(read, head: str) -> None:
    reading = read(table(head, "10.50", "20.25"), columns={"amount": head})
    assert (reading.outcome, reading.quality.gross) == ("ready", Decimal("30.75"))


@pytest.mark.parametrize("word", ["free", "from", "price", "tier", "12 free"])
def test_a_word_is_no_currency(word: str) -> None:
    assert currency_of(word) is None


@pytest.mark.parametrize(
    ("text", "known", "currency"),
    [
        (table("amount", "¥1000", "¥20"), {"currency": "JPY"}, "JPY"),
        (table("amount", "¥1000", "¥20"), {"region": "CN"}, "CNY"),
        (table("amount;item", "¥1000;りんご", "¥20;茶"), {}, "JPY"),
        (table("amount;item", "¥1000;苹果", "¥20;茶"), {}, "CNY"),
        (table("amount", "¥1000", "¥20.50"), {}, "CNY"),
        (table("amount (¥);item", "1000;りんご", "20;茶"), {}, "JPY"),
        (table("amount;currency;item", "1000;¥;りんご", "20;¥;茶"), {}, "JPY"),
    ],
)
def test_the_sign_of_yuan_and_yen_is_that_of_the_file(read, text: str, known: dict, currency: str) -> None:
    assert read(text, **known).quality.currency == currency


def test_a_sign_of_yuan_or_yen_that_nothing_tells_is_asked(read) -> None:
    text = table("amount", "¥1000", "¥20")
    assert [(asked.code, asked.facts) for asked in read(text).questions] == [("yen", {"example": "¥1000"})]
    assert [read(text, answers={"yen": code}).quality.currency for code in ("CNY", "JPY")] == ["CNY", "JPY"]


def test_order_numbers_without_their_digits_are_told_and_left_out(read, rows) -> None:
    lines = [
        "1.23457E+18;2024-01-05;A;10",
        "1.23457E+18;2024-03-06;A;11",
        "1,23457e+18;2024-01-05;B;12",
        "7;2024-01-09;B;13",
    ]
    reading = read("order_id;date;customer_id;amount\n" + "\n".join(lines))
    assert [(each.code, each.rows) for each in reading.quality.warnings] == [("order_digits_lost", 3)]
    assert [row["order_id"] for row in sorted(rows(reading.clean_path), key=lambda row: row["amount"])] == [
        None,
        None,
        None,
        "7",
    ]


@pytest.mark.parametrize(
    ("lines", "customers", "orders"),
    [
        (["1;2024-01-06;5.0;10", "2;2024-01-06;5;10", "3;2024-01-07;6.0;10"], 2, 3),
        (["1.0;2024-01-05;A;10", "1;2024-01-05;A;15", "3;2024-01-07;B;10"], 2, 2),
        (["1.0;2024-01-05;A;10", "1.1;2024-01-05;A;15", "1;2024-01-07;A;10"], 1, 3),
        (["1;2024-01-06;5.0;10", "2;2024-01-06;5.1;10", "3;2024-01-07;5;10"], 3, 3),
    ],
)
def test_numbers_with_and_without_decimals_are_one_id(read, lines: list[str], customers: int, orders: int) -> None:
    quality = read("order_id;date;customer_id;amount\n" + "\n".join(lines) + "\n").quality
    assert (quality.customers, quality.orders) == (customers, orders)
