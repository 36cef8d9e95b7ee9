"""What a lost threshold means: churn as a function of it (METRICS.md 2 and 3)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from metrics.grid import Grid, grid_of
from metrics.results import ThresholdChurn
from metrics.retention import counts
from metrics.workspace import Workspace

MONTHS_COMPARED = 12


def churn_by_threshold(workspace: Workspace, days: Sequence[int]) -> tuple[ThresholdChurn, ...]:
    """Median monthly churn of the last 12 comparable months, for each threshold of `days` (in days).

    Comparable: whole, past the warm-up of that threshold, with somebody active at the start. None without such months;
    empty without counted orders.
    """
    grid = grid_of(workspace, "month")
    if grid is None:
        return ()
    return tuple(_median_churn(workspace, grid, threshold) for threshold in days)


def churn_curve(workspace: Workspace, shortest: int, longest: int) -> tuple[ThresholdChurn, ...]:
    """`churn_by_threshold` of every day from `shortest` to `longest`; computed once per version of the marts."""
    return workspace.derived(
        ("churn_curve", shortest, longest),
        lambda: churn_by_threshold(workspace, range(shortest, longest + 1)),
    )


def _median_churn(workspace: Workspace, grid: Grid, lost_after_days: int) -> ThresholdChurn:
    found = counts(workspace, grid, lost_after_days)
    past_warm_up = grid.before >= grid.first_day + lost_after_days
    whole = np.flatnonzero(past_warm_up & ~grid.in_progress)[-MONTHS_COMPARED:]
    with_customers = whole[found.active_at_start[whole] > 0]
    if with_customers.size == 0:
        return ThresholdChurn(lost_after_days, None, 0)
    shares = found.lost[with_customers] / found.active_at_start[with_customers]
    return ThresholdChurn(lost_after_days, float(median(shares.tolist())), int(with_customers.size))
