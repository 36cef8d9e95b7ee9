"""What a lost threshold means by the business's own history (METRICS.md 2)."""

from __future__ import annotations

import numpy as np

from metrics.backtest import back_test_missing
from metrics.histograms import OPEN
from metrics.predictions import curves_of_customers
from metrics.returns import (
    HORIZON,
    LEAST_AT_RISK,
    LOST_BELOW,
    Group,
    gap_percentiles,
    return_curves,
    suggested_threshold,
)
from metrics.threshold_results import ChoiceMeaning
from metrics.workspace import Workspace

HALF_YEAR = 180
_APART: tuple[Group, ...] = ("1", "2", "3", "4+")


def meaning(workspace: Workspace, lost_after_days: int) -> ChoiceMeaning | None:
    """What calling customers lost after so many days comes to; None without counted orders."""
    held = workspace.histograms
    if held is None:
        return None
    closed = held.gap_length < OPEN
    returns = int(held.gap_customers[closed].sum())
    late = int(held.gap_customers[closed & (held.gap_length > lost_after_days + 1)].sum())
    usual = gap_percentiles(workspace)
    return ChoiceMeaning(
        lost_after_days=lost_after_days,
        come_back_anyway=_come_back_anyway(workspace, lost_after_days),
        late_returns=late / returns if returns else None,
        usual_gap=usual.p50 if usual else None,
        delay_days=max(lost_after_days + 1 - usual.p50, 0.0) if usual else None,
    )


def _come_back_anyway(workspace: Workspace, lost_after_days: int) -> float | None:
    """The share of customers that come back within half a year of the day on which they are called lost.

    The mean of the chances of each order number, weighted with the customers that are that long silent now or longer;
    None where the history is too short for more than a tenth of them.
    """
    held = workspace.histograms
    if held is None:
        return None
    curves = curves_of_customers(workspace, held.today)
    silent = (held.gap_length == OPEN) & (held.today - held.gap_start > lost_after_days)
    weight = reached = 0
    share = 0.0
    for number, group in enumerate(_APART, start=1):
        customers = int(held.gap_customers[silent & (held.gap_number == number)].sum())
        chance = curves[group].chance(lost_after_days, HALF_YEAR) if group in curves else None
        weight += customers
        if chance is not None:
            reached += customers
            share += customers * chance.chance
    return share / reached if reached and reached >= 0.9 * weight else None


def not_enough(workspace: Workspace, lost_after_days: int) -> tuple[str, ...]:
    """Codes of what the history is too short for.

    `orders` no counted order · `suggestion` no suggested threshold · `chances` no chance of return at the chosen
    threshold · `back_test` the history is shorter than two horizons.
    """
    held = workspace.histograms
    if held is None:
        return ("orders",)
    found = []
    if suggested_threshold(workspace, HORIZON, LOST_BELOW).all is None:
        found.append("suggestion")
    if _come_back_anyway(workspace, lost_after_days) is None:
        found.append("chances")
    if back_test_missing(workspace):
        found.append("back_test")
    return tuple(found)


def days_missing(workspace: Workspace, lost_after_days: int) -> int | None:
    """How many more days of history the chance to come back within half a year needs; None where it is there."""
    held = workspace.histograms
    if held is None or _come_back_anyway(workspace, lost_after_days) is not None:
        return None
    curve = return_curves(workspace)["all"]
    enough = np.flatnonzero(curve.at_risk >= LEAST_AT_RISK)
    reach = int(enough[-1]) if enough.size else 0
    return max(lost_after_days + HALF_YEAR - reach, 1)
