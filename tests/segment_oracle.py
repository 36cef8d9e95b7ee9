"""The slow oracle of segments (METRICS.md 5): the facts of one customer at a time, and conditions as plain comparisons.

It knows nothing of the product's SQL. What files of customers say (names, consent, groups) is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from metrics.segment import Condition, Segment
from tests.lifecycle_oracle import Standing
from tests.oracle import Shop

Facts = Mapping[str, Any]


def facts_of(shop: Shop, lost_after: int, *, grace: int = 14, least_at_risk: int = 30) -> dict[str, dict[str, Any]]:
    """What can be asked of each customer, as far as the orders say it."""
    standing = Standing(shop, grace=grace, least_at_risk=least_at_risk)
    found = {who: _facts(shop, standing, who, lost_after) for who in shop.days}
    for name, fact, is_better in (
        ("recency", "silence", -1), ("frequency", "orders", 1), ("monetary", "revenue", 1),
    ):  # fmt: skip
        values = {who: is_better * facts[fact] for who, facts in found.items()}
        for who, facts in found.items():
            facts[name] = score(values[who], list(values.values()))
    return found


def score(value: Decimal, values: Sequence[Decimal]) -> int:
    """The fifth that a value is in, from 1: how many are worse, in fifths of all; equal values are in the same one."""
    return 1 + 5 * sum(other < value for other in values) // len(values)


def _facts(shop: Shop, standing: Standing, who: str, lost_after: int) -> dict[str, Any]:
    orders = [row for row in shop.orders if row.customer == who]
    paid_back = sum((row.amount for row in shop.refunds if row.customer == who), Decimal(0))
    gross = sum((row.amount for row in orders), Decimal(0))
    expected = standing.expected_on(who)
    return {
        "state": standing.state(who, lost_after),
        "silence": (shop.as_of - shop.days[who][-1]).days,
        "days_late": None if expected is None else (shop.as_of - expected).days,
        "orders": len(orders),
        "yearly_value": shop.yearly_value(who),
        "revenue": gross + paid_back,
        "average_order": gross / len(orders),
        "is_fading": standing.is_fading(who),
    }


def is_in(facts: Facts, segment: Segment) -> bool:
    """Whether a customer is in a segment."""
    return (
        meets_all(facts, segment.conditions)
        and all(is_in(facts, each) for each in segment.and_in)
        and not any(is_in(facts, each) for each in segment.but_not)
    )


def meets_all(facts: Facts, conditions: Sequence[Condition]) -> bool:
    """Whether a customer meets all conditions."""
    return all(meets(facts, one) for one in conditions)


def meets(facts: Facts, one: Condition) -> bool:
    """Whether a customer meets a condition; who has no value meets only an `is_not`."""
    value = facts.get(one.field)
    if one.low is not None or one.high is not None:
        return value is not None and (one.low is None or value >= one.low) and (one.high is None or value <= one.high)
    if one.values:
        return (value in one.values) != one.is_not
    return bool(value) != one.is_not
