"""The slow oracle of METRICS.md 4 and 6: a win-back campaign in plain Python, one customer and one day at a time.

It knows nothing of the product. Given fractions it is exact; what the product solves for, it tries out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from tests.oracle import DAY, Row, Shop, gaps, is_lost, loss_days, silence

Number = float | Fraction
HALVINGS = 60


class Lead(NamedTuple):
    """A customer of a list: chance to return anyway, margin after a return, cost of the offer per return."""

    p0: Number
    value: Number
    offer: Number


class Plan(NamedTuple):
    """What is done: share of the others that returns because of it, cost per head, fixed cost, days."""

    uplift: Number
    contact: Number
    fixed: Number
    days: int = 180


# --- one list ---


def p1(lead: Lead, plan: Plan) -> Number:
    return 1 - (1 - lead.p0) * (1 - plan.uplift)


def expected_profit(lead: Lead, plan: Plan) -> Number:
    """`EP` of contacting this customer."""
    return p1(lead, plan) * (lead.value - lead.offer) - plan.contact - lead.p0 * lead.value


def cost(leads: Sequence[Lead], plan: Plan) -> Number:
    return plan.fixed + len(leads) * plan.contact + sum(p1(lead, plan) * lead.offer for lead in leads)


def profit(leads: Sequence[Lead], plan: Plan) -> Number:
    each = ((p1(one, plan) - one.p0) * one.value - plan.contact - p1(one, plan) * one.offer for one in leads)
    return sum(each) - plan.fixed


def figures(leads: Sequence[Lead], plan: Plan) -> dict[str, Any]:
    """All figures of contacting these customers; None where one is undefined."""
    spent, gained = cost(leads, plan), profit(leads, plan)
    everything = sum(p1(lead, plan) * lead.value for lead in leads)
    even = break_even_uplift(leads, plan)
    anyway = sum(lead.p0 for lead in leads)
    return {
        "contacted": len(leads),
        "return_anyway": anyway,
        "return_because": sum(p1(lead, plan) - lead.p0 for lead in leads),
        "cost": spent,
        "incremental_margin": sum((p1(lead, plan) - lead.p0) * lead.value for lead in leads),
        "profit": gained,
        "roi": gained / spent if spent else None,
        "naive_roi": (everything - spent) / spent if spent else None,
        "break_even_uplift": even,
        "break_even_response": None if even is None else anyway / len(leads) + even,
        "largest_incentive": largest_incentive(leads, plan),
        "largest_contact_cost": largest_contact_cost(leads, plan),
        "smallest_list": smallest_list(leads, plan),
        "gift_to_those_who_would_come": sum(lead.p0 * lead.offer for lead in leads),
        "payback_days": payback_days(leads, plan),
    }


def break_even_uplift(leads: Sequence[Lead], plan: Plan) -> Number | None:
    """By the formula where all are alike; else the mean extra return at the uplift found by halving."""
    if not leads:
        return None
    if len(set(leads)) == 1:
        (p0, value, offer), n = leads[0], len(leads)
        if (value - offer) * (1 - p0) <= 0:
            return None
        even = (plan.contact + plan.fixed / n + offer * p0) / (value - offer)
        return even if even <= 1 - p0 else None
    if sum((1 - one.p0) * (one.value - one.offer) for one in leads) <= 0:
        return None
    share = _smallest_share(lambda uplift: profit(leads, plan._replace(uplift=uplift)))
    return None if share is None else share * sum(1 - lead.p0 for lead in leads) / len(leads)


def largest_incentive(leads: Sequence[Lead], plan: Plan) -> Number | None:
    """The same offer to all at which nothing is left."""
    if not sum(p1(lead, plan) for lead in leads):
        return None
    return _largest(lambda offer: profit([lead._replace(offer=offer) for lead in leads], plan))


def largest_contact_cost(leads: Sequence[Lead], plan: Plan) -> Number | None:
    return _largest(lambda each: profit(leads, plan._replace(contact=each))) if leads else None


def smallest_list(leads: Sequence[Lead], plan: Plan) -> int | None:
    """The smallest number of customers like these on average at which the campaign does not lose."""
    each = sum(expected_profit(lead, plan) for lead in leads)
    if each <= 0:
        return None
    few, many = 0, 1
    while many * each < plan.fixed * len(leads):
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if middle * each >= plan.fixed * len(leads) else (middle, many)
    return many


def payback_days(leads: Sequence[Lead], plan: Plan) -> int | None:
    """The first evening by which what has come in pays for contacts and fixed cost."""
    spent = plan.fixed + len(leads) * plan.contact
    comes_in = sum((p1(one, plan) - one.p0) * one.value - p1(one, plan) * one.offer for one in leads)
    paid = (day for day in range(1, plan.days + 1) if comes_in * day >= spent * plan.days)
    return next(paid, None) if spent else None


def _largest(left: Callable[[Number], Number]) -> Number | None:
    """The largest number from 0 on at which something that falls is not below 0; None where it is below 0 at once."""
    if left(0) < 0:
        return None
    low, high = Fraction(0), Fraction(1)
    while left(high) >= 0:
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if left(middle) >= 0 else (low, middle)
    return low


def _smallest_share(brings: Callable[[Number], Number]) -> Number | None:
    """The smallest share at which something that grows is not below 0; None where it is below 0 for everybody."""
    if brings(1) < 0:
        return None
    low, high = Fraction(-1), Fraction(1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if middle >= 0 and brings(middle) >= 0 else (middle, high)
    return high


# --- whom to contact ---

GRADES = {
    "strategic": "A", "first_80": "A", "next_15": "B", "last_5": "C", "brings_less_than_it_costs": "not_worth_it",
    "excluded": "never", "opted_out": "never", "problem": "never", "lost_twice": "never",
    "held_out": "not_now", "contacted_lately": "not_now",
}  # fmt: skip


class Candidate(NamedTuple):
    """A customer to be ranked: `barred` is why never to contact them."""

    lead: Lead
    order_days: int = 1
    barred: str | None = None
    is_strategic: bool = False


def ranking(candidates: Sequence[Candidate], plan: Plan) -> list[int]:
    """The places of those who may be contacted, most worth a contact first."""

    def key(place: int) -> tuple[bool, Number, int, int]:
        one = candidates[place]
        return not one.is_strategic, -expected_profit(one.lead, plan), -one.order_days, place

    return sorted((place for place, one in enumerate(candidates) if one.barred is None), key=key)


def reasons(candidates: Sequence[Candidate], plan: Plan) -> list[str]:
    """Why each candidate is in their grade."""
    worth = [expected_profit(one.lead, plan) for one in candidates]
    by_profit = sorted(ranking(candidates, plan), key=lambda place: -worth[place])
    total = sum(worth[place] for place in by_profit if worth[place] > 0)
    found = [one.barred or "brings_less_than_it_costs" for one in candidates]
    so_far: Number = 0
    for place in by_profit:
        if worth[place] > 0:
            found[place] = "first_80" if 5 * so_far < 4 * total else "next_15" if 20 * so_far < 19 * total else "last_5"
            so_far += worth[place]
        if candidates[place].is_strategic:
            found[place] = "strategic"
    return found


def recommended_size(candidates: Sequence[Candidate], plan: Plan) -> int:
    """Every cut is tried: the one with the highest profit, the shortest of several; nobody where each loses."""
    order = ranking(candidates, plan)
    best, most = 0, Fraction(0)
    for size in range(1, len(order) + 1):
        brought = profit([candidates[place].lead for place in order[:size]], plan)
        if brought > most:
            best, most = size, brought
    return best


# --- how sure it is: one customer is drawn by hand ---


def variance(leads: Sequence[Lead], uplift: Number, value: Number) -> Number:
    """The variance of what the list brings: each customer returns anyway, because of it, or not at all."""
    found: Number = 0
    for lead in leads:
        outcomes = [
            (lead.p0, -lead.offer),
            ((1 - lead.p0) * uplift, value * lead.value - lead.offer),
            ((1 - lead.p0) * (1 - uplift), 0),
        ]
        mean = sum(chance * brings for chance, brings in outcomes)
        found += sum(chance * (brings - mean) ** 2 for chance, brings in outcomes)
    return found


# --- a business ---


class Curve:
    """Kaplan-Meier over gaps (length, closed, weight), day by day."""

    def __init__(self, of: Sequence[tuple[int, bool, Fraction | int]]) -> None:
        self.longest = max((length for length, _, _ in of), default=-1)
        days = range(self.longest + 1)
        many, left, back = ([0.0 for _ in days] for _ in range(3))
        for length, is_closed, weight in of:
            many[length] += 1
            left[length] += float(weight)
            back[length] += float(weight) * is_closed
        self.at_risk = many
        for day in reversed(days[:-1]):
            many[day] += many[day + 1]
            left[day] += left[day + 1]
        share = 1.0
        self.not_back: list[float] = []
        for day in days:
            share *= 1 - back[day] / left[day]
            self.not_back.append(share)

    def chance(self, silent: int, horizon: int, least: int) -> float | None:
        """The chance to return within the horizon; None where the history is too short."""
        end = silent + horizon
        if end > self.longest or self.at_risk[end] < least or self.not_back[silent] <= 0:
            return None
        return 1 - self.not_back[end] / self.not_back[silent]

    def reach(self, least: int) -> int:
        """The last day that enough gaps reach; -1 for none."""
        return max((day for day in range(self.longest + 1) if self.at_risk[day] >= least), default=-1)

    def stand_in(self, silent: int, lost_after: int, horizon: int, least: int) -> float | None:
        """The chance at the longest silence, up to this one, with a covered horizon; None where hardly any is."""
        reach = self.reach(least)
        covered = reach - lost_after - 1
        if covered < min(horizon, 30):
            return None
        shorter = min(horizon, max(covered // 2, 30))
        while self.chance(silent, shorter, least) is None:
            silent -= 1
        return self.chance(silent, shorter, least)


class Comebacks:
    """The customers of a shop with what a win-back campaign asks of them."""

    def __init__(self, shop: Shop, lost_after: int, *, least_at_risk: int = 30, least_returners: int = 30) -> None:
        self.shop = shop
        self.lost_after = lost_after
        self.least_at_risk = least_at_risk
        self.least_returners = least_returners
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in [*shop.orders, *shop.refunds]:
            self.rows[row.customer].append(row)

    @cached_property
    def curves(self) -> dict[int | str, Curve]:
        """By order number, 4 for four and more, where the gaps of a customer weigh one together; and of all gaps."""
        found: dict[int | str, list[tuple[int, bool, Fraction | int]]] = {1: [], 2: [], 3: [], 4: [], "all": []}
        for days in self.shop.days.values():
            own = gaps(days, self.shop.as_of)
            frequent = sum(number >= 4 for number, _, _ in own)
            for number, length, is_closed in own:
                found["all"].append((length, is_closed, 1))
                found[min(number, 4)].append((length, is_closed, Fraction(1, frequent) if number >= 4 else 1))
        return {number: Curve(of) for number, of in found.items()}

    def silence(self, customer: str) -> int:
        found = silence(self.shop.days[customer], self.shop.as_of)
        assert found is not None
        return found

    def p0(self, customer: str, horizon: int) -> tuple[float, bool]:
        """The chance to return anyway, and whether the history says it itself."""
        own, silent = min(len(self.shop.days[customer]), 4), self.silence(customer)
        by_number = sorted((1, 2, 3, 4), key=lambda number: (abs(number - own), -number))
        for number in by_number:
            curve = self.curves[number]
            stand_in = curve.stand_in(silent, self.lost_after, horizon, self.least_at_risk)
            if stand_in is not None:
                found = curve.chance(silent, horizon, self.least_at_risk)
                if found is not None:
                    return found, number == own
                left = curve.reach(self.least_at_risk) - silent
                within = curve.chance(silent, left, self.least_at_risk) if left > 0 else 0.0
                return max(stand_in, within or 0.0), False
        return 0.0, False

    def lost(self) -> list[str]:
        return [who for who, days in self.shop.days.items() if is_lost(days, self.shop.as_of, self.lost_after)]

    def times_lost(self, customer: str) -> int:
        return len(loss_days(self.shop.days[customer], self.shop.as_of, self.lost_after))

    def state(self, customer: str) -> str:
        """The state of a lost customer."""
        if self.times_lost(customer) >= 2:
            return "lost_twice"
        curve = self.curves[min(len(self.shop.days[customer]), 4)]
        chance = curve.chance(self.silence(customer), 365, self.least_at_risk)
        if chance is not None and chance < 0.02:
            return "finally_lost"
        return "freshly_lost" if self.silence(customer) <= 2 * self.lost_after else "lost"

    def orders(self, customer: str) -> list[Decimal]:
        return [row.amount for row in self.rows[customer] if row.amount >= 0]

    def average_order(self, customer: str) -> Decimal:
        return sum(self.orders(customer), Decimal(0)) / len(self.orders(customer))

    def yearly_value(self, customer: str) -> Decimal:
        own = Shop(self.rows[customer], as_of=self.shop.as_of, count_zero_orders=True)
        return own.yearly_value(customer)

    def second_life(self, horizon: int) -> tuple[float, int, bool]:
        """The ratio, the past returners with so long a follow-up, and whether the ratio is assumed."""
        before = after = Decimal(0)
        returners = 0
        for who, days in self.shop.days.items():
            for last, back in pairwise(days):
                lost_on = last + timedelta(days=self.lost_after + 1)
                end = back + timedelta(days=horizon) - DAY
                if lost_on >= back or end > self.shop.as_of:
                    continue
                returners += 1
                before += Shop(self.rows[who], as_of=lost_on, count_zero_orders=True).yearly_value(who)
                after += sum((row.amount for row in self.rows[who] if back <= row.day <= end), Decimal(0))
        if returners < self.least_returners or not before:
            return horizon / 365 / 2, returners, True
        return float(max(after, Decimal(0)) / before), returners, False
