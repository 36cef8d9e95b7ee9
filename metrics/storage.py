"""How a workspace keeps its settings and loaded files: a table of orders per file, together the view `orders`.

A file's table has just the columns that the file has, so that nobody pays for storing nothing, and taking a file back
is dropping its table.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from metrics.aliases import find_aliases, show_aliased
from metrics.intake.contract import REASON_FIELDS, Reading
from metrics.intake.remembered import worth_remembering
from metrics.settings import Settings
from metrics.statements import statement

# Ids are nearly all different: looking for a compression costs more than reading and writing them as they are.
ORDERS: Final = {
    "order_id": "varchar using compression uncompressed",
    "customer_id": "varchar not null using compression uncompressed",
    "order_at": "timestamp not null",
    "amount": "decimal(18, 4) not null",
    "is_refund": "boolean not null",
    "n_lines": "integer not null",
    "cost": "decimal(18, 4)",
    "status": "varchar",
    "category": "varchar",
    "channel": "varchar",
    "manager": "varchar",
    "region": "varchar",
}
_FILE: Final = "read_parquet($path, hive_partitioning = false)"  # a folder named like amount=1 is no column
CONTACTS: Final = ("customer_id", "name", "email", "phone", "region", "manager", "consent", "flags")


def add_batch(cursor: duckdb.DuckDBPyConnection, batch_id: int, reading: Reading) -> None:
    """Store what was read from a file: its account, orders, contacts, and the order ids that do not count."""
    cursor.execute(
        "insert into batches values ($id, $name, $hash, $at, $has_ids, $quality)",
        {
            "id": batch_id,
            "name": reading.file_name,
            "hash": reading.content_hash,
            "at": datetime.now(UTC).replace(tzinfo=None),
            "has_ids": reading.has_order_ids,
            "quality": json.dumps(asdict(reading.quality) if reading.quality else None, default=str),
        },
    )
    if not reading.mapping.rules.get("guest_contact", True):
        cursor.execute("insert into apart values ($id)", {"id": batch_id})
    if reading.clean_path is not None:
        _add_orders(cursor, batch_id, reading.clean_path)
    if reading.contacts_path is not None and reading.kind == "customers":
        cursor.execute(statement("workspace/add_people"), {"batch_id": batch_id, "path": str(reading.contacts_path)})
    elif reading.contacts_path is not None:
        _add_contacts(cursor, batch_id, reading.contacts_path)
    if reading.contacts_path is not None:
        _add_reasons(cursor, batch_id, reading.contacts_path, is_person=reading.kind == "customers")
    if reading.voided_path is not None:
        _add_voided(cursor, batch_id, reading.voided_path)
    _remember(cursor, reading)


def drop_batch(cursor: duckdb.DuckDBPyConnection, batch_id: int) -> None:
    """Forget a batch with all it brought; nothing happens where there is none."""
    for table in ("contacts", "people", "file_reasons", "voided", "apart", "batches"):
        cursor.execute(f"delete from {table} where batch_id = $id", {"id": batch_id})
    cursor.execute(f"drop table if exists orders_{batch_id:d}")


def resolve_orders(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make `orders` the rows of all files, and `resolved_orders` the latest version of each.

    A single file is seen as it is; overlapping files are resolved once, into a table.
    """
    files = [row[0] for row in cursor.execute("select batch_id from batches order by batch_id").fetchall()]
    batches = [batch_id for batch_id in files if _kind(cursor, f"orders_{batch_id:d}") is not None]
    cursor.execute(f"create or replace view orders as {_all_orders(cursor, batches)}")
    _drop(cursor, "resolved_orders")
    several = len(batches) > 1
    cursor.execute(statement("workspace/resolved_orders" if several else "workspace/resolved_orders_one_file"))
    find_aliases(cursor, several=several)


def choose_current_orders(cursor: duckdb.DuckDBPyConnection, left_out: Sequence[str]) -> None:
    """Make `current_orders` what the marts read: the resolved orders of all accounts but those left out.

    With nothing left out nothing stands between, so that nobody pays for it.
    """
    cursor.execute("delete from left_out")
    for customer_id in left_out:
        cursor.execute("insert into left_out values ($id)", {"id": customer_id})
    _drop(cursor, "current_orders")
    name = "workspace/current_orders_without" if left_out else "workspace/current_orders"
    cursor.execute(statement(name).replace("{orders}", show_aliased(cursor)))


