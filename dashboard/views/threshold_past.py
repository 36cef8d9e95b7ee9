"""The test of the return curve on the business's own past."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, labels, story_past
from dashboard.components import chart
from dashboard.formats import count, percent, sentences
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, settings, workspace
from metrics.backtest import back_test, back_test_missing
from metrics.threshold_results import BackTest, BackTestBand


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
