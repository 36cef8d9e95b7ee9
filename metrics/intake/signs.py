"""Amounts that are all below zero: refunds, or orders in the books of somebody who writes income with a minus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from metrics.intake.contract import Question
from metrics.intake.plan import Plan
from metrics.intake.stage import Staged, restage
from metrics.intake.words import says_refund
from metrics.statements import statement


@dataclass(frozen=True, slots=True)
class Signed:
    """The staged rows with orders above zero, or the question that settles it."""

    staged: Staged
    question: Question | None = None


def settle_sign(
    connection: duckdb.DuckDBPyConnection, plan: Plan, staged: Staged, answers: dict[str, str], temp: Path
) -> Signed:
    """Where no amount is above zero, and nothing says that the rows are refunds, ask what they are (`amount_sign`)."""
    if plan.telling.operations or connection.execute("select 1 from staged where amount > 0 limit 1").fetchall():
        return Signed(staged)
    ((n_rows, example, statuses),) = connection.execute(statement("staging/below_zero")).fetchall()
    if n_rows == 0 or any(map(says_refund, statuses or ())):
        return Signed(staged)
    answer = answers.get("amount_sign")
    if answer == "orders":
        # What a margin leaves of an amount with a minus is no cost.
        cost = "null::decimal(18, 4)" if "margin" in plan.places else "abs(cost)"
        query = statement("staging/turned_sign").replace("{cost}", cost)
        return Signed(restage(connection, staged, query, temp / "turned.parquet"))
    question = Question("amount_sign", ("orders", "refunds"), {"amount": example, "rows": n_rows})
    return Signed(staged, None if answer == "refunds" else question)
