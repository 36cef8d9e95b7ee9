"""The entry of the dashboard: page config, language, navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard import i18n
from dashboard.components import theme_css
from dashboard.i18n import _
from dashboard.session import PAGE_ADDRESS, asked_language, language, show_address, take_address, warm_up, workspace
from dashboard.sidebar import sidebar
from dashboard.views import data, due, lifecycle, money, overview, samples, segments, threshold, welcome, winback
from metrics.errors import WorkspaceError


def main() -> None:
    """One run of the script for one browser session."""
    st.set_page_config(page_title="Winback", page_icon="🧡", layout="wide")
    warm_up()
    theme_css()
    try:
        held = workspace()
    except WorkspaceError as problem:
        i18n.use(asked_language())
        welcome.cannot_open(problem)
        return
    take_address()
    i18n.use(language())
    empty = held.histograms is None
    pages = {
        "overview": st.Page(
            welcome.page if empty else overview.page, title=_("Overview"), url_path="overview", default=True
        ),
        "threshold": st.Page(
            welcome.page if empty else threshold.page, title=_("When is a customer lost?"), url_path="threshold"
        ),
        "money": st.Page(welcome.page if empty else money.page, title=_("Lost money"), url_path="money"),
        "lifecycle": st.Page(
            welcome.page if empty else lifecycle.page, title=_("Where customers stand"), url_path="lifecycle"
        ),
        "due": st.Page(welcome.page if empty else due.page, title=_("Who is due now?"), url_path="due"),
        "winback": st.Page(welcome.page if empty else winback.page, title=_("Win back"), url_path="winback"),
        "segments": st.Page(
            welcome.page if empty else segments.page, title=_("Lists of customers"), url_path="segments"
        ),
        "data": st.Page(data.page, title=_("Your data"), url_path="data"),
    }
    st.session_state["_pages"] = pages
    chosen = st.navigation(list(pages.values()))
    sidebar()
    samples.banner()
    st.session_state.pop(PAGE_ADDRESS, None)
    chosen.run()
    show_address()


main()
