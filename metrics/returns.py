"""Who comes back after how long: the return curve, its percentiles and the threshold that it suggests (METRICS.md 2).

Kaplan-Meier over the gaps between order days; a gap that has not ended is censored at the as-of date. All of it is read
from the gap histogram, so it costs the same for a thousand orders and for ten million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from metrics.histograms import OPEN, Histograms, Ints
from metrics.threshold_results import GapPercentiles, ReturnChance, Suggested
from metrics.workspace import Workspace

Floats = NDArray[np.float64]
Group = Literal["all", "1", "2", "3", "4+", "repeat"]

ORDER_NUMBERS: Final[dict[Group, tuple[int, ...]]] = {
    "all": (1, 2, 3, 4), "1": (1,), "2": (2,), "3": (3,), "4+": (4,), "repeat": (2, 3, 4),
}  # fmt: skip
"""Which order numbers of the histogram (4 stands for four or more) each curve is of."""

LEAST_AT_RISK = 30
"""Fewer gaps than this still open at a length say nothing about it: the history is too short."""
HORIZON = 90
LOST_BELOW = 0.10
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ReturnCurve:
    """The Kaplan-Meier curve of one group of gaps, by whole days 0, 1, 2 ... from an order day.

    `not_back[t]`: share without a next order after `t` days, with `low` and `high` (95%, Greenwood, log-log scale; NaN
    where it is not defined). `at_risk[t]`: gaps at least `t` days long. `variance[t]`: Greenwood's sum up to `t`.
    """

    group: Group
    not_back: Floats
    low: Floats
    high: Floats
    at_risk: Ints
    variance: Floats
    n_gaps: int
    n_closed: int

    def share_not_back(self, days: int) -> float | None:
        """Share without a next order after `days` days; None where no gap was seen that long."""
        return float(self.not_back[days]) if days < self.at_risk.size and self.at_risk[days] > 0 else None

    def chance(self, silence: int, horizon: int) -> ReturnChance | None:
        """The chance of an order within `horizon` days of somebody silent for `silence` days, with its 95% interval.

        None ("history too short") where fewer than 30 gaps are at risk at the end of the horizon.
        """
        end = silence + horizon
        if end >= self.at_risk.size or self.at_risk[end] < LEAST_AT_RISK or self.not_back[silence] <= 0:
            return None
        kept = float(self.not_back[end] / self.not_back[silence])
        low, high = _log_log(np.array([kept]), np.array([self.variance[end] - self.variance[silence]]))
        return ReturnChance(
            chance=1 - kept, low=1 - float(high[0]), high=1 - float(low[0]), at_risk=int(self.at_risk[end])
        )

    def chances(self, silence: Ints, horizon: int) -> Floats:
        """`chance` for many silences at once; NaN where the history is too short."""
        end = silence + horizon
        inside = (end < self.at_risk.size) & (self.at_risk[np.minimum(end, self.at_risk.size - 1)] >= LEAST_AT_RISK)
        found = np.full(silence.shape, np.nan)
        start = self.not_back[silence[inside]]
        with np.errstate(invalid="ignore", divide="ignore"):
            found[inside] = np.where(start > 0, 1 - self.not_back[end[inside]] / start, np.nan)
        return found


def return_curves(workspace: Workspace) -> Mapping[Group, ReturnCurve]:
    """The return curve of every group; empty without counted orders. Computed once per version of the marts."""

    def build() -> Mapping[Group, ReturnCurve]:
        held = workspace.histograms
        return {} if held is None else curves_at(held, held.today)

    return workspace.derived("return_curves", build)


def curves_at(held: Histograms, day: int) -> dict[Group, ReturnCurve]:
    """The return curves as they stood at the end of `day`: what came later is cut off."""
    durations, ended = _durations(held, day)
    known = held.gap_start <= day

    def of(group: Group, numbers: tuple[int, ...]) -> ReturnCurve:
        chosen = known & np.isin(held.gap_number, numbers)
        closed, censored = (_by_length(durations, held.gap_customers, chosen & part) for part in (ended, ~ended))
        return curve_of(group, closed, censored)

    return {group: of(group, numbers) for group, numbers in ORDER_NUMBERS.items()}


def gap_percentiles(workspace: Workspace) -> GapPercentiles | None:
    """The 50th, 80th and 90th percentile of closed gaps in days, interpolated linearly; None without any.

    Biased short: who never came back is left out. Good for "falling asleep", poor for "lost".
    """
    held = workspace.histograms
    if held is None or not (held.gap_length < OPEN).any():
        return None
    closed = held.gap_length < OPEN
    counts = _by_length(held.gap_length, held.gap_customers, closed)
    return GapPercentiles(*(_percentile(counts, share) for share in (0.5, 0.8, 0.9)))


def suggested_threshold(workspace: Workspace, horizon: int = HORIZON, lost_below: float = LOST_BELOW) -> Suggested:
    """The first day of silence from which fewer than `lost_below` come back within `horizon` days.

    For all gaps, those of one-time buyers and those of repeat buyers; None where the history does not reach that far.
    """
    curves = return_curves(workspace)

    def first(group: Group) -> int | None:
        return None if group not in curves else first_day_below(curves[group], horizon, lost_below)

    return Suggested(all=first("all"), one_time=first("1"), repeat=first("repeat"))


def first_day_below(curve: ReturnCurve, horizon: int, lost_below: float) -> int | None:
    """The first silence, in days from 1 on, at which the chance to return within `horizon` is below `lost_below`."""
    chances = curve.chances(np.arange(1, max(curve.at_risk.size, 2), dtype=np.int64), horizon)
    below = np.flatnonzero(chances < lost_below)
    return int(below[0]) + 1 if below.size else None


def _durations(held: Histograms, day: int) -> tuple[Ints, NDArray[np.bool_]]:
    """How long each gap had lasted at the end of `day` (0 for those begun later), and whether it had ended by then."""
    ended = held.gap_start + held.gap_length <= day
    return np.maximum(np.where(ended, held.gap_length, day - held.gap_start), 0), ended


def _by_length(durations: Ints, customers: Ints, chosen: NDArray[np.bool_]) -> Floats:
    return np.bincount(durations[chosen], weights=customers[chosen], minlength=1).astype(np.float64)


def curve_of(group: Group, closed: Floats, censored: Floats) -> ReturnCurve:
    """The curve of gaps given as numbers by length in days: those that ended, and those still open then."""
    size = max(closed.size, censored.size)
    events = np.zeros(size)
    events[: closed.size] = closed
    leaving = events.copy()
    leaving[: censored.size] += censored
    at_risk = leaving[::-1].cumsum()[::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        hazard = np.where(at_risk > 0, events / at_risk, 0.0)
        steps = np.where(at_risk > events, events / (at_risk * (at_risk - events)), 0.0)
    not_back, variance = np.cumprod(1 - hazard), np.cumsum(steps)
    low, high = _log_log(not_back, variance)
    return ReturnCurve(
        group, not_back, low, high, at_risk.astype(np.int64), variance, int(leaving.sum()), int(events.sum())
    )


def _log_log(share: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The 95% interval of a Kaplan-Meier share on the log-log scale; NaN at shares of 0 and 1."""
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = np.log(share)
        width = _Z95 * np.sqrt(variance) / np.abs(centre)
        inside = (share > 0) & (share < 1)
        low = np.where(inside, share ** np.exp(width), np.nan)
        high = np.where(inside, share ** np.exp(-width), np.nan)
    return low, high


def _percentile(counts: Floats, share: float) -> float:
    """A percentile of whole days given as counts, between the two nearest as numpy's default does."""
    until = np.cumsum(counts)
    place = (until[-1] - 1) * share
    low = int(np.searchsorted(until, np.floor(place), side="right"))
    high = int(np.searchsorted(until, np.ceil(place), side="right"))
    return low + (high - low) * float(place - np.floor(place))
