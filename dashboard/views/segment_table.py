"""The customers of a segment, a page at a time, and one of them in full."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import labels
from dashboard import segment_words as words
from dashboard.components import A_PAGE, first_on_page, page_picker
from dashboard.formats import NOTHING, date_cell, days, money
from dashboard.i18n import _
from dashboard.masking import masked
from dashboard.session import settings, workspace
from dashboard.views.customer_card import card_section
from dashboard.views.segment_builder import take
from metrics.segment import Segment
from metrics.segments import SORT_KEYS, SegmentTotals, SortKey, segment_rows, segment_totals
from metrics.states import STATES


def people_section(segment: Segment, found: SegmentTotals) -> None:
    """A page of the table, sorted and searched on the server; the customer that is picked, below it."""
    if not found.customers:
        return
    left, middle, right = st.columns([3, 2, 2], gap="medium", vertical_alignment="bottom")
    with left:
        search = st.text_input(_("Search"), key="seg_search", placeholder=_("name, id, e-mail or phone"))
    with middle:
        sort = st.selectbox(_("Sort by"), SORT_KEYS, key="seg_sort", format_func=_sort_name)
    with right:
        is_shown = st.toggle(_("Show contacts"), key="seg_contacts")
    total = segment_totals(workspace(), segment, search).customers if search else found.customers
    rows = segment_rows(
        workspace(), segment, search, sort=sort, descending=sort not in {"name", "customer_id"},
        limit=A_PAGE, offset=first_on_page(total, "seg_page"),
    )  # fmt: skip
    if not rows:
        st.info(_("Nobody in this segment has that in their name, id, e-mail or phone."))
        if segment != Segment():
            st.button(_("Search all customers"), on_click=take, args=(Segment(),), key="seg_search_all")
        return
    picked = st.dataframe(
        [_row(row, is_shown=is_shown) for row in rows], hide_index=True, key="seg_table", row_height=36,
        on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    page_picker(total, "seg_page")
    chosen = picked.selection.rows
    if chosen and chosen[0] < len(rows):
        card_section(int(rows[chosen[0]]["customer"]), is_shown=is_shown)
    else:
        st.caption(_("Pick a row to see the customer in full; by keyboard with Shift and Space."))


def _row(row: dict[str, Any], *, is_shown: bool) -> dict[str, object]:
    currency = settings().currency
    state = next(labels.state(one) for one in STATES if one == row["state"])
    return {
        _("Customer"): row["name"] or row["customer_id"],
        _("Where they stand"): state,
        _("Class"): row["grade"] if row["grade"] in {"A", "B", "C"} else NOTHING,
        _("Silent for"): days(row["silence"], about=False),
        _("Orders"): row["orders"],
        _("Revenue a year"): money(row["yearly_value"], currency),
        _("Average order"): money(row["average_order"], currency),
        _("Last order"): date_cell(row["last_order_on"]),
        _("E-mail"): masked(row["email"], is_shown=is_shown) or NOTHING,
        _("Phone"): masked(row["phone"], is_shown=is_shown) or NOTHING,
    }


def _sort_name(key: SortKey) -> str:
    if key in {"name", "customer_id", "last_order_on"}:
        return {"name": _("Name"), "customer_id": _("Customer id"), "last_order_on": _("Last order")}[key]
    return words.field(key)
