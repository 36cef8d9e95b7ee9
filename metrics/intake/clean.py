"""Typed rows to the files that go on: clean orders, contacts, rejected rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from metrics.intake.columns import CustomerKind
from metrics.intake.money import currency_code
from metrics.intake.plan import Plan
from metrics.intake.source import cell, identifier
from metrics.intake.stage import Staged, optional_columns, parquet_options
from metrics.intake.words import keeps_out, placeholders, total_cell_pattern, totals_pattern
from metrics.statements import statement

BLANKS = " \t\r\n\u00a0\u202f\u2007\u200b\ufeff'"
_MOST_STATUSES = 2000
_CONTACTS = ("name", "email", "phone", "region", "manager", "consent", "flags")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was written.

    `n_customers` counts the customers of all rows, None where only a part of the rows was accepted. `rejected` leaves
    the `n_blank` blank rows out; `amounts` sums what could be read of rejected rows.
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
    currencies: tuple[str, ...]
    n_shared_order_ids: int


def clean(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    staged: Staged,
    kind: CustomerKind,
    headers: Sequence[str],
    workdir: Path,
) -> Cleaned:
    """Group the staged rows into orders and refunds and write the files into `workdir`."""
    n_customers, changed = _key_customers(connection, kind)
    kept_out = _kept_out(connection, plan)
    connection.execute(statement("staging/accepted"))
    n_accepted = staged.n_rows
    rejected: dict[str, int] = {}
    amounts: dict[str, Decimal] = {}
    rejected_path: Path | None = None
    n_blank = 0
    if staged.n_incomplete or changed:
        n_accepted = _count(connection, "accepted")
        rejected, amounts = _reject(connection, plan, headers)
        n_blank = rejected.pop("blank", 0)
        amounts.pop("blank", None)
        if rejected:
            rejected_path = workdir / "rejected.csv"
            _write_rejected(connection, headers, rejected_path)
    repeats = _order_ids_repeat(connection, staged)
    clean_path = workdir / "clean.parquet"
    is_whole = not (staged.n_incomplete or changed or kept_out)
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
    return Cleaned(
        clean_path=clean_path,
        contacts_path=_contacts(connection, plan, workdir / "contacts.parquet"),
        voided_path=_voided(connection, clean_path, workdir / "voided.parquet") if kept_out else None,
        rejected_path=rejected_path,
        n_accepted=n_accepted,
        n_customers=n_customers if is_whole else None,
        n_blank=n_blank,
        rejected=rejected,
        amounts=amounts,
        kept_out=kept_out,
        currencies=_currencies(connection, plan, staged),
        n_shared_order_ids=n_shared,
    )


def _key_customers(connection: duckdb.DuckDBPyConnection, kind: CustomerKind) -> tuple[int, bool]:
    """Create the view `keyed`; the number of customers as written, and whether some key differs from its cell."""
    values = {"kind": kind, "blanks": BLANKS, "placeholders": placeholders(), "totals": total_cell_pattern()}
    ((n_customers, n_unclean),) = connection.execute(statement("staging/customer_check"), values).fetchall()
    if n_unclean == 0:
        connection.execute(statement("staging/keyed_as_written"))
        return n_customers, False
    connection.execute(statement("staging/customers"), values)
    connection.execute(statement("staging/keyed"))
    return n_customers, True


def _kept_out(connection: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[str, ...]:
    """Create `kept_out`, the statuses that do not count, and return them."""
    connection.execute("create or replace temp table kept_out (status varchar)")
    if "status" not in plan.places:
        return ()
    query = (
        "select status from staged where status is not null group by status order by count(*) desc, status limit $most"
    )
    rows = connection.execute(query, {"most": _MOST_STATUSES}).fetchall()
    found = sorted(status for (status,) in rows if keeps_out(status))
    connection.execute("insert into kept_out select unnest($found::varchar[])", {"found": found})
    return tuple(found)


def _count(connection: duckdb.DuckDBPyConnection, view: str) -> int:
    return int(connection.execute(f"select count(*) from {view}").fetchall()[0][0])


def _order_ids_repeat(connection: duckdb.DuckDBPyConnection, staged: Staged) -> bool:
    if staged.n_order_ids == 0:
        return False
    if staged.n_order_ids == staged.n_rows:
        ((not_rising,),) = connection.execute(statement("staging/order_ids_rise")).fetchall()
        if not_rising == 0:
            return False
    ((repeats,),) = connection.execute(statement("staging/order_ids_repeat")).fetchall()
    return bool(repeats)


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


def _write_rejected(connection: duckdb.DuckDBPyConnection, headers: Sequence[str], path: Path) -> None:
    cells = ", ".join(f"cells[{place}] as {identifier(header)}" for place, header in enumerate(headers, start=1))
    name = "reason" if "reason" not in {header.casefold() for header in headers} else "reason (winback)"
    query = f"select {cells}, reason as {identifier(name)} from rejects where reason <> 'blank' order by row_no"
    connection.execute(f"copy ({query}) to $path (format csv, header true)", {"path": str(path)})


def _write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> None:
    connection.execute(f"copy ({query}) to $path ({options})", {"path": str(path)})


def _contacts(connection: duckdb.DuckDBPyConnection, plan: Plan, path: Path) -> Path | None:
    held = [name for name in _CONTACTS if name in plan.places]
    if not held:
        return None
    connection.execute(statement("staging/contacts"))
    _write_parquet(connection, f"select customer_id, {', '.join(held)} from contacts", path, "format parquet")
    return path


def _voided(connection: duckdb.DuckDBPyConnection, clean_path: Path, path: Path) -> Path:
    """The order ids of which nothing counts: they take the place of versions in earlier files."""
    connection.execute("set variable clean_path = $path", {"path": str(clean_path)})
    _write_parquet(connection, statement("staging/voided"), path, "format parquet")
    return path


def _currencies(connection: duckdb.DuckDBPyConnection, plan: Plan, staged: Staged) -> tuple[str, ...]:
    found = set(staged.currencies)
    if "currency" in plan.places:
        query = "select distinct currency from accepted where not is_kept_out and currency is not null limit $most"
        rows = connection.execute(query, {"most": _MOST_STATUSES}).fetchall()
        found |= {code for (text,) in rows if (code := currency_code(text))}
    return tuple(sorted(found))
