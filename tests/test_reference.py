"""The product against figures that independent tools found in real orders (data/README.md maps the names)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from metrics import retention, value
from metrics.intake import ColumnMap, read_orders
from metrics.results import Period
from metrics.settings import PeriodKind, Settings
from metrics.workspace import Workspace
from tests.factories import day, exact, real_orders, shared_data, workspace_of
from tests.oracle import DAY

KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")
THRESHOLDS = (30, 60, 90, 180, 365)
ALL = 10**6


@cache
def reference(name: str) -> dict[str, Any]:
    return json.loads((shared_data() / "reference" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=["uci_or1", "cdnow_sample", "msft_sales"])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def workspace(name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace_of(real_orders(name), tmp_path_factory.mktemp(name), base(name)) as workspace:
        yield workspace


def base(name: str) -> Settings:
    # CDNOW's figures count its eight purchases of 0.00.
    return Settings(count_zero_orders=name == "cdnow_sample")


def found(period: Period) -> dict[str, Any]:
    """A period in the reference's words."""
    return {
        "start": str(period.start),
        "end": str(period.end),
        "partial_right": period.in_progress,
        "N": period.new,
        "S": period.active_at_start,
        "E": period.active_at_end,
        "kept": period.active_at_start - period.lost,
        "lost_stock": period.lost,
        "returned_stock": period.returned,
        "new_active_E": period.new_active,
        "CRR_strict": percent(period.strict_crr),
        "churn_strict": percent(period.churn),
    }


def percent(share: float | None) -> Any:
    return share if share is None else pytest.approx(100 * share)


def published(period: dict[str, Any], lost_after: int) -> dict[str, Any]:
    whole = {key: period[key] for key in ("start", "end", "partial_right", "N")}
    at = period["T"][str(lost_after)]
    counts = {key: at[key] for key in ("S", "E", "kept", "lost_stock", "returned_stock", "new_active_E")}
    return whole | counts | {key: at[key] for key in ("CRR_strict", "churn_strict")}


@pytest.mark.parametrize("lost_after", THRESHOLDS)
@pytest.mark.parametrize("kind", KINDS)
def test_periods(workspace: Workspace, name: str, kind: PeriodKind, lost_after: int):
    expected = [published(period, lost_after) for period in reference(name)["periods"][kind]]
    assert [found(period) for period in retention.periods(workspace, kind, lost_after)] == expected


@pytest.mark.parametrize("lost_after", THRESHOLDS)
def test_any_period(workspace: Workspace, name: str, lost_after: int):
    """Calendar periods asked for as free ranges."""
    for period in reference(name)["periods"]["quarter"]:
        one = retention.any_period(workspace, day(period["start"]), day(period["end"]), lost_after)
        assert found(one) == published(period, lost_after) | {"partial_right": False}


@pytest.mark.parametrize("lost_after", THRESHOLDS)
def test_now(workspace: Workspace, name: str, lost_after: int):
    known = reference(name)["at_last_date"][str(lost_after)]
    now = retention.now(workspace, lost_after)
    assert (now.lost, now.active, str(now.as_of)) == (known["lost"], known["active"], reference(name)["last_day"])
    # The other convention, lost at a silence of T already, is ours at T - 1.
    assert retention.now(workspace, lost_after - 1).lost == known["lost_ge"]


@pytest.mark.parametrize("lost_after", THRESHOLDS)
def test_top_lost(workspace: Workspace, name: str, lost_after: int):
    known = reference(name)["at_last_date"][str(lost_after)]
    lost = value.top_lost(workspace, lost_after, ALL, "ever")
    assert len(lost) == value.lost_money(workspace, lost_after).all_customers == known["lost"]
    assert sum(one.orders for one in lost) == known["lost_orders"]


def test_totals(workspace: Workspace, name: str):
    known, totals = reference(name), value.totals(workspace)
    assert (totals.customers, totals.orders, totals.order_days) == (
        known["n_customers"],
        known["n_orders"],
        known["n_order_days"],
    )
    assert (str(totals.first_order_on), str(totals.last_order_on)) == (known["first_day"], known["last_day"])
    assert totals.gross == exact(known["revenue"])
    assert float(totals.aov) == pytest.approx(known["order_value"]["aov"])


def test_totals_period_by_period(workspace: Workspace, name: str):
    """Orders and revenue of every month, quarter and year: what the totals gain from one as-of date to the next."""
    periods = [period for kind in KINDS for period in reference(name)["periods"][kind]]
    ends = {day(period["end"]) for period in periods}
    try:
        until = {end: totals_as_of(workspace, name, end) for end in sorted(ends)}
    finally:
        workspace.save(base(name))
    for period in periods:
        orders, gross = until.get(day(period["start"]) - DAY, (0, Decimal(0)))
        orders_then, gross_then = until[day(period["end"])]
        assert orders_then - orders == period["orders"]
        assert gross_then - gross == exact(period["revenue"])


def totals_as_of(workspace: Workspace, name: str, as_of: date) -> tuple[int, Decimal]:
    workspace.save(base(name).with_changes(as_of=as_of))
    totals = value.totals(workspace)
    return totals.orders, totals.gross


def test_cohort_margin(workspace: Workspace, name: str):
    """Cohort sizes, and their revenue month by month (the margin share taken out again), in whole months."""
    share, last_day = value.margin(workspace).share, day(reference(name)["last_day"])
    is_whole = (last_day + DAY).day == 1
    cohorts = {f"{one.month:%Y-%m}": one for one in value.cohort_margin(workspace)}
    assert {month: cohort.customers for month, cohort in cohorts.items()} == {
        month: cohort["size"] for month, cohort in reference(name)["cohorts_month"].items()
    }
    for month, cohort in reference(name)["cohorts_month"].items():
        months = cohort["revenue"] if is_whole else cohort["revenue"][:-1]
        to_date = [sum(months[: age + 1]) for age in range(len(months))]
        revenue = [margin / share * cohort["size"] for margin in cohorts[month].cumulative]
        assert revenue == pytest.approx(to_date, abs=0.005)


@pytest.mark.parametrize(
    ("name", "file_name", "columns", "refunds"),
    [
        # 8,905 cancelled lines of known customers, summed apart: 611,342.09.
        ("uci_or1", "uci_online_retail_1_lines.parquet", {}, "611342.09"),
        ("cdnow_sample", "CDNOW_sample.txt", {"customer": "column 2", "date": "column 3", "amount": "column 5"}, "0"),
        ("msft_sales", "msft_dp_data_sales.csv", {}, "0"),
    ],
)
def test_raw_file(name: str, file_name: str, columns: dict[str, str], refunds: str, tmp_path: Path):
    """From the raw file through the intake: again every period, who is lost, and the money."""
    known = reference(name)
    mapping = ColumnMap(columns=columns) if columns else None
    reading = read_orders(shared_data() / "orders" / file_name, mapping=mapping, workdir=tmp_path)
    with Workspace.open(None) as workspace:
        workspace.ingest(reading)
        workspace.save(base(name))
        totals = value.totals(workspace)
        assert (totals.orders, totals.customers, totals.gross) == (
            known["n_orders"],
            known["n_customers"],
            exact(known["revenue"]),
        )
        assert totals.net == totals.gross - Decimal(refunds)
        for lost_after in THRESHOLDS:
            for kind in KINDS:
                expected = [published(period, lost_after) for period in known["periods"][kind]]
                assert [found(period) for period in retention.periods(workspace, kind, lost_after)] == expected
            assert retention.now(workspace, lost_after).lost == known["at_last_date"][str(lost_after)]["lost"]
