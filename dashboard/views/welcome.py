"""Before there are orders, and when the data cannot be opened."""

from __future__ import annotations

import streamlit as st

from dashboard import labels
from dashboard.components import head, nothing_loaded
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import workspace
from dashboard.views.samples import sample_buttons
from metrics.errors import WorkspaceError


def page() -> None:
    """One sentence and the ways in."""
    if any(batch.kind == "orders" for batch in workspace().batches()):
        head(
            _("Nothing to show yet"),
            _("No order counts up to the day that is shown; choose a later day in the settings, or add orders."),
        )
        return
    nothing_loaded()
    st.caption(_("Or look around in a sample shop first:"))
    sample_buttons()


def cannot_open(problem: WorkspaceError) -> None:
    """Why the data cannot be opened and what to do."""
    head(_("Your data cannot be opened"), escape(labels.error(problem)))
    st.button(_("Try again"))
