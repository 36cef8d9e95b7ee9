"""Who is on the list, why, and the list to take away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard import export_words
from dashboard import winback_words as words
from dashboard.components import A_PAGE, first_on_page, page_of, page_picker, table
from dashboard.formats import count, date_cell, days, money, percent
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import scratch, settings, workspace
from dashboard.views.taking import MadeFile, at_once, people_options, take_away
from dashboard.views.winback_controls import change
from dashboard.winback_files import columns, rows
from metrics.guard import Rules
from metrics.list_export import Picked, export_picked
from metrics.list_files import write_table
from metrics.list_options import ListWritten
from metrics.scenario import Scenario, SegmentAudience
from metrics.simulator import Estimate
from metrics.winback_list import GRADE_OF_REASON, REASONS, Grade, Reason
from metrics.winback_people import ListedCustomer, listed


def download(found: Estimate, scenario: Scenario) -> None:
    """The list to take away."""
    if found.customers is None or not found.size:
        return
    kind = st.segmented_control(
        _("File for"), ("xlsx", "csv"), default="xlsx", required=True, format_func=export_words.target,
        key="wb_file_kind", label_visibility="collapsed",
    )  # fmt: skip
    asked = (kind, scenario, found.chosen.tobytes())
    take_away("winback", found.size, asked, lambda: _made(found, scenario, kind), is_ready=at_once(found.size))


def _made(found: Estimate, scenario: Scenario, kind: str) -> list[MadeFile]:
    if found.customers is None:
        return []
    keys = found.customers.customer[found.chosen]
    options = people_options(rules=_rules(scenario), name="win-back")

    def write(left: NDArray[np.uint64], path: Path) -> ListWritten:
        people = listed(workspace(), found, found.chosen[np.isin(keys, left)])
        return write_table(path, columns(settings().currency), rows(people), options)

    path = scratch() / f"win-back.{kind}"
    return [MadeFile(path, export_picked(workspace(), Picked("winback", keys, write), path, options))]


def _rules(scenario: Scenario) -> Rules:
    wanted = scenario.audience
    return Rules(skip_lost_twice=not isinstance(wanted, SegmentAudience) or wanted.skip_lost_twice)


def people_section(found: Estimate, scenario: Scenario) -> None:
    """How many are in each class and why; the customers in the order of the list; who is left out."""
    if found.ranking is None or found.customers is None:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.table(_classes(found), border="horizontal", hide_index=True)
    with right:
        _exclusions(scenario)
    _people(found)


def _classes(found: Estimate) -> list[dict[str, str]]:
    by_reason = found.basis.by_reason
    reasons: list[Reason] = [reason for reason in REASONS if by_reason.get(reason)]
    return [
        {
            _("Class"): _("{grade} ({reason})").format(
                grade=words.grade(GRADE_OF_REASON[reason]), reason=words.reason(reason)
            ),
            _("Customers"): count(by_reason[reason]),
        }
        for reason in reasons
    ]


def _exclusions(scenario: Scenario) -> None:
    wanted = scenario.audience
    if not isinstance(wanted, SegmentAudience):
        return

    def take(name: str) -> None:
        change(audience={**wanted.model_dump(), name: st.session_state[f"wb_{name}"]})

    st.number_input(_("Orders at least"), 1, 1000, wanted.min_orders, key="wb_min_orders",
                    on_change=take, args=("min_orders",))  # fmt: skip
    st.toggle(_("Leave out who was lost twice"), wanted.skip_lost_twice, key="wb_skip_lost_twice",
              on_change=take, args=("skip_lost_twice",))  # fmt: skip
    st.toggle(_("Leave out who is tagged as a problem"), wanted.skip_problems, key="wb_skip_problems",
              on_change=take, args=("skip_problems",))  # fmt: skip
    st.page_link(page_of("segments"), label=_("Who must never be contacted") + " →")
    st.caption(_("Who does not want to be written to is never on the list."))


def _people(found: Estimate) -> None:
    names = {True: _("on the list"), False: _("not on it")}
    is_on = st.segmented_control(
        _("Customers"), list(names), default=True, required=True, key="wb_on_list", format_func=lambda one: names[one]
    )
    chosen = found.chosen if is_on else found.not_chosen
    if not chosen.size:
        return
    first = first_on_page(chosen.size, "list_page")
    table([_row(one) for one in listed(workspace(), found, chosen[first : first + A_PAGE])], "list_table")
    page_picker(chosen.size, "list_page")
    st.caption(escape(_("Expected profit: what contacting the customer brings beyond doing nothing, on average.")))


def _row(one: ListedCustomer) -> dict[str, object]:
    currency = settings().currency
    return {
        _("Customer"): one.name or one.customer_id,
        _("Class"): _letter(one.grade),
        _("Why"): words.reason(one.reason),
        _("Expected profit"): money(one.expected_profit, currency),
        _("Comes anyway"): percent(one.return_anyway),
        _("Margin after a return"): money(one.value, currency),
        _("Silent for"): days(one.silence, about=False),
        _("Orders"): one.orders,
        _("Last order"): date_cell(one.last_order_on),
        _("Revenue a year"): money(one.yearly_value, currency),
    }


def _letter(grade: Grade) -> str:
    return grade if len(grade) == 1 else words.grade(grade)
