"""Two segments beside each other, and what they have in common."""

from __future__ import annotations

import streamlit as st

from dashboard.formats import count, money
from dashboard.i18n import _
from dashboard.session import settings, workspace
from dashboard.views.segment_builder import choice_name, chosen, take
from metrics.segment import Segment, preset_segments
from metrics.segments import SegmentTotals, segment_totals


def compare_section(segment: Segment, found: SegmentTotals) -> None:
    """How the segment compares with another one; go on with those in both, or with those in this one only."""
    with st.expander(_("Compare with another segment")):
        choices = [*preset_segments(), *(f"own/{each.name}" for each in settings().segments)]
        key = st.selectbox(_("The other segment"), choices, index=None, key="seg_other", format_func=choice_name,
                           placeholder=_("choose one"))  # fmt: skip
        if key is None:
            return
        other = chosen(key)
        both = segment.model_copy(update={"and_in": (*segment.and_in, other)})
        only = segment.model_copy(update={"but_not": (*segment.but_not, other)})
        held = workspace()
        _table(
            {
                _("this one"): found,
                choice_name(key): segment_totals(held, other),
                _("in both"): segment_totals(held, both),
                _("only in this one"): segment_totals(held, only),
            }
        )
        with st.container(horizontal=True):
            st.button(_("Go on with those in both"), on_click=take, args=(both,), key="seg_both")
            st.button(_("Go on with those only in this one"), on_click=take, args=(only,), key="seg_only")


def _table(named: dict[str, SegmentTotals]) -> None:
    rows = [
        {
            _("Segment"): name,
            _("Customers"): count(one.customers),
            _("Revenue a year"): money(one.yearly_value, settings().currency),
        }
        for name, one in named.items()
    ]
    st.table(rows, border="horizontal", hide_index=True)
