"""The classes of a rule for the lost threshold: everything about them that does not depend on their days.

For each edge of a month only the pairs (class, silence) are held, so new thresholds cost a few additions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from metrics.calendar import spans
from metrics.grid import LONGEST_THRESHOLD
from metrics.histograms import OPEN, Histograms, Ints, day_number, day_of
from metrics.returns import HORIZON, LOST_BELOW, curve_of, first_day_below
from metrics.rhythms import make_rhythms
from metrics.rule import GROUP_COLUMNS, MOST_GROUPS, GroupColumn, Rule
from metrics.threshold import MONTHS_COMPARED
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Edge:
    """Customers at the end of a day by class and silence."""

    group: Ints
    silence: Ints
    customers: Ints


@dataclass(frozen=True, slots=True)
class Moves:
    """Customers who ordered within a period; `start_group` is -1 for those who were new in it."""

    period: Ints
    start_group: Ints
    start_silence: Ints
    end_group: Ints
    end_silence: Ints
    customers: Ints


@dataclass(frozen=True, slots=True)
class Classed:
    """One rule's classes without their thresholds; `moves` are asked for where a threshold is shorter than a month."""

    names: tuple[str, ...]
    suggested: tuple[int | None, ...]
    starts: tuple[date, ...]
    ends: tuple[date, ...]
    length: Ints
    before_day: Ints
    in_progress: np.ndarray[tuple[int], np.dtype[np.bool_]]
    before: tuple[Edge, ...]
    last: tuple[Edge, ...]
    new: Ints
    moves: Callable[[], Moves]
    value_group: Ints
    value_day: Ints
    value_customers: Ints
    value: Ints


def group_values(workspace: Workspace, column: GroupColumn) -> tuple[tuple[str, int], ...]:
    """The values of a group column with their customers, most first; empty unless there are two to twenty of them."""
    _make_groups(workspace)
    rows = workspace.derived("home_groups", lambda: workspace.ask("home_groups"))
    found = tuple((row["group_value"], row["customers"]) for row in rows if row["column_name"] == column)
    return found if 2 <= len(found) <= MOST_GROUPS else ()


def group_columns(workspace: Workspace) -> tuple[GroupColumn, ...]:
    """The columns by which customers can be told apart."""
    return tuple(column for column in GROUP_COLUMNS if group_values(workspace, column))


def classes_of(workspace: Workspace, held: Histograms, rule: Rule) -> Classed:
    """The classes of a rule, built once per version of the marts and per what makes them."""
    parameters = {
        "kind": rule.kind,
        "group_column": rule.group_column,
        "shortest": rule.shortest,
        "multiplier": rule.multiplier,
        "grace": workspace.settings.grace_days,
    }
    used = {"group": ("group_column",), "rhythm": ("shortest", "multiplier", "grace")}.get(rule.kind, ())
    key = ("classed", rule.kind, *(parameters[name] for name in used))
    return workspace.derived(key, lambda: _build(workspace, held, parameters))


def _build(workspace: Workspace, held: Histograms, parameters: dict[str, Any]) -> Classed:
    make_rhythms(workspace, held)
    _make_groups(workspace)
    workspace.make("customer_classes")
    gaps = workspace.ask_columns("class_gaps", **parameters)
    values = workspace.ask("class_values", **parameters)
    names = tuple(sorted({str(name) for name in gaps["class"]}))
    places = {name: place for place, name in enumerate(names)}
    group = np.array([places[str(name)] for name in gaps["class"]], dtype=np.int64)
    start, customers = _ints(gaps["day"]), _ints(gaps["customers"])
    length = np.ma.filled(np.ma.asarray(gaps["length"]).astype(np.int64), OPEN)
    months = spans(day_of(held.first_day), day_of(held.today), "month")[-(MONTHS_COMPARED + 1) :]
    before = np.array([min(day_number(first) - 1, held.today) for first, _ in months], dtype=np.int64)
    ends = np.array([day_number(last) for _, last in months], dtype=np.int64)
    last = np.minimum(ends, held.today)
    totals = np.concatenate([[0], np.cumsum(held.day_first_orders)])
    until = [totals[np.searchsorted(held.day, days, side="right")] for days in (before, last)]
    return Classed(
        names=names,
        suggested=tuple(_suggested(held, group == place, start, length, customers) for place in range(len(names))),
        starts=tuple(first for first, _ in months),
        ends=tuple(day_of(int(day)) for day in last),
        length=last - before,
        before_day=before,
        in_progress=ends > held.today,
        before=tuple(_edge(group, start, length, customers, int(day)) for day in before),
        last=tuple(_edge(group, start, length, customers, int(day)) for day in last),
        new=np.asarray(until[1] - until[0], dtype=np.int64),
        moves=cache(lambda: _moves(workspace, parameters, places, before, last)),
        value_group=np.array([places[row["class"]] for row in values], dtype=np.int64),
        value_day=np.array([row["last_day"] for row in values], dtype=np.int64),
        value_customers=np.array([row["customers"] for row in values], dtype=np.int64),
        value=np.array([int(row["yearly_value"]) for row in values], dtype=np.int64),
    )


def _make_groups(workspace: Workspace) -> None:
    workspace.make(
        "home_groups",
        lambda: {"as_of": workspace.as_of, "count_zero_orders": workspace.settings.count_zero_orders},
    )


def _edge(group: Ints, start: Ints, length: Ints, customers: Ints, day: int) -> Edge:
    current = (start <= day) & (start + length > day)
    silence = np.minimum(day - start[current], 2 * LONGEST_THRESHOLD)
    width = 2 * LONGEST_THRESHOLD + 1
    counted = np.bincount(group[current] * width + silence, weights=customers[current])
    filled = np.flatnonzero(counted)
    return Edge(filled // width, filled % width, counted[filled].astype(np.int64))


def _moves(workspace: Workspace, parameters: dict[str, Any], places: dict[str, int], before: Ints, last: Ints) -> Moves:
    rows = workspace.ask(
        "class_moves",
        **parameters,
        from_days=before.tolist(),
        to_days=last.tolist(),
        longest=LONGEST_THRESHOLD,
    )

    def column(name: str) -> Ints:
        return np.array([row[name] if row[name] is not None else 0 for row in rows], dtype=np.int64)

    return Moves(
        period=column("period"),
        start_group=np.array([places.get(row["start_class"], -1) for row in rows], dtype=np.int64),
        start_silence=column("start_silence"),
        end_group=np.array([places[row["end_class"]] for row in rows], dtype=np.int64),
        end_silence=column("end_silence"),
        customers=column("customers"),
    )


def _suggested(
    held: Histograms, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]], start: Ints, length: Ints, customers: Ints
) -> int | None:
    closed = chosen & (length < OPEN)
    censored = chosen & (length == OPEN)
    by_length = np.bincount(length[closed], weights=customers[closed], minlength=1).astype(np.float64)
    by_silence = np.bincount(held.today - start[censored], weights=customers[censored], minlength=1).astype(np.float64)
    return first_day_below(curve_of("all", by_length, by_silence), HORIZON, LOST_BELOW)


def _ints(column: Any) -> Ints:
    return np.asarray(column).astype(np.int64)
