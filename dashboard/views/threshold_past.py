"""The threshold page's second half: the suggestion, and the test on the business's own past."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, labels, story, story_past
from dashboard.components import chart
from dashboard.formats import count, days, percent, sentences
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, save, settings, workspace
from metrics.backtest import back_test, back_test_missing
from metrics.grid import LONGEST_THRESHOLD
from metrics.returns import HORIZON, LOST_BELOW, gap_percentiles, suggested_threshold
from metrics.threshold_results import BackTest, BackTestBand, Suggested

HORIZONS = (30, 60, 90, 120, 180, 365)
SHARES = (0.05, 0.1, 0.15, 0.2, 0.3)


def suggestion() -> Suggested:
    """The suggested thresholds for the bounds that the person set, defaults else."""
    return suggested_threshold(
        workspace(),
        int(st.session_state.get("suggest_horizon", HORIZON)),
        float(st.session_state.get("suggest_below", LOST_BELOW)),
    )


def suggestion_section(found: Suggested) -> None:
    """What the history suggests, how it comes about, and a button to take it."""
    st.subheader(_("What your history suggests"), anchor=False)
    percentiles = gap_percentiles(workspace())
    usual_gap = percentiles.p50 if percentiles is not None else None
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
        if found.all is not None and not story.is_too_soon(found, usual_gap):
            st.button(_("Take {days}").format(days=days(found.all, about=False)), on_click=_take, args=(found.all,))


def _take(suggested: int) -> None:
    chosen = min(suggested, LONGEST_THRESHOLD)
    save(lost_after_days=chosen)
    st.session_state["lost_after"] = chosen


def past_section() -> None:
    """The back-test: a verdict, the picture, the table."""
    st.subheader(_("Tested on your own past"), anchor=False)
    found = back_test(workspace())
    if found is None or found.worst is None:
        st.markdown(story_past.back_test_missing(back_test_missing(workspace())))
        return
    st.markdown(story_past.back_test(found, settings().threshold))
    chart(charts.calibration(found, colours()), "calibration")
    bars = _("Bars: the share that really came back. Dashes: what the return curve of that day had predicted.")
    hollow = _("Hollow: fewer than 30 customers, too few to judge by.")
    is_hollow = any(band.customers and not band.is_judged for band in found.bands)
    st.caption(sentences(bars, hollow) if is_hollow else bars)
    with st.expander(_("The figures")):
        _figures(found)


def _customers(band: BackTestBand) -> str:
    n = count(band.customers)
    return _("{n} (too few)").format(n=n) if band.customers and not band.is_judged else n


def _figures(found: BackTest) -> None:
    rows = [
        {
            _("Days of silence"): labels.day_band(band.silence_from, band.silence_to),
            _("Customers"): _customers(band),
            _("Predicted"): percent(band.predicted),
            _("Came back"): percent(band.actual),
        }
        for band in found.bands
    ]
    st.table(rows, border="horizontal", hide_index=True)
    if found.unpredicted:
        st.caption(
            escape(
                _("{n} customers had been silent for longer than the history of that day could tell about.").format(
                    n=count(found.unpredicted)
                )
            )
        )
