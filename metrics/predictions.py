"""The chance of a customer to come back: the return curves with one vote per customer.

A curve over gaps lets the frequent buyers speak for all: of those with four orders and more they own most gaps, and
promise too much of somebody who fell silent. Here the gaps of a customer with four and more orders weigh one together;
those of order number 1, 2 and 3 are one per customer anyhow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from metrics.histograms import Ints
from metrics.returns import Floats, Group, ReturnCurve, curve_of, curves_at
from metrics.workspace import Workspace

OWN: Final[Mapping[int, Group]] = {1: "1", 2: "2", 3: "3", 4: "4+"}
"""The curve of each order number."""
POOLED: Final[Mapping[int, Group]] = dict.fromkeys(OWN, "all")


def curves_of_customers(workspace: Workspace, day: int) -> Mapping[Group, ReturnCurve]:
    """The return curves as they stood at the end of `day` (a day number), one vote per customer in "4+".

    Empty without counted orders. Asked once per version of the marts.
    """

    def build() -> Mapping[Group, ReturnCurve]:
        held = workspace.histograms
        if held is None:
            return {}
        return {**curves_at(held, day), "4+": _frequent(workspace, day)}

    return workspace.derived(("curves_of_customers", day), build)


def chances(
    curves: Mapping[Group, ReturnCurve], silence: Ints, number: Ints, horizon: int, groups: Mapping[int, Group] = OWN
) -> Floats:
    """The chance to return within `horizon` days for customers with these silences and order numbers (4: or more).

    NaN where the history is too short.
    """
    found = np.full(silence.shape, np.nan)
    for own, group in groups.items():
        chosen = number == own
        if group in curves:
            found[chosen] = curves[group].chances(silence[chosen], horizon)
    return found


def _frequent(workspace: Workspace, day: int) -> ReturnCurve:
    columns = workspace.ask_columns("frequent_gaps", day=day)
    durations = np.asarray(columns["duration"]).astype(np.int64)
    closed = np.asarray(columns["is_closed"]).astype(np.bool_)
    weight, gaps = (np.asarray(columns[name]).astype(np.float64) for name in ("weight", "gaps"))

    def by_length(values: Floats, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
        return np.bincount(durations[chosen], weights=values[chosen], minlength=1).astype(np.float64)

    counted = curve_of("4+", by_length(gaps, closed), by_length(gaps, ~closed))
    weighted = curve_of("4+", by_length(weight, closed), by_length(weight, ~closed))
    # How far the history reaches is a matter of gaps seen, not of votes.
    return replace(weighted, at_risk=counted.at_risk, n_gaps=counted.n_gaps, n_closed=counted.n_closed)
