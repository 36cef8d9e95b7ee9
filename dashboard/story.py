"""The one sentence that answers each page's question. Pure: figures in, Markdown out."""

from __future__ import annotations

from decimal import Decimal

from dashboard.formats import count, days, money, months_of_rent, percent, period_name, salaries, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.results import InMyTerms, LostMoney, Now, Period, ThresholdChurn
from metrics.settings import PeriodKind, Window


def overview(period: Period | None, kind: PeriodKind, benchmark: float, lost: LostMoney, currency: str | None) -> str:
    """How the last whole period went against the benchmark, and what the losses of a year cost."""
    cost = say(
        ngettext(
            "The **{n}** customer lost in the last 12 months used to bring **{money}** a year.",
            "The **{n}** customers lost in the last 12 months used to bring **{money}** a year.",
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


def threshold(standing: Now, lost: LostMoney, usual: ThresholdChurn, currency: str | None) -> str:
    """What the chosen number of days means."""
    text = say(
        _("After **{days}** without an order you call a customer lost: **{lost}** of {known} are. "
          "They used to bring **{money}** a year."),
        days=days(standing.lost_after_days),
        lost=count(standing.lost),
        known=count(standing.known),
        money=money(lost.all_revenue, currency),
    )  # fmt: skip
    if usual.churn is None:
        return text
    measure = say(_("By this measure you lose **{churn}** in a usual month."), churn=percent(usual.churn))
    return sentences(text, measure)


def lost_money(terms: InMyTerms, lost: LostMoney, window: Window, currency: str | None) -> str:
    """The lost money in the business's own terms."""
    people = lost.customers if window == "year" else lost.all_customers
    if window == "year":
        text = ngettext(
            "The **{n}** customer you lost in the last 12 months took **{money}** a year with them.",
            "The **{n}** customers you lost in the last 12 months took **{money}** a year with them.",
            people,
        )
    else:
        text = ngettext(
            "The **{n}** customer you ever lost took **{money}** a year with them.",
            "The **{n}** customers you ever lost took **{money}** a year with them.",
            people,
        )
    first = say(text, n=count(people), money=money(terms.money, currency))
    if terms.months_of_rent is None and terms.monthly_salaries is None:
        return sentences(first, _("Enter your rent and a salary to see it in your own terms."))
    shown = [
        words
        for figure, words in (
            (terms.months_of_rent, months_of_rent(terms.months_of_rent)),
            (terms.monthly_salaries, salaries(terms.monthly_salaries)),
        )
        if figure is not None
    ]
    joined = (" " + _("or") + " ").join(f"**{say('{text}', text=text)}**" for text in shown)
    return sentences(first, _("That is {terms}.").format(terms=joined))


def in_money(revenue: Decimal, share: float | None) -> Decimal:
    """Revenue, or the margin on it where a margin share is given."""
    return revenue if share is None else revenue * Decimal(str(share))
