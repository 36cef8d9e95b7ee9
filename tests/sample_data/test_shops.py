"""The committed sample files: reproducible, small, harmless, and with the story that the dashboard shows."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from metrics.industries import industries
from metrics.reason_codes import sort_reason
from sample_data import sample_files, write_samples

KEYS = ("spice", "fashion", "supplier")
LAST_ON = date(2026, 10, 31)


@cache
def rows(key: str) -> list[dict[str, str]]:
    with sample_files()[key].path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";" if key == "fashion" else ","))


@cache
def order_days(key: str) -> dict[str, list[date]]:
    """Customer -> sorted days with a counted order, by the definitions of METRICS.md and nothing of ours."""
    counted = {
        "spice": lambda r: r["status"] == "paid" and (r["customer_id"], r["order_date"][:10]),
        "fashion": lambda r: r["Статус"] == "Оплачен" and (r["Код клиента"], russian_day(r["Дата заказа"])),
        "supplier": lambda r: int(r["数量"]) > 0 and (r["客户编号"], r["下单时间"][:10]),
    }[key]
    days: dict[str, set[date]] = {}
    for customer, day in filter(None, map(counted, rows(key))):
        days.setdefault(customer, set()).add(date.fromisoformat(day))
    return {customer: sorted(own) for customer, own in days.items()}


def russian_day(text: str) -> str:
    return datetime.strptime(text, "%d.%m.%Y").date().isoformat()


def threshold(key: str) -> int:
    return industries()[sample_files()[key].industry].lost_after_days


def is_active(own: list[date], day: date, lost_after_days: int) -> bool:
    place = bisect_right(own, day)
    return place > 0 and (day - own[place - 1]).days <= lost_after_days


def churn_by_month(key: str) -> dict[str, float]:
    """Slow oracle of `L / S` for each whole month past the warm-up."""
    lost_after_days, histories = threshold(key), list(order_days(key).values())
    before = min(own[0] for own in histories) + timedelta(days=lost_after_days)
    before = (before + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    series = {}
    while before < LAST_ON:
        end = (before + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        active = [own for own in histories if is_active(own, before, lost_after_days)]
        lost = sum(not is_active(own, end, lost_after_days) for own in active)
        series[f"{end:%Y-%m}"] = lost / len(active)
        before = end
    return series


def test_committed_files_are_what_the_generator_makes(tmp_path):
    committed = [path for shop in sample_files().values() for path in (shop.path, shop.survey) if path is not None]
    fresh = write_samples(tmp_path)
    assert [path.name for path in fresh] == [path.name for path in committed]
    for made, path in zip(fresh, committed, strict=True):
        assert made.read_bytes() == path.read_bytes(), path.name


def test_who_answers_the_survey_stopped_buying_and_names_the_price_more_often_than_it_is_meant():
    survey = sample_files()["spice"].survey
    assert survey is not None
    with survey.open(encoding="utf-8", newline="") as file:
        answers = list(csv.DictReader(file))
    assert 100 <= len(answers) <= 300
    for answer in answers:
        last, told = order_days("spice")[answer["customer_id"]][-1], date.fromisoformat(answer["answered_on"])
        assert threshold("spice") <= (told - last).days
        assert told <= LAST_ON
    asked_again = [answer for answer in answers if answer["confirmed reason"]]
    named = [sort_reason(answer["reason"], {}) for answer in asked_again]
    meant = [sort_reason(answer["confirmed reason"], {}) for answer in asked_again]
    assert named.count("competitors") > meant.count("competitors")
    assert meant.count("service") > named.count("service")
    assert set(meant) <= {"service", "quality", "competitors", "forgot", "natural"}
    assert any(sort_reason(answer["reason"], {}) == "unsorted" for answer in answers)


def test_each_shop_has_what_its_owner_would_enter():
    assert {key: (shop.industry, shop.currency) for key, shop in sample_files().items()} == {
        "spice": ("retail", "USD"),
        "fashion": ("fashion", "RUB"),
        "supplier": ("supply", "CNY"),
    }
    assert all(shop.monthly_rent > 0 and shop.monthly_salary > 0 for shop in sample_files().values())


@pytest.mark.parametrize(
    ("key", "header"),
    [
        ("spice", "order_id,order_date,customer_id,customer_name,email,amount,cost,status,category,channel"),
        ("fashion", "Номер заказа;Дата заказа;Код клиента;Клиент;Телефон;Сумма;Статус;Город"),
        ("supplier", "订单编号,下单时间,客户编号,客户名称,数量,单价,成本,客户经理,地区,品类"),
    ],
)
def test_files_are_small_and_in_three_languages(key, header):
    data = sample_files()[key].path.read_bytes()
    assert len(data) < 700_000
    assert data.startswith(b"\xef\xbb\xbf") == (key != "spice")
    assert data.decode("utf-8-sig").split("\n", 1)[0] == header


@pytest.mark.parametrize(
    ("key", "least", "most"), [("spice", 1400, 1600), ("fashion", 1800, 2500), ("supplier", 170, 190)]
)
def test_number_of_customers(key, least, most):
    assert least <= len(order_days(key)) <= most


@pytest.mark.parametrize(("key", "column"), [("spice", "order_id"), ("fashion", "Номер заказа")])
def test_an_order_is_one_row_in_the_shops(key, column):
    assert max(Counter(row[column] for row in rows(key)).values()) == 1


def test_an_order_of_the_supplier_has_one_customer_and_may_have_lines():
    owners = {(row["订单编号"], row["客户编号"]) for row in rows("supplier")}
    orders = {row["订单编号"] for row in rows("supplier")}
    assert len(owners) == len(orders) < len(rows("supplier"))


@pytest.mark.parametrize(
    ("key", "customer", "attributes"),
    [
        ("spice", "customer_id", ("customer_name", "email")),
        ("fashion", "Код клиента", ("Клиент", "Телефон", "Город")),
        ("supplier", "客户编号", ("客户名称", "客户经理", "地区")),
    ],
)
def test_who_a_customer_is_never_changes(key, customer, attributes):
    seen = {tuple(row[name] for name in (customer, *attributes)) for row in rows(key)}
    assert len(seen) == len({row[customer] for row in rows(key)})


def test_contacts_reach_nobody():
    emails = {row["customer_id"]: row["email"] for row in rows("spice")}
    phones = {row["Код клиента"]: row["Телефон"] for row in rows("fashion")}
    assert {email.split("@")[1] for email in emails.values()} == {"example.com", "example.org"}
    assert len(set(emails.values())) == len(emails)
    assert all(phone.startswith("+7975000") and len(phone) == 12 for phone in phones.values())
    assert len(set(phones.values())) == len(phones)


@pytest.mark.parametrize("key", KEYS)
def test_history_ends_on_the_fixed_day(key):
    assert max(own[-1] for own in order_days(key).values()) == LAST_ON


@pytest.mark.parametrize("key", KEYS)
def test_some_customers_return_after_they_were_lost(key):
    silent = [any((b - a).days > threshold(key) for a, b in pairwise(own)) for own in order_days(key).values()]
    assert 0.1 < sum(silent) / len(silent) < 0.45


@pytest.mark.parametrize(
    ("key", "least", "most"), [("spice", 0.2, 0.35), ("fashion", 0.35, 0.5), ("supplier", 0.0, 0.1)]
)
def test_share_of_one_time_buyers(key, least, most):
    histories = order_days(key).values()
    assert least < sum(len(own) == 1 for own in histories) / len(histories) < most


@pytest.mark.parametrize(
    ("key", "least", "most"), [("spice", 0.04, 0.09), ("fashion", 0.04, 0.09), ("supplier", 0.02, 0.06)]
)
def test_churn_is_believable(key, least, most):
    series = churn_by_month(key)
    assert least < median(series.values()) < most
    assert max(series.values()) < 0.18


@pytest.mark.parametrize(
    ("key", "bad_months"),
    [
        ("spice", ("2025-09", "2025-10", "2025-11")),
        ("fashion", ("2025-09", "2025-10", "2025-11")),
        ("supplier", ("2026-03", "2026-04", "2026-05")),
    ],
)
def test_the_bad_quarter_is_the_worst_to_be_seen(key, bad_months):
    series = churn_by_month(key)
    bad = [series.pop(month) for month in bad_months]
    assert sum(bad) / 3 > 1.35 * median(series.values())
    assert max(bad) > max(series.values())


def test_refunds_and_cancellations_are_few_but_there():
    spice = Counter(row["status"] for row in rows("spice"))
    fashion = Counter(row["Статус"] for row in rows("fashion"))
    assert set(spice) == {"paid", "cancelled", "refunded"}
    assert set(fashion) == {"Оплачен", "Отменён", "Возврат"}
    assert spice["paid"] > 0.94 * spice.total()
    assert fashion["Оплачен"] > 0.94 * fashion.total()


def test_a_refund_of_the_supplier_follows_a_larger_sale_of_its_order():
    refunds = [row for row in rows("supplier") if int(row["数量"]) < 0]
    assert 50 < len(refunds) < 250
    sold = {(row["订单编号"], row["品类"]): row for row in rows("supplier") if int(row["数量"]) > 0}
    for refund in refunds:
        sale = sold[refund["订单编号"], refund["品类"]]
        assert sale["下单时间"] < refund["下单时间"]
        assert -int(refund["数量"]) < int(sale["数量"])
        assert Decimal(refund["成本"]) < 0


def test_december_is_for_gifts_and_the_supplier_rests_on_sundays():
    gifts = Counter(row["order_date"][5:7] for row in rows("spice") if row["category"] == "gift sets")
    weekdays = Counter(
        date.fromisoformat(row["下单时间"][:10]).weekday() for row in rows("supplier") if int(row["数量"]) > 0
    )
    assert set(gifts) == {"12"}
    assert weekdays[6] < weekdays[5] < weekdays[0] / 2


def test_costs_leave_a_margin():
    spice = [(Decimal(row["amount"]), Decimal(row["cost"])) for row in rows("spice")]
    supplier = [(int(row["数量"]) * Decimal(row["单价"]), Decimal(row["成本"])) for row in rows("supplier")]
    assert all(amount > cost > 0 for amount, cost in spice)
    assert all(abs(amount) > abs(cost) for amount, cost in supplier)
    assert all(Decimal(row["Сумма"].replace(",", ".")) > 0 for row in rows("fashion"))
