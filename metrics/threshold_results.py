"""What is computed about the lost threshold: plain frozen data, as in `results`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

CurveNumber = Literal["1", "2", "3", "4+"]
"""The order numbers that have a return curve of their own."""


@dataclass(frozen=True, slots=True)
class ReturnChance:
    """A chance to come back with its 95% interval (shares), and how many gaps it rests on."""

    chance: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True, slots=True)
class GapPercentiles:
    """Days between two orders that half, 80% and 90% of closed gaps do not exceed."""

    p50: float
    p80: float
    p90: float


@dataclass(frozen=True, slots=True)
class Suggested:
    """Suggested lost thresholds in days; None where the history is too short to tell."""

    all: int | None
    one_time: int | None
    repeat: int | None


@dataclass(frozen=True, slots=True)
class BackTestBand:
    """Customers silent for `silence_from`..`silence_to` days (None: no end) on the day stepped back to.

    `predicted` and `actual`: share that comes back within the horizon; None for a band without customers. `is_judged`:
    whether they are enough customers to judge the prediction by.
    """

    silence_from: int
    silence_to: int | None
    customers: int
    predicted: float | None
    actual: float | None
    is_judged: bool


@dataclass(frozen=True, slots=True)
class BackTest:
    """A prediction made for `stepped_to` and what happened in the `horizon` days after it.

    `unpredicted` customers had a silence for which the history was too short then. `worst` is the largest distance of
    predicted and actual among the judged bands, None where there is no such band.
    """

    stepped_to: date
    horizon: int
    bands: tuple[BackTestBand, ...]
    unpredicted: int
    worst: float | None

    @property
    def customers(self) -> int:
        """Everybody with an order by that day."""
        return sum(band.customers for band in self.bands) + self.unpredicted

    @property
    def judged(self) -> tuple[BackTestBand, ...]:
        """The bands that say something about the prediction."""
        return tuple(band for band in self.bands if band.is_judged)


@dataclass(frozen=True, slots=True)
class ChoiceMeaning:
    """What a lost threshold comes to. Shares are None where the history is too short or has no returns.

    `come_back_anyway`: share of customers that return within half a year of being called lost. `late_returns`: share of
    all returns that came from customers already called lost. `usual_gap`: median of closed gaps in days; `delay_days`:
    days from the usual next order until a customer is called lost.
    """

    lost_after_days: int
    come_back_anyway: float | None
    late_returns: float | None
    usual_gap: float | None
    delay_days: float | None


@dataclass(frozen=True, slots=True)
class ChancesMissing:
    """Why there is no chance to come back: too few gaps after so many orders last half a year beyond the threshold.

    `order_number` is None where nobody is lost. `days`: until there can be enough at the earliest, if nobody of those
    silent now orders; None where those are too few as well.
    """

    order_number: CurveNumber | None
    days: int | None


@dataclass(frozen=True, slots=True)
class RulePeriod:
    """The five counts of one month under a rule (METRICS.md 3): always E = S - L + N + R."""

    start: date
    end: date
    active_at_start: int
    active_at_end: int
    new_active: int
    lost: int
    returned: int


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What a rule for the lost threshold comes to at the as-of date.

    `lost_money` is that of the last 12 months, `lost_money_ever` of all losses. `churn` is the median of up to 12 whole
    months past the warm-up of the longest threshold in use, None without such `months`. `periods` are the last months.
    """

    kind: str
    lost: int
    active: int
    lost_money: Decimal
    lost_money_ever: Decimal
    churn: float | None
    months: int
    periods: tuple[RulePeriod, ...]
