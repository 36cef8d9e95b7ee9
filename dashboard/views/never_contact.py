"""The people who must not be contacted: added by hand or from a file, looked up, taken off."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.components import uploader_words
from dashboard.formats import count, date_short, listing
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import flash, scratch, workspace
from dashboard.suppression_files import entries_in
from metrics.suppression import Added, Suppressed, SuppressionList, release, suppress, suppressed

SHOWN: Final = 50
KINDS: Final = ["txt", "csv", "tsv", "xlsx", "xls", "ods", "parquet"]
LARGEST_FILE: Final = 20_000_000
"""Bytes of a file of entries; a longer one is refused with a sentence."""


def never_section() -> None:
    """Who is on the list, and the controls that change it."""
    found = suppressed(workspace(), limit=SHOWN)
    total = sum(found.counts.values())
    with st.expander(_("Never contact ({n})").format(n=count(total))):
        st.caption(escape(_in_words(found, total)))
        left, right = st.columns(2, gap="large")
        with left:
            st.text_area(_("E-mails, phones or customer ids, one a line"), key="never_lines", height=100)
            st.button(_("Never contact them"), on_click=_add, key="never_add")
        with right:
            uploader_words(_("Choose files"), _("Drop the files here"))
            file = st.file_uploader(_("Or a file: one a line, or a table with columns of them"), type=KINDS,
                                    key="never_file")  # fmt: skip
            if st.button(_("Add the file"), disabled=file is None, key="never_add_file") and file is not None:
                with st.spinner(_("Reading the file")):
                    _add_file(file)
                st.rerun()
        if found.rows:
            _entries(found.rows, total)


def _in_words(found: SuppressionList, total: int) -> str:
    if not total:
        return _("Whoever is here is on no list and in no file, whatever the spelling. Nobody is yet.")
    kinds = {"email": _("e-mails"), "phone": _("phones"), "id": _("customer ids")}
    parts = [f"{kinds[kind]}: {count(n)}" for kind, n in found.counts.items() if n]
    return ngettext(
        "{parts}. {n} of your customers is among them and stays off every list and file.",
        "{parts}. {n} of your customers are among them and stay off every list and file.",
        found.customers,
    ).format(parts=listing(parts), n=count(found.customers))


def _entries(rows: tuple[Suppressed, ...], total: int) -> None:
    chosen = st.multiselect(
        _("The latest {n} of {all}").format(n=count(len(rows)), all=count(total)), [one.key for one in rows],
        format_func=lambda key: f"{key} ({next(date_short(one.added_at.date()) for one in rows if one.key == key)})",
        placeholder=_("choose whom to take off"), key="never_chosen",
    )  # fmt: skip
    st.button(_("Take them off"), on_click=_release, args=(chosen,), disabled=not chosen, key="never_release")


def _add() -> None:
    _tell(suppress(workspace(), st.session_state["never_lines"].splitlines()))
    st.session_state["never_lines"] = ""


def _add_file(file: UploadedFile) -> None:
    if file.size > LARGEST_FILE:
        flash(_("The file is too large; split it into parts of up to 20 MB."))
        return
    with tempfile.TemporaryDirectory(dir=scratch()) as name:
        path = Path(name) / "never"
        path.write_bytes(file.getvalue())
        found = entries_in(workspace(), path, Path(name))
    if found:
        _tell(suppress(workspace(), found))
    else:
        flash(_("{name} names nobody: write an e-mail, a phone or a customer id a line.").format(
            name=escape(file.name)))  # fmt: skip


def _tell(added: Added) -> None:
    new = sum(added.new.values())
    text = ngettext("{n} entry added.", "{n} entries added.", new).format(n=count(new))
    if added.unreadable:
        text += " " + ngettext("{n} line names nobody.", "{n} lines name nobody.", added.unreadable).format(
            n=count(added.unreadable))  # fmt: skip
    flash(text)


def _release(entries: list[str]) -> None:
    n = release(workspace(), entries)
    flash(ngettext("{n} entry taken off.", "{n} entries taken off.", n).format(n=count(n)))
