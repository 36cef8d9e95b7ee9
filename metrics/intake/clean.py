"""Typed rows to the files that go on: clean orders, contacts, rejected rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from metrics.intake.cells import BLANKS
from metrics.intake.contract import REASON_FIELDS
from metrics.intake.expressions import PART, staged_columns, voiding
from metrics.intake.identity import Keyed
from metrics.intake.plan import Plan
from metrics.intake.source import cell, identifier
from metrics.intake.stage import Staged, optional_columns, parquet_options
from metrics.intake.words import is_won, keeps_out, placeholders, says_refund, totals_pattern
from metrics.statements import statement

_MOST_STATUSES = 2000
_CONTACTS = ("name", "email", "phone", "region", "manager", "consent", "flags", *REASON_FIELDS)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was written.

    `n_customers` counts the customers of all rows, None where only a part of the rows was accepted. `rejected` leaves
    the `n_blank` blank rows out; `amounts` sums what could be read of rejected rows. `kept_out` are the statuses that
    do not count; where there are none, the columns that say so.
    """

    clean_path: Path
    contacts_path: Path | None
    voided_path: Path | None
    rejected_path: Path | None
    n_accepted: int
    n_customers: int | None
    n_blank: int
    rejected: dict[str, int]
    amounts: dict[str, Decimal]
    kept_out: tuple[str, ...]
    n_shared_order_ids: int
    n_lost_phones: int
    n_voided: int


def clean(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    staged: Staged,
    keyed: Keyed,
    headers: Sequence[str],
    workdir: Path,
    *,
    repeats: bool,
) -> Cleaned:
    """Group the staged rows into orders and refunds and write the files into `workdir`.

    `repeats`: some order id stands on several rows.
    """
    kept_out = _kept_out(connection, plan)
    can_keep_out = bool(kept_out or voiding(plan))
    connection.execute(statement("staging/accepted"))
    n_accepted = staged.n_rows
    rejected: dict[str, int] = {}
    amounts: dict[str, Decimal] = {}
    rejected_path: Path | None = None
    n_blank = 0
    if staged.n_incomplete or keyed.is_changed:
        n_accepted = _count(connection, "accepted")
        rejected, amounts = _reject(connection, plan, headers)
        n_blank = rejected.pop("blank", 0)
        amounts.pop("blank", None)
        if rejected:
            if repeats:
                _bring_orders_along(connection, plan, len(headers))
            rejected_path = workdir / "rejected.csv"
            write_rejected(connection, headers, rejected_path)
    clean_path = workdir / "clean.parquet"
    is_whole = not (staged.n_incomplete or keyed.is_changed or can_keep_out)
    if staged.is_final and is_whole and not repeats:
        staged.path.replace(clean_path)
        connection.execute("set variable staged_path = $path", {"path": str(clean_path)})
    else:
        connection.execute(statement("staging/merged_rows" if repeats else "staging/single_rows"))
        columns = ["order_id", "customer_id", "order_at", "amount", "is_refund", "n_lines", *optional_columns(plan)]
        _write_parquet(connection, f"select {', '.join(columns)} from clean", clean_path, parquet_options(plan))
    n_shared = 0
    if repeats:
        ((n_shared,),) = connection.execute(statement("staging/shared_order_ids"), {"path": str(clean_path)}).fetchall()
    voided_path = workdir / "voided.parquet" if can_keep_out else None
    return Cleaned(
        clean_path=clean_path,
        contacts_path=_contacts(connection, plan, workdir / "contacts.parquet"),
        voided_path=voided_path,
        rejected_path=rejected_path,
        n_accepted=n_accepted,
        n_customers=keyed.n_customers if is_whole else None,
        n_blank=n_blank,
        rejected=rejected,
        amounts=amounts,
        kept_out=kept_out or tuple(dict.fromkeys(headers[place] for place in voiding(plan))),
        n_shared_order_ids=n_shared,
        n_lost_phones=_lost_phones(connection, plan),
        n_voided=_voided(connection, clean_path, voided_path) if voided_path else 0,
    )


