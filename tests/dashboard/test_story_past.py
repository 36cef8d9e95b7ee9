"""What the past could tell: the verdict claims no more than was tested."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import charts, i18n, story_past
from dashboard.palette import palette
from metrics.backtest import BANDS
from metrics.threshold_results import BackTest, BackTestBand, ChancesMissing


@pytest.fixture(autouse=True)
def _english():
    i18n.use("en")


def past(*customers: int, unpredicted: int = 0, off: float = 0.02) -> BackTest:
    """A back-test with so many customers in the first bands, each prediction `off` by as much."""
    numbers = [*customers, *[0] * (len(BANDS) - len(customers))]
    bands = tuple(
        BackTestBand(low, high, n, 0.3 if n else None, 0.3 + off if n else None, is_judged=n >= 30)
        for (low, high), n in zip(BANDS, numbers, strict=True)
    )
    return BackTest(date(2026, 8, 2), 90, bands, unpredicted, off)


def said(found: BackTest, lost_after_days: int) -> str:
    return story_past.back_test(found, lost_after_days).replace("\\", "")


def test_where_no_lost_customer_was_tested_nothing_is_claimed_of_them() -> None:
    text = said(past(110, 3, unpredicted=58, off=0.0071), 30)
    assert "rely on" not in text
    assert "Only customers silent for **0–29 days** could be tested" in text
    assert "off by **0.7 points** at most" in text
    assert "**Nothing is known yet about those you call lost**, silent for more than 30 days: 61 of 171" in text
    assert "Nothing is known" in said(past(110, 40, 35), 89)
    assert "Nothing is known" not in said(past(110, 40, 35), 88)


def test_what_was_tested_is_named_where_not_all_could_be() -> None:
    text = said(past(100, 50, 3, 40, unpredicted=7), 90)
    assert "right **within 2.0 points** where it could be tested: there you can rely on it." in text
    assert "silent for **0–59, 90–179 days**; 10 of 200 customers could not be" in text
    assert "orders of magnitude" in said(past(100, 50, 40, 40, unpredicted=7, off=0.06), 90)
    whole = said(past(100, 50, 40, 40, 30, 30, 30), 90)
    assert whole.endswith("right **within 2.0 points** in every group: you can rely on it.")


def test_bands_of_too_few_are_hollow_and_say_so() -> None:
    picture = charts.calibration(past(110, 3), palette("light"))
    bar = picture.figure.data[0]
    assert bar.marker.color[0] == palette("light").returned != bar.marker.color[1]
    assert list(bar.marker.line.width) == [0, 1.5]
    assert ["too few" in note.text for note in picture.figure.layout.annotations[:2]] == [False, True]
    assert picture.alt.endswith("too few to judge")


def test_what_the_chance_waits_for() -> None:
    assert story_past.chances_missing(ChancesMissing("4+", None), 120) == (
        "too few were silent for 300 days after a 4th or later order"
    )
    assert story_past.chances_missing(ChancesMissing("2", 41), 120) == (
        "too few were silent for 300 days after their 2nd order; enough in 41 days at the earliest"
    )
    assert story_past.chances_missing(ChancesMissing(None, None), 120) == "nobody counts as lost"
