"""Downloads: made once, named by their content, safe to open."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import downloads

PAGE = """
import streamlit as st
from dashboard import downloads, i18n

i18n.use(st.session_state.get("lang", "en"))
downloads.rejected_rows(st.session_state["path"], 1)
"""


@pytest.fixture
def built() -> Iterator[mock.Mock]:
    with mock.patch.object(downloads, "csv_for_people", wraps=downloads.csv_for_people) as counted:
        yield counted


@pytest.fixture
def offered() -> Iterator[list[tuple[str, bytes]]]:
    """Name and content of each button shown, in turn."""
    shown: list[tuple[str, bytes]] = []

    def show(_label: str, content: bytes, *, file_name: str, **_others: Any) -> None:
        shown.append((file_name, content))

    with mock.patch("streamlit.download_button", show):
        yield shown


def _page(path: Path) -> AppTest:
    page = AppTest.from_string(PAGE)
    page.session_state["path"] = path
    return page.run()


def _rejects(folder: Path, amount: str, changed: int) -> Path:
    path = folder / "rejected.csv"
    path.write_text(f"Customer,Amount,reason\n=ann,{amount},bad_amount\n", encoding="utf-8")
    os.utime(path, ns=(changed, changed))
    return path


def test_rejected_rows_are_made_once_per_reading_and_language(built, offered, tmp_path: Path):
    path = _rejects(tmp_path, "ten", 1)
    page = _page(path).run().run()
    assert not page.exception
    assert built.call_count == 1
    page.session_state["lang"] = "ru"
    page.run()
    assert built.call_count == 2
    _rejects(tmp_path, "six", 2)
    page.run()
    assert built.call_count == 3
    assert len(set(offered)) == 3
    assert "ten" in offered[0][1].decode() and "six" in offered[-1][1].decode()


def test_rejected_rows_are_named_by_their_content_and_say_the_reason(offered, tmp_path: Path):
    _page(_rejects(tmp_path, "ten", 1))
    ((name, content),) = offered
    assert name == f"left-out-{hashlib.sha256(content).hexdigest()[:12]}.csv"
    header, row = content.decode("utf-8-sig").splitlines()
    assert header == '"Customer","Amount","why it was left out"'
    assert row.startswith('"\'=ann","ten","') and "bad_amount" not in row


def test_rejected_rows_of_one_session_are_not_kept_for_another(built, offered, tmp_path: Path):
    path = _rejects(tmp_path, "ten", 1)
    for _session in range(2):
        _page(path)
    assert built.call_count == 2
