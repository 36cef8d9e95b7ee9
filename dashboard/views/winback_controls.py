"""What a campaign is made of: whom, how, what is offered. Every change is the draft of this browser session."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

import streamlit as st
from pydantic import ValidationError

from dashboard import winback_words as words
from dashboard.formats import currency_sign
from dashboard.i18n import _, pgettext
from dashboard.markdown import escape
from dashboard.session import DRAFT, FULL_COST, PRESET_TAKEN, STAGE_ROWS, settings, workspace
from metrics.default_campaign import default_campaign, round_figure, usual_offer
from metrics.lost_segments import LostSegment, lost_segments
from metrics.scenario import Channel, Incentive, IncentiveKind, ListSize, Scenario, SegmentAudience, Stage, Subject
from metrics.scenario_presets import PRESETS

HORIZONS: Final = (30, 60, 90, 180, 365)
OWN: Final = "own"
STAGES: Final = "wb_stages"
STAYS: Final = ("wb_tab", "wb_compare")


def draft() -> Scenario:
    """The campaign that this session works on; at first three e-mails with a tenth of a usual order as the offer."""
    if DRAFT not in st.session_state:
        st.session_state[DRAFT] = default_campaign(workspace())
    held: Scenario = st.session_state[DRAFT]
    return held


def controls(held: Scenario) -> Scenario:
    """The controls beside the chart; the campaign as they stand now."""
    audience = _audience(held)
    list_size, budget = _size(held)
    incentive = _incentive(held.incentive)
    horizon = st.selectbox(
        _("Counted over, days"), _with(HORIZONS, held.horizon_days), key=_from("wb_horizon", held.horizon_days)
    )
    return _changed(
        held, audience=audience, list_size=list_size, budget=budget, incentive=incentive, horizon_days=horizon
    )


def contacts(held: Scenario) -> Scenario:
    """The table of contacts and the costs besides; the campaign as they stand now."""
    st.selectbox(
        _("Start from"), PRESETS, index=None, key="wb_preset", format_func=words.preset,
        placeholder=_("a ready campaign"), on_change=_take_preset,
    )  # fmt: skip
    taken = st.session_state.get(PRESET_TAKEN)
    if taken in PRESETS:
        st.caption(escape(words.preset_source(taken)))
    stages = _stages(held)
    left, middle, right = st.columns(3)
    with left:
        fixed = _money(_("Fixed costs of the campaign"), "wb_fixed", held.fixed_cost)
    with middle:
        outflow = _share(
            _("Cannot come back, %"), "wb_outflow", held.natural_outflow,
            _("Children grow up, people move, seasons end: the share of the list that no letter brings back. Those who "
              "come back anyway are read from your own history, which knows it already."),
        )  # fmt: skip
    with right:
        margin = st.number_input(
            _("Margin of this campaign, %"), 1.0, 100.0, value=None, format="%.0f", placeholder=_("as usual"),
            key=_from("wb_margin", None if held.margin is None else held.margin * 100),
        )  # fmt: skip
    return _changed(
        held, stages=stages, fixed_cost=fixed, natural_outflow=outflow, margin=None if margin is None else margin / 100
    )


def change(**changes: Any) -> None:
    """Change the draft from a callback."""
    st.session_state[DRAFT] = Scenario.model_validate({**draft().model_dump(), **changes})


def take(scenario: Scenario) -> None:
    """Work on another campaign from now on."""
    st.session_state[DRAFT] = scenario
    for key in [str(key) for key in st.session_state]:
        if key.startswith(("wb_", "_stored_wb_", STAGE_ROWS)) and key not in STAYS:
            del st.session_state[key]


def _changed(held: Scenario, **changes: Any) -> Scenario:
    """The campaign with these changes; as it was, with a sentence, where they cannot be."""
    try:
        scenario = Scenario.model_validate({**held.model_dump(), **changes})
    except ValidationError:
        st.warning(_("These figures do not go together, so the last ones that did are shown. Check the contacts: rates "
                     "and reach lie between 0 and 100%."))  # fmt: skip
        return held
    st.session_state[DRAFT] = scenario
    return scenario


def _audience(held: Scenario) -> dict[str, Any]:
    wanted = held.audience
    if not isinstance(wanted, SegmentAudience):
        wanted = SegmentAudience(segment="lost")
    is_own = isinstance(wanted.segment, LostSegment)
    options = [*lost_segments(), OWN]
    key = st.selectbox(
        _("Whom to win back"), options, key=_from("wb_segment", OWN if is_own else wanted.segment),
        format_func=lambda one: _("Own conditions") if one == OWN else words.segment(one),
    )  # fmt: skip
    segment: str | dict[str, Any] = key
    if key == OWN:
        segment = _own_conditions(wanted.segment if isinstance(wanted.segment, LostSegment) else LostSegment())
    return {**wanted.model_dump(), "segment": segment}


def _own_conditions(one: LostSegment) -> dict[str, Any]:
    left, right = st.columns(2)
    with left:
        silence_from = _whole(_("Silent, days from"), "wb_silence_from", one.silence_from)
        orders_from = _whole(_("Orders from"), "wb_orders_from", one.orders_from, least=1)
        value = _money(_("A year from"), "wb_value_from", one.value_from)
    with right:
        silence_to = _whole(_("to"), "wb_silence_to", one.silence_to)
        orders_to = _whole(_("to"), "wb_orders_to", one.orders_to, least=1)
    if silence_from is not None and silence_to is not None:
        silence_to = max(silence_from, silence_to)
    if orders_from is not None and orders_to is not None:
        orders_to = max(orders_from, orders_to)
    return {
        "silence_from": silence_from, "silence_to": silence_to, "orders_from": orders_from, "orders_to": orders_to,
        "value_from": value or None,
    }  # fmt: skip


def _size(held: Scenario) -> tuple[ListSize, float | None]:
    names: dict[ListSize | Literal["budget"], str] = {
        "recommended": _("as many as pay best"),
        "all": _("all who may be contacted"),
        "budget": _("what a budget pays for"),
    }
    now = "budget" if held.budget is not None else held.list_size
    key = st.radio(_("How many of them"), list(names), key=_from("wb_size", now), format_func=lambda one: names[one])
    if key != "budget":
        return key, None
    most = max(float(st.session_state.get(FULL_COST, 0.0)), held.budget or 0.0, 1.0)
    step = round_figure(most / 100)
    most = -(-most // step) * step
    half = -(-most / 2 // step) * step
    budget = st.slider(
        _with_sign(_("Budget")), 0.0, most, key=_from("wb_budget", half if held.budget is None else held.budget),
        step=step, format="%.0f" if step >= 1 else "%.2f",
    )  # fmt: skip
    return "recommended", budget


def _incentive(held: Incentive) -> dict[str, Any]:
    kind: IncentiveKind = st.selectbox(
        _("Offer for coming back"), get_args(IncentiveKind), key=_from("wb_incentive", held.kind),
        format_func=words.incentive,
    )  # fmt: skip
    if kind == "none":
        return {"kind": kind}
    left, right = st.columns(2)
    found: dict[str, Any] = {"kind": kind}
    with left:
        if kind in {"percent", "commission"}:
            usual_share = 10.0 if held.percent is None else held.percent
            found["percent"] = st.number_input(
                _("Per cent of the order"), 0.0, 100.0, key=_from("wb_percent", usual_share), format="%.0f"
            )
        else:
            usual = usual_offer(workspace()) if held.amount is None else held.amount
            found["amount"] = _money(_("Costs you, each"), "wb_amount", usual)
    with right:
        if kind in {"percent", "commission"}:
            found["cap"] = _money(_("At most"), "wb_cap", held.cap) or None
        else:
            found["valid_days"] = _whole(_("Valid, days"), "wb_valid", held.valid_days, least=1, most=730)
    if kind == "percent":
        found["valid_days"] = _whole(_("Valid, days"), "wb_valid", held.valid_days, least=1, most=730)
    return found


def _stages(held: Scenario) -> list[dict[str, Any]]:
    """The contacts as a table to edit; rows that are not filled in yet are left out."""
    if STAGES not in st.session_state or STAGE_ROWS not in st.session_state:
        st.session_state[STAGE_ROWS] = [_row(stage) for stage in held.stages]
    column = st.column_config
    channels = {one: words.channel(one) for one in get_args(Channel)}
    subjects = {one: words.subject(one) for one in get_args(Subject)}
    rows = st.data_editor(
        st.session_state[STAGE_ROWS],
        key=STAGES,
        num_rows="dynamic",
        hide_index=True,
        row_height=36,
        column_config={
            "channel": column.SelectboxColumn(
                pgettext("contact", "By"), options=list(channels), format_func=lambda one: channels[one],
                required=True, default="email",
            ),
            "subject": column.SelectboxColumn(
                pgettext("contact", "About"), options=list(subjects), format_func=lambda one: subjects[one],
                required=True, default="reminder",
            ),
            "day": column.NumberColumn(
                pgettext("contact", "Day"), min_value=0, max_value=730, step=1, required=True, default=0
            ),
            "unit_cost": column.NumberColumn(
                _with_sign(_("Costs each")), min_value=0.0, format="%.2f", required=True, default=0.0
            ),
            "reach": column.NumberColumn(
                _("Reaches, %"), min_value=0.0, max_value=100.0, required=True, default=100.0, format="%.0f",
                help=_("The share of the list that has an address and sees it."),
            ),
            "rate": column.NumberColumn(
                _("Brings back, %"), min_value=0.0, max_value=100.0, required=True, default=2.0, format="%.1f",
                help=_("Of those reached who would not have come anyway: the share that orders because of it."),
            ),
            "rate_low": None,
            "rate_high": None,
        },
    )  # fmt: skip
    return [_stage(row) for row in rows if all(row.get(name) is not None for name in ("channel", "unit_cost", "rate"))]


def _row(stage: Stage) -> dict[str, Any]:
    shares = {name: getattr(stage, name) for name in ("reach", "rate", "rate_low", "rate_high")}
    return {
        **stage.model_dump(include={"channel", "subject", "day", "unit_cost"}),
        **{name: None if share is None else round(share * 100, 6) for name, share in shares.items()},
    }


def _stage(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a stage; the range of a rate holds while the rate lies in it."""
    shares = {name: None if row.get(name) is None else row[name] / 100
              for name in ("reach", "rate", "rate_low", "rate_high")}  # fmt: skip
    low, high = shares["rate_low"], shares["rate_high"]
    if low is None or high is None or not low <= (shares["rate"] or 0.0) <= high:
        shares["rate_low"] = shares["rate_high"] = None
    return {
        "channel": row["channel"],
        "subject": row.get("subject") or "reminder",
        "day": int(row.get("day") or 0),
        "unit_cost": row["unit_cost"],
        **{name: share for name, share in shares.items() if share is not None},
    }


