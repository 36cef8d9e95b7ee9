"""One person is one customer: orders that go by an e-mail or a phone in one file, and by a number in another."""

from __future__ import annotations

import duckdb

from metrics.statements import statement


def find_aliases(cursor: duckdb.DuckDBPyConnection, *, several: bool) -> None:
    """Fill `aliases` (contact -> customer id) where orders come from several files; within one they are joined."""
    cursor.execute("delete from aliases")
    if several and _has_rows(cursor, "contacts"):
        cursor.execute(statement("workspace/aliases"))


def show_aliased(cursor: duckdb.DuckDBPyConnection) -> str:
    """Make the view `known_contacts` and return the relation of resolved orders under their customers.

    Without aliases nothing stands between, so that nobody pays for it.
    """
    if not _has_rows(cursor, "aliases"):
        cursor.execute(statement("workspace/known_contacts"))
        return "resolved_orders"
    cursor.execute(statement("workspace/known_contacts_aliased"))
    cursor.execute(statement("workspace/aliased_orders"))
    return "aliased_orders"


def _has_rows(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(cursor.execute(f"select exists (select 1 from {table})").fetchall()[0][0])
