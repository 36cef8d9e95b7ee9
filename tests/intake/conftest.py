"""Readings of small literal files, in this process; and the shared real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics.intake import ColumnMap, Limits, Reading
from metrics.intake.job import Job
from metrics.intake.pipeline import read_file

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

Read = Callable[..., Reading]


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data folder is not at {SHARED}")
    return SHARED


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read text or bytes as an order file; `columns`, `answers` and `rules` make up the mapping, `known` the rest."""
    count = iter(range(10_000))

    def reader(
        content: str | bytes,
        *,
        columns=None,
        answers=None,
        rules=None,
        kind=None,
        limits: Limits | None = None,
        **known,
    ) -> Reading:
        folder = tmp_path / f"reading{next(count)}"
        temp = folder / "temp"
        temp.mkdir(parents=True)
        path = folder / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        mapping = ColumnMap(columns=columns or {}, answers=answers or {}, rules=rules or {}, kind=kind)
        job = Job(path, "file", mapping, folder, temp, limits or Limits(), **known)
        return read_file(job, lambda _stage, _share: None)

    return reader


@pytest.fixture
def rows() -> Callable[[Path | None], list[dict[str, Any]]]:
    """The rows of a Parquet or CSV file as dicts, in a fixed order."""

    def reader(path: Path | None) -> list[dict[str, Any]]:
        assert path is not None
        source = "read_csv($p, all_varchar = true)" if path.suffix == ".csv" else "read_parquet($p)"
        with duckdb.connect() as connection:
            cursor = connection.execute(f"select * from {source} order by all", {"p": str(path)})
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return reader
