"""The first tour: one thin box on the overview, a step at a time, gone for good when it is done or skipped."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components import page_of
from dashboard.formats import count
from dashboard.i18n import _
from dashboard.markdown import escape, say
from dashboard.session import save, settings
from dashboard.tour_words import steps

STEP: Final = "_tour_step"


def tour() -> None:
    """The step at hand, unless the tour was seen."""
    if settings().tour_seen:
        return
    every = steps()
    place = min(st.session_state.get(STEP, 0), len(every) - 1)
    step, is_last = every[place], place == len(every) - 1
    with st.container(border=True, gap="small", key="tour"):
        st.markdown(say("**{place}** {text}", place=_place(place + 1, len(every)), text=step.text))
        with st.container(horizontal=True, vertical_alignment="center"):
            if step.page and step.link:
                st.page_link(page_of(step.page), label=f"{escape(step.link)} →")
            if is_last:
                st.button(_("Done"), key="tour_done", on_click=_end)
            else:
                st.button(_("Next"), key="tour_next", on_click=_go_on, args=(place + 1,))
                st.button(_("Skip the tour"), type="tertiary", key="tour_skip", on_click=_end)


def again() -> None:
    """A button that begins the tour anew, on the overview."""
    if st.button(_("Show the tour again"), type="tertiary", key="tour_again"):
        st.session_state.pop(STEP, None)
        save(tour_seen=False)
        st.switch_page(page_of("overview"))


def _place(place: int, of: int) -> str:
    return _("{place} of {n}.").format(place=count(place), n=count(of))


def _go_on(place: int) -> None:
    st.session_state[STEP] = place


def _end() -> None:
    st.session_state.pop(STEP, None)
    save(tour_seen=True)
