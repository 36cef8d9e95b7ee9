"""How well do you keep your customers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from dashboard import charts, goal_words, labels, story
from dashboard.components import Card, cards, chart, explain, head, onward, page_of
from dashboard.formats import (
    NOTHING,
    count,
    money,
    money_compact,
    month_name,
    month_short,
    months,
    percent,
    sentences,
    signed_money,
    signed_percent_points,
    two_decimals,
)
from dashboard.glossary import formula, source
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from dashboard.views import checks
from dashboard.views.overview_details import details
from dashboard.views.tour import tour
from metrics.calendar import MONTHS
from metrics.goals import paths
from metrics.industries import benchmark
from metrics.results import LostMoney, LostMonth, Period, SimpleLtv
from metrics.retention import comparable, periods
from metrics.settings import PeriodKind, Settings
from metrics.threshold import churn_by_threshold
from metrics.value import lost_by_month, lost_money, lost_money_before, margin, simple_ltv_course

KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")


def page() -> None:
    """Churn against its benchmark, retention, value and lost money, and the course of all that."""
    kind = settings().period
    held, chosen = workspace(), settings()
    found = periods(held, kind, chosen.threshold)
    whole = comparable(found)
    usual = churn_by_threshold(held, [chosen.threshold])[0].churn
    lost = lost_money(held, chosen.threshold)
    field = benchmark(chosen.kind, MONTHS[kind])
    head(
        _("How well do you keep your customers?"),
        story.overview(whole[-1] if whole else None, kind, field, lost, chosen.currency),
    )
    tour()
    checks.hint()
    row = [
        _churn_card(whole, field, usual, chosen),
        _retention_card(whole),
        _value_card(simple_ltv_course(held, chosen.threshold), chosen.currency),
        _lost_card(
            lost,
            held.as_of,
            lost_money_before(held, chosen.threshold),
            lost_by_month(held, chosen.threshold, "year"),
            chosen.currency,
        ),
    ]
    cards([card for card in row if card.value != NOTHING])  # why there is no figure yet is in the sentence
    _goals(chosen)
    st.subheader(_("How fast you lose customers"), anchor=False)
    _period_switch(kind)
    monthly = usual if kind == "month" else None
    chart(charts.churn_series(found, kind, field, monthly, colours()), "churn")
    st.subheader(_("Who came, who came back, who was lost"), anchor=False)
    chart(charts.customer_flow(found, kind, colours()), "flow")
    onward(
        [("threshold", _("Check when a customer counts as lost")), ("money", _("See the lost money in your terms"))]
        + ([] if chosen.goals else [("goals", _("Set a goal"))])
        + [("glossary", _("What the figures mean"))]
    )
    details(found, kind)


def _goals(chosen: Settings) -> None:
    """A line per goal that is set: how it stands, with the way to its path."""
    if not chosen.goals:
        return
    with st.container(horizontal=True):
        for found in paths(workspace()):
            st.page_link(page_of("goals"), label=escape(goal_words.standing(found, chosen.currency)) + " →")


def _period_switch(kind: PeriodKind) -> None:
    st.segmented_control(
        _("By"),
        KINDS,
        key=seed("period", kind),
        format_func=labels.period_kind,
        required=True,
        on_change=lambda: save(period=st.session_state["period"]),
        label_visibility="collapsed",
    )


def _change(whole: tuple[Period, ...], name: str) -> float | None:
    values = [getattr(period, name) for period in whole[-2:]]
    return values[1] - values[0] if len(values) == 2 and None not in values else None


def _churn_card(whole: tuple[Period, ...], field: float, usual: float | None, chosen: Settings) -> Card:
    last = whole[-1] if whole else None
    change = _change(whole, "churn")
    return Card(
        label=_("Churn rate"),
        value=percent(last.churn if last else None),
        delta=None if change is None else signed_percent_points(change),
        good=None if not change else change < 0,
        note=_("benchmark {share}").format(share=percent(field)),
        spark=[period.churn for period in whole if period.churn is not None],
        help=explain(
            formula=formula("churn"),
            behind=_behind(last),
            source=escape(
                _("Benchmark: {share} a month for {kind}, measured by Recurly. "
                  "A shop's churn depends mostly on the days after which a customer counts as lost. "
                  "Your own usual month: {usual}.").format(
                    share=percent(benchmark(chosen.kind)), kind=labels.kind(chosen.kind), usual=percent(usual)
                )
            ),
        ),
    )  # fmt: skip


def _retention_card(whole: tuple[Period, ...]) -> Card:
    last = whole[-1] if whole else None
    change = _change(whole, "crr")
    return Card(
        label=_("Retention (CRR)"),
        value=percent(last.crr if last else None),
        delta=None if change is None else signed_percent_points(change),
        good=None if not change else change > 0,
        note=_("{share} without those who came back").format(share=percent(last.strict_crr if last else None)),
        spark=[period.crr for period in whole if period.crr is not None],
        help=explain(
            formula=formula("crr"),
            behind=_behind(last),
        ),
    )  # fmt: skip


def _value_card(course: tuple[SimpleLtv, ...], currency: str | None) -> Card:
    ltv = course[-1] if course else SimpleLtv(None, None, None, margin(workspace()).share, None, None, 0)
    values = [one.value for one in course if one.value is not None]
    change = values[-1] - values[-2] if len(values) > 1 else None
    return Card(
        label=_("Lifetime value (LTV)"),
        value=money_compact(ltv.value, currency),
        delta=None if change is None else signed_money(change, currency),
        good=None if not change else change > 0,
        note=_("rough, over {months}").format(months=months(ltv.lifespan_months)) if ltv.value is not None else None,
        spark=values,
        help=explain(
            formula=formula("ltv"),
            behind=escape(
                _("{order} x {orders} x {margin} x {lifespan}, from your last {n} whole months.").format(
                    order=money(ltv.aov, currency),
                    orders=two_decimals(ltv.orders_per_month),
                    margin=percent(ltv.margin),
                    lifespan=months(ltv.lifespan_months),
                    n=count(ltv.months),
                )
            ),
            source=source("ltv"),
        ),
    )  # fmt: skip


def _lost_card(
    lost: LostMoney, as_of: date | None, before: Decimal | None, by_month: Sequence[LostMonth], currency: str | None
) -> Card:
    month_before = as_of and as_of.replace(day=1) - timedelta(days=1)
    return Card(
        label=_("Lost money a year"),
        value=money_compact(lost.revenue, currency),
        note=ngettext("{n} customer, last 12 months", "{n} customers, last 12 months", lost.customers).format(
            n=count(lost.customers)
        ),
        delta=None if before is None
        else _("{month}: {money}").format(month=month_short(month_before), money=money_compact(before, currency)),
        is_loss=True,
        spark=[float(month.revenue) for month in by_month],
        spark_type="bar",
        help=explain(
            formula=sentences(formula("lost_money"), _("The bars show in which month they were lost.")),
            behind=escape(
                _("{n} customers were ever lost, with {money} a year.").format(
                    n=count(lost.all_customers), money=money(lost.all_revenue, currency)
                )
            ),
            source=_("{month}: the same at the end of that month.").format(month=month_name(month_before)),
        ),
    )  # fmt: skip


def _behind(last: Period | None) -> str:
    if last is None:
        return _("No whole period with enough history before it yet.")
    return escape(
        _("Active at the start {s}, at the end {e}, new {n}, lost {l}, came back {r}.").format(
            s=count(last.active_at_start),
            e=count(last.active_at_end),
            n=count(last.new_active),
            l=count(last.lost),
            r=count(last.returned),
        )
    )
