"""Taking a list away: the button that makes its files, those that hand them out, and the mark that it was used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard import export_words as words
from dashboard.downloads import file_download
from dashboard.formats import count
from dashboard.i18n import _, current, ngettext
from dashboard.markdown import escape
from dashboard.session import MADE_FILES, flash, settings, workspace
from metrics.export_log import mark_contacted
from metrics.list_export import log_made
from metrics.list_options import Exported, ListOptions, ListWritten
from metrics.suppression import list_version

AT_ONCE: Final = 600
"""A file of up to so many customers can be ready when the page opens."""


@dataclass(slots=True)
class MadeFile:
    """A file that can be taken away. `label`: the words of its button; None: those of a list of so many."""

    path: Path
    made: Exported
    label: str | None = None

    def log(self) -> None:
        """Note that it was handed out, once."""
        self.made = log_made(workspace(), self.made, self.path)

    def mark(self) -> None:
        """Note that its customers are contacted today."""
        self.log()
        if self.made.export_id is not None:
            n = mark_contacted(workspace(), self.made.export_id, date.today())
            text = ngettext("{n} customer is left alone for a while.", "{n} customers are left alone for a while.", n)
            flash(text.format(n=count(n)))


def take_away(
    key: str, n: int, asked: Sequence[object], make: Callable[[], Sequence[MadeFile]], *, version: object = None,
    is_ready: bool = False, is_told: bool = False,
) -> None:  # fmt: skip
    """The button that makes the files of `n` customers, and, once they are made, those that hand them out.

    They are kept in this browser session alone, as long as what is `asked` is equal and `version` the same object.
    `key` tells this page's files from those of others; where it `is_ready`, no button has to be pressed first; where it
    `is_told`, the page says itself who is kept off.
    """
    held: dict[str, Any] = st.session_state.setdefault(MADE_FILES, {})
    # Whoever must never be contacted as of now is not in a file that was made a moment ago either.
    wanted = (*asked, current(), list_version(workspace()))
    kept = held.get(key)
    is_made = kept is not None and kept[0] is version and kept[1] == wanted
    if not is_made:
        place = st.empty()
        label = ngettext("Make the file of {n}", "Make the file of {n}", n).format(n=count(n))
        if not is_ready and not place.button(label, type="primary", key=f"{key}_make"):
            return
        with place, st.spinner(_("Writing the file")):
            held[key] = (version, wanted, make())
        place.empty()
    _hand_out(key, held[key][2], is_told=is_told)


def people_options(**more: Any) -> ListOptions:
    """How a file for people is worded and marked in the person's language."""
    separator, decimal = words.separators()
    chosen = settings()
    return ListOptions(
        words=words.list_words(chosen.currency), separator=separator, decimal=decimal, country=chosen.phone_region,
        **more,
    )  # fmt: skip


def write_bytes(path: Path, content: bytes, rows: int) -> ListWritten:
    """A file that is no table."""
    path.write_bytes(content)
    return ListWritten(rows)


def _hand_out(key: str, files: Sequence[MadeFile], *, is_told: bool) -> None:
    first = files[0].made
    if not is_told and first.guard.left < first.guard.chosen:
        st.caption(escape(words.guard_sentence(first.guard)))
    for line in words.account(first)[1:]:
        st.markdown(f"- {escape(line)}")
    if not first.written:
        return
    n = count(first.written)
    usual = ngettext("Download the list of {n}", "Download the list of {n}", first.written).format(n=n)
    with st.container(horizontal=True):
        for one in files:
            is_first = one is files[0]
            file_download(one.label or usual, one.path, one.made.file_name, is_primary=is_first, on_click=one.log)
    st.button(_("I contact them now: remember it"), on_click=files[0].mark, key=f"{key}_mark", type="tertiary")
