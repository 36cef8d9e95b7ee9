"""Churn by threshold, held to hand-computed figures and to the oracle."""

from __future__ import annotations

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import retention, threshold
from metrics.results import ThresholdChurn
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, about, day, fields_of, holding, numbered, order, workspace_of
from tests.oracle import Row, Shop
from tests.strategies import few, histories, many


def test_churn_by_threshold(tmp_path):
    with workspace_of(DOZEN, tmp_path) as workspace:
        # March to June 1, 1, 0 and 0.5 at 30 days; at 400 days no month has enough history.
        assert threshold.churn_by_threshold(workspace, [30, 400]) == (
            ThresholdChurn(30, 0.75, 4),
            ThresholdChurn(400, None, 0),
        )


def test_churn_by_threshold_leaves_out_the_month_in_progress(tmp_path):
    with workspace_of(DOZEN, tmp_path, Settings(as_of=day("2024-06-29"))) as workspace:
        assert threshold.churn_by_threshold(workspace, [30]) == (ThresholdChurn(30, 1, 3),)


def test_churn_by_threshold_warm_up_follows_the_threshold(tmp_path):
    with workspace_of(DOZEN, tmp_path) as workspace:
        # The first order day is 10 January: 50 days later is 29 February, so March counts at 50 days and not at 51.
        assert threshold.churn_by_threshold(workspace, [50, 51]) == (
            ThresholdChurn(50, 0.25, 4),
            ThresholdChurn(51, 0, 3),
        )


def test_churn_by_threshold_takes_the_last_twelve_months(tmp_path):
    # One customer never stops. In 2022 and 2023 another one comes each month, for one order; in 2024 nobody else does.
    months = [f"{year}-{month:02}-28" for year in (2022, 2023, 2024) for month in range(1, 13)]
    rows = [order("stays", on, 1) for on in [*months, "2024-12-31"]] + [order(on, on, 1) for on in months[:24]]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        assert threshold.churn_by_threshold(workspace, [31]) == (ThresholdChurn(31, 0, 12),)
        # August 2023 to July 2024: one of two is lost in each month until January, nobody afterwards.
        workspace.save(Settings(as_of=day("2024-07-31")))
        assert threshold.churn_by_threshold(workspace, [31]) == (ThresholdChurn(31, 0.25, 12),)


def test_churn_by_threshold_without_orders():
    with Workspace.open(None) as workspace:
        assert threshold.churn_by_threshold(workspace, [30, 60]) == ()


@many
@given(
    rows=histories(),
    zeros=st.booleans(),
    days=st.lists(st.integers(1, 31) | st.integers(1, 730), min_size=1, max_size=6, unique=True),
)
def test_churn_by_threshold_agrees_with_the_oracle(rows: list[Row], zeros: bool, days: list[int]):
    shop = Shop(rows, count_zero_orders=zeros)
    with holding(rows, settings=Settings(count_zero_orders=zeros)) as workspace:
        found = threshold.churn_by_threshold(workspace, days)
    expected = [shop.churn_by_threshold(lost_after) for lost_after in days]
    assert [fields_of(*pair) for pair in zip(found, expected, strict=True)] == [about(one) for one in expected]


@few
@given(rows=histories(), days=st.integers(1, 120))
def test_churn_by_threshold_is_the_median_of_the_months(rows: list[Row], days: int):
    with holding(rows) as workspace:
        (found,) = threshold.churn_by_threshold(workspace, [days])
        months = [month for month in retention.periods(workspace, "month", days) if month.comparable][-12:]
    churns = [month.churn for month in months if month.churn is not None]
    assert found.churn == (pytest.approx(median(churns)) if churns else None)
