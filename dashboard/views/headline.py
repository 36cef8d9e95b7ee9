"""What a file holds, in one sentence above its review: orders with their sum, or people and who of them bought."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.formats import count, currency_sign, date_short, money_full
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from dashboard.session import PREVIEW, settings, workspace
from dashboard.shops import sample_batches
from dashboard.sidebar import CURRENCIES
from metrics.intake.contract import Quality, Reading
from metrics.people import people_counts_with
from metrics.results import PeopleCounts

CURRENCY: Final = "review_currency"


def of_orders(quality: Quality) -> None:
    """Orders, customers, days and the sum to compare with the shop's own; or that no order counts."""
    if not _has_orders(quality):
        st.markdown(_("The file holds no order that counts: it only takes back orders that were loaded before."))
        if not is_of_use(quality):
            st.warning(_("No orders of yours are loaded yet: add a file with orders first."))
        return
    own = None if sample_batches(workspace()) else settings().currency
    currency = quality.currency or own or st.session_state.get(CURRENCY)
    n = quality.orders
    st.markdown(
        say(
            ngettext(
                "**{n}** order of **{customers}** customers, from {first} to {last}, worth **{net}** after refunds: "
                "compare this sum with your shop's own.",
                "**{n}** orders of **{customers}** customers, from {first} to {last}, worth **{net}** after refunds: "
                "compare this sum with your shop's own.",
                n,
            ),
            n=count(n),
            customers=count(quality.customers),
            first=date_short(quality.first_on),
            last=date_short(quality.last_on),
            net=money_full(quality.net, currency),
        )
    )
    if quality.currency is None and own is None:
        st.selectbox(
            _("The file names no currency. In which one are the amounts?"), CURRENCIES, index=None, key=CURRENCY,
            format_func=lambda code: f"{code} {currency_sign(code)}", placeholder=_("not chosen"), width=420,
        )  # fmt: skip


def is_of_use(quality: Quality) -> bool:
    """Whether orders can be added, or orders of the person's own are loaded that may be taken back."""
    others = sample_batches(workspace())
    is_loaded = any(one.kind == "orders" and one.batch_id not in others for one in workspace().batches())
    return _has_orders(quality) or is_loaded


def _has_orders(quality: Quality) -> bool:
    return bool(quality.orders or quality.zero_orders)


def of_people(reading: Reading) -> None:
    """Contacts, who of them bought, how many can be reached and may be written to."""
    found = _counts(reading)
    st.markdown(people_sentence(found))
    if workspace().as_of is None:
        st.caption(_("No orders are loaded yet: once they are, those who bought will be known."))
    if is_survey(reading):
        return
    rows = {
        _("With an e-mail"): found.with_email,
        _("With a phone"): found.with_phone,
        _("Agreed to mailing"): found.with_consent,
        _("Refused mailing"): found.without_consent,
        _("Consent unknown"): found.unknown_consent,
    }
    st.table(
        [{_("Contacts"): name, _("Number"): count(n)} for name, n in rows.items()],
        border="horizontal",
        hide_index=True,
        width=420,
    )


def is_survey(reading: Reading) -> bool:
    """Whether a file says why customers left and not how to reach them."""
    return bool({"reason", "confirmed_reason"} & reading.columns.keys()) and not {"consent"} & reading.columns.keys()


def people_sentence(found: PeopleCounts) -> str:
    """How many contacts there are, how many of them bought, as Markdown."""
    return say(
        ngettext(
            "**{n}** contact: **{joined}** bought, **{potential}** never did (potential).",
            "**{n}** contacts: **{joined}** have bought, **{potential}** never did (potential).",
            found.people,
        ),
        n=count(found.people),
        joined=count(found.joined),
        potential=count(found.potential),
    )


def _counts(reading: Reading) -> PeopleCounts:
    """The figures of the file as if it were added; made once while nothing else is loaded or taken back."""
    held = workspace()
    version = (reading.contacts_path, held.as_of, tuple(batch.batch_id for batch in held.batches()))
    kept = st.session_state.get(PREVIEW)
    if kept is None or kept[0] != version:
        kept = (version, people_counts_with(held, reading))
        st.session_state[PREVIEW] = kept
    found: PeopleCounts = kept[1]
    return found
