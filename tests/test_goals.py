"""Goals: their paths against a slow oracle and by hand, their verdicts, what they are stored as, what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from metrics.calendar import add_months
from metrics.goal import GOAL_KINDS, Goal
from metrics.goal_proposals import first_judged, first_month, proposal
from metrics.goals import GoalPath, path, paths
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, add, day, holding, numbered, order, workspace_of
from tests.oracle import Row, Shop, end_of, start_of, turns
from tests.strategies import cases, days_around, few

HALF_A_YEAR = timedelta(days=180)


# --- the oracle ---


def brought(shop: Shop, customer: str, start: date, until: date, lost_after: int) -> Decimal:
    """Orders less refunds up to a day, each within 180 days of a return of this customer on or after the start."""
    returns = [back for back in turns(shop.days[customer], shop.as_of, lost_after)[1] if back >= start]
    return sum(
        (
            row.amount
            for row in [*shop.orders, *shop.refunds]
            if row.customer == customer
            and row.day <= until
            and any(back <= row.day < back + HALF_A_YEAR for back in returns)
        ),
        Decimal(0),
    )


def figure(shop: Shop, goal: Goal, month: date, lost_after: int) -> Fraction | None:
    """What a month has to show for itself; None where there is no figure."""
    if shop.first_day is None or not start_of("month", shop.first_day) <= month <= shop.as_of:
        return None
    found = shop.period(month, end_of("month", month), lost_after)
    if found["warm_up"]:
        return None
    if goal.kind == "returned":
        return Fraction(found["returned"])
    if goal.kind == "churn":
        return Fraction(found["lost"], found["active_at_start"]) if found["active_at_start"] else None
    until = end_of("month", month)
    money = sum((brought(shop, customer, goal.start, until, lost_after) for customer in shop.days), Decimal(0))
    return Fraction(money) * (Fraction(str(shop.margin()["share"])) if goal.money_as == "margin" else 1)


def months_of(goal: Goal) -> list[date]:
    months = [goal.start]
    while months[-1] < goal.by:
        months.append(end_of("month", months[-1]) + timedelta(days=1))
    return months


def expected(shop: Shop, goal: Goal, lost_after: int) -> dict[str, Any]:
    actual = [figure(shop, goal, month, lost_after) for month in months_of(goal)]
    earlier = [month for month in shop.periods("month", lost_after) if month["start"] < goal.start]
    whole = [month["start"] for month in earlier if not month["warm_up"] and not month["in_progress"]][-12:]
    known = [] if goal.kind == "recovered" else [figure(shop, goal, month, lost_after) for month in whole]
    level = median([each for each in known if each is not None]) if any(each is not None for each in known) else None
    target = Fraction(goal.target)
    if goal.kind == "recovered":
        begin = Fraction(0)
    elif level is None:
        begin = target
    else:
        begin = max(level, target) if goal.kind == "churn" else min(level, target)
    n = len(actual)
    return {
        "level": level,
        "planned": [begin + (target - begin) * Fraction(place, n) for place in range(1, n + 1)],
        "actual": actual,
        "in_progress": [month <= shop.as_of < end_of("month", month) for month in months_of(goal)],
    }


def near(found: Sequence[Decimal | None], wanted: Sequence[Fraction | None]) -> bool:
    """Equal but for the 28th digit of a quotient."""
    return len(found) == len(wanted) and all(
        one is other or (one is not None and other is not None and abs(Fraction(one) - other) <= abs(other) / 10**20)
        for one, other in zip(found, wanted, strict=True)
    )


@st.composite
def goals(draw: st.DrawFn, rows: list[Row]) -> Goal:
    kind = draw(st.sampled_from(GOAL_KINDS))
    start = start_of("month", draw(st.sampled_from(sorted({row.day for row in rows}))))
    start = add_months(start, draw(st.integers(-2, 4)))
    target = {
        "churn": st.sampled_from(["0.01", "0.065", "0.5", "0.999"]),
        "returned": st.integers(1, 4).map(str),
        "recovered": st.integers(1, 90_000).map(lambda cents: f"{cents / 100:.2f}"),
    }[kind]
    return Goal(
        kind=kind,
        start=start,
        by=add_months(start, draw(st.integers(0, 9))),
        target=Decimal(draw(target)),
        money_as=draw(st.sampled_from(["revenue", "margin"])),
    )


@few
@given(st.data())
def test_the_path_equals_the_oracle(data):
    rows, lost_after = data.draw(cases(customers=5))
    goal = data.draw(goals(rows))
    as_of = data.draw(st.none() | days_around(rows))
    shop = Shop(rows, as_of=as_of)
    with holding(rows, settings=Settings(lost_after_days=lost_after, as_of=as_of)) as workspace:
        found = path(workspace, goal)
        again = path(workspace, goal)
    if shop.first_day is None:
        assert (found.verdict, found.missing) == ("too_early", "no_orders")
        return
    wanted = expected(shop, goal, lost_after)
    assert near([found.level], [wanted["level"]])
    assert [each.month for each in found.months] == months_of(goal)
    assert near([each.planned for each in found.months], wanted["planned"])
    assert near([each.actual for each in found.months], wanted["actual"])
    assert [each.in_progress for each in found.months] == wanted["in_progress"]
    assert found.months[-1].planned == goal.target
    assert found.is_over == (end_of("month", goal.by) <= shop.as_of)
    assert again == found


@few
@given(st.data())
def test_the_verdict_follows_from_the_months(data):
    rows, lost_after = data.draw(cases(customers=5))
    goal = data.draw(goals(rows))
    with holding(rows, settings=Settings(lost_after_days=lost_after)) as workspace:
        found = path(workspace, goal)
    sign = -1 if goal.kind == "churn" else 1
    known = [each for each in found.months if each.actual is not None]
    if found.verdict == "too_early":
        assert all(each.in_progress for each in known)
        assert (found.latest, found.gap, found.missing is None) == (None, None, False)
        return
    latest = found.latest
    assert found.missing is None
    assert latest in known
    assert found.gap == sign * (latest.actual - latest.planned)
    is_there = sign * (latest.actual - goal.target) >= 0
    assert found.verdict == ("reached" if is_there else "on_path" if found.gap >= 0 else "behind")
    assert not latest.in_progress or (goal.kind == "recovered" and is_there)
    if goal.kind == "recovered" and sign * (known[-1].actual - goal.target) >= 0:
        assert found.verdict == "reached"


@few
@given(st.data())
def test_a_longer_goal_has_the_same_months_of_money(data):
    rows, lost_after = data.draw(cases(customers=6))
    goal = replace_goal(data.draw(goals(rows)), kind="recovered", target=Decimal(100))
    longer = replace_goal(goal, by=add_months(goal.by, data.draw(st.integers(1, 6))))
    with holding(rows, settings=Settings(lost_after_days=lost_after)) as workspace:
        short, long = path(workspace, goal), path(workspace, longer)
    assert [each.actual for each in short.months] == [each.actual for each in long.months][: goal.n_months]


def replace_goal(goal: Goal, **changes: Any) -> Goal:
    return Goal.model_validate({**goal.model_dump(), **changes})


# --- by hand ---


def goal_of(kind: str, start: str, by: str, target: str, **more: str) -> Goal:
    return Goal(kind=kind, start=day(f"{start}-01"), by=day(f"{by}-01"), target=Decimal(target), **more)


def test_the_dozen_brings_back_fifty_in_june():
    with holding(DOZEN, settings=Settings(lost_after_days=30, margin=0.5)) as workspace:
        money = path(workspace, goal_of("recovered", "2024-05", "2024-08", "100"))
        margin = path(workspace, goal_of("recovered", "2024-05", "2024-08", "100", money_as="margin"))
        back = path(workspace, goal_of("returned", "2024-05", "2024-06", "1"))
        churn = path(workspace, goal_of("churn", "2024-06", "2024-08", "0.25"))
    assert [each.actual for each in money.months] == [0, 50, None, None]
    assert [each.planned for each in money.months] == [25, 50, 75, 100]
    assert (money.verdict, money.gap, money.is_over) == ("on_path", 0, False)
    assert [each.actual for each in margin.months] == [0, 25, None, None]
    assert (margin.verdict, margin.gap) == ("behind", -25)
    assert [each.actual for each in back.months] == [0, 1]
    assert (back.verdict, back.level, back.is_over) == ("reached", 0, True)
    # March to May lost 2 of 2, 1 of 1 and 0 of 1; June 1 of 2.
    assert churn.level == 1
    assert [each.planned for each in churn.months] == [Decimal("0.75"), Decimal("0.5"), Decimal("0.25")]
    assert (churn.verdict, churn.gap) == ("on_path", Decimal("0.25"))
    assert [each.actual for each in churn.before] == [None, None, 1, 1, 0]


LONG_AGO = order("zoe", "2022-01-01", 1)
BACK_OFTEN = numbered(
    [
        LONG_AGO,
        order("ann", "2023-03-31", 1000),
        order("ann", "2023-07-01", 100),  # 92 days later
        order("ann", "2023-10-01", 40),  # 92 days later
        order("ann", "2023-10-02", -15),
        order("ann", "2023-11-01", 7),  # 31 days later
        order("ann", "2024-03-28", 5),  # 148 days later
        order("ann", "2024-03-29", 500),
        order("bob", "2023-06-30", 3),
        order("bob", "2024-03-31", 9),
    ]
)


@pytest.mark.parametrize(
    ("start", "lost_after", "increments"),
    [
        ("2023-07", 30, [100, 0, 0, 25, 7, 0, 0, 0, 514]),
        ("2023-08", 30, [0, 0, 25, 7, 0, 0, 0, 514]),
        ("2023-07", 90, [100, 0, 0, 25, 7, 0, 0, 0, 514]),
        ("2023-07", 91, [0, 0, 0, 0, 0, 0, 0, 0, 514]),
        ("2023-07", 147, [0, 0, 0, 0, 0, 0, 0, 0, 9]),
    ],
)
def test_money_is_recovered_from_the_day_of_a_return_on(start: str, lost_after: int, increments: list[int]):
    assert steps_of(BACK_OFTEN, start, lost_after) == increments


def test_money_is_recovered_for_180_days_and_an_order_counts_once():
    rows = numbered(
        [
            LONG_AGO,
            order("ann", "2023-01-01", 1000),
            order("ann", "2023-10-01", 40),  # day 1
            order("ann", "2024-01-15", 3),
            order("ann", "2024-03-28", 5),  # day 180
            order("ann", "2024-03-28", -2),
            order("ann", "2024-03-29", 500),
            order("ann", "2024-03-29", -7),
        ]
    )
    assert steps_of(rows, "2023-10", 150) == [40, 0, 0, 3, 0, 3]
    # Lost after 72 days, the later orders are returns too: March's 498 are not added again for October's sake.
    assert steps_of(rows, "2023-10", 71) == [40, 0, 0, 3, 0, 496]


def steps_of(rows: Sequence[Row], start: str, lost_after: int) -> list[Decimal]:
    """What each month added up to March 2024."""
    with holding(rows, settings=Settings(lost_after_days=lost_after)) as workspace:
        found = path(workspace, goal_of("recovered", start, "2024-03", "1000"))
    known = [each.actual for each in found.months]
    return [one - before for before, one in zip([0, *known], known, strict=False)]


# --- a running month, no history ---


def shop_with(*lost: int, until: str) -> list[Row]:
    """100 customers who order each month of 2024; so many of them for the last time in the month before each of these
    months from March on. The last day is `until`."""
    rows = [order(f"c{number}", f"2024-{month:02}-01", 10) for month in range(1, 13) for number in range(100)]
    gone = 0
    for place, n in enumerate(lost):
        gone += n
        rows = [row for row in rows if not (row.day >= date(2024, 2 + place, 2) and int(row.customer[1:]) < gone)]
    return numbered([row for row in rows if row.day <= day(until)])


def test_a_running_month_decides_nothing_about_a_rate():
    rows = shop_with(10, 0, 0, until="2024-05-01")
    with holding(rows, settings=Settings(lost_after_days=35)) as workspace:
        whole = path(workspace, goal_of("churn", "2024-04", "2024-05", "0.05"))
        running = path(workspace, goal_of("churn", "2024-05", "2024-06", "0.05"))
    assert (whole.latest.month, whole.months[1].in_progress) == (date(2024, 4, 1), True)
    assert (running.verdict, running.missing, running.gap) == ("too_early", "no_whole_month", None)


def test_what_is_missing_is_said():
    with holding() as workspace:
        nothing = path(workspace, goal_of("churn", "2024-05", "2024-06", "0.05"))
    with holding(DOZEN, settings=Settings(lost_after_days=365)) as workspace:
        short = path(workspace, goal_of("recovered", "2024-02", "2024-06", "100"))
        later = path(workspace, goal_of("recovered", "2025-02", "2025-06", "100"))
    assert (nothing.verdict, nothing.missing, nothing.months[0].actual) == ("too_early", "no_orders", None)
    assert (short.verdict, short.missing, short.months[0].actual) == ("too_early", "warm_up", None)
    assert (later.verdict, later.missing, later.is_over) == ("too_early", "no_whole_month", False)


# --- the settings ---


def test_goals_are_kept_and_answer_in_their_order(tmp_path):
    goals = (goal_of("recovered", "2024-05", "2024-08", "100.50"), goal_of("churn", "2024-06", "2024-08", "0.065"))
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
        workspace.update(goals=goals, lost_after_days=30)
    with Workspace.open(tmp_path / "data") as workspace:
        assert workspace.settings.goals == goals
        assert [found.goal for found in paths(workspace)] == list(goals)
        assert all(isinstance(found, GoalPath) for found in paths(workspace))


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "2024-04-01"},
        {"by": "2029-05-01"},
        {"target": "0"},
        {"kind": "churn", "target": "1"},
        {"kind": "returned", "target": "2.5"},
        {"kind": "profit"},
    ],
)
def test_a_goal_that_cannot_be_is_refused(wrong: dict[str, str]):
    right = {"kind": "recovered", "start": "2024-05-01", "by": "2024-05-01", "target": "10"}
    assert Goal.model_validate({**right, "start": "2024-05-17"}).start == date(2024, 5, 1)
    with pytest.raises(ValidationError):
        Goal.model_validate({**right, **wrong})


def test_there_is_one_goal_of_a_kind():
    goal = goal_of("churn", "2024-05", "2024-08", "0.05")
    with pytest.raises(ValidationError, match="one goal of a kind"):
        Settings(goals=(goal, replace_goal(goal, target=Decimal("0.06"))))


# --- what is proposed ---


@pytest.mark.parametrize(
    ("lost", "target"),
    [
        ([9, 9, 9, 9, 9], "0.078"),  # a quarter less than the usual month
        ([8, 7, 7, 6, 6], "0.065"),  # the benchmark
        ([4, 4, 4, 4, 4], "0.038"),  # a tenth less
        ([0, 0, 0, 0, 0], None),
    ],
)
def test_a_proposed_churn_lies_below_the_usual_month(lost: list[int], target: str | None):
    with holding(shop_with(*lost, until="2024-07-01"), settings=Settings(lost_after_days=35)) as workspace:
        found = proposal(workspace, "churn")
    assert (found and found.goal.target) == (target and Decimal(target))
    if found:
        assert found.goal.target < found.level
        assert (found.goal.start, found.goal.by) == (date(2024, 7, 1), date(2024, 12, 1))
        assert found.benchmark == Decimal("0.065")


def test_more_customers_and_more_money_are_proposed(tmp_path):
    with workspace_of(BACK_OFTEN, tmp_path, Settings(lost_after_days=30, money_as="margin", margin=0.5)) as workspace:
        back, money = proposal(workspace, "returned"), proposal(workspace, "recovered")
        half = proposal(workspace, "recovered", n_months=2)
        # The as-of date is the last day of its month: the next goal begins with the next month.
        assert first_month(workspace) == date(2024, 4, 1)
    assert (back.level, back.goal.target) == (0, 1)
    # October to March: 25 + 7 + 514, half of it is margin, a quarter more, rounded up to two figures.
    assert (money.level, money.goal.target, money.goal.money_as) == (273, 350, "margin")
    assert (half.level, half.goal.target, half.goal.n_months) == (257, 330, 2)


def test_without_history_the_rule_of_thumb_proposes_money_and_the_rest_nothing():
    with holding(DOZEN, settings=Settings(lost_after_days=180)) as workspace:
        assert [proposal(workspace, kind) for kind in GOAL_KINDS] == [None] * 3
        workspace.update(lost_after_days=100)
        # bob and cat lost with orders of 70 on average: a quarter of 140.
        assert (proposal(workspace, "recovered").level, proposal(workspace, "recovered").goal.target) == (None, 35)
    with holding() as workspace:
        assert [proposal(workspace, kind) for kind in GOAL_KINDS] == [None] * 3


@few
@given(cases(customers=3))
def test_the_first_month_to_judge_is_the_first_past_the_warm_up(case):
    rows, lost_after = case
    with holding(rows, settings=Settings(lost_after_days=lost_after)) as workspace:
        found = first_judged(workspace)
    months = Shop(rows).periods("month", lost_after)
    assert [month["warm_up"] for month in months] == [found is None or month["start"] < found for month in months]
    assert (found is None) == (not months)


def test_the_months_before_lie_beside_recovered_money_when_asked_for():
    goal = goal_of("recovered", "2024-01", "2024-03", "1000")
    with holding(BACK_OFTEN, settings=Settings(lost_after_days=30)) as workspace:
        assert path(workspace, goal).before == ()
        before = path(workspace, goal, look_back=True).before
        early = path(workspace, goal_of("recovered", "2022-03", "2022-04", "1000"), look_back=True).before
    assert [(str(each.month), each.actual) for each in before] == [
        ("2023-10-01", 25), ("2023-11-01", 32), ("2023-12-01", 32),
    ]  # fmt: skip
    assert early == ()  # January 2022 lies in the warm-up


def test_a_level_that_is_good_enough_already_leaves_a_flat_path():
    rows = shop_with(4, 4, 4, until="2024-06-30")
    with holding(rows, settings=Settings(lost_after_days=35)) as workspace:
        churn = path(workspace, goal_of("churn", "2024-06", "2024-08", "0.2"))
        back = path(workspace, goal_of("returned", "2024-06", "2024-08", "3"))
    assert churn.level < Decimal("0.05")
    assert {each.planned for each in churn.months} == {Decimal("0.2")}
    assert (back.level, [each.planned for each in back.months]) == (0, [1, 2, 3])


def test_recovered_money_can_be_reached_in_a_running_month():
    rows = [row for row in BACK_OFTEN if row.day <= day("2023-10-01")]
    with holding(rows, settings=Settings(lost_after_days=30)) as workspace:
        reached = path(workspace, goal_of("recovered", "2023-09", "2023-12", "40"))
        short = path(workspace, goal_of("recovered", "2023-09", "2023-12", "41"))
    assert (reached.verdict, reached.latest.month, reached.latest.in_progress) == ("reached", date(2023, 10, 1), True)
    assert reached.gap == 20
    assert (short.verdict, short.latest.month) == ("behind", date(2023, 9, 1))


def test_a_year_leads_up_to_a_goal():
    rows = numbered([LONG_AGO, order("zoe", "2023-06-30", 1)])
    with holding(rows, settings=Settings(lost_after_days=30)) as workspace:
        before = path(workspace, goal_of("returned", "2023-06", "2023-07", "2")).before
    assert [each.month for each in before] == [add_months(date(2022, 6, 1), place) for place in range(12)]


@pytest.mark.parametrize(("lost_after", "first"), [(30, date(2024, 2, 1)), (31, date(2024, 3, 1))])
def test_a_month_is_judged_when_the_day_before_it_is_past_the_warm_up(lost_after: int, first: date):
    with holding([order("ann", "2024-01-01", 5, "1")], settings=Settings(lost_after_days=lost_after)) as workspace:
        assert first_judged(workspace) == first
