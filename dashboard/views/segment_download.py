"""Take the list away: who stays off it, which file, and what went out before."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from dashboard import export_words as words
from dashboard import segment_words
from dashboard.components import table
from dashboard.formats import count, country, date_short
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import save, scratch, settings, workspace
from dashboard.views.taking import MadeFile, people_options, take_away, unmark
from metrics.contacted import COOL_DOWN_DAYS
from metrics.export_log import LoggedExport, exports
from metrics.guard import Guard, Rules, guard, is_consent_told
from metrics.intake.contacts import phone_regions
from metrics.list_export import export
from metrics.list_options import FILES, ListOptions, targets
from metrics.segment import Segment
from metrics.targets.networks import networks

COOL_DOWNS: Final = (None, 30, 90, COOL_DOWN_DAYS, 365)
LOGGED: Final = 10


def download_section(segment: Segment) -> None:
    """The count of who may be on the list, the choice of a file, and the file."""
    st.subheader(_("Take the list away"), anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with right:
        target = st.selectbox(_("File for"), targets(), key="take_target", format_func=words.target)
        rules = _rules(target)
        options = _options(target, rules, segment_words.sentence(segment, settings().currency))
    found = guard(workspace(), segment, rules)
    with left:
        st.markdown(escape(words.guard_sentence(found)))
        if found.left:
            _file(segment, target, options, found)
    _log()


def _rules(target: str) -> Rules:
    skip = st.toggle(_("Leave out who was lost twice"), value=True, key="take_skip_lost_twice")
    cool_down = st.selectbox(
        _("Leave out who was contacted within"), COOL_DOWNS, index=COOL_DOWNS.index(COOL_DOWN_DAYS), key="take_cool",
        format_func=lambda days: _("nobody for that") if days is None
        else ngettext("{n} day", "{n} days", days).format(n=count(days)),
    )  # fmt: skip
    is_mailed = target in networks()
    need_consent = is_consent_told(workspace()) and st.toggle(
        _("Leave out who has not said yes to mailing"), value=is_mailed, key=f"take_consent_{is_mailed}",
        help=_("Nothing said is no consent. Off, only those who said no are left out."),
    )  # fmt: skip
    return Rules(skip_lost_twice=skip, cool_down_days=cool_down, need_consent=need_consent)


def _options(target: str, rules: Rules, asked: str) -> ListOptions:
    more: dict[str, Any] = {}
    if target in networks() and len(networks()[target].hashing) > 1:
        more["hashing"] = st.selectbox(
            _("Contacts as"), networks()[target].hashing, key=f"take_hashing_{target}", format_func=words.hashing
        )
    if target == "call_list":
        more["offer"] = st.text_input(_("What to offer"), max_chars=200, key="take_offer")
        more["calls_a_day"] = st.number_input(_("Calls a day for each"), 1, 500, 20, key="take_calls")
    if target in {"xlsx", "csv", "csv_machine", "klaviyo", "mailchimp"}:
        more["with_codes"] = st.toggle(_("A promo code of their own for each"), key="take_codes")
    if target in networks() or target == "call_list":
        _country()
    return people_options(asked, rules=rules, name=f"customers-{target}", **more)


def _country() -> None:
    """Of which country phones are that do not say it: asked once, kept for all lists."""
    known = sorted(phone_regions(), key=country)
    now = settings().phone_region
    st.selectbox(
        _("Country of phones without a country code"), known, index=known.index(now) if now in known else None,
        key=f"take_country_{now}", format_func=country, placeholder=_("not known"),
        on_change=lambda: save(phone_region=st.session_state[f"take_country_{now}"]),
    )  # fmt: skip


def _file(segment: Segment, target: str, options: ListOptions, found: Guard) -> None:
    """The button that makes the file, and, once it is made, the one that hands it out."""

    def make() -> list[MadeFile]:
        path = scratch() / f"list.{FILES.get(target, 'csv')}"
        return [MadeFile(path, export(workspace(), segment, target, path, options, is_logged=False))]

    asked = (segment, target, options.rules, options.hashing, options.with_codes, options.offer, options.calls_a_day)
    take_away("take", found.left, asked, make, is_told=True)


def _log() -> None:
    found = exports(workspace(), limit=LOGGED)
    if not found:
        return
    with st.expander(_("Lists that went out")):
        table([_logged(one) for one in found], "take_log")
        marked = [one for one in found if one.contacted_on is not None]
        if marked:
            st.button(
                _("The last contact did not happen: forget it"), on_click=unmark,
                args=(marked[0].export_id,), key="take_unmark", type="tertiary",
            )  # fmt: skip


def _logged(one: LoggedExport) -> dict[str, object]:
    return {
        _("Made on"): date_short(one.made_at.date()),
        _("File for"): words.target(one.target),
        _("Customers"): one.customers,
        _("Contacted on"): date_short(one.contacted_on),
        _("Mark of its content"): one.content_hash[:12],
    }
