"""Why one customer left: what files say, and what a person says here, which goes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal, TypeVar

import streamlit as st

from dashboard import reason_words as words
from dashboard.formats import sentences
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import seed, workspace
from metrics.reason_codes import FAULTS, REASONS
from metrics.reason_notes import CustomerReason, give_reason, reason_of
from metrics.states import AUDIENCES

Code = TypeVar("Code", bound=str)


def reason_section(facts: Mapping[str, Any]) -> None:
    """Three choices that are kept at once; an empty one leaves it to what files say.

    `facts`: the customer's row of `segment_base`. Of customers who are not lost nothing is asked.
    """
    customer, customer_id = int(facts["customer"]), str(facts["customer_id"])
    found = reason_of(workspace(), customer)
    if facts["state"] not in AUDIENCES["lost"] and found.is_empty:
        return
    st.caption(_("Why they left"))
    named, confirmed, fault = st.columns(3)
    with named:
        _choice("named", _("Named reason"), REASONS, words.reason, customer, customer_id, found)
    with confirmed:
        _choice("confirmed", _("Confirmed reason"), REASONS, words.reason, customer, customer_id, found)
    with fault:
        _choice("fault", _("Whose fault"), FAULTS, words.fault, customer, customer_id, found)
    texts = _texts(found)
    if texts:
        st.caption(escape(texts))


def _choice(
    field: Literal["named", "confirmed", "fault"], title: str, codes: tuple[Code, ...], name: Callable[[Code], str],
    customer: int, customer_id: str, found: CustomerReason,
) -> None:  # fmt: skip
    given, of_files = getattr(found.given, field), getattr(found.of_files, field)
    # The key is the customer's: the next one's card must not keep what was chosen for this.
    key = f"reason_{field}_{customer}"

    def keep() -> None:
        now = reason_of(workspace(), customer).given
        give_reason(workspace(), customer_id, replace(now, **{field: st.session_state[key]}))

    nothing = _("not known") if of_files is None else _("by the file: {reason}").format(reason=name(of_files))
    st.selectbox(
        title, codes, index=None, key=seed(key, given), format_func=name, placeholder=nothing, on_change=keep
    )  # fmt: skip


def _texts(found: CustomerReason) -> str:
    """What the files say in the customer's own words."""
    parts = []
    if found.named_text:
        parts.append(_("They named: “{answer}”.").format(answer=found.named_text))
    if found.confirmed_text:
        parts.append(_("Confirmed: “{answer}”.").format(answer=found.confirmed_text))
    return sentences(*parts)
