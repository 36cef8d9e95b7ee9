"""Where one customer stood at the end of each month, told as it was known then (METRICS.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np

from metrics.calendar import add_months
from metrics.histograms import Histograms, day_number, day_of
from metrics.lifecycle import whole_months
from metrics.predictions import OWN, chances, curves_of_customers
from metrics.returns import curves_at
from metrics.rhythms import FINAL_HORIZON, FINALLY_LOST_BELOW, POOLED_NUMBERS, usual_gap
from metrics.states import State
from metrics.workspace import Workspace

OWN_GAPS: Final = 3
"""Gaps from which on a customer's own median is what is expected of them."""


def state_history(workspace: Workspace, order_days: Sequence[date]) -> tuple[tuple[date, State], ...]:
    """The state at the end of each of the last 12 whole months and at the as-of date, oldest first.

    `order_days`: the customer's days with a counted order, ascending. Months before the first one are left out.
    """
    held = workspace.histograms
    if held is None or not order_days:
        return ()
    ends = [add_months(month, 1) - timedelta(days=1) for month in whole_months(workspace)]
    days = sorted({end for end in (*ends, day_of(held.today)) if end >= order_days[0]})
    standing = [_standing(workspace, held, [each for each in order_days if each <= day], day) for day in days]
    workspace.make("state_of")
    columns = {name: [one[name] for one in standing] for name in standing[0]} if standing else {}
    rows = workspace.ask("states_of", **columns, lost_after_days=workspace.settings.threshold,
                         grace_days=workspace.settings.grace_days) if standing else []  # fmt: skip
    return tuple((day, row["state"]) for day, row in zip(days, rows, strict=True))


def _standing(workspace: Workspace, held: Histograms, days: Sequence[date], at: date) -> dict[str, object]:
    """What `state_of` asks of a customer whose order days so far are `days`."""
    threshold = workspace.settings.threshold
    gaps = [(late - early).days for early, late in pairwise(days)]
    silence, number = (at - days[-1]).days, len(days)
    usual = usual_gap(held, number, day_number(at)) if number in POOLED_NUMBERS else None
    return {
        "silences": silence,
        "numbers": number,
        "longest_gaps": max(gaps, default=0),
        "expected_gaps": float(median(gaps)) if len(gaps) >= OWN_GAPS else usual,
        "finals": silence > threshold and _is_final(workspace, held, number, silence, day_number(at)),
        "returns": _came_back(days, at, threshold),
    }


def _came_back(days: Sequence[date], at: date, threshold: int) -> bool:
    """Whether a return day lies within the last `threshold` days."""
    return any(
        (late - early).days > threshold + 1 and (at - late).days < threshold for early, late in pairwise(days)
    )  # fmt: skip


def _is_final(workspace: Workspace, held: Histograms, number: int, silence: int, day: int) -> bool:
    # The curve of four orders and more costs a walk over all gaps, the others are in memory.
    curves = curves_of_customers(workspace, day) if number >= max(OWN) else curves_at(held, day)
    chance = chances(curves, np.array([silence]), np.array([min(number, max(OWN))]), FINAL_HORIZON)[0]
    return bool(chance < FINALLY_LOST_BELOW)
