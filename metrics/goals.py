"""Where a business stands on the way to its own targets, month by month.

**Planned**: `churn` and `returned` go in a straight line from the level before the start (the median of the last 12
comparable months before it) to the target, which the last month carries; where that level meets the target already,
or is not known, every month carries the target. `recovered` grows from 0 by the same sum each month.

**Actual**: None in the warm-up. `churn` and `returned` are `L / S` and `R` of the month (METRICS.md 3), no rate where
there is nobody to lose. `recovered` is cumulative: counted orders less refunds of the first 180 days from a return day,
this one included, of customers whose return day lies on or after the first day of the goal, up to the end of the month;
an order after two returns counts once. As margin it is multiplied by the margin share (METRICS.md 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final, Literal

from metrics.calendar import add_months
from metrics.goal import Goal
from metrics.histograms import day_number
from metrics.results import Period
from metrics.retention import comparable, periods
from metrics.value import margin
from metrics.workspace import Workspace

Verdict = Literal["reached", "on_path", "behind", "too_early"]
Missing = Literal["no_orders", "no_whole_month", "warm_up", "nobody_to_lose"]

FOLLOWED_DAYS: Final = 180
"""How long what a returned customer brings counts as recovered: the horizon of METRICS.md 6."""
MONTHS_BEFORE: Final = 12


@dataclass(frozen=True, slots=True)
class GoalMonth:
    """One month: `planned` by the path (None before the goal began), `actual` None where it is not known (yet).

    `in_progress`: the month is not over at the as-of date, its actual is so far.
    """

    month: date
    planned: Decimal | None
    actual: Decimal | None
    in_progress: bool


@dataclass(frozen=True, slots=True)
class GoalPath:
    """A goal and its months, oldest first.

    `level`: the usual month before the start (None for `recovered` and without comparable months). `before`: the
    months before the start, at most 12; for `recovered` as many as the goal has, cumulative too, none where the history
    is shorter or nobody asked. `latest`: the month that decides, the last whole one of the goal with a figure.
    `verdict`: `reached` when it meets the target, `on_path` when it meets its planned value, else `behind`; `too_early`
    without such a month, for the reason `missing`. Recovered money can be reached in a running month too. `gap`: how
    much better than planned the deciding month is, negative when worse. `is_over`: the last month of the goal is whole.
    """

    goal: Goal
    level: Decimal | None
    before: tuple[GoalMonth, ...]
    months: tuple[GoalMonth, ...]
    latest: GoalMonth | None
    verdict: Verdict
    missing: Missing | None
    gap: Decimal | None
    is_over: bool


def paths(workspace: Workspace, *, look_back: bool = False) -> tuple[GoalPath, ...]:
    """The paths of all goals of the settings, for the lost threshold of the settings; `look_back` as for `path`."""
    return tuple(path(workspace, goal, look_back=look_back) for goal in workspace.settings.goals)


def path(workspace: Workspace, goal: Goal, *, look_back: bool = False) -> GoalPath:
    """The path of one goal, whether or not it is among the settings'.

    Without `look_back` recovered money comes without the months before: they cost a second walk over the orders.
    """
    found = periods(workspace, "month", workspace.settings.threshold)
    level = usual(found, goal)
    is_money = goal.kind == "recovered"
    actual = recovered_so_far(workspace, goal, goal.start) if is_money else _of_months(found, goal)
    running = {period.start for period in found if period.in_progress}
    known = {period.start for period in found if not period.warm_up}
    months = tuple(
        GoalMonth(month, planned(goal, level, place), actual.get(month) if month in known else None, month in running)
        for place, month in enumerate(_months(goal), start=1)
    )
    decided = [each for each in months if each.actual is not None and not each.in_progress]
    latest = decided[-1] if decided else None
    if is_money and _reached_by_now(months, goal):
        latest = next(each for each in reversed(months) if each.actual is not None)
    return GoalPath(
        goal=goal,
        level=level,
        before=_before(workspace, found, goal) if look_back or not is_money else (),
        months=months,
        latest=latest,
        verdict=_verdict(goal, latest),
        missing=None if latest else _missing(found, months),
        gap=_better(goal, latest),
        is_over=bool(found) and goal.by <= found[-1].start and goal.by not in running,
    )


def usual(found: Sequence[Period], goal: Goal) -> Decimal | None:
    """The median of the last 12 comparable months before the goal; None without them and for recovered money."""
    months = comparable([period for period in found if period.start < goal.start])
    levels = [level for level in (_of_month(period, goal) for period in months) if level is not None]
    return median(levels) if levels else None


def planned(goal: Goal, level: Decimal | None, place: int) -> Decimal:
    """The planned value of the goal's month number `place`, from 1."""
    if goal.kind == "recovered":
        start = Decimal(0)
    elif level is None or meets(goal, level, goal.target):
        start = goal.target
    else:
        start = level
    return (start * (goal.n_months - place) + goal.target * place) / goal.n_months


