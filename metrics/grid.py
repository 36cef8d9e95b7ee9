"""Everything about a row of periods that does not depend on the lost threshold, so that a new one costs nothing.

Whether a customer is active follows from their silence at the end of a day, so the counts of silences at the periods'
edges give every figure of METRICS.md 3 for every threshold at once. Only customers who ordered within a period and were
lost again by its end need more: they exist only when a period is longer than the threshold, and come from
`bought_within`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from metrics.calendar import spans
from metrics.histograms import Histograms, Ints, day_number, day_of
from metrics.settings import PeriodKind
from metrics.workspace import Workspace

LONGEST_THRESHOLD = 1095
"""The largest lost threshold on offer, in days."""

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Within:
    """Customers who ordered in a period, by threshold; rows are periods, columns thresholds 0, 1, 2 ... days.

    `lost_again`: active at the start, ordered, lost again at the end. `new_lost`: first order in it, lost again.
    Zero beyond the last column.
    """

    lost_again: Ints
    new_lost: Ints


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of the periods and cumulative silences there.

    `before` and `last` are the day numbers of the last day before each period and of its last day (cut at the as-of
    date); `active_before[p, t]` and `active_last[p, t]` count customers with silence <= t; `known_before` everybody
    who had ordered by then; `new` first orders in the period.
    """

    starts: tuple[date, ...]
    ends: tuple[date, ...]
    in_progress: NDArray[np.bool_]
    first_day: int
    before: Days
    last: Days
    active_before: Ints
    active_last: Ints
    known_before: Ints
    new: Ints

    @property
    def longest(self) -> int:
        """Days of the longest period."""
        return int((self.last - self.before).max(initial=0))


def grid_of(workspace: Workspace, kind: PeriodKind) -> Grid | None:
    """The grid of all calendar periods from the first order's to the as-of date's; None without orders."""

    def build() -> Grid | None:
        held = workspace.histograms
        return None if held is None else _build(held, spans(day_of(held.first_day), day_of(held.today), kind))

    return workspace.derived(("grid", kind), build)


def grid_of_range(workspace: Workspace, start: date, end: date) -> Grid | None:
    """The grid of one period, `start`..`end` inclusive; None without orders and for a period after the as-of date.

    Raises ValueError when `end` is before `start`.
    """
    if end < start:
        raise ValueError("the period ends before it starts")
    held = workspace.histograms
    if held is None or day_number(start) > held.today:
        return None
    return _build(held, [(start, end)])


def within(workspace: Workspace, grid: Grid) -> Within:
    """Who ordered within each period, for thresholds shorter than the period. Asked once per grid."""
    return workspace.derived(("within", grid.starts, grid.ends), lambda: _ask_within(workspace, grid))


def _build(held: Histograms, periods: Sequence[tuple[date, date]]) -> Grid:
    before = np.array([day_number(start) - 1 for start, _ in periods], dtype=np.int64)
    whole_end = np.array([day_number(end) for _, end in periods], dtype=np.int64)
    before = np.minimum(before, held.today)
    last = np.minimum(whole_end, held.today)
    # Silences beyond the longest threshold and period are told apart by nobody.
    longest = int((last - before).max(initial=0)) + LONGEST_THRESHOLD
    width = min(held.today - held.first_day, longest) + 2
    edges = {int(day): _cumulative(held, int(day), width) for day in np.union1d(before, last)}
    return Grid(
        starts=tuple(start for start, _ in periods),
        ends=tuple(min(end, max(day_of(held.today), start)) for start, end in periods),
        in_progress=whole_end > held.today,
        first_day=held.first_day,
        before=before,
        last=last,
        active_before=np.stack([edges[int(day)] for day in before]),
        active_last=np.stack([edges[int(day)] for day in last]),
        known_before=np.array([edges[int(day)][-1] for day in before], dtype=np.int64),
        new=_first_orders(held, before, last),
    )


def _cumulative(held: Histograms, day: int, width: int) -> Ints:
    """Customers with a silence of at most 0, 1, 2 ... days; the last column counts everybody known."""
    counts = held.silence_at(day)
    full = np.zeros(width, dtype=np.int64)
    full[: min(counts.size, width)] = counts[:width]
    full[-1] += counts[width:].sum()
    return np.cumsum(full)


def _first_orders(held: Histograms, before: Days, last: Days) -> Ints:
    total = np.concatenate([[0], np.cumsum(held.day_first_orders)])

    def until(days: Days) -> Ints:
        return np.asarray(total[np.searchsorted(held.day, days, side="right")], dtype=np.int64)

    return until(last) - until(before)


def _ask_within(workspace: Workspace, grid: Grid) -> Within:
    shape = (len(grid.starts), grid.longest + 1)
    again, new = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    cells = workspace.ask(
        "bought_within",
        from_days=[int(day) for day in grid.before],
        to_days=[int(day) for day in grid.last],
    )
    for cell in cells:
        period, started, ended = cell["period"], cell["start_silence"], cell["end_silence"]
        if started is None:
            new[period, :ended] += cell["customers"]
        else:
            again[period, started:ended] += cell["customers"]
    return Within(lost_again=again, new_lost=new)