def has_current_orders(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether the orders were resolved and chosen from: not yet in a database that is new, or of an earlier version."""
    return _kind(cursor, "known_contacts") is not None


def last_batch(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number of the file that was loaded last; 0 where there is none."""
    return int(cursor.execute("select coalesce(max(batch_id), 0) from batches").fetchall()[0][0])


def stored_settings(connection: duckdb.DuckDBPyConnection) -> Settings:
    """The settings as they were stored last; those of a fresh start where there are none."""
    rows = connection.execute("select json from settings").fetchall()
    return Settings.model_validate_json(rows[0][0]) if rows else Settings()


def store_settings(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Store settings in place of those that were there."""
    cursor.execute("delete from settings")
    cursor.execute("insert into settings values ($json)", {"json": settings.model_dump_json()})


def _kind(cursor: duckdb.DuckDBPyConnection, name: str) -> str | None:
    found = cursor.execute(
        "select table_type from information_schema.tables where table_name = $name", {"name": name}
    ).fetchall()
    return found[0][0] if found else None


def _drop(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
    kind = _kind(cursor, name)
    if kind:
        cursor.execute(f"drop view {name}" if kind == "VIEW" else f"drop table {name}")


def _remember(cursor: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """Keep what a person chose for a file, for the next ones with its headers."""
    chosen = worth_remembering(reading.mapping)
    if reading.header_key and not chosen.is_empty:
        values = {"key": reading.header_key, "json": chosen.model_dump_json()}
        cursor.execute("delete from mappings where header_key = $key", {"key": reading.header_key})
        cursor.execute("insert into mappings values ($key, $json)", values)


def _add_orders(cursor: duckdb.DuckDBPyConnection, batch_id: int, path: Path) -> None:
    present = _columns(cursor, path)
    columns = {name: kind for name, kind in ORDERS.items() if name in present}
    table, names = f"orders_{batch_id:d}", ", ".join(columns)
    cursor.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    cursor.execute(f"insert into {table} ({names}) select {names} from {_FILE}", {"path": str(path)})


def _add_contacts(cursor: duckdb.DuckDBPyConnection, batch_id: int, path: Path) -> None:
    present = _columns(cursor, path)
    names = ", ".join(name for name in CONTACTS if name in present)
    cursor.execute(
        f"insert into contacts (batch_id, {names}) select $batch_id, {names} from {_FILE}",
        {"batch_id": batch_id, "path": str(path)},
    )


def _add_reasons(cursor: duckdb.DuckDBPyConnection, batch_id: int, path: Path, *, is_person: bool) -> None:
    """Keep what a file says about why customers left, where it says anything."""
    present = _columns(cursor, path)
    if not present & set(REASON_FIELDS):
        return
    names = zip(REASON_FIELDS, ("named", "confirmed", "fault"), strict=True)
    told = [f"{name if name in present else 'null::varchar'} as {title}" for name, title in names]
    columns = ", ".join(["customer_id", *(["email", "phone"] if is_person else []), *told])
    cursor.execute(
        f"insert into file_reasons by name select cast($batch_id as integer) as batch_id, $is_person as is_person, "
        f"{columns} from {_FILE} where coalesce(named, confirmed, fault) is not null",
        {"batch_id": batch_id, "is_person": is_person, "path": str(path)},
    )


def _add_voided(cursor: duckdb.DuckDBPyConnection, batch_id: int, path: Path) -> None:
    cursor.execute(
        f"insert into voided select $batch_id, order_id from {_FILE}",
        {"batch_id": batch_id, "path": str(path)},
    )


def _all_orders(cursor: duckdb.DuckDBPyConnection, batches: list[int]) -> str:
    if not batches:
        nothing = ", ".join(f"cast(null as {_type(kind)}) as {name}" for name, kind in ORDERS.items())
        return f"select cast(null as integer) as batch_id, {nothing} where false"
    return " union all ".join(_one_batch(cursor, batch_id) for batch_id in batches)


def _one_batch(cursor: duckdb.DuckDBPyConnection, batch_id: int) -> str:
    rows = cursor.execute(
        "select column_name from information_schema.columns where table_name = $table", {"table": f"orders_{batch_id}"}
    )
    present = {name for (name,) in rows.fetchall()}
    columns = [name if name in present else f"cast(null as {_type(kind)}) as {name}" for name, kind in ORDERS.items()]
    return f"select cast({batch_id:d} as integer) as batch_id, {', '.join(columns)} from orders_{batch_id:d}"


def _type(kind: str) -> str:
    return kind.split(" using ", maxsplit=1)[0].removesuffix(" not null")


def _columns(cursor: duckdb.DuckDBPyConnection, path: Path) -> set[str]:
    held = cursor.execute(f"select column_name from (describe select * from {_FILE})", {"path": str(path)})
    return {row[0] for row in held.fetchall()}
