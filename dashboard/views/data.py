"""Your data: sample shops, a file of your own, what was read from it, what is loaded."""

from __future__ import annotations

import streamlit as st

from dashboard import uploads
from dashboard.components import head, onward, uploader_words
from dashboard.formats import amount, count, date_short, sentences, whole
from dashboard.i18n import _, ngettext
from dashboard.importing import add, read
from dashboard.markdown import escape, say
from dashboard.session import flash, scratch, workspace
from dashboard.shops import sample_batches
from dashboard.uploads import Upload
from dashboard.views import checks, samples
from dashboard.views.headline import CURRENCY, people_sentence
from dashboard.views.review import review
from metrics.intake.contract import REASON_FIELDS, Reading
from metrics.people import people_counts
from metrics.results import Batch, Loaded
from metrics.value import totals

KINDS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "gz", "zip"]


def page() -> None:
    """Add a file, look at what was read, keep or undo it."""
    head(_("Your data"), _sentence())
    upload = uploads.current()
    if upload is None:
        checks.check()
        _ways_in()
    elif upload.reading is None:
        _read(upload)
    else:
        _decide(upload, upload.reading)
    _batches()
    checks.set_aside()
    if upload is None and workspace().as_of is not None:
        onward([
            ("overview", _("See how well you keep your customers")),
            ("threshold", _("Check when a customer counts as lost")),
        ])  # fmt: skip


def _sentence() -> str:
    found = totals(workspace())
    if found.first_order_on is None and workspace().batches():
        return _("No orders that count are loaded yet: add the orders of your shop. Nothing leaves this computer.")
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
        first=whole(date_short(found.first_order_on)),
        last=whole(date_short(found.last_order_on)),
    )


def _ways_in() -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Add your orders"), anchor=False)
        uploader_words(_("Choose files"), _("Drop the files here"))
        uploaded = st.file_uploader(
            _("CSV, Excel or Parquet, also packed as zip or gz; several files at once"),
            type=KINDS,
            accept_multiple_files=True,
            key=f"file_{uploads.turn()}",
        )
        limit = amount(st.get_option("server.maxUploadSize") / 1024)
        needed = _("One row per order or per item. Needed: the customer, the date, the amount.")
        st.caption(sentences(needed, _("Up to {n} GB a file.").format(n=limit)))
        people = _("A list of customers (e-mail, phone, consent, manager) is taken as well: it shows who never bought.")
        st.caption(sentences(people, _("So is a survey of why customers left.")))
        if uploaded:
            uploads.accept(uploaded)
            st.rerun()
    if not _has_own_orders():
        with right:
            others = sample_batches(workspace())
            st.subheader(_("Try another sample shop") if others else _("Or look around first"), anchor=False)
            samples.sample_buttons()


def _has_own_orders() -> bool:
    """A sample shop is not offered beside the person's own orders: the figures would be of both."""
    others = sample_batches(workspace())
    return any(one.kind == "orders" and one.batch_id not in others for one in workspace().batches())


def _read(upload: Upload) -> None:
    st.markdown(say(_("Reading **{name}**"), name=upload.name))
    st.button(_("Cancel"), on_click=uploads.forget)
    uploads.was_read(upload, read(upload.path, upload.name, scratch(), upload.mapping, is_afresh=upload.is_afresh))
    st.rerun()


def _decide(upload: Upload, reading: Reading) -> None:
    if uploads.takes_all() and reading.outcome in {"ready", "ready_with_warnings"}:
        _take(reading)
    if upload.of > 1:
        st.caption(_("File {place} of {of}").format(place=count(upload.place), of=count(upload.of)))
    choice = review(reading, upload.mapping, n_more=uploads.n_waiting())
    if choice.mapping is not None or choice.is_afresh:
        uploads.read_again(upload, choice.mapping, is_afresh=choice.is_afresh)
        st.rerun()
    if choice.dropped:
        uploads.forget()
        st.rerun()
    if choice.taken_with_rest:
        uploads.take_all()
    if choice.taken or choice.taken_with_rest:
        _take(reading)


def _take(reading: Reading) -> None:
    loaded = add(reading, st.session_state.get(CURRENCY))
    uploads.forget()
    told = set(REASON_FIELDS) & reading.columns.keys()
    flash(sentences(_added(loaded), *([_("What they left for is on the page Why do they leave?")] if told else [])))
    st.rerun()


def _added(loaded: Loaded) -> str:
    if loaded.batch.kind == "customers":
        return _contacts_added(loaded)
    text = ngettext("{n} row added.", "{n} rows added.", loaded.added).format(n=count(loaded.added))
    if not loaded.replaced:
        return text
    again = ngettext(
        "{n} row was there before and was brought up to date.",
        "{n} rows were there before and were brought up to date.",
        loaded.replaced,
    )
    return sentences(text, again.format(n=count(loaded.replaced)))


def _contacts_added(loaded: Loaded) -> str:
    text = ngettext("{n} contact added.", "{n} contacts added.", loaded.added).format(n=count(loaded.added))
    if not loaded.replaced:
        return text
    again = ngettext(
        "{n} contact was there before and was brought up to date.",
        "{n} contacts were there before and were brought up to date.",
        loaded.replaced,
    )
    return sentences(text, again.format(n=count(loaded.replaced)))


def _batches() -> None:
    batches = workspace().batches()
    if not batches:
        return
    st.subheader(_("Loaded files"), anchor=False)
    if any(batch.kind == "customers" for batch in batches):
        st.markdown(people_sentence(people_counts(workspace())))
    for batch in batches:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", border=True):
            st.markdown(_batch_words(batch))
            others = _("Take this file back; the others stay.")
            if st.button(_("Remove this file"), key=f"undo_{batch.batch_id}", help=others):
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
    if batch.kind == "customers":
        return say(
            ngettext("**{name}** · {n} contact", "**{name}** · {n} contacts", batch.people),
            name=batch.file_name,
            n=count(batch.people),
        )
    text = say(
        ngettext("**{name}** · {n} order", "**{name}** · {n} orders", batch.orders),
        name=batch.file_name,
        n=count(batch.orders),
    )
    if batch.first_on and batch.last_on:
        text += " · " + escape(f"{whole(date_short(batch.first_on))} – {whole(date_short(batch.last_on))}")
    if batch.superseded:
        text += " · " + escape(
            ngettext("{n} row replaced by a later file", "{n} rows replaced by later files", batch.superseded).format(
                n=count(batch.superseded)
            )
        )
    if not batch.has_order_ids:
        text += " · " + escape(_("no order numbers: matched by customer, time and amount"))
    return text
