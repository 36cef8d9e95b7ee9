"""Parquet files as columns of text: every type in the one form that the parsers read without doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from metrics.errors import IntakeError
from metrics.intake.columns import name_scores
from metrics.intake.contract import Warned
from metrics.intake.limits import Limits
from metrics.intake.opened import Opened
from metrics.intake.source import Source
from metrics.intake.table import unique_names
from metrics.intake.words import normal

_SAMPLE_ROWS = 1000
_NESTED = frozenset({"struct", "list", "array", "map", "union", "variant", "geometry"})
_WHOLE = frozenset({"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"})
_FLOATS = frozenset({"float", "double"})
_TIME_WORDS = frozenset({"ts", "timestamp", "time", "epoch", "unix", "unixtime", "date", "at", "дата", "время"})
_EPOCH_SECONDS = (315_532_800, 4_133_980_800)
"""The years 1980 to 2101."""
_EPOCH_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of text: its header, the SQL that reads it (columns go by their place), the type it had."""

    header: str
    sql: str
    kind: str


def open_parquet(path: Path, limits: Limits) -> Opened:
    """The table of a Parquet file.

    The parts of a struct become columns of their own (`customer` with `id`: `customer id`); lists, maps and what is
    nested deeper are left out with the warning `nested_columns`. A time with a time zone becomes the time on the
    clocks of the zone that its writer named, of UTC where none is named (warning `time_zone`). Whole numbers that are
    dates by their header and count seconds since 1970 (or thousandths, and so on) become dates.

    Raises IntakeError `file_broken`, `no_rows`, `too_many_rows`, `no_table`.
    """
    with duckdb.connect(config={"threads": 1, "memory_limit": "512MiB"}) as connection:
        try:
            return _opened(connection, path, limits)
        except (duckdb.Error, RuntimeError, UnicodeDecodeError) as error:  # RuntimeError: a name that is no UTF-8
            raise IntakeError("file_broken") from error


def _opened(connection: duckdb.DuckDBPyConnection, path: Path, limits: Limits) -> Opened:
    connection.execute("set timezone = 'UTC'")
    relation = connection.sql(
        f"select * from read_parquet($path, hive_partitioning = false) limit {_SAMPLE_ROWS}", params={"path": str(path)}
    )
    counts = connection.execute("select sum(num_rows) from parquet_file_metadata($path)", {"path": str(path)})
    (n_rows,) = counts.fetchall()[0]
    if not n_rows:
        raise IntakeError("no_rows")
    if n_rows > limits.rows:
        raise IntakeError("too_many_rows", rows=int(n_rows))
    zones = _zones(path) if any("time zone" in str(each).lower() for each in relation.types) else {}
    columns = [
        each
        for place, name in enumerate(relation.columns)
        for each in _columns(name, relation.types[place], place, zones)
    ]
    nested = [each.header for each in columns if each.kind == "nested"]
    columns = [each for each in columns if each.kind != "nested"]
    if not columns:
        raise IntakeError("no_table")
    texts = _with_epochs(relation, columns)
    sample = relation.project(", ".join(f"{text} as t{place}" for place, text in enumerate(texts))).fetchall()
    source = Source(
        path,
        unique_names([each.header for each in columns]),
        kind="parquet",
        is_typed=any(each.kind in _WHOLE | _FLOATS or each.kind == "decimal" for each in columns),
        texts=tuple(texts),
    )
    warnings = [Warned("nested_columns", 0, {"columns": nested})] if nested else []
    if zones:
        warnings.append(Warned("time_zone", 0, {"zones": sorted(set(zones.values()))}))
    rows = tuple(tuple("" if cell is None else cell for cell in row) for row in sample)
    return Opened(source, rows, warnings=tuple(warnings))


def _columns(name: str, type_: Any, place: int, zones: dict[int, str]) -> Iterator[_Column]:
    """The column of text for a column of the file, or those for the parts of a struct."""
    sql = f"#{place + 1}"
    if type_.id == "struct":
        for part, (part_name, part_type) in enumerate(type_.children, start=1):
            header = f"{name} {part_name}"
            yield _column(header, f"struct_extract_at({sql}, {part})", part_type.id, zones.get(place, "UTC"))
    else:
        yield _column(name, sql, type_.id, zones.get(place, "UTC"))


def _column(header: str, sql: str, kind: str, zone: str) -> _Column:
    if kind in _NESTED:
        return _Column(header, sql, "nested")
    text = f"{sql}::varchar"
    if kind in _FLOATS:
        # A whole number with blanks beside it is stored as a fraction: 12346.0.
        is_whole = f"{sql} = trunc({sql}) and abs({sql}) < 1e15"
        text = f"case when {is_whole} then try_cast({sql} as bigint)::varchar else {text} end"
    elif kind == "blob":
        text = f"coalesce(try(decode({sql})), {text})"
    elif kind == "timestamp with time zone":
        text = f"{_on_clocks(sql, zone)}::varchar"
    return _Column(header, text, kind)


def _on_clocks(sql: str, zone: str) -> str:
    if offset := _OFFSET.fullmatch(zone):
        minutes = int(f"{offset[1]}1") * (int(offset[2]) * 60 + int(offset[3]))
        return f"(timezone('UTC', {sql}) + to_minutes({minutes}))"
    return f"timezone('{zone}', {sql})"


def _zones(path: Path) -> dict[int, str]:
    """For each column of times with a zone (by its place) the zone that its writer named, else UTC."""
    import pyarrow as pa  # noqa: PLC0415  (a slow import that few files need)
    import pyarrow.parquet as pq  # noqa: PLC0415

    known = {zone for (zone,) in duckdb.execute("select name from pg_timezone_names()").fetchall()}
    zones: dict[int, str] = {}
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise IntakeError("file_broken") from error
    for place, field in enumerate(schema):
        if pa.types.is_timestamp(field.type) and field.type.tz is not None:
            zone = str(field.type.tz)
            zones[place] = zone if zone in known or _OFFSET.fullmatch(zone) else "UTC"
    return zones


def _with_epochs(relation: duckdb.DuckDBPyRelation, columns: Sequence[_Column]) -> list[str]:
    """The SQL of every column, with counts since 1970 turned into times."""
    likely = [each for each in columns if each.kind in _WHOLE | _FLOATS and _is_time(each.header)]
    if not likely:
        return [each.sql for each in columns]
    query = ", ".join(
        f"min(try_cast({each.sql} as double)) as low{place}, max(try_cast({each.sql} as double)) as high{place}"
        for place, each in enumerate(likely)
    )
    ends = relation.aggregate(query).fetchall()[0]
    epochs: dict[str, str] = {}
    for place, each in enumerate(likely):
        low, high = ends[place * 2 : place * 2 + 2]
        for unit in _EPOCH_UNITS:
            first, last = (bound * unit for bound in _EPOCH_SECONDS)
            if low is not None and first <= low <= high < last:
                number = f"try_cast({each.sql} as hugeint)"
                epochs[each.sql] = f"make_timestamp(({number} * 1000000 // {unit})::bigint)::varchar"
    return [epochs.get(each.sql, each.sql) for each in columns]


def _is_time(header: str) -> bool:
    scores = name_scores(header)
    return bool(_TIME_WORDS & set(normal(header).split())) or scores["date"] >= max(0.4, *scores.values())
