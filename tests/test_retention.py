"""Churn, retention and who is active, held to hand-computed figures and to the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import retention
from metrics.results import Now, Period
from metrics.settings import PeriodKind, Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, about, day, fields_of, holding, numbered, order, workspace_of
from tests.oracle import DAY, Row, Shop
from tests.strategies import cases, days_around, few, many

KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")


@pytest.fixture
def dozen() -> Iterator[Workspace]:
    with holding(DOZEN) as workspace:
        yield workspace


def counts(period: Period) -> tuple[int, ...]:
    """S, E, N, L, R."""
    return (period.active_at_start, period.active_at_end, period.new_active, period.lost, period.returned)


def range_of(workspace: Workspace, start: str, end: str, lost_after: int) -> Period:
    return retention.any_period(workspace, day(start), day(end), lost_after)


def test_periods_of_the_dozen_by_month(dozen):
    months = retention.periods(dozen, "month", 30)
    assert [(str(month.start), *counts(month)) for month in months] == [
        ("2024-01-01", 0, 2, 2, 0, 0),
        ("2024-02-01", 2, 2, 0, 0, 0),
        ("2024-03-01", 2, 1, 1, 2, 0),
        ("2024-04-01", 1, 1, 1, 1, 0),
        ("2024-05-01", 1, 2, 1, 0, 0),
        ("2024-06-01", 2, 3, 1, 1, 1),
    ]
    assert [(month.new, month.known_at_start) for month in months] == [(2, 0), (0, 2), (1, 2), (1, 3), (1, 4), (1, 5)]


def test_periods_of_the_dozen_rates(dozen):
    months = retention.periods(dozen, "month", 30)
    assert [month.churn for month in months] == [None, 0, 1, 1, 0, 0.5]
    assert [month.crr for month in months] == [None, 1, 0, 0, 1, 1]
    assert [month.strict_crr for month in months] == [None, 1, 0, 0, 1, 0.5]
    assert [month.reactivation for month in months] == [None, None, None, 0, 0, pytest.approx(1 / 3)]


def test_periods_of_the_dozen_by_quarter_and_year(dozen):
    first, second = retention.periods(dozen, "quarter", 30)
    assert (counts(first), first.new) == ((0, 1, 1, 0, 0), 3)
    assert (counts(second), second.new) == ((1, 3, 2, 1, 1), 3)
    (year,) = retention.periods(dozen, "year", 30)
    assert (year.start, year.end, year.in_progress) == (day("2024-01-01"), day("2024-06-30"), True)
    assert (counts(year), year.new) == ((0, 3, 3, 0, 0), 6)


def test_periods_warm_up_ends_a_threshold_after_the_first_order_day(dozen):
    # The first order day is 10 January: a period may start after 9 February for T = 30, after 29 February for T = 50.
    assert [month.warm_up for month in retention.periods(dozen, "month", 30)] == [True, True, *[False] * 4]
    assert [month.warm_up for month in retention.periods(dozen, "month", 50)] == [True, True, *[False] * 4]
    assert [month.warm_up for month in retention.periods(dozen, "month", 51)] == [True, True, True, *[False] * 3]


def test_periods_in_progress_until_their_last_day(tmp_path):
    with workspace_of(DOZEN, tmp_path, Settings(as_of=day("2024-06-29"))) as workspace:
        *_, may, june = retention.periods(workspace, "month", 30)
    assert (may.in_progress, may.comparable) == (False, True)
    assert (june.in_progress, june.comparable, june.end) == (True, False, day("2024-06-29"))


def test_periods_without_orders(tmp_path):
    with Workspace.open(None) as workspace:
        assert [retention.periods(workspace, kind, 30) for kind in KINDS] == [(), (), ()]
    with workspace_of([order("ann", "2024-01-01", -5, "1"), order("ann", "2024-01-02", 0, "2")], tmp_path) as workspace:
        assert retention.periods(workspace, "month", 30) == ()


def test_any_period_boundaries_of_silence(tmp_path):
    rows = numbered([order("ann", "2024-03-01", 1), order("zoe", "2024-12-31", 1)])
    with workspace_of(rows, tmp_path) as workspace:
        assert counts(range_of(workspace, "2024-03-02", "2024-03-31", 30)) == (1, 1, 0, 0, 0)  # silent for 30 days
        assert counts(range_of(workspace, "2024-03-02", "2024-04-01", 30)) == (1, 0, 0, 1, 0)  # for 31
        assert counts(range_of(workspace, "2024-04-01", "2024-04-01", 30)) == (1, 0, 0, 1, 0)
        assert counts(range_of(workspace, "2024-04-02", "2024-04-30", 30)) == (0, 0, 0, 0, 0)


def test_any_period_order_on_the_loss_day_itself_means_never_lost(tmp_path):
    rows = numbered([order("ann", "2024-03-01", 1), order("ann", "2024-04-01", 1)])
    with workspace_of(rows, tmp_path) as workspace:
        assert counts(range_of(workspace, "2024-03-02", "2024-04-01", 30)) == (1, 1, 0, 0, 0)
        assert counts(range_of(workspace, "2024-04-01", "2024-04-01", 30)) == (1, 1, 0, 0, 0)
        assert counts(range_of(workspace, "2024-04-01", "2024-04-01", 29)) == (0, 1, 0, 0, 1)


def test_any_period_lost_and_returned_inside_is_neither(tmp_path):
    rows = numbered([order("ann", "2024-01-31", 1), order("ann", "2024-03-15", 1), order("bob", "2024-03-31", 1)])
    with workspace_of(rows, tmp_path) as workspace:
        assert counts(range_of(workspace, "2024-02-01", "2024-03-31", 20)) == (1, 2, 1, 0, 0)
        assert counts(range_of(workspace, "2024-02-01", "2024-03-31", 10)) == (1, 1, 1, 1, 0)


def test_any_period_new_and_lost_inside_is_new_only(tmp_path):
    rows = numbered([order("ann", "2024-02-03", 1), order("bob", "2024-03-31", 1)])
    with workspace_of(rows, tmp_path) as workspace:
        period = range_of(workspace, "2024-02-01", "2024-03-31", 20)
    assert (counts(period), period.new) == ((0, 1, 1, 0, 0), 2)


def test_any_period_is_cut_at_the_as_of_date(dozen):
    period = range_of(dozen, "2024-06-01", "2024-07-15", 30)
    assert (period.end, period.in_progress, counts(period)) == (day("2024-06-30"), True, (2, 3, 1, 1, 1))


def test_refunds_and_gifts_make_no_order_day(tmp_path):
    rows = numbered(
        [
            order("ann", "2024-01-01", 10),
            order("ann", "2024-02-20", -1),
            order("ann", "2024-02-25", 0),
            order("b", "2024-03-01", 1),
        ]
    )
    with workspace_of(rows, tmp_path) as workspace:
        assert retention.now(workspace, 30) == Now(day("2024-03-01"), 30, known=2, active=1, lost=1)
        workspace.save(Settings(count_zero_orders=True))
        assert retention.now(workspace, 30) == Now(day("2024-03-01"), 30, known=2, active=2, lost=0)


def test_now(dozen):
    assert retention.now(dozen, 30) == Now(day("2024-06-30"), 30, known=6, active=3, lost=3)
    assert retention.now(dozen, 31) == Now(day("2024-06-30"), 31, known=6, active=4, lost=2)


def test_now_without_orders():
    with Workspace.open(None) as workspace:
        assert retention.now(workspace, 30) is None


@many
@given(case=cases(), zeros=st.booleans())
def test_periods_agree_with_the_oracle(case: tuple[list[Row], int], zeros: bool):
    rows, lost_after = case
    shop = Shop(rows, count_zero_orders=zeros)
    with holding(rows, settings=Settings(count_zero_orders=zeros)) as workspace:
        for kind in KINDS:
            expected = shop.periods(kind, lost_after)
            found = retention.periods(workspace, kind, lost_after)
            assert [fields_of(*pair) for pair in zip(found, expected, strict=True)] == [about(one) for one in expected]


@many
@given(data=st.data(), case=cases())
def test_any_period_agrees_with_the_oracle(data, case: tuple[list[Row], int]):
    rows, lost_after = case
    shop = Shop(rows)
    with holding(rows) as workspace:
        for _ in range(4 if shop.as_of else 0):
            start, end = sorted((data.draw(days_around(rows)), data.draw(days_around(rows))))
            expected = shop.period(min(start, shop.as_of), end, lost_after)
            found = retention.any_period(workspace, min(start, shop.as_of), end, lost_after)
            assert fields_of(found, expected) == about(expected)


@many
@given(data=st.data(), case=cases())
def test_now_and_periods_agree_with_the_oracle_at_any_as_of(data, case: tuple[list[Row], int]):
    rows, lost_after = case
    as_of = data.draw(days_around(rows))
    shop = Shop(rows, as_of=as_of)
    with holding(rows, settings=Settings(as_of=as_of)) as workspace:
        found = retention.now(workspace, lost_after)
        assert found == (Now(**shop.now(lost_after)) if shop.days else None)
        expected = shop.periods("month", lost_after)
        months = retention.periods(workspace, "month", lost_after)
        assert [fields_of(*pair) for pair in zip(months, expected, strict=True)] == [about(one) for one in expected]


@few
@given(case=cases())
def test_periods_identities(case: tuple[list[Row], int]):
    rows, lost_after = case
    with holding(rows) as workspace:
        for period in (period for kind in KINDS for period in retention.periods(workspace, kind, lost_after)):
            before, after, new, lost, returned = counts(period)
            assert after == before - lost + new + returned
            assert 0 <= new <= period.new
            assert (period.churn is None) == (period.strict_crr is None) == (period.crr is None) == (before == 0)
            assert period.churn is None or period.strict_crr == pytest.approx(1 - period.churn)
            assert period.churn is None or period.crr - period.strict_crr == pytest.approx(returned / before)


@few
@given(case=cases())
def test_periods_follow_one_another(case: tuple[list[Row], int]):
    rows, lost_after = case
    with holding(rows) as workspace:
        for kind in KINDS:
            periods = retention.periods(workspace, kind, lost_after)
            for one, following in pairwise(periods):
                assert one.end + DAY == following.start
                assert one.active_at_end == following.active_at_start
                assert one.known_at_start + one.new == following.known_at_start


@few
@given(case=cases(), more=st.integers(1, 400))
def test_now_a_larger_threshold_never_loses_more(case: tuple[list[Row], int], more: int):
    rows, lost_after = case
    with holding(rows) as workspace:
        strict, kind = retention.now(workspace, lost_after), retention.now(workspace, lost_after + more)
    if strict and kind:
        assert strict.known == strict.active + strict.lost == kind.known
        assert kind.lost <= strict.lost


@few
@given(data=st.data(), case=cases(), shift=st.integers(-500, 500))
def test_any_period_moves_with_its_dates(data, case: tuple[list[Row], int], shift: int):
    rows, lost_after = case
    start, end = sorted((data.draw(days_around(rows)), data.draw(days_around(rows))))
    moved = [row._replace(at=row.at + timedelta(days=shift)) for row in rows]

    def figures(history: list[Row], days: int) -> tuple[object, ...]:
        with holding(history) as workspace:
            if workspace.as_of is None:
                return ()
            first = min(start + timedelta(days=days), workspace.as_of)
            period = retention.any_period(workspace, first, end + timedelta(days=days), lost_after)
        return (*counts(period), period.known_at_start, period.warm_up, period.in_progress)

    assert figures(moved, shift) == figures(rows, 0)


def test_any_period_of_a_customer_who_never_stops(tmp_path):
    rows = numbered(order("ann", str(date(2024, 1, 1) + timedelta(days=7 * week)), 10) for week in range(52))
    with workspace_of(rows, tmp_path) as workspace:
        assert {month.churn for month in retention.periods(workspace, "month", 7)} == {None, 0}
        assert counts(range_of(workspace, "2024-02-01", "2024-12-23", 6)) == (1, 1, 0, 0, 0)
