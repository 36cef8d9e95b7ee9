"""The names of goals, of how they stand, and their figures as the person reads them."""

from __future__ import annotations

from decimal import Decimal

from dashboard.formats import amount, money, money_compact, month_and_year, percent, percent_points
from dashboard.i18n import _
from metrics.goal import Goal, GoalKind
from metrics.goals import GoalPath, Verdict


def kind(key: GoalKind) -> str:
    """What a goal is about."""
    return {
        "churn": _("Lose fewer customers"),
        "returned": _("Have more customers come back"),
        "recovered": _("Earn from those who came back"),
    }[key]


def kind_short(key: GoalKind) -> str:
    """The figure that a goal is about."""
    return {
        "churn": _("Churn rate a month"),
        "returned": _("Customers back a month"),
        "recovered": _("Money from those who came back"),
    }[key]


def verdict(key: Verdict) -> str:
    """How a goal stands, in a word or two."""
    return {
        "reached": _("reached"),
        "on_path": _("on the way"),
        "behind": _("behind the path"),
        "too_early": _("too early to tell"),
    }[key]


def value(goal: Goal, figure: Decimal | None, currency: str | None) -> str:
    """A figure of the goal's kind, all figures."""
    if goal.kind == "churn":
        return percent(figure)
    return amount(figure) if goal.kind == "returned" else money(figure, currency)


def value_compact(goal: Goal, figure: Decimal | None, currency: str | None) -> str:
    """The same for a place on a picture."""
    return money_compact(figure, currency) if goal.kind == "recovered" else value(goal, figure, currency)


def difference(goal: Goal, gap: Decimal, currency: str | None) -> str:
    """How far a figure is from its path, without a sign."""
    return percent_points(abs(gap)) if goal.kind == "churn" else value(goal, abs(gap), currency)


def aim(goal: Goal, currency: str | None) -> str:
    """The target with its month, as one line."""
    figures = {"target": value_compact(goal, goal.target, currency), "by": month_and_year(goal.by)}
    return {
        "churn": _("Churn rate {target} by {by}"),
        "returned": _("{target} customers back a month by {by}"),
        "recovered": _("{target} from those who came back by {by}"),
    }[goal.kind].format(**figures)


def standing(found: GoalPath, currency: str | None) -> str:
    """The goal and how it stands, as one line."""
    return _("{goal}: {verdict}").format(goal=aim(found.goal, currency), verdict=verdict(found.verdict))
