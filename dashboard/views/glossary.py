"""What do the figures mean?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import glossary
from dashboard.components import head, page_of
from dashboard.formats import count
from dashboard.glossary import Entry
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape, say
from dashboard.session import PAGE_ADDRESS
from dashboard.views.glossary_figures import figures
from dashboard.views.tour import again

TERM = "term"
"""What the address calls the term that is asked for: `glossary?term=churn`."""


def page() -> None:
    """Every term with its meaning, how it is counted, the own figure; a word finds its terms."""
    every = glossary.entries()
    own = figures()
    head(
        _("What do the figures mean?"),
        say(
            ngettext(
                "**{n}** term, said as it is counted here, with your own figure where there is one.",
                "**{n}** terms, each said as it is counted here, with your own figure where there is one.",
                len(every),
            ),
            n=count(len(every)),
        ),
    )
    text = st.text_input(_("Find a term"), key="glossary_search", placeholder=_("such as churn, lost, margin"))
    if text.strip():
        _found(text, own)
    else:
        _all(every, own)
    if own:
        again()


def _all(every: Sequence[Entry], own: dict[str, str]) -> None:
    """The term that the address asks for, then all of them."""
    asked = glossary.entry(st.query_params.get(TERM, ""))
    if asked is not None:
        st.session_state[PAGE_ADDRESS] = {TERM: asked.key}
        with st.container(border=True):
            _with_page(asked, own)
    for group in glossary.GROUPS:
        st.subheader(glossary.group(group), anchor=False)
        for each in every:
            if each.group == group:
                _entry(each, own)


def _found(text: str, own: dict[str, str]) -> None:
    found = glossary.matching(text)
    if not found:
        st.markdown(say(_("No term has “{text}” in it. The nearest one:"), text=text.strip()))
        found = (glossary.nearest(text),)
    for each in found:
        _with_page(each, own)


def _with_page(each: Entry, own: dict[str, str]) -> None:
    _entry(each, own)
    page = page_of(each.page)
    st.page_link(page, label=f"{escape(page.title)} →")


def _entry(each: Entry, own: dict[str, str]) -> None:
    """One term: its name and meaning, then how it is counted, from where, and the own figure."""
    lines = [f"**{escape(each.title)}**  \n{escape(each.what)}"]
    lines += [f":small[:gray[{escape(text)}]]" for text in (each.formula, each.source) if text]
    if each.key in own:
        lines.append(say(_("You: **{figure}**"), figure=own[each.key]))
    st.markdown("  \n".join(lines), width=760)
