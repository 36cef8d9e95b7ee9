"""The command line: what it prints, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboard import cli, cli_shared
from dashboard.cli import app
from metrics.intake import Limits, Reading, read_orders
from sample_data import sample_files
from tests.factories import shared_data

ORDERS = """order_id,date,customer,amount,status
1,2025-01-01,ann,100.00,paid
1,2025-01-01,ann,20.50,paid
2,2025-01-05,bob,50,paid
3,2025-03-01,ann,30,paid
4,2025-03-02,bob,10,cancelled
5,2025-03-10,cat,0,paid
2,2025-03-11,bob,-50,paid
6,2025-03-12,,5,paid
7,2025-03-13,dan,x,paid
"""


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    return path


@pytest.mark.parametrize("command", ["check", "report"])
def test_files_are_read_within_the_limits_of_the_command_line(
    orders: Path, command: str, monkeypatch: pytest.MonkeyPatch
):
    held: list[Limits] = []

    def note(path: Path, *, limits: Limits, **rest: Any) -> Reading:
        held.append(limits)
        return read_orders(path, limits=limits, **rest)

    monkeypatch.setattr(cli, "read_orders", note)
    monkeypatch.setattr(cli_shared, "read_orders", note)
    assert run(command, orders).exit_code == 0
    assert held == [Limits.of_command_line()]


def test_report_gives_the_figures_of_a_small_file(orders: Path):
    found = json.loads(run("report", orders, "--lost-after", 30, "--rent", 60, "--json").stdout)
    assert found["as_of"] == "2025-03-01"
    assert found["lost_after_days"] == 30
    quality = found["quality"]
    assert (quality["rows_read"], quality["orders"], quality["refunds"], quality["rows_merged"]) == (9, 3, 1, 1)
    assert (quality["rows_not_counted"], quality["rows_rejected"]) == (2, 2)
    assert quality["rejected_by_reason"] == {"no_customer": 1, "bad_amount": 1}
    assert found["totals"] == {
        "customers": 2, "orders": 3, "gross": 200.5, "net": 200.5, "aov": pytest.approx(200.5 / 3),
        "first_order_on": "2025-01-01", "last_order_on": "2025-03-01",
    }  # fmt: skip
    assert (found["now"]["active"], found["now"]["lost"]) == (1, 1)
    assert (found["now"]["lost_money"], found["now"]["lost_money_window"]) == (50, 50)
    assert found["now"]["months_of_rent"] == pytest.approx(50 / 60)
    assert found["now"]["monthly_salaries"] is None
    february = found["periods"][1]
    assert (february["S"], february["L"], february["E"], february["churn"]) == (2, 2, 0, 1.0)
    assert february["start"], february["end"] == ("2025-02-01", "2025-02-28")
    assert {"days", "churn"} == set(found["churn_by_threshold"][0])
    assert 30 in [point["days"] for point in found["churn_by_threshold"]]


def test_a_later_as_of_lets_the_refund_count(orders: Path):
    found = json.loads(run("report", orders, "--as-of", "2025-03-11", "--count-zero", "--json").stdout)
    assert (found["totals"]["orders"], found["totals"]["customers"]) == (4, 3)
    assert (found["totals"]["gross"], found["totals"]["net"]) == (200.5, 150.5)
    assert found["quality"]["rows_not_counted"] == 1


def test_the_same_file_twice_changes_nothing(orders: Path):
    once = json.loads(run("report", orders, "--json").stdout)
    twice = json.loads(run("report", orders, orders, "--json").stdout)
    assert {**once, "quality": None} == {**twice, "quality": None}


def test_check_says_what_it_found(orders: Path):
    result = run("check", orders, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["outcome"] == "ready_with_warnings"
    assert found["columns"]["amount"]["source"] == "amount"
    assert found["quality"]["rows_read"] == 9
    assert found["questions"] == []


def test_check_asks_for_day_or_month_and_takes_the_answer(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,date,customer,amount\n1,01/02/2025,ann,5\n2,03/04/2025,bob,6\n")
    result = run("check", path, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["outcome"]) == (3, "ask")
    assert found["questions"][0]["code"] == "day_or_month"
    assert run("report", path).exit_code == 2
    answers = tmp_path / "map.json"
    answers.write_text(json.dumps({**found, "answers": {"day_or_month": "dmy"}}))
    report = json.loads(run("report", path, "--map", answers, "--json").stdout)
    assert report["totals"]["first_order_on"] == "2025-02-01"


def test_refusals_end_with_two_and_one_sentence(tmp_path: Path):
    (tmp_path / "empty.csv").write_text("")
    for arguments in (
        ["report", tmp_path / "empty.csv"],
        ["report", tmp_path / "missing.csv"],
        ["report", tmp_path / "empty.csv", "--margin", "7"],
        ["report", tmp_path / "empty.csv", "--industry", "zoo"],
        ["report", tmp_path / "empty.csv", "--lang", "fr"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        assert result.stdout == ""
        assert len(result.stderr.strip().splitlines()) == 1
        assert "Traceback" not in result.stderr
    assert run("check", tmp_path / "empty.csv", "--json").exit_code == 2


@pytest.mark.parametrize(
    ("option", "value", "takes"),
    [
        ("--period", "week", "one of: month, quarter, year."), ("--industry", "zoo", "supply, construction, own."),
        ("--margin", "5", "above 0, up to 1."), ("--lost-after", "0", "from 1 to 1,095."),
        ("--rent", "-5", "above 0, up to"),
        ("--as-of", "1970-01-01", "from Jan\u00a01,\u00a01980 to Dec\u00a031,\u00a02100."),
    ],
)  # fmt: skip
def test_a_refused_option_is_named_as_typed_with_what_it_takes(orders: Path, option: str, value: str, takes: str):
    ended = run("report", orders, option, value)
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"{option} takes")
    assert takes in ended.stderr


def test_files_of_two_currencies_are_never_added_up(tmp_path: Path):
    dollars, euros, chosen = tmp_path / "usd.csv", tmp_path / "eur.csv", tmp_path / "map.json"
    dollars.write_text("order_id,date,customer_id,amount\n1,2024-01-05,A,$10\n2,2024-01-06,B,$20\n")
    euros.write_text("order_id,date,customer_id,amount\n3,2024-02-05,A,€10\n4,2024-02-06,B,€20\n")
    ended = run("report", dollars, euros, "--json")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("eur.csv: Amounts are in EUR, those loaded before in USD")
    chosen.write_text(json.dumps({"answers": {"which_currency": "USD", "rate_EUR": "1.1"}}))
    assert str(chosen.read_text()).replace("1.1", "1.25") in ended.stderr
    found = json.loads(run("report", dollars, euros, "--map", chosen, "--json").stdout)
    assert found["totals"]["gross"] == 63
    assert json.loads(run("report", dollars, dollars, "--json").stdout)["totals"]["gross"] == 30


def test_a_currency_without_a_code_is_none_to_count_in(tmp_path: Path):
    path = tmp_path / "points.csv"
    path.write_text("order_id,date,customer_id,amount,currency\n1,2024-01-05,A,10,y.e.\n2,2024-01-06,B,20,y.e.\n")
    assert json.loads(run("report", path, "--json").stdout)["totals"]["gross"] == 30


def test_check_shows_how_to_answer_each_question(tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text("order_id,date,customer,amount\n1,01/02/2025,ann,1.234\n2,03/04/2025,bob,5.678\n")
    asked = run("check", path)
    assert asked.exit_code == 3
    lines = asked.stdout.splitlines()
    assert [line for line in lines if line.startswith("  ")] == [
        "  comma: the thousands: 1,234", "  point: the decimals: 1.23",
        "  dmy: February 1, 2025", "  mdy: January 2, 2025",
    ]  # fmt: skip
    answers = tmp_path / "map.json"
    answers.write_text(lines[-1].partition(" such as ")[2])
    read = json.loads(run("report", path, "--map", answers, "--json").stdout)
    assert (read["totals"]["gross"], read["totals"]["first_order_on"]) == (1234 + 5678, "2025-02-01")


def test_check_refuses_the_empty_file_with_a_reason(tmp_path: Path):
    (tmp_path / "empty.csv").write_text("")
    found = json.loads(run("check", tmp_path / "empty.csv", "--json").stdout)
    assert (found["outcome"], found["reasons"], found["quality"]) == ("refused", ["file_empty"], None)


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_people_read_lines_in_their_language(language: str):
    shop = sample_files()["supplier"]
    for command in (["check", shop.path], ["report", shop.path, "--industry", shop.industry]):
        result = run(*command, "--lang", language)
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) >= 6


def test_report_tells_what_is_odd(tmp_path: Path):
    rows = [f"{n},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{'kiosk' if n % 2 else f'c{n % 60}'},10" for n in range(200)]
    path = tmp_path / "kiosk.csv"
    path.write_text("\n".join(["order_id,date,customer_id,amount", *rows, "999,2031-01-01,c2,10"]))
    found = json.loads(run("report", path, "--json").stdout)
    assert [one["code"] for one in found["findings"]] == ["lone_late_date", "giant_customer"]
    assert found["findings"][0]["until"] == found["findings"][0]["value"] == "2024-12-28"
    assert (found["findings"][1]["customer_id"], found["findings"][1]["orders"]) == ("kiosk", 100)
    lines = run("report", path).stdout.splitlines()
    assert lines[-1].startswith("One account with a large part of everything: The account kiosk has 100 orders")
    mended = json.loads(run("report", path, "--json", "--leave-out", "kiosk", "--as-of", "2024-12-28").stdout)
    assert (mended["findings"], mended["left_out"], mended["totals"]["orders"]) == ([], ["kiosk"], 100)


def test_the_real_shop_in_one_command():
    lines = shared_data() / "orders" / "uci_online_retail_1_lines.parquet"
    found = json.loads(run("report", lines, "--lost-after", 90, "--json").stdout)
    assert (found["totals"]["orders"], found["totals"]["customers"]) == (18532, 4338)
    assert found["totals"]["gross"] == pytest.approx(8911407.904, abs=0.005)
    assert found["now"]["lost"] == 1449


def test_an_order_cancelled_in_a_later_export_counts_no_more(orders: Path, tmp_path: Path):
    later = tmp_path / "later.csv"
    later.write_text("order_id,date,customer,amount,status\n3,2025-03-01,ann,30,refunded\n8,2025-03-20,eve,7,paid\n")
    found = json.loads(run("report", orders, later, "--json").stdout)
    assert (found["totals"]["orders"], found["totals"]["gross"]) == (3, 200.5 - 30 + 7)
    again = json.loads(run("report", later, orders, "--json").stdout)
    assert again["totals"]["gross"] == 200.5 + 7


def test_a_file_of_cancelled_orders_alone_takes_them_back(tmp_path: Path):
    orders, cancelled = tmp_path / "orders.csv", tmp_path / "cancelled.csv"
    orders.write_text("order_id,date,customer_id,amount\n1,2024-01-05,A,10\n2,2024-01-06,B,20\n")
    cancelled.write_text("order_id,date,customer_id,amount,status\n1,2024-01-05,A,10,cancelled\n")
    found = json.loads(run("report", orders, cancelled, "--json").stdout)
    assert (found["totals"]["orders"], found["totals"]["gross"]) == (1, 20)
    alone = run("report", cancelled, "--json")
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert alone.stderr.startswith("No order counts: only cancelled orders and refunds")
    checked = run("check", cancelled)
    assert checked.exit_code == 0
    assert "The file holds no order that counts" in checked.stdout
    assert "–" not in checked.stdout


CUSTOMERS = "customer id,email,phone,accepts marketing\nann,ann@b.co,,yes\nbob,bob@b.co,,no\nzoe,zoe@b.co,,\n"


def test_a_file_of_customers_among_the_orders(orders: Path, tmp_path: Path):
    people = tmp_path / "people.csv"
    people.write_text(CUSTOMERS)
    checked = json.loads(run("check", people, "--json").stdout)
    assert (checked["kind"], checked["quality"]["people"]) == ("customers", 3)
    assert "The file holds: Customers" in run("check", people).stdout
    alone = json.loads(run("report", orders, "--json").stdout)
    chosen = tmp_path / "map.json"
    chosen.write_text(json.dumps({"amount": "amount", "kind": "orders"}))
    both = json.loads(run("report", people, orders, "--map", chosen, "--json").stdout)
    assert alone["people"] is None
    assert both["people"] == {
        "people": 3, "joined": 2, "potential": 1, "with_consent": 1, "without_consent": 1, "unknown_consent": 1,
        "with_email": 3, "with_phone": 0,
    }  # fmt: skip
    assert {**both, "people": None, "quality": None} == {**alone, "quality": None}
