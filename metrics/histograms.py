"""The small tables that every figure about time is read from, held as numpy arrays.

They have at most days x lengths cells whatever the number of orders, so a new lost threshold costs a few additions.
Days are integers counted from 1970-01-01; money is whole ten-thousandths, so sums stay exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
OPEN = np.int64(1 << 40)
"""Length of a gap that has not ended: longer than any history."""


def day_number(day: date) -> int:
    """Days from 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The calendar day of a day number."""
    return EPOCH + timedelta(days=int(number))


def money(ten_thousandths: int) -> Decimal:
    """Exact money from whole ten-thousandths."""
    return Decimal(int(ten_thousandths)).scaleb(-4)


def exact_sum(ten_thousandths: Ints) -> int:
    """The sum in Python's integers: in some currencies the orders of a large business pass 64 bits of it."""
    return sum(ten_thousandths.tolist())


@dataclass(frozen=True, slots=True)
class Histograms:
    """All customers up to `today` (a day number), as counts.

    Gaps: `gap_number` (order number, 4 for 4+), `gap_start`, `gap_length` (`OPEN` while open), `gap_customers`.
    Last order days: `last_day`, `last_is_repeat`, `last_customers`, `last_value` (yearly value).
    Days with orders or refunds, ascending: `day`, `day_orders`, `day_first_orders`, `day_gross`, `day_refunds`.
    Costs: `cost_orders` counted orders whose cost is known, their `cost_amount` and `cost`.
    """

    today: int
    gap_number: Ints
    gap_start: Ints
    gap_length: Ints
    gap_customers: Ints
    last_day: Ints
    last_is_repeat: NDArray[np.bool_]
    last_customers: Ints
    last_value: Ints
    day: Ints
    day_orders: Ints
    day_first_orders: Ints
    day_gross: Ints
    day_refunds: Ints
    cost_orders: int
    cost_amount: int
    cost: int

    @property
    def is_empty(self) -> bool:
        """No counted order up to the as-of date."""
        return self.gap_start.size == 0

    @property
    def first_day(self) -> int:
        """Day number of the first counted order; only where there is one."""
        return int(self.gap_start.min())

    def silence_at(self, day: int) -> Ints:
        """How many customers had been silent for 0, 1, 2 ... days at the end of `day`, which is not after today.

        Everybody who had ordered by then is in exactly one place; empty before the first order.
        """
        current = (self.gap_start <= day) & (self.gap_start + self.gap_length > day)
        silence = day - self.gap_start[current]
        counts = np.zeros(max(day - self.first_day + 1, 0), dtype=np.int64)
        np.add.at(counts, silence, self.gap_customers[current])
        return counts


def from_columns(today: int, tables: Mapping[str, Mapping[str, NDArray[np.generic]]]) -> Histograms:
    """Histograms from the columns of the marts `gap_histogram`, `last_day_histogram`, `day_totals` and `costs`."""
    gaps, last, days, costs = (tables[name] for name in ("gap_histogram", "last_day_histogram", "day_totals", "costs"))
    length = np.ma.filled(np.ma.asarray(gaps["length"]).astype(np.int64), OPEN)
    order = np.argsort(days["day"])

    def ints(column: NDArray[np.generic]) -> Ints:
        return np.asarray(column).astype(np.int64)

    return Histograms(
        today=today,
        gap_number=ints(gaps["order_number"]),
        gap_start=ints(gaps["day"]),
        gap_length=length,
        gap_customers=ints(gaps["customers"]),
        last_day=ints(last["last_day"]),
        last_is_repeat=np.asarray(last["is_repeat"]).astype(np.bool_),
        last_customers=ints(last["customers"]),
        last_value=ints(last["yearly_value"]),
        day=ints(days["day"])[order],
        day_orders=ints(days["orders"])[order],
        day_first_orders=ints(days["first_orders"])[order],
        day_gross=ints(days["gross"])[order],
        day_refunds=ints(days["refunds"])[order],
        cost_orders=int(costs["orders"][0]),
        cost_amount=int(costs["amount"][0]),
        cost=int(costs["cost"][0]),
    )
