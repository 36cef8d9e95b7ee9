"""What axe finds on every page, everything on it unfolded: nothing serious, in both themes and every language.

On the way every page is made as narrow as a phone, and whom the browser asks is noted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.i18n import LANGUAGES
from sample_data import sample_files
from scripts.screenshots import PAGES
from tests.e2e.conftest import still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

WIDE: ViewportSize = {"width": 1280, "height": 1600}
UNFOLD = "for (const one of document.querySelectorAll('details:not([open]) > summary')) one.click()"


def serious(page: Page, **options: Any) -> list[str]:
    """What axe calls serious or critical: rule, place and why."""
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    )
    return [
        f"{rule['id']} at {node['target']}: {node.get('failureSummary', '')}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def looked_at(page: Page, name: str, language: str) -> dict[str, list[str]]:
    """What axe finds in light and in dark: there the contrasts alone, and once, for no language changes a colour."""
    found = {name: serious(page)}
    if language == "en":
        page.emulate_media(color_scheme="dark")
        still(page)
        found[f"{name}, dark"] = serious(page, runOnly=["color-contrast"])
        page.emulate_media(color_scheme="light")
    return {name: what for name, what in found.items() if what}


def looked_at_on_a_phone(page: Page, name: str, language: str) -> dict[str, list[str]]:
    """What is wrong at a phone's width: a page scrolls only downwards; axe looks at the longest words."""
    page.set_viewport_size({"width": 390, "height": 844})
    still(page)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    found = [f"{wide} wide"] if wide > 390 else []
    found += serious(page) if language == "ru" else []
    page.set_viewport_size(WIDE)
    still(page)
    return {f"{name}, phone": found} if found else {}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_page_is_for_everybody_and_asks_nobody_else(browser: Browser, spice: str, language: str):
    """Axe finds nothing serious, a phone scrolls only downwards, no request leaves the host."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce", viewport=WIDE)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(f"{spice}/{path}?lang={language}")
        still(page)
        found |= looked_at_on_a_phone(page, name, language)
        page.evaluate(UNFOLD)
        still(page)
        assert page.locator("html").get_attribute("lang") == language
        assert page.get_by_test_id("stException").count() == 0
        found |= looked_at(page, name, language)
        for tab in page.get_by_role("tab").all()[1:] if language == "en" else []:
            tab.click()
            still(page)
            found |= looked_at(page, f"{name}, {tab.inner_text()}", language)
    page.goto(f"{spice}/?view=wall&lang={language}")
    still(page)
    found |= looked_at(page, "wall", language)
    context.close()
    assert found == {}
    assert {urlparse(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_report_is_clean_too(browser: Browser, tmp_path: Path, language: str):
    path = tmp_path / "report.html"
    orders = str(sample_files()["spice"].path)
    found = CliRunner().invoke(app, ["report", orders, "--html", str(path), "--lang", language])
    assert found.exit_code == 0, found.output
    page = browser.new_page()
    page.goto(path.as_uri())
    assert serious(page) == []
    page.close()
