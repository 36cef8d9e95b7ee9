"""The slow oracle: METRICS.md 1-4 in plain Python, one customer and one day at a time.

It knows nothing of the product; `tests/test_oracle.py` holds it to hand-computed figures and to the reference files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import mean, median
from typing import Any, NamedTuple

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
NOTHING = Decimal(0)


class Row(NamedTuple):
    """An order, or a refund where the amount is negative."""

    customer: str
    at: datetime
    amount: Decimal
    order_id: str | None = None
    cost: Decimal | None = None

    @property
    def day(self) -> date:
        return self.at.date()


# --- one customer: `days` are the order days, in any order ---


def silence(days: Iterable[date], day: date) -> int | None:
    """Days since the last order day on or before `day`; None before the first."""
    past = [one for one in days if one <= day]
    return (day - max(past)).days if past else None


def is_active(days: Iterable[date], day: date, lost_after: int) -> bool:
    silent = silence(days, day)
    return silent is not None and silent <= lost_after


def is_lost(days: Iterable[date], day: date, lost_after: int) -> bool:
    silent = silence(days, day)
    return silent is not None and silent > lost_after


def gaps(days: Iterable[date], as_of: date) -> list[tuple[int, int, bool]]:
    """(order number, length, closed) of every gap; the last one is open at the as-of date."""
    past = sorted({day for day in days if day <= as_of})
    closed = [(k, (b - a).days, True) for k, (a, b) in enumerate(pairwise(past), start=1)]
    return [*closed, (len(past), (as_of - past[-1]).days, False)] if past else []


def turns(days: Sequence[date], as_of: date, lost_after: int) -> tuple[list[date], list[date]]:
    """Loss days and return days, found by living through every evening from the first order day to the as-of date."""
    losses: list[date] = []
    returns: list[date] = []
    day, was_lost = min(days), False
    while day <= as_of:
        lost = is_lost(days, day, lost_after)
        if lost and not was_lost:
            losses.append(day)
        if was_lost and not lost:
            returns.append(day)
        day, was_lost = day + DAY, lost
    return losses, returns


def loss_days(days: Iterable[date], as_of: date, lost_after: int) -> list[date]:
    """The same loss days by their definition: `a + T + 1`, if that is before the next order day and not after as-of."""
    past = sorted({day for day in days if day <= as_of})
    ends = [*past[1:], date.max]
    wanted = [(a + timedelta(days=lost_after + 1), b) for a, b in zip(past, ends, strict=True)]
    return [lost_on for lost_on, b in wanted if lost_on < b and lost_on <= as_of]


# --- the calendar ---


def start_of(kind: str, day: date) -> date:
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[kind]
    return date(day.year, month, 1)


def end_of(kind: str, day: date) -> date:
    while start_of(kind, day + DAY) == start_of(kind, day):
        day += DAY
    return day


def months_between(earlier: date, later: date) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


# --- the whole business ---


class Shop:
    """All figures of a list of rows at an as-of date. Whatever is later than that date is as if it never was."""

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        as_of: date | None = None,
        count_zero_orders: bool = False,
        margin: float | None = None,
    ) -> None:
        rows = list(rows)

        def counts(row: Row) -> bool:
            return row.amount > 0 or (count_zero_orders and row.amount == 0)

        self.as_of = as_of or max((row.day for row in rows if counts(row)), default=None)
        seen = [row for row in rows if self.as_of and row.day <= self.as_of]
        self.orders = [row for row in seen if counts(row)]
        self.refunds = [row for row in seen if row.amount < 0]
        self.own_margin = margin
        self.days: dict[str, list[date]] = {}
        for row in self.orders:
            self.days.setdefault(row.customer, []).append(row.day)
        self.days = {customer: sorted(set(days)) for customer, days in self.days.items()}
        self.first_day = min((row.day for row in self.orders), default=None)

    # retention

    def now(self, lost_after: int) -> dict[str, Any]:
        lost = [customer for customer in self.days if is_lost(self.days[customer], self.as_of, lost_after)]
        active = [customer for customer in self.days if is_active(self.days[customer], self.as_of, lost_after)]
        return {
            "as_of": self.as_of,
            "lost_after_days": lost_after,
            "known": len(self.days),
            "active": len(active),
            "lost": len(lost),
        }

    def period(self, start: date, end: date, lost_after: int) -> dict[str, Any]:
        """S, E, N, L, R and the rates of `start`..`end`, cut at the as-of date."""
        before, last = start - DAY, min(end, self.as_of)
        count = Counter(dict.fromkeys(("S", "E", "N", "L", "R", "new", "known"), 0))
        for days in self.days.values():
            at_start, at_end = is_active(days, before, lost_after), is_active(days, last, lost_after)
            is_new = start <= min(days) <= last
            count["known"] += min(days) <= before
            count["new"] += is_new
            count["S"] += at_start
            count["E"] += at_end
            count["N"] += is_new and at_end
            count["L"] += at_start and not at_end
            count["R"] += at_end and not at_start and not is_new
        return {
            "start": start,
            "end": last,
            "active_at_start": count["S"],
            "active_at_end": count["E"],
            "new_active": count["N"],
            "lost": count["L"],
            "returned": count["R"],
            "new": count["new"],
            "known_at_start": count["known"],
            "churn": ratio(count["L"], count["S"]),
            "crr": ratio(count["E"] - count["N"], count["S"]),
            "strict_crr": ratio(count["E"] - count["N"] - count["R"], count["S"]),
            "reactivation": ratio(count["R"], count["known"] - count["S"]),
            "warm_up": before < self.first_day + timedelta(days=lost_after),
            "in_progress": end > self.as_of,
        }

    def periods(self, kind: str, lost_after: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        start = start_of(kind, self.first_day) if self.first_day else None
        while start and start <= self.as_of:
            end = end_of(kind, start)
            found.append(self.period(start, end, lost_after))
            start = end + DAY
        return found

    def comparable_months(self, lost_after: int) -> list[dict[str, Any]]:
        """The last 12 whole months with enough history before them (fewer where there are fewer)."""
        months = [month for month in self.periods("month", lost_after) if not month["warm_up"]]
        return [month for month in months if not month["in_progress"]][-12:]

    def churn_by_threshold(self, lost_after: int) -> dict[str, Any]:
        churns = [month["churn"] for month in self.comparable_months(lost_after) if month["churn"] is not None]
        return {"days": lost_after, "churn": median(churns) if churns else None, "months": len(churns)}

    def times_lost(self, customer: str, lost_after: int) -> int:
        return len(turns(self.days[customer], self.as_of, lost_after)[0])

    # money

    def totals(self) -> dict[str, Any]:
        gross = sum((row.amount for row in self.orders), NOTHING)
        refunds = -sum((row.amount for row in self.refunds), NOTHING)
        return {
            "as_of": self.as_of,
            "customers": len(self.days),
            "orders": len(self.orders),
            "order_days": sum(len(days) for days in self.days.values()),
            "gross": gross,
            "refunds": refunds,
            "net": gross - refunds,
            "aov": gross / len(self.orders) if self.orders else None,
            "first_order_on": self.first_day,
            "last_order_on": max((row.day for row in self.orders), default=None),
        }

    def margin(self) -> dict[str, Any]:
        costed = [row for row in self.orders if row.cost is not None]
        sold = sum((row.amount for row in costed), NOTHING)
        if sold:
            return {"share": float(1 - sum((row.cost for row in costed), NOTHING) / sold), "source": "costs"}
        if self.own_margin is not None:
            return {"share": self.own_margin, "source": "own"}
        return {"share": 0.30, "source": "assumed"}

    def yearly_value(self, customer: str) -> Decimal:
        last = max(self.days[customer])
        brought = [row.amount for row in self.orders if row.customer == customer and last - YEAR < row.day <= last]
        paid_back = [row.amount for row in self.refunds if row.customer == customer and last - YEAR < row.day]
        return max(NOTHING, sum(brought, NOTHING) + sum(paid_back, NOTHING))

    def lost_customers(self, lost_after: int, window: str) -> list[dict[str, Any]]:
        """Everyone lost at the as-of date, the loss day in the last year or ever; the dearest first."""
        found: list[dict[str, Any]] = []
        for customer, days in self.days.items():
            lost_on = max(days) + timedelta(days=lost_after + 1)
            recent = self.as_of - YEAR < lost_on <= self.as_of
            if is_lost(days, self.as_of, lost_after) and (recent or window == "ever"):
                found.append(
                    {
                        "customer_id": customer,
                        "last_order_on": max(days),
                        "lost_on": lost_on,
                        "silence": silence(days, self.as_of),
                        "orders": sum(row.customer == customer for row in self.orders),
                        "yearly_value": self.yearly_value(customer),
                    }
                )
        return sorted(found, key=lambda lost: (-lost["yearly_value"], lost["customer_id"]))

    def lost_money(self, lost_after: int) -> dict[str, Any]:
        recent, ever = self.lost_customers(lost_after, "year"), self.lost_customers(lost_after, "ever")
        aov = self.totals()["aov"]
        return {
            "customers": len(recent),
            "revenue": sum((lost["yearly_value"] for lost in recent), NOTHING),
            "all_customers": len(ever),
            "all_revenue": sum((lost["yearly_value"] for lost in ever), NOTHING),
            "recoverable_by_rule": None if aov is None else len(recent) * aov / 4,
        }

    def lost_by_month(self, lost_after: int, window: str) -> list[dict[str, Any]]:
        losses: dict[date, list[Decimal]] = {}
        for lost in self.lost_customers(lost_after, window):
            losses.setdefault(start_of("month", lost["lost_on"]), []).append(lost["yearly_value"])
        return [
            {"month": month, "customers": len(values), "revenue": sum(values, NOTHING)}
            for month, values in sorted(losses.items())
        ]

    def simple_ltv(self, lost_after: int) -> dict[str, Any]:
        months = self.comparable_months(lost_after)
        ordered = sum(month["start"] <= row.day <= month["end"] for month in months for row in self.orders)
        frequency = ratio(ordered, sum(month["active_at_end"] for month in months))
        churns = [month["churn"] for month in months if month["churn"] is not None]
        churn = mean(churns) if churns else None
        lifespan = None if churn is None else min(1 / churn, 36) if churn else 36
        margin, aov = self.margin()["share"], self.totals()["aov"]
        known = lifespan is not None and frequency is not None
        return {
            "value": float(aov) * frequency * margin * lifespan if known else None,
            "margin": margin,
            "months": len(months),
            **({"aov": float(aov), "orders_per_month": frequency} if known else {}),
            **({"churn": churn, "lifespan_months": lifespan} if known else {}),
        }

    def historical_ltv(self) -> float | None:
        return float(self.totals()["net"]) * self.margin()["share"] / len(self.days) if self.days else None

    def cohort_margin(self) -> list[dict[str, Any]]:
        """Per cohort, the money of its customers up to the end of each whole month since, times margin."""
        cohorts: dict[date, list[str]] = {}
        for customer, days in self.days.items():
            cohorts.setdefault(start_of("month", min(days)), []).append(customer)
        found: list[dict[str, Any]] = []
        for month, members in sorted(cohorts.items()):
            own = [row for row in [*self.orders, *self.refunds] if row.customer in members]
            money = [
                sum((row.amount for row in own if months_between(month, row.day) <= age), NOTHING)
                for age in range(months_between(month, self.as_of + DAY))
            ]
            share = self.margin()["share"] / len(members)
            found.append(
                {
                    "month": month,
                    "customers": len(members),
                    "cumulative": tuple(float(sum_to_date) * share for sum_to_date in money),
                }
            )
        return found


def in_my_terms(money: Decimal, rent: Decimal | None, salary: Decimal | None) -> dict[str, Any]:
    return {
        "money": money,
        "months_of_rent": float(money / rent) if rent else None,
        "monthly_salaries": float(money / salary) if salary else None,
        "salaries_for_a_year": float(money / (12 * salary)) if salary else None,
    }


# --- files one after another ---


def rows_after(files: Iterable[Sequence[Row]]) -> list[Row]:
    """What is in the workspace after these files.

    The orders of an order id in a later file replace all its earlier orders, its refunds all its earlier refunds (a
    file of refunds alone must not wipe out the orders). Rows without an id are matched one to one with equal ones.
    """
    kept: list[Row] = []
    for rows in files:
        replaced = {(row.order_id, row.amount < 0) for row in rows if row.order_id}
        kept = [row for row in kept if (row.order_id, row.amount < 0) not in replaced]
        nameless = Counter(row for row in rows if not row.order_id) - Counter(kept)
        kept += [row for row in rows if row.order_id] + list(nameless.elements())
    return kept
