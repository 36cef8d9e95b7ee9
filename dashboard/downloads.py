"""Download buttons. Streamlit tells large files apart by a sample of their bytes, so the name carries their hash."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import streamlit as st

from dashboard import intake_words as words
from dashboard.formats import count
from dashboard.i18n import _, ngettext
from metrics.export import csv_for_people


def rejected_rows(path: Path, n: int) -> None:
    """A button for the rows that were left out, each with its reason in words."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    header, body = rows[0], rows[1:]
    named = [*header[:-1], _("why it was left out")]  # the reason is always the last column
    content = csv_for_people(named, ([*row[:-1], words.reject_reason(row[-1])] for row in body))
    st.download_button(
        ngettext("Download the row left out", "Download the {n} rows left out", n).format(n=count(n)),
        content,
        file_name=f"left-out-{hashlib.sha256(content).hexdigest()[:12]}.csv",
        mime="text/csv",
    )
