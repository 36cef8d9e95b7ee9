"""What outlives one run of a page: the deployment, the workspace, the person's settings. State keys live here alone."""

from __future__ import annotations

import gc
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from dashboard.deployment import deployment
from dashboard.i18n import LANGUAGES
from dashboard.palette import Palette, palette
from metrics import Settings, Workspace
from metrics.settings import Language

WORKSPACE: Final = "_workspace"
SCRATCH: Final = "_scratch"
UPLOAD: Final = "_upload"
WAITING: Final = "_waiting"
TAKE_ALL: Final = "_take_all"
FLASH: Final = "_flash"
LEFT_OUT: Final = "_left_out"
DRAFT: Final = "_winback_draft"
STAGE_ROWS: Final = "_winback_stage_rows"
PRESET_TAKEN: Final = "_winback_preset"
FULL_COST: Final = "_winback_full_cost"
SEGMENT: Final = "_segment"
SEGMENT_VERSION: Final = "_segment_version"
MADE_FILES: Final = "_made_files"
LAST_MARK: Final = "_last_mark"
REPORT: Final = "_report"
PAGE_ADDRESS: Final = "_page_address"
PREVIEW: Final = "_preview"
ADDRESS_TAKEN: Final = "_address_taken"
WALL_PLAYS: Final = "_wall_plays"
ON_WALL: Final = {"view": "wall"}
IN_ADDRESS: Final = {
    "industry": "industry",
    "lost_after": "lost_after_days",
    "period": "period",
    "window": "window",
    "money": "money_as",
}
SETTING_WIDGETS: Final = (
    "industry", "lost_after", "period", "window", "money", "currency", "margin", "as_of", "count_zero",
    "monthly_rent", "monthly_salary", "grace",
)  # fmt: skip


@st.cache_resource(show_spinner=False, on_release=Workspace.close)
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
    workspace().update(**changes)


def seed(key: str, value: object) -> str:
    """Give a widget its stored value, at first and whenever another session has changed it. Returns the key."""
    seen = f"_stored_{key}"
    changed = st.session_state.get(seen, value) != value
    # Setting a widget to what it already holds would still pull it back from where a hand has moved it meanwhile.
    if key not in st.session_state or (changed and st.session_state[key] != value):
        st.session_state[key] = value
    st.session_state[seen] = value
    return key


def forget_widgets() -> None:
    """Let the widgets of the settings start again from what is stored."""
    for key in SETTING_WIDGETS:
        st.session_state.pop(key, None)


def take_address() -> None:
    """Take over the settings that the address names, once per session; what cannot be is left as it was."""
    if ADDRESS_TAKEN in st.session_state:
        return
    st.session_state[ADDRESS_TAKEN] = True
    if st.query_params.get("lang") in LANGUAGES:
        st.session_state["lang"] = st.query_params["lang"]
    given: dict[str, str | None] = {
        field: st.query_params[name] for name, field in IN_ADDRESS.items() if name in st.query_params
    }
    if given.get("industry", settings().industry) != settings().industry:
        given = {"lost_after_days": None, **given}
    try:
        save(**given)
    except ValidationError:
        return


def show_address() -> None:
    """Keep the settings that hold no business secrets in the address, so that a page can be linked to."""
    wanted = {**address(), **(ON_WALL if wall_asked() else {}), **st.session_state.get(PAGE_ADDRESS, {})}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def address() -> dict[str, str]:
    """What the address of any page says: the language and the settings that are not the usual ones."""
    chosen, usual = settings().model_dump(), Settings().model_dump()
    wanted = {name: str(chosen[field]) for name, field in IN_ADDRESS.items() if chosen[field] != usual[field]}
    return wanted if language() == usual["language"] else {**wanted, "lang": language()}


def wall_asked() -> bool:
    """Whether the address asks for the wall in place of the page."""
    return all(st.query_params.get(name) == value for name, value in ON_WALL.items())


def asked_language() -> Language:
    """The language that the address names, for when there is no workspace to ask."""
    named = st.query_params.get("lang")
    return named if named in LANGUAGES else "en"


def language() -> Language:
    """The language of this session: the one chosen in it, else the workspace's."""
    chosen = st.session_state.get("lang")
    return chosen if chosen in LANGUAGES else settings().language


def keep_language() -> None:
    """Hold the session's language over a run that does not draw its field, whose state Streamlit would clear."""
    if "lang" in st.session_state:
        st.session_state["lang"] = st.session_state["lang"]


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
