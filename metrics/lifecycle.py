"""Where every customer stands, and how they moved between the states (METRICS.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from metrics.calendar import add_months, spans
from metrics.grid import LONGEST_THRESHOLD
from metrics.histograms import Histograms, day_number, day_of
from metrics.rhythms import final_silences, make_rhythms, usual_gaps
from metrics.states import STATES, Lifecycle, Migration, Move, State, StateCount
from metrics.workspace import Workspace

MONTHS = 12
"""Whole months back from the as-of date for which migrations are told."""


@dataclass(frozen=True, slots=True)
class _ByThreshold:
    """Customers of one state and their yearly value for every threshold; the place in the list is the threshold."""

    customers: list[int]
    yearly_value: list[Decimal]


def lifecycle(workspace: Workspace, lost_after_days: int) -> Lifecycle | None:
    """How many customers are in each state at the as-of date, and what they bring a year; None without orders.

    One state per customer, the first that matches: potential, lost twice (lost at least once before), finally lost
    (under 2% of such customers return within a year), freshly lost (silent for up to twice the threshold), lost,
    returned (a return day in the last T days), at risk (silent for 80% of the threshold), due (silent for longer than
    the expected gap and the grace), new (one order day), active. All thresholds are counted at once, per version of
    the marts and grace.
    """
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return None
        grace = workspace.settings.grace_days
        table = _all_thresholds(workspace, held, grace)
        n_people = n_potential(workspace)
    place = min(lost_after_days, LONGEST_THRESHOLD)
    known = (
        StateCount(state, table[state].customers[place], table[state].yearly_value[place])
        for state in STATES
        if state != "potential"
    )
    potential = StateCount("potential", n_people, None)
    return Lifecycle(day_of(held.today), lost_after_days, grace, (potential, *known))


def n_potential(workspace: Workspace) -> int:
    """How many people are known by their contacts alone: nobody of them has a counted order."""
    return workspace.derived("n_potential", lambda: int(workspace.ask("n_potential")[0]["customers"]))


def n_fading(workspace: Workspace, lost_after_days: int) -> int:
    """How many customers fade and are not lost at the as-of date: their orders become rarer or smaller."""
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return 0
        by_silence = workspace.derived("fading", lambda: _fading(workspace, held))
    return sum(customers for silence, customers in by_silence.items() if silence <= lost_after_days)


def whole_months(workspace: Workspace) -> tuple[date, ...]:
    """The first days of the last 12 months that are over at the as-of date and had customers before, oldest first."""
    held = workspace.histograms
    if held is None:
        return ()
    months = [start for start, end in spans(day_of(held.first_day), day_of(held.today), "month")
              if day_number(end) <= held.today and day_number(start) > held.first_day]  # fmt: skip
    return tuple(months[-MONTHS:])


def migration(workspace: Workspace, lost_after_days: int, month: date) -> Migration | None:
    """Who moved from state to state between the ends of the month before and of `month` (one of `whole_months`).

    States of a day are told as it stood then, with the return curves and gaps known by then. None for other months.
    Computed once per month and threshold.
    """
    with workspace.unchanged():
        held = workspace.histograms
        if held is None or month not in whole_months(workspace):
            return None
        grace = workspace.settings.grace_days
        return workspace.derived(
            ("migration", lost_after_days, grace, month), lambda: _moves(workspace, held, lost_after_days, grace, month)
        )


def migrations(workspace: Workspace, lost_after_days: int) -> tuple[Migration, ...]:
    """`migration` of each of the `whole_months`, oldest first."""
    found = (migration(workspace, lost_after_days, month) for month in whole_months(workspace))
    return tuple(one for one in found if one is not None)


def _fading(workspace: Workspace, held: Histograms) -> Mapping[int, int]:
    make_rhythms(workspace, held)
    return {row["silence"]: row["customers"] for row in workspace.ask("fading", today=held.today)}


def _all_thresholds(workspace: Workspace, held: Histograms, grace: int) -> Mapping[State, _ByThreshold]:
    def build() -> Mapping[State, _ByThreshold]:
        make_rhythms(workspace, held)
        edges: dict[tuple[State, int], tuple[int, Decimal]] = {
            (row["state"], row["threshold"]): (row["customers"], row["yearly_value"])
            for row in workspace.ask("state_spans", today=held.today, grace_days=grace, longest=LONGEST_THRESHOLD)
        }
        return {state: _summed_up(state, edges) for state in STATES if state != "potential"}

    return workspace.derived(("states", grace), build)


def _summed_up(state: State, edges: Mapping[tuple[State, int], tuple[int, Decimal]]) -> _ByThreshold:
    found = _ByThreshold([0], [Decimal(0)])
    for threshold in range(1, LONGEST_THRESHOLD + 1):
        customers, value = edges.get((state, threshold), (0, Decimal(0)))
        found.customers.append(found.customers[-1] + customers)
        found.yearly_value.append(found.yearly_value[-1] + value)
    return found


def _moves(workspace: Workspace, held: Histograms, lost_after_days: int, grace: int, month: date) -> Migration:
    before, last = day_number(month) - 1, day_number(add_months(month, 1)) - 1
    workspace.make("state_of")
    workspace.make("past_rhythms", lambda: {"first_day": held.first_day, "days": _month_ends(workspace)})
    rows = workspace.ask(
        "migration",
        from_day=before,
        to_day=last,
        lost_after_days=lost_after_days,
        grace_days=grace,
        **usual_gaps(held, [before, last]),
        **final_silences(workspace, held, [before, last]),
    )
    moves = [Move(row["from_state"], row["to_state"], row["customers"]) for row in rows]
    return Migration(month, tuple(sorted(moves, key=_place)))


def _month_ends(workspace: Workspace) -> list[int]:
    months = whole_months(workspace)
    ends = [add_months(month, 1) - timedelta(days=1) for month in months]
    return [day_number(day) for day in (months[0] - timedelta(days=1), *ends)]


def _place(move: Move) -> tuple[int, int]:
    return (-1 if move.from_state is None else STATES.index(move.from_state), STATES.index(move.to_state))
