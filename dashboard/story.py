"""The one sentence that answers each page's question. Pure: figures in, Markdown out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.formats import (
    count,
    days,
    money,
    months_of_rent,
    percent,
    period_name,
    salaries,
    sentences,
)
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.results import InMyTerms, LostMoney, Now, Period
from metrics.settings import PeriodKind, Settings, Window
from metrics.threshold_results import ChoiceMeaning, RuleFigures, Suggested


def overview(period: Period | None, kind: PeriodKind, benchmark: float, lost: LostMoney, currency: str | None) -> str:
    """How the last whole period went against the benchmark, and what the losses of a year cost."""
    cost = say(
        ngettext(
            "The **{n}** customer lost in the last 12 months and still away used to bring **{money}** a year.",
            "The **{n}** customers lost in the last 12 months and still away used to bring **{money}** a year.",
            lost.customers,
        ),
        n=count(lost.customers),
        money=money(lost.revenue, currency),
    )
    if period is None or period.churn is None:
        return sentences(_too_short(kind), cost)
    name = period_name(period.start, period.end, kind)
    if percent(period.churn) == percent(benchmark):
        text = _("In {period} you lost **{lost}** of {active} active customers: **{churn}**, "
                 "the same as the benchmark.")  # fmt: skip
    elif period.churn < benchmark:
        text = _("In {period} you lost **{lost}** of {active} active customers: **{churn}**, "
                 "better than the benchmark of {benchmark}.")  # fmt: skip
    else:
        text = _("In {period} you lost **{lost}** of {active} active customers: **{churn}**, "
                 "more than the benchmark of {benchmark}.")  # fmt: skip
    figures = {
        "period": name,
        "lost": count(period.lost),
        "active": count(period.active_at_start),
        "churn": percent(period.churn),
        "benchmark": percent(benchmark),
    }
    return sentences(say(text, **figures), cost)


def _too_short(kind: PeriodKind) -> str:
    return {
        "month": _("There is no whole month yet with enough history before it to say how fast you lose customers."),
        "quarter": _("There is no whole quarter yet with enough history before it to say how fast you lose customers."),
        "year": _("There is no whole year yet with enough history before it to say how fast you lose customers."),
    }[kind]


def threshold(standing: Now, lost: LostMoney, found: ChoiceMeaning | None, currency: str | None) -> str:
    """What the chosen number of days means."""
    text = say(
        _("After **{days}** without an order you call a customer lost: **{lost}** of {known} are."),
        days=days(standing.lost_after_days),
        lost=count(standing.lost),
        known=count(standing.known),
    )
    text = sentences(text, _used_to_bring(lost, currency))
    if found is None or found.come_back_anyway is None:
        return text
    anyway = say(
        _("By your own history **{share}** of such customers come back within half a year anyway."),
        share=percent(found.come_back_anyway),
    )
    return sentences(text, anyway)


def _used_to_bring(lost: LostMoney, currency: str | None) -> str:
    """The sum of all losses, and how much of it is the last year's: the card beside it is of those alone."""
    if lost.revenue == lost.all_revenue:
        text = _("They used to bring **{money}** a year.")
    else:
        text = _("They used to bring **{money}** a year, **{recent}** of it was lost in the last 12 months.")
    return say(text, money=money(lost.all_revenue, currency), recent=money(lost.revenue, currency))


def suggested(found: Suggested, usual_gap: float | None, horizon: int) -> str:
    """From when on hardly anyone comes back, for all customers and for both kinds of them.

    Where an order within the horizon is rare at any time, that says nothing of who is lost.
    """
    if found.all is None and found.one_time is None and found.repeat is None:
        return _("Your history is too short to suggest a number of days: keep the usual one of your industry for now.")
    if is_too_soon(found, usual_gap):
        return say(
            _("Your customers usually take **{gap}** to order again, so few do within {horizon} at any time: "
              "choose a longer time below."),
            gap=days(usual_gap), horizon=days(horizon, about=False),
        )  # fmt: skip
    parts = []
    if found.all is not None:
        parts.append(say(_("After **{days}** without an order hardly anyone comes back."), days=days(found.all)))
    if found.one_time is not None:
        parts.append(say(_("Of those who bought once: after **{days}**."), days=days(found.one_time)))
    if found.repeat is not None:
        parts.append(say(_("Of those who bought more often: after **{days}**."), days=days(found.repeat)))
    if found.repeat is None:
        parts.append(_("For those who bought more often the history is too short to tell."))
    return sentences(*parts)


