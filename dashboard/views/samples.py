"""The sample shops: try them, know them, remove them."""

from __future__ import annotations

import streamlit as st

from dashboard.i18n import _
from dashboard.importing import progress
from dashboard.session import UPLOAD, flash, forget_widgets, scratch, workspace
from dashboard.shops import load_shop, loaded_samples, sample_batches, shop_settings
from metrics.reason_notes import forget_reasons
from sample_data import sample_files


def names() -> dict[str, str]:
    """The sample shops' names by key."""
    return {"spice": _("Spice shop"), "fashion": _("Fashion shop"), "supplier": _("B2B supplier")}


def sample_buttons() -> None:
    """One button per sample shop that is not loaded."""
    chosen, loaded = None, loaded_samples(workspace())
    with st.container(horizontal=True):
        for key, name in names().items():
            if key not in loaded and st.button(name, key=f"sample_{key}"):
                chosen = key
    if chosen is None:
        return
    with progress() as report:
        load_shop(workspace(), sample_files()[chosen], scratch(), report)
    forget_widgets()
    flash(_("The sample shop is loaded: open the overview."))
    st.rerun()


def banner() -> None:
    """Says that the figures are of an invented shop, with a way out."""
    if not sample_batches(workspace()):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sample_banner"):
        st.caption(_("These are the figures of an invented shop."), width="content")
        if st.button(_("Remove it"), type="tertiary"):
            remove()
            st.session_state.pop(UPLOAD, None)
            st.rerun()


def remove() -> None:
    """Take the sample shops back and forget their settings."""
    workspace().undo(*sample_batches(workspace()), settings=shop_settings(None))
    forget_reasons(workspace())
    forget_widgets()
