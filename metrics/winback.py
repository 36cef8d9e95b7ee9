"""What a win-back campaign brings beyond what would come anyway (METRICS.md 6). Pure arithmetic on arrays.

A customer of the list returns anyway with the chance `p0`. The campaign moves the share `uplift` of those who would
not: contacted, they return with `p1 = 1 - (1 - p0)(1 - uplift)`. Only the difference is the campaign's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Audience:
    """The customers of a list, one entry per customer, in any order.

    `return_anyway`: `p0`, the chance to return without a contact within the horizon. `value`: margin after a return
    over the horizon. `incentive`: what the offer costs when the customer returns. Money in the workspace's currency.
    """

    return_anyway: Floats
    value: Floats
    incentive: Floats

    def __len__(self) -> int:
        return self.value.size

    def part(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Audience:
        """The customers at these places, in this order."""
        return Audience(self.return_anyway[chosen], self.value[chosen], self.incentive[chosen])


@dataclass(frozen=True, slots=True)
class Terms:
    """What is done: `uplift` share of the others who return because of it, contact cost per head, fixed cost, days."""

    uplift: float
    contact_cost: float
    fixed_cost: float
    horizon_days: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What the arithmetic needs to know of an audience: sums over its customers (`q` 1 - `p0`, value, incentive)."""

    n: int
    p0: float
    q_value: float
    q_incentive: float
    p0_value: float
    p0_incentive: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """The figures of METRICS.md 6 for one list; None where a figure is undefined, with its code in `undefined`.

    Money in the workspace's currency, shares as fractions, `break_even_uplift` in shares of the list (0.021: 2.1
    points), `largest_incentive` per returner, `largest_contact_cost` per head.

    Codes: `no_customers` nobody is on the list · `nobody_returns` no return to pay for · `no_cost` nothing is spent ·
    `offer_eats_value` the offer costs more than a return brings · `beyond_everyone` it would not pay if all returned ·
    `pays_at_no_price` it loses even for nothing · `every_contact_loses` a longer list only loses more ·
    `not_within_horizon` the money does not come back in time · `history_too_short` nothing is known of who returns
    anyway.
    """

    contacted: int
    return_anyway: float | None
    return_because: float
    cost: float
    incremental_margin: float
    profit: float
    roi: float | None
    naive_roi: float | None
    break_even_uplift: float | None
    break_even_response: float | None
    largest_incentive: float | None
    largest_contact_cost: float | None
    smallest_list: int | None
    gift_to_those_who_would_come: float | None
    payback_days: int | None
    undefined: dict[str, str]

    @property
    def returners(self) -> float | None:
        """How many are expected back in all."""
        return None if self.return_anyway is None else self.return_anyway + self.return_because


def response_of(stages: Sequence[tuple[float, float]]) -> float:
    """The share of those who would not return that all stages together bring: `1 - prod(1 - reach x rate)`."""
    return 1 - math.prod(1 - reach * rate for reach, rate in stages)


def sums_of(audience: Audience) -> Sums:
    """The sums over an audience."""
    p0, value, incentive = audience.return_anyway, audience.value, audience.incentive
    p0_value, p0_incentive = float(p0 @ value), float(p0 @ incentive)
    return Sums(
        n=len(audience),
        p0=float(p0.sum()),
        q_value=float(value.sum()) - p0_value,
        q_incentive=float(incentive.sum()) - p0_incentive,
        p0_value=p0_value,
        p0_incentive=p0_incentive,
    )


def profit_of(sums: Sums, terms: Terms) -> float:
    """The incremental profit: `sum[(p1 - p0) V - c - p1 d] - F`."""
    return terms.uplift * sums.q_value - _cost(sums, terms)


def simulate(audience: Audience, terms: Terms) -> Simulation:
    """All figures of a campaign that contacts everybody of the audience."""
    return simulate_sums(sums_of(audience), terms)


