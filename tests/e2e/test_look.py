"""What only a browser can say of the look: cards of a row stand level, and no figure is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

VALUES = """() => [...document.querySelectorAll('[data-testid=stMetricValue]')].map((one) => ({
  top: Math.round(one.getBoundingClientRect().top),
  cut: [one, ...one.querySelectorAll('*')].some((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth),
}))"""


@pytest.mark.parametrize(("path", "language"), [("reasons", "zh"), ("lifecycle", "ru"), ("winback", "ru")])
def test_values_of_a_row_stand_level_and_are_whole(browser: Browser, spice: str, path: str, language: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{spice}/{path}?lang={language}")
    still(page)
    found = page.evaluate(VALUES)
    context.close()
    assert len(found) == 4
    assert len({one["top"] for one in found}) == 1
    assert not any(one["cut"] for one in found)
