"""A business's own presets beside those of the product: add, change, delete."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from dashboard import labels
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import flash, save, settings
from metrics.grid import LONGEST_THRESHOLD
from metrics.industries import OWN_KEY, Industry
from metrics.settings import MOST_OWN_INDUSTRIES, Settings


def industry_name(key: str) -> str:
    """The name of a preset: the business's own word for its own ones."""
    own = settings().industries.get(key)
    return own.name if own is not None and own.name else labels.industry(key)


def industry_reason(key: str) -> str:
    """Why a preset has its days."""
    own = settings().industries.get(key)
    return own.reason if own is not None and own.name else labels.industry_reason(key)


def presets_section() -> None:
    """The form for own presets, folded away."""
    with st.expander(_("Your own presets")):
        chosen = settings()
        held = {each.key: each for each in chosen.own_industries}
        new = _("a new one")
        key = st.selectbox(
            _("Preset"), ["", *held], format_func=lambda each: held[each].name if each else new, key="preset_edited"
        )
        edited = held.get(key)
        with st.form(f"preset_{key}", border=False):
            taken = _form(edited)
            save_it = st.form_submit_button(_("Save this preset"), type="primary")
        if save_it:
            _keep(chosen, edited, taken)
        if edited is not None and st.button(_("Delete {name}").format(name=escape(edited.name))):
            _keep_all(chosen, [each for each in chosen.own_industries if each.key != edited.key])
            flash(_("The preset was deleted."))
            st.rerun()


def _form(edited: Industry | None) -> dict[str, object]:
    name = st.text_input(_("Name"), value=edited.name if edited else "", max_chars=60)
    columns = st.columns(3)
    values = {}
    words = {"lost_after_days": _("Lost after, days"), "shortest": _("From, days"), "longest": _("Up to, days")}
    usual = {"lost_after_days": 90, "shortest": 30, "longest": 180}
    for column, (field, text) in zip(columns, words.items(), strict=True):
        with column:
            value = getattr(edited, field) if edited else usual[field]
            values[field] = st.number_input(text, min_value=1, max_value=LONGEST_THRESHOLD, value=value, step=1)
    kind = st.radio(
        _("Benchmark"),
        ["b2c", "b2b"],
        index=["b2c", "b2b"].index(edited.kind) if edited else 0,
        format_func=lambda each: labels.kind("b2b" if each == "b2b" else "b2c"),
        horizontal=True,
    )
    reason = st.text_input(_("Why these days"), value=edited.reason if edited else "", max_chars=200)
    return {**values, "name": name.strip(), "kind": kind, "reason": reason.strip()}


def _keep(chosen: Settings, edited: Industry | None, taken: dict[str, object]) -> None:
    key = edited.key if edited else _free_key(chosen)
    names = {each.name for each in chosen.own_industries if each.key != key}
    if taken["name"] in names:
        st.warning(_("There is a preset of that name already."))
        return
    if edited is None and len(chosen.own_industries) >= MOST_OWN_INDUSTRIES:
        st.warning(_("That is one preset too many: delete one first."))
        return
    try:
        preset = Industry.model_validate({"key": key, **taken})
    except ValidationError:
        st.warning(_("A preset needs a name, and its days must lie between the two bounds."))
        return
    rest = [each for each in chosen.own_industries if each.key != key]
    _keep_all(chosen, [*rest, preset])
    flash(_("The preset was saved."))
    st.rerun()


def _free_key(chosen: Settings) -> str:
    number = 1
    while f"{OWN_KEY}{number}" in chosen.industries:
        number += 1
    return f"{OWN_KEY}{number}"


def _keep_all(chosen: Settings, own: list[Industry]) -> None:
    """Store the presets; a chosen one that is gone gives way to the default."""
    is_gone = chosen.industry.startswith(OWN_KEY) and chosen.industry not in {each.key for each in own}
    changes: dict[str, object] = {"own_industries": tuple(own)}
    if is_gone:
        changes["industry"] = Settings().industry
        st.session_state.pop("industry", None)
    save(**changes)
