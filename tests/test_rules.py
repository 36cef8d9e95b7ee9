"""Thresholds that are not the same for all, against the slow, plain way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import Workspace
from metrics.retention import now, periods
from metrics.rule import Rule
from metrics.rule_classes import group_columns, group_values
from metrics.rules import compare, figures, suggested_by_class
from metrics.settings import Settings
from metrics.threshold import churn_by_threshold
from metrics.value import lost_money
from tests.factories import order, real_orders, workspace_of
from tests.oracle import Row
from tests.rule_files import grouped_workspace

FIRST = date(2024, 1, 1)
Threshold = Callable[[str, int], int]
"""Days for a customer and the order number of the gap that is open."""


def days_of(rows: list[Row]) -> dict[str, list[date]]:
    found: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        if row.amount > 0:
            found[row.customer].add(row.at.date())
    return {who: sorted(days) for who, days in found.items()}


def is_active(who: str, days: list[date], day: date, threshold: Threshold) -> bool:
    past = [each for each in days if each <= day]
    return bool(past) and (day - past[-1]).days <= threshold(who, len(past))


def expected(rows: list[Row], start: date, end: date, threshold: Threshold) -> tuple[int, int, int, int, int]:
    """S, E, N, L, R of a period by METRICS.md 3, customer by customer."""
    s = e = n = lost = returned = 0
    before = start - timedelta(days=1)
    for who, days in days_of(rows).items():
        at_start, at_end = is_active(who, days, before, threshold), is_active(who, days, end, threshold)
        is_new = start <= days[0] <= end
        s, e = s + at_start, e + at_end
        n += is_new and at_end
        lost += at_start and not at_end
        returned += at_end and not at_start and not is_new
    return s, e, n, lost, returned


def check(workspace: Workspace, rows: list[Row], rule: Rule, threshold: Threshold) -> None:
    found = figures(workspace, rule)
    today = workspace.as_of
    everyone = days_of(rows)
    active = sum(is_active(who, days, today, threshold) for who, days in everyone.items())
    assert (found.active, found.lost) == (active, len(everyone) - active)
    for period in found.periods:
        counts = (period.active_at_start, period.active_at_end, period.new_active, period.lost, period.returned)
        assert counts == expected(rows, period.start, period.end, threshold), (rule, period)
        assert counts[1] == counts[0] - counts[3] + counts[2] + counts[4]


HISTORIES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 130), st.sampled_from([0, 5, 20])), min_size=1, max_size=40
)
SOME_DAYS = st.integers(1, 70)
GROUPED = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 130), st.sampled_from(["tea", "cups", None])),
    min_size=5,
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(HISTORIES, st.tuples(SOME_DAYS, SOME_DAYS, SOME_DAYS, SOME_DAYS), SOME_DAYS)
def test_by_order_number(history: list[tuple[str, int, int]], own: tuple[int, int, int, int], one: int) -> None:
    rows = [order(who, (FIRST + timedelta(days=day)).isoformat(), amount) for who, day, amount in history]
    by_number = {"1": own[0], "2": own[1], "3": own[2], "4": own[3]}
    with TemporaryDirectory() as folder, workspace_of(rows, Path(folder), Settings(lost_after_days=one)) as workspace:
        if workspace.as_of is None:
            assert figures(workspace, Rule()) is None
            assert compare(workspace, Rule()) == ()
            return
        check(workspace, rows, Rule(kind="number", by_number=by_number), lambda _, n: own[min(n, 4) - 1])
        check(workspace, rows, Rule(kind="number", by_number={"2": own[1]}), lambda _, n: own[1] if n == 2 else one)
        check(workspace, rows, Rule(), lambda _who, _n: one)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 130)), min_size=8, max_size=60),
    st.integers(1, 40), st.sampled_from([1.0, 1.5, 2.0]), st.integers(7, 21),
)  # fmt: skip
def test_by_own_rhythm(history: list[tuple[str, int]], shortest: int, multiplier: float, grace: int) -> None:
    rows = [order(who, (FIRST + timedelta(days=day)).isoformat(), 5) for who, day in history]
    held = Settings(lost_after_days=33, grace_days=grace)
    rhythm = {}
    for who, days in days_of(rows).items():
        gaps = [(after - before).days for before, after in pairwise(days)]
        rhythm[who] = int(max(shortest, multiplier * median(gaps)) + grace) if len(gaps) >= 5 else 33
    with TemporaryDirectory() as folder, workspace_of(rows, Path(folder), held) as workspace:
        rule = Rule(kind="rhythm", shortest=shortest, multiplier=multiplier)
        check(workspace, rows, rule, lambda who, _: rhythm[who])


@settings(max_examples=20, deadline=None)
@given(
    GROUPED,
    SOME_DAYS, SOME_DAYS,
)  # fmt: skip
def test_by_group(history: list[tuple[str, int, str | None]], tea: int, one: int) -> None:
    rows = [order(who, (FIRST + timedelta(days=day)).isoformat(), 5) for who, day, _ in history]
    home: dict[str, str | None] = {}
    for who, _day, group in sorted(history, key=lambda each: each[1]):
        home[who] = group or home.get(who)
    latest: dict[tuple[str, int], set[str]] = defaultdict(set)
    for who, day, group in history:
        if group:
            latest[who, day].add(group)
    if any(len(groups) > 1 for groups in latest.values()):
        return  # two groups in one order time: either is the home
    with TemporaryDirectory() as folder:
        workspace = grouped_workspace(
            rows, [group for _, _, group in history], Path(folder), Settings(lost_after_days=one)
        )
        with workspace:
            rule = Rule(kind="group", group_column="category", by_group={"tea": tea})
            check(workspace, rows, rule, lambda who, _: tea if home[who] == "tea" else one)


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory):
    with workspace_of(real_orders("cdnow_sample"), tmp_path_factory.mktemp("r"), Settings(lost_after_days=90)) as held:
        yield held


def test_equal_days_for_all_are_the_one_threshold(cdnow: Workspace) -> None:
    same = Rule(by_number=dict.fromkeys("1234", 90))
    one, lost, usual = now(cdnow, 90), lost_money(cdnow, 90), churn_by_threshold(cdnow, [90])[0]
    whole = {period.start: period for period in periods(cdnow, "month", 90)}
    for kind in ("one", "number"):
        found = figures(cdnow, same.model_copy(update={"kind": kind}))
        assert (found.lost, found.active) == (one.lost, one.active)
        assert (found.lost_money, found.lost_money_ever) == (lost.revenue, lost.all_revenue)
        assert (found.churn, found.months) == (pytest.approx(usual.churn), usual.months)
        for period in found.periods:
            assert (period.active_at_start, period.lost, period.returned) == (
                whole[period.start].active_at_start, whole[period.start].lost, whole[period.start].returned,
            )  # fmt: skip


def test_rules_side_by_side(cdnow: Workspace) -> None:
    found = compare(cdnow, Rule(by_number={"1": 60}))
    assert [each.kind for each in found] == ["one", "number", "rhythm"]
    assert found[1].lost >= found[0].lost
    assert all(each.lost + each.active == 2349 for each in found)
    assert all(each.lost_money_ever >= each.lost_money >= Decimal(0) for each in found)
    assert suggested_by_class(cdnow, Rule(kind="number"))["1"] == 130
    assert (group_columns(cdnow), group_values(cdnow, "category")) == ((), ())


def test_longer_thresholds_never_call_more_customers_lost(cdnow: Workspace) -> None:
    lost = [figures(cdnow, Rule(kind="number", by_number={"1": days, "2": days})).lost for days in (30, 60, 120, 400)]
    assert lost == sorted(lost, reverse=True)
