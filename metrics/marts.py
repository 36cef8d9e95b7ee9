"""The tables that every question reads, built from the current orders once per change and as-of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb

from metrics.errors import WorkspaceError
from metrics.profiles import build_profiles
from metrics.settings import Settings
from metrics.statements import statement
from metrics.storage import choose_current_orders, has_current_orders, resolve_orders, stored_settings

Progress = Callable[[str, float], None]

FORMAT = 3

MARTS = ("steps", "customers", "gap_histogram", "last_day_histogram", "day_totals", "costs")
HISTOGRAMS = ("gap_histogram", "last_day_histogram", "day_totals", "costs")
WITH_AS_OF = {"steps", "customers", "day_totals", "costs"}
WITH_ZERO_ORDERS = {"steps", "costs"}
BUILT_FROM = ("as_of", "count_zero_orders", "left_out")
"""The settings that the marts depend on."""
MADE = (
    "rhythms", "comebacks", "past_rhythms", "identities", "home_groups", "customer_facts", "grades", "segment_base",
    "contact_texts", "contact_keys", "suppressed_customers", "contacted_customers", "customer_reasons",
    "picked_customers",
)  # fmt: skip
"""Tables that are made from the marts when they are first needed, so that no upload waits for them."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of a new database, and the marts of one of an earlier version anew.

    Raises WorkspaceError `workspace_newer` for one of a later version.
    """
    with connection.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute(statement("workspace/schema"))
        rows = cursor.execute("select format from meta").fetchall()
        if rows and rows[0][0] > FORMAT:
            raise WorkspaceError("workspace_newer")
        if not has_current_orders(cursor):
            resolve_orders(cursor)
            choose_current_orders(cursor, stored_settings(cursor).left_out)
        if not rows:
            for name in MARTS:
                build(cursor, name, None, Settings())
            cursor.execute("insert into meta values ($format)", {"format": FORMAT})
        elif rows[0][0] < FORMAT:
            rebuild(cursor, stored_settings(cursor), None, orders_changed=True)
            cursor.execute("update meta set format = $format", {"format": FORMAT})
        cursor.execute("commit")


def rebuild(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, on_progress: Progress | None, *, orders_changed: bool
) -> date | None:
    """Build all marts anew within the transaction of `cursor`; the as-of date they are built for."""
    if on_progress:
        on_progress("current_orders", 0.0)
    if orders_changed:
        resolve_orders(cursor)
    choose_current_orders(cursor, settings.left_out)
    as_of = resolve_as_of(cursor, settings)
    for index, name in enumerate(MARTS):
        if on_progress:
            on_progress(name, (index + 1) / (len(MARTS) + 1))
        build(cursor, name, as_of, settings)
    rebuild_profiles(cursor, on_progress)
    for name in HISTOGRAMS[1:]:  # sums that do not fit are found before the change is kept
        cursor.execute(statement(f"answers/{name}")).fetchall()
    return as_of


def rebuild_profiles(cursor: duckdb.DuckDBPyConnection, on_progress: Progress | None) -> None:
    """Join the known people anew to the customers that bought: the only mart that a file of customers changes."""
    if on_progress:
        on_progress("profiles", len(MARTS) / (len(MARTS) + 1))
    build_profiles(cursor)


def build(cursor: duckdb.DuckDBPyConnection, name: str, as_of: date | None, settings: Settings) -> None:
    """Build one mart as of a day; without one it is empty."""
    parameters: dict[str, Any] = {}
    if name in WITH_AS_OF:
        parameters["as_of"] = as_of or date.min
    if name in WITH_ZERO_ORDERS:
        parameters["count_zero_orders"] = settings.count_zero_orders
    cursor.execute(statement(f"marts/{name}"), parameters)


def drop_made(cursor: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables that were made from earlier marts: nobody may read them, and what was undone must be gone."""
    for name in MADE:
        cursor.execute(f"drop table if exists {name}")


def resolve_as_of(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> date | None:
    """The chosen as-of date, else the latest counted order day; None while there is no counted order."""
    latest = cursor.execute(statement("answers/latest_order_day"), {"count_zero_orders": settings.count_zero_orders})
    (day,) = latest.fetchall()[0]
    return None if day is None else (settings.as_of or day)
