"""A real server in a process of its own and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.server import free_port
from dashboard.shops import load_shop
from metrics import Workspace
from sample_data import sample_files

expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# Run to its end, nothing of it old, no part fading in, the sidebar mended (`readable.js`), and no change for a while.
WATCH = """() => {
  window.lastChange = performance.now();
  window.changes ??= new MutationObserver(() => { window.lastChange = performance.now(); });
  window.changes.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
STILL = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
  && !document.querySelector('[data-testid=stSidebarNavItems]:has(> div):not([role=presentation])')
  && !document.getAnimations().some(one =>
    one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity)
  && performance.now() - window.lastChange > 300"""


def still(page: Page) -> None:
    """Wait until the page stands still: what is looked at with axe must not be on its way."""
    page.get_by_role("heading", level=1).wait_for()
    page.evaluate(WATCH)
    page.wait_for_function(STILL)


@contextmanager
def running(data: Path, *arguments: str) -> Iterator[str]:
    """The address of `winback open` on a data folder, until the block ends."""
    port = free_port("127.0.0.1", 8600 + os.getpid() % 300)
    log = data.parent / "server.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "open", "--no-browser", "--data", str(data), "--port", str(port),
         *arguments],
        cwd=data.parent, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log.open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, log)
        yield address
        assert "Traceback" not in log.read_text()
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(240):
        if process.poll() is not None:
            raise AssertionError(f"the server stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.25)
    raise AssertionError("the server did not come up")


def browser_path() -> str:
    """A browser of the machine; end-to-end tests are never skipped, so without one they fail."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "no browser on PATH: run scripts/browser.sh"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        held = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield held
        held.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page 1280 wide that notes every request (`page.asked`) and every uncaught script error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    held = context.new_page()
    held.set_default_timeout(30_000)
    held.asked = []  # type: ignore[attr-defined]
    held.on("request", lambda request: held.asked.append(request.url))  # type: ignore[attr-defined]
    yield held
    context.close()


@pytest.fixture(scope="session")
def spice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the spice shop loaded."""
    folder = tmp_path_factory.mktemp("spice") / "data"
    with Workspace.open(folder) as workspace:
        load_shop(workspace, sample_files()["spice"], workspace.inbox)
    with running(folder) as address:
        yield address
