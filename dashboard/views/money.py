"""What does losing customers cost?"""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from dashboard import charts, labels, story
from dashboard.components import Card, cards, chart, explain, head, onward, table
from dashboard.formats import amount, count, date_short, days, money, money_compact, people_paid
from dashboard.i18n import _, pgettext
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from metrics.results import InMyTerms, LostCustomer, LostMoney, LostMonth
from metrics.settings import Settings, Window
from metrics.value import in_my_terms, lost_by_month, lost_money, margin, top_lost

WINDOWS: tuple[Window, ...] = ("year", "ever")
TOP = 10


def page() -> None:
    """The lost money in rents and salaries, as a picture, and who makes it up."""
    held, chosen = workspace(), settings()
    share = margin(held).share if chosen.money_as == "margin" else None
    lost = lost_money(held, chosen.threshold)
    revenue = lost.revenue if chosen.window == "year" else lost.all_revenue
    terms = in_my_terms(story.in_money(revenue, share), chosen.monthly_rent, chosen.monthly_salary)
    head(_("What does losing customers cost?"), story.lost_money(terms, lost, chosen.window, chosen.currency))
    cards(_cards(terms, lost, chosen))
    months = lost_by_month(held, chosen.threshold, chosen.window)
    picture, controls = st.columns([3, 1], gap="large")
    with picture:
        _picture(months, terms, chosen, share)
    with controls:
        _controls(chosen)
    onward([("threshold", _("Check when a customer counts as lost")), ("overview", _("Back to the overview"))])
    st.subheader(_("Who makes it up"), anchor=False)
    left, right = st.columns(2, gap="large")
    top = top_lost(held, chosen.threshold, TOP, chosen.window)
    with left:
        st.caption(_("The customers who brought most, revenue a year"))
        chart(charts.top_lost(top, chosen.currency, colours()), "top")
    with right:
        st.caption(_("By how long ago they were lost, revenue a year"))
        if held.as_of is not None:
            chart(
                charts.lost_by_age(lost_by_month(held, chosen.threshold), held.as_of, chosen.currency, colours()), "age"
            )
    with st.expander(_("The largest losses as a table")):
        table([_row(customer, chosen.currency) for customer in top], "top_table")


def _cards(terms: InMyTerms, lost: LostMoney, chosen: Settings) -> list[Card]:
    currency = chosen.currency
    people = lost.customers if chosen.window == "year" else lost.all_customers
    what = _("margin a year") if chosen.money_as == "margin" else _("revenue a year")
    return [
        Card(
            label=_("Lost money"),
            value=money_compact(terms.money, currency),
            note=what,
            help=explain(
                formula=_("What the lost customers had bought in the year before their last order, less refunds."),
                behind=escape(
                    _("{n} customers, {money}.").format(n=count(people), money=money(terms.money, currency))
                ),
            ),
        ),
        Card(
            label=_("In months of rent"),
            value=amount(terms.months_of_rent),
            note=_("at {money} a month").format(money=money(chosen.monthly_rent, currency))
            if chosen.monthly_rent else _("enter your rent"),
            help=_("Lost money / one month's rent."),
        ),
        Card(
            label=_("In monthly salaries"),
            value=amount(terms.monthly_salaries),
            note=people_paid(terms.salaries_for_a_year) if chosen.monthly_salary else _("enter a salary"),
            help=_("Lost money / one monthly salary; for a whole year / 12 salaries."),
        ),
        Card(
            label=_("Could come back, by the field's rule"),
            value=money_compact(lost.recoverable_by_rule, currency),
            note=_("if every fourth places one order"),
            help=explain(
                formula=_("Customers lost in the last 12 months x 25% x average order."),
                behind=_("A quick estimate from a building firm's five years, not from your own history."),
            ),
        ),
    ]  # fmt: skip


def _picture(months: tuple[LostMonth, ...], terms: InMyTerms, chosen: Settings, share: float | None) -> None:
    shown = [LostMonth(month.month, month.customers, story.in_money(month.revenue, share)) for month in months]
    note = charts.note_value(terms.money, len(shown))
    chart(
        charts.lost_stack(
            shown, note, chosen.currency, colours(), unit_money=chosen.monthly_rent,
            unit_word=_("months of rent") if chosen.monthly_rent else None,
        ),
        "stack",
    )  # fmt: skip


def _controls(chosen: Settings) -> None:
    _money_input(_("Monthly rent"), "monthly_rent", chosen.monthly_rent)
    _money_input(_("One monthly salary"), "monthly_salary", chosen.monthly_salary)
    st.radio(
        _("Which losses"),
        WINDOWS,
        key=seed("window", chosen.window),
        format_func=labels.window,
        on_change=lambda: save(window=st.session_state["window"]),
    )
    names = {"revenue": pgettext("money as", "Revenue"), "margin": pgettext("money as", "Margin")}
    st.radio(
        _("Money as"),
        list(names),
        key=seed("money", chosen.money_as),
        format_func=lambda key: names[key],
        on_change=lambda: save(money_as=st.session_state["money"]),
    )
    st.caption(escape(labels.margin_source(margin(workspace()))))


def _money_input(label: str, name: str, value: Decimal | None) -> None:
    def store() -> None:
        typed = st.session_state[name]
        save(**{name: Decimal(str(typed)) if typed else None})

    st.number_input(
        label,
        min_value=0.0,
        max_value=1e12,
        value=None,
        key=seed(name, None if value is None else float(value)),
        step=None,
        format="%.0f" if value is None or value == value.to_integral_value() else "%.2f",
        placeholder=_("not entered"),
        on_change=store,
    )


def _row(customer: LostCustomer, currency: str | None) -> dict[str, object]:
    return {
        _("Customer"): customer.name or customer.customer_id,
        _("A year"): money(customer.yearly_value, currency),
        _("Orders"): customer.orders,
        _("Last order"): date_short(customer.last_order_on),
        _("Lost on"): date_short(customer.lost_on),
        _("Silent for"): days(customer.silence),
    }
