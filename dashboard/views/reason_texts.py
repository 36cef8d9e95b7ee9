"""Answers that no rule reads: a person says once what each means."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import reason_words as words
from dashboard.formats import count
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import flash, save, settings, workspace
from metrics.reason_codes import REASONS, Reason
from metrics.reason_tables import UnsortedText, unsorted_texts
from metrics.settings import MOST_REASON_WORDS

AT_ONCE: Final = 8
_LONGEST: Final = 80


def texts_section() -> None:
    """The most frequent answers that fit no reason, each with a choice; what was chosen can be taken back."""
    found, own = unsorted_texts(workspace()), settings().reason_words
    if not found and not own:
        return
    if found:
        st.subheader(_("Answers that fit no reason yet"), anchor=False)
        st.caption(_("Say once what an answer means: it holds for all who gave it, in later files too."))
    for one in found[:AT_ONCE]:
        _choice(one)
    if len(found) > AT_ONCE:
        more = len(found) - AT_ONCE
        st.caption(escape(ngettext("{n} more answer follows.", "{n} more answers follow.", more).format(n=count(more))))
    if own:
        _own(own)


def _choice(one: UnsortedText) -> None:
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
    text = one.text if len(one.text) <= _LONGEST else one.text[: _LONGEST - 1] + "…"
    with left:
        customers = ngettext("{n} customer", "{n} customers", one.customers).format(n=count(one.customers))
        st.markdown(escape(_("“{answer}”, {customers}").format(answer=text, customers=customers)))
    with right:
        # The key is the answer's own: the place of the next one must not keep what was chosen for this.
        key = f"reason_text_{one.key}"
        st.selectbox(
            _("What “{answer}” means").format(answer=escape(text)), REASONS, index=None, key=key,
            format_func=words.reason, placeholder=_("choose a reason"), label_visibility="collapsed",
            on_change=_sort, args=(one.key, key),
        )  # fmt: skip


def _own(own: dict[str, Reason]) -> None:
    with st.expander(_("Answers that you sorted")):
        taken = st.multiselect(
            _("Take back"), list(own), key="reason_own", placeholder=_("choose"),
            format_func=lambda key: f"{key}: {words.reason(own[key])}",
        )  # fmt: skip
        st.button(_("Take back"), on_click=_forget, args=(taken,), disabled=not taken, key="reason_forget")


def _sort(text: str, widget: str) -> None:
    own, code = settings().reason_words, st.session_state.get(widget)
    if code is None:
        return
    if text not in own and len(own) >= MOST_REASON_WORDS:
        flash(_("No more than {n} answers can be sorted; take some back first.").format(n=count(MOST_REASON_WORDS)))
        return
    save(reason_words={**own, text: code})


def _forget(texts: list[str]) -> None:
    save(reason_words={text: code for text, code in settings().reason_words.items() if text not in texts})