def meets(goal: Goal, actual: Decimal, wanted: Decimal) -> bool:
    """Whether a figure is as good as the wanted one: churn not above it, anything else not below."""
    return actual <= wanted if goal.kind == "churn" else actual >= wanted


def recovered_money(workspace: Workspace, start: date, lost_after_days: int) -> dict[date, Decimal]:
    """Net revenue by month of customers who came back on or after `start` (see above); months without any left out."""
    held = workspace.histograms
    if held is None:
        return {}

    def ask() -> dict[date, Decimal]:
        rows = workspace.ask(
            "recovered",
            today=held.today,
            from_day=day_number(start),
            lost_after_days=lost_after_days,
            days=FOLLOWED_DAYS,
        )
        return {row["month"]: row["net"] for row in rows}

    known: dict[date, dict[date, Decimal]] = workspace.latest("recovered", lost_after_days, dict)
    if start not in known:
        known[start] = ask()
    return known[start]


def _reached_by_now(months: Sequence[GoalMonth], goal: Goal) -> bool:
    """Whether the latest known month has the target, even one that is not over."""
    known = [each.actual for each in months if each.actual is not None]
    return bool(known) and meets(goal, known[-1], goal.target)


def _months(goal: Goal) -> list[date]:
    return [add_months(goal.start, place) for place in range(goal.n_months)]


def _of_month(period: Period, goal: Goal) -> Decimal | None:
    if period.warm_up or (goal.kind == "recovered"):
        return None
    if goal.kind == "returned":
        return Decimal(period.returned)
    return Decimal(period.lost) / period.active_at_start if period.active_at_start else None


def _of_months(found: Sequence[Period], goal: Goal) -> dict[date, Decimal | None]:
    return {period.start: _of_month(period, goal) for period in found}


def recovered_so_far(workspace: Workspace, goal: Goal, start: date) -> dict[date, Decimal | None]:
    """What a goal of as many months from `start` on would have at the end of each month that has begun."""
    if workspace.as_of is None:
        return {}
    share = Decimal(str(margin(workspace).share)) if goal.money_as == "margin" else Decimal(1)
    by_month = recovered_money(workspace, start, workspace.settings.threshold)
    so_far: dict[date, Decimal | None] = {}
    total = Decimal(0)
    for month in (add_months(start, place) for place in range(goal.n_months)):
        if month > workspace.as_of:
            break
        total += by_month.get(month, Decimal(0)) * share
        so_far[month] = total
    return so_far


def recovered_before(workspace: Workspace, goal: Goal) -> dict[date, Decimal | None]:
    """The same for as many months before the goal; empty where the history does not reach so far back."""
    start = add_months(goal.start, -goal.n_months)
    found = {period.start: period for period in periods(workspace, "month", workspace.settings.threshold)}
    months = [found.get(add_months(start, place)) for place in range(goal.n_months)]
    if not all(period and period.comparable for period in months):
        return {}
    return recovered_so_far(workspace, goal, start)


def _before(workspace: Workspace, found: Sequence[Period], goal: Goal) -> tuple[GoalMonth, ...]:
    if goal.kind == "recovered":
        brought = recovered_before(workspace, goal)
        return tuple(GoalMonth(month, None, actual, in_progress=False) for month, actual in brought.items())
    months = [period for period in found if period.start < goal.start][-MONTHS_BEFORE:]
    return tuple(GoalMonth(each.start, None, _of_month(each, goal), each.in_progress) for each in months)


def _verdict(goal: Goal, latest: GoalMonth | None) -> Verdict:
    if latest is None or latest.actual is None or latest.planned is None:
        return "too_early"
    if meets(goal, latest.actual, goal.target):
        return "reached"
    return "on_path" if meets(goal, latest.actual, latest.planned) else "behind"


def _better(goal: Goal, latest: GoalMonth | None) -> Decimal | None:
    if latest is None or latest.actual is None or latest.planned is None:
        return None
    ahead = latest.actual - latest.planned
    return -ahead if goal.kind == "churn" else ahead


def _missing(found: Sequence[Period], months: Sequence[GoalMonth]) -> Missing:
    if not found:
        return "no_orders"
    whole = {period.start: period for period in found if not period.in_progress}
    begun = [whole[each.month] for each in months if each.month in whole]
    if not begun:
        return "no_whole_month"
    return "warm_up" if any(period.warm_up for period in begun) else "nobody_to_lose"
