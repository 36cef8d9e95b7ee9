"""What a lost threshold means by the business's own history (METRICS.md 2)."""

from __future__ import annotations

import numpy as np

from metrics.backtest import back_test_missing
from metrics.histograms import OPEN, Histograms
from metrics.predictions import curves_of_customers
from metrics.returns import (
    HORIZON,
    LEAST_AT_RISK,
    LOST_BELOW,
    gap_percentiles,
    suggested_threshold,
)
from metrics.threshold_results import ChancesMissing, ChoiceMeaning, CurveNumber
from metrics.workspace import Workspace

HALF_YEAR = 180
ENOUGH_OF_THEM = 0.9
"""Of so many of the customers lost the chance must be known to speak of all."""
_APART: tuple[CurveNumber, ...] = ("1", "2", "3", "4+")


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
    chances, customers = _by_number(workspace, lost_after_days)
    reached = sum(customers[group] for group in chances)
    if not reached or reached < ENOUGH_OF_THEM * sum(customers.values()):
        return None
    return sum(chances[group] * customers[group] for group in chances) / reached


def _by_number(workspace: Workspace, lost_after_days: int) -> tuple[dict[CurveNumber, float], dict[CurveNumber, int]]:
    """By order number: the chance to come back within half a year, where the history tells it; the customers lost."""
    held = workspace.histograms
    if held is None:
        return {}, {}
    curves = curves_of_customers(workspace, held.today)
    silent = (held.gap_length == OPEN) & (held.today - held.gap_start > lost_after_days)
    chances = {
        group: chance.chance
        for group in _APART
        if group in curves and (chance := curves[group].chance(lost_after_days, HALF_YEAR)) is not None
    }
    customers = {
        group: int(held.gap_customers[silent & (held.gap_number == number)].sum())
        for number, group in enumerate(_APART, start=1)
    }
    return chances, customers


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


def chances_missing(workspace: Workspace, lost_after_days: int) -> ChancesMissing | None:
    """What the chance to come back within half a year waits for; None where there is a figure, or no counted order.

    Nine in ten of the customers lost must have an order number whose curve reaches half a year beyond the threshold:
    the number named is the last that this takes.
    """
    held = workspace.histograms
    if held is None or _come_back_anyway(workspace, lost_after_days) is not None:
        return None
    chances, customers = _by_number(workspace, lost_after_days)
    covered = sum(customers[group] for group in chances)
    end = lost_after_days + HALF_YEAR
    waits = {group: _days_until(held, number, end) for number, group in enumerate(_APART, start=1)
             if group not in chances and customers[group]}  # fmt: skip
    for group in sorted(waits, key=lambda one: end + 1 if (days := waits[one]) is None else days):
        covered += customers[group]
        if covered >= ENOUGH_OF_THEM * sum(customers.values()):
            return ChancesMissing(group, waits[group])
    return ChancesMissing(None, None)


def _days_until(held: Histograms, number: int, length: int) -> int | None:
    """The fewest days after which 30 gaps of this order number can be `length` days long.

    If nobody of those silent now ordered; None where there are too few of them even so.
    """
    mine = held.gap_number == number
    is_open = mine & (held.gap_length == OPEN)
    there = int(held.gap_customers[mine & ~is_open & (held.gap_length >= length)].sum())
    silences = held.today - held.gap_start[is_open]
    grown = np.bincount(np.minimum(silences, length), weights=held.gap_customers[is_open], minlength=length + 1)
    enough = np.flatnonzero(there + grown[::-1].cumsum() >= LEAST_AT_RISK)
    return max(int(enough[0]), 1) if enough.size else None
