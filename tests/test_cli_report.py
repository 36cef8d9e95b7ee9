"""`winback report --html --pdf`: the files it writes, and how it ends where one cannot be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import browser_print
from dashboard.browser_print import BROWSER
from dashboard.cli import app
from metrics import Workspace
from tests.factories import DOZEN, add

ORDERS = """order_id,date,customer,amount,status
1,2025-01-01,ann,100.00,paid
1,2025-01-01,ann,20.50,paid
2,2025-01-05,bob,50,paid
3,2025-03-01,ann,30,paid
4,2025-03-02,bob,10,cancelled
6,2025-03-12,,5,paid
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder of loaded orders with settings of its own."""
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
        workspace.update(lost_after_days=30, period="quarter", currency="EUR")
    return tmp_path / "data"


def run(*arguments: object):
    return CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_both_files_beside_the_figures(orders: Path, tmp_path: Path):
    plain = run(orders, "--lost-after", 30)
    html, pdf = tmp_path / "out.html", tmp_path / "out.pdf"
    made = run(orders, "--lost-after", 30, "--html", html, "--pdf", pdf, "--lang", "en")
    assert (made.exit_code, made.stdout, made.stderr) == (0, plain.stdout, "")
    page = html.read_text("utf-8")
    assert "Customers as of March 1, 2025" in page
    assert "Rows read: 6 · Orders that count: 3 · Further rows of the same orders: 1 · Not counted" in page
    assert "after 30 days without an order; chosen by you" in page
    assert "invented shop" not in page
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert names(tmp_path) == {"orders.csv", "out.html", "out.pdf"}
    figures = run(orders, "--lost-after", 30, "--html", html, "--json", "--lang", "ru")
    assert json.loads(figures.stdout)["lost_after_days"] == 30
    assert '<html lang="ru">' in html.read_text("utf-8")


def test_sums_have_the_currency_that_is_named(orders: Path, tmp_path: Path):
    page = tmp_path / "out.html"
    assert run(orders, "--currency", "eur", "--html", page).exit_code == 0
    assert "Euro (EUR)" in page.read_text("utf-8")
    refused = run(orders, "--currency", "Euros")
    assert (refused.exit_code, refused.stderr) == (2, "--currency takes three letters such as EUR.\n")


def test_without_a_browser_the_html_is_written_and_the_rest_said(
    orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    html, pdf = tmp_path / "out.html", tmp_path / "out.pdf"
    pdf.write_bytes(b"last month's")
    monkeypatch.setenv(BROWSER, str(tmp_path / "none"))
    made = run(orders, "--html", html, "--pdf", pdf)
    assert made.exit_code == 2
    assert made.stderr.startswith("No browser was found to print with: install Chrome")
    assert len(made.stderr.strip().splitlines()) == 1
    assert "<h1" in html.read_text("utf-8")
    assert pdf.read_bytes() == b"last month's"
    assert names(tmp_path) == {"orders.csv", "out.html", "out.pdf"}


def test_a_failed_print_harms_nothing(orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o700)
    monkeypatch.setattr(browser_print, "find_browser", lambda: broken)
    made = run(orders, "--pdf", tmp_path / "out.pdf")
    assert (made.exit_code, made.stderr.partition(":")[0]) == (2, "The browser did not print the report")
    assert names(tmp_path) == {"orders.csv", "browser"}


def test_a_place_that_cannot_be_written_is_named(orders: Path, tmp_path: Path):
    made = run(orders, "--html", tmp_path / "nowhere" / "out.html")
    assert (made.exit_code, made.stderr) == (2, "out.html cannot be written: No such file or directory.\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run(orders, "--html", folder).exit_code == 2
    assert names(tmp_path) == {"orders.csv", "folder"}


@pytest.mark.parametrize("by_option", [False, True])
def test_loaded_orders_with_their_settings(kept: Path, tmp_path: Path, by_option: bool):
    html = tmp_path / "out.html"
    given = ["--data", kept] if by_option else [kept, "--workspace"]
    made = run(*given, "--html", html, "--json")
    found = json.loads(made.stdout)
    assert made.exit_code == 0
    assert (found["lost_after_days"], found["quality"]["orders"]) == (30, 11)
    assert [period["start"] for period in found["periods"]] == ["2024-01-01", "2024-04-01"]
    assert "Euro (EUR)" in html.read_text("utf-8")
    other = json.loads(run(*given, "--lost-after", 60, "--json").stdout)
    assert other["lost_after_days"] == 60
    with Workspace.open(kept) as workspace:
        assert workspace.settings.lost_after_days == 30


def test_what_to_report_has_to_be_named(orders: Path, kept: Path, tmp_path: Path):
    assert run().exit_code == 2
    assert run("--html", tmp_path / "out.html").stderr.startswith("Name an order file")
    assert run(orders, "--data", kept).stderr.startswith("Name either order files or one folder")
    assert run("--data", tmp_path / "none").exit_code == 2
    assert not (tmp_path / "out.html").exists()


def test_orders_that_all_do_not_count_make_no_report(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,date,customer,amount\n1,2025-01-01,ann,0\n2,2025-01-02,bob,0\n")
    made = run(path, "--html", tmp_path / "out.html")
    assert (made.exit_code, made.stderr) == (2, "There are no orders that count, so there is nothing to report.\n")
    assert names(tmp_path) == {"orders.csv"}
