"""The sentences about where customers stand and who is due. Pure: figures in, Markdown out."""

from __future__ import annotations

from datetime import date

from dashboard.formats import count, date_long, days, money, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.states import AUDIENCES, DueCounts, Lifecycle, Migration

FRESH_DAYS = 7
"""Data that end longer ago say little of whom to remind now."""


def lifecycle(found: Lifecycle, currency: str | None) -> str:
    """How many still buy, how many can be reminded before they are lost, how many are lost."""
    n = {audience: found.customers(*states) for audience, states in AUDIENCES.items()}
    known = found.customers() - n["potential"]
    text = say(
        ngettext(
            "Of your {known} customer: buying as usual **{active}**, going quiet **{repeat}**, lost **{lost}**.",
            "Of your {known} customers: buying as usual **{active}**, going quiet **{repeat}**, lost **{lost}**.",
            known,
        ),
        known=count(known),
        active=count(n["active"]),
        repeat=count(n["repeat_sale"]),
        lost=count(n["lost"]),
    )
    if not n["repeat_sale"]:
        return sentences(text, _("Nobody is going quiet just now."))
    late = say(
        _("Begin with the quiet ones: **{money}** a year hang on them, and reminding is cheaper than winning back."),
        money=money(found.yearly_value(*AUDIENCES["repeat_sale"]), currency),
    )
    return sentences(text, late)


def returned(found: Lifecycle) -> str:
    """Those who came back lately."""
    n = found.by_state["returned"].customers
    return say(
        ngettext(
            "**{n}** customer came back in the last {days}.", "**{n}** customers came back in the last {days}.", n
        ),
        n=count(n),
        days=days(found.lost_after_days, about=False),
    )  # fmt: skip


def lost_twice(found: Lifecycle) -> str:
    """Those lost for the second time."""
    n, lost = found.by_state["lost_twice"].customers, found.customers(*AUDIENCES["lost"])
    return say(
        ngettext(
            "**{n}** customer is lost for the second time or more: {share} of all lost.",
            "**{n}** customers are lost for the second time or more: {share} of all lost.",
            n,
        ),
        n=count(n),
        share=percent(n / lost if lost else None),
    )


def fading(n: int) -> str:
    """Those not lost yet whose orders become rarer or smaller."""
    if not n:
        return _("Nobody's orders become rarer or smaller just now.")
    text = ngettext(
        "**{n}** customer orders more rarely or for less than usual, and is not lost yet.",
        "**{n}** customers order more rarely or for less than usual, and are not lost yet.",
        n,
    )
    return say(text, n=count(n))


def moved(found: Migration) -> str:
    """How to read the flow of a month; why it may show more returns than the overview counts."""
    text = _("Left: where customers stood when the month began; right: where at its end. Who stayed is left out.")
    within = sum(
        one.customers for one in found.moves
        if one.to_state == "returned" and one.from_state not in {*AUDIENCES["lost"], "returned"}
    )  # fmt: skip
    if not within:
        return text
    more = ngettext(
        "{n} of those who returned passed the limit and came back within the month; the overview counts only returns "
        "of customers lost when the month began.",
        "{n} of those who returned passed the limit and came back within the month; the overview counts only returns "
        "of customers lost when the month began.",
        within,
    )
    return sentences(text, more.format(n=count(within)))


def due(found: DueCounts, grace_days: int, currency: str | None, as_of: date, today: date) -> str:
    """Whom to remind now, who is urgent, who follows within the week; of which day that is where it is not `today`."""
    old = (today - as_of).days
    stale = [] if old <= FRESH_DAYS else [
        say(_("That day is **{days}** ago: load newer orders before you remind anybody, some may have ordered since."),
            days=days(old))
    ]  # fmt: skip
    if not found.all:
        nobody = _("Nobody's next order is expected by the end of the week: there is nobody to remind.")
        return nobody if old <= 0 else sentences(_at(as_of), nobody, *stale)
    late = say(_("Late by more than {grace}, so urgent: **{n}**."), n=count(found.escalated), grace=days(grace_days))
    worth = say(_("Together they bring **{money}** a year."), money=money(found.yearly_value, currency))
    expected = _expected(found, as_of if old > 0 else None)
    return sentences(expected[0], *([late] if found.escalated else []), expected[1], worth, *stale)


def _expected(found: DueCounts, by: date | None) -> tuple[str, str]:
    """Who should have ordered by now and who follows; on a day in the past (`by`) that day is named."""
    if by is None:
        now = ngettext(
            "**{n}** customer should have ordered by now.", "**{n}** customers should have ordered by now.", found.now
        )
        week = ngettext(
            "**{n}** more is expected within a week.", "**{n}** more are expected within a week.", found.this_week
        )
        return say(now, n=count(found.now)), say(week, n=count(found.this_week))
    then = ngettext(
        "By {day}, the day these figures are of, **{n}** customer should have ordered.",
        "By {day}, the day these figures are of, **{n}** customers should have ordered.",
        found.now,
    )
    after = ngettext(
        "**{n}** more is expected in the week after.", "**{n}** more are expected in the week after.", found.this_week
    )
    return say(then, n=count(found.now), day=date_long(by)), say(after, n=count(found.this_week))


def _at(day: date) -> str:
    return say(_("These figures are of {day}."), day=date_long(day))
