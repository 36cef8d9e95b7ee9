"""What axe finds on every page, everything on it unfolded: nothing serious, in both themes and every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.i18n import LANGUAGES
from sample_data import sample_files
from scripts.screenshots import PAGES
from tests.e2e.conftest import still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

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


def in_both_themes(page: Page, name: str) -> dict[str, list[str]]:
    """The same of a page in light and in dark: there the contrasts alone, for nothing else changes."""
    found = {name: serious(page)}
    page.emulate_media(color_scheme="dark")
    still(page)
    found[f"{name}, dark"] = serious(page, runOnly=["color-contrast"])
    page.emulate_media(color_scheme="light")
    return {name: what for name, what in found.items() if what}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_axe_finds_nothing_serious(browser: Browser, spice: str, language: str):
    context = browser.new_context(
        color_scheme="light", reduced_motion="reduce", viewport={"width": 1280, "height": 1600}
    )  # fmt: skip
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(f"{spice}/{path}?lang={language}")
        still(page)
        page.evaluate(UNFOLD)
        still(page)
        assert page.locator("html").get_attribute("lang") == language
        found |= in_both_themes(page, name)
        for tab in page.get_by_role("tab").all()[1:] if language == "en" else []:
            tab.click()
            still(page)
            found |= in_both_themes(page, f"{name}, {tab.inner_text()}")
    page.goto(f"{spice}/?view=wall&lang={language}")
    still(page)
    found |= in_both_themes(page, "wall")
    context.close()
    assert found == {}


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
