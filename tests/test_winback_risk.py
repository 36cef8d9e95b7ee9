"""How sure a campaign's profit is: draws against closed forms, swings against the arithmetic done again."""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from dataclasses import replace
from fractions import Fraction
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.winback import Audience, Terms, simulate, sums_of
from metrics.winback_draws import FEW, SHORT, Alike, squares_of
from metrics.winback_draws import _variance as variance_of
from metrics.winback_risk import DRAWS, DRIVERS, SEED, Range, Risk, Swing, risk, tornado
from tests import winback_oracle as oracle
from tests.strategies import few
from tests.winback_oracle import Lead, Plan

TERMS = Terms(uplift=0.1, contact_cost=4.0, fixed_cost=300.0, horizon_days=180)
UNEQUAL = [Lead(0.02 * (n % 7), 200.0 + 90 * (n % 11), 10.0 * (n % 4)) for n in range(60)]
CASES = {
    "likely": (UNEQUAL, Range(0.05, 0.1, 0.2), Range(0.7, 1.0, 1.3)),
    "skewed": (UNEQUAL, Range(0.0, 0.02, 0.3), Range(0.5, 1.0, 4.0)),
    "at the edge": (UNEQUAL, Range(0.1, 0.1, 0.3), Range(0.2, 1.0, 1.0)),
    "fixed": (UNEQUAL, Range(0.1, 0.1, 0.1), Range(1.0, 1.0, 1.0)),
    "few": ([Lead(0.3, 5000.0, 500.0)] * 3, Range(0.2, 0.5, 0.6), Range(0.9, 1.0, 1.1)),
    "nobody returns anyway": ([Lead(0.0, 800.0, 0.0)] * 500, Range(0.01, 0.04, 0.09), Range(0.5, 1.0, 1.5)),
    "few of many": ([*UNEQUAL, *([Lead(0.01, 40.0, 5.0)] * 200)], Range(0.0, 0.03, 0.06), Range(0.7, 1.0, 1.3)),
    "many": (UNEQUAL * 6, Range(0.2, 0.3, 0.4), Range(0.7, 1.0, 1.3)),
}


def audience_of(leads: list[Lead]) -> Audience:
    return Audience(*(np.array([float(lead[place]) for lead in leads]) for place in range(3)))


def risk_of(leads: list[Lead], uplift: Range, value: Range, terms: Terms = TERMS, **how: int) -> Risk:
    return risk(audience_of(leads), terms, uplift, value, **how)


def plan_of(terms: Terms, uplift: float) -> Plan:
    return Plan(uplift, terms.contact_cost, terms.fixed_cost, terms.horizon_days)


def valued(leads: list[Lead], factor: float) -> list[Lead]:
    return [lead._replace(value=lead.value * factor) for lead in leads]


@pytest.mark.parametrize("name", CASES)
def test_the_mean_of_the_draws_is_what_is_expected(name):
    leads, uplift, value = CASES[name]
    found = risk_of(leads, uplift, value)
    mean_uplift, mean_value = (sum((one.low, one.likely, one.high)) / 3 for one in (uplift, value))
    assert found.expected == pytest.approx(oracle.profit(valued(leads, mean_value), plan_of(TERMS, mean_uplift)))
    profits = found.profits.tolist()
    assert len(profits) == DRAWS
    assert abs(fmean(profits) - found.expected) < 4 * pstdev(profits) / math.sqrt(DRAWS)


def drawn(leads: list[Lead], uplift: Range, value: Range, *, draws: int = 2000) -> list[float]:
    """Profits drawn customer by customer, the slow way."""
    chance, profits = random.Random(7), []
    for _ in range(draws):
        u, v = (one.likely if one.low == one.high else chance.triangular(one.low, one.high, one.likely)
                for one in (uplift, value))  # fmt: skip
        profit = -TERMS.fixed_cost - TERMS.contact_cost * len(leads)
        for lead in leads:
            if chance.random() < lead.p0:
                profit -= lead.offer
            elif chance.random() < u:
                profit += v * lead.value - lead.offer
        profits.append(profit)
    return sorted(profits)


def risk_of_equals(leads: list[Lead], uplift: Range, value: Range) -> Risk:
    return risk(Alike(audience_of(leads[:1]), len(leads)), TERMS, uplift, value)


@pytest.mark.parametrize("name", CASES)
def test_profits_are_as_likely_as_when_each_customer_is_drawn(name):
    leads, uplift, value = CASES[name]
    plain = drawn(leads, uplift, value)
    found = [risk_of(leads, uplift, value)]
    if len(set(leads)) == 1:
        found.append(risk_of_equals(leads, uplift, value))
    worst = -TERMS.fixed_cost - sum(TERMS.contact_cost + lead.offer for lead in leads)
    for one in found:
        profits = one.profits.tolist()
        assert profits[0] >= worst - 1e-9
        for share in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95):
            at = plain[int(share * len(plain))]
            # Of values that come again and again, a mean of both sides of the step; four standard errors.
            expected = (bisect_left(plain, at - 1e-6) + bisect_right(plain, at + 1e-6)) / 2 / len(plain)
            got = (bisect_left(profits, at - 1e-6) + bisect_right(profits, at + 1e-6)) / 2 / len(profits)
            assert got == pytest.approx(expected, abs=0.05)


