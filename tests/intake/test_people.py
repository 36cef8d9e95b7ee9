"""Files of customers: told from orders, their contacts in one form, every row accounted for."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from metrics.intake.people_columns import choose_people_columns, is_summary
from metrics.intake.people_contacts import email_of, phone_of

BITRIX = """\
ID;Имя;Отчество;Фамилия;Рабочий телефон;Рабочий e-mail;Ответственный;Город;Согласие на рассылку;Метки
17;Анна;Петровна;Котова;8 (900) 123-45-67;Anna@Mail.RU;Мария К.;Тула;да;vip
18;Иван;;Белов;+7 900 123 45 68;;Мария К.;Орёл;нет;
;Ольга;;Ким;;;;;;
19;;;;;olga@mail.ru;;;;
18;Иван;Ильич;Белов;;belov@mail.ru;;;;опт
"""
CHINESE = """\
客户编号,姓,名,手机,邮箱,城市,是否同意营销,标签
1001,王,芳,13800138000,Fang@QQ.com,上海,是,老客户
1002,李,雷,+86 139 0013 8001,,北京,否,
,,,,,,,
,,合计,,,,,
"""
KLAVIYO_LIST = "Email,First Name,Last Name,Phone Number,Email Marketing Consent\nAnn@Example.com,Ann,Lee,+1 202-555-0143,SUBSCRIBED\n"
SUMS = """\
Имя;Телефон;E-mail;Количество заказов;Сумма покупок;Дата последнего заказа
Анна;+79001234567;anna@mail.ru;3;12000;01.02.2024
Иван;+79001234568;ivan@mail.ru;1;500,50;13.03.2024
"""


def people(rows, reading, *names):
    return [tuple(row[name] for name in names) for row in rows(reading.contacts_path)]


def account_holds(quality) -> bool:
    told = quality.account(count_zero_orders=False)
    return told.pop("rows_read") == sum(told.values()) and quality.rows_rejected == sum(
        quality.rejected_by_reason.values()
    )


def test_a_russian_crm_in_cp1251(read, rows):
    reading = read(BITRIX.encode("cp1251"))
    assert (reading.kind, reading.outcome, reading.questions) == ("customers", "ready_with_warnings", ())
    assert people(rows, reading, "customer_id", "email", "phone", "name") == [
        ("17", "anna@mail.ru", "+79001234567", "Анна Петровна Котова"),
        ("18", "belov@mail.ru", "+79001234568", "Иван Ильич Белов"),
        ("19", "olga@mail.ru", None, None),
    ]
    assert people(rows, reading, "region", "manager", "consent", "flags") == [
        ("Тула", "Мария К.", "да", "vip"),
        ("Орёл", "Мария К.", "нет", "опт"),
        (None, None, None, None),
    ]
    quality = reading.quality
    assert (quality.rows_read, quality.people, quality.customers, quality.rows_merged) == (5, 3, 3, 1)
    assert quality.rejected_by_reason == {"no_contact": 1}
    assert account_holds(quality)
    assert [row["reason"] for row in rows(reading.rejected_path)] == ["no_contact"]
    assert reading.clean_path is None


def test_a_chinese_list(read, rows):
    reading = read(CHINESE.encode("gb18030"))
    assert reading.kind == "customers"
    assert people(rows, reading, "customer_id", "email", "phone", "name", "consent") == [
        ("1001", "fang@qq.com", "+8613800138000", "王芳", "是"),
        ("1002", None, "+8613900138001", "李雷", "否"),
    ]
    assert reading.quality.rows_read == 3
    assert reading.quality.rejected_by_reason == {"total_row": 1}


def test_a_list_for_mailing_of_no_known_export(read, rows):
    reading = read(KLAVIYO_LIST)
    assert (reading.kind, reading.preset, reading.outcome) == ("customers", None, "ready")
    assert people(rows, reading, "customer_id", "email", "phone", "name", "consent") == [
        (None, "ann@example.com", "+12025550143", "Ann Lee", "SUBSCRIBED")
    ]


def test_a_known_export_with_two_columns_of_phones(read, rows):
    reading = read(
        "Customer ID,Email,Phone,Default Address Phone,Total Spent,Total Orders,Tax Exempt\n"
        "1,a@b.co,,'+12025550143,5,1,no\n2,b@b.co,'+12025550144,'+12025550145,5,1,no\n"
    )
    assert reading.preset == "shopify_customers"
    assert people(rows, reading, "phone") == [("+12025550143",), ("+12025550144",)]


def test_sums_per_customer_could_be_orders_so_it_is_asked(read):
    reading = read(SUMS)
    (asked,) = reading.questions
    assert (asked.code, asked.options) == ("file_kind", ("orders", "customers"))
    assert asked.facts == {"example": "Количество заказов"}
    assert read(SUMS, answers={"file_kind": "customers"}).quality.people == 2
    orders = read(SUMS, answers={"file_kind": "orders"})
    assert (orders.kind, orders.quality.orders) == ("orders", 2)


def test_a_customer_on_two_rows_is_a_customer_with_two_orders(read):
    again = SUMS + "Иван;+79001234568;ivan@mail.ru;1;700;14.03.2024\n"
    assert read(again).kind == "orders"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("order id,customer id,email,date,amount,customer total orders\n1,a,a@b.co,2024-01-05,5,3\n2,b,b@b.co,2024-01-06,6,1\n", "orders"),
        ("email,name,total spent\na@b.co,Ann,5\nb@b.co,Bob,6\n", "customers"),
        ("email,name,created\na@b.co,Ann,2024-01-05\nb@b.co,Bob,2024-01-06\n", "customers"),
        ("email,name,created\na@b.co,Ann,2024-01-05\na@b.co,Ann,2024-01-06\n", "file_kind"),
        ("order number,email,date\n1,a@b.co,2024-01-05\n2,b@b.co,2024-01-06\n", "which_amount"),
        ("email,amount\na@b.co,5.50\nb@b.co,6.20\n", "file_kind"),
        ("customer id,date,comment\na,2024-01-05,x\nb,2024-01-06,y\n", "which_amount"),
        ("customer id,name,manager\n7,Ann,Eve\n8,Bob,Eve\n", "customers"),
        ("date,sum,client\n2024-01-05,5,Ann\n2024-01-06,6,Bob\n", "orders"),
    ],
)  # fmt: skip
def test_what_tells_customers_from_orders(read, text, kind):
    reading = read(text)
    assert kind in {reading.kind if not reading.questions else "", *(question.code for question in reading.questions)}


def test_a_person_may_say_otherwise(read):
    orders = "order id,email,name,date,amount\n1,a@b.co,Ann,2024-01-05,5\n2,b@b.co,Bob,2024-01-06,6\n"
    assert read(orders).kind == "orders"
    as_people = read(orders, kind="customers")
    assert (as_people.kind, as_people.quality.people) == ("customers", 2)
    assert [question.code for question in read(KLAVIYO_LIST, kind="orders").questions] == ["which_date", "which_amount"]


def test_columns_that_a_person_chose_go_first(read, rows):
    text = "nick,email,email 2,note,phone\nann,a@b.co,x@y.co,vip,+12025550143\n"
    reading = read(text, columns={"email": "email 2", "flags": "note", "name": "nick", "phone": None})
    assert people(rows, reading, "email", "name", "flags") == [("x@y.co", "ann", "vip")]


def test_without_anything_to_know_people_by_it_is_asked(read):
    reading = read("name,city\nAnn,Leeds\nBob,York\n", kind="customers")
    assert [question.code for question in reading.questions] == ["which_customer"]
    assert (
        read("name,city\nAnn,Leeds\nBob,York\n", kind="customers", answers={"which_customer": "name"}).quality.people
        == 2
    )


def test_nobody_in_the_whole_file_is_refused(read):
    reading = read("email,phone,name\n-,,Ann\n,n/a,Bob\n")
    assert (reading.outcome, reading.reasons) == ("refused", ("no_usable_contacts",))


def test_one_person_is_known_by_number_then_email_then_phone(read, rows):
    reading = read(
        "customer id,email,phone,name,tags\n"
        "7,ann@b.co,,Ann,old\n"
        ",ANN@b.co,+44 7700 900101,,\n"
        ",,+447700900101,Anna,new\n"
        "8,ann@b.co,,Eve,\n"
        ",bob@b.co,,Bob,\n"
        ",<Bob@B.co>,,,x\n"
    )
    # The e-mail stands beside two numbers: rows without one are of the greater.
    assert people(rows, reading, "customer_id", "email", "phone", "name", "flags") == [
        ("7", "ann@b.co", None, "Ann", "old"),
        ("8", "ann@b.co", "+447700900101", "Eve", "new"),
        (None, "bob@b.co", None, "Bob", "x"),
    ]
    assert (reading.quality.rows_merged, account_holds(reading.quality)) == (3, True)


def test_contacts_that_are_none_are_told(read, rows):
    reading = read('id,email,phone\n1,nothing at all,12\n2,b@b.co,"7,90012E+10"\n3,c@b.co,n/a\n')
    assert {warned.code: warned.rows for warned in reading.quality.warnings} == {"bad_email": 1, "bad_phone": 2}
    assert people(rows, reading, "email", "phone") == [(None, None), ("b@b.co", None), ("c@b.co", None)]


def test_repeated_headers_and_long_rows_are_left_out(read):
    reading = read("id,email,name\n1,a@b.co,Ann\nid,email,name\n2,b@b.co,Bob,more\n")
    assert reading.quality.rejected_by_reason == {"repeated_header": 1, "too_many_cells": 1}
    assert account_holds(reading.quality)


def test_the_region_of_the_workspace_completes_phones(read, rows):
    text = "email,phone\na@b.co,07700 900101\nb@b.co,020 7946 0958 / 020 7946 0959\n"
    assert people(rows, read(text), "phone") == [("07700900101",), ("02079460958",)]
    assert people(rows, read(text, region="GB"), "phone") == [("+447700900101",), ("+442079460958",)]
    assert people(rows, read(text, answers={"phone_region": "GB"}), "phone") == [("+447700900101",), ("+442079460958",)]


@pytest.mark.parametrize(
    ("cell", "found"),
    [("Ann <Ann@X.co>", "ann@x.co"), ("a@b.co; c@d.co", "a@b.co"), ("почта@пример.рф", "почта@пример.рф"), ("a@b", None), ("a..b@c.de", "a..b@c.de"), ("@", None)],
)  # fmt: skip
def test_the_email_of_a_cell(cell, found):
    assert email_of(cell) == found


@pytest.mark.parametrize(
    ("cell", "region", "found"),
    [("8 900 123-45-67, 8 900 765-43-21", None, "+79001234567"), ("123", "RU", None), ("0131 496 0000", "GB", "+441314960000"), ("1234567", None, "1234567"), ("+44 20 7946 0958 or +44 20 7946 0959", None, "+442079460958")],
)  # fmt: skip
def test_the_phone_of_a_cell(cell, region, found):
    assert phone_of(cell, region) == found


def test_summaries_are_known_in_three_languages():
    assert all(
        map(
            is_summary,
            [
                "Total Orders",
                "last_order_date",
                "Historic Number Of Orders",
                "Сумма покупок",
                "Дата последнего заказа",
                "累计消费金额(元)",
            ],
        )
    )
    assert not any(map(is_summary, ["Order date", "Total", "Amount", "Дата заказа", "Сумма заказа", "订单金额"]))


def test_names_in_parts_and_a_company_beside_them():
    headers = ("ID", "First Name", "Last Name", "Company", "Email")
    found = choose_people_columns(headers, [("1", "Ann", "Lee", "Clay Ltd", "a@b.co")])
    assert {name: choice.source for name, choice in found.items()} == {
        "customer": "ID", "email": "Email", "first_name": "First Name", "last_name": "Last Name",
    }  # fmt: skip
    alone = choose_people_columns(("Имя", "E-mail"), [("Анна", "a@b.co")])
    assert {name: choice.source for name, choice in alone.items()} == {"email": "E-mail", "name": "Имя"}
