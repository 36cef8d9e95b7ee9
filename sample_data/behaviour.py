"""When invented customers buy: seeded purchase histories with regulars, one-time buyers, leavers and returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the customers of one shop behave; days are calendar days, shares are 0..1."""

    first_on: date
    last_on: date
    n_known: int
    """Customers who already bought before `first_on`."""
    n_new: int
    """Customers whose first purchase falls within the dates."""
    growth: float
    """Newcomers of a day against those of the same day a year earlier."""
    typical_gap: float
    """Days between two purchases of a typical customer."""
    gap_spread: float
    """Shape of the gamma that purchase rates follow: higher means more alike customers."""
    regularity: float
    """Shape of the gamma that the gaps of one customer follow: higher means more regular."""
    one_time: float
    """Share of newcomers who stop after the first purchase."""
    leaving: float
    """Chance of a regular to leave within a month (a hazard: it grows with the length of the gap)."""
    comeback: float
    """Share of those who stopped that buy again after a long silence."""
    silence: float
    """Median length of that silence."""
    season: tuple[float, ...]
    """Weight of each month, January first."""
    weekdays: tuple[float, ...]
    """Weight of each weekday, Monday first."""
    bad_from: date
    """The bad quarter: from `bad_from` to `bad_to` regulars leave `bad_factor` times as often."""
    bad_to: date
    bad_factor: float


class Purchases(NamedTuple):
    """One purchase per place in the arrays, by day: the customer's number (0..n) and the day."""

    customer: NDArray[np.int64]
    day: NDArray[np.datetime64]


class _Time(NamedTuple):
    """Per day: the clock at its end, a regular's monthly hazard of leaving, all newcomers' weights up to its end."""

    clock: NDArray[np.float64]
    hazard: NDArray[np.float64]
    newcomers: NDArray[np.float64]


def purchases(behaviour: Behaviour, rng: np.random.Generator) -> Purchases:
    """Draw the whole purchase history of a shop, sorted by day and customer.

    Customers are numbered in the order in which they joined, those known before first. Time runs on a clock that is
    faster on busy days, so season and weekday shape every gap.
    """
    time = _calendar(behaviour)
    spread, n_known, n_new = behaviour.gap_spread, behaviour.n_known, behaviour.n_new
    gaps = behaviour.typical_gap * np.clip(spread / rng.gamma(spread, size=n_known + n_new), 0.5, 1.6)
    starts = np.append(rng.uniform(0, gaps[:n_known]), _join_times(n_new, time, rng))
    pairs: list[tuple[int, int]] = []
    for customer, (start, gap) in enumerate(zip(starts.tolist(), gaps.tolist(), strict=True)):
        days = _history(behaviour, rng, time, start, gap, is_new=customer >= n_known)
        pairs.extend((day, customer) for day in days)
    table = np.array(sorted(pairs), dtype=np.int64)
    return Purchases(table[:, 1], np.datetime64(behaviour.first_on, "D") + table[:, 0])


def _history(
    behaviour: Behaviour, rng: np.random.Generator, time: _Time, start: float, gap: float, *, is_new: bool
) -> Iterator[int]:
    """Yield the days (0 is `first_on`) on which one customer buys; only a newcomer can be a one-time buyer."""
    now, first = start, is_new
    while now < time.clock[-1]:
        day = int(np.searchsorted(time.clock, now, side="right"))
        yield day
        leaves = behaviour.one_time if first else 1 - float(np.exp(-time.hazard[day] * gap / DAYS_A_MONTH))
        first = False
        if rng.random() >= leaves:
            now += gap * rng.gamma(behaviour.regularity) / behaviour.regularity
        elif rng.random() < behaviour.comeback:
            now += behaviour.silence * rng.lognormal(0, 0.35)
        else:
            return


def _calendar(behaviour: Behaviour) -> _Time:
    n_days = (behaviour.last_on - behaviour.first_on).days + 1
    days = [behaviour.first_on + timedelta(days=n) for n in range(n_days)]
    weights = np.array([behaviour.season[day.month - 1] * behaviour.weekdays[day.weekday()] for day in days])
    weights /= weights.mean()
    bad = np.array([behaviour.bad_from <= day <= behaviour.bad_to for day in days])
    newcomers = np.cumsum(weights * behaviour.growth ** (np.arange(n_days) / 365))
    return _Time(np.cumsum(weights), behaviour.leaving * np.where(bad, behaviour.bad_factor, 1.0), newcomers)


def _join_times(n: int, time: _Time, rng: np.random.Generator) -> NDArray[np.float64]:
    """First purchases of `n` newcomers in clock time, in order: more of them late and in busy seasons."""
    drawn = np.sort(rng.uniform(0, time.newcomers[-1], size=n))
    joined: NDArray[np.float64] = np.interp(drawn, np.append(0.0, time.newcomers), np.append(0.0, time.clock))
    return joined
