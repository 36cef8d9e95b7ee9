"""The money of a campaign: the worked example, the slow oracle, and what must hold for any list."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from metrics.winback import Audience, Simulation, Terms, profit_of, response_of, simulate, sums_of
from tests import winback_oracle as oracle
from tests.strategies import few, many
from tests.winback_oracle import Lead, Plan

EXAMPLE = Lead(0.03, 1920.0, 300.0)
TERMS = Terms(uplift=0.05 / 0.97, contact_cost=5.0, fixed_cost=20_000.0, horizon_days=180)

# Chances in sixteenths and money in quarters are exact in binary: sums come out to the last digit on both sides.
_chances = st.integers(0, 16).map(lambda parts: Fraction(parts, 16))
_uplifts = st.integers(0, 32).map(lambda parts: Fraction(parts, 32))
_leads = st.builds(Lead, _chances, st.integers(0, 3000), st.integers(0, 400) | st.just(0))
_lists = st.lists(_leads, max_size=7) | st.builds(lambda lead, n: [lead] * n, _leads, st.integers(1, 40))
_plans = st.builds(
    Plan,
    _uplifts,
    st.integers(0, 80).map(lambda quarters: Fraction(quarters, 4)),
    st.just(0) | st.integers(0, 500) | st.integers(0, 30_000),
    st.sampled_from([1, 2, 30, 180, 730]),
)


class Case(NamedTuple):
    """A list and a plan, as the oracle and as the product take them."""

    leads: list[Lead]
    plan: Plan

    @property
    def audience(self) -> Audience:
        columns = zip(*self.leads, strict=True) if self.leads else ([], [], [])
        return Audience(*(np.array([float(value) for value in column]) for column in columns))

    @property
    def terms(self) -> Terms:
        return Terms(float(self.plan.uplift), float(self.plan.contact), float(self.plan.fixed), self.plan.days)

    def simulate(self, **changes: float) -> Simulation:
        return simulate(self.audience, replace(self.terms, **changes))


_cases = st.builds(Case, _lists, _plans)
_paying = st.lists(_leads.filter(lambda lead: lead.offer < lead.value and lead.p0 < 1), min_size=1, max_size=7)
_paying_cases = st.builds(Case, _paying, _plans)


def of_example(n: int = 1000, lead: Lead = EXAMPLE, **changes: float) -> Simulation:
    return simulate(Audience(*(np.full(n, value) for value in lead)), replace(TERMS, **changes))


def test_the_worked_example():
    found = of_example()
    assert asdict(found) == {
        "contacted": 1000,
        "return_anyway": pytest.approx(30),
        "return_because": pytest.approx(50),
        "cost": pytest.approx(49_000),
        "incremental_margin": pytest.approx(96_000),
        "profit": pytest.approx(47_000),
        "roi": pytest.approx(47 / 49),
        "naive_roi": pytest.approx(104.6 / 49),
        "break_even_uplift": pytest.approx(34 / 1620),
        "break_even_response": pytest.approx(0.03 + 34 / 1620),
        "largest_incentive": pytest.approx(887.5),
        "largest_contact_cost": pytest.approx(52),
        "smallest_list": 299,
        "gift_to_those_who_would_come": pytest.approx(9_000),
        "payback_days": 63,  # 400 a day come in, 25,000 are spent
        "undefined": {},
    }
    assert (f"{found.roi:.1%}", f"{found.naive_roi:.1%}") == ("95.9%", "213.5%")
    assert f"{100 * found.break_even_uplift:.2f}" == "2.10"


def test_the_smallest_list_and_the_payback_day_are_just_enough():
    assert of_example(298).profit < 0 <= of_example(299).profit
    assert of_example(horizon_days=180, fixed_cost=67_000.0).payback_days == 180
    assert of_example(horizon_days=180, fixed_cost=67_001.0).payback_days is None


def test_whole_figures_are_not_pushed_up_by_binary_fractions():
    # A tenth per customer, or ten of them over ten days, against 0.1 + 0.2, which is a little more than 0.3.
    found = of_example(10, Lead(0.0, 1.0, 0.0), uplift=0.1, contact_cost=0.0, fixed_cost=0.1 + 0.2, horizon_days=10)
    assert (found.smallest_list, found.payback_days) == (3, 3)
    found = of_example(10, Lead(0.0, 1.0, 0.0), uplift=0.1, contact_cost=0.0, fixed_cost=0.31, horizon_days=10)
    assert (found.smallest_list, found.payback_days) == (4, 4)


@many
@given(_cases)
def test_all_figures_equal_the_plain_loop(case):
    found, expected = asdict(case.simulate()), oracle.figures(case.leads, case.plan)
    undefined = found.pop("undefined")
    assert undefined.keys() == {name for name, value in expected.items() if value is None}
    scale = 1 + abs(float(expected["cost"])) + abs(float(expected["incremental_margin"]))
    for name, value in expected.items():
        if value is None or isinstance(value, int):
            assert found[name] == value, name
        else:
            rough = 1e-12 * scale if name in {"cost", "incremental_margin", "profit"} else 1e-9
            assert found[name] == pytest.approx(float(value), rel=1e-9, abs=rough), name


@few
@given(_cases)
def test_without_uplift_all_that_is_spent_is_lost(case):
    found = case.simulate(uplift=0.0)
    assert found.profit == -found.cost
    assert (found.return_because, found.incremental_margin) == (0, 0)
    if found.cost:
        assert found.roi == -1


@many
@given(_paying_cases)
def test_at_the_break_even_uplift_nothing_is_won_or_lost(case):
    lift = case.simulate().break_even_uplift
    assume(lift is not None)
    others = sum(1 - float(lead.p0) for lead in case.leads)
    found = case.simulate(uplift=lift * len(case.leads) / others)
    assert abs(found.profit) <= 1e-6 * max(found.cost, 1e-6)
    assert (found.return_anyway + found.return_because) / found.contacted == pytest.approx(found.break_even_response)


@few
@given(_cases)
def test_at_the_largest_prices_nothing_is_won_or_lost(case):
    found = case.simulate()
    margin = max(found.incremental_margin, 1e-6)
    if found.largest_contact_cost is not None:
        assert abs(case.simulate(contact_cost=found.largest_contact_cost).profit) <= 1e-9 * margin
    if found.largest_incentive is not None:
        offered = replace(case.audience, incentive=np.full(len(case.leads), found.largest_incentive))
        assert abs(simulate(offered, case.terms).profit) <= 1e-9 * margin


@few
@given(_paying_cases, st.integers(1, 10))
def test_a_higher_rate_or_value_brings_more(case, more):
    assume(case.plan.uplift < 1)
    higher = float(case.plan.uplift) + (1 - float(case.plan.uplift)) * more / 16
    assert case.simulate(uplift=higher).profit > case.simulate().profit
    richer = Case([lead._replace(value=lead.value * (1 + more)) for lead in case.leads], case.plan)
    if case.plan.uplift:
        assert richer.simulate().profit > case.simulate().profit
    else:
        assert richer.simulate().profit == case.simulate().profit


@few
@given(_paying_cases, st.integers(1, 1000))
def test_a_higher_cost_or_offer_brings_less(case, more):
    found = case.simulate()
    assert case.simulate(fixed_cost=float(case.plan.fixed) + more).profit == found.profit - more
    dearer = case.simulate(contact_cost=float(case.plan.contact) + more)
    assert dearer.profit == found.profit - more * len(case.leads)
    generous = Case([lead._replace(offer=lead.offer + more) for lead in case.leads], case.plan).simulate()
    returners = found.return_anyway + found.return_because
    assert generous.profit == found.profit - more * returners
    assert generous.gift_to_those_who_would_come == found.gift_to_those_who_would_come + more * found.return_anyway


@few
@given(_cases)
def test_twice_the_audience_is_twice_all_but_the_fixed_cost(case):
    one, two = case.simulate(), Case(case.leads * 2, case.plan).simulate()
    fixed = float(case.plan.fixed)
    for name in ("contacted", "return_anyway", "return_because", "incremental_margin", "gift_to_those_who_would_come"):
        assert getattr(two, name) == 2 * getattr(one, name), name
    assert (two.cost - fixed, two.profit + fixed) == (2 * (one.cost - fixed), 2 * (one.profit + fixed))
    assert two.smallest_list == one.smallest_list


@many
@given(_cases)
def test_the_money_is_back_within_the_horizon_just_when_nothing_is_lost(case):
    found = case.simulate()
    assume(case.plan.fixed + case.plan.contact * len(case.leads) > 0)
    assert (found.payback_days is not None) == (found.profit >= 0)
    if found.payback_days is not None:
        assert 1 <= found.payback_days <= case.plan.days


@few
@given(_cases, st.randoms(use_true_random=False))
def test_the_order_of_the_customers_does_not_matter(case, chance):
    shuffled = chance.sample(case.leads, len(case.leads))
    assert Case(shuffled, case.plan).simulate() == case.simulate()


_tiny_or_large = st.floats(0, 1e12) | st.sampled_from([0.0, 5e-324, 1e-310, 1e-300, 1e12])
_any_chance = st.floats(0, 1) | st.sampled_from([0.0, 5e-324, 1e-17, 1 - 2**-53, 1.0])


@many
@example([(0.5, 1e12, 0.0)], Terms(0.5, 5e-324, 0.0, 1))
@example([(0.0, 1e-300, 0.0)], Terms(1.0, 0.0, 1e12, 1))
@given(
    st.lists(st.tuples(_any_chance, _tiny_or_large, _tiny_or_large), max_size=4),
    st.builds(Terms, _any_chance, _tiny_or_large, _tiny_or_large, st.integers(1, 730)),
)
def test_no_figure_is_ever_infinite_or_not_a_number(customers, terms):
    columns = np.array(customers, dtype=np.float64).reshape(-1, 3).T
    found = asdict(simulate(Audience(*columns), terms))
    undefined = found.pop("undefined")
    assert undefined.keys() == {name for name, value in found.items() if value is None}
    assert all(isinstance(code, str) and code for code in undefined.values())
    assert all(math.isfinite(value) for value in found.values() if value is not None)


NOBODY = {
    "roi": "no_cost", "naive_roi": "no_cost", "largest_incentive": "nobody_returns", "payback_days": "no_cost",
    "break_even_uplift": "no_customers", "break_even_response": "no_customers",
    "largest_contact_cost": "no_customers", "smallest_list": "no_customers",
}  # fmt: skip
LOSES_ALWAYS = {
    "break_even_uplift": "offer_eats_value", "break_even_response": "offer_eats_value",
    "smallest_list": "every_contact_loses", "payback_days": "not_within_horizon",
}  # fmt: skip


@pytest.mark.parametrize(
    ("n", "lead", "changes", "undefined"),
    [
        (0, EXAMPLE, {"fixed_cost": 0.0}, NOBODY),
        (0, EXAMPLE, {}, {**NOBODY, "payback_days": "not_within_horizon", "roi": None, "naive_roi": None}),
        (1000, Lead(0.03, 1920.0, 1920.0), {}, {**LOSES_ALWAYS, "largest_contact_cost": "pays_at_no_price"}),
        (10, Lead(0.03, 1920.0, 100.0), {},
         {"break_even_uplift": "beyond_everyone", "break_even_response": "beyond_everyone",
          "largest_incentive": "pays_at_no_price", "largest_contact_cost": "pays_at_no_price",
          "payback_days": "not_within_horizon"}),
        (10, Lead(0.0, 1920.0, 0.0), {"uplift": 0.0, "contact_cost": 0.0, "fixed_cost": 0.0},
         {"roi": "no_cost", "naive_roi": "no_cost", "largest_incentive": "nobody_returns",
          "smallest_list": "every_contact_loses", "payback_days": "no_cost"}),
        (1000, EXAMPLE, {"contact_cost": 200.0, "fixed_cost": 0.0},
         {"largest_incentive": "pays_at_no_price", "smallest_list": "every_contact_loses",
          "payback_days": "not_within_horizon"}),
    ],
)  # fmt: skip
def test_why_there_is_no_figure(n, lead, changes, undefined):
    found = of_example(n, lead, **changes)
    assert found.undefined == {name: code for name, code in undefined.items() if code}
    assert all(getattr(found, name) is None for name in found.undefined)


@few
@given(_cases)
def test_the_profit_alone_is_the_profit_of_all_figures(case):
    assert profit_of(sums_of(case.audience), case.terms) == case.simulate().profit


def test_stages_add_up_as_chances_do():
    assert response_of([]) == 0
    assert response_of([(0.5, 0.1)]) == pytest.approx(0.05)
    assert response_of([(1.0, 0.5), (1.0, 0.5)]) == 0.75
    assert response_of([(1.0, 1.0), (0.3, 0.2)]) == 1
    assert response_of([(0.8, 0.1), (0.5, 0.2), (0.0, 0.9)]) == pytest.approx(1 - 0.92 * 0.9)
