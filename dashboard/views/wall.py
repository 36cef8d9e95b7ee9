"""The wall: one screen for a projector or a TV, which brings itself up to date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard import i18n
from dashboard.components import page_of
from dashboard.i18n import _
from dashboard.session import WALL_PLAYS, keep_language, language, workspace
from dashboard.shops import sample_batches
from dashboard.wall import STYLE, board, colours_css, updated, wall

EVERY = "60s"


def page() -> None:
    """Nothing but the wall, and a way back that shows itself to a mouse or a keyboard."""
    keep_language()
    st.html(STYLE)
    st.html(colours_css())
    with st.container(key="wall_ways", horizontal=True, width="content"):
        # A link to the page that the wall stands in place of would leave the address as it is.
        if st.button(f"← {_('Back')}", type="tertiary"):
            st.query_params.clear()
            st.switch_page(page_of("money"))
        if workspace().histograms is not None and st.button(_("Show it again"), type="tertiary"):
            st.session_state[WALL_PLAYS] = st.session_state.get(WALL_PLAYS, 0) + 1
    _wall()


@st.fragment(run_every=EVERY)
def _wall() -> None:
    i18n.use(language())
    held = workspace()
    plays = st.session_state.get(WALL_PLAYS, 0)
    st.html(wall(board(held), is_sample=bool(sample_batches(held)), plays=plays))
    st.html(updated(_now()))


def _now() -> datetime:
    """This moment by the browser's clock, else by the server's."""
    try:
        return datetime.now(ZoneInfo(st.context.timezone or ""))
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now().astimezone()
