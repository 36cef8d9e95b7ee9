"""Who is on the list, why, and the list to take away."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard import winback_words as words
from dashboard.components import A_PAGE, first_on_page, page_of, page_picker, table
from dashboard.downloads import content_download
from dashboard.formats import count, date_short, days, money, percent
from dashboard.i18n import _, current, ngettext
from dashboard.markdown import escape
from dashboard.session import LIST_FILES, settings, workspace
from dashboard.views.winback_controls import change
from dashboard.winback_files import list_of
from metrics.guard import resting
from metrics.scenario import Scenario, SegmentAudience
from metrics.simulator import Estimate
from metrics.winback_list import GRADE_OF_REASON, REASONS, Grade, Ints, Reason
from metrics.winback_people import ListedCustomer, listed

AT_ONCE = 2000
"""A list of up to so many customers is ready when the page opens; a longer one when asked for."""


def download(found: Estimate) -> None:
    """The button for the list."""
    if found.customers is None or not found.size:
        return
    is_resting = np.isin(found.customers.customer[found.chosen], resting(workspace()))
    places = found.chosen[~is_resting]
    if is_resting.any():
        st.caption(escape(_left_alone(int(is_resting.sum()))))
    if not places.size:
        return
    n = count(places.size)
    if places.size > AT_ONCE and not st.toggle(_("Make the list of {n} customers").format(n=n), key="list_wanted"):
        return
    words_ = ngettext("Download the list of {n}", "Download the list of {n}", places.size).format(n=n)
    content_download(words_, _file(found, places), "win-back", "csv", "text/csv", is_primary=True)


def _left_alone(n: int) -> str:
    return ngettext(
        "{n} of them was contacted not long ago or is held out of a campaign, and is not in the file.",
        "{n} of them were contacted not long ago or are held out of a campaign, and are not in the file.",
        n,
    ).format(n=count(n))


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
        _("Last order"): date_short(one.last_order_on),
        _("Revenue a year"): money(one.yearly_value, currency),
    }


def _letter(grade: Grade) -> str:
    return grade if len(grade) == 1 else words.grade(grade)


def _file(found: Estimate, places: Ints) -> bytes:
    """The list, made once for what the page shows and kept in this browser session alone."""
    version = (found.ranking, places.tobytes(), settings().currency, current())
    kept = st.session_state.get(LIST_FILES)
    if kept is None or kept[0][0] is not version[0] or kept[0][1:] != version[1:]:
        kept = (version, list_of(listed(workspace(), found, places)))
        st.session_state[LIST_FILES] = kept
    made: bytes = kept[1]
    return made
