"""The conditions of a segment: from a preset or a saved one, changed on the screen, kept in the address."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from dashboard import segment_words as words
from dashboard.components import page_of
from dashboard.formats import count, currency_sign
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import PAGE_ADDRESS, SEGMENT, SEGMENT_VERSION, flash, save, settings, workspace
from metrics.segment import RANGES, Condition, Segment, SegmentField, preset_segments, segment_fields
from metrics.segments import values_of
from metrics.settings import MOST_SEGMENTS

IN_ADDRESS: Final = "segment"
LONGEST_ADDRESS: Final = 1500


def builder() -> Segment:
    """The segment as the controls stand now."""
    held = _held()
    choices = [*preset_segments(), *(f"own/{each.name}" for each in settings().segments)]
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.selectbox(
            _("Start from"), choices, index=None, key="seg_start", placeholder=_("a ready segment"),
            format_func=_name, on_change=_take_start,
        )  # fmt: skip
    with right:
        fields = st.multiselect(
            _("Conditions"), list(segment_fields()), default=[one.field for one in held.conditions],
            key=_key("fields"), format_func=words.field, placeholder=_("choose what to ask"),
        )  # fmt: skip
    asked = {one.field: one for one in held.conditions}
    conditions = []
    columns = st.columns(3)
    for place, key in enumerate(fields):
        with columns[place % 3]:
            found = _condition(segment_fields()[key], asked.get(key))
        if found is not None:
            conditions.append(found)
    return _keep(held, conditions)


def saved_section(segment: Segment) -> None:
    """Save the segment by a name, take up or delete saved ones."""
    with st.expander(_("Save this segment")):
        name = st.text_input(_("Name of this segment"), max_chars=60, key="seg_name")
        st.button(_("Save it"), on_click=_save, args=(segment, name), disabled=not name.strip(), key="seg_save")
        for place, each in enumerate(settings().segments):
            st.button(_("Delete {name}").format(name=escape(each.name)), type="tertiary", on_click=_delete,
                      args=(each.name,), key=f"seg_delete_{place}")  # fmt: skip


def chosen(key: str) -> Segment:
    """A preset or saved segment by the key that a list of them offers."""
    own = {f"own/{each.name}": each for each in settings().segments}
    return own[key] if key in own else preset_segments()[key]


def choice_name(key: str) -> str:
    """The name of a preset or saved segment."""
    return _name(key)


def take(segment: Segment) -> None:
    """Work on another segment from now on."""
    st.session_state[SEGMENT] = segment.asked_once
    st.session_state[SEGMENT_VERSION] = st.session_state.get(SEGMENT_VERSION, 0) + 1


def open_list(segment: Segment) -> None:
    """Leave this page for the list of a segment's customers."""
    take(segment)
    st.switch_page(page_of("segments"))


def _held() -> Segment:
    if SEGMENT not in st.session_state:
        take(_of_address() or preset_segments()["freshly_lost"])
    held: Segment = st.session_state[SEGMENT]
    return held


def _of_address() -> Segment | None:
    """The segment that the address names: a preset's key, or conditions as JSON."""
    named = st.query_params.get(IN_ADDRESS)
    if named is None:
        return None
    if named in preset_segments():
        return preset_segments()[named]
    try:
        return Segment.model_validate_json(named)
    except ValidationError:
        return None


def _keep(held: Segment, conditions: list[dict[str, Any]]) -> Segment:
    segment = Segment.model_validate({"conditions": conditions, **held.model_dump(include={"and_in", "but_not"})})
    st.session_state[SEGMENT] = segment
    known = {each: key for key, each in preset_segments().items()}
    text = known.get(segment) or segment.model_dump_json(exclude_defaults=True)
    if len(text) <= LONGEST_ADDRESS:
        st.session_state[PAGE_ADDRESS] = {IN_ADDRESS: text}
    return segment


def _condition(field: SegmentField, one: Condition | None) -> dict[str, Any] | None:
    """The widgets of one condition; None while it asks nothing yet."""
    if field.kind in RANGES:
        return _range(field, one)
    if field.kind == "flag":
        is_so = st.radio(words.field(field.key), [True, False], index=0 if one is None or not one.is_not else 1,
                         key=_key(field.key), horizontal=True,
                         format_func=lambda value: _("yes") if value else _("no"))  # fmt: skip
        return {"field": field.key, "is_not": not is_so}
    offered = _values(field, one)
    values = st.multiselect(words.field(field.key), list(offered), default=list(one.values) if one else [],
                            key=_key(field.key), format_func=lambda each: offered[each],
                            placeholder=_("any"))  # fmt: skip
    if not values:
        return None
    is_not = st.checkbox(_("none of these"), one.is_not if one else False, key=_key(f"{field.key}_not"))
    return {"field": field.key, "values": values, "is_not": is_not}


def _values(field: SegmentField, one: Condition | None) -> dict[str, str]:
    """What can be chosen, and its words; of a text also what was chosen and nobody has."""
    if field.kind == "choice":
        return {each: words.value(field.key, each) for each in field.options}
    counted = dict.fromkeys(one.values if one else (), 0) | dict(values_of(workspace(), field.key))
    return {each: f"{each} ({count(n)})" for each, n in counted.items()}


def _range(field: SegmentField, one: Condition | None) -> dict[str, Any] | None:
    label = words.field(field.key)
    if field.kind == "money" and settings().currency:
        label = _("{field}, {unit}").format(field=label, unit=currency_sign(settings().currency or ""))
    left, right = st.columns(2)
    with left:
        low = _bound(field, label, "low", one.low if one else None, _("from"))
    with right:
        high = _bound(field, _("to"), "high", one.high if one else None, _("any"))
    if low is None and high is None:
        return None
    if low is not None and high is not None:
        high = max(low, high)
    return {"field": field.key, "low": low, "high": high}


def _bound(field: SegmentField, label: str, end: str, value: float | None, placeholder: str) -> float | None:
    key = _key(f"{field.key}_{end}")
    if field.kind == "money":
        return st.number_input(label, value=value, step=1.0, format="%.2f", key=key, placeholder=placeholder)
    whole = None if value is None else round(value)
    return st.number_input(label, value=whole, step=1, key=key, placeholder=placeholder)


def _key(name: str) -> str:
    """A key of this segment's widgets: those of another one start anew."""
    return f"seg_{st.session_state.get(SEGMENT_VERSION, 0)}_{name}"


def _name(key: str) -> str:
    return key.removeprefix("own/") if key.startswith("own/") else words.preset(key)


def _take_start() -> None:
    key = st.session_state["seg_start"]
    if key is not None:
        take(chosen(key))


def _save(segment: Segment, name: str) -> None:
    named = segment.model_copy(update={"name": name.strip()})
    others = [each for each in settings().segments if each.name != named.name]
    if len(others) >= MOST_SEGMENTS:
        flash(_("No more than {n} segments can be saved; delete one first.").format(n=count(MOST_SEGMENTS)))
        return
    save(segments=[each.model_dump() for each in (*others, named)])
    flash(_("Saved: {name}").format(name=escape(named.name)))


def _delete(name: str) -> None:
    save(segments=[each.model_dump() for each in settings().segments if each.name != name])
