"""Twenty people at once, each in a session of their own: how long a page takes to stand still after what they did.

    python -m tests.benchmarks.sessions [--people 20] [--seconds 180]

Each thinks for about ten seconds, then opens another page or moves the threshold's slider. Also the first paint of
every page, alone. Prints the figures and exits with 1 where a limit is passed or anything went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from dashboard.shops import load_shop
from metrics import Workspace
from sample_data import sample_files
from scripts.screenshots import PAGES
from tests.e2e.conftest import FLAGS, browser_path, running

THINK = (5.0, 15.0)
APART = 1.5
"""Seconds between the arrivals."""
FIRST_PAINT = 1.0
RERUN = 1.0
STILL = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
# From before the act to the last time the script stopped running: half a second of rest ends the watch.
WATCH = f"""() => {{
  const began = performance.now();
  let last = null;
  window.watched = new Promise(done => {{
    const look = setInterval(() => {{
      const now = performance.now();
      if (!({STILL})) last = null;
      else if (last === null) last = now;
      if ((last !== null && now - last > 500) || now - began > 30000) {{
        clearInterval(look);
        done((last ?? now) - began);
      }}
    }}, 25);
  }});
}}"""


async def first_paints(browser: Browser, address: str) -> dict[str, float]:
    """Seconds from asking for a page to its heading, median of three, for a browser that knows the program's files."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("heading", level=1).wait_for()
    found = {}
    for name, path in PAGES.items():
        times = []
        for _again in range(3):
            began = time.perf_counter()
            await page.goto(f"{address}/{path}", wait_until="commit")
            await page.get_by_role("heading", level=1).wait_for()
            times.append(time.perf_counter() - began)
            await page.wait_for_function(STILL)
        found[name] = statistics.median(times)
    await context.close()
    return found


async def person(
    context: BrowserContext, address: str, seed: int, since: float, until: float
) -> tuple[list[float], list[str]]:
    """The times of one person's acts from `since` on, when all have come, and what went wrong.

    Each has a session of their own at the server. They share the browser's store of the program's files: on one machine
    twenty browsers that learn them would be measured, not the server.
    """
    chance = random.Random(seed)
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await asyncio.sleep(seed * APART)
    await page.goto(f"{address}/threshold", timeout=60_000)
    await page.wait_for_function(STILL, timeout=60_000)
    times: list[float] = []
    while time.monotonic() < until:
        await asyncio.sleep(chance.uniform(*THINK))
        took = await act(page, chance)
        if time.monotonic() > since:
            times.append(took)
        if await page.get_by_test_id("stException").count():
            wrong.append("an error on the page")
    await page.close()
    return times, wrong


async def act(page: Page, chance: random.Random) -> float:
    """Open another page, or move the slider where there is one; seconds until the page stands still."""
    slider = page.get_by_test_id("stMain").get_by_role("slider").first
    has_slider = await slider.count() > 0
    await page.evaluate(WATCH)
    if has_slider and chance.random() < 0.5:
        await slider.press(chance.choice(["ArrowLeft", "ArrowRight"]))
    else:
        links = page.get_by_test_id("stSidebarNavLink")
        await links.nth(chance.randrange(await links.count())).click()
    return float(await page.evaluate("window.watched")) / 1000


async def measure(address: str, people: int, seconds: float) -> int:
    """All figures of one server; 1 where a limit is passed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        paints = await first_paints(browser, address)
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        since = time.monotonic() + people * APART + THINK[1]
        found = await asyncio.gather(
            *(person(context, address, seed, since, since + seconds) for seed in range(people))
        )
        await browser.close()
    times = sorted(each for one, _wrong in found for each in one)
    wrong = [each for _times, one in found for each in one]
    report(paints, times, wrong, people)
    late = sum(each > RERUN for each in times) / len(times)
    return int(bool(wrong) or late > 0.05 or max(paints.values()) > FIRST_PAINT)


def report(paints: dict[str, float], times: Sequence[float], wrong: Sequence[str], people: int) -> None:
    """Print what was found."""
    say = sys.stdout.write
    for name, paint in paints.items():
        say(f"first paint of {name:12s} {paint:6.2f} s\n")
    quantiles = statistics.quantiles(times, n=100)
    say(f"{people} people, {len(times)} acts: median {quantiles[49]:.2f} s, 95% under {quantiles[94]:.2f} s, ")
    say(f"longest {times[-1]:.2f} s; over {RERUN:.0f} s: {sum(each > RERUN for each in times)}; errors: {len(wrong)}\n")
    for each in wrong[:5]:
        say(f"  {each}\n")


def main() -> None:
    """Start a server with a sample shop and send the people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--shop", choices=list(sample_files()), default="spice")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        with Workspace.open(folder) as workspace:
            load_shop(workspace, sample_files()[chosen.shop], workspace.inbox or folder)
        with running(folder) as address:
            sys.exit(asyncio.run(measure(address, chosen.people, chosen.seconds)))


if __name__ == "__main__":
    main()
