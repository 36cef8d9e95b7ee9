"""The entry of the dashboard: page config, language, navigation, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from dashboard import i18n
from dashboard.components import readable, theme_css
from dashboard.i18n import _
from dashboard.session import (
    PAGE_ADDRESS,
    asked_language,
    language,
    show_address,
    take_address,
    wall_asked,
    warm_up,
    workspace,
)
from dashboard.sidebar import sidebar
from dashboard.views import (
    data,
    due,
    glossary,
    goals,
    lifecycle,
    money,
    overview,
    reasons,
    samples,
    segments,
    show,
    threshold,
    wall,
    welcome,
    winback,
)
from metrics.errors import WorkspaceError

HOME: Final = "overview"


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
    groups = _groups(empty=held.histograms is None)
    st.session_state["_pages"] = {page.url_path or HOME: page for pages in groups.values() for page in pages}
    on_wall = wall_asked()
    chosen = st.navigation(groups, position="hidden" if on_wall else "sidebar")
    readable(language())
    st.session_state.pop(PAGE_ADDRESS, None)
    if on_wall:
        wall.page()
    else:
        sidebar()
        samples.banner()
        chosen.run()
    show_address()


def _groups(*, empty: bool) -> dict[str, list[Any]]:
    """The pages in groups; until there are orders, each says what the tool is for."""

    def page(view: Callable[[], None], title: str, key: str) -> Any:
        return st.Page(welcome.page if empty else view, title=title, url_path=key, default=key == HOME)

    return {
        _("Where you stand"): [
            page(overview.page, _("Overview"), HOME),
            page(money.page, _("Lost money"), "money"),
            page(goals.page, _("Goals"), "goals"),
        ],
        _("Whom you lose"): [
            page(threshold.page, _("When is a customer lost?"), "threshold"),
            page(lifecycle.page, _("Where customers stand"), "lifecycle"),
            page(reasons.page, _("Why do they leave?"), "reasons"),
        ],
        _("What to do"): [
            page(due.page, _("Who is due now?"), "due"),
            page(winback.page, _("Win back"), "winback"),
            page(segments.page, _("Lists of customers"), "segments"),
        ],
        _("Report, data, help"): [
            page(show.page, _("Show it"), "show"),
            st.Page(data.page, title=_("Your data"), url_path="data"),
            st.Page(glossary.page, title=_("What the figures mean"), url_path="glossary"),
        ],
    }


main()
