"""Lists of customers that leave, against the bare writers: ratios of one process, for everything stands ready in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from metrics.guard import Rules, ready
from metrics.list_columns import COLUMNS
from metrics.list_export import export
from metrics.list_options import ListOptions
from metrics.segment import Condition, Segment
from metrics.workspace import Workspace

SEVERAL_ORDERS = Segment(conditions=(Condition(field="orders", low=2, high=7),))
LATELY = Segment(conditions=(Condition(field="silence", high=6),))
OPTIONS = ListOptions(rules=Rules(skip_lost_twice=False, cool_down_days=None))
ALL_COLUMNS = ", ".join(COLUMNS)


def against_bare_writers(workspace: Workspace, folder: Path, timed: Any, repeats: int = 3) -> dict[str, float]:
    """Rows, and seconds of ours and of the bare writer, of a CSV for people and of an Excel file; the best of some."""
    ready(workspace)
    bare = (workspace.inbox or folder) / "bare.csv"

    def copy() -> None:
        with workspace._connection.cursor() as cursor:
            listed = f"select {ALL_COLUMNS} from segment_base where orders between 2 and 7"
            cursor.execute(f"copy ({listed} order by yearly_value desc, customer) to '{bare}'")

    with workspace._connection.cursor() as cursor:
        rows = cursor.execute(f"select {ALL_COLUMNS} from segment_base where silence <= 6").fetchall()
    return {
        "csv_rows": export(workspace, SEVERAL_ORDERS, "csv", folder / "list.csv", OPTIONS).written,
        "csv": _best(timed, lambda: export(workspace, SEVERAL_ORDERS, "csv", folder / "list.csv", OPTIONS), repeats),
        "csv_bare": _best(timed, copy, repeats),
        "xlsx_rows": len(rows),
        "xlsx": _best(timed, lambda: export(workspace, LATELY, "xlsx", folder / "list.xlsx", OPTIONS), 1),
        "xlsx_bare": _best(timed, lambda: _bare_workbook(folder / "bare.xlsx", rows), 1),
    }


def measured(path: Path, reading: Any, timed: Any) -> dict[str, float]:
    """`against_bare_writers` on the customers of a clean file of orders."""
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch, Workspace.open(Path(scratch) / "data") as workspace:
        inside = Path(shutil.copy(path, workspace.inbox or scratch))
        workspace.ingest(reading(inside))
        return against_bare_writers(workspace, Path(scratch), timed)


def _best(timed: Any, task: Any, repeats: int) -> float:
    return float(min(timed(task) for _ in range(repeats)))


def _bare_workbook(path: Path, rows: Sequence[Sequence[object]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(place, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(place, column, value, days)
            elif value is not None:
                sheet.write_number(place, column, value)
    book.close()
