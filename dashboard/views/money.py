"""What does losing customers cost?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from dashboard import charts, labels, story
from dashboard.components import Card, cards, chart, explain, head, onward, table, wall_link
from dashboard.formats import (
    amount,
    count,
    currency_sign,
    date_cell,
    days,
    money,
    money_compact,
    month_name,
    people_paid,
    percent,
)
from dashboard.glossary import formula, source
from dashboard.i18n import _, pgettext
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from metrics.results import InMyTerms, LostCustomer, LostMoney, LostMonth
from metrics.settings import Settings, Window
from metrics.value import in_my_terms, lost_by_month, lost_money, margin, top_lost

WINDOWS: tuple[Window, ...] = ("year", "ever")
TOP = 10
# What a rent or a salary goes up and down by; 50 in the other currencies.
_STEPS = {
    "CNY": 100.0, "HKD": 100.0, "CZK": 500.0, "UAH": 500.0, "THB": 500.0, "TWD": 500.0, "INR": 500.0, "TRY": 500.0,
    "RUB": 1000.0, "JPY": 5000.0, "KZT": 5000.0, "AMD": 5000.0, "KRW": 50_000.0, "UZS": 100_000.0, "VND": 100_000.0,
    "IDR": 100_000.0,
}  # fmt: skip


def page() -> None:
    """The lost money in rents and salaries, as a picture, and who makes it up."""
    held, chosen = workspace(), settings()
    share = margin(held).share if chosen.money_as == "margin" else None
    lost = lost_money(held, chosen.threshold)
    revenue = lost.revenue if chosen.window == "year" else lost.all_revenue
    terms = in_my_terms(story.in_money(revenue, share), chosen.monthly_rent, chosen.monthly_salary)
    head(_("What does losing customers cost?"), story.lost_money(terms, lost, chosen))
    cards(_cards(terms, lost, chosen, share))
    picture, controls = st.columns([3, 1], gap="large")
    with picture:
        _picture(_months(lost_by_month(held, chosen.threshold, chosen.window), share), terms, chosen)
    with controls:
        _controls(chosen)
    onward(
        [("winback", _("See what winning them back would bring")),
         ("reasons", _("See why they leave")),
         ("threshold", _("Check when a customer counts as lost"))],
        back=_("Back to the overview"),
    )  # fmt: skip
    st.subheader(_("Who makes it up"), anchor=False)
    _who(chosen, share)


def _who(chosen: Settings, share: float | None) -> None:
    held = workspace()
    top = _customers(top_lost(held, chosen.threshold, TOP, chosen.window), share)
    in_margin = share is not None
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(_("The customers who brought most, margin a year") if in_margin
                   else _("The customers who brought most, revenue a year"))  # fmt: skip
        chart(charts.top_lost(top, chosen.currency, colours()), "top")
    with right:
        st.caption(_("By how long ago they were lost, margin a year") if in_margin
                   else _("By how long ago they were lost, revenue a year"))  # fmt: skip
        if held.as_of is not None:
            months = _months(lost_by_month(held, chosen.threshold, chosen.window), share)
            chart(charts.lost_by_age(months, held.as_of, chosen.currency, colours(), window=chosen.window), "age")
    with st.expander(_("The largest losses as a table")):
        table([_row(customer, chosen) for customer in top], "top_table")


def _months(found: Iterable[LostMonth], share: float | None) -> tuple[LostMonth, ...]:
    return tuple(replace(one, revenue=story.in_money(one.revenue, share)) for one in found)


def _customers(found: Iterable[LostCustomer], share: float | None) -> tuple[LostCustomer, ...]:
    return tuple(replace(one, yearly_value=story.in_money(one.yearly_value, share)) for one in found)


def _formula(share: float | None) -> str:
    if share is None:
        return _("What the lost customers had bought in the year before their last order, less refunds.")
    return escape(
        _("What the lost customers had bought in the year before their last order, less refunds, x margin of {share}.")
        .format(share=percent(share))
    )  # fmt: skip


def _cards(terms: InMyTerms, lost: LostMoney, chosen: Settings, share: float | None) -> list[Card]:
    currency = chosen.currency
    people = lost.customers if chosen.window == "year" else lost.all_customers
    return [
        Card(
            label=_("Lost money a year"),
            value=money_compact(terms.money, currency),
            note=_("revenue a year") if share is None else _("margin a year"),
            help=explain(
                formula=_formula(share),
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
            help=formula("rent"),
        ),
        Card(
            label=_("In monthly salaries"),
            value=amount(terms.monthly_salaries),
            note=people_paid(terms.salaries_for_a_year) if chosen.monthly_salary else _("enter a salary"),
            help=formula("salaries"),
        ),
        Card(
            label=_("Could come back"),
            value=money_compact(lost.recoverable_by_rule, currency),
            note=_("rule of thumb, revenue: every fourth places one order") if chosen.window == "year"
            else _("rule of thumb, revenue: every fourth of the last 12 months places one order"),
            help=explain(
                formula=formula("recoverable"),
                behind=source("recoverable"),
            ),
        ),
    ]  # fmt: skip


def _picture(months: tuple[LostMonth, ...], terms: InMyTerms, chosen: Settings) -> None:
    note = charts.note_value(terms.money, len(months))
    if months:
        first = month_name(months[0].month)
        st.caption(
            _("All lost since {month}, added up, margin a year").format(month=first) if chosen.money_as == "margin"
            else _("All lost since {month}, added up, revenue a year").format(month=first)
        )  # fmt: skip
    chart(
        charts.lost_stack(
            months, note, chosen.currency, colours(), unit_money=chosen.monthly_rent,
            unit_word=_("months of rent") if chosen.monthly_rent else None,
        ),
        "stack",
    )  # fmt: skip
    wall_link()


def _controls(chosen: Settings) -> None:
    _money_input(_("Monthly rent"), "monthly_rent", chosen.monthly_rent, chosen.currency)
    _money_input(_("One monthly salary"), "monthly_salary", chosen.monthly_salary, chosen.currency)
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


def _money_input(label: str, name: str, value: Decimal | None, currency: str | None) -> None:
    def store() -> None:
        typed = st.session_state[name]
        save(**{name: Decimal(str(typed)) if typed else None})

    st.number_input(
        _("{field}, {unit}").format(field=label, unit=currency_sign(currency)) if currency else label,
        min_value=0.0,
        max_value=1e12,
        value=None,
        key=seed(name, None if value is None else float(value)),
        step=_STEPS.get(currency or "", 50.0),
        format="%.0f" if value is None or value == value.to_integral_value() else "%.2f",
        placeholder=_("not entered"),
        on_change=store,
    )


def _row(customer: LostCustomer, chosen: Settings) -> dict[str, object]:
    a_year = _("Margin a year") if chosen.money_as == "margin" else _("Revenue a year")
    return {
        _("Customer"): customer.name or customer.customer_id,
        a_year: money(customer.yearly_value, chosen.currency),
        _("Orders"): customer.orders,
        _("Last order"): date_cell(customer.last_order_on),
        _("Lost on"): date_cell(customer.lost_on),
        _("Silent for"): days(customer.silence),
    }
