"""A campaign simulated: a scenario applied to plain numbers or to the lost customers of a workspace (METRICS.md 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from metrics.contacted import contacts_version, resting
from metrics.errors import WinbackError
from metrics.lost_customers import Customers, is_lost_twice, lost_customers, on_list, return_anyway
from metrics.lost_segments import LostSegment, lost_segments
from metrics.scenario import Incentive, PlainAudience, Scenario, SegmentAudience
from metrics.second_life import SecondLife, second_life
from metrics.suppression import list_version
from metrics.value import margin
from metrics.winback import Audience, Floats, Simulation, Terms, simulate_sums, sums_of, without_return_anyway
from metrics.winback_draws import Alike
from metrics.winback_list import REASONS, Bools, Ints, Ranking, Reason, rank
from metrics.winback_risk import Range, Risk, risk
from metrics.workspace import Workspace

VALUE_RANGE = (0.7, 1.3)
VALUE_RANGE_ASSUMED = (0.5, 1.5)
"""Low and high of the value after a return, as shares of it: measured on past returners, and where it is assumed."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures of an audience stand on.

    `margin` share; `second_life` of past returners (None for plain numbers); `stand_ins`: for how many customers the
    history is too short for their own chance to return anyway; `by_reason`: how many customers are in
    their class for which reason. Not `is_anyway_known`: nothing is known of who returns anyway, so nobody is taken to.
    """

    margin: float | None
    second_life: SecondLife | None
    stand_ins: int
    by_reason: dict[Reason, int]
    is_anyway_known: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated campaign: the figures of the contacted, the ranking that they were cut from, and how sure it is.

    `size`: how many of the ranking are contacted. `customers` and `audience` are those it ranks; None for plain
    numbers, where all are alike. `value_range`: low and high of the values after a return, as factors. `best_gain`: the
    highest profit of any list before fixed costs, 0 where no contact pays.
    """

    simulation: Simulation
    risk: Risk
    basis: Basis
    size: int
    recommended_size: int
    ranking: Ranking | None
    customers: Customers | None
    audience: Audience | None
    value_range: Range
    best_gain: float

    @property
    def chosen(self) -> Ints:
        """The places in `customers` of those contacted, most worth a contact first."""
        return np.zeros(0, np.int64) if self.ranking is None else self.ranking.order[: self.size]

    @property
    def not_chosen(self) -> Ints:
        """The places in `customers` of those not contacted, the highest expected profit first."""
        if self.ranking is None:
            return np.zeros(0, np.int64)
        is_left = np.ones(self.ranking.expected_profit.shape, np.bool_)
        is_left[self.chosen] = False
        places = np.flatnonzero(is_left)
        return places[np.argsort(-self.ranking.expected_profit[places], kind="stable")]


def estimate(workspace: Workspace | None, scenario: Scenario, *, today: date | None = None) -> Estimate:
    """Simulate a scenario. Raises WinbackError `segment_unknown`, `segment_needs_orders`.

    `today`: the day on which it would begin: who is held out or within the cool-down then is not on the list. None:
    as if nobody had been contacted, which says what customers are worth.
    """
    if isinstance(scenario.audience, PlainAudience):
        return _of_plain(scenario, scenario.audience)
    if workspace is None or workspace.histograms is None:
        raise WinbackError("segment_needs_orders")
    with workspace.unchanged():
        return _of_segment(workspace, scenario, scenario.audience, today)


def incentive_costs(incentive: Incentive, check_amount: Floats) -> Floats:
    """What the offer costs per returner, from their average order."""
    if not incentive.is_share_of_order:
        return np.full(check_amount.shape, incentive.amount or 0.0)
    costs = check_amount * (incentive.percent or 0.0) / 100
    return costs if incentive.cap is None else np.minimum(costs, incentive.cap)


def terms_of(scenario: Scenario) -> Terms:
    """The terms of a scenario at its likely rates."""
    return Terms(scenario.uplift.likely, scenario.cost_per_head, scenario.fixed_cost, scenario.horizon_days)


def segment_of(audience: SegmentAudience) -> LostSegment:
    """The conditions of an audience. Raises WinbackError `segment_unknown`."""
    if isinstance(audience.segment, LostSegment):
        return audience.segment
    if audience.segment not in lost_segments():
        raise WinbackError("segment_unknown", segment=audience.segment, known=tuple(lost_segments()))
    return lost_segments()[audience.segment]


def _of_plain(scenario: Scenario, plain: PlainAudience) -> Estimate:
    """All `n` are alike, so one of them stands for all: the sums are multiples of hers."""
    check = np.array([plain.average_check or 0.0])
    one = Audience(
        np.array([plain.p0]), np.array([plain.value_after_return]), incentive_costs(scenario.incentive, check)
    )
    terms = terms_of(scenario)
    each = rank(one, replace(terms, fixed_cost=0.0), np.ones(1, np.int64))
    cost, profit = float(each.cost[0]), float(each.profit[0])
    pays = profit > 0 and plain.n * profit > terms.fixed_cost
    size = plain.n
    if scenario.list_size == "recommended":
        size = plain.n if pays else 0
    if scenario.budget is not None:
        left = scenario.budget - terms.fixed_cost
        affordable = min(left / cost, plain.n) if cost > 0 else plain.n if left >= 0 else 0
        size = min(size, max(int(affordable * (1 + 1e-12)), 0))
    contacted = Alike(one, size)
    spread = _value_range(scenario, VALUE_RANGE_ASSUMED)
    return Estimate(
        simulation=simulate_sums(contacted.sums, _for_list(terms, size)),
        risk=risk(contacted, _for_list(terms, size), scenario.uplift, spread, seed=scenario.seed),
        basis=Basis(scenario.margin, None, 0, {}),
        size=size,
        recommended_size=plain.n if pays else 0,
        ranking=None,
        customers=None,
        audience=None,
        value_range=spread,
        best_gain=max(plain.n * profit, 0.0),
    )


