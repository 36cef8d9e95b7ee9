"""Whose contact a column holds, which sum is meant, and what further columns say became of a row."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from metrics.intake.columns import choose_columns
from metrics.intake.words import keeps_out

DAY = "2024-01-05"


def questions(reading) -> list[str]:
    return [question.code for question in reading.questions]


def sums(reading) -> tuple[int, int, int, Decimal]:
    """Orders, refunds, rows not counted, net."""
    quality = reading.quality
    return quality.orders, quality.refunds, quality.rows_not_counted, quality.net


@pytest.mark.parametrize(
    ("staff", "own"),
    [
        (("Email менеджера", "m@x.ru"), ("Клиент", "Иван")), (("Manager email", "m@x.co"), ("Customer phone", "+15551234567")), (("seller email", "a@x.co"), ("buyer email", "z@x.co")),
        (("Support e-mail", "m@x.co"), ("Customer", "Ann")), (("Courier phone", "+79001110000"), ("Customer name", "Ann")), (("Store phone", "+79001110000"), ("Client", "Ann")),
        (("Телефон курьера", "+79001110000"), ("ФИО", "Иван")), (("Почта продавца", "m@x.ru"), ("Покупатель", "Иван")), (("店铺电话", "13800001111"), ("客户姓名", "张三")),
        (("客服邮箱", "m@x.cn"), ("手机", "13900001111")), (("Shipping company", "DHL"), ("Name", "Ann")), (("Vendor contact", "Bob"), ("Client", "Ann")),
    ],
)  # fmt: skip
def test_a_contact_of_whoever_served_is_not_the_customer(staff: tuple[str, str], own: tuple[str, str]) -> None:
    headers = ("id", "date", "amount", staff[0], own[0])
    choice = choose_columns(headers, [(str(n), DAY, "5.50", staff[1], own[1]) for n in range(3)])
    assert choice.source("customer") == own[0]
    assert staff[0] not in {choice.source(name) for name in ("customer", "email", "phone", "name")}


@pytest.mark.parametrize("header", ["Email контрагента", "Customer e-mail", "Billing phone", "Телефон покупателя", "客户手机", "Payer email"])  # fmt: skip
def test_a_contact_of_the_customer_is(header: str) -> None:
    cell = "a@b.co" if "mail" in header.casefold() else "13900001111"
    assert choose_columns(("date", "amount", header), [(DAY, "5", cell)] * 3).source("customer") == header


def test_far_fewer_contacts_than_names_are_asked_about() -> None:
    headers = ("date", "amount", "Email", "Customer")
    few = [(DAY, "5", f"m{n % 2}@x.co", f"Ann {n}") for n in range(8)]
    assert choose_columns(headers, few).unclear == {"customer": ("Email", "Customer")}
    assert choose_columns(headers, few, {"customer": "Email"}).unclear == {}
    each = [(DAY, "5", f"m{n // 2}@x.co", f"Ann {n}") for n in range(8)]
    assert choose_columns(headers, each).source("customer") == "Email"


@pytest.mark.parametrize(
    ("customer", "amount"), [("Customer Name", "Customer Amount"), ("Client Name", "Client Total"), ("Покупатель", "Сумма покупателя"), ("客户姓名", "客户金额")]
)  # fmt: skip
def test_the_sum_is_never_the_customer(customer: str, amount: str) -> None:
    choice = choose_columns(("Order Number", "Order Date", customer, amount), [("1", DAY, "Ann", "10.5")] * 3)
    assert (choice.source("customer"), choice.source("amount")) == (customer, amount)


@pytest.mark.parametrize(
    "header",
    [
        "customers",
        "Клиенты",
        "client count",
        "Number of customers",
        "Guests",
        "customer_group",
        "New customers",
        "客户人数",
    ],
)
def test_how_many_customers_or_what_kind_is_not_who(header: str) -> None:
    cell = "retail" if "group" in header else "25"
    choice = choose_columns(("date", header, "sales"), [(DAY, cell, "100.5")] * 3)
    assert choice.unclear == {"customer": ()}


@pytest.mark.parametrize(("header", "cell"), [("Customers", "Ann"), ("customers_id", "25"), ("Клиенты", "Иван"), ("customer", "25")])  # fmt: skip
def test_plurals_that_name_somebody_are_customers(header: str, cell: str) -> None:
    assert choose_columns(("date", header, "sales"), [(DAY, cell, "100.5")] * 3).source("customer") == header


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Net amount", "Gross amount"), ("Total incl. VAT", "Total excl. VAT"), ("Сумма с НДС", "Сумма без НДС"), ("含税金额", "不含税金额"),
        ("order amount", "paid amount"), ("total", "paid"), ("Сумма", "Оплачено"), ("应付金额", "实付金额"),
    ],
)  # fmt: skip
def test_two_sums_that_may_both_be_meant_are_asked_about(one: str, other: str) -> None:
    headers = ("order_id", "date", "customer_id", one, other)
    choice = choose_columns(headers, [("1", DAY, "C1", "120", "100"), ("2", DAY, "C1", "60", "50")])
    assert {*choice.unclear.pop("amount")} == {one, other}
    assert choice.unclear == {}
    same = choose_columns(headers, [("1", DAY, "C1", "120", "120"), ("2", DAY, "C1", "60", "60")])
    assert same.source("amount") in {one, other}
    # Below a full sample the newest orders may not be paid yet.
    assert "amount" in choose_columns(headers, [("1", DAY, "C1", "120", "120")] * 1000).unclear


@pytest.mark.parametrize(
    ("amount", "others"),
    [
        ("Total", ("Subtotal", "Shipping", "Tax", "Discount")), ("net sales", ("gross sales", "discounts", "returns")), ("Order total", ("Order subtotal", "Shipping total")),
        ("Сумма", ("Сумма НДС", "Сумма доставки", "Сумма скидки")), ("Сумма со скидкой", ("Сумма без скидки",)), ("Gross amount", ("Fee", "VAT amount")), ("实付金额", ("运费", "优惠金额")),
    ],
)  # fmt: skip
def test_everyday_second_sums_are_not(amount: str, others: tuple[str, ...]) -> None:
    cells = [str(n) for n in range(len(others))]
    choice = choose_columns(("id", "date", "customer_id", *others, amount), [("1", DAY, "C1", *cells, "120")] * 3)
    assert (choice.source("amount"), choice.unclear) == (amount, {})


@pytest.mark.parametrize("answers", [("1", "0"), ("yes", "no"), ("да", "нет")])
def test_a_column_that_says_whether_it_was_paid_is_no_sum(answers: tuple[str, str]) -> None:
    rows = [("1", DAY, "C1", "100", answers[0]), ("2", DAY, "C2", "50", answers[1])]
    choice = choose_columns(("id", "date", "customer_id", "total", "paid"), rows)
    assert (choice.source("amount"), choice.source("paid"), choice.unclear) == ("total", "paid", {})


@pytest.mark.parametrize(
    ("headers", "cells", "counted"),
    [
        ("status,payment status", ["completed,paid", "cancelled,paid", "completed,refunded", "completed,unpaid", ",paid"], 2),
        ("Статус,Статус оплаты", ["Выполнен,Оплачен", "Отменен,Оплачен", "Выполнен,Возврат", "Выполнен,Не оплачен"], 1),
        ("Payment status,Fulfillment status,Refund status", ["Paid,Fulfilled,", "Paid,Fulfilled,Refunded", "Paid,,Not refunded", "Paid,Pending,", "Paid,Cancelled,", "Unpaid,,"], 3),
        ("订单状态,退款状态", ["交易成功,没有申请退款", "交易成功,退款成功", "交易关闭,没有申请退款"], 1),
        ("State,status,billing_state", ["C,completed,F", "C,cancelled,F"], 1),
        ("status,tax status,VIP status", ["completed,test,lost", "completed,,"], 2),
    ],
)  # fmt: skip
def test_any_status_keeps_a_row_out(read, headers: str, cells: list[str], counted: int) -> None:
    rows = "".join(f"{n},{DAY},C{n},{n}.5,{each}\n" for n, each in enumerate(cells, 1))
    reading = read(f"order_id,date,customer_id,amount,{headers}\n{rows}")
    assert (reading.quality.orders, reading.quality.rows_not_counted) == (counted, len(cells) - counted)


def test_the_statuses_that_did_not_count_are_named_and_a_person_may_choose_one(read) -> None:
    text = f"order_id,date,customer_id,amount,status,payment status\n1,{DAY},A,10,completed,paid\n2,{DAY},B,20,cancelled,paid\n3,{DAY},C,30,completed,unpaid\n"
    (told,) = read(text).quality.warnings
    assert (told.code, told.facts) == ("status_not_counted", {"statuses": ["cancelled", "unpaid"]})
    assert read(text, columns={"status": "status"}).quality.orders == 1
    assert read(text, columns={"status": "payment status"}).quality.orders == 2
    assert read(text, columns={"status": None}).quality.orders == 3


def test_a_refund_with_a_sum_below_nought_is_no_row_to_leave_out(read) -> None:
    reading = read(
        f"order_id,date,customer_id,amount,status,payment status\n1,{DAY},A,10,completed,paid\n2,2024-01-09,A,-4,completed,refunded\n"
    )
    assert sums(reading) == (1, 1, 0, Decimal(6))


@pytest.mark.parametrize(
    ("header", "cells", "net"),
    [
        ("refunded", ("no", "yes"), 100), ("is_refunded", ("0", "1"), 100), ("refunded", ("0", "1"), 100), ("Возврат", ("нет", "да"), 100), ("Возврат", ("", "+"), 100), ("Возврат", ("нет", "нет"), 150),
        ("refunded", ("0", "20"), 130), ("refunded", ("-", "20.50"), Decimal("129.5")), ("refunded", ("", "50"), 100), ("退款", ("否", "是"), 100), ("is_refunded", ("0", "0"), 150),
    ],
)  # fmt: skip
def test_refunds_are_sums_or_answers(read, header: str, cells: tuple[str, str], net: int | Decimal) -> None:
    reading = read(f"order_id,date,customer_id,amount,{header}\n1,{DAY},A,100,{cells[0]}\n2,{DAY},B,50,{cells[1]}\n")
    assert (reading.quality.net, reading.quality.rows_rejected) == (Decimal(net), 0)


def test_documents_that_take_goods_back_are_refunds_and_payments_are_no_orders(read) -> None:
    header = "Период;Регистратор;Контрагент;Сумма\n"
    sale = "05.01.2024;Реализация 001 от 05.01.2024;A;100\n"
    back = "06.01.2024;Возврат товаров от покупателя 001 от 06.01.2024;A;40\n"
    paid = "07.01.2024;Поступление на расчетный счет 001 от 07.01.2024;A;100\n"
    assert sums(read(header + sale + back)) == (1, 1, 0, Decimal(60))
    assert sums(read(header + sale + back.replace("40", "-40"))) == (1, 1, 0, Decimal(60))
    reading = read(header + sale + paid)
    assert sums(reading) == (1, 0, 1, Decimal(100))
    assert [told.facts for told in reading.quality.warnings if told.code == "status_not_counted"] == [
        {"statuses": ["Регистратор"]}
    ]
    assert sums(read(header + paid)) == (1, 0, 0, Decimal(100))


def test_a_return_in_a_grouped_report_is_a_refund_and_no_part_of_the_order_of_its_number(read) -> None:
    text = (
        "Контрагент;Сумма\nРегистратор;\nООО Ромашка;1400\nРеализация товаров 0001 от 05.01.2024 10:00:00;1000\nВозврат товаров от покупателя 0001 от 15.02.2024 10:00:00;400\n"
        "ИП Иванов;500\nРеализация товаров 0003 от 25.02.2024 10:00:00;500\nИтого;1900\n"
    )
    assert sums(read(text)) == (2, 1, 0, Decimal(1100))


def test_the_kind_of_document_is_no_order_number_and_tells_refunds(read) -> None:
    kinds = ["Реализация товаров", "Возврат товаров от покупателя", "Реализация товаров"]
    rows = "".join(f"{n};0{n}.01.2024;A;{kind};{n}0\n" for n, kind in enumerate(kinds, 1))
    reading = read("Номер;Дата;Контрагент;Документ;Сумма\n" + rows)
    assert reading.columns["order_id"].source == "Номер"
    assert sums(reading) == (2, 1, 0, Decimal(20))
    reading = read(f"order_id,date,customer_id,amount,document\n1,{DAY},A,100,Invoice\n2,{DAY},A,40,Credit note\n")
    assert sums(reading) == (1, 1, 0, Decimal(60))


def test_a_pending_delivery_is_no_unpaid_order() -> None:
    assert [keeps_out("Pending"), keeps_out("Pending", of_delivery=True), keeps_out("Returned", of_delivery=True)] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("cell", "net"),
    [("refund:5|amount:-20", 65), ("amount:20.00|reason:torn|date:2024-02-01;amount:5.50|reason:amount|date:2024-02-02", Decimal("59.5")), ("", 85), ("amount:65.00", 20)],
)  # fmt: skip
def test_the_listed_refunds_of_woocommerce_come_off(read, cell: str, net: int | Decimal) -> None:
    header = "order_id,order_date,order_total,status,customer_id,billing_email,refund_items\n"
    reading = read(
        header + f"10,{DAY} 10:00:00,20.00,completed,3,a@x.co,\n11,{DAY} 10:00:00,65.00,completed,7,b@x.co,{cell}\n"
    )
    assert (reading.preset, reading.quality.net) == ("woocommerce_orders", Decimal(net))
    assert reading.quality.orders == (1 if net == 20 else 2)