def _kept_out(connection: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[str, ...]:
    """Create `kept_out`, the statuses (with what further ones say) that do not count, and return what they say."""
    connection.execute("create or replace temp table kept_out (status varchar, more_status varchar)")
    if "status" not in plan.places:
        return ()
    found = connection.execute(statement("staging/statuses"), {"most": _MOST_STATUSES}).fetchall()
    # A refund that only stands beside negative amounts takes an earlier order back.
    told = [each for each in found if not (each[2] and says_refund(each[0] or ""))]
    counted = plan.preset.counted_statuses if plan.preset is not None else ()
    won = {status for status, _, _ in told if status is not None and is_won(status, counted)}
    words: set[str] = set()
    for status, more, is_less in told:
        # Where no status is one that the export is known to count, its stages have other names: the lost are known.
        is_out = status is not None and (status not in won if won else keeps_out(status))
        out = [status] if is_out else [each for each in _further(plan, more) if not (is_less and says_refund(each))]
        if out:
            connection.execute("insert into kept_out values ($status, $more)", {"status": status, "more": more})
            words.update(out)
    return tuple(sorted(words))


def _further(plan: Plan, more: str | None) -> list[str]:
    """Which of the further statuses of a row keep it out."""
    parts = zip(plan.telling.statuses, (more or "").split(PART), strict=False)
    return [said for place, said in parts if keeps_out(said, of_delivery=place in plan.telling.deliveries)]


def _lost_phones(connection: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """How many phones beside the customer have lost their digits in a spreadsheet."""
    if "phone" not in plan.places or plan.places["phone"] == plan.places["customer"]:
        return 0
    return int(connection.execute(statement("staging/lost_phones")).fetchall()[0][0])


def _count(connection: duckdb.DuckDBPyConnection, view: str) -> int:
    return int(connection.execute(f"select count(*) from {view}").fetchall()[0][0])


def _reject(
    connection: duckdb.DuckDBPyConnection, plan: Plan, headers: Sequence[str]
) -> tuple[dict[str, int], dict[str, Decimal]]:
    money = [cell(plan.places[name]) for name in ("amount", "quantity", "price") if name in plan.places]
    query = (
        statement("staging/rejects")
        .replace("{cells}", f"[{', '.join(cell(place) for place in range(len(headers)))}]")
        .replace("{date}", cell(plan.places["date"]))
        .replace("{amount}", money[0] if "amount" in plan.places else f"coalesce({', '.join(money[1:])}, {money[0]})")
    )
    connection.execute(
        query,
        {"headers": list(headers), "blanks": BLANKS, "placeholders": placeholders(), "totals": totals_pattern()},
    )
    rows = connection.execute(statement("staging/rejected_by_reason")).fetchall()
    return {reason: n for reason, n, _ in rows}, {reason: amount for reason, _, amount in rows}


def _bring_orders_along(connection: duckdb.DuckDBPyConnection, plan: Plan, width: int) -> None:
    """Add the other rows of the rejected rows' orders to `rejects`, to be loaded again with the mended ones."""
    order_id = next(staged_columns(plan))
    query = statement("staging/same_orders").replace("{order_id}", order_id)
    connection.execute(query.replace("{cells}", f"[{', '.join(map(cell, range(width)))}]"))


def write_rejected(connection: duckdb.DuckDBPyConnection, headers: Sequence[str], path: Path) -> None:
    """Write the table `rejects` (row_no, cells, reason) as a CSV with the file's headers and the reason."""
    cells = ", ".join(f"cells[{place}] as {identifier(header)}" for place, header in enumerate(headers, start=1))
    name = "reason" if "reason" not in {header.casefold() for header in headers} else "reason (winback)"
    query = f"select {cells}, reason as {identifier(name)} from rejects where reason <> 'blank' order by row_no"
    connection.execute(f"copy ({query}) to $path (format csv, header true)", {"path": str(path)})


def _write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> int:
    """How many rows were written."""
    ((n_rows,),) = connection.execute(f"copy ({query}) to $path ({options})", {"path": str(path)}).fetchall()
    return int(n_rows)


def _contacts(connection: duckdb.DuckDBPyConnection, plan: Plan, path: Path) -> Path | None:
    held = [name for name in _CONTACTS if name in plan.places or (name == "name" and plan.is_name_joined)]
    if not held:
        return None
    connection.execute(statement("staging/contacts"))
    _write_parquet(connection, f"select customer_id, {', '.join(held)} from contacts", path, "format parquet")
    return path


def _voided(connection: duckdb.DuckDBPyConnection, clean_path: Path, path: Path) -> int:
    """Write the order ids of which nothing counts, which take the place of versions in earlier files; how many."""
    connection.execute("set variable clean_path = $path", {"path": str(clean_path)})
    return _write_parquet(connection, statement("staging/voided"), path, "format parquet")