def is_too_soon(found: Suggested, usual_gap: float | None) -> bool:
    """Whether the suggested days are over before a usual customer would order again."""
    return found.all is not None and usual_gap is not None and found.all < usual_gap


def rules(found: Sequence[RuleFigures], kind: str, currency: str | None) -> str:
    """What a rule changes against one threshold for all."""
    by_kind = {each.kind: each for each in found}
    one, own = by_kind["one"], by_kind.get(kind, by_kind["one"])
    figures = {
        "lost": count(own.lost),
        "one": count(one.lost),
        "money": money(own.lost_money, currency),
        "one_money": money(one.lost_money, currency),
    }
    if kind == "one":
        text = _("With one threshold **{one}** customers are lost, worth **{one_money}** in the last 12 months.")
        return say(text, **figures)
    return say(
        _("With this rule **{lost}** customers would be lost instead of {one}, "
          "worth **{money}** in the last 12 months instead of {one_money}."),
        **figures,
    )  # fmt: skip


def lost_money(terms: InMyTerms, lost: LostMoney, chosen: Settings, *, is_printed: bool = False) -> str:
    """The lost money in the business's own terms; on paper (`is_printed`) nobody is asked to fill in what lacks."""
    people = lost.customers if chosen.window == "year" else lost.all_customers
    text = _lost_margin(chosen.window, people) if chosen.money_as == "margin" else _lost_revenue(chosen.window, people)
    first = say(text, n=count(people), money=money(terms.money, chosen.currency))
    if terms.months_of_rent is None and terms.monthly_salaries is None:
        return first if is_printed else sentences(first, _("Enter your rent and a salary to see it in your own terms."))
    shown = [
        words
        for figure, words in (
            (terms.months_of_rent, months_of_rent(terms.months_of_rent)),
            (terms.monthly_salaries, salaries(terms.monthly_salaries)),
        )
        if figure is not None
    ]
    bold = [f"**{say('{text}', text=text)}**" for text in shown]
    joined = _("{first} or {second}").format(first=bold[0], second=bold[1]) if len(bold) > 1 else bold[0]
    return sentences(first, _("That is {terms}.").format(terms=joined))


def _lost_revenue(window: Window, people: int) -> str:
    if window == "year":
        return ngettext(
            "The **{n}** customer you lost in the last 12 months took revenue of **{money}** a year with them.",
            "The **{n}** customers you lost in the last 12 months took revenue of **{money}** a year with them.",
            people,
        )
    return ngettext(
        "The **{n}** customer you ever lost took revenue of **{money}** a year with them.",
        "The **{n}** customers you ever lost took revenue of **{money}** a year with them.",
        people,
    )


def _lost_margin(window: Window, people: int) -> str:
    if window == "year":
        return ngettext(
            "The **{n}** customer you lost in the last 12 months took a margin of **{money}** a year with them.",
            "The **{n}** customers you lost in the last 12 months took a margin of **{money}** a year with them.",
            people,
        )
    return ngettext(
        "The **{n}** customer you ever lost took a margin of **{money}** a year with them.",
        "The **{n}** customers you ever lost took a margin of **{money}** a year with them.",
        people,
    )


def in_money(revenue: Decimal, share: float | None) -> Decimal:
    """Revenue, or the margin on it where a margin share is given."""
    return revenue if share is None else revenue * Decimal(str(share))
