"""Whole journeys in a real browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import psutil
import pytest
from playwright.sync_api import Page, expect

from metrics import Workspace
from sample_data import write_orders
from tests.e2e.conftest import ROOT, running
from tests.factories import DOZEN, add, shared_data

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e"), pytest.mark.timeout(300)]


def metric(page: Page, label: str) -> str:
    card = page.get_by_test_id("stMetric").filter(has_text=label).first
    return card.get_by_test_id("stMetricValue").inner_text()


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def open_page(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
    settled(page)


def test_from_the_first_visit_to_the_lost_money_and_over_a_restart(page: Page, tmp_path: Path):
    data = tmp_path / "data"
    with running(data) as address:
        page.goto(address)
        expect(page.get_by_role("heading", name="What does losing customers cost you?")).to_be_visible()
        page.get_by_role("button", name="Fashion shop").click()
        expect(page.get_by_role("heading", name="How well do you keep your customers?")).to_be_visible(timeout=60_000)
        settled(page)
        churn = metric(page, "Churn rate")
        assert re.fullmatch(r"\d+(\.\d)?%", churn)

        open_page(page, "When is a customer lost?")
        lost = metric(page, "Customers lost")
        slider = page.get_by_role("slider")
        slider.focus()
        for _ in range(5):
            slider.press("ArrowRight")
        expect(page.get_by_text("your choice: 95 days").first).to_be_visible()
        settled(page)
        assert int(metric(page, "Customers lost").replace(",", "")) < int(lost.replace(",", ""))
        assert "lost_after=95" in page.url

        open_page(page, "Lost money")
        rent = page.get_by_label("Monthly rent")
        rent.fill("98765")
        rent.press("Enter")
        expect(page.get_by_text("at ₽98,765 a month")).to_be_visible()
        months = metric(page, "In months of rent")
    with running(data) as address:
        page.goto(f"{address}/money")
        expect(page.get_by_text("at ₽98,765 a month")).to_be_visible()
        assert metric(page, "In months of rent") == months
        open_page(page, "When is a customer lost?")
        expect(page.get_by_text("your choice: 95 days").first).to_be_visible()


def test_an_uploaded_file_gives_the_figures_of_the_command_line(page: Page, tmp_path: Path):
    lines = shared_data() / "orders" / "uci_online_retail_1_lines.parquet"
    printed = subprocess.run(
        [sys.executable, "-m", "dashboard", "report", str(lines), "--json"], cwd=ROOT, capture_output=True, check=True
    )
    facts = json.loads(printed.stdout)
    with running(tmp_path / "data") as address:
        page.goto(f"{address}/data")
        page.locator("input[type=file]").set_input_files(lines)
        page.get_by_role("button", name="Add these orders").click(timeout=90_000)
        expect(page.get_by_text("Loaded files")).to_be_visible(timeout=60_000)
        settled(page)
        expect(page.get_by_text(f"{facts['totals']['orders']:,} orders of {facts['totals']['customers']:,} customers"))
        open_page(page, "When is a customer lost?")
        assert metric(page, "Customers lost") == f"{facts['now']['lost']:,}"
        open_page(page, "Overview")
        whole = [one for one in facts["periods"] if not one["warm_up"] and not one["in_progress"]][-1]
        expect(page.get_by_text(f"{whole['L']:,} of {whole['S']:,} active customers"))
        assert metric(page, "Churn rate") == _percent(whole["churn"])


def _percent(share: float) -> str:
    return f"{share:.1%}" if share < 0.0995 else f"{share:.0%}"


def test_a_broken_file_is_refused_and_nothing_is_lost(page: Page, spice: str, tmp_path: Path):
    broken = tmp_path / "orders.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    page.goto(f"{spice}/data")
    loaded = page.get_by_text(re.compile(r"Loaded: 6,729 orders"))
    expect(loaded).to_be_visible()
    page.locator("input[type=file]").set_input_files(broken)
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_be_visible(timeout=60_000)
    sentence = alert.inner_text().strip()
    assert sentence.endswith(".")
    assert "_" not in sentence
    assert "Traceback" not in sentence
    expect(page.get_by_text("what was loaded before is still there")).to_be_visible()
    page.get_by_role("button", name="Choose another file").click()
    settled(page)
    expect(loaded).to_be_visible()


def figures(page: Page) -> list[str]:
    open_page(page, "Overview")
    expect(page.get_by_test_id("stMetricValue")).to_have_count(4)
    settled(page)
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def test_a_file_taken_back_leaves_the_figures_as_they_were(page: Page, tmp_path: Path):
    more = tmp_path / "more.csv"
    rows = [f"x{n},zoe,2024-{n:02}-25,999" for n in range(1, 10)]
    more.write_text("\n".join(["order id,customer,date,amount", *rows]))
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
    with running(tmp_path / "data") as address:
        page.goto(address)
        expect(page.get_by_test_id("stMetric")).to_have_count(4)
        before = figures(page)
        open_page(page, "Your data")
        page.locator("input[type=file]").set_input_files(more)
        page.get_by_role("button", name="Add these orders").click(timeout=90_000)
        expect(page.get_by_text("Loaded: 20 orders of 7 customers")).to_be_visible(timeout=60_000)
        assert figures(page) != before
        open_page(page, "Your data")
        page.locator(".st-key-undo_2").get_by_role("button").click()
        expect(page.get_by_text("The file was taken back.")).to_be_visible()
        expect(page.get_by_text("Loaded: 11 orders of 6 customers")).to_be_visible()
        expect(page.get_by_text("more.csv")).to_have_count(0)
        assert figures(page) == before


def test_from_the_lost_money_to_a_list_of_the_recommended_size_in_four_clicks(page: Page, spice: str):
    page.goto(f"{spice}/money")
    settled(page)
    page.get_by_role("link", name="See what winning them back would bring").click()
    expect(page.get_by_role("heading", name="What would winning them back bring?")).to_be_visible()
    button = page.get_by_role("button", name=re.compile(r"Download the list of \d+"))
    of_all = button.inner_text()
    page.get_by_label("Whom to win back").click()
    page.get_by_role("option", name="Freshly lost").click()
    expect(button).not_to_have_text(of_all)
    settled(page)
    n = int(re.search(r"\d+", button.inner_text())[0])  # type: ignore[index]
    expect(page.get_by_text(f"pays best: {n}")).to_be_visible()
    with page.expect_download() as held:
        button.click()
    book = openpyxl.load_workbook(BytesIO(held.value.path().read_bytes()))
    header, *rows = book.active.iter_rows(values_only=True)
    assert len(rows) == n > 0
    profits = [row[header.index("Expected profit of a contact, USD")] for row in rows]
    assert profits == sorted(profits, reverse=True)
    assert all(120 < row[header.index("Silent for, days")] <= 240 for row in rows)


def test_reading_a_long_file_can_be_cancelled(page: Page, tmp_path: Path):
    long = tmp_path / "long.csv"
    write_orders(long, 4_000_000, seed=1)
    with running(tmp_path / "data", str(long)) as address:
        page.goto(f"{address}/data")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("Add your orders")).to_be_visible(timeout=60_000)
        settled(page)
        expect(page.get_by_text("Nothing is loaded yet")).to_be_visible()
        server = next(
            one for one in psutil.process_iter(["cmdline"]) if str(tmp_path / "data") in (one.info["cmdline"] or [])
        )
        _gone, alive = psutil.wait_procs(server.children(), timeout=60)
        assert alive == []


def test_the_address_carries_the_settings(page: Page, spice: str):
    page.goto(f"{spice}/threshold?industry=fashion&lost_after=75&lang=ru")
    expect(page.get_by_role("heading", name="Когда клиент потерян?")).to_be_visible()
    settled(page)
    expect(page.get_by_text("ваш выбор: 75 дней").first).to_be_visible()
    open_page(page, "Обзор")
    assert "lost_after=75" in page.url
    assert "lang=ru" in page.url
    page.goto(f"{spice}/threshold?industry=retail")
    settled(page)
    expect(page.get_by_text("your choice: 120 days").first).to_be_visible()
