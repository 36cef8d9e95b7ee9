"""Downloads: made once, named by their content, safe to open."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
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


def test_large_files_that_differ_in_one_row_are_each_session_s_own(offered):
    """Streamlit knows a file of over 1 MiB by sampled bytes, its length and name; all sessions share its store."""
    chance = random.Random(7)
    row = b"C0000001;Ann Example;ann@example.com;2024-01-05;120.50\r\n"
    rows = (1 << 20) // len(row) + 200
    store = MemoryMediaFileStorage("/media")
    unseen = 0
    for _pair in range(200):
        place = chance.randrange(rows)
        contents = [row * place + changed + row * (rows - place - 1) for changed in (row, row.replace(b"120", b"999"))]
        for content in contents:
            downloads.content_download("list", content, "win-back", "csv", "text/csv")
        named = offered[-2:]
        ids = [store.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, name) for name, content in named]
        assert [store.get_file(f"{one}.csv").content for one in ids] == contents
        alike = {
            store.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "same.csv") for content in contents
        }
        unseen += len(alike) == 1
        for one in {*ids, *alike}:
            store.delete_file(one)
    assert unseen > 100  # under one name most pairs would have been taken for one file
