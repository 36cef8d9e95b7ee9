"""Raw text to typed rows: one pass by DuckDB, then only the cells that it could not read through the exact parsers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from metrics.intake.dates import EARLIEST, LATEST, read_date
from metrics.intake.money import currency_of, parse_money
from metrics.intake.plan import MONEY, Plan
from metrics.intake.source import cell
from metrics.statements import statement

TEXTS = ("status", "category", "channel", "manager", "region", "name", "email", "phone", "consent", "flags", "currency")
_KEPT = ("status", "category", "channel", "manager", "region")
_TYPES = {"cost": "decimal(18, 4)"}
_BATCH = 20_000
_NO_ID = "'-{0,4}|0|null|nan|none|n/a|na|#n/a'"


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged rows: the view `staged` over `path`.

    `is_final`: the Parquet file has exactly the columns and types of clean orders. `notations` are the date notations
    met, `currencies` the ISO codes that amount cells named.
    """

    path: Path
    n_rows: int
    n_incomplete: int
    n_order_ids: int
    is_final: bool
    notations: frozenset[str]
    currencies: frozenset[str]


@dataclass(slots=True)
class _Repaired:
    notations: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)
    fields: list[str] = field(default_factory=list)


def stage(connection: duckdb.DuckDBPyConnection, plan: Plan, temp: Path) -> Staged:
    """Write the rows of the view `cells` as typed Parquet and create `staged` and `far_dates`.

    Columns in: c0.. as text. Out: row_no, order_id, customer_id, order_at, amount and whatever else is mapped; null
    where a cell is blank, unreadable or, for dates, out of range.
    """
    connection.execute("create or replace temp table far_dates (written varchar)")
    path = temp / "staged.parquet"
    _write(connection, plan, path, [])
    facts = _facts(connection)
    repaired = _Repaired({plan.notation})
    if facts["n_no_date"] or facts["n_no_amount"]:
        repaired = _repair(connection, plan, facts)
        if repaired.fields:
            path = temp / "repaired.parquet"
            _write(connection, plan, path, repaired.fields)
            facts = _facts(connection)
    return Staged(
        path,
        n_rows=facts["n_rows"],
        n_incomplete=facts["n_no_customer"] + facts["n_no_date"] + facts["n_no_amount"],
        n_order_ids=facts["n_order_ids"],
        is_final=not repaired.fields
        and not {"name", "email", "phone", "consent", "flags", "currency"} & plan.places.keys(),
        notations=frozenset(repaired.notations),
        currencies=frozenset(repaired.currencies),
    )


def optional_columns(plan: Plan) -> list[str]:
    """The columns of the clean orders beyond the needed ones, for this plan."""
    cost = ["cost"] if {"cost", "margin"} & plan.places.keys() else []
    return cost + [name for name in _KEPT if name in plan.places]


def _facts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    cursor = connection.execute(statement("staging/stage_facts"))
    names = [column[0] for column in cursor.description or []]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def _write(connection: duckdb.DuckDBPyConnection, plan: Plan, path: Path, repaired: Sequence[str]) -> None:
    """Stage the rows; fields in `repaired` take what DuckDB could not read from the tables fixed_<field>."""
    places = plan.places
    row_no = "row_number() over () as row_no, " if repaired else ""
    reads = [f"{_value(plan, name, name in repaired)} as {name}_read" for name in ("date", *MONEY) if name in places]
    joins = [f"left join fixed_{name} on raw.{cell(places[name])} = fixed_{name}.written" for name in repaired]
    outer = [*(["row_no"] if repaired else []), *_outer(plan)]
    query = (
        f"copy (with raw as (select {row_no}* from cells), "
        f"read as (select raw.*, {', '.join(reads)} from raw {' '.join(joins)}) "
        f"select {', '.join(outer)} from read) to $path (format parquet)"
    )
    connection.execute("set variable date_formats = $formats", {"formats": list(plan.date_formats) or ["%Y"]})
    connection.execute(query, {"path": str(path)})
    connection.execute("set variable staged_path = $path", {"path": str(path)})
    held = set(places) | ({"cost"} if "margin" in places else set())
    missing = ", ".join(
        f"null::{_TYPES.get(name, 'varchar')} as {name}" for name in ("cost", *TEXTS) if name not in held
    )
    number = "" if repaired else "file_row_number + 1 as row_no, "
    connection.execute(
        f"create or replace view staged as select {number}*{', ' + missing if missing else ''} "
        "from read_parquet(getvariable('staged_path'))"
    )


