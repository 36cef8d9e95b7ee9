"""Whom a campaign should contact: customers ranked by what a contact is expected to bring (METRICS.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from metrics.winback import Audience, Floats, Terms

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Grade = Literal["A", "B", "C", "not_worth_it", "not_now", "never"]
Reason = Literal["strategic", "first_80", "next_15", "last_5", "brings_less_than_it_costs",
                 "excluded", "opted_out", "problem", "lost_twice", "held_out", "contacted_lately"]  # fmt: skip

GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
GRADE_OF_REASON: Final[dict[Reason, Grade]] = {
    "strategic": "A", "first_80": "A", "next_15": "B", "last_5": "C", "brings_less_than_it_costs": "not_worth_it",
    "excluded": "never", "opted_out": "never", "problem": "never", "lost_twice": "never",
    "held_out": "not_now", "contacted_lately": "not_now",
}  # fmt: skip
BARRED: Final[tuple[Reason, ...]] = ("excluded", "opted_out", "problem", "lost_twice", "held_out", "contacted_lately")
"""Why a customer is not contacted, never or not now: of several reasons the first one is named."""
SHARE_OF_A, SHARE_OF_B = 0.80, 0.95


@dataclass(frozen=True, slots=True)
class Ranking:
    """The customers of an audience in the order in which they are worth a contact.

    `order`: their places in the audience: strategic ones first, then the highest `expected_profit`, with equal profit
    more order days; who is not contacted is not in it. `profit` and `cost`: of a campaign with the first 1, 2, 3 ...
    of them, the fixed cost included. `expected_profit` and `reason` (an index into `REASONS`) are per customer of the
    audience, in its own order.
    """

    order: Ints
    profit: Floats
    cost: Floats
    expected_profit: Floats
    reason: NDArray[np.int8]

    @property
    def recommended_size(self) -> int:
        """How many of the ranking bring the highest profit, the fewest where several do; 0 where every list loses."""
        if not self.profit.size:
            return 0
        best = int(self.profit.argmax())
        return best + 1 if self.profit[best] > 0 else 0

    def size_within(self, budget: float) -> int:
        """How many of the ranking a budget pays for, the expected cost of the offers included."""
        return int(np.searchsorted(self.cost, budget * (1 + 1e-12), side="right"))

    def count(self, grade: Grade) -> int:
        """How many customers of the audience are of a grade."""
        return int(self.is_of(grade).sum())

    def is_of(self, grade: Grade) -> Bools:
        """Which customers of the audience are of a grade, in its own order."""
        return np.isin(self.reason, _codes_of(grade))


def rank(
    audience: Audience, terms: Terms, order_days: Ints, barred_by: dict[Reason, Bools] | None = None,
    strategic: Bools | None = None,
) -> Ranking:  # fmt: skip
    """Rank an audience by the expected profit of a contact: `EP = p1 (V - d) - c - p0 V`.

    `order_days` decides between equal profits, higher first; then the place in the audience. `barred_by` marks
    customers that are not contacted, by reason; `strategic` lifts to grade A whatever a contact brings.
    """
    profit = _expected_profit(audience, terms)
    barred = np.full(profit.shape, -1, np.int8)
    for reason in reversed(BARRED):
        if barred_by and reason in barred_by:
            barred[barred_by[reason]] = REASONS.index(reason)
    order = _order(profit, order_days, strategic, np.flatnonzero(barred < 0))
    cost_each = terms.contact_cost + _returns(audience, terms) * audience.incentive
    return Ranking(
        order=order,
        profit=np.cumsum(profit[order]) - terms.fixed_cost,
        cost=np.cumsum(cost_each[order]) + terms.fixed_cost,
        expected_profit=profit,
        reason=_reasons(profit, order, barred, strategic),
    )


def _returns(audience: Audience, terms: Terms) -> Floats:
    return audience.return_anyway + terms.uplift * (1 - audience.return_anyway)


def _expected_profit(audience: Audience, terms: Terms) -> Floats:
    """`(1 - p0) u (V - d) - p0 d - c`, which is the same as `p1 (V - d) - c - p0 V` with one subtraction fewer."""
    gained = terms.uplift * (1 - audience.return_anyway)
    return (
        gained * (audience.value - audience.incentive)
        - audience.return_anyway * audience.incentive
        - (terms.contact_cost)
    )


def _order(profit: Floats, order_days: Ints, strategic: Bools | None, places: Ints) -> Ints:
    """These places by falling profit, equal ones by falling order days; the strategic ones first."""
    worth, days = profit[places], order_days[places]
    # Customers that come in the order of their days need one key; two take several times as long.
    order = places[np.argsort(-worth, kind="stable") if _is_falling(days) else np.lexsort((-days, -worth))]
    if strategic is not None and strategic.any():
        first = strategic[order]
        order = np.concatenate([order[first], order[~first]])
    return order


def _is_falling(values: Ints) -> bool:
    return bool((values[1:] <= values[:-1]).all())


def _reasons(profit: Floats, order: Ints, barred: NDArray[np.int8], strategic: Bools | None) -> NDArray[np.int8]:
    """Why each customer is in their grade: A brings the first 80% of the positive profit, B the next 15%."""
    found = np.full(profit.shape, REASONS.index("brings_less_than_it_costs"), np.int8)
    by_profit = order if strategic is None or not strategic.any() else order[np.argsort(-profit[order], kind="stable")]
    paying = by_profit[profit[by_profit] > 0]
    before = np.cumsum(profit[paying]) - profit[paying]
    total = float(profit[paying].sum())
    found[paying] = REASONS.index("last_5")
    found[paying[before < SHARE_OF_B * total]] = REASONS.index("next_15")
    found[paying[before < SHARE_OF_A * total]] = REASONS.index("first_80")
    if strategic is not None:
        found[strategic] = REASONS.index("strategic")
    return np.where(barred >= 0, barred, found).astype(np.int8)


def _codes_of(grade: Grade) -> list[int]:
    return [REASONS.index(reason) for reason, one in GRADE_OF_REASON.items() if one == grade]
