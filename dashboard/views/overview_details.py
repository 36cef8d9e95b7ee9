"""The folded part of the overview: retention over time, the table of periods, any range, value by cohort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import charts, labels
from dashboard.components import chart, table
from dashboard.formats import count, date_pattern, date_short, money, percent, period_name
from dashboard.i18n import _
from dashboard.markdown import escape, say
from dashboard.session import colours, settings, workspace
from metrics.results import Period
from metrics.retention import any_period
from metrics.settings import PeriodKind
from metrics.value import cohort_margin, historical_ltv, margin, totals


def details(found: Sequence[Period], kind: PeriodKind) -> None:
    """Four folded sections."""
    with st.expander(_("Retention rate over time")):
        chart(charts.retention_series(found, kind, colours()), "retention")
    with st.expander(_("All periods as a table")):
        table([_row(period, kind) for period in reversed(found)], "periods")
    with st.expander(_("Any stretch of time")):
        _any_range(found)
    with st.expander(_("What a customer has brought so far")):
        _historical()


def _row(period: Period, kind: PeriodKind | None) -> dict[str, object]:
    remark = _("not enough history before it") if period.warm_up else _("in progress") if period.in_progress else ""
    return {
        _("Period"): period_name(period.start, period.end, kind),
        _("Active at the start"): period.active_at_start,
        _("New"): period.new_active,
        _("Came back"): period.returned,
        _("Lost"): period.lost,
        _("Active at the end"): period.active_at_end,
        _("Churn"): percent(period.churn),
        _("CRR"): percent(period.crr),
        _("Strict CRR"): percent(period.strict_crr),
        _("Came back, of those away"): percent(period.reactivation),
        _("Remark"): remark,
    }


def _any_range(found: Sequence[Period]) -> None:
    first, last = found[0].start, found[-1].end
    chosen = st.date_input(
        _("From and to"),
        value=(max(first, _year_before(last)), last),
        min_value=first,
        max_value=last,
        format=date_pattern(),
    )
    if not isinstance(chosen, tuple) or len(chosen) != 2:
        st.caption(_("Choose the last day too."))
        return
    period = any_period(workspace(), chosen[0], chosen[1], settings().threshold)
    if period is None:
        return
    st.markdown(
        say(
            _("From {start} to {end} you lost **{lost}** of {active} active customers (**{churn}**), gained **{new}** "
              "new ones, and **{returned}** came back: retention **{crr}**, strict **{strict}**."),
            start=date_short(period.start), end=date_short(period.end), lost=count(period.lost),
            active=count(period.active_at_start), churn=percent(period.churn), new=count(period.new_active),
            returned=count(period.returned), crr=percent(period.crr), strict=percent(period.strict_crr),
        )
    )  # fmt: skip


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, 1)


def _historical() -> None:
    held, currency = workspace(), settings().currency
    found, share = totals(held), margin(held)
    st.markdown(
        say(
            _("**{customers}** customers brought **{net}** in **{orders}** orders, {aov} each: **{value}** of margin "
              "per customer to date."),
            customers=count(found.customers), net=money(found.net, currency), orders=count(found.orders),
            aov=money(found.aov, currency), value=money(historical_ltv(held), currency),
        )
    )  # fmt: skip
    st.caption(escape(labels.margin_source(share)))
    chart(charts.cohort_margin(cohort_margin(held), currency, colours()), "cohorts")
