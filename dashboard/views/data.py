"""Your data: sample shops, a file of your own, what was read from it, what is loaded."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from dashboard.components import head
from dashboard.deployment import deployment
from dashboard.formats import count, date_short, sentences
from dashboard.i18n import _, ngettext
from dashboard.importing import add, read
from dashboard.markdown import escape, say
from dashboard.session import UPLOAD, WAITING, flash, scratch, workspace
from dashboard.shops import sample_batches
from dashboard.views import samples
from dashboard.views.review import review
from metrics.intake.contract import ColumnMap, Reading
from metrics.results import Batch, Loaded
from metrics.value import totals

KINDS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "parquet", "gz", "zip"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: where it lies, what the person chose, what reading it came to."""

    path: Path
    name: str
    mapping: ColumnMap | None = None
    reading: Reading | None = None


def page() -> None:
    """Add a file, look at what was read, keep or undo it."""
    head(_("Your data"), _sentence())
    upload = _current_upload()
    if upload is None:
        _ways_in()
    elif upload.reading is None:
        _read(upload)
    else:
        _decide(upload, upload.reading)
    _batches()


def _sentence() -> str:
    found = totals(workspace())
    if found.first_order_on is None:
        return _("Nothing is loaded yet: try a sample shop, or add the order export of your own. "
                 "Nothing leaves this computer.")  # fmt: skip
    return say(
        ngettext(
            "Loaded: **{orders}** orders of **{n}** customer, from {first} to {last}.",
            "Loaded: **{orders}** orders of **{n}** customers, from {first} to {last}.",
            found.customers,
        ),
        orders=count(found.orders),
        n=count(found.customers),
        first=date_short(found.first_order_on),
        last=date_short(found.last_order_on),
    )


def _current_upload() -> Upload | None:
    held: Upload | None = st.session_state.get(UPLOAD)
    waiting: list[Path] = st.session_state.setdefault(WAITING, list(deployment().files))
    if held is None and waiting:
        path = waiting.pop(0)
        held = Upload(path, path.name)
        st.session_state[UPLOAD] = held
    return held


def _ways_in() -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Add your orders"), anchor=False)
        uploaded = st.file_uploader(
            _("CSV, Excel or Parquet, also packed as zip or gz"), type=KINDS, key=f"file_{_turn()}"
        )
        st.caption(_("One row per order or per item. Needed: the customer, the date, the amount."))
        if uploaded is not None:
            path = scratch() / f"upload_{_turn()}"
            with path.open("wb") as target:
                shutil.copyfileobj(uploaded, target)
            st.session_state[UPLOAD] = Upload(path, uploaded.name)
            st.rerun()
    if not _has_own_orders():
        with right:
            st.subheader(_("Or look around first"), anchor=False)
            samples.sample_buttons()


def _has_own_orders() -> bool:
    """A sample shop is not offered beside the person's own orders: the figures would be of both."""
    return len(workspace().batches()) > len(sample_batches(workspace()))


def _turn() -> int:
    turn: int = st.session_state.setdefault("_turn", 0)
    return turn


def forget_upload() -> None:
    """Drop the file on its way in; the next upload starts afresh."""
    held: Upload | None = st.session_state.pop(UPLOAD, None)
    if held is not None and held.path.parent == scratch():
        held.path.unlink(missing_ok=True)
    st.session_state["_turn"] = _turn() + 1


def _read(upload: Upload) -> None:
    st.markdown(say(_("Reading **{name}**"), name=upload.name))
    st.button(_("Cancel"), on_click=forget_upload)
    reading = read(upload.path, upload.name, scratch(), upload.mapping)
    st.session_state[UPLOAD] = replace(upload, reading=reading)
    st.rerun()


def _decide(upload: Upload, reading: Reading) -> None:
    choice = review(reading, upload.mapping)
    if choice.mapping is not None:
        st.session_state[UPLOAD] = replace(upload, mapping=choice.mapping, reading=None)
        st.rerun()
    if choice.dropped:
        forget_upload()
        st.rerun()
    if choice.taken:
        loaded = add(reading)
        forget_upload()
        flash(_added(loaded))
        st.rerun()


def _added(loaded: Loaded) -> str:
    text = ngettext("{n} row added.", "{n} rows added.", loaded.added).format(n=count(loaded.added))
    if not loaded.replaced:
        return text
    again = ngettext(
        "{n} row was there before and was brought up to date.",
        "{n} rows were there before and were brought up to date.",
        loaded.replaced,
    )
    return sentences(text, again.format(n=count(loaded.replaced)))


def _batches() -> None:
    batches = workspace().batches()
    if not batches:
        return
    st.subheader(_("Loaded files"), anchor=False)
    for batch in batches:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(_batch_words(batch))
            if st.button(_("Undo"), key=f"undo_{batch.batch_id}", help=_("Take this file back; the others stay.")):
                with st.spinner(_("Taking the file back")):
                    _undo(batch.batch_id)
                flash(_("The file was taken back."))
                st.rerun()


def _undo(batch_id: int) -> None:
    if batch_id in sample_batches(workspace()):
        samples.remove()
    else:
        workspace().undo(batch_id)


def _batch_words(batch: Batch) -> str:
    text = say(
        ngettext("**{name}** · {n} order", "**{name}** · {n} orders", batch.orders),
        name=batch.file_name,
        n=count(batch.orders),
    )
    if batch.first_on and batch.last_on:
        text += " · " + escape(f"{date_short(batch.first_on)} – {date_short(batch.last_on)}")
    if batch.superseded:
        text += " · " + escape(
            ngettext("{n} row replaced by a later file", "{n} rows replaced by later files", batch.superseded).format(
                n=count(batch.superseded)
            )
        )
    if not batch.has_order_ids:
        text += " · " + escape(_("no order numbers: matched by customer, time and amount"))
    return text
