"""What would winning them back bring?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import charts, glossary, story_winback
from dashboard import winback_words as words
from dashboard.components import Card, cards, chart, explain, head, onward
from dashboard.formats import count, listing, money, money_compact, percent, percent_points
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import FULL_COST, colours, settings, workspace
from dashboard.views.winback_compare import compare_section
from dashboard.views.winback_controls import contacts, controls, draft
from dashboard.views.winback_details import money_section, risk_section
from dashboard.views.winback_list import download, people_section
from dashboard.views.winback_plan import section as plan_section
from metrics.scenario import Scenario
from metrics.simulator import Estimate, estimate
from metrics.value import margin
from metrics.winback import Simulation


def page() -> None:
    """A campaign: whom, how, with what offer, and at once what it costs and brings beyond what would come anyway."""
    if workspace().histograms is None:
        return
    top = st.container()
    picture, beside = st.columns([3, 2], gap="large")
    below = st.expander(_("Letters, calls and costs"), icon=None)
    with beside:
        scenario = controls(draft())
    with below:
        scenario = contacts(scenario)
    found = estimate(workspace(), scenario, today=date.today())
    _keep_full_cost(found)
    with top:
        head(_("What would winning them back bring?"), story_winback.answer(found, scenario, settings().currency))
        cards(_cards(found))
    with picture:
        _picture(found)
        download(found, scenario)
        st.caption(escape(_assumptions(found, scenario)))
    _details(found, scenario)
    onward(
        [("threshold", _("Check when a customer counts as lost")), ("due", _("See who is due now"))],
        back=_("Back to the overview"),
    )


def _keep_full_cost(found: Estimate) -> None:
    """What the list that brings most would cost: how far the budget's slider goes."""
    if found.ranking is not None and found.recommended_size:
        st.session_state[FULL_COST] = float(found.ranking.cost[found.recommended_size - 1])


def _picture(found: Estimate) -> None:
    if found.ranking is None:
        return
    st.caption(_("Incremental profit by the length of the list"))
    chart(
        charts.profit_curve(found.ranking.profit, found.recommended_size, found.size, settings().currency, colours()),
        "profit_curve",
    )


def _assumptions(found: Estimate, scenario: Scenario) -> str:
    """What of the figures is nobody's measurement yet."""
    parts = [_("how many come back because of it, until you have measured a campaign of your own")]
    if not found.basis.is_anyway_known:
        parts.append(_("that nobody would come anyway, for your history is too short to say"))
    if scenario.margin is None and margin(workspace()).source == "assumed":
        parts.append(_("a margin of {share}").format(share=percent(found.basis.margin)))
    if found.basis.second_life is not None and found.basis.second_life.is_assumed:
        parts.append(_("that returned customers bring half of what they brought before"))
    return _("Assumed: {what}.").format(what=listing(parts))


def _details(found: Estimate, scenario: Scenario) -> None:
    sections = {
        _("The money"): money_section,
        _("Who is on the list"): people_section,
        _("How sure is it?"): risk_section,
        _("Offer and plan"): plan_section,
        _("Compare"): compare_section,
    }
    # Only the open one is drawn: each asks questions of its own.
    tabs = st.tabs(list(sections), on_change="rerun", key="wb_tab")
    for tab, section in zip(tabs, sections.values(), strict=True):
        with tab:
            if tab.open:
                section(found, scenario)


def _cards(found: Estimate) -> list[Card]:
    sums, risk, currency = found.simulation, found.risk, settings().currency
    low, high = risk.interval_80
    needed = sums.break_even_response
    return [
        Card(
            label=_("Incremental profit"),
            value=money_compact(sums.profit, currency),
            note=_("8 of 10 times between {low} and {high}").format(
                low=money_compact(low, currency), high=money_compact(high, currency)),
            help=explain(
                formula=glossary.formula("incremental_profit"),
                behind=escape(_("{margin} earned - {cost} spent = {profit}.").format(
                    margin=money(sums.incremental_margin, currency), cost=money(sums.cost, currency),
                    profit=money(sums.profit, currency))),
            ),
        ),
        Card(
            label=_("Return on the money spent"),
            value=percent(sums.roi),
            note=_("most calculators say {naive}: they count those who come anyway").format(
                naive=percent(sums.naive_roi))
            if sums.naive_roi is not None else _why_no_naive(sums),
            help=explain(
                formula=glossary.formula("roi"),
                behind=glossary.source("roi"),
            ),
        ),
        Card(
            label=_("Pays from"),
            value=percent(needed) if needed is not None else "–",
            note=_("of the list coming back; expected {expected}, anyway {anyway}").format(
                expected=percent(_share(found, sums.returners)),
                anyway=percent(_share(found, sums.return_anyway)))
            if needed is not None else words.undefined(sums.undefined.get("break_even_response", "no_customers")),
            help=explain(
                formula=glossary.formula("break_even"),
                behind=escape(_("{points} more than come back anyway.").format(
                    points=percent_points(sums.break_even_uplift))),
            ),
        ),
        Card(
            label=_("Chance of a loss"),
            value=percent(risk.chance_of_loss),
            note=_("of {n} cases drawn").format(n=count(risk.profits.size)),
            help=_("Response and value are drawn between their low and high figures, and who comes back is chance."),
        ),
    ]  # fmt: skip


def _why_no_naive(sums: Simulation) -> str:
    if sums.undefined.get("naive_roi") == "history_too_short":
        return _("at most: who comes anyway is not known")
    return words.undefined("no_cost")


def _share(found: Estimate, customers: float | None) -> float | None:
    return customers / found.size if found.size and customers is not None else None
