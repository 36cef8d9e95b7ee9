"""`make bench`: speed and memory as ratios within one run, on seeded orders. Prints one line per promise.

Every measurement runs in a process of its own, so that peak memory is its own too. `--orders 1e6` for a quick run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from sample_data import write_orders
from tests.benchmarks.files import bomb, twins, workbook
from tests.benchmarks.lists import measured
from tests.benchmarks.tasks import clean_reading, timed
from tests.intake.bombs import BOMBS

REPEATS = 3


def measure(task: str, *arguments: object, repeats: int = REPEATS) -> dict[str, float]:
    """The best of some runs of `tests.benchmarks.tasks <task>`: seconds and peak megabytes."""
    runs = []
    for _run in range(repeats):
        command = [sys.executable, "-m", "tests.benchmarks.tasks", task, *map(str, arguments)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        runs.append(json.loads(printed.splitlines()[-1]))
    best: dict[str, float] = min(runs, key=lambda run: run["seconds"])
    best["megabytes"] = max(run["megabytes"] for run in runs)
    return best


def line(name: str, ratio: float, limit: str, *, detail: str) -> None:
    """One promise."""
    sys.stdout.write(f"{name:58s} {ratio:8.2f}  ({limit})  {detail}\n")
    sys.stdout.flush()


def main() -> None:
    """Make the files, run the tasks, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=float, default=1e7)
    parser.add_argument("--folder", type=Path, default=None)
    chosen = parser.parse_args()
    large = int(chosen.orders)
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        marts = {n: marts_of(folder, n) for n in (large // 10, large)}
        growth = marts[large] / marts[large // 10]
        line(f"marts, {large // 10:,} to {large:,} orders", growth, "at most 12", detail="growth of time")
        others(folder, large, marts[large])
        imports(folder, large)
        exports(folder, large)
        bombs(folder)
        thresholds(folder, (large // 10, large))
        lists(folder, large)


def parquet(folder: Path, n: int) -> Path:
    """Seeded clean orders in the form that the intake writes, made once per folder."""
    path = folder / f"clean_{n}.parquet"
    if not path.exists():
        raw = folder / f"orders_{n}.parquet"
        write_orders(raw, n, seed=7)
        columns = (
            "order_id::varchar as order_id, customer_id::varchar as customer_id, order_at, "
            "amount::decimal(18, 4) as amount, false as is_refund, 1::integer as n_lines"
        )
        duckdb.execute(f"copy (select {columns} from read_parquet('{raw}')) to '{path}'")
    return path


def marts_of(folder: Path, n: int) -> float:
    """Marts against one bare group by over the same file; returns the seconds."""
    bare = measure("bare_group_by", parquet(folder, n))
    built = measure("marts", parquet(folder, n))
    line(
        f"marts of {n:,} orders / bare group by", built["seconds"] / bare["seconds"], "at most 4",
        detail=f"{built['seconds']:.2f} s against {bare['seconds']:.2f} s; peak {built['megabytes']:.0f} MB (2,000)",
    )  # fmt: skip
    return built["seconds"]


def others(folder: Path, n: int, ours: float) -> None:
    """The same marts in pandas and polars."""
    for tool, limit in (("pandas", "at least 5"), ("polars", "at least 2")):
        theirs = measure(f"marts_{tool}", parquet(folder, n), repeats=1)
        line(f"{tool}, the same marts of {n:,} orders / ours", theirs["seconds"] / ours, limit,
             detail=f"{theirs['seconds']:.2f} s; peak {theirs['megabytes']:.0f} MB")  # fmt: skip


def imports(folder: Path, n: int) -> None:
    """The whole import of a CSV against a bare typed scan of it."""
    path = folder / f"orders_{n}.csv"
    if not path.exists():
        write_orders(path, n, seed=7)
    bare = measure("bare_scan", path)
    whole = measure("whole_import", path, repeats=2)
    line(
        f"import of a CSV of {n:,} rows / bare typed scan", whole["seconds"] / bare["seconds"], "at most 10",
        detail=f"{whole['seconds']:.1f} s against {bare['seconds']:.2f} s; peak {whole['megabytes']:.0f} MB (4,000)",
    )  # fmt: skip


def exports(folder: Path, large: int) -> None:
    """Exports as shops have them against the bare reader of a plain twin."""
    n_rows, n_cells = min(1_000_000, large // 10), min(200_000, large // 50)
    plain, paged = twins(folder, n_rows)
    book = workbook(folder, n_cells)
    against(f"cp1251, decimal comma, {n_rows:,} rows / typed scan of UTF-8", paged, "bare_twin_scan", plain, 4)
    against(f"XLSX of {n_cells:,} x 8 / bare reader", book, "bare_workbook", book, 3)


def against(name: str, path: Path, task: str, plain: Path, limit: int) -> None:
    """A reading, from the start of its process to clean orders, against a bare reader from the start of its own."""
    bare, ours = measure(task, plain), measure("reading", path)
    line(
        name, ours["seconds"] / bare["seconds"], f"at most {limit}",
        detail=f"{ours['seconds']:.2f} s against {bare['seconds']:.2f} s; peak {ours['megabytes']:.0f} MB",
    )  # fmt: skip


def bombs(folder: Path) -> None:
    """The slowest refusal of a bomb."""
    seconds = {name: measure("refusal", bomb(folder, name))["seconds"] for name in BOMBS}
    slowest = max(seconds, key=lambda name: seconds[name])
    line("the slowest of seven bombs, seconds until it is refused", seconds[slowest], "at most 2", detail=slowest)


def lists(folder: Path, n: int) -> None:
    """Lists of customers that leave, against the bare writers."""
    found = measured(parquet(folder, n), clean_reading, timed)
    line(f"CSV of {found['csv_rows']:,} customers / DuckDB's own ordered copy", found["csv"] / found["csv_bare"],
         "at most 2", detail=f"{found['csv']:.2f} s against {found['csv_bare']:.2f} s")  # fmt: skip
    line(f"Excel of {found['xlsx_rows']:,} customers / bare XlsxWriter", found["xlsx"] / found["xlsx_bare"],
         "at most 1.5", detail=f"{found['xlsx']:.1f} s against {found['xlsx_bare']:.1f} s")  # fmt: skip


def thresholds(folder: Path, sizes: tuple[int, ...]) -> None:
    """A new threshold: all periods and all cards of Overview and When is a customer lost?"""
    for n in sizes:
        found = measure("new_threshold", parquet(folder, n), repeats=1)
        line(f"a new threshold at {n:,} orders, milliseconds", found["seconds"] * 1000, "at most 10",
             detail="median of every T from 30 to 365; cards and series")  # fmt: skip
        made = measure("states_made", parquet(folder, n), repeats=1)
        found = measure("new_threshold_of_states", parquet(folder, n), repeats=1)
        line(f"states and who is due at {n:,} orders, milliseconds", found["seconds"] * 1000, "at most 100",
             detail=f"a new threshold, median; made once in {made['seconds']:.2f} s")  # fmt: skip
    largest = parquet(folder, sizes[-1])
    found = measure("new_campaign", largest, repeats=1)
    line("a million lost customers ranked and simulated, milliseconds", found["seconds"] * 1000, "at most 300",
         detail="a new rate, 10,000 draws; median")  # fmt: skip
    found = measure("campaign_memory", largest, repeats=1)
    line("the same, megabytes at most", found["seconds"], "at most 1,000", detail="above what the process held before")


if __name__ == "__main__":
    main()
