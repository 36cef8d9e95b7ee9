"""The cells that DuckDB could not read, through the exact parsers: each distinct text once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import duckdb

from metrics.intake.dates import read_date
from metrics.intake.expressions import quick
from metrics.intake.money import column_mark, currency_of, parse_money
from metrics.intake.plan import MONEY, Plan
from metrics.intake.source import cell

_BATCH = 20_000


@dataclass(slots=True)
class Repaired:
    """Which `fields` have a table fixed_<field> now, and what was met on the way."""

    notations: set[str] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)
    fields: list[str] = field(default_factory=list)


def repair(connection: duckdb.DuckDBPyConnection, plan: Plan, facts: dict[str, int]) -> Repaired:
    """Read every distinct cell that the quick expressions left null; tables fixed_<field> hold what could be read."""
    done = Repaired()
    quickly_read = facts["n_no_date"] < facts["n_rows"]
    if facts["n_no_date"]:
        done.notations = {plan.notation} if quickly_read else set()
        dates = (
            (text, read_date(text, plan.day_order, epochs=plan.notation == "epoch"))
            for text in _unread(connection, plan, "date")
        )
        found = [(text, read) for text, read in dates if read is not None and read.at is not None]
        # `slashed_dmy` is the notation of the whole column once it is known to be day first.
        done.notations |= {read.notation.removesuffix(f"_{plan.day_order}") for _, read in found if read.in_range}
        far = [(text, read.at) for text, read in found if not read.in_range]
        _store(connection, "far_dates_read", "timestamp", far)
        connection.execute("insert into far_dates select written from far_dates_read")
        if len(far) < len(found):
            _store(connection, "fixed_date", "timestamp", [(text, read.at) for text, read in found if read.in_range])
            done.fields.append("date")
    else:
        done.notations = {plan.notation}
    for name in MONEY:
        n_missing = facts["n_no_cost" if name in {"cost", "margin"} else "n_no_amount"]
        if name not in plan.places or not n_missing:
            continue
        texts = list(_unread(connection, plan, name))
        mark = (column_mark(texts)[0] if name in plan.assumed else None) or plan.marks[name]
        money = [(text, value) for text in texts if (value := parse_money(text, mark)) is not None]
        if name in {"amount", "price"}:
            done.currencies |= {code for text in texts if (code := currency_of(text, plan.yen))}
        if money:
            _store(connection, f"fixed_{name}", "decimal(18, 4)", money)
            if name in {"amount", "price"} and len(done.currencies) > 1:
                _name_currencies(connection, f"fixed_{name}", [text for text, _ in money], plan.yen)
            done.fields.append(name)
    return done


def _name_currencies(connection: duckdb.DuckDBPyConnection, table: str, texts: Sequence[str], yen: str) -> None:
    """Say beside each amount in which currency its cell is."""
    named = [(text, code) for text in texts if (code := currency_of(text, yen))]
    _store(connection, "cell_currencies", "varchar", named)
    connection.execute(f"alter table {table} add column currency varchar")
    connection.execute(
        f"update {table} set currency = cell_currencies.value from cell_currencies "
        f"where {table}.written = cell_currencies.written"
    )


def _unread(connection: duckdb.DuckDBPyConnection, plan: Plan, name: str) -> Iterator[str]:
    text = cell(plan.places[name])
    cursor = connection.execute(
        f"select distinct {text} from cells where trim({text}) <> '' and ({quick(plan, name)}) is null"
    )
    while rows := cursor.fetchmany(_BATCH):
        for (written,) in rows:
            yield written


def _store(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    value_type: str,
    pairs: Sequence[tuple[str, datetime | Decimal | str | None]],
) -> None:
    connection.execute(f"create or replace temp table {table} (written varchar, value {value_type})")
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        connection.execute(
            f"insert into {table} select unnest($texts::varchar[]), unnest($values::{value_type}[])",
            {"texts": [text for text, _ in batch], "values": [value for _, value in batch]},
        )
