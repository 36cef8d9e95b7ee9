"""Orders whose customers have first and last names in columns of their own."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.intake.preset_examples import RETAILCRM_API, WOOCOMMERCE_ADVANCED_EXPORT, WOOCOMMERCE_ORDERS


def names(rows, reading) -> dict[str, str | None]:
    return {row["customer_id"]: row["name"] for row in rows(reading.contacts_path)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WOOCOMMERCE_ORDERS.text, {"17": "Ann Lee", "bob@example.com": "Bob Moor", "+919876543211": "Cleo Ray", "dan@example.com": "Dan Fox"}),
        (WOOCOMMERCE_ADVANCED_EXPORT.text, {"ann@example.com": "Ann Lee", "+447700900123": "Bob Moor"}),
        (RETAILCRM_API.text, {"71": "Анна Ли", "72": "Пётр Ян"}),
        ("Фамилия;Имя;Отчество;Телефон;Дата;Сумма\nКотова;Анна;Петровна;+79001234567;05.01.2024;5,50\nБелов; ;;+79001234568;06.01.2024;7\n", {"+79001234567": "Анна Петровна Котова", "+79001234568": "Белов"}),
        ("客户编号,姓,名,日期,金额\n1,王,芳,2024-01-05,5.50\n2,李,雷,2024-01-06,7\n", {"1": "王芳", "2": "李雷"}),
        ("customer id,company,first name,last name,date,amount\n1,Acme,Ann,Lee,2024-01-05,5.50\n2,,Bob,Moor,2024-01-06,7\n", {"1": "Ann Lee", "2": "Bob Moor"}),
        ("customer id,customer name,first name,last name,date,amount\n1,Ann X Lee,Ann,Lee,2024-01-05,5.50\n2,Bob,Bob,Moor,2024-01-06,7\n", {"1": "Ann X Lee", "2": "Bob"}),
    ],
    ids=["woocommerce", "woocommerce advanced", "retailcrm", "russian", "chinese", "company", "full name"],
)  # fmt: skip
def test_two_columns_are_one_name(read, rows, text: str, found: dict[str, str]) -> None:
    reading = read(text)
    assert (reading.kind, reading.questions) == ("orders", ())
    assert names(rows, reading) == found


def test_a_first_name_is_nobody(read, rows) -> None:
    text = "order id,first name,last name,date,amount\n1,Ann,Lee,2024-01-05,5.50\n2,Ann,Moor,2024-01-06,7\n"
    assert [each.code for each in read(text).questions] == ["which_customer"]
    text = "order id,first name,last name,email,date,amount\n1,Ann,Lee,ann@x.co,2024-01-05,5.50\n2,Ann,,,2024-01-06,7\n"
    reading = read(text)
    assert reading.quality.rejected_by_reason == {"no_customer": 1}
    assert names(rows, reading) == {"ann@x.co": "Ann Lee"}


def test_a_person_may_leave_the_name_out_or_say_which_columns_it_is(read, rows) -> None:
    text = "customer id,first name,last name,alias,surname of record,date,amount\n1,Ann,Lee,Bee,Ray,2024-01-05,5.50\n2,Bob,Moor,,Fox,2024-01-06,7\n"
    assert read(text, columns={"name": None}).contacts_path is None
    said = {"first_name": "alias", "last_name": "surname of record"}
    assert names(rows, read(text, columns=said)) == {"1": "Bee Ray", "2": "Fox"}
