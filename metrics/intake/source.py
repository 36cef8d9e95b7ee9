"""The table of a file, ready for DuckDB: UTF-8 text with one delimiter, or Parquet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import duckdb

Reader = Literal["parallel", "serial"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows lie and how they are read.

    `skip` lines come before the first data row. `is_typed`: numbers were numbers in the file, so a point in them is the
    decimal mark. `is_rewritten`: our own plain CSV, whose last, extra column marks rows that had too many cells.
    `texts`: for Parquet the SQL of each header's text, in which columns go by their place.
    """

    path: Path
    headers: tuple[str, ...]
    kind: Literal["text", "parquet"] = "text"
    delimiter: str = ","
    skip: int = 0
    is_typed: bool = False
    is_rewritten: bool = False
    reader: Reader = "parallel"
    texts: tuple[str, ...] = ()

    def read_serially(self) -> Source:
        """The same text read by one thread: needed where cells hold line breaks and rows are short."""
        return replace(self, reader="serial")


def identifier(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def cell(place: int) -> str:
    """The SQL name of the raw text column at `place` (0-based) in the view `cells`."""
    return f"c{place}"


def connect(workdir: Path, memory_bytes: int, threads: int) -> duckdb.DuckDBPyConnection:
    """A private in-memory database that spills into `workdir` and can load no extensions."""
    connection = duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": f"{memory_bytes >> 20}MiB",
            "temp_directory": str(workdir / "spill"),
            "python_enable_replacements": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    connection.execute("set timezone = 'UTC'")
    # Progress is counted, not printed.
    connection.execute("set enable_progress_bar = true")
    connection.execute("set enable_progress_bar_print = false")
    return connection


def show_cells(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Create the view `cells`: one row per row of the file, columns c0.. as text, and `is_overlong`.

    Values reach the view through DuckDB variables, since a view takes no parameters.
    """
    connection.execute("set variable source_path = $path", {"path": str(source.path)})
    if source.kind == "parquet":
        columns = ", ".join(f"{text} as {cell(place)}" for place, text in enumerate(source.texts))
        reader = "read_parquet(getvariable('source_path'), hive_partitioning = false)"
        connection.execute(f"create or replace view cells as select {columns}, false as is_overlong from {reader}")
        return
    names = [cell(place) for place in range(len(source.headers))]
    stored = [*names, "overlong"] if source.is_rewritten else names
    connection.execute("set variable source_columns = $columns", {"columns": dict.fromkeys(stored, "varchar")})
    connection.execute("set variable source_delimiter = $delimiter", {"delimiter": source.delimiter})
    connection.execute("set variable source_skip = $skip", {"skip": source.skip})
    overlong = "overlong is not null" if source.is_rewritten else "false"
    connection.execute(
        f"create or replace view cells as select {', '.join(names)}, {overlong} as is_overlong "
        "from read_csv(getvariable('source_path'), columns = getvariable('source_columns'), "
        "delim = getvariable('source_delimiter'), skip = getvariable('source_skip'), header = false, "
        "quote = '\"', escape = '\"', auto_detect = false, null_padding = true, max_line_size = 8388608, "
        f"parallel = {'true' if source.reader == 'parallel' else 'false'})"
    )
