"""The sentences that answer the pages' questions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dashboard import charts, story
from dashboard.palette import palette
from metrics.results import LostMoney, Now, Period

LOST = LostMoney(date(2024, 1, 1), 3, Decimal(345), 3, Decimal(345), None)


def june(lost: int, active: int) -> Period:
    churn = lost / active
    return Period(
        start=date(2024, 6, 1), end=date(2024, 6, 30), active_at_start=active, active_at_end=active - lost,
        new_active=0, lost=lost, returned=0, new=0, known_at_start=active, churn=churn, crr=1 - churn,
        strict_crr=1 - churn, reactivation=None, warm_up=False, in_progress=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        (644, "**6\\.4%**, better than the benchmark of 6\\.5%"),
        (646, "**6\\.5%**, the same as the benchmark"),
        (650, "**6\\.5%**, the same as the benchmark"),
        (654, "**6\\.5%**, the same as the benchmark"),
        (656, "**6\\.6%**, more than the benchmark of 6\\.5%"),
    ],
)
def test_overview_compares_what_is_shown(lost: int, words: str):
    assert words in story.overview(june(lost, 10_000), "month", 0.065, LOST, None)


@pytest.mark.parametrize(("lost", "words"), [(654, "not above the benchmark"), (656, "6.6%, above the benchmark")])
def test_the_churn_chart_compares_what_is_shown(lost: int, words: str):
    assert words in charts.churn_series([june(lost, 10_000)], "month", 0.065, None, palette("light")).alt


def test_the_sum_of_all_losses_says_how_much_of_it_is_the_last_years():
    standing = Now(date(2024, 6, 30), 120, known=10, active=7, lost=3)
    assert "They used to bring **345** a year." in story.threshold(standing, LOST, None, None)
    older = LostMoney(date(2024, 1, 1), 2, Decimal(300), 3, Decimal(345), None)
    assert "They used to bring **345** a year, **300** of it was lost in the last 12 months." in (
        story.threshold(standing, older, None, None)
    )
