"""Raw text to typed rows: one pass by DuckDB, then only the cells that it could not read through the exact parsers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from metrics.intake.contract import REASON_FIELDS
from metrics.intake.expressions import TEXTS, staged_columns, value, voiding
from metrics.intake.plan import MONEY, Plan
from metrics.intake.repair import Repaired, repair
from metrics.intake.source import cell
from metrics.intake.words import total_cell_pattern, total_initials
from metrics.statements import statement

_MOST_WORDS = 1_000
_KEPT = ("status", "category", "channel", "manager", "region")
_TYPES = {"cost": "null::decimal(18, 4)", "is_void": "false"}
_STAGED = "read_parquet(getvariable('staged_path'), hive_partitioning = false)"
_NOT_KEPT = {"name", "email", "phone", "consent", "flags", "currency", *REASON_FIELDS}


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged rows: the view `staged` over `path`.

    `is_final`: the Parquet file has exactly the columns and types of clean orders. `notations` are the date notations
    met, `currencies` the ISO codes that amount cells named (more than one: staged rows have it as `currency`).
    """

    path: Path
    n_rows: int
    n_incomplete: int
    n_order_ids: int
    is_final: bool
    notations: frozenset[str]
    currencies: frozenset[str]


def stage(connection: duckdb.DuckDBPyConnection, plan: Plan, temp: Path) -> Staged:
    """Write the rows of the view `cells` as typed Parquet and create `staged` and `far_dates`.

    Columns in: c0.. as text. Out: row_no, order_id, customer_id, order_at, amount and whatever else is mapped; null
    where a cell is blank, unreadable or, for dates, out of range.
    """
    connection.execute("create or replace temp table far_dates (written varchar)")
    path = temp / "staged.parquet"
    _write(connection, plan, path, Repaired())
    facts = _facts(connection)
    repaired = Repaired({plan.notation})
    has_gaps = facts["n_no_cost"] and {"cost", "margin"} & plan.places.keys()
    if facts["n_no_date"] or facts["n_no_amount"] or has_gaps:
        repaired = repair(connection, plan, facts)
        if repaired.fields:
            path = temp / "repaired.parquet"
            _write(connection, plan, path, repaired)
            facts = _facts(connection)
    staged = Staged(
        path,
        n_rows=facts["n_rows"],
        n_incomplete=_incomplete(facts),
        n_order_ids=facts["n_order_ids"],
        is_final=not (repaired.fields or _extra(plan) or _NOT_KEPT & plan.places.keys()),
        notations=frozenset(repaired.notations),
        currencies=frozenset(repaired.currencies),
    )
    return _without_totals(connection, staged, temp) if staged.n_order_ids else staged


def _extra(plan: Plan) -> set[str]:
    """Staged columns that are of no single field."""
    found = {"is_void": bool(voiding(plan)), "name": plan.is_name_joined, "more_status": bool(plan.telling.statuses)}
    return {name for name, is_there in found.items() if is_there}


def restage(connection: duckdb.DuckDBPyConnection, staged: Staged, query: str, path: Path) -> Staged:
    """Put the result of `query`, staged rows with something mended, in the place of the staged rows."""
    _copy(connection, query, path, "format parquet")
    connection.execute(f"create or replace view staged as select * from {_STAGED}")
    facts = _facts(connection)
    return replace(staged, path=path, n_incomplete=_incomplete(facts), is_final=False)


def _without_totals(connection: duckdb.DuckDBPyConnection, staged: Staged, temp: Path) -> Staged:
    """Totals that have a day, a customer and a sum, as orders do, are told by their label."""
    connection.execute("set variable total_label = $pattern", {"pattern": total_cell_pattern()})
    connection.execute("set variable total_initials = $letters", {"letters": "".join(sorted(total_initials()))})
    ((n_totals,),) = connection.execute(statement("staging/total_ids")).fetchall()
    if n_totals == 0:
        return staged
    return restage(connection, staged, statement("staging/without_totals"), temp / "orders_only.parquet")


def _incomplete(facts: dict[str, int]) -> int:
    return facts["n_no_customer"] + facts["n_no_date"] + facts["n_no_amount"]


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> None:
    connection.execute(f"copy ({query}) to $path ({options})", {"path": str(path)})
    connection.execute("set variable staged_path = $path", {"path": str(path)})


def optional_columns(plan: Plan) -> list[str]:
    """The columns of the clean orders beyond the needed ones, for this plan."""
    cost = ["cost"] if {"cost", "margin"} & plan.places.keys() else []
    return cost + [name for name in _KEPT if name in plan.places]


def parquet_options(plan: Plan) -> str:
    """How clean orders are written: delta encoding, and dictionaries for texts that repeat, never for ids."""
    texts = set(_KEPT) & plan.places.keys()
    return f"format parquet, parquet_version v2, dictionary_size_limit {_MOST_WORDS if texts else 1}"


def _facts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    cursor = connection.execute(statement("staging/stage_facts"))
    names = [column[0] for column in cursor.description or []]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def _write(connection: duckdb.DuckDBPyConnection, plan: Plan, path: Path, repaired: Repaired) -> None:
    """Stage the rows; repaired fields take what DuckDB could not read from the tables fixed_<field>."""
    places, fields = plan.places, repaired.fields
    row_no = "row_number() over () as row_no, " if fields else ""
    reads = [f"{value(plan, name, name in fields)} as {name}_read" for name in ("date", *MONEY) if name in places]
    joins = [f"left join fixed_{name} on raw.{cell(places[name])} = fixed_{name}.written" for name in fields]
    outer = [*(["row_no"] if fields else []), *staged_columns(plan)]
    held = set(places) | ({"cost"} if "margin" in places else set()) | _extra(plan)
    several = len(repaired.currencies) > 1
    named = next((name for name in ("amount", "price") if several and name in fields), None)
    if named and "currency" not in places:
        reads.append(f"fixed_{named}.currency as currency_read")
        outer.append("currency_read as currency")
        held.add("currency")
    query = (
        f"with raw as (select {row_no}* from cells), "
        f"read as (select raw.*, {', '.join(reads)} from raw {' '.join(joins)}) "
        f"select {', '.join(outer)} from read"
    )
    connection.execute("set variable date_formats = $formats", {"formats": list(plan.date_formats) or ["%Y"]})
    _copy(connection, query, path, parquet_options(plan))
    missing = [
        f"{_TYPES.get(name, 'null::varchar')} as {name}"
        for name in ("cost", "is_void", "more_status", *TEXTS)
        if name not in held
    ]
    number = "" if fields else "file_row_number + 1 as row_no, "
    connection.execute(f"create or replace view staged as select {', '.join([number + '*', *missing])} from {_STAGED}")
