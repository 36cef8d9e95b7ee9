"""Orders of several rows: which of the rows carries the money, and whether they are one order at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from metrics.intake.contract import Question, Warned
from metrics.intake.plan import Plan
from metrics.intake.source import cell
from metrics.intake.stage import Staged, restage
from metrics.statements import statement

_NEARLY_ALL = 0.9
_HARDLY_ANY = 0.05
_TELLING_SHARE = 0.2
_TELLING_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Lines:
    """The staged rows once their orders are settled, or the question that settles them, with what was noticed.

    `repeats`: some order id stands on several rows.
    """

    staged: Staged
    repeats: bool
    question: Question | None = None
    warnings: tuple[Warned, ...] = ()


def settle_lines(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    staged: Staged,
    width: int,
    answers: dict[str, str],
    temp: Path,
) -> Lines:
    """Find out what several rows with one order id mean; `width` is the number of the file's columns.

    Usually they are lines of an order, to be summed. But: a row without an amount under one with it is a further line
    of that order. Where all rows of an order bring the same sum, it may be the sum of the whole: wholly equal rows are
    copies, else the person is asked (`amount_per`: order or line). Where many orders would last for weeks, numbers may
    start anew (`same_number`: one or another).
    """
    if staged.n_order_ids == 0:
        return Lines(staged, repeats=False)
    if staged.n_incomplete and "amount" in plan.places and _has_bare_rows(connection, plan):
        query = statement("staging/first_row_speaks").replace("{amount}", cell(plan.places["amount"]))
        staged = restage(connection, staged, query, temp / "filled.parquet")
    if not _order_ids_repeat(connection, staged):
        return Lines(staged, repeats=False)
    found = _repeats(connection)
    if found["n_spread"] >= max(_TELLING_NUMBER, _TELLING_SHARE * found["n_orders"]):
        answer = answers.get("same_number")
        if answer not in {"one", "another"}:
            return Lines(staged, repeats=True, question=_about_numbers(found))
        if answer == "another":
            staged = restage(connection, staged, statement("staging/numbers_with_day"), temp / "days.parquet")
            found = _repeats(connection)
    known = plan.preset.amount_per if plan.preset is not None else None
    is_same = found["n_same"] == found["n_orders"] or known == "order"
    if found["n_orders"] == 0 or not is_same or "amount" not in plan.places:
        return Lines(staged, repeats=True)
    return _settle_amounts(connection, plan, staged, found, width, known or answers.get("amount_per"), temp)


def _settle_amounts(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    staged: Staged,
    found: dict[str, Any],
    width: int,
    answer: str | None,
    temp: Path,
) -> Lines:
    """All rows of each order bring the same sum: is it the order's or the row's?"""
    if not {"quantity", "price"} & plan.places.keys() and _is_copy(connection, width):
        answer = "order"
    if answer == "line":
        return Lines(staged, repeats=True)
    if answer != "order":
        return Lines(staged, repeats=True, question=_about_amounts(found))
    staged = restage(connection, staged, statement("staging/last_row_speaks"), temp / "single.parquet")
    if plan.preset is not None and plan.preset.amount_per:
        return Lines(staged, repeats=True)
    facts = {"example": found["example"]}
    return Lines(staged, repeats=True, warnings=(Warned("repeated_rows", found["n_repeats"], facts),))


def _about_amounts(found: dict[str, Any]) -> Question:
    amount, rows = Decimal(found["example_amount"]), int(found["example_rows"])
    facts = {"example": found["example"], "rows": rows, "order": amount, "line": amount * rows}
    return Question("amount_per", ("order", "line"), facts)


def _about_numbers(found: dict[str, Any]) -> Question:
    facts = {"example": found["spread_example"], "first": found["spread_first"], "last": found["spread_last"]}
    return Question("same_number", ("one", "another"), facts)


def _repeats(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    cursor = connection.execute(statement("staging/repeated_amounts"))
    names = [column[0] for column in cursor.description or []]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def _has_bare_rows(connection: duckdb.DuckDBPyConnection, plan: Plan) -> bool:
    """Whether the rows without an amount are further lines of the orders that they stand under.

    In a known export by its nature, else where they lack the date as well: an amount alone may just be missing.
    """
    query = (
        statement("staging/bare_rows")
        .replace("{order_id}", cell(plan.places["order_id"]))
        .replace("{amount}", cell(plan.places["amount"]))
        .replace("{date}", cell(plan.places["date"]))
    )
    ((n_lines, n_dayless, n_bare, n_itemised, n_with_bare),) = connection.execute(query).fetchall()
    if plan.preset is not None and plan.preset.is_first_row_only:
        return bool(n_lines)
    return bool(n_dayless) and n_dayless >= _NEARLY_ALL * n_bare and n_itemised <= _HARDLY_ANY * n_with_bare


def _is_copy(connection: duckdb.DuckDBPyConnection, width: int) -> bool:
    cells = ", ".join(f"coalesce({cell(place)}, '')" for place in range(width))
    query = statement("staging/whole_rows_repeat").replace("{cells}", f"[{cells}]")
    ((is_copy,),) = connection.execute(query).fetchall()
    return bool(is_copy)


def _order_ids_repeat(connection: duckdb.DuckDBPyConnection, staged: Staged) -> bool:
    if staged.n_order_ids == staged.n_rows:
        ((not_rising,),) = connection.execute(statement("staging/order_ids_rise")).fetchall()
        if not_rising == 0:
            return False
    ((repeats,),) = connection.execute(statement("staging/order_ids_repeat")).fetchall()
    return bool(repeats)
