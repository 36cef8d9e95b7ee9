"""Where do your customers stand?"""

from __future__ import annotations

import streamlit as st

from dashboard import charts, labels, story_states
from dashboard.components import Card, cards, chart, explain, head, onward, table
from dashboard.formats import count, money, money_compact, month_name
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from metrics.lifecycle import lifecycle, migration, whole_months
from metrics.settings import GRACE, Settings
from metrics.states import AUDIENCES, STATES, Audience, Lifecycle

AT_ONCE = 300_000
"""Up to so many customers their moves are counted in the blink of an eye; of more only when asked for."""


def page() -> None:
    """The states of all customers and their yearly value, what the choice of days changes, and who moved."""
    chosen = settings()
    found = lifecycle(workspace(), chosen.threshold)
    if found is None:
        return
    head(_("Where do your customers stand?"), story_states.lifecycle(found, chosen.currency))
    cards([_card(audience, found, chosen) for audience in ("active", "repeat_sale", "lost")] + _potential(found))
    picture, controls = st.columns([3, 1], gap="large")
    with picture:
        chart(charts.state_bars(found, chosen.currency, colours()), "states")
    with controls:
        _controls(chosen)
    onward([("due", _("See who is due now")), ("money", _("See the lost money in your terms"))])
    _to_watch(found)
    _moves(found, chosen)
    with st.expander(_("All states, with what they mean")):
        table(_rows(found, chosen), "states_table")


def _card(audience: Audience, found: Lifecycle, chosen: Settings) -> Card:
    states = AUDIENCES[audience]
    value = found.yearly_value(*states)
    brings = _("brought {money} a year") if audience == "lost" else _("bring {money} a year")
    parts = [f"{labels.state(state)} {count(found.by_state[state].customers)}" for state in states]
    return Card(
        label=labels.audience(audience),
        value=count(found.customers(*states)),
        note=brings.format(money=money_compact(value, chosen.currency)),
        help=explain(
            formula=escape(", ".join(parts) + "."),
            behind=_("What they bought in the year up to their last order, less refunds."),
        ),
    )


def _potential(found: Lifecycle) -> list[Card]:
    people = found.by_state["potential"].customers
    if not people:
        return []
    return [
        Card(
            label=labels.audience("potential"),
            value=count(people),
            note=_("no order yet"),
            help=labels.state_meaning("potential"),
        )
    ]


def _controls(chosen: Settings) -> None:
    preset = chosen.preset
    st.slider(
        _("Lost after so many days without an order"),
        min(preset.shortest, chosen.threshold),
        max(preset.longest, chosen.threshold),
        key=seed("lost_after", chosen.threshold),
        on_change=lambda: save(lost_after_days=st.session_state["lost_after"]),
    )
    grace_slider(chosen)


def grace_slider(chosen: Settings) -> None:
    """How many days late an expected order may be."""
    st.slider(
        _("Grace for an expected order, days"),
        *GRACE,
        key=seed("grace", chosen.grace_days),
        help=_("One to three weeks, by kind of business. Later than that a customer is due urgently."),
        on_change=lambda: save(grace_days=st.session_state["grace"]),
    )


def _to_watch(found: Lifecycle) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(labels.state("returned"), anchor=False)
        st.markdown(story_states.returned(found))
        st.caption(escape(labels.state_meaning("returned")))
    with right:
        st.subheader(labels.state("lost_twice"), anchor=False)
        st.markdown(story_states.lost_twice(found))
        st.caption(escape(labels.state_meaning("lost_twice")))


def _moves(found: Lifecycle, chosen: Settings) -> None:
    held = workspace()
    months = whole_months(held)[::-1]
    if not months:
        return
    st.subheader(_("Who moved"), anchor=False)
    at_once = found.customers() <= AT_ONCE
    if not at_once and not st.toggle(_("Count who moved; this takes a while"), key="count_moves"):
        return
    month = st.selectbox(_("Month"), months, format_func=month_name, key="moves_month", width=220)
    with st.spinner(_("Counting who moved")):
        moves = migration(held, chosen.threshold, month)
    if moves is None:
        return
    chart(charts.migration_flow(moves, colours()), "moves")
    st.caption(story_states.moved(moves))


def _rows(found: Lifecycle, chosen: Settings) -> list[dict[str, object]]:
    return [
        {
            _("State"): labels.state(state),
            _("Customers"): found.by_state[state].customers,
            _("Revenue a year"): money(found.by_state[state].yearly_value, chosen.currency),
            _("Meaning"): labels.state_meaning(state),
        }
        for state in reversed(STATES)
        if state != "potential" or found.by_state[state].customers
    ]