def test_every_way_of_drawing_has_a_case():
    ways = set()
    for leads, uplift, _value in CASES.values():
        audience = audience_of(leads)
        gifts = float(audience.return_anyway @ audience.incentive)
        anyway = float(audience.return_anyway.sum())
        expected = uplift.mean * (len(leads) - anyway) + (anyway if gifts else 0)
        ways.add("short" if len(leads) <= SHORT else "few" if expected <= FEW else "many")
    assert ways == {"short", "few", "many"}


@pytest.mark.parametrize("leads", [[Lead(0.1, 100.0, 0.0)] * 10, [Lead(0.1, 100.0, 0.0)] * 300])
def test_what_costs_nothing_cannot_lose(leads):
    found = risk_of(
        leads, Range(0.05, 0.1, 0.2), Range(0.5, 1.0, 1.5), replace(TERMS, contact_cost=0.0, fixed_cost=0.0)
    )
    assert found.chance_of_loss == 0
    assert found.profits[0] >= 0


@pytest.mark.parametrize("name", CASES)
def test_the_spread_of_the_draws_is_that_of_both_ranges_and_of_chance(name):
    leads, uplift, value = CASES[name]
    found = risk_of(leads, uplift, value)
    # Of the two ranges on a grid of 60 x 60 equally likely points: within each the variance, and that of the means.
    grid = [(u, v) for u in triangular(uplift) for v in triangular(value)]
    means = [oracle_mean(leads, u, v) for u, v in grid]
    audience = squares_of(audience_of(leads))
    within = fmean(variance_of(audience, *np.array(grid).T).tolist())
    assert pstdev(found.profits.tolist()) == pytest.approx(math.sqrt(within + pstdev(means) ** 2), rel=0.03)


def triangular(one: Range, points: int = 60) -> list[float]:
    """Equally likely points of the triangular distribution."""
    if one.high == one.low:
        return [one.likely] * points
    width, peak = one.high - one.low, (one.likely - one.low) / (one.high - one.low)
    shares = [(place + 0.5) / points for place in range(points)]
    return [
        one.low + width * math.sqrt(share * peak) if share < peak
        else one.high - width * math.sqrt((1 - share) * (1 - peak))
        for share in shares
    ]  # fmt: skip


def oracle_mean(leads: list[Lead], uplift: float, value: float) -> float:
    """The profit at these figures; from sums, as 3600 points are asked of each case."""
    kept = sum((1 - lead.p0) * lead.value for lead in leads)
    offers = sum((1 - lead.p0) * lead.offer for lead in leads)
    return uplift * (value * kept - offers)


_leads = st.lists(
    st.builds(
        Lead,
        st.integers(0, 16).map(lambda parts: Fraction(parts, 16)),
        st.integers(0, 3000),
        st.integers(0, 400) | st.just(0),
    ),
    min_size=1,
    max_size=8,
)
_shares = st.integers(0, 32).map(lambda parts: Fraction(parts, 32))


@few
@given(_leads, st.lists(st.tuples(_shares, st.integers(0, 48).map(lambda parts: Fraction(parts, 16))), min_size=1))
def test_the_chance_in_who_returns_equals_the_plain_variance(leads, points):
    found = variance_of(squares_of(audience_of(leads)), *np.array(points, dtype=np.float64).T)
    scale = sum((3 * lead.value) ** 2 + lead.offer**2 for lead in leads)
    for (uplift, value), variance in zip(points, found.tolist(), strict=True):
        assert variance == pytest.approx(float(oracle.variance(leads, uplift, value)), rel=1e-9, abs=1e-12 * scale)


def test_the_spread_of_a_fixed_range_is_the_chance_in_who_returns():
    leads, uplift, value = CASES["fixed"]
    found = risk_of(leads, uplift, value)
    expected = math.sqrt(oracle.variance(leads, uplift.likely, value.likely))
    assert abs(pstdev(found.profits.tolist()) - expected) < 4 * expected / math.sqrt(2 * DRAWS)


def test_where_nothing_is_left_to_chance_all_draws_are_the_profit():
    certain = Range(1.0, 1.0, 1.0)
    found = risk_of([Lead(0.0, 100.0, 25.0)] * 10, certain, certain)
    assert set(found.profits.tolist()) == {10 * (100 - 25 - 4) - 300}
    assert found.expected == found.interval_80[0] == found.interval_90[1] == 410
    assert found.chance_of_loss == 0


