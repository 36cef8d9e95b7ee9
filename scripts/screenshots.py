"""Screenshots of every page in both themes, three languages, wide and phone, from the running product.

Each is as high as its page.

The wall is one screen of a projector. `--readme` makes only the pictures of the README and the guides, in docs/.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from dashboard.shops import load_shop
from metrics import Workspace
from metrics.settings import Language
from sample_data import sample_files
from scripts.guide import PICTURES, picture
from tests.e2e.conftest import FLAGS, ROOT, browser_path, running

PAGES = {
    "overview": "",
    "threshold": "threshold",
    "money": "money",
    "goals": "goals",
    "lifecycle": "lifecycle",
    "reasons": "reasons",
    "due": "due",
    "winback": "winback",
    "segments": "segments",
    "show": "show",
    "data": "data",
    "glossary": "glossary",
}
LANGUAGES: tuple[Language, ...] = ("en", "ru", "zh")
THEMES = ("light", "dark")
WIDTHS = (1280, 390)
WALL = "wall"
PROJECTOR = 1920
TALLEST = 6000
# To the end of what is on the page: below it Streamlit leaves room for a chat.
HEIGHT = """() => {
  const main = document.querySelector('[data-testid=stMainBlockContainer]');
  const side = document.querySelector('[data-testid=stSidebarContent]');
  const end = (one) => one.getBoundingClientRect().bottom;
  const beside = innerWidth > 640 && side ? [...side.children] : [];
  return Math.ceil(Math.max(...[...main.children, ...beside].map(end))) + 32;
}"""


def main() -> None:
    """Start a server on each sample shop and walk through its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots")
    parser.add_argument("--shop", choices=list(sample_files()), default="spice")
    chosen = parser.parse_args()
    out = ROOT / "docs" if chosen.readme else chosen.out
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        with Workspace.open(folder) as workspace:
            load_shop(workspace, sample_files()[chosen.shop], workspace.inbox or folder)
            workspace.update(tour_seen=True)
        with running(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            for name, page, language, theme, width in _shots(readme=chosen.readme):
                url = f"{address}/?view=wall" if page == WALL else f"{address}/{PAGES[page]}?"
                _shoot(browser, f"{url}&lang={language}", out / f"{name}.png", theme, width)
                if chosen.readme:
                    _slim(out / f"{name}.png")
            browser.close()


def _shots(*, readme: bool) -> Iterator[tuple[str, str, str, str, int]]:
    if readme:
        for page in PICTURES:
            for language in LANGUAGES:
                theme = "dark" if page == "money" else "light"
                yield picture(page, language).removesuffix(".png"), page, language, theme, 1280
        yield "wall", WALL, "en", "dark", PROJECTOR
        return
    for page in (*PAGES, WALL):
        for language in LANGUAGES:
            for theme in THEMES:
                for width in (PROJECTOR, WIDTHS[1]) if page == WALL else WIDTHS:
                    yield f"{page}-{language}-{theme}-{width}", page, language, theme, width


def _shoot(browser: Browser, url: str, path: Path, theme: str, width: int) -> None:
    height = PROJECTOR * 9 // 16 if width == PROJECTOR else 900
    context = browser.new_context(
        color_scheme=theme,
        reduced_motion="reduce",
        viewport={"width": width, "height": height},  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(url)
    page.get_by_role("heading", level=1).wait_for(timeout=30_000)
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    height = 0
    for _attempt in range(0 if width == PROJECTOR else 20):
        page.wait_for_timeout(800)
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
        before, height = height, int(page.evaluate(HEIGHT))
        if height == before:
            break
        page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    page.screenshot(path=path)
    context.close()


def _slim(path: Path) -> None:
    """A picture in a repository stays small: 128 colours are enough for a screen of few."""
    with Image.open(path) as found:
        found.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
