"""The measured tasks. Each prints `{"seconds": .., "megabytes": ..}`; started by `tests.benchmarks`."""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from metrics.connection import CONFIG
from metrics.due import due_by_manager, due_customers
from metrics.intake import read_orders
from metrics.intake.contract import Quality, Reading
from metrics.lifecycle import lifecycle
from metrics.marts import MARTS, WITH_AS_OF, WITH_ZERO_ORDERS
from metrics.retention import now, periods
from metrics.scenario import Incentive, Scenario, SegmentAudience, Stage
from metrics.simulator import estimate
from metrics.statements import statement
from metrics.threshold import churn_by_threshold
from metrics.value import lost_by_month, lost_money, simple_ltv_course, totals
from metrics.workspace import Workspace

AS_OF = date(2026, 10, 31)
COLUMNS = "order_id, customer_id, order_at, amount, is_refund, null::decimal(18, 4) as cost"


def connection() -> duckdb.DuckDBPyConnection:
    """DuckDB as the workspace opens it, in memory."""
    return duckdb.connect(config={**CONFIG, "memory_limit": "1500MB"})


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare_group_by(path: Path) -> float:
    """One row per customer with what anybody would ask of it."""
    con = connection()
    query = "select customer_id, count(*), sum(amount), min(order_at), max(order_at) from read_parquet(?) group by 1"
    con.execute(f"create table warm as {query}", [str(path)])
    return timed(lambda: con.execute(f"create or replace table bare as {query}", [str(path)]))


def marts(path: Path) -> float:
    """All marts from clean orders in Parquet, by the product's own statements."""
    con = connection()
    con.execute(f"create view current_orders as select {COLUMNS} from read_parquet('{path}')")

    def build() -> None:
        for name in MARTS:
            values: dict[str, object] = {"as_of": AS_OF} if name in WITH_AS_OF else {}
            if name in WITH_ZERO_ORDERS:
                values["count_zero_orders"] = False
            con.execute(statement(f"marts/{name}"), values)

    con.execute("select count(*), max(order_at), max(customer_id) from current_orders").fetchall()
    return timed(build)


def marts_pandas(path: Path) -> float:
    """The same figures in pandas: order days with gaps, customers with yearly value, both histograms, days."""
    import numpy as np
    import pandas as pd

    def build() -> None:
        orders = pd.read_parquet(path, columns=["customer_id", "order_at", "amount"])
        orders["day"] = orders["order_at"].to_numpy().astype("datetime64[D]").astype(np.int64)
        orders["amount"] = (orders["amount"].astype(float) * 10000).round().astype(np.int64)
        orders = orders.sort_values(["customer_id", "day"])
        by = orders.groupby("customer_id")
        orders["next_day"] = by["day"].shift(-1)
        orders["last_day"] = by["day"].transform("max")
        orders["order_number"] = by["day"].rank("dense").astype(int).clip(upper=4)
        orders["recent"] = orders["amount"].where(orders["day"] > orders["last_day"] - 365, 0)
        customers = by.agg(first=("day", "min"), last=("day", "max"), orders=("day", "size"), gross=("amount", "sum"))
        customers["value"] = orders.groupby("customer_id")["recent"].sum()
        gaps = orders[orders["next_day"].isna() | (orders["next_day"] > orders["day"])]
        gaps = gaps.assign(length=gaps["next_day"] - gaps["day"])
        gaps.groupby(["order_number", "day", "length"], dropna=False).size()
        customers.groupby("last").agg(n=("value", "size"), value=("value", "sum"))
        orders.groupby("day").agg(n=("amount", "size"), gross=("amount", "sum"))

    return timed(build)


def marts_polars(path: Path) -> float:
    """The same in polars."""
    import polars as pl

    def build() -> None:
        orders = (
            pl.scan_parquet(path)
            .select(
                "customer_id",
                day=pl.col("order_at").dt.date().cast(pl.Int32),
                amount=(pl.col("amount").cast(pl.Float64) * 10000).round().cast(pl.Int64),
            )
            .sort("customer_id", "day")
            .with_columns(
                next_day=pl.col("day").shift(-1).over("customer_id"),
                last_day=pl.col("day").max().over("customer_id"),
                order_number=pl.col("day").rank("dense").over("customer_id").clip(upper_bound=4),
            )
            .collect()
        )
        recent = pl.col("amount").filter(pl.col("day") > pl.col("last_day") - 365).sum()
        customers = orders.group_by("customer_id").agg(
            first=pl.col("day").min(), last=pl.col("day").max(), n=pl.len(), gross=pl.col("amount").sum(), value=recent
        )
        gaps = orders.filter(pl.col("next_day").is_null() | (pl.col("next_day") > pl.col("day")))
        gaps.group_by("order_number", "day", (pl.col("next_day") - pl.col("day")).alias("length")).len()
        customers.group_by("last").agg(pl.len(), pl.col("value").sum())
        orders.group_by("day").agg(pl.len(), pl.col("amount").sum())

    return timed(build)


def bare_scan(path: Path) -> float:
    """DuckDB reading the CSV into types and adding up, nothing else."""
    con = duckdb.connect()
    query = (
        "select count(*), max(order_id), max(customer_id), max(order_at), sum(amount) from read_csv(?, header = true, "
        "columns = {'order_id': 'varchar', 'customer_id': 'varchar', 'order_at': 'timestamp', "
        "'amount': 'decimal(18, 4)'})"
    )
    con.execute(query, [str(path)]).fetchall()
    return timed(lambda: con.execute(query, [str(path)]).fetchall())