def _of_segment(workspace: Workspace, scenario: Scenario, wanted: SegmentAudience, today: date | None) -> Estimate:
    held, contacts = workspace.settings, None if today is None else contacts_version(workspace)
    day = None if contacts is None else today  # of nobody contacted every day is alike
    # What only cuts the ranking, or says how sure it is, leaves it as it is.
    ranked_by = scenario.model_copy(
        update=dict.fromkeys(("budget", "response_low", "response_high", "value_low", "value_high"))
        | {"name": "", "list_size": "all", "seed": 0}
    )
    share = margin(workspace).share if scenario.margin is None else scenario.margin
    ranked = workspace.latest(
        "winback_ranking",
        (held.threshold, list_version(workspace), held.phone_region, share, ranked_by, day, contacts),
        lambda: _ranked(workspace, ranked_by, wanted, share, day),
    )
    ranking, terms = ranked.ranking, terms_of(scenario)
    size = _size(ranking, scenario, best_only=segment_of(wanted).best_only)
    chosen = ranked.audience.part(ranking.order[:size])
    life = ranked.basis.second_life
    spread = _value_range(scenario, VALUE_RANGE_ASSUMED if life is None or life.is_assumed else VALUE_RANGE)
    figures = simulate_sums(sums_of(chosen), _for_list(terms, size))
    return Estimate(
        simulation=figures if ranked.basis.is_anyway_known or not size else without_return_anyway(figures),
        risk=risk(chosen, _for_list(terms, size), scenario.uplift, spread, seed=scenario.seed),
        basis=ranked.basis,
        size=size,
        recommended_size=ranking.recommended_size,
        ranking=ranking,
        customers=ranked.customers,
        audience=ranked.audience,
        value_range=spread,
        best_gain=max(float(ranking.profit.max(initial=0.0 - scenario.fixed_cost)) + scenario.fixed_cost, 0.0),
    )


@dataclass(frozen=True, slots=True)
class _Ranked:
    customers: Customers
    audience: Audience
    ranking: Ranking
    basis: Basis


def _ranked(
    workspace: Workspace, scenario: Scenario, wanted: SegmentAudience, share: float, today: date | None
) -> _Ranked:
    """The ranking of a segment: all that takes long when a campaign's rates or costs change."""
    threshold = workspace.settings.threshold
    customers = lost_customers(workspace, threshold, segment_of(wanted), wanted.min_orders)
    life = second_life(workspace, threshold, scenario.horizon_days)
    anyway = return_anyway(workspace, customers, scenario.horizon_days, threshold)
    audience = Audience(
        anyway.chance,
        customers.yearly_value * (life.ratio * share),
        incentive_costs(scenario.incentive, customers.check_amount),
    )
    barred = _never(workspace, customers, wanted, threshold)
    if today is not None:
        barred |= _not_now(workspace, customers, today)
    ranking = rank(audience, terms_of(scenario), customers.order_days, barred, customers.is_strategic)
    return _Ranked(
        customers,
        audience,
        ranking,
        Basis(share, life, anyway.stand_ins, _by_reason(ranking), is_anyway_known=anyway.is_known),
    )


def _never(workspace: Workspace, customers: Customers, wanted: SegmentAudience, threshold: int) -> dict[Reason, Bools]:
    excluded = on_list(workspace, customers)
    found: dict[Reason, Bools] = {"excluded": excluded, "opted_out": customers.has_opted_out}
    if wanted.skip_lost_twice:
        found["lost_twice"] = is_lost_twice(customers, threshold)
    if wanted.skip_problems:
        found["problem"] = customers.is_problem
    return found


def _not_now(workspace: Workspace, customers: Customers, today: date) -> dict[Reason, Bools]:
    left_alone = resting(workspace, today)
    return {
        "held_out": np.isin(customers.customer, left_alone.held_out),
        "contacted_lately": np.isin(customers.customer, left_alone.contacted),
    }


def _size(ranking: Ranking, scenario: Scenario, *, best_only: bool) -> int:
    size = ranking.order.size if scenario.list_size == "all" else ranking.recommended_size
    if best_only:
        size = min(size, ranking.count("A"))
    return size if scenario.budget is None else min(size, ranking.size_within(scenario.budget))


def _for_list(terms: Terms, size: int) -> Terms:
    """Without anybody to contact there is no campaign, and no fixed cost of one."""
    return terms if size else replace(terms, fixed_cost=0.0)


def _value_range(scenario: Scenario, usual: tuple[float, float]) -> Range:
    low = usual[0] if scenario.value_low is None else scenario.value_low
    high = usual[1] if scenario.value_high is None else scenario.value_high
    return Range(low, 1.0, high)


def _by_reason(ranking: Ranking) -> dict[Reason, int]:
    counts = np.bincount(ranking.reason, minlength=len(REASONS))
    return {reason: int(n) for reason, n in zip(REASONS, counts, strict=True) if n}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures by which campaigns are compared, without the customers behind them."""

    contacted: int
    return_because: float
    cost: float
    profit: float
    roi: float | None
    break_even_response: float | None
    interval_80: tuple[float, float]
    chance_of_loss: float


def outcome_of(found: Estimate) -> Outcome:
    """The outcome of a simulated campaign."""
    sums = found.simulation
    return Outcome(
        contacted=sums.contacted,
        return_because=sums.return_because,
        cost=sums.cost,
        profit=sums.profit,
        roi=sums.roi,
        break_even_response=sums.break_even_response,
        interval_80=found.risk.interval_80,
        chance_of_loss=found.risk.chance_of_loss,
    )
