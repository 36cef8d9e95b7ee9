"""What is odd in the orders as a whole, with its remedies, and what a person has left out or marked as right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import finding_words as words
from dashboard.components import page_of
from dashboard.formats import date_short
from dashboard.i18n import _
from dashboard.markdown import escape, say
from dashboard.session import flash, save, settings, workspace
from metrics.finding import FINDING_CODES, Finding
from metrics.sanity import dismiss, findings, mend, serious
from metrics.value import covered


def hint() -> None:
    """One line on a page of figures while something makes them wrong, with the way to it."""
    found = serious(workspace())
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="hint"):
        st.caption(escape(words.hint(found)), width="content")
        st.page_link(page_of("data"), label=_("See what to do") + " →")


def check() -> None:
    """Every open finding with its numbers, its remedy, and the way to mark it as right."""
    found = findings(workspace())
    if not found:
        return
    st.subheader(_("Worth a look before you trust the figures"), anchor=False)
    for place, finding in enumerate(found):
        _one(finding, f"{place}_{finding.code}")


def set_aside() -> None:
    """What counts in no figure, and what was marked as right, each with the way back."""
    rows = [*_left_out(), *_hidden_days(), *_marked()]
    if not rows:
        return
    st.subheader(_("Left out or marked as right"), anchor=False)
    for place, (text, button, undo) in enumerate(rows):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", border=True):
            st.markdown(text)
            if st.button(button, key=f"back_{place}"):
                with st.spinner(_("Counting anew")):
                    undo()
                st.rerun()


def _one(finding: Finding, key: str) -> None:
    with st.container(border=True):
        head, text = words.heading(finding.code), words.seen(finding, settings().currency)
        st.markdown(f"**{escape(head)}**  \n{escape(text)}")
        with st.container(horizontal=True):
            remedy = words.remedy(finding)
            if remedy and st.button(escape(remedy), key=f"mend_{key}"):
                with st.spinner(_("Counting anew")):
                    mend(workspace(), finding)
                flash(escape(words.mended(finding)))
                st.rerun()
            if st.button(_("It is right"), key=f"right_{key}", type="tertiary", help=_("Do not show this again.")):
                dismiss(workspace(), finding)
                st.rerun()


Row = tuple[str, str, Callable[[], None]]


def _left_out() -> list[Row]:
    return [
        (
            say(_("**{customer}** counts in no figure"), customer=words.shortened(customer_id)),
            _("Take back"),
            partial(_take_back, customer_id),
        )
        for customer_id in settings().left_out
    ]


def _take_back(customer_id: str) -> None:
    save(left_out=tuple(one for one in settings().left_out if one != customer_id))


def _show_again(code: str) -> None:
    save(dismissed=tuple(mark for mark in settings().dismissed if mark.partition(":")[0] != code))


def _hidden_days() -> list[Row]:
    as_of, last = settings().as_of, covered(workspace())[1]
    if as_of is None or last is None or last <= as_of:
        return []
    text = say(_("Orders after **{day}** count in no figure"), day=date_short(as_of))
    return [(text, _("Count them"), lambda: save(as_of=None))]


def _marked() -> list[Row]:
    codes = [code for code in FINDING_CODES if any(mark.partition(":")[0] == code for mark in settings().dismissed)]
    return [
        (
            say(_("Marked as right: **{what}**"), what=words.title(code)),
            _("Show again"),
            partial(_show_again, code),
        )
        for code in codes
    ]
