"""The wall in a real browser: one screen, calm, up to date by itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from dashboard import i18n
from dashboard.shops import load_shop
from dashboard.wall import STYLE, board, colours_css, updated, wall
from metrics import Workspace
from sample_data import sample_files
from tests.e2e.conftest import running

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e"), pytest.mark.timeout(300)]

OUTSIDE = """() => [...document.querySelectorAll('.w-wall *, .w-updated')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .filter(one => !one.classList.contains('w-said'))
  .map(one => [one.textContent, one.getBoundingClientRect(), parseFloat(getComputedStyle(one).fontSize)])
  .filter(([text, box, size]) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
    || size < innerHeight / 1080 * 22)
  .map(([text]) => text)"""
SCROLLS = """() => [...document.querySelectorAll('html, body, [data-testid=stMain], .w-wall')]
  .filter(one => one.scrollHeight > innerHeight || one.scrollWidth > innerWidth).map(one => one.className)"""


def open_wall(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}/?view=wall&lang={language}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".w-updated")).to_be_visible()


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_it_fills_one_screen_with_its_final_figure_at_once_where_nothing_shall_move(
    browser: Browser, spice: str, size: tuple[int, int]
):
    width, height = size
    said: list[str] = []
    asked: list[str] = []
    for scheme, language in (("light", "en"), ("dark", "ru"), ("light", "zh")):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        open_wall(page, spice, language)
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(SCROLLS) == []
        expect(page.locator(".w-final")).to_be_visible()
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.locator(".w-final").inner_text() == page.locator(".w-said").inner_text()
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.querySelector('.w-figure')).fontSize)")
            >= 150 * height / 1080
        )
        ground = page.evaluate("getComputedStyle(document.querySelector('.w-wall')).backgroundColor")
        assert ground == ("rgb(20, 23, 28)" if scheme == "dark" else "rgb(255, 255, 255)")
        assert page.get_by_test_id("stSidebar").is_hidden()
        assert page.get_by_test_id("stHeader").is_hidden()
        context.close()
    assert said == []
    assert {urlparse(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}


@pytest.mark.parametrize("key", list(sample_files()))
def test_a_goal_a_margin_and_a_month_in_progress_find_room_as_well(page: Page, key: str, tmp_path: Path):
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.emulate_media(reduced_motion="reduce")
    style = f"<style>body {{ margin: 0; font-family: system-ui; }} {STYLE.read_text('utf-8')}</style>{colours_css()}"
    with Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()[key], tmp_path)
        for kind, target in (("churn", "0.05"), ("returned", "40"), ("recovered", "1234567")):
            goal = {"kind": kind, "start": "2026-08-01", "by": "2026-12-01", "target": target}
            workspace.update(goals=(goal,), as_of="2026-10-12", money_as="margin")
            for language in i18n.LANGUAGES:
                i18n.use(language)
                shown = wall(board(workspace), is_sample=True) + updated(datetime(2026, 11, 22, 14, 5))
                page.set_content(style + shown)
                assert page.evaluate(OUTSIDE) == []
                assert page.evaluate(SCROLLS) == []
                tops = [page.locator(one).bounding_box()["y"] for one in (".w-sum", ".w-pile", ".w-band", "footer")]
                heads, ends = (
                    [box["y"] + box["height"] for box in (page.locator(one).bounding_box() for one in each)]
                    for each in (("header", "header", ".w-stack", ".w-band"), (".w-sum",))
                )
                assert all(top >= above for top, above in zip(tops, heads, strict=True))
                assert ends[0] <= tops[2]


def test_a_phone_scrolls_only_downwards(page: Page, spice: str):
    page.set_viewport_size({"width": 390, "height": 844})
    open_wall(page, spice, "ru")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.w-wall').scrollWidth") <= 390
    page.locator("footer").scroll_into_view_if_needed()
    expect(page.locator("footer")).to_be_in_viewport()


def test_it_counts_up_once_stands_still_while_it_is_asked_again_and_takes_over_what_a_colleague_changes(
    page: Page, browser: Browser, spice: str
):
    sockets: list[WebSocket] = []

    def note(socket: WebSocket) -> None:
        sockets.append(socket)

    page.on("websocket", note)
    page.clock.install()
    open_wall(page, spice)
    assert page.locator(".w-final").is_hidden()
    page.evaluate("document.querySelector('.w-wall').dataset.marked = 'yes'")
    with sockets[-1].expect_event("framereceived"):
        page.clock.fast_forward(61_000)
    page.wait_for_timeout(1_000)
    expect(page.locator(".w-wall[data-marked=yes]")).to_have_count(1)

    colleague = browser.new_page()
    colleague.goto(f"{spice}/money")
    rent = colleague.get_by_label("Monthly rent")
    usual = rent.input_value()
    try:
        _enter(colleague, rent, "35547")
        page.clock.fast_forward(61_000)
        expect(page.get_by_text("= 1 month of rent")).to_be_attached()
        assert page.locator(".w-final").is_hidden()
    finally:
        _enter(colleague, rent, usual)
        colleague.close()


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def _enter(page: Page, field: Locator, value: str) -> None:
    field.fill(value)
    field.press("Enter")
    page.wait_for_timeout(500)
    settled(page)


def test_the_way_there_and_back_by_keyboard_in_one_session(page: Page, tmp_path: Path):
    """A server that keeps nothing: the orders live in this session alone."""
    with running(tmp_path / "data", "--ephemeral") as address:
        page.goto(f"{address}/?lang=ru")
        page.get_by_test_id("stBaseButton-secondary").first.click()
        expect(page.get_by_test_id("stMetric")).to_have_count(4, timeout=60_000)
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Потерянные деньги").click()
        page.get_by_role("link", name="Показать на большом экране").click()
        expect(page.locator(".w-wall")).to_be_visible()
        expect(page).to_have_url(f"{address}/?lang=ru&view=wall")
        back = page.get_by_role("button", name="Назад")
        expect(back).to_have_css("opacity", "1")
        expect(page.locator(".st-key-wall_ways")).to_have_css("opacity", "0")
        back.focus()
        expect(page.locator(".st-key-wall_ways")).to_have_css("opacity", "1")
        back.press("Enter")
        expect(page.get_by_test_id("stMetric")).to_have_count(4)
        expect(page).to_have_url(f"{address}/money?lang=ru")
        settled(page)
        page.goto(f"{address}/money?view=wall")
        back = page.get_by_role("button", name="Back")
        back.focus()
        back.press("Enter")
        expect(page.locator(".w-wall")).to_have_count(0)
        expect(page).to_have_url(f"{address}/money")
