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
from dashboard.formats import count, days
from dashboard.i18n import _, current, ngettext
from dashboard.markdown import escape
from dashboard.session import LAST_MARK, MADE_FILES, flash, settings, workspace
from metrics.contacted import COOL_DOWN_DAYS
from metrics.errors import WinbackError
from metrics.export_log import mark_contacted, unmark_contacted
from metrics.guard import kept_off_version
from metrics.list_export import log_made
from metrics.list_options import Exported, ListOptions, ListWritten
from metrics.value import totals
from metrics.workspace import Workspace

AT_ONCE: Final = 600
"""A file of up to so many customers can be ready when the page opens."""
_FEW: Final = 20_000
"""With up to so many customers in all, the tables that a file is made from are made in the blink of an eye."""
_OF_NO_LIST: Final = {"scenarios", "segments", "dismissed", "goals", "language", "period", "tour_seen"}
"""Settings that change nothing in a list."""


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
    key: str, n: int, asked: Sequence[object], make: Callable[[], Sequence[MadeFile]], *, is_ready: bool = False,
    is_told: bool = False, can_mark: bool = True,
) -> None:  # fmt: skip
    """The button that makes the files of `n` customers, and, once they are made, those that hand them out.

    They are kept in this browser session alone, as long as what is `asked` is equal, and so are the orders, the
    settings and who must not be on them. `key` tells this page's files from those of others; where it `is_ready`, no
    button has to be pressed first; where it `is_told`, the page says itself who is kept off; where it `can_mark`, the
    customers can be noted as contacted.
    """
    on_page, export_id = st.session_state.get(LAST_MARK, (None, None))
    if on_page == key and export_id is not None:
        st.button(
            _("The last contact did not happen: forget it"), on_click=unmark, args=(export_id,), key=f"{key}_unmark",
            type="tertiary",
        )  # fmt: skip
    held: dict[str, Any] = st.session_state.setdefault(MADE_FILES, {})
    marts, wanted = workspace().histograms, (*asked, *_said())
    kept = held.get(key)
    if kept is None or kept[0] is not marts or kept[1] != wanted:
        place = st.empty()
        label = ngettext("Make the file of {n}", "Make the file of {n}", n).format(n=count(n))
        if not is_ready and not place.button(label, type="primary", key=f"{key}_make"):
            return
        with place, st.spinner(_("Writing the file")):
            held[key] = (marts, wanted, make())
        place.empty()
    _hand_out(key, held[key][2], is_told=is_told, can_mark=can_mark)


def at_once(n: int) -> bool:
    """Whether a file of `n` customers may be made while the page is drawn."""
    return n <= AT_ONCE and totals(workspace()).customers <= _FEW


def _said() -> tuple[object, ...]:
    """What every list depends on besides the orders."""
    return (settings().model_dump(exclude=_OF_NO_LIST), kept_off_version(workspace()), current(), date.today())


def people_options(asked: str = "", **more: Any) -> ListOptions:
    """How a file for people is worded and marked in the person's language; `asked` is the segment in words."""
    separator, decimal = words.separators()
    chosen = settings()
    return ListOptions(
        words=words.list_words(chosen, asked, workspace().as_of), separator=separator, decimal=decimal,
        country=chosen.phone_region, **more,
    )  # fmt: skip


def write_bytes(path: Path, content: bytes, rows: int) -> ListWritten:
    """A file that is no table."""
    path.write_bytes(content)
    return ListWritten(rows)


def _hand_out(key: str, files: Sequence[MadeFile], *, is_told: bool, can_mark: bool) -> None:
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
            content = _as_drawn(workspace(), one.path)
            file_download(one.label or usual, content, one.made.file_name, is_first=is_first, on_click=one.log)
    if can_mark:
        with st.popover(_("I contact them now: remember it"), type="tertiary"):
            st.caption(_("Then they are on no other list for {days}.").format(days=days(COOL_DOWN_DAYS, about=False)))
            st.button(_("Yes, remember it"), on_click=_mark, args=(key, files[0]), key=f"{key}_mark")


def _mark(key: str, file: MadeFile) -> None:
    file.mark()
    st.session_state[LAST_MARK] = (key, file.made.export_id)


def unmark(export_id: int) -> None:
    """Take the mark of a list back: its customers were not contacted."""
    unmark_contacted(workspace(), export_id)
    st.session_state.pop(LAST_MARK, None)


def _as_drawn(held: Workspace, path: Path) -> Callable[[], bytes]:
    """The file's content, unless somebody who is in it must not be contacted any more since the page was drawn."""
    drawn = kept_off_version(held)

    def content() -> bytes:
        if kept_off_version(held) != drawn:
            raise WinbackError("list_changed")
        return path.read_bytes()

    return content
