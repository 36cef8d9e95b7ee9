"""Headers in three languages, and what the cells say against them."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from metrics.intake.columns import choose_columns, is_known_header, name_scores
from metrics.intake.words import keeps_out, normal

ORDER = ("1001", "2024-01-05", "C7", "12.50")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("order_id", "order_id"), ("InvoiceNo", "order_id"), ("SalesOrderNumber", "order_id"), ("№ заказа", "order_id"), ("订单编号", "order_id"),
        ("Customer ID", "customer"), ("CustomerID", "customer"), ("Код клиента", "customer"), ("买家会员名", "customer"), ("household_id", "customer"),
        ("order_ts", "date"), ("InvoiceDate", "date"), ("Дата заказа", "date"), ("下单时间", "date"), ("Order date (UTC)", "date"),
        ("Total", "amount"), ("Сумма заказа, руб", "amount"), ("实付金额", "amount"), ("sales_value", "amount"), ("Ordre amount", "amount"),
        ("Quantity", "quantity"), ("Кол-во", "quantity"), ("UnitPrice", "price"), ("Цена", "price"), ("单价", "price"),
        ("Email Address", "email"), ("Телефон клиента", "phone"), ("ФИО", "name"), ("Статус заказа", "status"), ("Валюта", "currency"),
        ("Менеджер", "manager"), ("Категория", "category"), ("Канал продаж", "channel"), ("Город", "region"), ("Себестоимость", "cost"),
        ("Валовая прибыль", "margin"), ("Согласие на рассылку", "consent"), ("Tags", "flags"),
    ],
)  # fmt: skip
def test_headers_name_their_field(header: str, field: str) -> None:
    scores = name_scores(header)
    assert max(scores, key=lambda name: scores[name]) == field
    assert is_known_header(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("TaxAmount", "amount"), ("Shipping total", "amount"), ("Сумма доставки", "amount"), ("Сумма скидки", "amount"), ("Дата рождения", "date"),
        ("SalesOrderLineNumber", "amount"), ("Customer name", "customer"), ("Статус заказа", "order_id"), ("Email Marketing Consent", "email"),
    ],
)  # fmt: skip
def test_headers_that_only_look_alike(header: str, field: str) -> None:
    assert name_scores(header)[field] < 0.4


def test_normal_form_is_one_for_all_spellings() -> None:
    assert {normal(text) for text in ("CustomerID", "customer_id", "Customer  ID", " customer-id ")} == {"customer id"}
    assert normal("Чёрный") == "черный"


def test_needed_columns_are_found_with_examples() -> None:
    choice = choose_columns(("order_id", "order_date", "customer_id", "amount"), [ORDER] * 5)
    assert {name: each.source for name, each in choice.columns.items()} == {
        "order_id": "order_id", "date": "order_date", "customer": "customer_id", "amount": "amount",
    }  # fmt: skip
    assert choice.unclear == {}
    assert choice.columns["amount"].examples == ("12.50",)
    assert 0.9 < choice.columns["amount"].confidence <= 1


def test_a_name_that_its_cells_belie_is_not_taken() -> None:
    choice = choose_columns(("order_date", "amount", "customer_id", "when"), [("abc", "12.5", "C1", "2024-01-05")] * 5)
    assert choice.source("date") == "when"


def test_a_person_goes_before_everything() -> None:
    headers = ("order_date", "paid", "amount", "customer_id")
    rows = [("2024-01-05", "1.5", "2.5", "C1")] * 5
    choice = choose_columns(headers, rows, {"amount": "paid", "date": "order_date"})
    assert choice.source("amount") == "paid"
    assert choice.columns["amount"].confidence == 1.0
    assert choose_columns(headers, rows, {"amount": None}).unclear == {"amount": ()}


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Email", ("a@b.ru", "c@d.ru"), "email"), ("Телефон", ("+7 900 123-45-67", "8 900 765 43 21"), "phone"),
        ("ФИО", ("Анна Ли", "Пётр Ян"), "name"), ("Клиент", ("ООО Ромашка", "ИП Котов"), "name"), ("Клиент", ("C001", "C002"), "id"),
        ("customer_id", ("7", "8"), "id"),
    ],
)  # fmt: skip
def test_the_customer_is_the_best_key_there_is(header: str, cells: tuple[str, ...], kind: str) -> None:
    choice = choose_columns((header, "Дата", "Сумма"), [(cell, "2024-01-05", "5") for cell in cells])
    assert (choice.source("customer"), choice.customer_kind) == (header, kind)


def test_an_email_goes_before_a_name_and_an_id_before_both() -> None:
    row = ("Анна Ли", "a@b.ru", "2024-01-05", "5", "77")
    choice = choose_columns(("Клиент", "Email", "Дата", "Сумма", "x"), [row] * 3)
    assert (choice.source("customer"), choice.customer_kind, choice.source("name")) == ("Email", "email", "Клиент")
    choice = choose_columns(("Клиент", "Email", "Дата", "Сумма", "Код клиента"), [row] * 3)
    assert (choice.source("customer"), choice.customer_kind) == ("Код клиента", "id")


def test_equally_plausible_columns_are_asked() -> None:
    choice = choose_columns(
        ("customer_id", "order_date", "Purchase date", "amount"), [("C1", "2024-01-05", "2024-01-06", "5")] * 3
    )
    assert choice.unclear == {"date": ("order_date", "Purchase date")}


def test_net_and_total_go_before_tax_and_subtotal() -> None:
    headers = ("id", "date", "customer_id", "Subtotal", "Shipping", "Taxes", "Total")
    choice = choose_columns(headers, [("1", "2024-01-05", "C1", "10", "2", "1", "13")] * 3)
    assert choice.source("amount") == "Total"


def test_quantity_times_price_stands_in_for_an_amount() -> None:
    choice = choose_columns(("customer_id", "date", "qty", "price"), [("C1", "2024-01-05", "2", "3.5")] * 3)
    assert "amount" not in choice.columns
    assert choice.unclear == {}
    alone = choose_columns(("customer_id", "date", "price"), [("C1", "2024-01-05", "3.5")] * 3)
    assert alone.source("amount") == "price"


@pytest.mark.parametrize(
    ("status", "is_out"),
    [
        ("Cancelled", True), ("canceled by customer", True), ("VOIDED", True), ("unpaid", True), ("refunded", True), ("Отменён", True),
        ("Отменен клиентом", True), ("Не оплачен", True), ("Возврат", True), ("交易关闭", True), ("已取消", True), ("等待买家付款", True), ("C7:LOSE", True),
        ("paid", False), ("completed", False), ("partially_refunded", False), ("Частичный возврат", False), ("Выполнен", False), ("交易成功", False),
        ("C7:WON", False), ("", False), ("部分退款", False),
    ],
)  # fmt: skip
def test_statuses_that_keep_an_order_out(status: str, is_out: bool) -> None:
    assert keeps_out(status) is is_out
