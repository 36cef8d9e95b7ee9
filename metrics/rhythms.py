"""How each customer buys: the tables behind states and reminders, made when first asked for (METRICS.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from metrics.histograms import Histograms
from metrics.predictions import OWN, chances, curves_of_customers
from metrics.workspace import Workspace

FINALLY_LOST_BELOW = 0.02
"""Chance to return within a year under which a lost customer counts as lost for good."""
FINAL_HORIZON = 365
POOLED_NUMBERS: Final = (1, 2, 3)
"""Order numbers with fewer than three closed gaps before them: what is usual for all stands in for an own median."""


def make_rhythms(workspace: Workspace, held: Histograms) -> None:
    """Make the tables `rhythms` and `comebacks` and the macro `state_of`, once per version of the marts."""
    workspace.make("state_of")
    workspace.make("rhythms", lambda: _facts(workspace, held))
    workspace.make("comebacks", lambda: {"today": held.today})


def _facts(workspace: Workspace, held: Histograms) -> dict[str, Any]:
    facts = {**usual_gaps(held, [held.today]), **final_silences(workspace, held, [held.today])}
    return {"today": held.today, **{name: values for name, values in facts.items() if not name.endswith("days")}}


def usual_gap(held: Histograms, number: int, day: int) -> float | None:
    """The median of the gaps after the order day of this number that had closed by the end of `day`; None without any.

    Of an even count it lies between the two in the middle.
    """
    chosen = (held.gap_number == number) & (held.gap_start + held.gap_length <= day)
    if not chosen.any():
        return None
    until = np.cumsum(np.bincount(held.gap_length[chosen], weights=held.gap_customers[chosen]))
    gaps = int(until[-1])
    middle = [int(np.searchsorted(until, place, side="right")) for place in ((gaps - 1) // 2, gaps // 2)]
    return sum(middle) / 2


def usual_gaps(held: Histograms, days: Sequence[int]) -> dict[str, list[Any]]:
    """`usual_gap` at the end of each day for each pooled order number, as the lists `days`, `numbers` and `gaps`."""
    found = [(day, number, usual_gap(held, number, day)) for day in days for number in POOLED_NUMBERS]
    known = [one for one in found if one[2] is not None]
    return {name: [one[place] for one in known] for place, name in enumerate(("days", "numbers", "gaps"))}


def final_silences(workspace: Workspace, held: Histograms, days: Sequence[int]) -> dict[str, list[int]]:
    """From which silences at the end of each day hardly anybody returns within a year, by order number.

    As the lists `final_days`, `final_numbers` and `final_silences`. A silence for which the history is too short is
    not among them.
    """
    found = []
    for day in days:
        curves = curves_of_customers(workspace, day)
        silences = np.arange(max(day - held.first_day + 1, 0), dtype=np.int64)
        for number in OWN:
            chance = chances(curves, silences, np.full(silences.shape, number), FINAL_HORIZON)
            found += [(day, number, silence) for silence in np.flatnonzero(chance < FINALLY_LOST_BELOW).tolist()]
    names = ("final_days", "final_numbers", "final_silences")
    return {name: [one[place] for one in found] for place, name in enumerate(names)}
