"""Advice on a campaign: what helps, what speaks against it, and its plan, on days that are counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import Workspace
from metrics.advice import (
    Means,
    means_for,
    means_for_state,
    offer_hints,
    states_on_list,
)
from metrics.campaign_plan import REST_DAYS, SPOKEN, Step, plan, rest_until
from metrics.cautions import cautions
from metrics.lost_customers import lost_customers, lost_states
from metrics.lost_segments import LostState, lost_segments
from metrics.reason_codes import REASONS
from metrics.scenario import Channel, Incentive, Scenario, Subject
from metrics.simulator import estimate
from tests.factories import add, numbered, order

MONDAY = date(2026, 11, 2)


def stage(day: int, subject: Subject = "reminder", channel: Channel = "email", cost: float = 0.0) -> dict[str, Any]:
    return {"channel": channel, "subject": subject, "day": day, "unit_cost": cost, "rate": 0.05}


SERIES = [stage(0), stage(7, "novelties"), stage(21, "promo_code")]


def plain(stages: list[dict[str, Any]] | None = None, **more: Any) -> Scenario:
    """1,000 customers of whom 3% return anyway and 5% of the others per contact, each for 1,920; an order is 500."""
    audience = {"n": 1000, "p0": 0.03, "value_after_return": 1920, "average_check": 500}
    return Scenario.model_validate(
        {"audience": audience, "stages": SERIES if stages is None else stages, "margin": 0.4, **more}
    )


def codes(scenario: Scenario, start: date | None = None, last: date | None = None) -> list[str]:
    return [one.code for one in cautions(scenario, estimate(None, scenario), start, last)]


def facts(scenario: Scenario, code: str) -> dict[str, Any]:
    return next(one.facts for one in cautions(scenario, estimate(None, scenario)) if one.code == code)


def test_every_reason_and_state_has_means_and_no_means_is_idle():
    by_reason = [means_for(reason) for reason in (None, *REASONS)]
    by_state = [means_for_state(state) for state in get_args(LostState)]
    assert all(by_reason) and all(by_state)
    assert {one for many in by_reason + by_state for one in many} == set(get_args(Means))


def test_a_sound_campaign_meets_no_caution():
    assert codes(plain(incentive={"kind": "fixed", "amount": 100, "valid_days": 14})) == []


def test_a_loss_says_what_would_mend_it():
    dear = plain(incentive={"kind": "fixed", "amount": 5000})
    assert codes(dear) == ["loses", "offer_above_largest", "offer_eats_first_order"]
    found = estimate(None, dear).simulation
    assert facts(dear, "loses") == {"loss": -found.profit, "paying_size": 0, "even_for_nothing": False}
    assert facts(dear, "offer_above_largest") == {"amount": 5000, "largest": found.largest_incentive}
    assert facts(dear, "offer_eats_first_order") == {"offer": 5000, "left": 200}


def test_a_loss_even_for_nothing():
    hopeless = plain([stage(0, cost=1000)], incentive={"kind": "gift", "amount": 10})
    assert codes(hopeless) == ["loses"]
    assert facts(hopeless, "loses")["even_for_nothing"]


def test_a_list_too_short_for_its_fixed_cost_says_how_long_it_must_be():
    short = plain(fixed_cost=1_000_000)
    smallest = estimate(None, short).simulation.smallest_list
    assert codes(short) == ["loses", "short_list"]
    assert facts(short, "short_list") == {"contacted": 1000, "smallest": smallest, "fixed_cost": 1_000_000}
    audience = short.audience.model_copy(update={"n": smallest})
    assert codes(short.model_copy(update={"audience": audience})) == []


@pytest.mark.parametrize(
    ("percent", "margin", "expected"),
    [
        (20, 0.4, []),
        (21, 0.4, ["deep_percent"]),
        (40, 0.4, ["offer_eats_first_order", "deep_percent"]),
        (30, 0.3, ["offer_eats_first_order", "deep_percent"]),
        (39, 0.4, ["deep_percent"]),
        (10, None, []),
    ],
)
def test_a_percentage_against_the_margin(percent: float, margin: float | None, expected: list[str]):
    one = plain(incentive={"kind": "percent", "percent": percent, "cap": 1e6}, margin=margin)
    assert codes(one) == expected


def test_a_percentage_without_a_cap_and_one_that_the_cap_keeps_small():
    assert codes(plain(incentive={"kind": "percent", "percent": 10})) == ["no_cap"]
    assert codes(plain(incentive={"kind": "percent", "percent": 50, "cap": 100})) == ["deep_percent"]
    assert codes(plain(incentive={"kind": "commission", "percent": 10})) == []


def test_most_of_the_offers_go_to_those_who_would_come_anyway():
    audience = {"n": 1000, "p0": 0.2, "value_after_return": 50_000, "average_check": 5000}
    one = plain([stage(0, cost=1.1), stage(9, cost=2.3)], audience=audience, contact_cost=0.7, fixed_cost=100,
                incentive={"kind": "fixed", "amount": 100})  # fmt: skip
    assert codes(one) == ["most_return_anyway"]
    because = 800 * (1 - 0.95**2)
    assert facts(one, "most_return_anyway") == {
        "gift": pytest.approx(20_000), "share": pytest.approx(200 / (200 + because)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([stage(0), stage(5)], []),
        ([stage(4), stage(0)], [("email", 4)]),
        ([stage(0), stage(0)], [("email", 0)]),
        ([stage(0), stage(1, channel="sms"), stage(2, channel="call"), stage(7)], []),
        ([stage(0), stage(9), stage(10), stage(0, channel="sms"), stage(2, channel="sms")], [("email", 1), ("sms", 2)]),
    ],
)
def test_contacts_by_one_channel_keep_their_distance(stages: list[dict[str, Any]], expected: list[tuple[str, int]]):
    one = plain(stages)
    found = [each.facts for each in cautions(one, estimate(None, one)) if each.code == "too_frequent"]
    assert [(each["channel"], each["days"]) for each in found] == expected


def test_an_offer_that_is_over_before_it_is_spoken_of():
    offer = {"kind": "fixed", "amount": 100, "valid_days": 10}
    late = [stage(0, "promo_code"), stage(7, "novelties"), stage(15, "reminder")]
    assert codes(plain(late, incentive=offer)) == ["offer_ends_before_stage"]
    assert facts(plain(late, incentive=offer), "offer_ends_before_stage") == {"days": 5}
    assert codes(plain(late[:2], incentive={**offer, "valid_days": 1})) == []
    assert codes(plain(incentive={**offer, "valid_days": 1})) == []


def test_a_horizon_that_ends_before_the_last_contact():
    assert codes(plain(horizon_days=21)) == ["horizon_before_stage"]
    assert codes(plain(horizon_days=22)) == []


def test_the_cool_down_after_an_earlier_contact():
    one = plain()
    assert codes(one, MONDAY, MONDAY - timedelta(days=REST_DAYS - 1)) == ["cool_down"]
    assert codes(one, MONDAY, MONDAY - timedelta(days=REST_DAYS)) == []
    assert codes(one, MONDAY) == []


def test_hints_about_the_offer():
    assert offer_hints(Incentive()) == ()
    assert offer_hints(Incentive(kind="percent", percent=10)) == ("sum_not_percent", "name_an_end")
    assert offer_hints(Incentive(kind="gift", amount=10, valid_days=7)) == ()
    assert offer_hints(Incentive(kind="commission", percent=10)) == ()


def test_the_plan_day_by_day():
    one = plain(incentive={"kind": "fixed", "amount": 100, "valid_days": 14})
    assert plan(one, MONDAY) == (
        Step(date(2026, 11, 2), one.stages[0], "after_noon"),
        Step(date(2026, 11, 9), one.stages[1], "news"),
        Step(date(2026, 11, 23), one.stages[2], "promotion", offer_until=date(2026, 12, 7)),
        Step(date(2027, 5, 1)),
    )
    assert rest_until(plan(one, MONDAY)) == date(2027, 5, 24)


def test_calls_wait_for_monday_and_letters_do_not():
    saturday = MONDAY - timedelta(days=2)
    calls = plain([stage(0, channel="call"), stage(1, channel="meeting"), stage(1, "novelties"), stage(1, "promo_code",
                  "mail")])  # fmt: skip
    found = plan(calls, saturday)
    assert [(step.on, step.stage.channel, step.hours, step.is_moved) for step in found if step.stage] == [
        (date(2026, 11, 1), "email", "news", False),
        (date(2026, 11, 1), "mail", None, False),
        (MONDAY, "call", "working", True),
        (MONDAY, "meeting", "working", True),
    ]


def test_a_result_alone_has_nothing_to_plan_but_its_measure():
    only = Scenario.model_validate({"audience": {"n": 10, "p0": 0.1, "p1": 0.2, "value_after_return": 5}})
    assert plan(only, MONDAY) == (Step(MONDAY + timedelta(days=180)),)
    assert rest_until(plan(only, MONDAY)) is None


@given(
    st.lists(st.tuples(st.integers(0, 730), st.sampled_from(get_args(Channel)), st.sampled_from(get_args(Subject))),
             min_size=1, max_size=10),
    st.integers(1, 730),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_every_plan_is_in_order_and_ends_with_its_measure(stages, horizon: int, start: date):
    one = plain([stage(day, subject, channel) for day, channel, subject in stages], horizon_days=horizon)
    steps = plan(one, start)
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert [step.stage is None for step in steps] == [False] * len(stages) + [True]
    for step in steps[:-1]:
        assert 0 <= (step.on - start).days - step.stage.day <= 2 * step.is_moved
        assert step.stage.channel not in SPOKEN or step.on.weekday() < 5


@pytest.fixture
def forty(tmp_path):
    """Forty lost customers, every fourth of them for the second time; the last order is of somebody who stays."""
    rows = [order(f"c{n:02d}", f"2024-0{1 + n % 6}-01", 100 + n) for n in range(40)]
    rows += [order(f"c{n:02d}", "2023-01-01", 100) for n in range(0, 40, 4)]
    rows += [order("stays", "2024-10-01", 50)]
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, numbered(rows))
        workspace.update(lost_after_days=60)
        yield workspace


def test_states_on_the_list_are_those_of_the_contacted(forty):
    scenario = plain(audience={"segment": "lost", "skip_lost_twice": False})
    found = estimate(forty, scenario)
    states = states_on_list(found, 60)
    assert sum(states.values()) == found.size == 40
    assert states["lost_twice"] == 10
    skipping = estimate(forty, plain(audience={"segment": "lost"}))
    assert states_on_list(skipping, 60) == {state: n for state, n in states.items() if state != "lost_twice"}
    assert states_on_list(replace(found, size=0), 60) == {}
    assert states_on_list(estimate(None, plain()), 60) == {}


def test_each_lost_customer_is_in_one_state_and_segments_choose_by_it(forty):
    everybody = lost_customers(forty, 60)
    masks = lost_states(everybody, 60)
    assert (np.sum(list(masks.values()), axis=0) == 1).all()
    fresh = lost_customers(forty, 60, lost_segments()["freshly_lost"])
    assert fresh.silence.size == masks["freshly_lost"].sum()


def test_the_offer_is_held_against_the_orders_of_the_contacted(forty):
    segment = {"segment": "lost"}
    checks = estimate(forty, plain(audience=segment))
    mean = float(checks.customers.check_amount[checks.chosen].mean())
    for amount, expected in ((0.4 * mean, True), (0.39 * mean, False)):
        one = plain(audience=segment, incentive={"kind": "fixed", "amount": amount})
        found = [each.code for each in cautions(one, estimate(forty, one))]
        assert ("offer_eats_first_order" in found) == expected


def test_a_shorter_list_that_would_pay_is_named(forty):
    one = plain([stage(0, cost=0.6)], audience={"segment": "lost"})
    found = estimate(forty, one)
    assert found.simulation.profit < 0 < found.recommended_size < found.size
    (loss,) = [each.facts for each in cautions(one, found) if each.code == "loses"]
    assert loss["paying_size"] == found.recommended_size


def test_no_longer_list_is_asked_for_where_a_shorter_one_pays(forty):
    one = plain([stage(0, cost=0.5)], audience={"segment": "lost"}, fixed_cost=2.7536)
    found = estimate(forty, one)
    assert 0 < found.recommended_size < found.size < found.simulation.smallest_list
    assert [each.code for each in cautions(one, found)] == ["loses"]


def test_an_empty_list_is_not_warned_of(forty):
    one = plain(audience={"segment": "lost"}, budget=0, contact_cost=1, incentive={"kind": "percent", "percent": 90})
    found = estimate(forty, one)
    assert found.size == 0
    assert cautions(one, found, MONDAY, MONDAY) == ()
