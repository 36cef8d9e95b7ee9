"""Campaigns simulated over workspaces: who is in a segment and what it brings, against the slow oracle and by hand."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dashboard.shops import load_shop
from metrics import WinbackError, returns, second_life, simulator
from metrics.contacted import COOL_DOWN_DAYS
from metrics.export_log import mark_contacted, unmark_contacted
from metrics.lost_segments import LostSegment, lost_segments
from metrics.scenario import TAGS, Scenario
from metrics.scenario_presets import PRESETS, preset_incentive, preset_stages, unit_cost
from metrics.settings import Settings
from metrics.simulator import Estimate, estimate
from metrics.suppression import release, suppress
from metrics.winback_list import REASONS
from metrics.winback_people import listed
from metrics.workspace import Workspace
from sample_data import sample_files
from tests import winback_oracle as oracle
from tests.factories import add, day, holding, numbered, order, reading_of
from tests.oracle import Row, Shop
from tests.strategies import cases, days_around, few
from tests.test_guard import log
from tests.test_people import add_people, table
from tests.winback_oracle import Candidate, Comebacks, Lead, Plan

EMAIL = {"channel": "email", "unit_cost": 2.0, "rate": 0.25}
PLAIN = {"n": 1000, "p0": 0.03, "p1": 0.08, "value_after_return": 1920.0}
small_histories = (
    mock.patch.object(returns, "LEAST_AT_RISK", 2),
    mock.patch.object(second_life, "LEAST_RETURNERS", 1),
)


def scenario(segment: str | LostSegment | dict[str, Any] = "lost", **changes: Any) -> Scenario:
    audience = {"segment": segment} | {
        name: changes.pop(name) for name in ("min_orders", "skip_lost_twice", "skip_problems") if name in changes
    }
    return Scenario.model_validate({"audience": audience, "stages": [EMAIL], **changes})


def plain(audience: dict[str, Any] | None = None, **changes: Any) -> Scenario:
    return Scenario.model_validate({"audience": {**PLAIN, **(audience or {})}, **changes})


def ids(workspace: Workspace) -> dict[int, str]:
    """Customer key -> id."""
    with workspace._connection.cursor() as cursor:
        found = cursor.execute("select distinct hash(customer_id), customer_id from current_orders").fetchall()
    return dict(found)


def customers_of(workspace: Workspace, found: Estimate) -> list[str]:
    names = ids(workspace)
    return [names[key] for key in found.customers.customer.tolist()]


def chosen_of(workspace: Workspace, found: Estimate) -> list[str]:
    names = customers_of(workspace, found)
    return [names[place] for place in found.chosen.tolist()]


def reasons_of(workspace: Workspace, found: Estimate) -> dict[str, str]:
    codes = found.ranking.reason.tolist()
    return {who: REASONS[code] for who, code in zip(customers_of(workspace, found), codes, strict=True)}


def offers_of(workspace: Workspace, found: Estimate) -> dict[str, float]:
    return dict(zip(customers_of(workspace, found), found.audience.incentive.tolist(), strict=True))


def same_figures(found: Estimate, leads: Sequence[Lead], plan: Plan, names: Iterable[str], rel: float = 1e-9) -> None:
    expected = oracle.figures(leads, plan)
    scale = abs(expected["cost"]) + abs(expected["incremental_margin"])
    for name in names:
        value = expected[name]
        is_unknown = not found.basis.is_anyway_known and name in UNKNOWN and found.size
        if value is None or is_unknown:
            assert name in found.simulation.undefined
            assert getattr(found.simulation, name) is None
            continue
        rough = rel * scale if name == "profit" else 1e-9
        assert getattr(found.simulation, name) == pytest.approx(value, rel=rel, abs=rough), name


UNKNOWN = {"return_anyway", "naive_roi", "break_even_uplift", "break_even_response", "gift_to_those_who_would_come"}
"""Undefined where nothing is known of who returns anyway."""
SUMS = ("contacted", "return_anyway", "return_because", "cost", "incremental_margin", "profit",
        "gift_to_those_who_would_come")  # fmt: skip


# -- plain numbers ------------------------------------------------------------------------------------------------


def test_the_worked_example_as_a_scenario():
    found = estimate(None, plain(contact_cost=5, fixed_cost=20_000, incentive={"kind": "fixed", "amount": 300}))
    figures = found.simulation
    assert (figures.contacted, figures.smallest_list, found.size, found.recommended_size) == (1000, 299, 1000, 1000)
    assert (figures.cost, figures.profit) == pytest.approx((49_000, 47_000))
    assert (figures.roi, figures.naive_roi) == pytest.approx((0.9592, 2.1347), abs=5e-5)
    assert (100 * figures.break_even_uplift, figures.largest_incentive) == pytest.approx((2.10, 887.5), abs=5e-3)
    assert found.risk.expected == pytest.approx(47_000)
    assert (found.basis.second_life, found.ranking, found.customers, found.chosen.size) == (None, None, None, 0)


@few
@given(
    st.integers(1, 300),
    st.floats(0, 1),
    st.floats(0, 0.9),
    st.floats(0, 3000),
    st.floats(0, 900),
    st.floats(0, 1e5),
    st.sampled_from(["all", "recommended"]),
    st.none() | st.floats(0, 2e5),
)
def test_equal_customers_equal_the_plain_loop(n, p0, rate, value, offer, fixed, list_size, budget):
    found = estimate(
        None,
        plain(
            {"n": n, "p0": p0, "p1": None, "value_after_return": value},
            stages=[{"channel": "sms", "unit_cost": 3, "reach": 0.5, "rate": rate}],
            contact_cost=1,
            incentive={"kind": "gift", "amount": offer},
            fixed_cost=fixed,
            list_size=list_size,
            budget=budget,
        ),
    )
    plan = Plan(rate / 2, 4, fixed)
    leads = [Lead(p0, value, offer)] * n
    size = n if list_size == "all" or oracle.profit(leads, plan) > 0 else 0
    if budget is not None:
        size = max((few for few in range(size + 1) if oracle.cost(leads[:few], plan) <= budget), default=0)
    assert found.size == found.simulation.contacted == size
    assert found.recommended_size in (0, n)
    same_figures(found, leads[:size], plan if size else plan._replace(fixed=0), SUMS)


def test_a_budget_below_the_fixed_cost_pays_for_nobody():
    free = plain({"p1": 0.08}, fixed_cost=1000, budget=500)
    assert (estimate(None, free).size, estimate(None, free).simulation.cost) == (0, 0)
    assert estimate(None, plain({"p1": 0.08}, fixed_cost=1000, budget=1000)).size == 1000


def test_an_offer_of_plain_numbers_is_a_share_of_their_average_order():
    def gift(**incentive: Any) -> float:
        found = estimate(None, plain({"average_check": 500.0}, incentive=incentive))
        return found.simulation.gift_to_those_who_would_come / 30

    assert gift(kind="percent", percent=10) == pytest.approx(50)
    assert gift(kind="percent", percent=10, cap=20) == pytest.approx(20)
    assert gift(kind="commission", percent=4, cap=30) == pytest.approx(20)
    assert gift(kind="delivery", amount=7) == pytest.approx(7)
    assert gift(kind="none") == 0


# -- segments against the plain loop ------------------------------------------------------------------------------

PRESET_CONDITIONS = {
    "lost": lambda state, silence, orders: True,
    "freshly_lost": lambda state, silence, orders: state == "freshly_lost",
    "silent_3_6_months": lambda state, silence, orders: 90 <= silence <= 180,
    "silent_1_2_years": lambda state, silence, orders: 365 <= silence <= 730 and orders >= 2,
    "best_of_lost": lambda state, silence, orders: True,
    "one_time": lambda state, silence, orders: orders == 1,
}


def members(comebacks: Comebacks, segment: str) -> list[str]:
    """The customers of a preset segment."""
    holds = PRESET_CONDITIONS[segment]
    return [
        who
        for who in comebacks.lost()
        if holds(comebacks.state(who), comebacks.silence(who), len(comebacks.orders(who)))
    ]


def lead_of(comebacks: Comebacks, who: str, horizon: int, margin: float, percent: float = 0, cap: float = 1e9) -> Lead:
    ratio = comebacks.second_life(horizon)[0]
    value = float(comebacks.yearly_value(who)) * ratio * margin
    offer = min(float(comebacks.average_order(who)) * percent / 100, cap)
    return Lead(comebacks.p0(who, horizon)[0], value, offer)


@pytest.fixture(autouse=True, scope="module")
def _no_patch_is_left() -> Iterator[None]:
    yield
    assert (returns.LEAST_AT_RISK, second_life.LEAST_RETURNERS) == (30, 30)


@few
@given(
    cases(customers=9),
    st.sampled_from([1, 30, 90, 365]),
    st.sampled_from(list(PRESET_CONDITIONS)),
    st.integers(1, 2),
    st.booleans(),
    st.data(),
)
def test_a_campaign_equals_the_plain_loop(case, horizon, segment, min_orders, with_gifts, data):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    held = Settings(lost_after_days=min(lost_after, 1095), as_of=as_of, count_zero_orders=with_gifts, margin=0.4)
    wanted = scenario(
        segment,
        min_orders=min_orders,
        horizon_days=horizon,
        fixed_cost=30,
        incentive={"kind": "percent", "percent": 20, "cap": 40},
    )
    with small_histories[0], small_histories[1], holding(rows, settings=held) as workspace:
        shop = Shop(rows, as_of=as_of, count_zero_orders=with_gifts)
        if not shop.days:
            with pytest.raises(WinbackError, match="segment_needs_orders"):
                estimate(workspace, wanted)
            return
        comebacks = Comebacks(shop, held.threshold, least_at_risk=2, least_returners=1)
        found = estimate(workspace, wanted)
        who = [one for one in members(comebacks, segment) if len(comebacks.orders(one)) >= min_orders]
        assert sorted(customers_of(workspace, found)) == sorted(who)
        life = found.basis.second_life
        assert (life.ratio, life.returners, life.is_assumed) == pytest.approx(comebacks.second_life(horizon))
        assert found.basis.stand_ins == sum(not comebacks.p0(one, horizon)[1] for one in who)

        plan = Plan(0.25, 2, 30, horizon)
        leads = {one: lead_of(comebacks, one, horizon, 0.4, 20, 40) for one in who}
        twice = {one for one in who if comebacks.times_lost(one) >= 2}
        allowed = [one for one in who if one not in twice]
        reasons = reasons_of(workspace, found)
        assert {one for one, reason in reasons.items() if reason == "lost_twice"} == twice
        assert sum(found.basis.by_reason.values()) == len(who)
        for one, value, p0 in zip(
            customers_of(workspace, found), found.audience.value, found.audience.return_anyway, strict=True
        ):
            assert (p0, value) == pytest.approx((leads[one].p0, leads[one].value), rel=1e-9, abs=1e-12)
        if segment != "best_of_lost":
            assert sorted(chosen_of(workspace, found)) == sorted(allowed)
        contacted = [leads[one] for one in chosen_of(workspace, found)]
        same_figures(found, contacted, plan if contacted else plan._replace(fixed=0), SUMS)


@few
@given(
    cases(customers=9),
    st.sampled_from([(), ("lost_twice",), ("freshly_lost", "finally_lost"), ("lost",)]),
    st.none() | st.integers(0, 400),
    st.none() | st.integers(400, 900),
    st.none() | st.integers(1, 2),
    st.none() | st.integers(2, 4),
    st.none() | st.integers(1, 300),
)
def test_own_conditions_choose_as_the_plain_loop_does(case, states, since, until, orders_from, orders_to, value_from):
    rows, lost_after = case
    segment = LostSegment(
        states=states, silence_from=since, silence_to=until, orders_from=orders_from, orders_to=orders_to,
        value_from=value_from,
    )  # fmt: skip
    held = Settings(lost_after_days=lost_after)
    with small_histories[0], holding(rows, settings=held) as workspace:
        comebacks = Comebacks(Shop(rows), lost_after, least_at_risk=2)
        if not comebacks.shop.days:
            return
        found = customers_of(workspace, estimate(workspace, scenario(segment)))
        assert sorted(found) == sorted(
            who
            for who in comebacks.lost()
            if (not states or comebacks.state(who) in states)
            and (since or 0) <= comebacks.silence(who) <= (9999 if until is None else until)
            and (orders_from or 0) <= len(comebacks.orders(who)) <= (orders_to or 99)
            and comebacks.yearly_value(who) >= (value_from or 0)
        )


def test_every_preset_segment_has_conditions_here():
    assert lost_segments().keys() == PRESET_CONDITIONS.keys()


# -- a shop by hand -----------------------------------------------------------------------------------------------

# T = 60, as of 31 December 2024. Nobody was followed for long, so half a first life is taken: of 180 days 90 / 365.
LOST = (
    *(order("ann", f"2024-0{month}-01", 400) for month in (1, 2, 3)),
    order("bob", "2024-02-01", 600),
    order("cat", "2024-03-01", 100), order("cat", "2024-03-01", 300),
    order("dan", "2024-06-01", 30), order("dan", "2024-06-20", 30),
    *(order("twice", at, 80) for at in ("2024-01-01", "2024-06-01")),
    order("today", "2024-12-31", 5),
)  # fmt: skip
HELD = Settings(lost_after_days=60, margin=0.5)
SHARE = 90 / 365 * 0.5


@pytest.fixture
def shop() -> Iterator[Workspace]:
    with holding(numbered(LOST), settings=HELD) as workspace:
        yield workspace


def people(*rows: dict[str, str]) -> list[Any]:
    known = {"customer_id": None, "email": None, "phone": None, "name": None, "consent": None, "flags": None}
    return [SimpleNamespace(**{**known, **row}) for row in rows]


def test_a_campaign_by_hand(shop):
    found = estimate(shop, scenario(fixed_cost=10))
    assert sorted(customers_of(shop, found)) == ["ann", "bob", "cat", "dan", "twice"]
    values = dict(zip(customers_of(shop, found), found.audience.value.tolist(), strict=True))
    assert values == pytest.approx(
        {"ann": 1200 * SHARE, "bob": 600 * SHARE, "cat": 400 * SHARE, "dan": 60 * SHARE, "twice": 160 * SHARE}
    )
    assert (found.basis.margin, found.basis.second_life.is_assumed) == (0.5, True)
    assert found.basis.second_life.ratio == 90 / 365
    # A handful of gaps says nothing of anybody: what hangs on who returns anyway is undefined.
    assert (found.basis.stand_ins, found.basis.is_anyway_known) == (5, False)
    for figure in UNKNOWN:
        assert getattr(found.simulation, figure) is None
        assert found.simulation.undefined[figure] == "history_too_short"
    assert {one.return_anyway for one in listed(shop, found, found.chosen)} == {None}
    assert found.simulation.incremental_margin == pytest.approx(0.25 * 2260 * SHARE)
    assert found.simulation.cost == 10 + 4 * 2
    # 1200, 600, 400 and 60 bring a quarter of their value each, less 2 for the letter.
    assert chosen_of(shop, found) == ["ann", "bob", "cat", "dan"]
    assert reasons_of(shop, found) == {
        "ann": "first_80", "bob": "first_80", "cat": "next_15", "dan": "brings_less_than_it_costs",
        "twice": "lost_twice",
    }  # fmt: skip
    assert found.basis.by_reason == {"first_80": 2, "next_15": 1, "brings_less_than_it_costs": 1, "lost_twice": 1}


def test_bounds_of_own_conditions_are_inclusive(shop):
    def chosen(**bounds: float) -> list[str]:
        return sorted(customers_of(shop, estimate(shop, scenario(LostSegment(**bounds)))))

    assert (chosen(value_from=600), chosen(value_from=600.01)) == (["ann", "bob"], ["ann"])
    assert (chosen(orders_from=2, orders_to=2), chosen(orders_to=1)) == (["cat", "dan", "twice"], ["bob"])
    # Dan has been silent for 194 days, twice for 213.
    assert (chosen(silence_to=194), chosen(silence_from=194, silence_to=213)) == (["dan"], ["dan", "twice"])
    assert (chosen(silence_to=193), chosen(silence_from=195, silence_to=212)) == ([], [])


def test_states_of_the_lost_by_hand():
    # 100 order once, one of them is back after 100 days and one after 500; 50 more order so long after them that it is
    # known that hardly anybody comes back. Of 80 who were lost before, the history says the same of 40.
    rows = [order(f"c{number}", "2022-01-01", 1) for number in range(100)]
    rows += [order("c0", "2022-04-11", 1), order("c1", "2023-05-16", 1), order("today", "2024-06-19", 1)]
    rows += [order(f"d{number}", "2023-05-16", 1) for number in range(50)]
    rows += [order(f"fresh{number}", "2024-03-01", 1) for number in range(3)]
    for number in range(80):
        rows += [order(f"e{number}", on, 1) for on in ("2018-01-01", "2019-01-01" if number < 40 else "2023-01-01")]
    with holding(numbered(rows), settings=Settings(lost_after_days=90)) as workspace:

        def groups(*states: str) -> Counter[str]:
            found = estimate(workspace, scenario({"states": states}))
            return Counter(who.rstrip("0123456789") for who in customers_of(workspace, found))

        assert groups("lost_twice") == {"e": 80, "c": 2}
        assert groups("freshly_lost") == {"fresh": 3}
        expected = Comebacks(Shop(rows), 90)
        for state in ("finally_lost", "lost"):
            assert groups(state) == Counter(
                who.rstrip("0123456789") for who in expected.lost() if expected.state(who) == state
            )
        assert groups("finally_lost")["d"] == 50
        assert groups("finally_lost", "lost") == {"c": 98, "d": 50}


def test_lost_twice_may_be_contacted_on_purpose(shop):
    found = estimate(shop, scenario(skip_lost_twice=False))
    assert (found.size, reasons_of(shop, found)["twice"]) == (5, "last_5")


def test_the_list_that_pays_best_and_the_budget(shop):
    best = estimate(shop, scenario(list_size="recommended"))
    assert chosen_of(shop, best) == ["ann", "bob", "cat"]
    assert best.recommended_size == estimate(shop, scenario()).recommended_size == 3
    assert best.simulation.profit == pytest.approx(0.25 * 2200 * SHARE - 6)
    for budget, names in ((15, ["ann", "bob"]), (14, ["ann", "bob"]), (13.99, ["ann"]), (11.9, []), (1e9, None)):
        found = estimate(shop, scenario(fixed_cost=10, budget=budget))
        assert chosen_of(shop, found) == (names if names is not None else ["ann", "bob", "cat", "dan"])
        assert found.simulation.cost == (0 if names == [] else found.ranking.cost[found.size - 1])
        assert found.simulation.cost <= budget
    assert chosen_of(shop, estimate(shop, scenario(list_size="recommended", budget=1e6))) == ["ann", "bob", "cat"]
    nobody = estimate(shop, scenario(list_size="recommended", fixed_cost=1000))
    assert (nobody.size, nobody.simulation.cost, nobody.simulation.profit) == (0, 0, 0)
    assert nobody.simulation.undefined["roi"] == "no_cost"


def test_the_best_of_the_lost_are_those_of_grade_a(shop):
    assert chosen_of(shop, estimate(shop, scenario("best_of_lost"))) == ["ann", "bob"]
    assert chosen_of(shop, estimate(shop, scenario({"best_only": True, "orders_from": 3}))) == ["ann"]


def test_an_offer_in_percent_is_of_each_ones_average_order(shop):
    capped = estimate(shop, scenario(incentive={"kind": "percent", "percent": 10, "cap": 25}))
    assert offers_of(shop, capped) == pytest.approx({"ann": 25, "bob": 25, "cat": 20, "dan": 3, "twice": 8})
    commission = estimate(shop, scenario(incentive={"kind": "commission", "percent": 10}))
    assert offers_of(shop, commission) == pytest.approx({"ann": 40, "bob": 60, "cat": 20, "dan": 3, "twice": 8})
    fixed = estimate(shop, scenario(incentive={"kind": "fixed", "amount": 7}))
    assert set(offers_of(shop, fixed).values()) == {7}


def test_the_margin_is_the_scenarios_else_the_businesss(shop):
    assert estimate(shop, scenario(margin=0.1)).basis.margin == 0.1
    own, other = estimate(shop, scenario()), estimate(shop, scenario(margin=0.25))
    assert other.simulation.incremental_margin == pytest.approx(own.simulation.incremental_margin / 2)
    shop.update(margin=None)
    assert estimate(shop, scenario()).basis.margin == 0.3
    shop.update(margin=0.5)


def test_costs_in_the_file_say_the_margin():
    rows = [order("ann", "2024-01-01", 100, "1", cost="80"), order("today", "2024-12-31", 100, "2", cost="80")]
    with holding(rows, settings=HELD) as workspace:
        assert estimate(workspace, scenario()).basis.margin == pytest.approx(0.2)


def test_how_sure_the_value_is_depends_on_where_it_comes_from(shop):
    def ends(**changes: float) -> tuple[float, float]:
        found = estimate(shop, scenario(**changes))
        swing = next(one for one in found.risk.tornado if one.driver == "value")
        return tuple((end + found.simulation.cost) / found.simulation.incremental_margin
                     for end in (swing.at_low, swing.at_high))  # fmt: skip

    assert ends() == pytest.approx((0.5, 1.5))
    assert ends(value_low=0.9, value_high=2) == pytest.approx((0.9, 2))
    with mock.patch.object(second_life, "LEAST_RETURNERS", 0):
        add(shop, [order("today", "2024-12-31", 1, "more")])
        assert not estimate(shop, scenario()).basis.second_life.is_assumed
        assert ends() == pytest.approx((0.7, 1.3))


def test_only_what_cuts_the_list_leaves_the_ranking_as_it_is(shop):
    first = estimate(shop, scenario())
    assert estimate(shop, scenario(budget=4, list_size="recommended", seed=3, name="x")).ranking is first.ranking
    assert estimate(shop, scenario(contact_cost=1)).ranking is not first.ranking
    assert estimate(shop, scenario()).size == 4
    shop.update(lost_after_days=250)
    assert sorted(customers_of(shop, estimate(shop, scenario()))) == ["ann", "bob", "cat"]
    shop.update(lost_after_days=60)
    suppress(shop, ["ann"])
    assert reasons_of(shop, estimate(shop, scenario()))["ann"] == "excluded"
    release(shop, ["ann"])
    assert reasons_of(shop, estimate(shop, scenario()))["ann"] == "first_80"


# -- who is never contacted, who always ---------------------------------------------------------------------------


def test_who_was_contacted_lately_or_is_held_out_is_not_on_the_list_of_that_day():
    rows = [order(who, "2024-01-01", 100) for who in "abcde"] + [order("today", "2024-12-31", 1)]
    contacted_on, until = day("2025-01-01"), day("2025-02-01")
    with holding(numbered(rows), settings=Settings(lost_after_days=60)) as workspace:
        asked = scenario()
        everybody = estimate(workspace, asked, today=contacted_on)
        assert sorted(chosen_of(workspace, everybody)) == list("abcde")
        number = log(workspace, "a", "b", "c")
        mark_contacted(workspace, number, contacted_on, until=until, controls=["d"])
        found = estimate(workspace, asked, today=until)
        assert sorted(chosen_of(workspace, found)) == ["e"]
        assert found.simulation.contacted == 1
        assert reasons_of(workspace, found) | {"e": ""} == {
            "a": "contacted_lately", "b": "contacted_lately", "c": "contacted_lately", "d": "held_out", "e": "",
        }  # fmt: skip
        assert sorted(chosen_of(workspace, estimate(workspace, asked, today=until + timedelta(days=1)))) == ["d", "e"]
        rested = contacted_on + timedelta(days=COOL_DOWN_DAYS)
        assert sorted(chosen_of(workspace, estimate(workspace, asked, today=rested))) == list("abcde")
        worth = estimate(workspace, asked)
        assert reasons_of(workspace, worth) == reasons_of(workspace, everybody)
        unmark_contacted(workspace, number)
        assert sorted(chosen_of(workspace, estimate(workspace, asked, today=until))) == list("abcde")


def test_who_refused_letters_is_never_contacted(shop):
    add_people(shop, people(
        {"customer_id": "ann", "consent": "no"}, {"customer_id": "bob", "consent": "yes"},
        {"customer_id": "cat", "consent": "perhaps"},
    ))  # fmt: skip
    found = estimate(shop, scenario())
    assert chosen_of(shop, found) == ["bob", "cat", "dan"]
    assert reasons_of(shop, found)["ann"] == "opted_out"
    assert estimate(shop, scenario(skip_problems=False, skip_lost_twice=False)).basis.by_reason["opted_out"] == 1


def test_tags_keep_off_the_list_or_lift_to_its_top(shop):
    add_people(shop, people(
        {"customer_id": "ann", "flags": "2023; Late payer"}, {"customer_id": "bob", "flags": "indebted to nobody"},
        {"customer_id": "dan", "flags": "Newsletter, VIP"},
    ))  # fmt: skip
    found = estimate(shop, scenario())
    assert chosen_of(shop, found) == ["dan", "bob", "cat"]
    assert (reasons_of(shop, found)["ann"], reasons_of(shop, found)["dan"]) == ("problem", "strategic")
    assert reasons_of(shop, estimate(shop, scenario(skip_problems=False)))["ann"] == "first_80"
    # The strategic one is contacted although it costs more than it brings.
    assert chosen_of(shop, estimate(shop, scenario(list_size="recommended"))) == ["dan", "bob", "cat"]


def test_consent_and_tags_of_orders_count_as_well():
    contacts = people(
        {"customer_id": "ann", "consent": "нет"}, {"customer_id": "bob", "flags": "黑名单"},
        {"customer_id": "cat", "flags": "vip"},
    )  # fmt: skip
    with holding(settings=HELD) as workspace, TemporaryDirectory(dir=workspace.inbox) as folder:
        reading = reading_of(numbered(LOST), Path(folder), names={"x": "x"})
        columns = ("customer_id", "name", "email", "phone", "consent", "flags")
        pq.write_table(table(contacts, columns), reading.contacts_path)
        batch = workspace.ingest(reading).batch
        reasons = reasons_of(workspace, estimate(workspace, scenario()))
        assert (reasons["ann"], reasons["bob"], reasons["cat"]) == ("opted_out", "problem", "strategic")
        assert batch.batch_id in {one.batch_id for one in workspace.batches()}


TAGS_OF = {
    "problem": ("Должник", "не платит", "Проблемный клиент", "долг 5000", "клиент, долги", "долг", "ЧС", "black list",
                "chargebacks", "欠款客户", "no problem"),
    "strategic": ("Стратегический", "大客户", "key account", "b2b/VIP"),
    "problem strategic": ("VIP;fraud",),
    "": ("Долгосрочный партнёр", "indebted", "monkey account", "", "retail"),
}  # fmt: skip


def test_words_of_tags():
    rows = {tags: kinds for kinds, all_tags in TAGS_OF.items() for tags in all_tags}
    orders = [order(f"t{number}", "2024-01-01", 100) for number in range(len(rows))]
    with holding(numbered([*orders, order("today", "2024-12-31", 1)]), settings=HELD) as workspace:
        add_people(workspace, people(*({"customer_id": f"t{n}", "flags": tags} for n, tags in enumerate(rows))))
        found = estimate(workspace, scenario())
        customers = found.customers
        masks = zip(customers_of(workspace, found), customers.is_problem, customers.is_strategic, strict=True)
        said = {who: " ".join(["problem"] * int(problem) + ["strategic"] * int(top)) for who, problem, top in masks}
        assert {tags: said[f"t{n}"] for n, tags in enumerate(rows)} == rows


@pytest.mark.parametrize(
    ("names", "excluded"),
    [
        (("bob",), {"bob"}),
        ((" bob ", "nobody"), {"bob"}),
        (("Ann@X.co",), {"ann"}),
        (("+447700900101", "cat"), {"dan", "cat"}),
        (("nobody", "447700900101"), {"dan"}),
        (("nobody", "+15550000000"), set()),
        ((), set()),
    ],
)
def test_named_customers_are_never_contacted(shop, names, excluded):
    add_people(shop, people(
        {"customer_id": "ann", "email": "ann@x.co"}, {"customer_id": "dan", "phone": "+447700900101"},
        {"customer_id": "zoe", "email": "zoe@x.co"},
    ))  # fmt: skip
    suppress(shop, names)
    reasons = reasons_of(shop, estimate(shop, scenario()))
    assert {who for who, reason in reasons.items() if reason == "excluded"} == excluded
    release(shop, names)


def test_an_id_that_is_an_e_mail_is_named_in_any_case():
    rows = [order("kim@x.co", "2024-01-01", 5), order("Lee", "2024-01-01", 5), order("today", "2024-12-31", 5)]
    with holding(numbered(rows), settings=HELD) as workspace:
        suppress(workspace, ["Kim@X.co", "Lee"])
        assert set(reasons_of(workspace, estimate(workspace, scenario())).values()) == {"excluded"}


# -- value after a return -----------------------------------------------------------------------------------------


@few
@given(cases(customers=9), st.sampled_from([1, 2, 14, 60, 180, 730]), st.data())
def test_the_second_life_equals_the_oracle(case, horizon, data):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    with small_histories[1], holding(rows, settings=Settings(as_of=as_of)) as workspace:
        shop = Shop(rows, as_of=as_of)
        found = second_life.second_life(workspace, lost_after, horizon)
        expected = Comebacks(shop, lost_after, least_returners=1).second_life(horizon)
        assert (found.returners, found.is_assumed) == expected[1:]
        assert found.ratio == pytest.approx(expected[0])


# T = 30. In her year before the loss she brought 100 + 50 - 30 (refunds up to the loss day); she is back on 1 June.
BACK = (
    order("ann", "2023-02-01", 999),
    order("ann", "2024-02-01", 100), order("ann", "2024-02-15", 50), order("ann", "2024-03-17", -30),
    order("ann", "2024-03-18", -7), order("ann", "2024-06-01", 12), order("ann", "2024-06-10", 36),
    order("ann", "2024-06-10", -6), order("ann", "2024-06-11", 500),
    order("today", "2024-06-10", 5),
)  # fmt: skip


def test_the_second_life_by_hand():
    as_of = day("2024-06-10")
    with small_histories[1], holding(numbered(BACK), settings=Settings(as_of=as_of)) as workspace:
        # Of 1 to 10 June she brings 12 + 36 - 6 by her tenth day, and 12 by the day before. Her first return, on
        # 1 February, brought 100 + 50 - 30 - 7 within any longer time, after 999 in the year before.
        first = {1: 100, 9: 100, 10: 100, 11: 100}
        for horizon, since, returners in ((1, 12, 2), (9, 12, 2), (10, 42, 2), (11, 0, 1)):
            found = second_life.second_life(workspace, 30, horizon)
            before = 999 + 120 if returners == 2 else 999
            assert (found.returners, found.is_assumed) == (returners, False)
            assert found.ratio == pytest.approx((first[horizon] + since) / before), horizon


def test_fewer_than_thirty_past_returners_say_nothing():
    def visits(n: int) -> list[Row]:
        ons = ("2023-01-01", "2023-06-01")
        return numbered(order(f"c{number}", on, 40 if on < "2023-05" else 10) for number in range(n) for on in ons)

    with holding([*visits(30), order("today", "2023-07-30", 1, "t")]) as workspace:
        assert second_life.second_life(workspace, 60, 60) == second_life.SecondLife(0.25, 30, is_assumed=False)
        # 1 June to 30 July are 60 days.
        assert second_life.second_life(workspace, 60, 61) == second_life.SecondLife(61 / 730, 0, is_assumed=True)
    with holding([*visits(29), order("today", "2023-07-30", 1, "t")]) as workspace:
        assert second_life.second_life(workspace, 60, 60) == second_life.SecondLife(60 / 730, 29, is_assumed=True)
    with holding() as workspace:
        assert second_life.second_life(workspace, 60, 365) == second_life.SecondLife(0.5, 0, is_assumed=True)


# -- the chance to return anyway ----------------------------------------------------------------------------------


def test_who_is_silent_for_longer_than_the_history_covers_stands_in_for_the_last_that_it_covers():
    # 100 order on 1 January 2023, 20 of them are back 120 days later; 10 more have been silent for two years.
    rows = [order(f"c{number}", "2023-01-01", 10) for number in range(100)]
    rows += [order(f"c{number}", "2023-05-01", 10) for number in range(20)]
    rows += [order(f"old{number}", "2021-01-01", 10) for number in range(10)]
    rows += [order("today", "2023-06-30", 1)]
    with holding(numbered(rows), settings=Settings(lost_after_days=30)) as workspace:
        found = estimate(workspace, scenario({"orders_to": 1}, horizon_days=30))
        p0 = dict(zip(customers_of(workspace, found), found.audience.return_anyway.tolist(), strict=True))
        # Silent for 180 days: 30 days on only the old ones were seen. From day 150 on nobody came back.
        assert {p0[f"c{number}"] for number in range(20, 100)} == {0.0}
        assert found.basis.stand_ins == 90
        # Of 149 days that are covered of the lost half are asked: from day 106 on 20 of 110 return within 74.
        wider = estimate(workspace, scenario({"orders_to": 1}, horizon_days=90))
        assert wider.audience.return_anyway.tolist() == pytest.approx([20 / 110] * 90)
        assert wider.basis.stand_ins == 90


def test_over_a_longer_time_no_fewer_return_anyway(tmp_path):
    with Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()["supplier"], tmp_path)
        asked = [estimate(workspace, scenario(horizon_days=days)) for days in (30, 60, 90, 120, 180, 270, 365, 730)]
        sums = [float(found.audience.return_anyway.sum()) for found in asked]
        assert all(found.basis.is_anyway_known for found in asked)
    assert sums == sorted(sums)
    assert sums[0] > 0


def test_a_history_shorter_than_the_horizon_stands_in_with_the_days_that_it_covers():
    # 100 order on 1 January 2023, 40 of them are back 100 days later; seen for 120 days, lost after 30: 89 are covered.
    rows = [order(f"c{number}", "2023-01-01", 10) for number in range(100)]
    rows += [order(f"c{number}", "2023-04-11", 10) for number in range(40)]
    rows += [order("today", "2023-05-01", 1)]
    with holding(numbered(rows), settings=Settings(lost_after_days=30)) as workspace:
        found = estimate(workspace, scenario({"orders_to": 1}, horizon_days=365))
        assert found.audience.return_anyway.tolist() == pytest.approx([0.4] * 60)
        assert (found.basis.stand_ins, found.basis.is_anyway_known) == (60, True)
    with holding(numbered(rows), settings=Settings(lost_after_days=91)) as workspace:
        # Fewer than 30 days after somebody is lost are covered: that says nothing about a year.
        found = estimate(workspace, scenario({"orders_to": 1}, horizon_days=365))
        assert not found.basis.is_anyway_known


def test_the_chance_is_that_of_the_order_number_in_days():
    # As above, and 40 ordered on two days and never again; one bought twice on a single day.
    rows = [order(f"c{number}", "2023-01-01", 10) for number in range(100)] + [order("c99", "2023-01-01", 10)]
    rows += [order(f"c{number}", "2023-05-01", 10) for number in range(20)]
    rows += [order(f"twice{number}", on, 10) for number in range(40) for on in ("2022-01-01", "2022-02-01")]
    rows += [order(f"old{number}", "2021-01-01", 10) for number in range(10)] + [order("today", "2023-06-30", 1)]
    with holding(numbered(rows), settings=Settings(lost_after_days=30)) as workspace:
        found = estimate(workspace, scenario(horizon_days=90))
        p0 = dict(zip(customers_of(workspace, found), found.audience.return_anyway.tolist(), strict=True))
        assert p0["c99"] == p0["c98"] == pytest.approx(20 / 110)
        assert p0["twice0"] == 0


# -- errors -------------------------------------------------------------------------------------------------------


def test_a_segment_needs_orders_and_a_name():
    with pytest.raises(WinbackError, match="segment_needs_orders"):
        estimate(None, scenario())
    with holding() as workspace, pytest.raises(WinbackError, match="segment_needs_orders"):
        estimate(workspace, scenario())
    with holding(numbered(LOST)) as workspace, pytest.raises(WinbackError, match="segment_unknown") as problem:
        estimate(workspace, scenario("everybody"))
    assert problem.value.facts == {"segment": "everybody", "known": tuple(lost_segments())}


def test_a_segment_of_nobody_is_a_campaign_of_nobody(shop):
    found = estimate(shop, scenario({"silence_from": 9000}, fixed_cost=100))
    assert (found.size, found.simulation.cost, found.recommended_size, found.basis.by_reason) == (0, 0, 0, {})
    assert found.risk.interval_90 == (0, 0)


# -- scenarios ----------------------------------------------------------------------------------------------------


def faults(data: dict[str, Any]) -> set[str]:
    """The fields that a scenario is refused for, as paths."""
    with pytest.raises(ValidationError) as problem:
        Scenario.model_validate(data)
    found = set()
    for error in problem.value.errors():
        place = [str(part) for part in error["loc"] if part not in TAGS]
        named = error.get("ctx", {}).get("field")
        found.add(".".join([*place, named] if named else place))
    return found


def stage(**changes: Any) -> dict[str, Any]:
    return {"stages": [{**EMAIL, **changes}]}


NAN, INF = float("nan"), float("inf")
IMPOSSIBLE = [
    ({"audience": {"segment": "lost"}, "stages": []}, "stages"),
    ({"audience": None}, "audience"),
    ({"audience": {}}, "audience.n"),
    ({"audience": {**PLAIN, "n": 0}}, "audience.n"),
    ({"audience": {**PLAIN, "n": 2_000_000_000}}, "audience.n"),
    ({"audience": {**PLAIN, "n": 1.5}}, "audience.n"),
    ({"audience": {**PLAIN, "p0": -0.1}}, "audience.p0"),
    ({"audience": {**PLAIN, "p0": 1.1}}, "audience.p0"),
    ({"audience": {**PLAIN, "p0": "3%"}}, "audience.p0"),
    ({"audience": {**PLAIN, "p0": NAN}}, "audience.p0"),
    ({"audience": {**PLAIN, "p1": 0.01}, "stages": []}, "audience.p1"),
    ({"audience": {**PLAIN, "p1": 1.01}, "stages": []}, "audience.p1"),
    ({"audience": PLAIN}, "audience.p1"),
    ({"audience": {**PLAIN, "p1": None}, "stages": []}, "stages"),
    ({"audience": {**PLAIN, "value_after_return": -1}}, "audience.value_after_return"),
    ({"audience": {**PLAIN, "value_after_return": INF}}, "audience.value_after_return"),
    ({"audience": {**PLAIN, "average_check": -1}}, "audience.average_check"),
    ({"audience": {**PLAIN, "p1": None}, "incentive": {"kind": "percent", "percent": 5}}, "audience.average_check"),
    ({"audience": {**PLAIN, "segments": "lost"}}, "audience.segments"),
    ({"audience": {"segment": 3}}, "audience.segment"),
    ({"audience": {"segment": {"silence_from": -1}}}, "audience.segment.silence_from"),
    ({"audience": {"segment": {"silence_from": 9, "silence_to": 8}}}, "audience.segment.silence_from"),
    ({"audience": {"segment": {"orders_from": 9, "orders_to": 8}}}, "audience.segment.orders_from"),
    ({"audience": {"segment": {"orders_to": 0}}}, "audience.segment.orders_to"),
    ({"audience": {"segment": {"value_from": -1}}}, "audience.segment.value_from"),
    ({"audience": {"segment": {"states": ["active"]}}}, "audience.segment.states.0"),
    ({"audience": {"segment": {"best": True}}}, "audience.segment.best"),
    ({"audience": {"segment": "lost", "min_orders": 0}}, "audience.min_orders"),
    ({"audience": {"segment": "lost", "skip_problems": "perhaps"}}, "audience.skip_problems"),
    (stage(channel="pigeon"), "stages.0.channel"),
    (stage(subject="threat"), "stages.0.subject"),
    (stage(day=-1), "stages.0.day"),
    (stage(day=731), "stages.0.day"),
    (stage(unit_cost=-1), "stages.0.unit_cost"),
    (stage(unit_cost=None), "stages.0.unit_cost"),
    (stage(unit_cost=NAN), "stages.0.unit_cost"),
    (stage(reach=1.1), "stages.0.reach"),
    (stage(rate=-0.1), "stages.0.rate"),
    (stage(rate=25), "stages.0.rate"),
    (stage(rate_low=0.3), "stages.0.rate_low"),
    (stage(rate_high=0.2), "stages.0.rate_high"),
    (stage(price=1), "stages.0.price"),
    ({"stages": [EMAIL] * 11}, "stages"),
    ({"contact_cost": -1}, "contact_cost"),
    ({"contact_cost": INF}, "contact_cost"),
    ({"fixed_cost": -1}, "fixed_cost"),
    ({"fixed_cost": 1e13}, "fixed_cost"),
    ({"incentive": {"kind": "bribe"}}, "incentive.kind"),
    ({"incentive": {"kind": "fixed"}}, "incentive.amount"),
    ({"incentive": {"kind": "fixed", "amount": -1}}, "incentive.amount"),
    ({"incentive": {"kind": "fixed", "amount": 1, "percent": 1}}, "incentive.percent"),
    ({"incentive": {"kind": "fixed", "amount": 1, "cap": 1}}, "incentive.cap"),
    ({"incentive": {"kind": "none", "amount": 1}}, "incentive.amount"),
    ({"incentive": {"kind": "percent"}}, "incentive.percent"),
    ({"incentive": {"kind": "percent", "percent": 101}}, "incentive.percent"),
    ({"incentive": {"kind": "commission", "percent": 1, "amount": 1}}, "incentive.amount"),
    ({"incentive": {"kind": "percent", "percent": 1, "cap": -1}}, "incentive.cap"),
    ({"incentive": {"valid_days": 0}}, "incentive.valid_days"),
    ({"horizon_days": 0}, "horizon_days"),
    ({"horizon_days": 731}, "horizon_days"),
    ({"horizon_days": 1.5}, "horizon_days"),
    ({"margin": 0}, "margin"),
    ({"margin": 1.01}, "margin"),
    ({"natural_outflow": -0.1}, "natural_outflow"),
    ({"natural_outflow": 1.1}, "natural_outflow"),
    ({"list_size": 100}, "list_size"),
    ({"budget": -1}, "budget"),
    ({"response_low": 1.1}, "response_low"),
    ({"response_low": -1}, "response_low"),
    ({"response_high": 0.9}, "response_high"),
    ({"response_high": 0}, "response_high"),
    ({"response_high": 11}, "response_high"),
    ({"value_low": 1.1}, "value_low"),
    ({"value_high": 0.9}, "value_high"),
    ({"value_high": 0}, "value_high"),
    ({"seed": -1}, "seed"),
    ({"name": "x" * 61}, "name"),
    ({"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("changes", "field"), IMPOSSIBLE)
def test_an_impossible_field_is_refused_by_name(changes, field):
    assert field in faults({"audience": {"segment": "lost"}, "stages": [EMAIL], **changes})


def test_bounds_themselves_are_possible_and_a_scenario_survives_json():
    edge = scenario(
        {"silence_from": 5, "silence_to": 5, "orders_from": 2, "orders_to": 2},
        incentive={"kind": "percent", "percent": 100, "cap": 0}, horizon_days=730, margin=1, natural_outflow=1,
        budget=0, response_low=1, response_high=1, value_low=0, value_high=10, seed=2**32 - 1, name="x" * 60,
        stages=[{**EMAIL, "reach": 0, "rate_low": 0.25, "rate_high": 0.25, "day": 730}] * 10,
    )  # fmt: skip
    assert Scenario.model_validate_json(edge.model_dump_json()) == edge
    assert Scenario.model_validate_json(plain().model_dump_json()) == plain()


def ends(wanted: Scenario) -> tuple[float, float, float]:
    return wanted.uplift.low, wanted.uplift.likely, wanted.uplift.high


def test_how_many_return_because_of_it():
    letters = [{**EMAIL, "rate": 0.1, "reach": 0.5, "rate_low": 0.04, "rate_high": 0.2}, {**EMAIL, "rate": 0.02}]
    likely = 1 - 0.95 * 0.98
    low, high = 1 - 0.98 * 0.99, 1 - 0.9 * 0.97
    assert ends(scenario(stages=letters)) == pytest.approx((low, likely, high))
    assert ends(scenario(stages=letters, natural_outflow=0.25)) == pytest.approx(
        (0.75 * low, 0.75 * likely, 0.75 * high)
    )
    assert ends(scenario(stages=letters, response_low=0.2, response_high=3)) == pytest.approx(
        (0.2 * likely, likely, 3 * likely)
    )
    # What comes to more than everybody is everybody.
    assert ends(scenario(stages=[{**EMAIL, "rate": 0.8}])) == pytest.approx((0.4, 0.8, 1))
    assert ends(scenario(stages=[{**EMAIL, "rate": 0.8}], response_high=10)) == pytest.approx((0.4, 0.8, 1))
    share = 0.05 / 0.97
    assert ends(plain()) == pytest.approx((share / 2, share, 1.5 * share))
    assert ends(plain({"p0": 1.0, "p1": 1.0})) == (0, 0, 0)
    assert scenario(stages=letters, contact_cost=0.5).cost_per_head == 4.5


PROMISES = {
    "email_series": (0.03, 0.08),
    "staged_promotion": (0.15, 0.20),
    "coupon_and_gift": (0.20, 0.20),
    "dormant_calls": (0.25, 0.25),
}


def test_a_preset_promises_what_its_source_says():
    assert set(PROMISES) == set(PRESETS)
    for preset, (low, high) in PROMISES.items():
        found = scenario(stages=[each.model_dump() for each in preset_stages(preset, "USD")]).uplift
        assert low <= round(found.likely, 9) <= high, preset
        if low < high:
            assert (found.low, found.high) == pytest.approx((low, high), abs=0.005)
        else:
            assert found.low < found.likely < found.high


def test_presets_cost_what_is_usual_in_the_currency():
    assert unit_cost("sms", None) == unit_cost("sms", "USD") == unit_cost("sms", "XXX") == 0.06
    assert unit_cost("sms", "RUB") == pytest.approx(3.6)
    assert [stage.unit_cost for stage in preset_stages("email_series", "CNY")] == pytest.approx([0.05] * 3)
    assert (preset_incentive("coupon_and_gift", "USD").kind, preset_incentive("coupon_and_gift", "CNY").amount) == (
        "fixed",
        125,
    )
    assert preset_incentive("email_series", "USD").kind == "none"


# -- the sample shops ---------------------------------------------------------------------------------------------


def sample_rows(key: str) -> list[Row]:
    """The counted orders and refunds of a sample shop, read without the product."""
    with sample_files()[key].path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";" if key == "fashion" else ","))
    if key == "spice":
        return [
            order(line["customer_id"], line["order_date"], line["amount"], line["order_id"], line["cost"])
            for line in lines
            if line["status"] == "paid"
        ]
    if key == "fashion":
        return [
            Row(line["Код клиента"], datetime.strptime(line["Дата заказа"], "%d.%m.%Y"), money, line["Номер заказа"])
            for line in lines
            if line["Статус"] == "Оплачен" and (money := Decimal(line["Сумма"].replace(",", ".")))
        ]
    sums: dict[tuple[str, bool, str], Row] = {}
    for line in lines:
        amount = int(line["数量"]) * Decimal(line["单价"])
        place = (line["订单编号"], amount < 0, line["下单时间"] if amount < 0 else "")
        known = sums.get(place) or order(line["客户编号"], line["下单时间"], 0, line["订单编号"])
        sums[place] = known._replace(amount=known.amount + amount)
    return list(sums.values())


@pytest.fixture(scope="module", params=list(sample_files()))
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Comebacks]]:
    shop = Shop(sample_rows(request.param))
    with Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()[request.param], tmp_path_factory.mktemp("shop"))
        yield workspace, Comebacks(shop, workspace.settings.threshold)


@pytest.mark.parametrize("segment", list(PRESET_CONDITIONS))
def test_a_campaign_over_a_sample_shop_equals_the_plain_loop_over_its_customers(sample, segment):
    workspace, comebacks = sample
    money = float(comebacks.shop.totals()["aov"])
    wanted = scenario(
        segment,
        horizon_days=120,
        margin=0.35,
        fixed_cost=money,
        contact_cost=money / 200,
        incentive={"kind": "percent", "percent": 10, "cap": money / 8},
        stages=[{"channel": "email", "unit_cost": 0, "reach": 0.8, "rate": 0.05}, {**EMAIL, "unit_cost": money / 100}],
    )
    plan = Plan(1 - 0.96 * 0.75, money / 200 + money / 100, money, 120)
    ratio, returners, is_assumed = comebacks.second_life(120)
    found = estimate(workspace, wanted)
    assert (found.basis.second_life.returners, found.basis.second_life.is_assumed) == (returners, is_assumed)
    assert found.basis.second_life.ratio == pytest.approx(ratio, rel=1e-12)

    who = members(comebacks, segment)
    assert sorted(customers_of(workspace, found)) == sorted(who)
    candidates = {}
    for one in who:
        value = float(comebacks.yearly_value(one)) * ratio * 0.35
        offer = min(float(comebacks.average_order(one)) / 10, money / 8)
        barred = "lost_twice" if comebacks.times_lost(one) >= 2 else None
        days = len(comebacks.shop.days[one])
        candidates[one] = Candidate(Lead(comebacks.p0(one, 120)[0], value, offer), days, barred)
    leads = [one.lead for one in candidates.values() if one.barred is None]
    reasons = oracle.reasons(list(candidates.values()), plan)
    assert found.basis.by_reason == Counter(reasons)
    assert found.basis.stand_ins == sum(not comebacks.p0(one, 120)[1] for one in who)
    if segment == "best_of_lost":
        leads = [one.lead for one, why in zip(candidates.values(), reasons, strict=True) if why == "first_80"]
    same_figures(found, leads, plan, [*SUMS, "roi", "naive_roi", "break_even_response", "smallest_list"])
    assert found.recommended_size == best_size(list(candidates.values()), plan)


def best_size(candidates: list[Candidate], plan: Plan) -> int:
    """`oracle.recommended_size` of long lists: all that bring more than they cost, where they earn the fixed cost."""
    each = [oracle.expected_profit(one.lead, plan) for one in candidates if one.barred is None]
    paying = [brought for brought in each if brought > 0]
    return len(paying) if sum(paying) > plan.fixed else 0


def test_sample_shops_say_something(sample):
    workspace, comebacks = sample
    assert comebacks.shop.as_of == workspace.as_of == date(2026, 10, 31)
    found = estimate(workspace, scenario(stages=[{**EMAIL, "unit_cost": 0.01}]))
    assert found.simulation.contacted > 40
    assert found.basis.by_reason["lost_twice"] > 0
    assert simulator.terms_of(scenario()).uplift == 0.25
