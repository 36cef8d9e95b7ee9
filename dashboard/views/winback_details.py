"""The figures of a campaign in full, and how sure they are."""

from __future__ import annotations

import streamlit as st

from dashboard import charts
from dashboard import winback_words as words
from dashboard.components import chart
from dashboard.formats import amount, count, days, money, percent, percent_points, sentences, whole
from dashboard.i18n import _, ngettext, pgettext
from dashboard.markdown import escape
from dashboard.session import colours, seed, settings
from dashboard.views.winback_controls import change
from metrics.scenario import Scenario
from metrics.simulator import Estimate
from metrics.winback import Simulation

WIDEST = 300
"""Per cent of the likely figure up to which its high one may go."""

Rows = list[tuple[str, str]]


def money_section(found: Estimate, scenario: Scenario) -> None:
    """Every figure of the campaign, in two tables; what they stand on."""
    left, right = st.columns(2, gap="large")
    with left:
        _table(_what_it_brings(found, scenario), _("What it costs and brings"))
    with right:
        _table(_limits(found.simulation), _("How far it may go"))
    st.caption(escape(sentences(*_basis(found, scenario))))


def risk_section(found: Estimate, scenario: Scenario) -> None:
    """The spread of the profit, what matters most, and the ranges behind them."""
    risk, currency = found.risk, settings().currency
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(_("Profit in {n} drawn cases").format(n=count(risk.profits.size)))
        chart(charts.profit_spread(risk.profits, risk.interval_80, risk.chance_of_loss, currency, colours()), "spread")
        st.markdown(
            escape(
                _("8 of 10 times between {low} and {high}, 9 of 10 times between {lower} and {higher}.").format(
                    low=money(risk.interval_80[0], currency), high=money(risk.interval_80[1], currency),
                    lower=money(risk.interval_90[0], currency), higher=money(risk.interval_90[1], currency))
            )
        )  # fmt: skip
    with right:
        st.caption(_("What the profit hangs on"))
        swings = [(words.driver(one.driver), one) for one in risk.tornado if one.span > 0]
        chart(charts.tornado(swings, found.simulation.profit, currency, colours()), "tornado")
    likely = scenario.uplift.likely
    left, right = st.columns(2, gap="large")
    with left:
        if likely:
            _range_slider(
                _("Response: low and high, in per cent of the likely one"), "response",
                scenario.uplift.low / likely, scenario.uplift.high / likely,
            )  # fmt: skip
    with right:
        _range_slider(
            _("Value after a return: low and high, in per cent of the likely one"), "value",
            found.value_range.low, found.value_range.high,
        )  # fmt: skip


def _range_slider(label: str, name: str, low: float, high: float) -> None:
    """A range around the likely figure; a hand that moves it sets `<name>_low` and `<name>_high` of the campaign."""
    key = f"wb_{name}_range"

    def take_over() -> None:
        chosen = st.session_state[key]
        change(**{f"{name}_low": min(chosen[0], 100) / 100, f"{name}_high": max(chosen[1], 100) / 100})

    shown = (min(round(low * 100), 100), min(max(round(high * 100), 100), WIDEST))
    st.slider(label, 0, WIDEST, key=seed(key, shown), step=1, on_change=take_over)


def _what_it_brings(found: Estimate, scenario: Scenario) -> Rows:
    sums, currency = found.simulation, settings().currency
    offers = sums.cost - (scenario.fixed_cost if found.size else 0.0) - found.size * scenario.cost_per_head
    return [
        (_("Customers contacted"), count(sums.contacted)),
        (_("Come back anyway"), words.or_why(sums, "return_anyway", amount(sums.return_anyway))),
        (_("Come back because of it"), amount(sums.return_because)),
        (pgettext("cost", "Contacts"), money(found.size * scenario.cost_per_head, currency)),
        (_("Offers"), money(offers, currency)),
        (_("Fixed costs"), money(scenario.fixed_cost if found.size else 0, currency)),
        (_("Cost in all"), money(sums.cost, currency)),
        (_("Margin because of it"), money(sums.incremental_margin, currency)),
        (_("Incremental profit"), money(sums.profit, currency)),
        (_("Return on the money spent"), percent(sums.roi)),
        (
            _("Gift to those who would come anyway"),
            words.or_why(sums, "gift_to_those_who_would_come", money(sums.gift_to_those_who_would_come, currency)),
        ),
    ]


def _limits(sums: Simulation) -> Rows:
    currency = settings().currency

    def known(name: str, text: str) -> str:
        return words.or_why(sums, name, text)

    return [
        (_("Pays if so many come back"), known("break_even_response", percent(sums.break_even_response))),
        (_("More than come back anyway by"), known("break_even_uplift", percent_points(sums.break_even_uplift))),
        (_("Largest offer that still pays, each"),
         known("largest_incentive", money(sums.largest_incentive, currency))),
        (_("Largest cost of a contact, each"),
         known("largest_contact_cost", money(sums.largest_contact_cost, currency))),
        (_("Smallest list"), known("smallest_list", whole(ngettext("{n} customer", "{n} customers",
                                   sums.smallest_list or 0).format(n=count(sums.smallest_list))))),
        (_("Paid back after"), known("payback_days", whole(days(sums.payback_days, about=False)))),
    ]  # fmt: skip


def _basis(found: Estimate, scenario: Scenario) -> list[str]:
    basis, horizon = found.basis, days(scenario.horizon_days, about=False)
    parts = [_("Counted over {days}, with a margin of {margin}.").format(days=horizon, margin=percent(basis.margin))]
    life = basis.second_life
    if life is not None and life.is_assumed:
        parts.append(
            _("What they bring after a return is an assumption, half of what they brought before: only {n} of your "
              "past returns could be followed for so long, 30 are needed.").format(n=count(life.returners))
        )  # fmt: skip
    elif life is not None:
        parts.append(
            _("What they bring after a return is your own history: {n} past returners brought {share} of what they "
              "had brought a year before.").format(n=count(life.returners), share=percent(life.ratio))
        )  # fmt: skip
    if not basis.is_anyway_known:
        return [*parts, _("Who would come back anyway is not known: the profit is the most that it can be.")]
    parts.append(_("Who comes back anyway is read from your return curve for each customer."))
    if basis.stand_ins:
        parts.append(words.stand_ins(basis.stand_ins))
    return parts


def _table(rows: Rows, title: str) -> None:
    st.caption(title)
    st.table([{" ": name, "  ": value} for name, value in rows], border="horizontal", hide_index=True,
             hide_header=True)  # fmt: skip