def _take_preset() -> None:
    preset = st.session_state["wb_preset"]
    if preset is None:
        return
    started = default_campaign(workspace(), preset)
    take(draft().model_copy(update={"stages": started.stages, "incentive": started.incentive}))
    st.session_state[PRESET_TAKEN] = preset


def _from(key: str, value: object) -> str:
    """Let a widget begin with the draft's value; afterwards the draft follows the widget. Returns the key."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def _money(label: str, key: str, value: float | None) -> float:
    typed = st.number_input(
        _with_sign(label), 0.0, 1e12, key=_from(key, value or 0.0), format="%.2f", step=_step(value)
    )
    return float(typed)


def _whole(label: str, key: str, value: int | None, *, least: int = 0, most: int = 36_500) -> int | None:
    typed = st.number_input(label, least, most, value=None, key=_from(key, value), step=1, placeholder=_("any"))
    return None if typed is None else int(typed)


def _share(label: str, key: str, value: float, help_: str) -> float:
    return float(st.number_input(label, 0.0, 100.0, key=_from(key, value * 100), format="%.0f", help=help_)) / 100


def _step(value: float | None) -> float:
    return round_figure((value or 10.0) / 10)


def _with(options: tuple[int, ...], own: int) -> list[int]:
    return sorted({*options, own})


def _with_sign(label: str) -> str:
    currency = settings().currency
    return _("{field}, {unit}").format(field=label, unit=currency_sign(currency)) if currency else label
