"""Beside every page: the language and the settings of the business."""

from __future__ import annotations

import streamlit as st

from dashboard.formats import currency_sign, date_pattern, date_short, percent, whole
from dashboard.i18n import LANGUAGES, _
from dashboard.markdown import escape
from dashboard.session import save, seed, settings, workspace
from metrics.value import covered, margin, totals

CURRENCIES = (
    "USD", "EUR", "GBP", "RUB", "CNY", "KZT", "UAH", "BYN", "GEL", "AMD", "AZN", "UZS", "TRY", "PLN", "CZK", "CHF",
    "SEK", "NOK", "DKK", "JPY", "KRW", "HKD", "TWD", "SGD", "INR", "THB", "VND", "IDR", "MYR", "AED", "ILS", "ZAR",
    "BRL", "MXN", "CAD", "AUD", "NZD",
)  # fmt: skip


def sidebar() -> None:
    """Language, what the figures cover, and the settings that every page shares."""
    with st.sidebar:
        _covers()
        if workspace().as_of is not None:
            with st.expander(_("Settings")):
                _business()
        st.selectbox(
            _("Language"),
            list(LANGUAGES),
            key=seed("lang", settings().language),
            format_func=lambda key: LANGUAGES[key],
            on_change=lambda: save(language=st.session_state["lang"]),
        )


def _covers() -> None:
    found = totals(workspace())
    if found.first_order_on is not None:
        st.caption(
            escape(_("Orders from {first} to {last}").format(
                first=whole(date_short(found.first_order_on)), last=whole(date_short(found.last_order_on))))
        )  # fmt: skip


def _business() -> None:
    chosen, held = settings(), workspace()
    st.selectbox(
        _("Currency"),
        CURRENCIES,
        index=CURRENCIES.index(chosen.currency) if chosen.currency in CURRENCIES else None,
        key="currency",
        format_func=lambda code: f"{code} {currency_sign(code)}",
        placeholder=_("not chosen"),
        on_change=lambda: save(currency=st.session_state["currency"]),
    )
    in_use = margin(held)
    first, last = covered(held)
    st.number_input(
        _("Margin, %"),
        min_value=1.0,
        max_value=100.0,
        value=None,
        key=seed("margin", None if chosen.margin is None else chosen.margin * 100),
        format="%.0f",
        placeholder=percent(in_use.share),
        disabled=in_use.source == "costs",
        help=_("Your file has costs, so the margin is computed: {share}.").format(share=escape(percent(in_use.share)))
        if in_use.source == "costs" else _("What is left of 100 in sales after the goods are paid."),
        on_change=_take_margin,
    )  # fmt: skip
    st.date_input(
        _("Show everything as of"),
        value=None,
        key=seed("as_of", chosen.as_of),
        min_value=first,
        max_value=last,
        format=date_pattern(),
        help=_("Orders after this day are ignored. Empty: the latest order day of your data."),
        on_change=lambda: save(as_of=st.session_state["as_of"]),
    )
    st.toggle(
        _("Count orders of zero (gifts, samples)"),
        value=chosen.count_zero_orders,
        key="count_zero",
        on_change=lambda: save(count_zero_orders=st.session_state["count_zero"]),
    )


def _take_margin() -> None:
    typed = st.session_state["margin"]
    save(margin=None if typed is None else typed / 100)
