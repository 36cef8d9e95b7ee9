"""Purchases -> the bytes of an export file, one function per shop."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sample_data import words
from sample_data.behaviour import Purchases

EVENINGS = (0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 6, 6, 5, 5, 5, 6, 8, 10, 10, 8, 5, 2)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0, 1, 6, 10, 10, 7, 3, 6, 9, 9, 7, 3, 1, 0, 0, 0, 0, 0)


def spice_csv(bought: Purchases, rng: np.random.Generator) -> bytes:
    """The spice shop: English, comma, one row per order with its cost and status."""
    n_customers, n_orders = int(bought.customer.max()) + 1, len(bought.day)
    names = _pick(words.FIRST_NAMES, n_customers, rng), _pick(words.LAST_NAMES, n_customers, rng)
    domains, homes = _pick(words.EMAIL_DOMAINS, n_customers, rng), _weighted(words.CHANNELS, n_customers, rng)
    favourites, sizes = _pick(tuple(words.SPICES), n_customers, rng), _sizes(n_customers, 0.35, rng)
    bought, times = _timed(bought, EVENINGS, rng)
    channels, categories = _weighted(words.CHANNELS, n_orders, rng), _pick(tuple(words.SPICES), n_orders, rng)
    statuses = _weighted({"paid": 0.965, "cancelled": 0.02, "refunded": 0.015}, n_orders, rng)
    faithful, choosy, gift = rng.random((3, n_orders))
    checks, cost_shares = rng.lognormal(0, 0.3, n_orders), rng.uniform(0.38, 0.5, n_orders)
    rows: list[Sequence[object]] = []
    for n, (c, at) in enumerate(zip(bought.customer.tolist(), times, strict=True)):
        category = favourites[c] if choosy[n] < 0.6 else categories[n]
        amount = words.SPICES[category] * sizes[c] * checks[n]
        if at.month == 12 and at.day <= 24 and gift[n] < 0.5:
            category, amount = words.GIFT_CATEGORY, amount * 1.6
        first, last = names[0][c], names[1][c]
        email = f"{first.lower()}{c + 1}@{domains[c]}"
        channel = homes[c] if faithful[n] < 0.85 else channels[n]
        money = f"{amount:.2f}", f"{amount * cost_shares[n]:.2f}"
        person = f"C{1001 + c}", f"{first} {last}", email
        rows.append((f"S{10001 + n}", f"{at:%Y-%m-%d %H:%M}", *person, *money, statuses[n], category, channel))
    header = "order_id,order_date,customer_id,customer_name,email,amount,cost,status,category,channel"
    return _csv(header, rows, ",").encode()


def fashion_csv(bought: Purchases, rng: np.random.Generator) -> bytes:
    """The fashion shop: Russian, semicolon, decimal comma, day first, UTF-8 with a byte order mark."""
    n_customers, n_orders = int(bought.customer.max()) + 1, len(bought.day)
    names, initials = _pick(words.RUSSIAN_NAMES, n_customers, rng), _pick(words.RUSSIAN_INITIALS, n_customers, rng)
    cities, sizes = _weighted(words.CITIES, n_customers, rng), _sizes(n_customers, 0.4, rng)
    phones = rng.permutation(10_000)[:n_customers].tolist()
    statuses = _weighted({"Оплачен": 0.96, "Отменён": 0.02, "Возврат": 0.02}, n_orders, rng)
    checks, sales = rng.lognormal(0, 0.45, n_orders), rng.choice([1.0, 0.85, 0.75], n_orders, p=[0.7, 0.2, 0.1])
    bought, times = _timed(bought, EVENINGS, rng)
    rows: list[Sequence[object]] = []
    for n, (c, at) in enumerate(zip(bought.customer.tolist(), times, strict=True)):
        amount = max(49, round(390 * sizes[c] * checks[n])) * 10 * sales[n]
        phone = f"{words.PHONE_PREFIX}{phones[c]:04d}"
        person = 1001 + c, f"{names[c]} {initials[c]}.", phone
        rows.append((10001 + n, f"{at:%d.%m.%Y}", *person, f"{amount:.2f}".replace(".", ","), statuses[n], cities[c]))
    header = "Номер заказа;Дата заказа;Код клиента;Клиент;Телефон;Сумма;Статус;Город"
    return _csv(header, rows, ";").encode("utf-8-sig")


def supplier_csv(bought: Purchases, rng: np.random.Generator) -> bytes:
    """The supplier: Chinese, one row per line of an order, refunds as later rows with a negative quantity.

    The cost is that of the whole line, as is quantity x unit price.
    """
    n_customers = int(bought.customer.max()) + 1
    companies = rng.permutation([brand + trade for brand in words.BRANDS for trade in words.TRADES])[:n_customers]
    managers, regions = _pick(words.MANAGERS, n_customers, rng), _weighted(words.REGIONS, n_customers, rng)
    sizes = _sizes(n_customers, 0.5, rng)
    bought, times = _timed(bought, OFFICE_HOURS, rng)
    rows: list[tuple[datetime, Sequence[object]]] = []
    for n, (c, at) in enumerate(zip(bought.customer.tolist(), times, strict=True)):
        n_lines = int(rng.choice([1, 2, 3], p=[0.65, 0.28, 0.07]))
        for category in rng.choice(list(words.SUPPLIES), n_lines, replace=False).tolist():
            price = round(words.SUPPLIES[category] * rng.uniform(0.9, 1.15), 1)
            quantity = 1 + int(18 * sizes[c] * rng.lognormal(0, 0.4))
            unit_cost = price * rng.uniform(0.7, 0.8)
            line = [(at, quantity)]
            back = at + timedelta(days=int(rng.integers(1, 10)))
            if rng.random() < 0.015 and quantity > 1 and back < times[-1]:
                line.append((back, -int(rng.integers(1, quantity // 2 + 1))))
            for moment, pieces in line:
                goods = pieces, f"{price:.2f}", f"{pieces * unit_cost:.2f}"
                customer = f"K{1001 + c}", companies[c], *goods, managers[c], regions[c], category
                rows.append((moment, (f"D{10001 + n}", f"{moment:%Y-%m-%d %H:%M}", *customer)))
    rows.sort(key=lambda row: row[0])
    header = "订单编号,下单时间,客户编号,客户名称,数量,单价,成本,客户经理,地区,品类"
    return _csv(header, [row for _, row in rows], ",").encode("utf-8-sig")


def _pick(pool: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
    return [pool[place] for place in rng.integers(0, len(pool), n).tolist()]


def _weighted(shares: Mapping[str, float], n: int, rng: np.random.Generator) -> list[str]:
    places = rng.choice(len(shares), n, p=list(shares.values())).tolist()
    return [list(shares)[place] for place in places]


def _sizes(n: int, spread: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """How much each customer spends against the typical one; one in a hundred is a whale."""
    return rng.lognormal(0, spread, n) * np.where(rng.random(n) < 0.01, 6.0, 1.0)


def _timed(bought: Purchases, hours: Sequence[int], rng: np.random.Generator) -> tuple[Purchases, list[datetime]]:
    """Give each purchase a time of day by the weight of the hours; both results are in order of time."""
    shares = np.array(hours) / sum(hours)
    minutes = rng.choice(24, len(bought.day), p=shares) * 60 + rng.integers(0, 60, len(bought.day))
    moments = bought.day.astype("datetime64[m]") + minutes
    order = np.argsort(moments, kind="stable")
    return Purchases(bought.customer[order], bought.day[order]), moments[order].astype(object).tolist()


def _csv(header: str, rows: Iterable[Sequence[object]], delimiter: str) -> str:
    out = io.StringIO()
    out.write(header + "\n")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()
