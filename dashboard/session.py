"""What outlives one run of a page: the deployment, the workspace, the person's settings. State keys live here alone."""

from __future__ import annotations

import gc
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import streamlit as st

from dashboard.deployment import deployment
from dashboard.i18n import LANGUAGES
from dashboard.palette import Palette, palette
from metrics import Settings, Workspace
from metrics.settings import Language

WORKSPACE: Final = "_workspace"
SCRATCH: Final = "_scratch"
UPLOAD: Final = "_upload"
FLASH: Final = "_flash"
SETTING_WIDGETS: Final = (
    "industry", "lost_after", "period", "window", "money", "currency", "margin", "as_of", "count_zero",
    "monthly_rent", "monthly_salary",
)  # fmt: skip


@st.cache_resource(show_spinner=False)
def _shared_workspace(folder: Path) -> Workspace:
    return Workspace.open(folder)


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Once per server: load what the libraries load lazily, then take it out of the garbage collector's sight.

    Two sessions that draw their first chart at once would see pandas half loaded; the collector, which Streamlit runs
    after every script, would walk all that is loaded for good each time.
    """
    import_module("pandas")
    import_module("plotly.graph_objects")
    gc.collect()
    gc.freeze()


def workspace() -> Workspace:
    """The workspace of this server's folder, or this browser session's own one. Raises WorkspaceError."""
    folder = deployment().folder
    if folder is not None:
        return _shared_workspace(folder)
    if WORKSPACE not in st.session_state:
        st.session_state[WORKSPACE] = Workspace.open(None)
    held: Workspace = st.session_state[WORKSPACE]
    return held


def scratch() -> Path:
    """A folder of this browser session for files on their way in; the workspace may read from it."""
    if SCRATCH not in st.session_state:
        st.session_state[SCRATCH] = tempfile.TemporaryDirectory(prefix="winback-", dir=workspace().inbox)
    held: tempfile.TemporaryDirectory[str] = st.session_state[SCRATCH]
    return Path(held.name)


def settings() -> Settings:
    """The workspace's settings."""
    return workspace().settings


def save(**changes: Any) -> None:
    """Store changed settings; nothing happens when nothing changed."""
    workspace().save(settings().with_changes(**changes))


def seed(key: str, value: object) -> str:
    """Give a widget its stored value unless this session or the address already has one. Returns the key."""
    if key not in st.session_state and key not in st.query_params:
        st.session_state[key] = value
    return key


def forget_widgets() -> None:
    """Let the widgets of the settings start again from what is stored."""
    for key in SETTING_WIDGETS:
        st.session_state.pop(key, None)


def language() -> Language:
    """The language of this session: the address, else the choice made here, else the workspace's."""
    chosen = st.session_state.get("lang") or st.query_params.get("lang") or settings().language
    return chosen if chosen in LANGUAGES else "en"


def colours() -> Palette:
    """The palette of the theme the browser shows."""
    return palette("dark" if st.context.theme.type == "dark" else "light")


def flash(text: str) -> None:
    """Say something once, after the next run."""
    st.session_state[FLASH] = text


def show_flash() -> None:
    """Say what `flash` kept."""
    text = st.session_state.pop(FLASH, None)
    if text:
        st.toast(text)
