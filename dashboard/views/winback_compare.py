"""Saved campaigns side by side, and against spending the same on new customers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.formats import amount, count, days, money, percent
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import flash, save, settings, workspace
from dashboard.views.winback_controls import take
from metrics.acquisition import CHANCE_NEW, CHANCE_RETURNED, against_acquisition
from metrics.guard import kept_off_version
from metrics.scenario import Scenario
from metrics.settings import MOST_SCENARIOS
from metrics.simulator import Estimate, Outcome, estimate, outcome_of
from metrics.value import recoverable_by_rule, totals

AT_MOST = 4


def compare_section(found: Estimate, scenario: Scenario) -> None:
    """Save the campaign, put up to four beside it, and what the same money brings elsewhere."""
    _save_form(scenario)
    saved = {each.name: each for each in settings().scenarios}
    chosen: list[str] = []
    if saved:
        chosen = st.multiselect(
            _("Compare with"), list(saved), default=list(saved)[: AT_MOST - 1], max_selections=AT_MOST,
            key="wb_compare", placeholder=_("saved campaigns"),
        )  # fmt: skip
    outcomes = [(_("this one"), outcome_of(found)), *((name, _outcome(saved[name])) for name in chosen)]
    st.table(_rows(outcomes), border="horizontal", hide_index=True)
    if chosen:
        _saved_buttons(saved, chosen)
    _elsewhere(found, scenario)


def _outcome(scenario: Scenario) -> Outcome:
    """A saved campaign's outcome, computed once while nothing that it hangs on changes."""
    held, chosen = workspace(), settings()
    today = date.today()
    key = (chosen.threshold, chosen.margin, kept_off_version(held), chosen.phone_region, today, scenario)

    def asked() -> Outcome:
        return outcome_of(estimate(held, scenario, today=today))

    return held.latest(f"winback_outcome {scenario.name}", key, asked)


def _save_form(scenario: Scenario) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        name = st.text_input(_("Name of this campaign"), scenario.name, max_chars=60, key="wb_name")
    with right:
        st.button(_("Save it"), on_click=_save, args=(scenario, name), disabled=not name.strip(), key="wb_save")


def _save(scenario: Scenario, name: str) -> None:
    named = scenario.model_copy(update={"name": name.strip()})
    others = [each for each in settings().scenarios if each.name != named.name]
    if len(others) >= MOST_SCENARIOS:
        flash(_("No more than {n} campaigns can be saved; delete one first.").format(n=count(MOST_SCENARIOS)))
        return
    save(scenarios=[each.model_dump() for each in (*others, named)])
    flash(_("Saved: {name}").format(name=escape(named.name)))


def _rows(outcomes: list[tuple[str, Outcome]]) -> list[dict[str, str]]:
    currency = settings().currency
    figures: dict[str, Callable[[Outcome], str]] = {
        _("Customers contacted"): lambda one: count(one.contacted),
        _("Come back because of it"): lambda one: amount(one.return_because),
        _("Cost in all"): lambda one: money(one.cost, currency),
        _("Incremental profit"): lambda one: money(one.profit, currency),
        _("8 of 10 times between"): lambda one: _("{low} and {high}").format(
            low=money(one.interval_80[0], currency), high=money(one.interval_80[1], currency)),
        _("Return on the money spent"): lambda one: percent(one.roi),
        _("Pays if so many come back"): lambda one: percent(one.break_even_response),
        _("Chance of a loss"): lambda one: percent(one.chance_of_loss),
    }  # fmt: skip
    return [{" ": name, **{title: words(one) for title, one in outcomes}} for name, words in figures.items()]


def _saved_buttons(saved: dict[str, Scenario], chosen: list[str]) -> None:
    with st.container(horizontal=True):
        for place, name in enumerate(chosen):
            st.button(_("Go on with {name}").format(name=escape(name)), on_click=take, args=(saved[name],),
                      key=f"wb_go_on_{place}")  # fmt: skip
            st.button(_("Delete {name}").format(name=escape(name)), on_click=_delete, args=(name,), type="tertiary",
                      key=f"wb_delete_{place}")  # fmt: skip


def _delete(name: str) -> None:
    save(scenarios=[each.model_dump() for each in settings().scenarios if each.name != name])


def _elsewhere(found: Estimate, scenario: Scenario) -> None:
    """The same money spent on new customers, and the field's quick estimate."""
    st.subheader(_("Against other ways"), anchor=False)
    currency, sums = settings().currency, found.simulation
    other = against_acquisition(sums)
    lines = []
    if other is not None:
        lines.append(
            _("The same {money} spent on new customers brings {few} to {many} buyers, against {returned} who come back "
              "because of the campaign: a new customer costs 2 to 3 times as much as one won back.").format(
                money=money(sums.cost, currency), few=amount(other.new_low), many=amount(other.new_high),
                returned=amount(sums.return_because))
        )  # fmt: skip
    aov = totals(workspace()).aov
    everyone = 0 if found.customers is None else len(found.customers)
    if aov is not None and everyone:
        lines.append(
            _("The quick rule says: a quarter of {n} lost customers places one order each, {money} of revenue.").format(
                n=count(everyone), money=money(recoverable_by_rule(everyone, aov), currency))
        )  # fmt: skip
    if found.size and sums.returners is not None:
        lines.append(
            _("This campaign writes to {n} of them and counts on {all} back within {days}: {anyway} who would come "
              "anyway, by your own history, and {because} because of it.").format(
                n=count(found.size), all=amount(sums.returners),
                days=days(scenario.horizon_days, about=False), anyway=amount(sums.return_anyway),
                because=amount(sums.return_because))
        )  # fmt: skip
    lines.append(
        _("Articles say that a new contact buys with a chance of {new} and a returned customer with {returned}: a "
          "claim, used nowhere here.").format(new=percent(CHANCE_NEW), returned=percent(CHANCE_RETURNED))
    )  # fmt: skip
    st.markdown("\n".join(f"- {escape(line)}" for line in lines))
