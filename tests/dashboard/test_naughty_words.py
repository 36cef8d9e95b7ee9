"""The big list of naughty strings on a page: shown as text, whatever Markdown or Streamlit would make of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from dashboard.markdown import escape
from metrics import Workspace
from tests.factories import DOZEN, reading_of, shared_data
from tests.serving import served

OWN = (
    "http://a.example/x", "www.example.com", "me@example.com", "![x](http://a.example/i.png)", ":material/home:",
    ":red[x]", "$x^2$", "a -> b <- c -- d", "&lt;b&gt; &amp; &#65;", "<img src=x onerror=alert(1)>", "[^1]", "\\",
)  # fmt: skip


@pytest.fixture
def strings() -> list[str]:
    """The list, and what Streamlit makes more of than Markdown does."""
    text = (shared_data() / "dirty" / "blns" / "blns.txt").read_bytes().decode("utf-8")
    return list(dict.fromkeys([*OWN, *filter(None, map(one_line, text.split("\n")))]))


def one_line(text: str) -> str:
    """A string as a header keeps it."""
    return " ".join(text.replace("\ufeff", "").split())


def shown(text: str) -> str:
    """What a person sees of a text: what has no width is not seen."""
    return re.sub(r"[\u2060\ufeff\x00-\x1f\x7f]", "", one_line(text))


def test_markdown_makes_nothing_of_escaped_words(strings: list[str]) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for text in strings:
        paragraph, inline, end = parser.parse(f"x {escape(text)} x")
        assert (paragraph.type, inline.type, end.type) == ("paragraph_open", "inline", "paragraph_close"), text
        assert {each.type for each in inline.children} <= {"text", "softbreak", "text_special"}, text
        seen = "".join(each.content or " " for each in inline.children)
        assert shown(seen) == shown(f"x {text} x"), text


def test_what_streamlit_looks_for_after_markdown_is_parted() -> None:
    live = re.compile(r"https?://|www\.\w|\w@\w|:material/|:streamlit:|->|<-|--|>=|<=|~=")
    for text in OWN:
        assert not live.search(escape(text).replace("\\", "")), text


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """An empty folder of data, open in the server's place."""
    folder = tmp_path / "data"
    with served(folder):
        yield folder


def _data_page() -> None:
    import importlib

    import streamlit as st

    from dashboard import i18n

    i18n.use("en")
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "threshold", "money", "data")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    importlib.import_module("dashboard.views.data").page()


def table(headers: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headers, *([f"{header} {row}" for header in headers] for row in (1, 2))])
    return out.getvalue().encode()


def test_headers_and_names_on_the_page_of_data(strings: list[str], shop: Path) -> None:
    app = AppTest.from_function(_data_page, default_timeout=120).run()
    app.file_uploader[0].upload(f"{OWN[3]}.csv", table(strings), "text/csv").run()
    assert not app.exception
    assert app.subheader[0].value == escape(f"{OWN[3]}.csv")
    assert app.radio
    options = [option for radio in app.radio for option in radio.options]
    for text in strings:
        assert any(option.startswith(escape(text)) for option in options), text


def test_names_of_loaded_files(shop: Path) -> None:
    with Workspace.open(shop) as workspace:
        for name in OWN:
            workspace.ingest(replace(reading_of(DOZEN, workspace.inbox), file_name=name))
    app = AppTest.from_function(_data_page, default_timeout=60).run()
    assert not app.exception
    said = "\n".join(text.value for text in app.markdown)
    assert all(f"**{escape(name)}**" in said for name in OWN)