def test_one_seed_gives_one_risk():
    case = CASES["likely"]
    assert risk_of(*case).profits.tolist() == risk_of(*case, seed=SEED).profits.tolist()
    assert risk_of(*case, seed=1).profits.tolist() != risk_of(*case, seed=2).profits.tolist()
    assert risk_of(*case, seed=1).tornado == risk_of(*case, seed=2).tornado
    assert risk_of(*case, draws=100).profits.size == 100


@pytest.mark.parametrize("name", CASES)
def test_intervals_and_the_chance_of_a_loss_are_those_of_the_draws(name):
    found = risk_of(*CASES[name])
    profits = found.profits.tolist()
    assert profits == sorted(profits)
    assert found.interval_90[0] <= found.interval_80[0] < found.interval_80[1] <= found.interval_90[1]
    for (low, high), share in ((found.interval_80, 0.8), (found.interval_90, 0.9)):
        # Where nobody of a short list returns, many draws are the same: those at the edges belong to the interval.
        outside = (1 - share) / 2 * DRAWS + 1
        assert sum(profit < low for profit in profits) <= outside <= sum(profit <= low for profit in profits) + 2
        assert sum(profit > high for profit in profits) <= outside <= sum(profit >= high for profit in profits) + 2
    assert found.chance_of_loss == sum(profit < 0 for profit in profits) / DRAWS


def test_a_campaign_that_may_lose_says_how_likely():
    leads, uplift, value = CASES["likely"]
    costly = replace(TERMS, fixed_cost=TERMS.fixed_cost + risk_of(leads, uplift, value).expected)
    found = risk_of(leads, uplift, value, costly)
    assert found.expected == pytest.approx(0, abs=1e-6)
    assert 0.4 < found.chance_of_loss < 0.6


# --- the tornado ---


def swing_of(leads: list[Lead], terms: Terms, uplift: Range, value: Range, driver: str) -> Swing:
    """The profit at both ends of one figure, each time from the customers themselves."""

    def at(**changes: float) -> float:
        share, factor = changes.get("response", uplift.likely), changes.get("value", value.likely)
        p0, offer = changes.get("return_anyway", 1), changes.get("incentive", 1)
        moved = [Lead(min(one.p0 * p0, 1), one.value * factor, one.offer * offer) for one in leads]
        contact, fixed = changes.get("contact_cost", 1), changes.get("fixed_cost", 1)
        changed = replace(
            terms, uplift=share, contact_cost=terms.contact_cost * contact, fixed_cost=terms.fixed_cost * fixed
        )
        return simulate(audience_of(moved), changed).profit

    own = {"response": (uplift.low, uplift.high), "value": (value.low, value.high)}
    return Swing(driver, *(at(**{driver: end}) for end in own.get(driver, (0.8, 1.2))))


_factors = st.floats(0, 1)
_rare = st.builds(Lead, st.floats(0, 0.83), st.floats(0, 3000), st.floats(0, 400))


@few
@given(st.lists(_rare, min_size=1, max_size=6), st.tuples(*[_factors] * 3), st.tuples(*[_factors] * 3))
def test_each_swing_is_the_profit_with_one_figure_moved(leads, shares, factors):
    uplift, value = Range(*sorted(shares)), Range(*sorted(2 * factor for factor in factors))
    found = tornado(sums_of(audience_of(leads)), TERMS, uplift, value)
    assert sorted(swing.driver for swing in found) == sorted(DRIVERS)
    for swing in found:
        expected = swing_of(leads, TERMS, uplift, value, swing.driver)
        assert (swing.at_low, swing.at_high) == pytest.approx((expected.at_low, expected.at_high), rel=1e-9, abs=1e-6)
    spans = [abs(swing.at_high - swing.at_low) for swing in found]
    assert spans == sorted(spans, reverse=True) == [swing.span for swing in found]


def test_the_tornado_by_hand():
    leads, certain = [Lead(0.5, 100.0, 10.0)] * 100, Range(1.0, 1.0, 1.0)
    found = risk_of(leads, Range(0.2, 0.4, 0.5), certain, TERMS).tornado
    # Likely: 20 more return and bring 2000; 70 returners cost 700, contacts 400, the start 300: 600 are left.
    assert [(one.driver, round(one.at_low, 6), round(one.at_high, 6)) for one in found] == [
        ("response", -300, 1050),
        ("return_anyway", 1060, 140),
        ("incentive", 740, 460),
        ("contact_cost", 680, 520),
        ("fixed_cost", 660, 540),
        ("value", 600, 600),
    ]


def test_nobody_returns_more_than_surely():
    leads, certain = [Lead(0.9, 100.0, 10.0)] * 100, Range(1.0, 1.0, 1.0)
    swings = {one.driver: one for one in risk_of(leads, Range(0.2, 0.4, 0.5), certain, TERMS).tornado}
    # 20% more than 0.9 would be 1.08; if all returned anyway the offers, the contacts and the start are lost.
    assert swings["return_anyway"].at_high == pytest.approx(-1000 - 400 - 300)
