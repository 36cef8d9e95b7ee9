"""Orders of several rows: lines, first rows that speak, copies, sums repeated, numbers that start anew."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from decimal import Decimal

HEAD = "order_id,date,customer_id,amount,item\n"


def orders(rows, reading) -> list[tuple]:
    return [(row["order_id"], row["customer_id"], row["amount"], row["n_lines"]) for row in rows(reading.clean_path)]


def test_lines_under_the_row_that_speaks_for_the_order(read, rows) -> None:
    reading = read(HEAD + "1,2024-01-05,C1,30,tea\n1,,,,cup\n1,,,,pot\n2,2024-01-06,C2,5,tea\n3,2024-01-07,C1,,tea\n")
    assert orders(rows, reading) == [("1", "C1", Decimal(30), 3), ("2", "C2", Decimal(5), 1)]
    assert (reading.quality.rows_merged, reading.quality.rejected_by_reason) == (2, {"no_amount": 1})


def test_a_line_that_lacks_only_its_amount_is_left_out(read, rows) -> None:
    reading = read(HEAD + "1,2024-01-05,C1,30,tea\n1,2024-01-05,C1,,cup\n2,2024-01-06,C2,5,tea\n")
    assert orders(rows, reading) == [("1", "C1", Decimal(30), 1), ("2", "C2", Decimal(5), 1)]
    assert reading.quality.rejected_by_reason == {"no_amount": 1}


def test_wholly_equal_rows_are_one_order(read, rows) -> None:
    reading = read("order_id,date,customer_id,amount\n1,2024-01-05,C1,30\n1,2024-01-05,C1,30\n2,2024-01-06,C2,5\n")
    assert reading.outcome == "ready_with_warnings"
    assert orders(rows, reading) == [("1", "C1", Decimal(30), 2), ("2", "C2", Decimal(5), 1)]
    (warned,) = reading.quality.warnings
    assert (warned.code, warned.rows, warned.facts) == ("repeated_rows", 1, {"example": "1"})


def test_a_sum_on_every_row_of_an_order_is_asked_about(read, rows) -> None:
    text = HEAD + "1,2024-01-05,C1,30,tea\n1,2024-01-05,C1,30,cup\n1,2024-01-05,C1,30,pot\n2,2024-01-06,C2,5,tea\n"
    (asked,) = read(text).questions
    assert (asked.code, asked.options) == ("amount_per", ("order", "line"))
    assert asked.facts == {"example": "1", "rows": 3, "order": Decimal(30), "line": Decimal(90)}
    assert orders(rows, read(text, answers={"amount_per": "order"})) == [
        ("1", "C1", Decimal(30), 3),
        ("2", "C2", Decimal(5), 1),
    ]
    assert orders(rows, read(text, answers={"amount_per": "line"})) == [
        ("1", "C1", Decimal(90), 3),
        ("2", "C2", Decimal(5), 1),
    ]


def test_lines_of_different_sums_are_lines(read, rows) -> None:
    reading = read(
        HEAD + "1,2024-01-05,C1,30,tea\n1,2024-01-05,C1,30,cup\n2,2024-01-06,C2,5,tea\n2,2024-01-06,C2,6,cup\n"
    )
    assert orders(rows, reading) == [("1", "C1", Decimal(60), 2), ("2", "C2", Decimal(11), 2)]


def test_of_two_versions_of_an_order_the_last_counts(read, rows) -> None:
    text = "order_id,date,customer_id,amount,status\n1,2024-01-05,C1,30,new\n2,2024-01-06,C2,5,new\n1,2024-01-05,C1,30,cancelled\n"
    reading = read(text, answers={"amount_per": "order"})
    assert orders(rows, reading) == [("2", "C2", Decimal(5), 1)]
    assert reading.quality.rows_not_counted == 2


def test_numbers_that_start_anew_are_asked_about(read, rows) -> None:
    days = ["2024-01-05", "2024-02-05", "2024-03-05"]
    text = "check,date,customer_id,amount\n" + "".join(
        f"{number},{day},C{number},{number * 10 + place}\n" for place, day in enumerate(days) for number in range(1, 5)
    )
    (asked,) = read(text, columns={"order_id": "check"}).questions
    assert (asked.code, asked.options) == ("same_number", ("one", "another"))
    assert asked.facts == {"example": "1", "first": date(2024, 1, 5), "last": date(2024, 3, 5)}
    reading = read(text, columns={"order_id": "check"}, answers={"same_number": "another"})
    assert (reading.quality.orders, reading.quality.rows_merged) == (12, 0)
    assert orders(rows, reading)[0] == ("1 / 2024-01-05", "C1", Decimal(10), 1)
    reading = read(text, columns={"order_id": "check"}, answers={"same_number": "one"})
    assert (reading.quality.orders, reading.quality.rows_merged) == (4, 8)


def test_a_refund_column_lowers_the_order(read, rows) -> None:
    text = 'order_id,date,customer_id,total,refunded amount\n1,2024-01-05,C1,30,0\n2,2024-01-06,C2,50,12.50\n3,2024-01-07,C1,40,40.00\n4,2024-01-08,C2,20,\n5,2024-01-09,C2,20,"-5,00 $"\n6,2024-01-09,C2,20,much\n'
    reading = read(text)
    assert orders(rows, reading) == [
        ("1", "C1", Decimal(30), 1), ("2", "C2", Decimal("37.5"), 1), ("4", "C2", Decimal(20), 1), ("5", "C2", Decimal(15), 1),
    ]  # fmt: skip
    assert (reading.quality.rows_not_counted, reading.quality.rejected_by_reason) == (1, {"bad_amount": 1})


def test_cancelled_and_unpaid_by_a_column_of_their_own(read, rows) -> None:
    text = "Номер заказа;Дата;Код клиента;Сумма;Оплачен;Отменен\nA1;01.02.2024;К1;1000 руб;Да;Нет\nA2;02.02.2024;К1;1000 руб;Нет;Нет\nA3;03.02.2024;К2;500 руб;Да;Да\nA4;04.02.2024;К2;700 руб;;\n"
    reading = read(text)
    assert orders(rows, reading) == [("A1", "К1", Decimal(1000), 1), ("A4", "К2", Decimal(700), 1)]
    assert reading.quality.rows_not_counted == 2
    assert [row["order_id"] for row in rows(reading.voided_path)] == ["A2", "A3"]
