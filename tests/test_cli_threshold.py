"""`winback threshold` without a browser."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dashboard import i18n
from dashboard.cli import app
from dashboard.cli_shared import REFUSED
from dashboard.formats import date_short, days, percent
from dashboard.i18n import _
from metrics import Workspace
from metrics.settings import Settings
from tests.factories import shared_data
from tests.test_reference import reference

KEYS = {"as_of", "lost_after_days", "suggested", "gap_percentiles", "km", "back_test", "states", "not_enough"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["threshold", *map(str, arguments)])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("order_id,date,customer_id,amount\n1,2024-01-05,C1,5\n2,2024-02-05,C1,7\n3,2024-02-06,C2,9\n")
    return path


def test_a_real_shop(tmp_path: Path) -> None:
    found = json.loads(run(shared_data() / "orders" / "cdnow_sample_orders.csv", "--count-zero", "--json").stdout)
    assert set(found) == KEYS
    assert (found["as_of"], found["lost_after_days"]) == ("1998-06-30", 120)
    assert found["suggested"] == {"all": 205, "one_time": 129, "repeat": 343}
    assert found["km"]["all"] == pytest.approx(reference("cdnow_sample")["km_gap"]["S"], abs=1e-9)
    assert sum(found["states"].values()) == 2357
    assert found["not_enough"] == []
    assert [band["silence_from"] for band in found["back_test"]] == [0, 30, 60, 90, 180, 270, 365]


def test_a_short_history_says_what_is_missing(small: Path) -> None:
    found = json.loads(run(small, "--lost-after", 20, "--as-of", "2024-03-31", "--json").stdout)
    assert (found["as_of"], found["lost_after_days"]) == ("2024-03-31", 20)
    assert found["suggested"] == {"all": None, "one_time": None, "repeat": None}
    assert found["not_enough"] == ["suggestion", "chances", "back_test"]
    assert found["km"]["all"]["30"] == 1.0


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
def test_people_read_each_figure_and_why_one_is_missing(lang: str) -> None:
    shop = shared_data() / "orders" / "uci_or1_orders.csv"
    found = json.loads(run(shop, "--json").stdout)
    lines = run(shop, "--lang", lang).stdout.splitlines()
    assert not any(line.endswith("–") or ": –" in line for line in lines)
    known = [band for band in found["back_test"] if band["predicted"] is not None]
    assert (len(known), len(found["back_test"])) == (5, 7)
    bands = [line for line in lines if any(f"{band['silence_from']}–" in line for band in found["back_test"])]
    assert len(bands) == len(known)
    i18n.use(lang)
    assert any(percent(found["km"]["1"]["90"]) in line for line in lines)
    assert any(date_short(date(2011, 12, 9)) in line for line in lines)
    assert sum(days(found["gap_percentiles"][name]) in line for name in ("p50", "p80", "p90") for line in lines) >= 3
    assert sum(_("none, the history is too short") in line for line in lines) == 3


def test_a_day_before_all_orders_has_one_sentence(small: Path) -> None:
    result = run(small, "--as-of", "1990-01-01")
    assert result.stdout.splitlines()[-1] == "No order counts up to that day, so there is nothing to tell."
    assert len(result.stdout.splitlines()) == 2


def test_the_loaded_orders_are_left_as_they_were(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with Workspace.open(folder) as held:
        held.save(Settings(lost_after_days=60))
    result = run(folder, "--workspace", "--lost-after", 33, "--json")
    assert json.loads(result.stdout)["lost_after_days"] == 33
    with Workspace.open(folder) as held:
        assert held.settings.lost_after_days == 60


def test_what_is_missing_is_named(tmp_path: Path, small: Path) -> None:
    for arguments in ((), (tmp_path / "none.csv",), (small, "--lost-after", 0)):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (REFUSED, "")
        assert result.stderr.strip().endswith(".")
