"""What the history suggests: its marks on the return curve, its words, and the buttons that take it."""

from __future__ import annotations

import streamlit as st

from dashboard import story
from dashboard.charts import Mark
from dashboard.formats import count, days, percent
from dashboard.i18n import _
from dashboard.session import save, settings, workspace
from metrics.grid import LONGEST_THRESHOLD
from metrics.returns import HORIZON, LOST_BELOW, gap_percentiles, suggested_threshold
from metrics.rule import NUMBERS
from metrics.threshold_results import Suggested

HORIZONS = (30, 60, 90, 120, 180, 365)
SHARES = (0.05, 0.1, 0.15, 0.2, 0.3)
TOLD_APART = 0.1
"""Suggestions closer than this share of the one for all are one mark on the axis."""


def suggestion() -> Suggested:
    """The suggested thresholds for the bounds that the person set, defaults else."""
    return suggested_threshold(
        workspace(),
        int(st.session_state.get("suggest_horizon", HORIZON)),
        float(st.session_state.get("suggest_below", LOST_BELOW)),
    )


def suggestion_marks(found: Suggested) -> list[Mark]:
    """What the history suggests, on the axis of silence; one-time and repeat buyers only where they differ from all."""
    if story.is_too_soon(found, _usual_gap()):
        return []
    marks = [] if found.all is None else [Mark(found.all, _("suggested"))]
    for day, name in ((found.one_time, _("suggested, one-time")), (found.repeat, _("suggested, repeat"))):
        if day is not None and (found.all is None or abs(day - found.all) >= TOLD_APART * found.all):
            marks.append(Mark(day, name, faint=True))
    return marks


def suggestion_section(found: Suggested) -> None:
    """What the history suggests, how it comes about, and the buttons that take it."""
    st.subheader(_("What your history suggests"), anchor=False)
    usual_gap = _usual_gap()
    st.markdown(story.suggested(found, usual_gap, int(st.session_state.get("suggest_horizon", HORIZON))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Hardly anyone comes back within"),
            HORIZONS,
            index=HORIZONS.index(HORIZON),
            format_func=lambda n: days(n, about=False),
            key="suggest_horizon",
            width=220,
        )
        st.selectbox(
            _("Hardly anyone means less than"),
            SHARES,
            index=SHARES.index(LOST_BELOW),
            format_func=lambda share: percent(share, whole=True),
            key="suggest_below",
            width=220,
        )
        if not story.is_too_soon(found, usual_gap):
            _buttons(found)


def _buttons(found: Suggested) -> None:
    if found.all is not None:
        st.button(_("Take {days}").format(days=days(found.all, about=False)), on_click=_take, args=(found.all,))
    if found.one_time is not None and found.repeat is not None and found.one_time != found.repeat:
        st.button(
            _("Compare {one} and {more} days").format(one=count(found.one_time), more=count(found.repeat)),
            help=_(
                "So many days after the 1st order, and so many after later ones, beside one number of days for all."
            ),
            on_click=_take_apart,
            args=(found.one_time, found.repeat),
        )


def _usual_gap() -> float | None:
    percentiles = gap_percentiles(workspace())
    return percentiles.p50 if percentiles is not None else None


def _take(suggested: int) -> None:
    chosen = min(suggested, LONGEST_THRESHOLD)
    save(lost_after_days=chosen)
    st.session_state["lost_after"] = chosen


def _take_apart(one_time: int, repeat: int) -> None:
    """Set the rule by order number, with its widgets."""
    first, *later = NUMBERS
    chosen = {first: min(one_time, LONGEST_THRESHOLD), **dict.fromkeys(later, min(repeat, LONGEST_THRESHOLD))}
    save(rule=settings().rule.model_copy(update={"kind": "number", "by_number": chosen}).model_dump())
    st.session_state["rule_kind"] = "number"
    for number, so_many in chosen.items():
        st.session_state[f"rule_number_{number}"] = so_many