def simulate_sums(sums: Sums, terms: Terms) -> Simulation:
    """`simulate` from the sums of an audience."""
    because = terms.uplift * (sums.n - sums.p0)
    margin = terms.uplift * sums.q_value
    cost = _cost(sums, terms)
    profit = margin - cost
    figures = {
        "roi": _ratio(profit, cost),
        "naive_roi": _ratio(sums.p0_value + margin - cost, cost),
        "break_even_uplift": _break_even_uplift(sums, terms),
        "largest_incentive": _largest_incentive(sums, terms),
        "largest_contact_cost": _largest_contact_cost(sums, terms),
        "smallest_list": _smallest_list(sums, terms),
        "payback_days": _payback_days(sums, terms),
    }
    found = {name: value for name, value in figures.items() if not isinstance(value, str)}
    undefined = {name: value for name, value in figures.items() if isinstance(value, str)}
    if "break_even_uplift" in undefined:
        undefined["break_even_response"] = undefined["break_even_uplift"]
    lift = found.get("break_even_uplift")
    return Simulation(
        contacted=sums.n,
        return_anyway=sums.p0,
        return_because=because,
        cost=cost,
        incremental_margin=margin,
        profit=profit,
        roi=found.get("roi"),
        naive_roi=found.get("naive_roi"),
        break_even_uplift=lift,
        break_even_response=None if lift is None else sums.p0 / sums.n + lift,
        largest_incentive=found.get("largest_incentive"),
        largest_contact_cost=found.get("largest_contact_cost"),
        smallest_list=_whole(found.get("smallest_list")),
        gift_to_those_who_would_come=sums.p0_incentive,
        payback_days=_whole(found.get("payback_days")),
        undefined=undefined,
    )


def without_return_anyway(found: Simulation) -> Simulation:
    """The figures where nothing is known of who returns anyway: those that hang on it alone are undefined.

    The others are as if nobody did, so cost and break-even are the least, profit and what may be paid the most.
    """
    figures = ("return_anyway", "naive_roi", "break_even_uplift", "break_even_response", "gift_to_those_who_would_come")
    return replace(
        found,
        return_anyway=None,
        naive_roi=None,
        break_even_uplift=None,
        break_even_response=None,
        gift_to_those_who_would_come=None,
        undefined={**found.undefined, **dict.fromkeys(figures, "history_too_short")},
    )


def _incentives(sums: Sums, terms: Terms) -> float:
    return sums.p0_incentive + terms.uplift * sums.q_incentive


def _cost(sums: Sums, terms: Terms) -> float:
    return terms.fixed_cost + sums.n * terms.contact_cost + _incentives(sums, terms)


def _ratio(part: float, cost: float) -> float | str:
    share = part / cost if cost > 0 else math.inf
    return share if math.isfinite(share) else "no_cost"


def _break_even_uplift(sums: Sums, terms: Terms) -> float | str:
    """`(c + F/n + d p0) / (V - d)`: for customers that differ, the mean of `(1 - p0) u` at the `u` of no profit."""
    if not sums.n:
        return "no_customers"
    gain = sums.q_value - sums.q_incentive
    if gain <= 0:
        return "offer_eats_value"
    uplift = (terms.fixed_cost + sums.n * terms.contact_cost + sums.p0_incentive) / gain
    return uplift * (sums.n - sums.p0) / sums.n if uplift <= 1 else "beyond_everyone"


def _largest_incentive(sums: Sums, terms: Terms) -> float | str:
    """`((p1 - p0) V - c - F/n) / p1`: the offer per returner at which nothing is left."""
    returners = sums.p0 + terms.uplift * (sums.n - sums.p0)
    if returners <= 0:
        return "nobody_returns"
    left = terms.uplift * sums.q_value - sums.n * terms.contact_cost - terms.fixed_cost
    return left / returners if left >= 0 else "pays_at_no_price"


def _largest_contact_cost(sums: Sums, terms: Terms) -> float | str:
    if not sums.n:
        return "no_customers"
    left = terms.uplift * sums.q_value - _incentives(sums, terms) - terms.fixed_cost
    return left / sums.n if left >= 0 else "pays_at_no_price"


def _smallest_list(sums: Sums, terms: Terms) -> float | str:
    """`F / ((p1 - p0) V - c - d p1)`, up to whole customers like these on average."""
    if not sums.n:
        return "no_customers"
    each = (terms.uplift * sums.q_value - _incentives(sums, terms)) / sums.n - terms.contact_cost
    needed = terms.fixed_cost / each if each > 0 else math.inf
    return max(_up(needed), 1) if math.isfinite(needed) else "every_contact_loses"


def _payback_days(sums: Sums, terms: Terms) -> float | str:
    """The day by which the margin less the offers, coming in evenly over the horizon, has paid contacts and fixed cost.

    On or before the horizon's last day just when the campaign does not lose.
    """
    spent = terms.fixed_cost + sums.n * terms.contact_cost
    if spent == 0:
        return "no_cost"
    a_day = (terms.uplift * sums.q_value - _incentives(sums, terms)) / terms.horizon_days
    if a_day <= 0 or spent / a_day > terms.horizon_days * (1 + 1e-12):
        return "not_within_horizon"
    return min(_up(spent / a_day), terms.horizon_days)


def _up(value: float) -> int:
    """The next whole number; what binary fractions add to a whole one does not count."""
    return math.ceil(value * (1 - 1e-12))


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
