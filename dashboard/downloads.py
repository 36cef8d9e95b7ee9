"""Download buttons. Streamlit tells large files apart by a sample of their bytes, so the name carries their hash."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import intake_words as words
from dashboard.formats import count
from dashboard.i18n import _, current, ngettext
from dashboard.session import LEFT_OUT
from metrics.export import csv_for_people


def rejected_rows(path: Path, n: int) -> None:
    """A button for the rows that were left out, each with its reason in words."""
    name, content = _left_out(path)
    st.download_button(
        ngettext("Download the row left out", "Download the {n} rows left out", n).format(n=count(n)),
        content,
        file_name=name,
        mime="text/csv",
    )


def _left_out(path: Path) -> tuple[str, bytes]:
    """The file's name and content, made once per reading and language and kept in this browser session alone.

    Streamlit could make it when the button is pressed, but would want the name, and with it the hash, before that.
    """
    version = (path, path.stat().st_mtime_ns, current())
    held = st.session_state.get(LEFT_OUT)
    if held is None or held[0] != version:
        content = _with_reasons(path)
        held = (version, (f"left-out-{hashlib.sha256(content).hexdigest()[:12]}.csv", content))
        st.session_state[LEFT_OUT] = held
    named: tuple[str, bytes] = held[1]
    return named


def _with_reasons(path: Path) -> bytes:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        header = next(rows)
        named = [*header[:-1], _("why it was left out")]  # the reason is always the last column
        return csv_for_people(named, ([*row[:-1], words.reject_reason(row[-1])] for row in rows))


MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "ics": "text/calendar",
    "zip": "application/zip",
}


def file_download(
    text: str, content: Callable[[], bytes], name: str, *, is_first: bool, on_click: Callable[[], None]
) -> None:
    """A button that hands out a file under a name that carries its content's hash; read when it is pressed."""
    st.download_button(
        text, content, file_name=name, mime=MIMES[Path(name).suffix.removeprefix(".")],
        type="primary" if is_first else "secondary", on_click=on_click,
    )  # fmt: skip


def content_download(
    text: str, content: bytes, name: str, kind: str, mime: str, *, is_primary: bool = False
) -> None:  # fmt: skip
    """A button that hands out `content` under a name that carries its hash."""
    st.download_button(
        text,
        content,
        file_name=f"{name}-{hashlib.sha256(content).hexdigest()[:12]}.{kind}",
        mime=mime,
        type="primary" if is_primary else "secondary",
    )
