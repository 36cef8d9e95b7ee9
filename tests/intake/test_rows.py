"""What becomes of the rows: orders, refunds, statuses, rejects. Small literal files, figures in the assert."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from metrics.intake import Reading

Rows = Callable[[Path | None], list[dict[str, Any]]]
HEAD = "order_id,order_date,customer_id,amount\n"


def warned(reading: Reading) -> dict[str, int]:
    return {each.code: each.rows for each in reading.quality.warnings}


def brief(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (r["order_id"], r["customer_id"], str(r["order_at"]), str(r["amount"]), r["is_refund"], r["n_lines"])
        for r in rows
    ]


def test_each_row_of_a_clean_file_is_an_order(read, rows: Rows) -> None:
    reading = read(HEAD + "1,2024-01-05 10:00,C1,10.50\n2,2024-01-06,C2,0\n3,2024-01-07,C1,5\n")
    assert reading.outcome == "ready"
    assert brief(rows(reading.clean_path)) == [
        ("1", "C1", "2024-01-05 10:00:00", "10.5000", False, 1),
        ("2", "C2", "2024-01-06 00:00:00", "0.0000", False, 1),
        ("3", "C1", "2024-01-07 00:00:00", "5.0000", False, 1),
    ]
    quality = reading.quality
    assert (quality.orders, quality.zero_orders, quality.customers) == (2, 1, 1)
    assert (quality.gross, quality.first_on, quality.last_on) == (Decimal("15.5"), date(2024, 1, 5), date(2024, 1, 7))
    assert (reading.contacts_path, reading.rejected_path, reading.has_order_ids) == (None, None, True)
    assert list(rows(reading.clean_path)[0]) == [
        "order_id",
        "customer_id",
        "order_at",
        "amount",
        "is_refund",
        "n_lines",
    ]


def test_lines_of_an_order_are_summed_exactly(read, rows: Rows) -> None:
    reading = read(
        HEAD + "1,2024-01-05 10:00,C1,0.1\n1,2024-01-05 09:00,C1,0.2\n2,2024-01-06,C2,0\n2,2024-01-06,C2,0\n"
    )
    assert brief(rows(reading.clean_path)) == [
        ("1", "C1", "2024-01-05 09:00:00", "0.3000", False, 2),
        ("2", "C2", "2024-01-06 00:00:00", "0.0000", False, 2),
    ]
    assert (reading.quality.rows_merged, reading.quality.zero_merged) == (2, 1)


def test_refunds_keep_their_own_day(read, rows: Rows) -> None:
    reading = read(
        HEAD
        + "1,2024-01-05 10:00,C1,100\n1,2024-01-05 18:00,C1,-30\n1,2024-01-09 11:00,C1,-20\n1,2024-01-09 12:00,C1,-5\n"
        + "1,2024-02-01,C1,-1\nC7,2024-01-06,C2,-40\nC7,2024-01-06,C2,-2\n8,2024-01-06,C3,10\n8,2024-01-06,C3,-10\n"
    )
    assert brief(rows(reading.clean_path)) == [
        ("1", "C1", "2024-01-05 10:00:00", "70.0000", False, 2),
        ("1", "C1", "2024-01-09 11:00:00", "-25.0000", True, 2),
        ("1", "C1", "2024-02-01 00:00:00", "-1.0000", True, 1),
        ("8", "C3", "2024-01-06 00:00:00", "0.0000", False, 2),
        ("C7", "C2", "2024-01-06 00:00:00", "-42.0000", True, 2),
    ]
    assert (reading.outcome, warned(reading)) == ("ready_with_warnings", {"refunds": 3})
    assert (reading.quality.gross, reading.quality.net) == (Decimal(70), Decimal(2))


def test_without_order_ids_each_row_stands_alone(read, rows: Rows) -> None:
    reading = read("date,customer_id,amount\n2024-01-05,C1,5\n2024-01-05,C1,5\n2024-01-06,C1,-5\n")
    assert reading.has_order_ids is False
    assert [row[3:5] for row in brief(rows(reading.clean_path))] == [
        ("5.0000", False),
        ("5.0000", False),
        ("-5.0000", True),
    ]


def test_blank_order_ids_do_not_make_one_giant_order(read) -> None:
    reading = read(
        HEAD + ",2024-01-05,C1,5\n-,2024-01-05,C1,5\nNULL,2024-01-05,C1,5\n7,2024-01-05,C1,5\n7,2024-01-05,C1,5\n"
    )
    assert (reading.quality.orders, reading.quality.rows_merged) == (4, 1)


def test_one_id_under_two_customers_is_two_orders(read) -> None:
    reading = read(HEAD + "1,2024-01-05,C1,5\n1,2024-01-05,C2,7\n2,2024-01-05,C2,7\n")
    assert (reading.quality.orders, warned(reading)) == (3, {"order_id_many_customers": 1})


def test_statuses_keep_rows_out(read) -> None:
    reading = read(
        "order_id,date,customer_id,amount,status\n1,2024-01-05,C1,5,paid\n2,2024-01-05,C2,7,Отменён\n3,2024-01-05,C3,9,refunded\n"
    )
    quality = reading.quality
    assert reading.outcome == "ready"
    assert (quality.orders, quality.rows_not_counted, quality.rows_rejected) == (1, 2, 0)
    assert warned(reading) == {"status_not_counted": 2}


def test_a_refund_of_an_order_that_did_not_count_does_not_count(read, rows: Rows) -> None:
    reading = read(
        "order_id,date,customer_id,amount,status\n1,2024-01-05,C1,50,cancelled\n1,2024-01-08,C1,-50,refund paid\n"
        "2,2024-01-05,C1,20,paid\n2,2024-01-08,C1,-20,done\n"
    )
    assert [(row[0], row[3]) for row in brief(rows(reading.clean_path))] == [("2", "20.0000"), ("2", "-20.0000")]
    assert reading.quality.rows_not_counted == 2


@pytest.mark.parametrize(
    "blank", ["", "NULL", "nan", "-", "  ", "0", "Гость", "N/A", "guest", "游客", "GUEST", "не указан"]
)
def test_nobody_is_not_a_customer(read, rows: Rows, blank: str) -> None:
    reading = read(HEAD + f"1,2024-01-05,C1,5\n2,2024-01-05,{blank},7.5\n3,2024-01-06,{blank},2.5\n4,2024-01-06,C2,1\n")
    (told,) = reading.quality.warnings
    assert (told.code, told.rows, told.facts) == ("no_customer", 2, {"amount": Decimal(10)})
    assert [(row["order_id"], row["reason"]) for row in rows(reading.rejected_path)] == [
        ("2", "no_customer"),
        ("3", "no_customer"),
    ]
    assert (reading.quality.customers, reading.quality.orders) == (2, 2)


def test_every_reason(read, rows: Rows) -> None:
    reading = read(
        HEAD
        + "1,2024-01-05,C1,5\n2,,C1,5\n3,NULL,C1,5\n4,soon,C1,5\n5,0001-01-01,C1,5\n6,2024-01-05,C1,\n7,2024-01-05,C1,n/a\n8,2024-01-05,C1,much\n"
        + "order_id,order_date,customer_id,amount\nИтого за день,,,20\n9,2024-02-31,C1,5\n10,2024-01-08,C1,5\n,,,\nprinted by Anna,,,\n"
    )
    assert reading.quality.rejected_by_reason == {
        "no_date": 2, "bad_date": 2, "date_out_of_range": 1, "no_amount": 2, "bad_amount": 1, "repeated_header": 1, "total_row": 1, "footer_row": 1,
    }  # fmt: skip
    assert {each.code: each.rows for each in reading.quality.warnings} == reading.quality.rejected_by_reason
    assert (reading.quality.rows_read, reading.quality.orders) == (13, 2)
    assert rows(reading.rejected_path)[-1] == {
        "order_id": "Итого за день", "order_date": None, "customer_id": None, "amount": "20", "reason": "total_row",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["Итого", "ВСЕГО:", "Total", "Grand total", "Subtotal", "合计", "小计:"])
def test_totals_are_not_customers(read, word: str) -> None:
    reading = read(HEAD + f"1,2024-01-05,C1,5\n,2024-01-05,{word},5\n2,2024-01-06,Total Fitness Ltd,7\n")
    assert reading.quality.rejected_by_reason == {"total_row": 1}
    assert reading.quality.gross == Decimal(12)


def test_ids_written_as_floats_lose_the_zero_only_if_all_are(read, rows: Rows) -> None:
    floats = read(HEAD + "1,2024-01-05,12362.0,5\n2,2024-01-06,,5\n3,2024-01-06,12363.0,5\n")
    assert [row["customer_id"] for row in rows(floats.clean_path)] == ["12362", "12363"]
    mixed = read(HEAD + "1,2024-01-05,12362.0,5\n2,2024-01-06,0007,5\n3,2024-01-06, 8 ,1\n4,2024-01-06,'9,1\n")
    assert [row["customer_id"] for row in rows(mixed.clean_path)] == ["12362.0", "0007", "8", "9"]


def test_emails_and_phones_are_one_key_in_every_spelling(read) -> None:
    emails = read("date,email,amount\n2024-01-05, Anna@Mail.RU,5\n2024-01-06,anna@mail.ru,6\n2024-01-06,b@mail.ru,6\n")
    assert (emails.quality.customers, emails.quality.orders) == (2, 3)
    phones = read(
        "Дата;Телефон;Сумма\n05.01.2024;+7 (900) 123-45-67;5\n06.01.2024;8 900 123 45 67;5\n06.01.2024;79001234567;5\n07.01.2024;8-901-123-45-67;5\n"
    )
    assert (phones.quality.customers, phones.quality.orders) == (2, 4)


def test_customers_by_name_are_told(read) -> None:
    reading = read("Дата;ФИО;Сумма\n05.01.2024;Анна Ли;5\n06.01.2024;Пётр Ян;5\n")
    assert warned(reading) == {"customer_by_name": 2}
    assert reading.contacts_path is not None


def test_contacts_hold_the_latest_words(read, rows: Rows) -> None:
    reading = read(
        "order_id,date,customer_id,customer_name,email,amount,manager\n1,2024-01-05,C1,Anna,OLD@x.ru,5,Ivan\n2,2024-03-05,C1,Anna Li,,5,\n"
        "3,2024-02-05,C1,Anne,NEW@x.ru,5,Olga\n"
    )
    assert rows(reading.contacts_path) == [
        {"customer_id": "C1", "name": "Anna Li", "email": "new@x.ru", "manager": "Olga"}
    ]
    assert "manager" in rows(reading.clean_path)[0]


def test_cost_or_margin_become_the_cost(read, rows: Rows) -> None:
    cost = read("order_id,date,customer_id,amount,cost\n1,2024-01-05,C1,10,4\n1,2024-01-05,C1,10,5\n")
    assert [row["cost"] for row in rows(cost.clean_path)] == [Decimal(9)]
    margin = read("order_id,date,customer_id,amount,margin\n1,2024-01-05,C1,10,4\n2,2024-01-05,C1,10,5\n")
    assert [row["cost"] for row in rows(margin.clean_path)] == [Decimal(6), Decimal(5)]


def test_quantity_times_price_is_exact(read) -> None:
    reading = read(
        "Invoice,InvoiceDate,Customer ID,Quantity,Price\n1,2024-01-05,7,3,0.1\n1,2024-01-05,7,2,1.255\n2,2024-01-05,7,-1,2\n"
    )
    assert (reading.quality.gross, reading.quality.net) == (Decimal("2.81"), Decimal("0.81"))


def test_amounts_in_every_notation(read) -> None:
    reading = read(
        "Дата;Код клиента;Сумма\n05.01.2024;1;1 000,50 руб\n05.01.2024;2;12,5\n05.01.2024;3;1.234,50\n05.01.2024;4;(5)\n05.01.2024;5;7.25\n"
    )
    assert reading.quality.gross == Decimal("2254.75")
    assert reading.quality.net == Decimal("2249.75")
    assert reading.quality.currency == "RUB"


@pytest.mark.parametrize(
    ("header", "cell", "currency"),
    [("amount", "$5.00", "USD"), ("Сумма, руб", "5", "RUB"), ("Amount (EUR)", "5", "EUR"), ("amount", "5", None)],
)
def test_currency(read, header: str, cell: str, currency: str | None) -> None:
    delimiter = ";"
    reading = read(delimiter.join(("date", "customer_id", header)) + f"\n2024-01-05;C1;{cell}\n")
    assert reading.quality.currency == currency


def test_several_currencies_are_asked(read, rows: Rows) -> None:
    text = "date,customer_id,amount,currency\n2024-01-05,C1,5,USD\n2024-01-06,C2,10,EUR\n2024-01-07,C2,3,\n2024-01-08,C3,100,руб\n2024-01-09,C3,7,usd\n"
    asked = read(text)
    assert asked.outcome == "ask"
    assert [(each.code, each.options, each.facts) for each in asked.questions] == [
        (
            "which_currency",
            ("USD", "EUR", "RUB"),
            {"currencies": ["USD", "EUR", "RUB"], "rows": {"USD": 2, "EUR": 1, "RUB": 1}, "own": None},
        )
    ]
    one = read(text, answers={"which_currency": "USD"})
    assert (one.quality.currency, one.quality.gross) == ("USD", Decimal(15))
    assert one.quality.rejected_by_reason == {"other_currency": 2}
    both = read(text, answers={"which_currency": "USD", "rate_EUR": "1,0833", "rate_RUB": "0.0111"})
    assert [row["amount"] for row in rows(both.clean_path)] == [
        Decimal(5),
        Decimal("10.833"),
        Decimal(3),
        Decimal("1.11"),
        Decimal(7),
    ]
    assert warned(both)["converted"] == 2


def test_currencies_in_the_cells_are_asked_too(read, rows: Rows) -> None:
    text = "date;customer_id;amount\n2024-01-05;C1;$5.50\n2024-01-06;C2;10 €\n2024-01-07;C2;3\n"
    assert [each.code for each in read(text).questions] == ["which_currency"]
    reading = read(text, answers={"which_currency": "EUR", "rate_USD": "2"})
    assert [row["amount"] for row in rows(reading.clean_path)] == [Decimal(11), Decimal(10), Decimal(3)]


def test_a_currency_named_far_down_is_the_files(read) -> None:
    rows = "".join(f"2024-01-05;C{n};{n}.5\n" for n in range(1, 1200))
    reading = read(f"date;customer_id;amount\n{rows}2024-01-06;C1;7 €\n")
    assert (reading.quality.orders, reading.quality.currency) == (1200, "EUR")


def test_a_file_in_another_currency_than_the_workspace_needs_a_rate(read, rows: Rows) -> None:
    text = "date,customer_id,amount (EUR)\n2024-01-05,C1,5\n"
    (asked,) = read(text, currency="USD").questions
    assert (asked.code, asked.options, asked.facts["currencies"]) == ("which_currency", ("USD",), ["EUR"])
    assert read(text, currency="USD", answers={"which_currency": "USD"}).outcome == "ask"
    reading = read(text, currency="USD", answers={"which_currency": "USD", "rate_EUR": "1.1"})
    assert (reading.quality.net, reading.quality.currency) == (Decimal("5.5"), "USD")
    assert read(text, currency="EUR").quality.currency == "EUR"
    assert read("date,customer_id,amount\n2024-01-05,C1,5\n", currency="USD").quality.net == 5


def test_many_notations_in_one_date_column(read, rows: Rows) -> None:
    cells = [
        "2024-01-05",
        "05.01.2024",
        "2024/01/05",
        "5 янв 2024",
        "20240105",
        "05 Jan 2024",
        "45296",
        "2024-01-05T00:00",
        "Jan 5, 2024",
        "2024年1月5日",
    ]
    reading = read("date;customer_id;amount\n" + "".join(f"{cell};C1;5\n" for cell in cells))
    assert {row["order_at"] for row in rows(reading.clean_path)} == {datetime(2024, 1, 5)}
    assert (reading.quality.orders, list(warned(reading))) == (10, ["mixed_date_formats"])


@pytest.mark.parametrize(
    "cells",
    [("05.01.2024 10:00:00", "06.01.2024"), ("2024-01-05 10:00:00+03:00", "2024-01-06T01:02:03Z"), ("13/01/2024", "05/02/2024 10:00"), ("1/13/2024 3:04 PM", "2/5/2024 11:00 AM"),
     ("20240105", "20240106"), ("5 янв 2024", "6 февраля 2024"), ("05.01.24", "06.01.24 10:00")],
)  # fmt: skip
def test_one_notation_is_no_warning(read, cells: tuple[str, ...]) -> None:
    reading = read("date;customer_id;amount\n" + "".join(f"{cell};C{n};5\n" for n, cell in enumerate(cells)))
    assert (reading.outcome, reading.quality.orders) == ("ready", 2)
    assert reading.quality.first_on.year == 2024