TWIN_SCAN = """
import duckdb, sys
duckdb.connect().execute(
    "select count(*), max(order_id), max(customer), max(order_at), sum(amount), max(category) "
    "from read_csv(?, header = true, columns = {'order_id': 'varchar', 'customer': 'varchar', "
    "'order_at': 'timestamp', 'amount': 'decimal(18, 4)', 'category': 'varchar'})",
    [sys.argv[1]],
).fetchall()
"""
WORKBOOK_WALK = """
import sys
from python_calamine import CalamineWorkbook
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    pass
"""


def bare_twin_scan(path: Path) -> float:
    """DuckDB reading the five columns of a plain twin into types and adding up, with the start of its process."""
    return in_a_process(TWIN_SCAN, path)


def bare_workbook(path: Path) -> float:
    """calamine opening a workbook and going through all rows of its first sheet, with the start of its process."""
    return in_a_process(WORKBOOK_WALK, path)


def in_a_process(code: str, path: Path) -> float:
    """Seconds that a new Python takes for `code`, as a reading starts a process of its own."""
    return timed(lambda: subprocess.run([sys.executable, "-c", code, str(path)], check=True))


def reading(path: Path) -> float:
    """From a file to clean orders, with the start of the child process."""
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:

        def run() -> None:
            found = read_orders(path, workdir=Path(scratch))
            assert found.clean_path is not None, (found.reasons, found.questions)

        return timed(run)


def refusal(path: Path) -> float:
    """Until a file is refused, with the start of the child process."""
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:

        def run() -> None:
            assert read_orders(path, workdir=Path(scratch)).outcome == "refused"

        return timed(run)


def whole_import(path: Path) -> float:
    """Child process, parsing, quality report, workspace and marts."""
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as scratch,
        Workspace.open(Path(scratch) / "data") as workspace,
    ):

        def run() -> None:
            reading = read_orders(path, workdir=workspace.inbox or path.parent)
            assert reading.clean_path is not None, reading.reasons
            workspace.ingest(reading)

        return timed(run)


def new_threshold(path: Path) -> float:
    """Median seconds of everything Overview and When is a customer lost? ask for a new threshold."""
    with Workspace.open(None) as workspace:
        workspace.ingest(clean_reading(path))
        periods(workspace, "month", 120)

        def ask(threshold: int) -> None:
            totals(workspace)
            now(workspace, threshold)
            periods(workspace, "month", threshold)
            lost_money(workspace, threshold)
            lost_by_month(workspace, threshold)
            churn_by_threshold(workspace, [threshold])
            simple_ltv_course(workspace, threshold)

        return statistics.median(timed(lambda days=days: ask(days)) for days in range(30, 366))


def states_made(path: Path) -> float:
    """Seconds until the states of all customers stand for every threshold, once after an upload."""
    with Workspace.open(None) as workspace:
        workspace.ingest(clean_reading(path))
        return timed(lambda: lifecycle(workspace, 120))


def new_threshold_of_states(path: Path) -> float:
    """Median seconds of a new threshold for the states, who is due by manager, and the first page of them."""
    with Workspace.open(None) as workspace:
        workspace.ingest(clean_reading(path))
        lifecycle(workspace, 120)
        due_by_manager(workspace, 120)

        def ask(threshold: int) -> None:
            lifecycle(workspace, threshold)
            due_by_manager(workspace, threshold)
            due_customers(workspace, threshold, limit=25)

        return statistics.median(timed(lambda days=days: ask(days)) for days in range(30, 366, 15))


def new_campaign(path: Path) -> float:
    """Median seconds of a changed input of the campaign simulator for a million lost customers, or as many as are."""
    with Workspace.open(None) as workspace:
        held = _campaign(workspace, path)
        estimate(workspace, held)

        def ask(step: int) -> None:
            rate = held.stages[0].model_copy(update={"rate": 0.02 + step / 1000})
            estimate(workspace, held.model_copy(update={"stages": (rate,)}))

        return statistics.median(timed(lambda step=step: ask(step)) for step in range(1, 12))


def campaign_memory(path: Path) -> float:
    """Megabytes that simulating it takes at most, above what the process held before."""
    with Workspace.open(None) as workspace:
        held = _campaign(workspace, path)
        before = _status("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")  # lets the peak start again from here
        estimate(workspace, held)
        return _status("VmHWM") - before


def _campaign(workspace: Workspace, path: Path) -> Scenario:
    workspace.ingest(clean_reading(path))
    workspace.update(lost_after_days=_threshold_of(workspace, 1_000_000))
    lifecycle(workspace, workspace.settings.threshold)
    return Scenario(
        audience=SegmentAudience(segment="lost", skip_lost_twice=False),
        stages=(Stage(channel="email", unit_cost=0.1, rate=0.02),),
        incentive=Incentive(kind="percent", percent=10, cap=20),
    )


def _status(name: str) -> float:
    """A figure of this process in megabytes."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _threshold_of(workspace: Workspace, lost: int) -> int:
    """The threshold at which nearest to so many customers are lost."""
    return min(range(1, 366), key=lambda days: abs(lost_money(workspace, days).all_customers - lost))


def clean_reading(path: Path) -> Reading:
    """A reading of a clean file, as the intake would give it."""
    nothing = Decimal(0)
    quality = Quality(0, 0, 0, 0, 0, 0, 0, 0, {}, (), 0, None, None, None, nothing, nothing)
    return Reading("ready", path.name, "bench", quality=quality, clean_path=path)


def main() -> None:
    """Run one task by name."""
    task, path = sys.argv[1], Path(sys.argv[2])
    seconds = globals()[task](path)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": max(own, child) / 1024}) + "\n")


if __name__ == "__main__":
    main()
