"""Naughty headers in a real browser: read as they are written; no link, no picture, no script, no request."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import running
from tests.factories import shared_data

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e"), pytest.mark.timeout(300)]

OWN = (
    "http://a.example/x", "www.example.com", "me@example.com", "![x](http://a.example/i.png)", ":material/home:",
    ":red[x]", "$x^2$", "a -> b <- c -- d", "&lt;b&gt; &amp; &#65;", ":streamlit:", ":smile:", "~~x~~", "1. x", "[^1]",
)  # fmt: skip


def seen(text: str) -> str:
    """What a person sees of a text: what has no width is not seen, and blanks are one."""
    return " ".join(re.sub(r"[\u2060\ufeff\ufffd\x00-\x08\x0e-\x1f\x7f]", "", text).split())


def not_told(page: Page, headers: list[str]) -> list[str]:
    """The headers that the form does not show, when it has had its time: its texts come after its frame."""
    missing = headers
    for _attempt in range(120):
        told = seen(page.get_by_test_id("stForm").first.inner_text())
        missing = [header for header in headers if seen(header) not in told]
        if not missing:
            break
        page.wait_for_timeout(500)
    return missing


def test_naughty_headers_are_words(page: Page, tmp_path: Path) -> None:
    lines = (shared_data() / "dirty" / "blns" / "blns.txt").read_bytes().decode("utf-8").split("\n")
    headers = [*OWN, *dict.fromkeys(text for text in map(seen, lines) if re.search(r"[^\w\s]", text))]
    path = tmp_path / "![x](http:a.example) <b>&amp; www.example.com.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *([f"{header} {row}" for header in headers] for row in (1, 2))])
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    with running(tmp_path / "data") as address:
        page.goto(f"{address}/data")
        page.locator("input[type=file]").set_input_files(path)
        page.get_by_test_id("stForm").first.wait_for(timeout=120_000)
        assert seen(page.locator("h3").first.inner_text()) == seen(path.name)
        assert not_told(page, headers) == []
        made = "[data-testid=stForm] a, [data-testid=stForm] img, .katex, h3 a, h3 img"
        assert page.get_by_test_id("stMain").locator(made).count() == 0
        assert all(asked.startswith((address, address.replace("http", "ws"), "data:", "blob:")) for asked in page.asked)
