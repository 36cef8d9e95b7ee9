"""The report in a real browser: nothing is cut off on its sheets, its files come, it fits a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from dashboard import i18n
from dashboard.report import document
from dashboard.report.data import ReportData
from metrics.goal import Goal
from metrics.goals import GoalPath
from sample_data import sample_files
from tests.dashboard.report_text import report_of

pytestmark = pytest.mark.e2e

# How far the last thing on each sheet is above its foot, and how much each picture was made smaller to fit.
ROOM = """() => [...document.querySelectorAll('.sheet')].map(sheet => {
  const body = sheet.querySelector('.body');
  const pictures = [...body.querySelectorAll('svg')];
  const shrunk = pictures.map(svg => {
    const box = svg.getBoundingClientRect();
    return box.height / (box.width * svg.viewBox.baseVal.height / svg.viewBox.baseVal.width);
  });
  const others = [...sheet.querySelectorAll('*')].filter(
    one => !one.closest('svg') && getComputedStyle(one).display !== 'inline');
  const end = body.lastElementChild.getBoundingClientRect().bottom;
  return {
    room: sheet.querySelector('footer').getBoundingClientRect().top - end,
    shrunk: Math.min(1, ...shrunk),
    wide: others.every(one => one.scrollWidth <= one.clientWidth + 1),
  };
})"""
AT_REST = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
# The widest of the usual fonts: what fits in it fits in others.
WIDE_FONT = "* { font-family: 'DejaVu Sans', 'Noto Sans CJK SC' !important }"


def crowded(data: ReportData) -> ReportData:
    """The same report of a business with three goals and sums of a currency with many noughts."""
    goal = Goal(kind="recovered", start=date(2026, 1, 1), by=date(2026, 12, 1), target=Decimal(1234567))
    path = GoalPath(goal, None, (), (), None, "too_early", "no_whole_month", None, False)
    settings = data.settings.with_changes(currency="IDR")
    terms = replace(data.terms, money=Decimal(123_456_789_012))
    return replace(data, goals=(path, path, path), settings=settings, terms=terms)


@pytest.mark.parametrize("shop", list(sample_files()))
def test_nothing_is_cut_off(page: Page, shop: str):
    data = report_of(shop)
    page.emulate_media(media="print")
    for language in i18n.LANGUAGES:
        for one in (data, crowded(data)):
            i18n.use(language)
            page.set_content(document(one))
            i18n.use("en")
            for font in ("p {}", WIDE_FONT):
                page.add_style_tag(content=font)
                for number, sheet in enumerate(page.evaluate(ROOM), 1):
                    assert sheet["room"] >= 0, (language, number, sheet)
                    assert sheet["shrunk"] > 0.7, (language, number, sheet)
                    assert sheet["wide"], (language, number)


def test_it_reads_on_a_phone(page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.set_content(document(report_of("spice")))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_report_and_a_picture_are_taken_away(spice: str, page: Page):
    page.goto(f"{spice}/show")
    page.get_by_role("button", name="Make the report").click()
    taken = {}
    for kind, label in (("pdf", "Download PDF"), ("html", "Download HTML"), ("svg", "SVG"), ("png", "PNG")):
        button = page.get_by_role("button", name=label).first
        with page.expect_download() as coming:
            button.click()
        assert coming.value.suggested_filename.endswith(f".{kind}")
        taken[kind] = coming.value.path().read_bytes()
        page.wait_for_function(AT_REST)
    assert taken["pdf"].startswith(b"%PDF-")
    assert taken["html"].startswith(b"<!doctype html>")
    assert taken["svg"].startswith(b"<svg")
    assert taken["png"].startswith(b"\x89PNG")
    assert all(url.startswith((spice, "ws", "data:", "blob:")) for url in page.asked)  # type: ignore[attr-defined]
