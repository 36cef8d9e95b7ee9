"""Files in which no order counts: amounts all below zero, orders all cancelled, rows that all fail."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import intake_words, question_words

HEAD = "order_id,date,customer_id,amount"
BELOW = "1,2024-01-05,A,-10\n2,2024-01-06,B,-20.5\n2,2024-01-06,B,-2\n"


def test_amounts_below_zero_are_asked_about(read) -> None:
    text = f"{HEAD}\n{BELOW}"
    (asked,) = read(text).questions
    assert (asked.code, asked.facts) == ("amount_sign", {"amount": Decimal(-10), "rows": 3})
    assert question_words.question(asked) == "All amounts are below zero, such as −10. Are these orders or refunds?"
    orders, refunds = (read(text, answers={"amount_sign": each}).quality for each in asked.options)
    assert (orders.orders, orders.refunds, orders.gross, orders.net) == (2, 0, Decimal("32.5"), Decimal("32.5"))
    assert (refunds.orders, refunds.refunds, refunds.gross, refunds.net) == (0, 2, Decimal(0), Decimal("-32.5"))


def test_turned_orders_keep_their_costs(read, rows) -> None:
    text = f"{HEAD},cost\n1,2024-01-05,A,-10,-6\n2,2024-01-06,B,-20,8\n"
    found = rows(read(text, answers={"amount_sign": "orders"}).clean_path)
    assert [(row["amount"], row["cost"]) for row in found] == [(Decimal(10), Decimal(6)), (Decimal(20), Decimal(8))]
    text = f"{HEAD},margin\n1,2024-01-05,A,-10,4\n"
    found = rows(read(text, answers={"amount_sign": "orders"}).clean_path)
    assert [(row["amount"], row["cost"]) for row in found] == [(Decimal(10), None)]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{BELOW}3,2024-01-07,C,5\n",
        f"{HEAD},status\n1,2024-01-05,A,-10,refunded\n2,2024-01-06,B,-20,refunded\n",
        f"{HEAD}\n1,2024-01-05,A,0\n",
    ],
)
def test_the_sign_is_not_asked_where_it_is_clear(read, text: str) -> None:
    assert read(text).outcome in {"ready", "ready_with_warnings"}


def test_a_file_of_cancelled_orders_takes_them_back(read, rows) -> None:
    reading = read(f"{HEAD},status\n1,2024-01-05,A,10,cancelled\n3,2024-01-06,B,7,cancelled\n")
    assert (reading.outcome, reading.quality.orders, reading.quality.rows_not_counted) == ("ready_with_warnings", 0, 2)
    assert [row["order_id"] for row in rows(reading.voided_path)] == ["1", "3"]
    assert "no_orders" in [warned.code for warned in reading.quality.warnings]


def test_cancelled_rows_without_numbers_take_nothing_back(read) -> None:
    reading = read("date,customer_id,amount,status\n2024-01-05,A,10,cancelled\n2024-01-06,B,7,cancelled\n")
    assert (reading.outcome, reading.reasons) == ("refused", ("no_counted_rows",))


def test_a_refusal_names_what_most_rows_lack(read) -> None:
    reading = read(f"{HEAD}\n1,2024-02-30,A,10\n2,2024-02-31,B,7\n3,2024-01-05,,7\n")
    assert reading.reasons == ("no_usable_rows",)
    assert intake_words.refusal(reading).startswith("No row can be used: 2 rows of 3: the date cannot be read.")
