"""The words of the wall, for the staff who stand before it: "we". Plain text; the page escapes it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from dashboard import goal_words
from dashboard.formats import (
    count,
    date_short,
    days,
    money,
    month_name,
    months,
    months_of_rent,
    percent,
    salaries,
    time_of_day,
)
from dashboard.i18n import _, ngettext
from dashboard.wall.board import Board
from metrics.goals import GoalPath
from metrics.results import Margin, Period


def title() -> str:
    """What the wall is about."""
    return _("What losing customers costs us")


def nothing_loaded() -> str:
    """What stands there before there are orders."""
    return _("No orders are loaded yet. Once they are, this screen shows what we lose and what comes back.")


def nobody_lost(board: Board) -> str:
    """Why there is no sum: too short a history, or no losses."""
    if board.history_days <= board.settings.threshold:
        return _(
            "Too early to say: a customer counts as lost after {days} without an order, and the orders cover {covered}."
        ).format(days=days(board.settings.threshold, about=False), covered=days(board.history_days, about=False))
    if board.settings.window == "year":
        return _("We lost no customer in the last 12 months who is still away.")
    return _("No customer we ever had is lost.")


def cost(board: Board) -> str:
    """What the sum above it is: it goes on after the figure. `{n}` is left for the number of customers."""
    people, margin = board.customers, board.margin is not None
    if board.settings.window == "year":
        return _margin_of_a_year(people) if margin else _revenue_of_a_year(people)
    return _margin_ever(people) if margin else _revenue_ever(people)


def margin(used: Margin) -> str:
    """What share of the revenue counts as margin, and whether anyone has said so."""
    text = _("The margin of {share} is assumed.") if used.source == "assumed" else _("At a margin of {share}.")
    return text.format(share=percent(used.share))


def _revenue_of_a_year(people: int) -> str:
    return ngettext(
        "of revenue a year went with the {n} customer we lost in the last 12 months",
        "of revenue a year went with the {n} customers we lost in the last 12 months",
        people,
    )


def _margin_of_a_year(people: int) -> str:
    return ngettext(
        "of margin a year went with the {n} customer we lost in the last 12 months",
        "of margin a year went with the {n} customers we lost in the last 12 months",
        people,
    )


def _revenue_ever(people: int) -> str:
    return ngettext(
        "of revenue a year went with the {n} customer we ever lost",
        "of revenue a year went with the {n} customers we ever lost",
        people,
    )


def _margin_ever(people: int) -> str:
    return ngettext(
        "of margin a year went with the {n} customer we ever lost",
        "of margin a year went with the {n} customers we ever lost",
        people,
    )


def in_rents(board: Board) -> str | None:
    """The sum as months of rent; None without a rent in the settings."""
    found = board.terms.months_of_rent
    return None if found is None else _("= {terms}").format(terms=months_of_rent(found))


def in_salaries(board: Board) -> str | None:
    """The sum as monthly salaries; None without a salary in the settings."""
    found = board.terms.monthly_salaries
    return None if found is None else _("= {terms}").format(terms=salaries(found))


def one_house(per: Decimal) -> str:
    """What one house of the row stands for, where it is more than a month."""
    return _("one house = {terms}").format(terms=months(per))


def one_person(per: Decimal) -> str:
    """What one person of the row stands for, where it is more than a salary."""
    return _("one person = {terms}").format(terms=salaries(per))


def one_bundle(note: Decimal, currency: str | None) -> str:
    """What one bundle of banknotes stands for."""
    return _("one bundle = {money}").format(money=money(note, currency))


def pile(board: Board) -> str:
    """The finding of the picture, for who cannot see it."""
    return _("The lost money has grown month by month and reached {money} by {month}.").format(
        money=money(board.terms.money, board.settings.currency), month=month_name(board.as_of)
    )


def lost_word(people: int) -> str:
    """What follows the number of the lost."""
    return ngettext("customer lost", "customers lost", people)


def returned_word(people: int) -> str:
    """What follows the number of those who came back."""
    return ngettext("customer came back", "customers came back", people)


def running(period: Period) -> str:
    """The month in progress; the foot says up to which day the orders go."""
    return _("{month} so far: lost {lost}, came back {returned}").format(
        month=month_name(period.start), lost=count(period.lost), returned=count(period.returned)
    )


def goal(found: GoalPath) -> str:
    """How the goal stands; it is named below."""
    return _("Our goal: {verdict}").format(verdict=goal_words.verdict(found.verdict))


def reached(found: GoalPath) -> str:
    """What the figure of the month that decides is: its month, and for people what they did."""
    if found.latest is None or found.latest.actual is None:
        return ""
    month = month_name(found.latest.month)
    if found.goal.kind != "returned":
        return month
    return _("{what}, {month}").format(what=returned_word(int(found.latest.actual)), month=month)


def sentence(board: Board) -> str | None:
    """What winning back would bring, by the field's rule; None without losses in the last 12 months."""
    found, currency = board.lost.recoverable_by_rule, board.settings.currency
    if not found:
        return None
    text = (
        _("As a rule of thumb every fourth of them comes back if asked well: one order from each would bring "
          "{money} of revenue.")
        if board.settings.window == "year"
        else _("As a rule of thumb every fourth customer of the last 12 months comes back if asked well: one order "
               "from each would bring {money} of revenue.")
    )  # fmt: skip
    return text.format(money=money(found, currency))


def data_date(board: Board) -> str:
    """Up to which day the orders go."""
    return _("Orders up to {day}").format(day=date_short(board.as_of))


def updated(moment: datetime) -> str:
    """When the figures were last asked for."""
    return _("Updated at {time}").format(time=time_of_day(moment))
