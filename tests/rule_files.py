"""A workspace whose orders have categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from metrics import Workspace
from metrics.settings import Settings
from tests.factories import reading_of
from tests.oracle import Row


def grouped_workspace(
    rows: Sequence[Row], categories: Sequence[str | None], folder: Path, settings: Settings
) -> Workspace:
    """An open workspace in memory with these orders, each with its category."""
    workspace = Workspace.open(None)
    workspace.save(settings)
    reading = reading_of(rows, folder)
    table = pq.read_table(reading.clean_path).append_column("category", pa.array(categories, pa.string()))
    path = folder / "grouped.parquet"
    pq.write_table(table, path)
    workspace.ingest(replace(reading, clean_path=path))
    return workspace
