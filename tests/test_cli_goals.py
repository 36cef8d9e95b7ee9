"""Goals on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app

ORDERS = "order_id,date,customer,amount\n" + "".join(
    f"{number},{day},{customer},{amount}\n"
    for number, (day, customer, amount) in enumerate(
        [
            ("2025-01-01", "ann", 100),
            ("2025-01-01", "bob", 100),
            ("2025-02-20", "bob", 50),
            ("2025-03-20", "bob", 50),
            ("2025-04-10", "ann", 30),
            ("2025-04-30", "bob", 8),
        ]
    )
)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    return path


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in ("report", *arguments)])


def test_a_report_has_the_path_of_each_goal(orders: Path):
    goals = ("--goal", "recovered:120:2025-04:2025-07", "--goal", "churn:0.5:2025-03:2025-04")
    found = json.loads(run(orders, "--lost-after", 40, "--json", *goals).stdout)["goals"]
    assert [goal["kind"] for goal in found] == ["recovered", "churn"]
    money, churn = found
    assert {name: money[name] for name in ("start", "by", "target", "money_as", "usual_before")} == {
        "start": "2025-04-01", "by": "2025-07-01", "target": 120, "money_as": "revenue", "usual_before": None,
    }  # fmt: skip
    # ann came back on 10 April; bob's gap of 41 days that ends in April is just too short for a loss.
    assert money["months"] == [
        {"month": "2025-04-01", "planned": 30, "actual": 30, "in_progress": False},
        *({"month": f"2025-0{month}-01", "planned": 30 * (month - 3), "actual": None, "in_progress": False}
          for month in (5, 6, 7)),
    ]  # fmt: skip
    assert (money["verdict"], money["gap"], money["missing"], money["is_over"]) == ("on_path", 0, None, False)
    assert (churn["verdict"], churn["is_over"]) == ("reached", True)


def test_a_report_without_goals_has_an_empty_list_and_says_nothing(orders: Path):
    assert json.loads(run(orders, "--json").stdout)["goals"] == []
    assert "came back" not in run(orders).stdout
    spoken = run(orders, "--lost-after", 40, "--goal", "recovered:120:2025-04:2025-07").stdout
    assert "120 from those who came back by Jul 2025: on the way" in spoken.splitlines()


@pytest.mark.parametrize(
    "goal", ["churn", "churn:6.5:2025-01:2025-03", "churn:0.1:2025-03:2025-01", "profit:1:2025-01:2025-02", "a:b:c:d:e"]
)
def test_what_is_no_goal_ends_with_how_to_write_one(orders: Path, goal: str):
    ended = run(orders, "--goal", goal)
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"{goal} is no goal: write kind:target")
    assert "Traceback" not in ended.stderr


def test_two_goals_of_a_kind_are_refused(orders: Path):
    ended = run(orders, "--goal", "churn:0.1:2025-01:2025-03", "--goal", "churn:0.2:2025-01:2025-03")
    assert (ended.exit_code, ended.stderr) == (2, "--goal may be given once for each kind of goal.\n")
