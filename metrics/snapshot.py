"""One cursor that is asked our statements by name: their rows at once, in parts, or copied into a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb

from metrics.statements import EVERYBODY, Where, statement_where

Rows = list[dict[str, Any]]
_AT_ONCE: Final = 5000


def run(
    cursor: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any], found: Where = EVERYBODY,
    words: Mapping[str, str] | None = None,
) -> Rows:  # fmt: skip
    """The rows of `sql/<name>.sql`, `{where}` and other places filled with SQL of our own, as dictionaries."""
    _execute(cursor, name, parameters, found, words)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


class Snapshot:
    """Questions about one state of the tables, one after another."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def ask(self, name: str, found: Where, words: Mapping[str, str] | None = None, **parameters: Any) -> Rows:
        """All rows of `sql/<name>.sql`; for a copy: how many were copied."""
        return run(self._cursor, name, parameters, found, words)

    def stream(
        self, name: str, found: Where, words: Mapping[str, str] | None = None, **parameters: Any
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of `sql/<name>.sql` one by one, without keeping them; nothing else is asked meanwhile."""
        _execute(self._cursor, name, parameters, found, words)
        while rows := self._cursor.fetchmany(_AT_ONCE):
            yield from rows


def _execute(
    cursor: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any], found: Where,
    words: Mapping[str, str] | None,
) -> None:  # fmt: skip
    cursor.execute(statement_where(name, found, **(words or {})), {**found.parameters, **parameters})
