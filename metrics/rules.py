"""Figures under a threshold that is not the same for all (METRICS.md 2 and 3).

Every gap belongs to a class with a threshold of its own: its order number, its customer's group or own rhythm. A
customer is active on a day when the silence is within the threshold of the class of the gap that is open then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from metrics.grid import LONGEST_THRESHOLD
from metrics.histograms import Histograms, Ints, exact_sum, money
from metrics.retention import Counts
from metrics.rule import KINDS, Rule, RuleKind
from metrics.rule_classes import Classed, Edge, Moves, classes_of, group_columns
from metrics.threshold import MONTHS_COMPARED
from metrics.threshold_results import RuleFigures, RulePeriod
from metrics.value import WINDOW_DAYS
from metrics.workspace import Workspace


def figures(workspace: Workspace, rule: Rule) -> RuleFigures | None:
    """The figures of now and of the last months under a rule; None without counted orders."""
    held = workspace.histograms
    if held is None:
        return None
    classed = classes_of(workspace, held, rule)
    days = _thresholds(workspace, rule, classed)
    found = _counts(classed, days)
    shares = _comparable_churn(held, classed, found, int(days.max()))
    lost_day = classed.value_day + days[classed.value_group] + 1
    ever, recent = lost_day <= held.today, lost_day > held.today - WINDOW_DAYS
    lost = int(classed.value_customers[ever].sum())
    return RuleFigures(
        kind=rule.kind,
        lost=lost,
        active=int(classed.value_customers.sum()) - lost,
        lost_money=money(exact_sum(classed.value[ever & recent])),
        lost_money_ever=money(exact_sum(classed.value[ever])),
        churn=float(median(shares)) if shares else None,
        months=len(shares),
        periods=tuple(
            RulePeriod(
                classed.starts[place],
                classed.ends[place],
                *(int(column[place]) for column in (
                    found.active_at_start, found.active_at_end, found.new_active, found.lost, found.returned
                )),
            )
            for place in range(len(classed.starts))
        ),
    )  # fmt: skip


def compare(workspace: Workspace, rule: Rule) -> tuple[RuleFigures, ...]:
    """The figures of every kind of rule with the parameters of `rule`, side by side.

    Groups are left out where no column tells two to twenty of them apart. Empty without counted orders.
    """
    kinds: Sequence[RuleKind] = [kind for kind in KINDS if kind != "group" or group_columns(workspace)]
    found = (figures(workspace, rule.model_copy(update={"kind": kind})) for kind in kinds)
    return tuple(each for each in found if each is not None)


def suggested_by_class(workspace: Workspace, rule: Rule) -> Mapping[str, int | None]:
    """The suggested threshold of each class of a rule by its own return curve; None where the history is too short."""
    held = workspace.histograms
    if held is None:
        return {}
    classed = classes_of(workspace, held, rule)
    return dict(zip(classed.names, classed.suggested, strict=True))


def _thresholds(workspace: Workspace, rule: Rule, classed: Classed) -> Ints:
    """The threshold of every class, in days."""
    one = workspace.settings.threshold
    own: Mapping[str, int] = {}
    if rule.kind == "number":
        own = {str(number): days for number, days in rule.by_number.items()}
    elif rule.kind == "group":
        own = rule.by_group
    elif rule.kind == "rhythm":
        own = {name: min(int(name), LONGEST_THRESHOLD) for name in classed.names if name}
    return np.array([own.get(name, one) for name in classed.names], dtype=np.int64)


def _counts(classed: Classed, days: Ints) -> Counts:
    start = np.array([_active(edge, days) for edge in classed.before], dtype=np.int64)
    end = np.array([_active(edge, days) for edge in classed.last], dtype=np.int64)
    lost = np.array(
        [_fell_silent(edge, days, int(length)) for edge, length in zip(classed.last, classed.length, strict=True)],
        dtype=np.int64,
    )
    new_active = classed.new.copy()
    if days.min() + 1 < classed.length.max():  # within a period somebody may order and be lost again
        again, new_lost = _lost_again(classed.moves(), days, len(start))
        lost, new_active = lost + again, new_active - new_lost
    return Counts(start, end, new_active, lost, returned=end - start + lost - new_active)


def _lost_again(moves: Moves, days: Ints, n_periods: int) -> tuple[Ints, Ints]:
    """Customers active before each period who ordered in it and are lost at its end, and new ones who are."""
    is_new = moves.start_group < 0
    lost_at_end = moves.end_silence > days[moves.end_group]
    was_active = ~is_new & (moves.start_silence <= days[moves.start_group])

    def summed(chosen: NDArray[np.bool_]) -> Ints:
        counts = np.bincount(moves.period[chosen], weights=moves.customers[chosen], minlength=n_periods)
        return counts.astype(np.int64)

    return summed(was_active & lost_at_end), summed(is_new & lost_at_end)


def _active(edge: Edge, days: Ints) -> int:
    return int(edge.customers[edge.silence <= days[edge.group]].sum())


def _fell_silent(edge: Edge, days: Ints, length: int) -> int:
    """Customers active before a period of `length` days who did not order in it and are lost at its end."""
    own = days[edge.group]
    inside = (edge.silence >= length) & (edge.silence > own) & (edge.silence - length <= own)
    return int(edge.customers[inside].sum())


def _comparable_churn(held: Histograms, classed: Classed, found: Counts, longest: int) -> list[float]:
    past_warm_up = classed.before_day >= held.first_day + longest
    whole = np.flatnonzero(past_warm_up & ~classed.in_progress)[-MONTHS_COMPARED:]
    return [
        found.lost[place] / found.active_at_start[place] for place in whole.tolist() if found.active_at_start[place] > 0
    ]
