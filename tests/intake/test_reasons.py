"""Why customers left, as files say it: columns found by their names, surveys told from orders, nothing asked for nothing."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

ENGLISH = "customer id,reason,real reason,fault\n1,rude staff,service,human\n2,moved,,\n2,moved abroad,,\n"
RUSSIAN = "Код клиента;Телефон;Причина ухода;Подтверждённая причина;Чья ошибка\nк1;8 900 123-45-67;дорого;;\nк2;+7 900 123-45-68;грубо;сервис;человек\n"
CHINESE = "客户编号,流失原因,真实原因,谁的错\n1001,太贵,,\n1002,态度差,服务,人\n"


def told(rows, reading):
    columns = ("customer_id", "reason", "confirmed_reason", "fault")
    return [tuple(row[name] for name in columns) for row in rows(reading.contacts_path)]


@pytest.mark.parametrize(
    ("content", "people"),
    [
        (ENGLISH, [("1", "rude staff", "service", "human"), ("2", "moved abroad", None, None)]),
        (RUSSIAN.encode("cp1251"), [("к1", "дорого", None, None), ("к2", "грубо", "сервис", "человек")]),
        (CHINESE.encode("gb18030"), [("1001", "太贵", None, None), ("1002", "态度差", "服务", "人")]),
    ],
)
def test_a_survey_is_a_file_of_customers(read, rows, content, people):
    reading = read(content)
    assert (reading.kind, reading.outcome, reading.questions) == ("customers", "ready", ())
    assert told(rows, reading) == people


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Reason for leaving", "reason"), ("churn_reason", "reason"), ("Cancel reason", "reason"), ("Why did you leave?", "reason"),
        ("Confirmed reason", "confirmed_reason"), ("Root cause", "confirmed_reason"), ("Whose fault", "fault"),
        ("Причина ухода", "reason"), ("причина отказа", "reason"), ("Почему ушли", "reason"),
        ("Настоящая причина", "confirmed_reason"), ("Подтвержденная причина", "confirmed_reason"), ("чья вина", "fault"),
        ("流失原因", "reason"), ("客户流失原因", "reason"), ("真正原因", "confirmed_reason"), ("过错方", "fault"),
    ],
)  # fmt: skip
def test_the_columns_go_by_many_names(read, header, field):
    reading = read(f"email,name,{header}\na@b.co,Ann,rude\nb@b.co,Bob,price\n")
    assert (reading.kind, reading.questions) == ("customers", ())
    assert reading.columns[field].source == header


@pytest.mark.parametrize(
    "content",
    [
        "email,date,reason for leaving\na@b.co,2024-01-01,price\nb@b.co,2024-01-02,price\nb@b.co,2024-01-03,quality\n",
        "телефон,причина\n89001234567,дорого\n89001234568,забыли\n",
        "手机,客户流失原因\n13800138000,太贵\n13900138000,服务差\n",
        "customer,reason\nAnn Lee,price\nBob Ray,quality\n",
    ],
)
def test_nothing_is_asked_of_a_survey_that_could_be_nothing_else(read, content):
    reading = read(content)
    assert (reading.kind, reading.outcome, reading.questions) == ("customers", "ready", ())
    assert "reason" in reading.columns


def test_orders_may_say_it_too_and_the_latest_word_counts(read, rows):
    reading = read(
        "order id,customer id,date,amount,churn reason\n"
        "1,a,2024-01-05,5,price\n2,b,2024-01-06,6,\n3,a,2024-02-06,6,service\n4,a,2024-03-06,6,\n"
    )
    assert (reading.kind, reading.questions) == ("orders", ())
    assert [(row["customer_id"], row["reason"]) for row in rows(reading.contacts_path)] == [
        ("a", "service"),
        ("b", None),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Cancel reason",
        "reason",
        "Причина отмены",
        "Причина отмены заказа",
        "取消原因",
        "Return reason",
        "Discount reason",
    ],
)
def test_why_an_order_was_cancelled_is_not_why_a_customer_left(read, header):
    reading = read(f"order id,customer id,date,amount,{header}\n1,a,2024-01-05,5,x\n2,b,2024-01-06,6,y\n")
    assert reading.kind == "orders"
    assert "reason" not in reading.columns


def test_reasons_do_not_make_a_customer_of_a_row_that_names_nobody(read):
    reading = read("email,reason\na@b.co,price\n,rude\n")
    assert (reading.quality.people, reading.quality.rejected_by_reason) == (1, {"no_contact": 1})
