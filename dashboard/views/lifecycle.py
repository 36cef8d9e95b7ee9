"""Where do your customers stand?"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import charts, labels, story_states
from dashboard.components import Card, cards, chart, explain, head, onward, table
from dashboard.formats import count, money, money_compact, month_name
from dashboard.i18n import _, ngettext, pgettext
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from dashboard.views.segment_builder import open_list
from metrics.lifecycle import lifecycle, migration, n_fading, whole_months
from metrics.segment import Condition, Segment
from metrics.settings import GRACE, Settings
from metrics.states import AUDIENCES, STATES, Audience, Lifecycle, State

AT_ONCE = 300_000
"""Up to so many customers their moves are counted in the blink of an eye; of more only when asked for."""

_NOT_LOST: Final = (*AUDIENCES["active"], *AUDIENCES["repeat_sale"])


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
        _lists(found)


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
    fading = n_fading(workspace(), found.lost_after_days)
    places = st.columns(3, gap="large")
    with places[0]:
        _worth_a_look(labels.state("returned"), story_states.returned(found), labels.state_meaning("returned"))
        _list_button("returned", found.by_state["returned"].customers, _in_states("returned"))
    with places[1]:
        _worth_a_look(labels.state("lost_twice"), story_states.lost_twice(found), labels.state_meaning("lost_twice"))
        _list_button("lost_twice", found.by_state["lost_twice"].customers, _in_states("lost_twice"))
    with places[2]:
        _worth_a_look(pgettext("state of customers", "Fading"), story_states.fading(fading), _(
            "The last two gaps longer than 1.5 x the usual one, or the last two orders under 0.7 x the usual amount."
        ))  # fmt: skip
        _list_button("fading", fading, _in_states(*_NOT_LOST, is_fading=True))


def _worth_a_look(title: str, sentence: str, meaning: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(sentence)
    st.caption(escape(meaning))


def _in_states(*states: State, is_fading: bool = False) -> Segment:
    conditions = (Condition(field="state", values=states),)
    return Segment(conditions=(*conditions, Condition(field="is_fading")) if is_fading else conditions)


def _list_button(key: str, customers: int, segment: Segment, words: str | None = None) -> None:
    """The way to the people behind a number; none where there is nobody."""
    if not customers:
        return
    text = ngettext("List the {n} customer", "List the {n} customers", customers).format(n=count(customers))
    if st.button(f"{words or text} →", key=f"state_list_{key}", type="tertiary"):
        open_list(segment)


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


def _lists(found: Lifecycle) -> None:
    """A list of each state's customers, but of those above, who have one there, and of who never ordered."""
    with st.container(horizontal=True):
        for state in reversed(STATES):
            n = found.by_state[state].customers
            if state not in {"potential", "returned", "lost_twice"}:
                words = _("{state}: list the {n}").format(state=escape(labels.state(state)), n=count(n))
                _list_button(f"all_{state}", n, _in_states(state), words)


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
