"""The slow oracle of METRICS.md 5: one customer at a time, from the order days and the money of `tests.oracle.Shop`.

It knows nothing of the product. A return curve is a product over days, with one vote per customer from four orders on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import floor
from statistics import median

from tests.oracle import DAY, Row, Shop, gaps, is_lost, silence, turns

WEEK = timedelta(days=7)


class Standing:
    """The states of all customers of a shop at its as-of date."""

    def __init__(self, shop: Shop, *, grace: int = 14, least_at_risk: int = 30) -> None:
        self.shop = shop
        self.grace = grace
        self.least_at_risk = least_at_risk

    @cached_property
    def all_gaps(self) -> list[tuple[str, int, int, bool]]:
        """(customer, order number, length, closed) of every gap."""
        return [(who, *gap) for who, days in self.shop.days.items() for gap in gaps(days, self.shop.as_of)]

    def returns_within_a_year(self, customer: str) -> float | None:
        """R_k(s, 365) for the customer's own order number and silence; None where the history is too short."""
        number = min(len(self.shop.days[customer]), 4)
        of_number = [gap for gap in self.all_gaps if min(gap[1], 4) == number]
        votes = Counter(gap[0] for gap in of_number)
        silent = silence(self.shop.days[customer], self.shop.as_of)
        end = silent + 365
        if sum(gap[2] >= end for gap in of_number) < self.least_at_risk:
            return None
        kept = Fraction(1)
        for day in sorted({gap[2] for gap in of_number if gap[3] and silent < gap[2] <= end}):
            at_risk = sum(Fraction(1, votes[gap[0]]) for gap in of_number if gap[2] >= day)
            ended = sum(Fraction(1, votes[gap[0]]) for gap in of_number if gap[2] == day and gap[3])
            kept *= 1 - ended / at_risk
        return float(1 - kept)

    def own_median_gap(self, customer: str) -> float | None:
        closed = [length for _k, length, is_closed in gaps(self.shop.days[customer], self.shop.as_of) if is_closed]
        return median(closed) if len(closed) >= 3 else None

    def expected_gap(self, customer: str) -> float | None:
        own = self.own_median_gap(customer)
        if own is not None:
            return own
        number = len(self.shop.days[customer])
        alike = [length for _who, k, length, is_closed in self.all_gaps if is_closed and k == number]
        return median(alike) if alike else None

    def is_final(self, customer: str) -> bool:
        chance = self.returns_within_a_year(customer)
        return chance is not None and chance < 0.02

    def is_fading(self, customer: str) -> bool:
        days = self.shop.days[customer]
        lengths = [(b - a).days for a, b in pairwise(days)]
        slower = len(lengths) >= 3 and all(length > 1.5 * median(lengths) for length in lengths[-2:])
        checks = [row.amount for row in self.shop.orders if row.customer == customer]
        last = [row.amount for row in self.shop.orders if row.customer == customer and row.day in days[-2:]]
        smaller = len(days) >= 2 and all(check < Decimal("0.7") * median(checks) for check in last)
        return slower or smaller

    def state(self, customer: str, lost_after: int) -> str:  # noqa: PLR0911  (one return per state)
        days, today = self.shop.days[customer], self.shop.as_of
        silent = silence(days, today)
        losses, returns = turns(days, today, lost_after)
        if is_lost(days, today, lost_after):
            if len(losses) >= 2:
                return "lost_twice"
            if self.is_final(customer):
                return "finally_lost"
            return "freshly_lost" if silent <= 2 * lost_after else "lost"
        if any(today - timedelta(days=lost_after) < day <= today for day in returns):
            return "returned"
        if silent >= Fraction(4, 5) * lost_after:
            return "at_risk"
        expected = self.expected_gap(customer)
        if expected is not None and silent > expected + self.grace:
            return "due"
        return "new" if len(days) == 1 else "active"

    def states(self, lost_after: int) -> dict[str, str]:
        return {customer: self.state(customer, lost_after) for customer in self.shop.days}

    def counts(self, lost_after: int) -> dict[str, tuple[int, Decimal]]:
        """Customers and yearly value per state; states of nobody are left out."""
        found: dict[str, tuple[int, Decimal]] = {}
        for customer, state in self.states(lost_after).items():
            customers, value = found.get(state, (0, Decimal(0)))
            found[state] = (customers + 1, value + self.shop.yearly_value(customer))
        return found

    def expected_on(self, customer: str) -> date | None:
        expected = self.expected_gap(customer)
        return None if expected is None else self.shop.days[customer][-1] + timedelta(days=floor(expected))

    def due(self, lost_after: int) -> list[tuple[str, str, int]]:
        """(customer, lateness, days late) of everyone not lost whose next order is expected within a week."""
        found = []
        for customer, days in self.shop.days.items():
            expected = self.expected_on(customer)
            if expected is None or is_lost(days, self.shop.as_of, lost_after) or expected > self.shop.as_of + WEEK:
                continue
            late = (self.shop.as_of - expected).days
            found.append((customer, "this_week" if late < 0 else "escalated" if late > self.grace else "due", late))
        return sorted(found, key=lambda one: (-one[2], -self.shop.yearly_value(one[0]), one[0]))


def migration(
    rows: list[Row], month: date, lost_after: int, grace: int, **standing: int
) -> Mapping[tuple[str | None, str], int]:
    """Customers by their states at the ends of the month before and of `month`."""
    last = month
    while (last + DAY).month == month.month:
        last += DAY
    before = Standing(Shop(rows, as_of=month - DAY), grace=grace, **standing).states(lost_after)
    after = Standing(Shop(rows, as_of=last), grace=grace, **standing).states(lost_after)
    return Counter((before.get(customer), state) for customer, state in after.items())
