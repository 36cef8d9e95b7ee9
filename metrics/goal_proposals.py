"""The goal that a business's own figures suggest, for who has not set one yet.

`churn`: the benchmark, but at most a quarter below the usual month; where that is met already, a tenth below it.
`returned`: a quarter above the usual month, at least one more. `recovered`: a quarter above what the same number of
months before brought, without any the rule of thumb of METRICS.md 4 (a quarter of the lost with one order each).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Final

from metrics.calendar import MONTHS, add_months
from metrics.goal import Goal, GoalKind
from metrics.goals import recovered_before, usual
from metrics.histograms import day_of
from metrics.industries import benchmark
from metrics.retention import periods
from metrics.value import lost_money, margin
from metrics.workspace import Workspace

USUAL_MONTHS: Final = 6
"""How long a proposed goal lasts."""
_MORE: Final = Decimal("1.25")
_LESS: Final = Decimal("0.75")
_A_LITTLE_LESS: Final = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A goal to set and what it comes from.

    `level` the usual month; for `recovered` what the same number of months before brought, None where that is unknown.
    `benchmark`: the field's monthly churn, for `churn` only.
    """

    goal: Goal
    level: Decimal | None
    benchmark: Decimal | None


def first_month(workspace: Workspace) -> date | None:
    """The month in which a goal set now begins: the running one, else the one after the as-of date's."""
    found = periods(workspace, "month", workspace.settings.threshold)
    if not found:
        return None
    return found[-1].start if found[-1].in_progress else add_months(found[-1].start, MONTHS["month"])


def first_judged(workspace: Workspace) -> date | None:
    """The first month that is past the warm-up, whole or not; None without orders."""
    held = workspace.histograms
    if held is None:
        return None
    past = day_of(held.first_day + workspace.settings.threshold + 1)
    return past if past.day == 1 else add_months(past, MONTHS["month"])


def proposal(
    workspace: Workspace, kind: GoalKind, *, start: date | None = None, n_months: int = USUAL_MONTHS
) -> Proposal | None:
    """What to aim for in `n_months` from `start` (default: from now on); None where the own figures say nothing."""
    begin = start or first_month(workspace)
    if begin is None:
        return None
    money_as = workspace.settings.money_as
    # The target is replaced below; only its kind and months are used until then.
    asked = Goal(
        kind=kind, start=begin, by=add_months(begin, n_months - 1), target=Decimal("0.5" if kind == "churn" else 1),
        money_as=money_as if kind == "recovered" else "revenue",
    )  # fmt: skip
    level = _brought_before(workspace, asked) if kind == "recovered" else _usual_before(workspace, asked)
    field = Decimal(str(round(benchmark(workspace.settings.kind), 6))) if kind == "churn" else None
    target = _target(workspace, asked, level, field)
    if target is None:
        return None
    return Proposal(Goal.model_validate({**asked.model_dump(), "target": target}), level, field)


def _target(workspace: Workspace, asked: Goal, level: Decimal | None, field: Decimal | None) -> Decimal | None:
    if asked.kind == "recovered":
        return _money_target(workspace, asked, level)
    if level is None:
        return None
    if field is not None:
        wanted = max(field, level * _LESS) if level > field else level * _A_LITTLE_LESS
        rounded = wanted.quantize(Decimal("0.001"), ROUND_HALF_UP)
        return rounded if 0 < rounded < 1 and rounded < level else None
    return max(level * _MORE, level + 1).to_integral_value(ROUND_CEILING)


def _money_target(workspace: Workspace, asked: Goal, level: Decimal | None) -> Decimal | None:
    brought = (level or Decimal(0)) * _MORE
    if brought <= 0:
        by_rule = lost_money(workspace, workspace.settings.threshold).recoverable_by_rule or Decimal(0)
        brought = by_rule * _share(workspace, asked)
    return _two_figures_up(brought) if brought > 0 else None


def _usual_before(workspace: Workspace, asked: Goal) -> Decimal | None:
    return usual(periods(workspace, "month", workspace.settings.threshold), asked)


def _brought_before(workspace: Workspace, asked: Goal) -> Decimal | None:
    """What the same number of months before the goal brought."""
    return next(reversed(recovered_before(workspace, asked).values()), None)


def _share(workspace: Workspace, asked: Goal) -> Decimal:
    return Decimal(str(margin(workspace).share)) if asked.money_as == "margin" else Decimal(1)


def _two_figures_up(amount: Decimal) -> Decimal:
    """Rounded up to two figures: 12,345 is 13,000."""
    step = Decimal(1).scaleb(amount.adjusted() - 1)
    return Decimal(f"{(amount / step).to_integral_value(ROUND_CEILING) * step:f}")
