"""Stepping back in time: would the return curve have known who comes back? (METRICS.md 2)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from metrics.histograms import Ints, day_of
from metrics.predictions import OWN, POOLED, chances, curves_of_customers
from metrics.returns import HORIZON, Floats, Group
from metrics.threshold_results import BackTest, BackTestBand
from metrics.workspace import Workspace

BANDS: Final = ((0, 29), (30, 59), (60, 89), (90, 179), (180, 269), (270, 364), (365, None))
"""Bands of silence in days, both ends inclusive; the last one is open."""
LEAST_CUSTOMERS = 30
"""A share of fewer customers than this is too uncertain to judge a prediction by."""


def back_test(workspace: Workspace, horizon: int = HORIZON) -> BackTest | None:
    """Step `horizon` days back, predict who returns within them, and compare with what happened, by band of silence.

    Each customer is predicted by the curve of their own order number, as it stood then. None without orders on that
    day. Customers for whom the history was too short are counted apart.
    """
    return workspace.derived(("back_test", horizon), lambda: _of(workspace, horizon, OWN))


def pooled_back_test(workspace: Workspace, horizon: int = HORIZON) -> BackTest | None:
    """The same with one curve for all: frequent buyers own most gaps, so it promises too much of the silent."""
    return workspace.derived(("pooled_back_test", horizon), lambda: _of(workspace, horizon, POOLED))


def back_test_missing(workspace: Workspace, horizon: int = HORIZON) -> int:
    """How many more days of history it takes: one horizon to learn from, another to test; 0 where they are there."""
    held = workspace.histograms
    return 2 * horizon if held is None else max(held.first_day + 2 * horizon - held.today, 0)


def _of(workspace: Workspace, horizon: int, groups: Mapping[int, Group]) -> BackTest | None:
    held = workspace.histograms
    if held is None or held.today - horizon < held.first_day:
        return None
    then = held.today - horizon
    curves = curves_of_customers(workspace, then)
    standing = (held.gap_start <= then) & (held.gap_start + held.gap_length > then)
    silence, number = then - held.gap_start[standing], held.gap_number[standing]
    customers = held.gap_customers[standing]
    returned = held.gap_start[standing] + held.gap_length[standing] <= held.today
    predicted = chances(curves, silence, number, horizon, groups)
    known = ~np.isnan(predicted)
    bands = tuple(_band(low, high, silence, customers, predicted, returned, known) for low, high in BANDS)
    off = [
        abs(band.predicted - band.actual)
        for band in bands
        if band.is_judged and band.predicted is not None and band.actual is not None
    ]
    return BackTest(day_of(then), horizon, bands, int(customers[~known].sum()), max(off, default=None))


def _band(
    low: int,
    high: int | None,
    silence: Ints,
    customers: Ints,
    chance: Floats,
    returned: np.ndarray[tuple[int], np.dtype[np.bool_]],
    known: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> BackTestBand:
    chosen = (silence >= low) & known & (True if high is None else silence <= high)
    weights = customers[chosen]
    total = int(weights.sum())
    if total == 0:
        return BackTestBand(low, high, 0, None, None, is_judged=False)
    predicted = float((chance[chosen] * weights).sum()) / total
    actual = int(weights[returned[chosen]].sum()) / total
    return BackTestBand(low, high, total, predicted, actual, is_judged=total >= LEAST_CUSTOMERS)
