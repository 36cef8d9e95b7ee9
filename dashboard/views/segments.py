"""Whom do you want to reach?"""

from __future__ import annotations

import streamlit as st

from dashboard import segment_words as words
from dashboard.components import Card, cards, head, onward
from dashboard.formats import count, money, money_compact, percent
from dashboard.i18n import _
from dashboard.markdown import escape, say
from dashboard.session import settings, workspace
from dashboard.views.never_contact import never_section
from dashboard.views.segment_builder import builder, saved_section
from dashboard.views.segment_compare import compare_section
from dashboard.views.segment_download import download_section
from dashboard.views.segment_table import people_section
from metrics.segment import Segment
from metrics.segments import SegmentTotals, segment_totals


def page() -> None:
    """Find customers by what they did, look at them, take the list away."""
    held = workspace()
    if held.histograms is None:
        return
    top = st.container()
    with st.spinner(_("Looking at all customers")):
        segment = builder()
        found = segment_totals(held, segment)
    with top:
        head(_("Whom do you want to reach?"), _sentence(segment, found))
    cards(_cards(found))
    people_section(segment, found)
    if found.customers:
        download_section(segment)
    left, right = st.columns(2, gap="large")
    with left:
        saved_section(segment)
    with right:
        compare_section(segment, found)
    never_section()
    onward([("winback", _("See what winning them back would bring"))], back=_("Back to the overview"))


def _sentence(segment: Segment, found: SegmentTotals) -> str:
    told = words.sentence(segment, settings().currency)
    if not found.customers:
        return say(_("Nobody meets this: {conditions}. Take a condition away, or widen it."), conditions=told)
    return say(
        _("**{customers}**: {conditions}. In the year up to their last order they brought **{money}**."),
        customers=words.in_words(found.customers),
        conditions=told,
        money=money(found.yearly_value, settings().currency),
    )


def _cards(found: SegmentTotals) -> list[Card]:
    currency = settings().currency
    everybody = segment_totals(workspace(), Segment())
    share = found.customers / everybody.customers if everybody.customers else None
    of_value = float(found.yearly_value / everybody.yearly_value) if everybody.yearly_value else None
    return [
        Card(
            label=_("Customers"),
            value=count(found.customers),
            note=_("{share} of all {known}").format(share=percent(share), known=count(everybody.customers)),
            help=_("Who meets all conditions at the last day of the data."),
        ),
        Card(
            label=_("Revenue a year"),
            value=money_compact(found.yearly_value, currency),
            note=_("{share} of that of all").format(share=percent(of_value)),
            help=_("What they bought in the year up to their last order, less refunds."),
        ),
        Card(
            label=_("With an e-mail"),
            value=count(found.emails),
            note=_of(found.emails, found.customers),
            help=_("Customers whose e-mail the files name."),
        ),
        Card(
            label=_("With a phone"),
            value=count(found.phones),
            note=_of(found.phones, found.customers),
            help=_("Customers whose phone the files name."),
        ),
    ]


def _of(part: int, whole: int) -> str:
    return escape(_("{share} of them").format(share=percent(part / whole if whole else None)))
