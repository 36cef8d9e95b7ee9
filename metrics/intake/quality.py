"""The account of every row read, and what the reader noticed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from metrics.intake.clean import Cleaned
from metrics.intake.columns import Choice
from metrics.intake.contract import Quality, Warned
from metrics.intake.stage import Staged
from metrics.statements import statement

INFORMATIONAL = frozenset({"status_not_counted", "converted", "guest_contact", "shared_email", "time_zone"})
"""Warned codes that leave an outcome `ready`: nothing was skipped or repaired that a person did not ask for."""


def account(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    cleaned: Cleaned,
    choice: Choice,
    noticed: Sequence[Warned],
    currency: str | None,
) -> Quality:
    """The quality report of one reading; `noticed` are warnings from opening the file."""
    cursor = connection.execute(statement("staging/totals"), {"path": str(cleaned.clean_path)})
    names = [column[0] for column in cursor.description or []]
    totals: dict[str, Any] = dict(zip(names, cursor.fetchall()[0], strict=True))
    written = totals["orders"] + totals["zero_orders"] + totals["refunds"]
    customers = cleaned.n_customers
    if customers is None or totals["orders"] < written:
        ((customers,),) = connection.execute(
            statement("staging/n_customers"), {"path": str(cleaned.clean_path)}
        ).fetchall()
    not_counted = cleaned.n_accepted - totals["n_lines"]
    return Quality(
        rows_read=staged.n_rows - cleaned.n_blank,
        orders=totals["orders"],
        zero_orders=totals["zero_orders"],
        refunds=totals["refunds"],
        rows_merged=totals["n_lines"] - written,
        zero_merged=totals["zero_merged"],
        rows_not_counted=not_counted,
        rows_rejected=sum(cleaned.rejected.values()),
        rejected_by_reason=dict(cleaned.rejected),
        warnings=(
            *noticed,
            *(Warned(reason, n, _facts(reason, cleaned)) for reason, n in cleaned.rejected.items()),
            *_warnings(staged, cleaned, choice, totals, not_counted),
        ),
        customers=customers,
        first_on=totals["first_on"],
        last_on=totals["last_on"],
        currency=currency,
        gross=totals["gross"],
        net=totals["net"],
    )


def _facts(reason: str, cleaned: Cleaned) -> dict[str, Any]:
    return {"amount": cleaned.amounts[reason]} if reason in {"no_customer", "no_date", "bad_date"} else {}


def _warnings(
    staged: Staged,
    cleaned: Cleaned,
    choice: Choice,
    totals: dict[str, Any],
    not_counted: int,
) -> list[Warned]:
    found: list[Warned] = []
    if totals["orders"] + totals["zero_orders"] == 0:
        found.append(Warned("no_orders", 0))
    if totals["refunds"]:
        found.append(Warned("refunds", totals["refunds"], {"amount": totals["refunded"]}))
    if len(staged.notations) > 1:
        found.append(Warned("mixed_date_formats", 0, {"notations": sorted(staged.notations)}))
    if cleaned.n_shared_order_ids:
        found.append(Warned("order_id_many_customers", cleaned.n_shared_order_ids))
    if choice.customer_kind == "name":
        found.append(Warned("customer_by_name", totals["n_lines"], {"column": choice.source("customer")}))
    if cleaned.n_lost_phones:
        found.append(Warned("phone_digits_lost", cleaned.n_lost_phones, {"column": choice.source("phone")}))
    if not_counted:
        found.append(Warned("status_not_counted", not_counted, {"statuses": list(cleaned.kept_out)}))
    return found
