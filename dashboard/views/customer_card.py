"""One customer in full: orders on a time line, what happened, and why they are worth a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from dashboard import charts, labels
from dashboard import winback_words as words
from dashboard.components import chart
from dashboard.formats import count, date_short, days, listing, money, month_and_year, percent
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, settings, workspace
from dashboard.views.customer_reason import reason_section
from metrics.customer_card import CustomerCard, customer_card
from metrics.states import STATES, State
from metrics.winback_list import GRADE_OF_REASON


def card_section(customer: int, *, is_shown: bool) -> None:
    """The card of a customer, by the key in `segment_base`."""
    found = customer_card(workspace(), customer)
    if found is None:
        return
    facts, currency = found.facts, settings().currency
    with st.container(border=True):
        st.subheader(escape(facts["name"] or facts["customer_id"]), anchor=False)
        st.caption(escape(_who(found, is_shown=is_shown)))
        chart(charts.order_line(found.orders, found.events, currency, colours()), "order_line")
        reason_section(facts)
        left, right = st.columns(2, gap="large")
        with left:
            _facts(found, currency)
        with right:
            _worth(found, currency)
            st.caption(_("Where they stood at the end of each month"))
            st.markdown("\n".join(f"- {escape(line)}" for line in _stood(found.history)))


def _stood(history: Sequence[tuple[date, State]]) -> list[str]:
    """One line for each stretch of months in the same state, the latest first."""
    lines = []
    for state, months in groupby(history, key=lambda one: one[1]):
        ends = [day for day, _state in months]
        first, last = month_and_year(ends[0]), month_and_year(ends[-1])
        when = first if first == last else f"{first} – {last}"
        lines.append(_("{field}: {value}").format(field=when, value=labels.state(state)))
    return lines[::-1]


def _who(found: CustomerCard, *, is_shown: bool) -> str:
    facts = found.facts
    state = next(labels.state(one) for one in STATES if one == facts["state"])
    contacts = (facts["email"], facts["phone"]) if is_shown else ()
    parts = (facts["customer_id"], state, facts["manager"], facts["region"], facts["channel"], *contacts)
    return listing(part for part in parts if part)


def _facts(found: CustomerCard, currency: str | None) -> None:
    facts = found.facts
    gaps = listing(count(one) for one in found.gaps[-8:])
    rows = {
        _("Orders"): count(facts["orders"]),
        _("Revenue in all"): money(facts["revenue"], currency),
        _("Revenue a year"): money(facts["yearly_value"], currency),
        _("Average order"): money(facts["average_order"], currency),
        _("Silent for"): days(facts["silence"]),
        _("Days between the last orders"): gaps or _("one order day only"),
        _("Scores: recency, frequency, money"): f"{facts['recency']}, {facts['frequency']}, {facts['monetary']}",
    }
    st.table([{" ": name, "  ": value} for name, value in rows.items()], border="horizontal", hide_index=True,
             hide_header=True)  # fmt: skip


def _worth(found: CustomerCard, currency: str | None) -> None:
    words_of = {"first_order": _("first order"), "lost": _("called lost"), "returned": _("came back")}
    events = [f"{date_short(day)}: {words_of[event]}" for day, event in found.events[-8:]]
    st.markdown("\n".join(f"- {escape(line)}" for line in events))
    worth = found.worth
    if worth is None:
        st.caption(_("Not lost, so there is nothing to win back."))
        return
    st.markdown(
        escape(
            _("{grade}: {reason}. Comes back anyway with a chance of {anyway}; a return is worth {value} of "
              "margin, a contact {profit}.").format(
                grade=words.grade(GRADE_OF_REASON[worth.reason]), reason=words.reason(worth.reason),
                anyway=percent(worth.return_anyway), value=money(worth.value, currency),
                profit=money(worth.expected_profit, currency))
        )
    )  # fmt: skip
    st.caption(_("By the starting campaign: three e-mails with a tenth of an average order as the offer."))
