"""Every file of csv-spectrum against its JSON, opened as the reader opens any text."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from metrics.intake.limits import Limits
from metrics.intake.opening import open_file
from metrics.intake.source import Source, connect, show_cells

NAMES = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates", "newlines",
    "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip


@pytest.fixture
def spectrum(shared: Path) -> Path:
    return shared / "dirty" / "csv-spectrum"


def test_no_file_is_forgotten(spectrum: Path) -> None:
    assert sorted(path.stem for path in (spectrum / "csvs").iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_its_json(spectrum: Path, tmp_path: Path, name: str) -> None:
    opened = open_file(_table(spectrum / "csvs" / f"{name}.csv", tmp_path), tmp_path, Limits())
    headers = opened.source.headers
    expected = _expected(spectrum / "json" / f"{name}.json")
    assert [dict(zip(headers, row, strict=True)) for row in opened.rows] == expected
    assert [dict(zip(headers, row, strict=True)) for row in _cells(opened.source, tmp_path)] == expected


def _table(path: Path, folder: Path) -> Path:
    """The CSV as its name says: the collection lost the carriage returns of its `_crlf` files."""
    copy = folder / path.name
    content = path.read_bytes()
    is_meant = path.stem.endswith("_crlf") and b"\r\n" not in content
    copy.write_bytes(content.replace(b"\n", b"\r\n") if is_meant else content)
    return copy


def _expected(path: Path) -> list[dict[str, str]]:
    told = json.loads(path.read_text("utf-8"))
    rows = told if isinstance(told, list) else [told]
    if path.stem == "location_coordinates":
        # Its JSON hides the telephone number that stands in the CSV.
        rows = [row | {"Contact Phone Number": "2095257564"} for row in rows]
    return rows


def _cells(source: Source, folder: Path) -> list[tuple[str, ...]]:
    """The rows as the reader takes them, with its second try where cells hold line breaks."""
    for each in (source, source.read_serially()):
        with connect(folder, 1 << 29, 1) as connection:
            try:
                show_cells(connection, each)
                found = connection.execute("select * exclude (is_overlong) from cells").fetchall()
            except duckdb.Error:
                continue
            return [tuple("" if cell is None else cell for cell in row) for row in found]
    raise AssertionError("neither way reads the file")