def _outer(plan: Plan) -> Iterator[str]:
    """The expressions of the staged columns, in the order of clean orders."""
    places = plan.places
    yield f"{_order_id(places)} as order_id"
    customer = f"nullif(trim({cell(places['customer'])}), '')"
    yield f"case when not is_overlong then {customer} end as customer_id"
    yield f"case when date_read >= {_literal(EARLIEST)} and date_read < {_literal(LATEST)} then date_read end as order_at"
    amount = "amount_read" if "amount" in places else "try_cast(quantity_read * price_read as decimal(18, 4))"
    yield f"{amount} as amount"
    yield f"coalesce({amount} < 0, false) as is_refund"
    yield "1::integer as n_lines"
    if "cost" in places:
        yield "cost_read as cost"
    elif "margin" in places:
        yield f"{amount} - margin_read as cost"
    for name in TEXTS:
        if name in places:
            yield f"nullif(trim({cell(places[name])}), '') as {name}"


def _literal(moment: datetime) -> str:
    return f"timestamp '{moment:%Y-%m-%d}'"


def _order_id(places: dict[str, int]) -> str:
    if "order_id" not in places:
        return "null::varchar"
    text = cell(places["order_id"])
    # Longer texts need no look at the words for "none". A pattern, not `in (...)`: DuckDB makes a join of a list, and a
    # join gives up the order of the rows, by which rejected rows are found again.
    return (
        f"case when strlen({text}) > 4 then nullif(trim({text}), '') "
        f"when regexp_full_match(lower(trim({text})), {_NO_ID}) then null else trim({text}) end"
    )


def _value(plan: Plan, name: str, is_repaired: bool) -> str:
    quick = _quick(plan, name)
    return f"coalesce({quick}, fixed_{name}.value)" if is_repaired else quick


def _quick(plan: Plan, name: str) -> str:
    """The expression that reads the common shape of a column; null for every other cell."""
    text = cell(plan.places[name])
    if name != "date":
        if plan.marks[name] == "point":
            return f"try_cast({text} as decimal(18, 4))"
        return f"case when not contains({text}, '.') then try_cast(replace({text}, ',', '.') as decimal(18, 4)) end"
    if plan.iso:
        return f"try_cast({text} as timestamp)"
    if not plan.date_formats:
        return "null::timestamp"
    # Two-digit years of another notation come out as the year 9: left to the exact parser.
    read = f"try_strptime({text}, getvariable('date_formats'))"
    return f"case when {read} >= timestamp '1900-01-01' then {read} end"


def _repair(connection: duckdb.DuckDBPyConnection, plan: Plan, facts: dict[str, int]) -> _Repaired:
    """Read every distinct cell that the quick expressions left null; tables fixed_<field> hold what could be read."""
    done = _Repaired()
    quickly_read = facts["n_no_date"] < facts["n_rows"]
    if facts["n_no_date"]:
        done.notations = {plan.notation} if quickly_read else set()
        dates = ((text, read_date(text, plan.day_order)) for text in _unread(connection, plan, "date"))
        found = [(text, read) for text, read in dates if read is not None and read.at is not None]
        done.notations |= {read.notation for _, read in found if read.in_range}
        far = [(text, read.at) for text, read in found if not read.in_range]
        _store(connection, "far_dates_read", "timestamp", far)
        connection.execute("insert into far_dates select written from far_dates_read")
        if len(far) < len(found):
            _store(connection, "fixed_date", "timestamp", [(text, read.at) for text, read in found if read.in_range])
            done.fields.append("date")
    else:
        done.notations = {plan.notation}
    for name in MONEY:
        if name not in plan.places or not facts["n_no_amount"]:
            continue
        texts = list(_unread(connection, plan, name))
        mark = plan.marks[name]
        money = [(text, value) for text in texts if (value := parse_money(text, mark)) is not None]
        if name in {"amount", "price"}:
            done.currencies |= {code for text in texts if (code := currency_of(text))}
        if money:
            _store(connection, f"fixed_{name}", "decimal(18, 4)", money)
            done.fields.append(name)
    return done


def _unread(connection: duckdb.DuckDBPyConnection, plan: Plan, name: str) -> Iterator[str]:
    text = cell(plan.places[name])
    cursor = connection.execute(
        f"select distinct {text} from cells where {text} is not null and trim({text}) <> '' and ({_quick(plan, name)}) is null"
    )
    while rows := cursor.fetchmany(_BATCH):
        for (written,) in rows:
            yield written


def _store(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    value_type: str,
    pairs: Sequence[tuple[str, datetime | Decimal | None]],
) -> None:
    connection.execute(f"create or replace temp table {table} (written varchar, value {value_type})")
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        connection.execute(
            f"insert into {table} select unnest($texts::varchar[]), unnest($values::{value_type}[])",
            {"texts": [text for text, _ in batch], "values": [value for _, value in batch]},
        )
