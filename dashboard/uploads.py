"""Files on their way in: one is looked at, the others wait their turn; all of it belongs to one browser session."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.deployment import deployment
from dashboard.session import TAKE_ALL, UPLOAD, WAITING, scratch
from metrics.intake.contract import ColumnMap, Reading


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: where it lies, what the person chose, what reading it came to.

    `is_afresh`: what was chosen for such files before is left aside. It is file `place` of `of`.
    """

    path: Path
    name: str
    mapping: ColumnMap | None = None
    reading: Reading | None = None
    is_afresh: bool = False
    place: int = 1
    of: int = 1


def current() -> Upload | None:
    """The file that is looked at; the next one that waits where there is none."""
    held: Upload | None = st.session_state.get(UPLOAD)
    waiting = _waiting()
    if held is None and waiting:
        held = waiting.pop(0)
        st.session_state[UPLOAD] = held
    return held


def n_waiting() -> int:
    """How many files wait for their turn."""
    return len(_waiting())


def accept(files: Iterable[UploadedFile]) -> None:
    """Take uploaded files over; they are read one after another, by name."""
    ordered = sorted(files, key=lambda file: file.name)
    for place, file in enumerate(ordered, start=1):
        path = scratch() / f"upload_{turn()}_{place}"
        with path.open("wb") as target:
            shutil.copyfileobj(file, target)
        _waiting().append(Upload(path, file.name, place=place, of=len(ordered)))
    st.session_state["_turn"] = turn() + 1


def read_again(upload: Upload, mapping: ColumnMap | None, *, is_afresh: bool = False) -> None:
    """Have a file read once more, with other choices."""
    st.session_state[UPLOAD] = replace(upload, mapping=mapping, reading=None, is_afresh=is_afresh or upload.is_afresh)


def was_read(upload: Upload, reading: Reading) -> None:
    """Keep what reading a file came to."""
    st.session_state[UPLOAD] = replace(upload, reading=reading)


def forget() -> None:
    """Drop the file that is looked at; the next one follows."""
    held: Upload | None = st.session_state.pop(UPLOAD, None)
    if held is not None and held.path.parent == scratch():
        held.path.unlink(missing_ok=True)
    if not _waiting():
        st.session_state.pop(TAKE_ALL, None)


def take_all() -> None:
    """From here on add every waiting file that raises no question."""
    st.session_state[TAKE_ALL] = True


def takes_all() -> bool:
    """Whether files that raise no question are added without asking."""
    return bool(st.session_state.get(TAKE_ALL))


def turn() -> int:
    """Counts the uploads, so that an emptied uploader is a new one."""
    return int(st.session_state.setdefault("_turn", 0))


def _waiting() -> list[Upload]:
    if WAITING not in st.session_state:
        paths = deployment().files
        st.session_state[WAITING] = [
            Upload(path, path.name, place=place, of=len(paths)) for place, path in enumerate(paths, start=1)
        ]
    waiting: list[Upload] = st.session_state[WAITING]
    return waiting
