"""The page that makes the report: what it offers before and after, in which language, and for how long it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import browser_print, session
from dashboard.browser_print import PrintError
from dashboard.session import REPORT
from tests.serving import served

PRINTED = b"%PDF-1.4 printed"


@pytest.fixture(autouse=True)
def server(spice: Path) -> Iterator[None]:
    with mock.patch("gc.freeze"), served(spice):
        yield


def _page(language: str) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import show

    i18n.use(language)
    st.session_state["lang"] = language
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "money", "show")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    show.page()


def opened(language: str = "en") -> AppTest:
    return AppTest.from_function(_page, args=(language,), default_timeout=60).run()


def made(page: AppTest, printing: object = PRINTED) -> AppTest:
    told = {"side_effect": printing} if isinstance(printing, Exception) else {"return_value": printing}
    with mock.patch("dashboard.views.show.pdf_of", **told):
        page.button(key="make_report").click().run()
    assert not page.exception
    return page


def downloads(page: AppTest) -> list[str]:
    return [button.label for button in page.get("download_button")]


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_it_offers_the_report_and_its_pictures(language: str):
    page = opened(language)
    assert not page.exception
    assert page.title[0].value.endswith(("?", "？"))
    assert len([line for line in page.markdown if line.value.startswith("1. ")]) == 1
    assert downloads(page) == []
    made(page)
    assert len(downloads(page)) == 2 + 2 * 7
    assert downloads(page)[2:4] == ["SVG", "PNG"]
    report = page.session_state[REPORT][1]
    assert report.pdf == PRINTED
    assert f'<html lang="{language}">'.encode() in report.html


def test_the_report_may_speak_another_language_than_the_page():
    page = opened("en")
    page.selectbox(key="report_language").select("zh")
    made(page)
    report = page.session_state[REPORT][1]
    assert b'<html lang="zh">' in report.html
    assert 'xml:lang="zh"' in report.pictures[0].svg
    assert downloads(page)[:2] == ["Download PDF", "Download HTML"]


def test_other_settings_make_it_another_report():
    page = made(opened())
    assert downloads(page)
    session.workspace().update(lost_after_days=100)
    try:
        page.run()
        assert downloads(page) == []
    finally:
        session.workspace().update(lost_after_days=None)
    page.run()
    assert downloads(page)


def test_without_a_browser_there_is_the_page_to_print_and_no_points(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(browser_print.BROWSER, "no-such-browser")
    page = made(opened(), PrintError("no_browser"))
    assert downloads(page) == ["Download HTML", *["SVG"] * 7]
    assert any("No browser was found" in caption.value for caption in page.caption)
