"""The lost customers of a workspace as arrays, with what the win-back arithmetic needs to know of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metrics import returns
from metrics.errors import WinbackError
from metrics.histograms import Histograms, Ints
from metrics.lost_segments import LostSegment, LostState
from metrics.packaged import packaged
from metrics.predictions import OWN, chances, curves_of_customers
from metrics.returns import Floats, ReturnCurve
from metrics.rhythms import make_rhythms
from metrics.suppression import suppressed_customers
from metrics.workspace import Workspace

Bools = NDArray[np.bool_]
MOST_NUMBER: Final = 4
"""The return curve of order number 4 is that of four and more."""
LEAST_COVERED: Final = 30
"""A chance over fewer days than these, where more are asked, says too little."""


@dataclass(frozen=True, slots=True)
class Customers:
    """One entry per customer, those with most order days first. `silence` in days; money in the currency."""

    customer: NDArray[np.uint64]
    silence: Ints
    order_days: Ints
    orders: Ints
    check_amount: Floats
    yearly_value: Floats
    longest_gap: Ints
    is_final: Bools
    has_opted_out: Bools
    is_problem: Bools
    is_strategic: Bools

    def __len__(self) -> int:
        return self.customer.size

    def part(self, chosen: Bools | Ints) -> Customers:
        """The customers at these places, in this order."""
        return Customers(*(getattr(self, each.name)[chosen] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class ReturnAnyway:
    """`p0` per customer, for how many of them another chance stands in; not `is_known`: 0 for want of any history."""

    chance: Floats
    stand_ins: int
    is_known: bool


@cache
def flag_words(kind: str) -> str:
    """A pattern that finds the words of a kind (`problem`, `strategic`) at the beginning of a word of a tag."""
    words = packaged("flag_words")[kind]
    return rf"(?:^|[^\p{{L}}\p{{N}}])(?:{'|'.join(words)})"


def everybody(workspace: Workspace) -> Customers | None:
    """All customers; None without counted orders. Read once per version of the marts, for every threshold."""
    held = workspace.histograms
    return None if held is None else workspace.derived("winback_customers", lambda: _read(workspace, held))


def lost_customers(
    workspace: Workspace, lost_after_days: int, segment: LostSegment | None = None, orders_from: int = 1
) -> Customers:
    """Those lost at the as-of date, of a segment where one is named (`best_only` apart), in the order of `everybody`.

    Kept until other ones are asked for. Raises WinbackError `segment_needs_orders`.
    """
    found = everybody(workspace)
    if found is None:
        raise WinbackError("segment_needs_orders")

    def build() -> Customers:
        chosen = found.silence > lost_after_days
        if orders_from > 1:
            chosen &= found.orders >= orders_from
        if segment is not None:
            chosen &= matches(found, segment, lost_after_days)
        return found if chosen.all() else found.part(chosen)

    return workspace.latest("lost_customers", (lost_after_days, segment, orders_from), build)


def on_list(workspace: Workspace, customers: Customers) -> Bools:
    """Which of the customers are on the suppression list."""
    return np.isin(customers.customer, suppressed_customers(workspace))


def is_lost_twice(customers: Customers, lost_after_days: int) -> Bools:
    """Who was lost before, came back, and is lost again."""
    return (customers.longest_gap > lost_after_days + 1) & (customers.silence > lost_after_days)


def matches(customers: Customers, segment: LostSegment, lost_after_days: int) -> Bools:
    """Who of these lost customers meets the conditions of a segment, `best_only` apart."""
    found = np.ones(customers.silence.shape, np.bool_)
    bounds = (
        (segment.silence_from, customers.silence, np.greater_equal),
        (segment.silence_to, customers.silence, np.less_equal),
        (segment.orders_from, customers.orders, np.greater_equal),
        (segment.orders_to, customers.orders, np.less_equal),
        (segment.value_from, customers.yearly_value, np.greater_equal),
    )
    for bound, values, compare in bounds:
        if bound is not None:
            found &= compare(values, bound)
    if segment.states:
        masks = lost_states(customers, lost_after_days)
        found &= np.logical_or.reduce([masks[state] for state in segment.states])
    return found


def lost_states(customers: Customers, lost_after_days: int) -> dict[LostState, Bools]:
    """Who of these lost customers is in which state; each of them is in one."""
    twice = is_lost_twice(customers, lost_after_days)
    final = customers.is_final & ~twice
    fresh = (customers.silence <= 2 * lost_after_days) & ~final & ~twice
    return {"freshly_lost": fresh, "lost": ~(twice | final | fresh), "finally_lost": final, "lost_twice": twice}


def return_anyway(workspace: Workspace, customers: Customers, horizon_days: int, lost_after_days: int) -> ReturnAnyway:
    """`p0`: the chance of each of these lost customers to order within the horizon without a contact.

    From the return curve of their order number at their silence. Where the history is too short for that, the larger of
    two chances that it knows stands in: that within the days that are covered, and that at the longest silence for
    which the horizon is covered (of a horizon longer than half of what is covered of the lost, that half: who is just
    lost says too much of the others). It is never higher over a shorter horizon. An order number whose curve does not
    cover `LEAST_COVERED` days of the lost takes that of the nearest one that does.
    """
    held = workspace.histograms
    if held is None or not customers.silence.size:
        return ReturnAnyway(np.zeros(customers.silence.shape), 0, is_known=True)
    table, known, is_known = workspace.latest(
        "return_anyway", (horizon_days, lost_after_days),
        lambda: _table(workspace, held, horizon_days, lost_after_days),
    )  # fmt: skip
    number = np.minimum(customers.order_days, MOST_NUMBER)
    places = number * table.shape[1] + np.minimum(customers.silence, table.shape[1] - 1)
    stand_ins = int((~known.ravel().take(places)).sum())
    return ReturnAnyway(table.ravel().take(places), stand_ins, is_known=is_known)


def _table(workspace: Workspace, held: Histograms, horizon: int, lost_after: int) -> tuple[Floats, Bools, bool]:
    """The chance by order number (row) and silence (column), where the history itself says it, whether it says any."""
    curves = curves_of_customers(workspace, held.today)
    silences = np.arange(held.today - held.first_day + 1, dtype=np.int64)
    rows: dict[int, Floats] = {}
    known = np.zeros((MOST_NUMBER + 1, silences.size), np.bool_)
    for number, group in OWN.items():
        found = _with_stand_ins(curves[group], silences, horizon, lost_after)
        if found is not None:
            rows[number] = found
            known[number] = ~np.isnan(chances(curves, silences, np.full(silences.shape, number), horizon))
    table = np.zeros(known.shape)
    for number in OWN if rows else ():
        table[number] = rows[min(rows, key=lambda other: (abs(other - number), -other))]
    return table, known, bool(rows)


def _with_stand_ins(curve: ReturnCurve, silences: Ints, horizon: int, lost_after: int) -> Floats | None:
    """The chances by silence; None where the curve hardly covers the lost."""
    reach = int(np.count_nonzero(curve.at_risk >= returns.LEAST_AT_RISK)) - 1
    covered = reach - (lost_after + 1)
    if covered < min(horizon, LEAST_COVERED):
        return None
    shorter = min(horizon, max(covered // 2, LEAST_COVERED))
    before = np.minimum(silences, reach - shorter)
    # At the reach itself everybody may be back: there is no chance to speak of then.
    start, end = np.minimum(silences, reach - 1), np.minimum(silences + horizon, reach)
    within = np.where(silences < reach, 1 - curve.not_back[end] / curve.not_back[start], 0.0)
    found: Floats = np.maximum(within, 1 - curve.not_back[before + shorter] / curve.not_back[before])
    return found


def _read(workspace: Workspace, held: Histograms) -> Customers:
    make_rhythms(workspace, held)
    columns = workspace.ask_columns(
        "winback_customers", today=held.today, problem=flag_words("problem"), strategic=flag_words("strategic")
    )
    kinds = {"customer": np.uint64, "check_amount": np.float64, "yearly_value": np.float64}
    return Customers(
        **{
            each.name: np.asarray(columns[each.name]).astype(
                kinds.get(each.name, np.bool_ if each.name.startswith(("is_", "has_")) else np.int64)
            )
            for each in fields(Customers)
        }
    )
