"""Return curves, the suggested threshold and the back-test, against the independent tools and a plain oracle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import Workspace, backtest, choice, returns
from metrics.histograms import day_number
from metrics.predictions import chances, curves_of_customers
from metrics.settings import Settings
from metrics.threshold_results import ChancesMissing
from tests.factories import order, real_orders, workspace_of
from tests.oracle import Row
from tests.test_reference import reference

NAMES = ("cdnow_sample", "uci_or1", "msft_sales")


@pytest.fixture(scope="module", params=NAMES)
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Workspace]]:
    name = request.param
    held = Settings(count_zero_orders=name == "cdnow_sample")
    with workspace_of(real_orders(name), tmp_path_factory.mktemp(name), held) as workspace:
        yield name, workspace


def test_the_curve_equals_lifelines(real: tuple[str, Workspace]) -> None:
    name, workspace = real
    curve = returns.return_curves(workspace)["all"]
    for days, share in reference(name)["km_gap"]["S"].items():
        assert curve.share_not_back(int(days)) == pytest.approx(share, abs=1e-9)
    assert curve.n_closed == reference(name)["km_gap"]["n_events"]
    assert curve.n_gaps - curve.n_closed == reference(name)["km_gap"]["n_censored"]


def test_percentiles_of_gaps_equal_the_reference(real: tuple[str, Workspace]) -> None:
    name, workspace = real
    found = returns.gap_percentiles(workspace)
    assert found.p50 == pytest.approx(reference(name)["gaps"]["p50"])
    assert found.p90 == pytest.approx(reference(name)["gaps"]["p90"])


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace_of(real_orders("cdnow_sample"), tmp_path_factory.mktemp("c"), Settings()) as workspace:
        yield workspace


def test_cdnow_is_calibrated_for_the_silent(cdnow: Workspace) -> None:
    own, pooled = backtest.back_test(cdnow), backtest.pooled_back_test(cdnow)
    assert own.stepped_to == date(1998, 4, 1)

    def off(found) -> list[float]:
        return [abs(band.predicted - band.actual) for band in found.bands if band.silence_from >= 90 and band.customers]

    assert len(off(own)) == 3
    assert [band.is_judged for band in own.bands] == [band.customers >= 30 for band in own.bands]
    assert own.customers == len({row.customer for row in real_orders("cdnow_sample") if row.amount > 0})
    assert max(off(own)) < 0.05
    # One curve for all leaves the silent far too little hope.
    assert max(off(pooled)) > 2 * max(off(own))
    assert max(off(pooled)) > 0.09


def test_the_suggested_thresholds(cdnow: Workspace) -> None:
    found = returns.suggested_threshold(cdnow)
    assert (found.all, found.one_time, found.repeat) == (205, 130, 343)
    for group, days in (("all", 205), ("1", 130), ("repeat", 343)):
        curve = returns.return_curves(cdnow)[group]
        assert curve.chance(days, 90).chance < 0.10 <= curve.chance(days - 1, 90).chance
    later = returns.suggested_threshold(cdnow, lost_below=0.05)
    assert later.all > found.all
    assert returns.suggested_threshold(cdnow, horizon=3000).all is None


def gaps_of(rows: list[Row], until: int) -> list[tuple[int, int, bool, int]]:
    """(order number, days, ended, gaps of four and more that the customer has) of each gap at the end of a day."""
    days: dict[str, set[int]] = {}
    for row in rows:
        if row.amount > 0 and day_number(row.at.date()) <= until:
            days.setdefault(row.customer, set()).add(day_number(row.at.date()))
    found = []
    for mine in days.values():
        ordered = sorted(mine)
        for number, (start, end) in enumerate(zip(ordered, [*ordered[1:], None], strict=True), start=1):
            found.append((number, (end or until) - start, end is not None, max(len(ordered) - 3, 0)))
    return found


def kaplan_meier(gaps: list[tuple[float, int, bool]], days: int) -> float:
    """The share not back after `days`, the slow, plain way: (weight, days, ended) per gap."""
    share = 1.0
    for day in range(days + 1):
        at_risk = sum(weight for weight, length, _ in gaps if length >= day)
        back = sum(weight for weight, length, ended in gaps if ended and length == day)
        share *= 1 - back / at_risk if at_risk else 1
    return share


HISTORIES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 60), st.sampled_from([0, 5, 20])), min_size=1, max_size=30
)


@settings(max_examples=40, deadline=None)
@given(HISTORIES, st.integers(0, 20))
def test_curves_equal_the_plain_way(history: list[tuple[str, int, int]], back: int) -> None:
    rows = [order(who, date.fromordinal(738_000 + day).isoformat(), amount) for who, day, amount in history]
    with TemporaryDirectory() as folder, workspace_of(rows, Path(folder)) as workspace:
        held = workspace.histograms
        if held is None:
            assert returns.return_curves(workspace) == {}
            assert choice.not_enough(workspace, 30) == ("orders",)
            return
        until = held.today - back
        gaps = gaps_of(rows, until)
        plain, by_customer = returns.curves_at(held, until), curves_of_customers(workspace, until)
        for group, numbers in returns.ORDER_NUMBERS.items():
            mine = [gap for gap in gaps if min(gap[0], 4) in numbers]
            for days in (0, 1, 7, 30):
                expected = kaplan_meier([(1, length, ended) for _, length, ended, _ in mine], days)
                if plain[group].share_not_back(days) is not None:
                    assert plain[group].share_not_back(days) == pytest.approx(expected)
                else:
                    assert not any(length >= days for _, length, _, _ in mine)
        frequent = [(1 / n, length, ended) for number, length, ended, n in gaps if number >= 4]
        if frequent:
            assert by_customer["4+"].not_back[-1] == pytest.approx(kaplan_meier(frequent, 100))


def test_intervals_hold_the_share_and_grow(cdnow: Workspace) -> None:
    curve = returns.return_curves(cdnow)["1"]
    inside = slice(1, 400)
    assert (curve.low[inside] <= curve.not_back[inside]).all()
    assert (curve.high[inside] >= curve.not_back[inside]).all()
    found = curve.chance(60, 90)
    assert found.low < found.chance < found.high
    # Greenwood by hand at the first days: sum of d / (n (n - d)), log-log scale.
    share, total = curve.not_back[30], curve.variance[30]
    width = 1.959963984540054 * math.sqrt(total) / abs(math.log(share))
    assert curve.low[30] == pytest.approx(share ** math.exp(width))


def test_a_short_history_is_said_to_be_short(tmp_path: Path) -> None:
    rows = [order(f"c{n}", f"2024-01-{n + 1:02}", 5) for n in range(28)] + [order("c1", "2024-02-20", 5)]
    with workspace_of(rows, tmp_path) as workspace:
        assert returns.return_curves(workspace)["all"].chance(0, 10) is None
        assert returns.suggested_threshold(workspace).all is None
        assert choice.not_enough(workspace, 30) == ("suggestion", "chances", "back_test")
        assert choice.chances_missing(workspace, 30) == ChancesMissing("1", None)
        assert backtest.back_test(workspace) is None
        assert choice.meaning(workspace, 30).come_back_anyway is None


def on_day(number: int) -> str:
    return date.fromordinal(738_000 + number).isoformat()


def test_the_day_named_is_the_day_on_which_the_history_is_long_enough(tmp_path: Path) -> None:
    rows = [order(f"c{n}", on_day(0), 5) for n in range(40)] + [order("last", on_day(day), 5) for day in (60, 209, 210)]
    for silent, missing in ((60, ChancesMissing("1", 150)), (209, ChancesMissing("1", 1)), (210, None)):
        chosen = Settings(as_of=date.fromordinal(738_000 + silent))
        with workspace_of(rows, tmp_path, chosen) as workspace:
            assert choice.chances_missing(workspace, 30) == missing
            assert (choice.meaning(workspace, 30).come_back_anyway is None) == (missing is not None)


def test_what_is_missing_is_the_order_number_that_holds_it_up(tmp_path: Path) -> None:
    once = [order(f"once{n}", on_day(0), 5) for n in range(40)]
    twice = [order(f"twice{n}", on_day(day), 5) for n in range(20) for day in (0, 100)]
    rows = [*once, *twice, order("last", on_day(240), 5)]
    with workspace_of(rows, tmp_path) as workspace:
        # All gaps together reach: 60 lasted 100 days, 40 of them 240.
        assert choice.chances_missing(workspace, 30) == ChancesMissing("2", None)
        assert choice.chances_missing(workspace, 239) == ChancesMissing("1", 179)
        assert choice.chances_missing(workspace, 240) == ChancesMissing(None, None)
    more = [order(f"more{n}", on_day(day), 5) for n in range(10) for day in (0, 120)]
    with workspace_of([*rows, *more], tmp_path) as workspace:
        assert choice.chances_missing(workspace, 30) == ChancesMissing("2", 90)


def test_what_a_choice_means(cdnow: Workspace) -> None:
    short, long = choice.meaning(cdnow, 60), choice.meaning(cdnow, 180)
    assert short.late_returns > long.late_returns > 0
    assert short.come_back_anyway > long.come_back_anyway > 0
    assert (short.usual_gap, short.delay_days) == (34.0, 27.0)
    held = cdnow.histograms
    closed = [(int(n), int(c)) for n, c in zip(held.gap_length, held.gap_customers, strict=True) if n < 10_000]
    late = sum(c for n, c in closed if n > 61) / sum(c for _, c in closed)
    assert short.late_returns == pytest.approx(late)


def test_chances_of_many_are_those_of_each(cdnow: Workspace) -> None:
    held = cdnow.histograms
    curves = curves_of_customers(cdnow, held.today)
    silence, number = held.today - held.gap_start[:50], held.gap_number[:50]
    many = chances(curves, silence, number, 90)
    for place in range(50):
        one = curves[{1: "1", 2: "2", 3: "3", 4: "4+"}[int(number[place])]].chance(int(silence[place]), 90)
        assert (math.isnan(many[place]) and one is None) or many[place] == pytest.approx(one.chance)
