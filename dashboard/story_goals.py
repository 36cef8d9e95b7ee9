"""The sentences about goals: where each stands, which one to set. Pure: figures in, Markdown out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.formats import count, money, month_name, months, percent, sentences
from dashboard.goal_words import difference, value
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.goal import Goal
from metrics.goal_proposals import Proposal
from metrics.goals import GoalPath


def goals(found: Sequence[GoalPath], currency: str | None) -> str:
    """How all goals stand; of one alone its own sentence."""
    if len(found) == 1:
        return goal(found[0], currency)
    good = sum(each.verdict in {"reached", "on_path"} for each in found)
    behind = sum(each.verdict == "behind" for each in found)
    text = say(
        ngettext(
            "**{good}** of {n} goal is reached or on its way, **{behind}** is behind its path.",
            "**{good}** of {n} goals are reached or on their way, **{behind}** behind their path.",
            len(found),
        ),
        n=count(len(found)),
        good=count(good),
        behind=count(behind),
    )
    return sentences(text, _("The rest is too early to tell.")) if good + behind < len(found) else text


def goal(found: GoalPath, currency: str | None) -> str:
    """Where one goal stands in the latest month that decides."""
    latest, wanted = found.latest, found.goal
    if latest is None or found.gap is None:
        return _missing(found, currency)
    said = {
        "month": month_name(latest.month),
        "start": month_name(wanted.start),
        "by": month_name(wanted.by),
        "actual": value(wanted, latest.actual, currency),
        "planned": value(wanted, latest.planned, currency),
        "target": value(wanted, wanted.target, currency),
        "gap": difference(wanted, found.gap, currency),
    }
    fact = {
        "churn": _("In {month} you lost **{actual}** of your active customers."),
        "returned": _("Customers who came back in {month}: **{actual}**."),
        "recovered": _("Customers who have come back since {start} brought **{actual}** up to the end of {month}."),
    }[wanted.kind]
    return sentences(say(fact, **said), say(_judgement(found), **said))


def _judgement(found: GoalPath) -> str:
    if found.verdict == "reached":
        if found.goal.kind == "recovered" or found.is_over:
            return _("The goal of {target} is **reached**.")
        return _("The goal of {target} is **reached**: keep it until {by}.")
    if found.is_over:
        return _("The time is up: the goal was {target}.")
    if found.verdict == "on_path":
        return _("The path asks for {planned}: you are **on the way** to {target} by {by}.")
    if found.goal.kind == "churn":
        return _("The path allows {planned}: **{gap} too many** to be on the way to {target} by {by}.")
    return _("The path asks for {planned}: **{gap} are missing** to be on the way to {target} by {by}.")


def _missing(found: GoalPath, currency: str | None) -> str:
    wanted = found.goal
    aimed = {"target": value(wanted, wanted.target, currency), "by": month_name(wanted.by)}
    goal_is = {
        "churn": _("Your goal: a churn rate of **{target}** by {by}."),
        "returned": _("Your goal: **{target}** customers back a month by {by}."),
        "recovered": _("Your goal: **{target}** from customers who come back, by {by}."),
    }[wanted.kind]
    why = {
        "no_orders": _("There are no orders yet."),
        "warm_up": _("The months so far lie too close to the first order to say who was lost."),
        "nobody_to_lose": _("There was nobody to lose in the months so far."),
        "no_whole_month": _("The first month to judge it by is {start}: load its orders when it is over."),
    }[found.missing or "no_orders"]
    return sentences(say(goal_is, **aimed), say(why, start=month_name(wanted.start)))


def proposal(found: Proposal, aimed: Goal, currency: str | None) -> str:
    """What the own figures suggest to aim for, as a question; `aimed` is the goal as it stands on the screen."""
    said = {
        "level": value(aimed, found.level, currency),
        "benchmark": percent(found.benchmark),
        "target": value(aimed, aimed.target, currency),
        "by": month_name(aimed.by),
        "months": months(aimed.n_months),
    }
    return sentences(say(_usual(found), **said), say(_question(aimed), **said))


def _usual(found: Proposal) -> str:
    if found.goal.kind == "recovered":
        if found.level is None:
            return _("As a rule of thumb, one in four of the customers you lost can come back with one order each.")
        return _("In the {months} before, customers who came back brought **{level}**.")
    if found.level is None or found.benchmark is None:
        return _("In a usual month, customers who come back: **{level}**.")
    if percent(found.level) == percent(found.benchmark):
        return _("Your usual month loses **{level}** of the customers, as the benchmark does.")
    if found.level > found.benchmark:
        return _("Your usual month loses **{level}** of the customers; the benchmark is {benchmark}.")
    return _("Your usual month loses **{level}** of the customers, fewer than the benchmark of {benchmark}.")


def _question(aimed: Goal) -> str:
    if aimed.kind == "churn":
        return _("Aim for **{target}** by {by}?")
    if aimed.kind == "returned":
        return _("Aim for **{target}** a month by {by}?")
    return _("Aim for **{target}** in {months}, by the end of {by}?")


def nothing_to_propose(first: date | None) -> str:
    """Why no goal can be proposed yet; `first` is the first month that can be judged."""
    text = _("There is not enough history yet to say what to aim for.")
    if first is None:
        return text
    return sentences(text, say(_("The first month that can be judged is **{month}**."), month=month_name(first)))


def against_before(found: GoalPath, currency: str | None) -> str | None:
    """The recovered money beside that of as many months before; None for other goals and without such months."""
    latest = found.latest
    if found.goal.kind != "recovered" or latest is None or not found.before:
        return None
    place = [each.month for each in found.months].index(latest.month)
    before = found.before[place]
    return _("The same stretch of months before ({start} to {end}): {before}.").format(
        start=month_name(found.before[0].month),
        end=month_name(before.month),
        before=money(before.actual, currency),
    )
