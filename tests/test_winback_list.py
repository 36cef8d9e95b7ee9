"""Whom a campaign contacts: the ranking, its grades and its cuts against the slow oracle and by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.winback import Audience, Terms
from metrics.winback_list import BARRED, GRADE_OF_REASON, GRADES, REASONS, Ranking, rank
from tests import winback_oracle as oracle
from tests.strategies import many
from tests.winback_oracle import Candidate, Lead, Plan

# Few different values: equal profits are common; all of them are exact in binary.
_leads = st.builds(
    Lead,
    st.integers(0, 4).map(lambda parts: Fraction(parts, 4)),
    st.sampled_from([0, 40, 40, 100, 1000]),
    st.sampled_from([0, 0, 20, 60]),
)
_candidates = st.lists(
    st.builds(
        Candidate,
        _leads,
        st.integers(1, 3),
        st.sampled_from([None, None, None, None, *BARRED]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=14,
)
_plans = st.builds(
    Plan,
    st.integers(0, 4).map(lambda parts: Fraction(parts, 8)),
    st.sampled_from([0, 5, Fraction(25, 2)]),
    st.sampled_from([0, 10, 50, 300]),
)


def rank_of(candidates: Sequence[Candidate], plan: Plan) -> Ranking:
    leads = [one.lead for one in candidates]
    columns = [np.array([float(lead[place]) for lead in leads]) for place in range(3)]
    return rank(
        Audience(*columns),
        Terms(float(plan.uplift), float(plan.contact), float(plan.fixed), plan.days),
        np.array([one.order_days for one in candidates], np.int64),
        {reason: np.array([one.barred == reason for one in candidates], np.bool_) for reason in BARRED},
        np.array([one.is_strategic for one in candidates], np.bool_),
    )


def reasons_of(ranking: Ranking) -> list[str]:
    return [REASONS[code] for code in ranking.reason]


def worth(*profits: float) -> list[Candidate]:
    """Customers who would not return anyway, and bring so much each when all of them do (`CERTAIN`)."""
    return [Candidate(Lead(0, profit, 0)) for profit in profits]


CERTAIN = Plan(1, 0, 0)


@many
@given(_candidates, _plans)
def test_the_ranking_equals_the_oracle(candidates, plan):
    found, expected = rank_of(candidates, plan), oracle.ranking(candidates, plan)
    assert found.order.tolist() == expected
    assert found.expected_profit.tolist() == [oracle.expected_profit(one.lead, plan) for one in candidates]
    cuts = [[candidates[place].lead for place in expected[:size]] for size in range(1, len(expected) + 1)]
    assert found.profit.tolist() == [oracle.profit(cut, plan) for cut in cuts]
    assert found.cost.tolist() == [oracle.cost(cut, plan) for cut in cuts]


@many
@given(_candidates, _plans)
def test_reasons_and_grades_equal_the_oracle(candidates, plan):
    found, expected = rank_of(candidates, plan), oracle.reasons(candidates, plan)
    assert reasons_of(found) == expected
    for grade in GRADES:
        assert found.count(grade) == sum(oracle.GRADES[reason] == grade for reason in expected)


@many
@given(_candidates, _plans)
def test_the_recommended_size_is_the_best_of_all_cuts(candidates, plan):
    assert rank_of(candidates, plan).recommended_size == oracle.recommended_size(candidates, plan)


@many
@given(_candidates, _plans, st.integers(0, 900))
def test_a_budget_pays_for_the_cut_and_for_nobody_more(candidates, plan, budget):
    found = rank_of(candidates, plan)
    size = found.size_within(budget)
    order = [candidates[place].lead for place in oracle.ranking(candidates, plan)]
    assert size == 0 or oracle.cost(order[:size], plan) <= budget
    assert size == len(order) or oracle.cost(order[: size + 1], plan) > budget


def test_a_budget_of_exactly_the_cost_is_enough():
    # 0.1 + 0.1 + 0.1 is a little more than 0.3.
    found = rank_of(worth(3, 2, 1), Plan(1, 0.1, 0))
    assert [found.size_within(budget) for budget in (0.0, 0.099, 0.1, 0.299, 0.3, 1e12)] == [0, 0, 1, 2, 3, 3]


def test_every_reason_has_a_grade():
    assert GRADE_OF_REASON == oracle.GRADES
    assert tuple(GRADE_OF_REASON) == REASONS
    assert set(GRADE_OF_REASON.values()) == set(GRADES)
    assert {reason for reason, grade in GRADE_OF_REASON.items() if grade in {"never", "not_now"}} == set(BARRED)


def test_grades_by_hand():
    # Of 100 in all, 0, 50, 80, 90 and 95 are brought by those before.
    found = rank_of(worth(5, 50, 10, 0, 30, 5, -7), CERTAIN)
    too_little = "brings_less_than_it_costs"
    assert reasons_of(found) == ["next_15", "first_80", "next_15", too_little, "first_80", "last_5", too_little]
    assert [found.count(grade) for grade in GRADES] == [2, 2, 1, 2, 0, 0]
    assert found.order.tolist() == [1, 4, 2, 0, 5, 3, 6]
    assert found.profit.tolist() == [50, 80, 90, 95, 100, 100, 93]
    assert found.recommended_size == 5


def test_one_customer_who_brings_more_than_80_percent_is_all_of_grade_a():
    assert reasons_of(rank_of(worth(99, 1), CERTAIN)) == ["first_80", "last_5"]
    assert reasons_of(rank_of(worth(1), CERTAIN)) == ["first_80"]


def test_with_equal_profit_more_order_days_come_first():
    leads = [one.lead for one in worth(10, 20, 10, 10)]
    candidates = [Candidate(lead, days) for lead, days in zip(leads, (1, 1, 5, 2), strict=True)]
    assert rank_of(candidates, CERTAIN).order.tolist() == [1, 2, 3, 0]
    assert rank_of(candidates[::-1], CERTAIN).order.tolist() == [2, 1, 0, 3]


def test_strategic_customers_are_grade_a_and_first_whatever_they_bring():
    plain = worth(100, 60, -30)
    found = rank_of([*plain[:2], plain[2]._replace(is_strategic=True)], CERTAIN)
    assert reasons_of(found) == ["first_80", "first_80", "strategic"]
    assert (found.order.tolist(), found.profit.tolist(), found.count("A")) == ([2, 0, 1], [-30, 70, 130], 3)
    assert found.recommended_size == 3
    # Without them the list would be shorter by one, and bring more.
    assert rank_of(plain, CERTAIN).recommended_size == 2


def test_who_is_never_contacted_is_not_ranked_even_when_strategic():
    found = rank_of([one._replace(barred="problem", is_strategic=True) for one in worth(100)] + worth(1), CERTAIN)
    assert (found.order.tolist(), reasons_of(found)) == ([1], ["problem", "first_80"])


@pytest.mark.parametrize("first", range(len(BARRED)))
def test_of_several_reasons_never_to_contact_the_first_is_named(first):
    audience = Audience(*(np.zeros(1) for _ in range(3)))
    never = {reason: np.array([place >= first]) for place, reason in enumerate(BARRED)}
    found = rank(audience, Terms(0.5, 0.0, 0.0, 180), np.ones(1, np.int64), dict(reversed(never.items())))
    assert reasons_of(found) == [
        ("excluded", "opted_out", "problem", "lost_twice", "held_out", "contacted_lately")[first]
    ]


def test_a_fixed_cost_that_no_list_earns_recommends_nobody():
    assert rank_of(worth(30, 20), CERTAIN._replace(fixed=50)).recommended_size == 0
    assert rank_of(worth(30, 20), CERTAIN._replace(fixed=49)).recommended_size == 2
    assert rank_of(worth(-1, -2), CERTAIN).recommended_size == 0


def test_nobody_is_ranked_of_nobody():
    found = rank_of([], Plan(1, 1, 100))
    assert (found.recommended_size, found.size_within(1e12), found.order.size) == (0, 0, 0)
    assert [found.count(grade) for grade in GRADES] == [0, 0, 0, 0, 0, 0]
