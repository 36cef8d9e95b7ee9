"""Who stayed, who was lost, who came and who came back in each period (METRICS.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.grid import Grid, grid_of, grid_of_range, within
from metrics.histograms import Ints, day_of
from metrics.results import Now, Period
from metrics.settings import PeriodKind
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Counts:
    """The five counts of METRICS.md 3, one number per period."""

    active_at_start: Ints
    active_at_end: Ints
    new_active: Ints
    lost: Ints
    returned: Ints


def periods(workspace: Workspace, kind: PeriodKind, lost_after_days: int) -> tuple[Period, ...]:
    """Every calendar period from the one of the first order to the one of the as-of date, oldest first.

    The last one's end is cut at the as-of date. Empty without counted orders.
    """
    grid = grid_of(workspace, kind)
    return () if grid is None else _periods(grid, counts(workspace, grid, lost_after_days), lost_after_days)


def any_period(workspace: Workspace, start: date, end: date, lost_after_days: int) -> Period | None:
    """One period of any length, `start`..`end` inclusive; None without counted orders or after the as-of date.

    Raises ValueError when `end` is before `start`.
    """
    grid = grid_of_range(workspace, start, end)
    return None if grid is None else _periods(grid, counts(workspace, grid, lost_after_days), lost_after_days)[0]


def now(workspace: Workspace, lost_after_days: int) -> Now | None:
    """How many customers are active and lost at the as-of date; None without counted orders."""
    held = workspace.histograms
    if held is None:
        return None
    known = int(held.last_customers.sum())
    lost = int(held.last_customers[held.today - held.last_day > lost_after_days].sum())
    return Now(day_of(held.today), lost_after_days, known=known, active=known - lost, lost=lost)


def counts(workspace: Workspace, grid: Grid, lost_after_days: int) -> Counts:
    """S, E, N, L, R of every period of a grid for one threshold."""
    start = _at(grid.active_before, lost_after_days)
    end = _at(grid.active_last, lost_after_days)
    length = grid.last - grid.before
    silent_throughout = np.maximum(lost_after_days, length - 1)
    lost = _at_each(grid.active_last, lost_after_days + length) - _at_each(grid.active_last, silent_throughout)
    new_active = grid.new.copy()
    if grid.longest > lost_after_days + 1:
        inside = within(workspace, grid)
        lost += _column(inside.lost_again, lost_after_days)
        new_active -= _column(inside.new_lost, lost_after_days)
    return Counts(start, end, new_active, lost, returned=end - start + lost - new_active)


def comparable(found: Sequence[Period], last: int = 12) -> tuple[Period, ...]:
    """The latest whole periods past the warm-up, at most `last` of them."""
    return tuple(period for period in found if period.comparable)[-last:]


def _periods(grid: Grid, found: Counts, lost_after_days: int) -> tuple[Period, ...]:
    return tuple(_period(grid, found, index, lost_after_days) for index in range(len(grid.starts)))


def _period(grid: Grid, found: Counts, index: int, lost_after_days: int) -> Period:
    start, end = int(found.active_at_start[index]), int(found.active_at_end[index])
    new_active, lost, returned = int(found.new_active[index]), int(found.lost[index]), int(found.returned[index])
    known = int(grid.known_before[index])
    return Period(
        start=grid.starts[index],
        end=grid.ends[index],
        active_at_start=start,
        active_at_end=end,
        new_active=new_active,
        lost=lost,
        returned=returned,
        new=int(grid.new[index]),
        known_at_start=known,
        churn=lost / start if start else None,
        crr=(end - new_active) / start if start else None,
        strict_crr=(end - new_active - returned) / start if start else None,
        reactivation=returned / (known - start) if known > start else None,
        warm_up=bool(grid.before[index] < grid.first_day + lost_after_days),
        in_progress=bool(grid.in_progress[index]),
    )


def _at(cumulative: Ints, silence: int) -> Ints:
    return np.asarray(cumulative[:, min(silence, cumulative.shape[1] - 1)])


def _at_each(cumulative: Ints, silence: Ints) -> Ints:
    rows = np.arange(cumulative.shape[0])
    return np.asarray(cumulative[rows, np.minimum(silence, cumulative.shape[1] - 1)])


def _column(table: Ints, lost_after_days: int) -> Ints:
    if lost_after_days >= table.shape[1]:
        return np.zeros(table.shape[0], dtype=np.int64)
    return np.asarray(table[:, lost_after_days])
