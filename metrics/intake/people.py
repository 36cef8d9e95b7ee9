"""A file of customers: one row per person, contacts in the form in which they can be joined to the orders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb

from metrics.errors import IntakeError
from metrics.intake.cells import BLANKS
from metrics.intake.clean import write_rejected
from metrics.intake.contract import CUSTOMER_FIELDS, Quality, Question, Reading, Warned
from metrics.intake.job import Job
from metrics.intake.name_parts import joined_name
from metrics.intake.opened import Opened
from metrics.intake.people_columns import PARTS
from metrics.intake.people_contacts import mend_emails, mend_phones
from metrics.intake.presets import presets
from metrics.intake.quality import INFORMATIONAL
from metrics.intake.source import cell
from metrics.intake.words import normal, placeholders, total_cell_pattern, totals_pattern
from metrics.statements import statement

_KEYS = {"customer": ("id_keys", "id"), "email": ("email_keys", "email"), "phone": ("phone_keys", "phone")}


def read_people(connection: duckdb.DuckDBPyConnection, job: Job, opened: Opened, found: Reading) -> Reading:
    """Read the view `cells` as customers, by the columns of `found`; their contacts go to `contacts.parquet`.

    Raises IntakeError `no_rows`, `too_many_rows`.
    """
    headers = opened.source.headers
    if not found.columns.keys() & _KEYS.keys():
        return replace(found, questions=(Question("which_customer", headers, {"likely": []}),))
    n_rows = _stage(connection, headers, found)
    if n_rows == 0:
        raise IntakeError("no_rows")
    if n_rows > job.limits.rows:
        raise IntakeError("too_many_rows", rows=n_rows)
    _make_keys(connection, job.mapping.answers.get("phone_region") or job.region)
    joined = joined_name(*(f"staged.{name}" for name in PARTS))
    connection.execute(statement("staging/people_rows").replace("{joined}", joined))
    connection.execute(statement("staging/people").replace("{keyed}", keyed_people("people_rows")))
    ((n_people, n_named),) = connection.execute("select count(*), coalesce(sum(n_rows), 0) from people").fetchall()
    rejected = _reject(connection, headers)
    n_blank = rejected.pop("blank", 0)
    quality = _quality(n_rows - n_blank, n_people, n_named, rejected, (*opened.warnings, *_unread(connection)))
    if n_people == 0:
        facts = {"rows_read": quality.rows_read, "rejected": rejected}
        return replace(found, outcome="refused", reasons=("no_usable_contacts",), facts=facts, quality=quality)
    return replace(
        found,
        outcome="ready_with_warnings" if any(w.code not in INFORMATIONAL for w in quality.warnings) else "ready",
        quality=quality,
        contacts_path=_write_people(connection, job.workdir / "contacts.parquet"),
        rejected_path=_write_rejects(connection, headers, job.workdir / "rejected.csv") if rejected else None,
        has_order_ids=False,
    )


def keyed_people(rows: str) -> str:
    """The query that says of which person each row of the relation `rows` is."""
    return statement("people/keyed").replace("{rows}", rows)


def _stage(connection: duckdb.DuckDBPyConnection, headers: tuple[str, ...], found: Reading) -> int:
    """Create the table `staged` and return how many rows it has."""
    places = {name: headers.index(choice.source) for name, choice in found.columns.items()}
    texts = [
        (_first(name, places[name], headers, found.preset) if name in places else "null::varchar")
        + f" as {'customer_id' if name == 'customer' else name}"
        for name in CUSTOMER_FIELDS
    ]
    is_header = [f"coalesce((trim({cell(place)}) = $h{place})::integer, 0)" for place in sorted(set(places.values()))]
    query = (
        statement("staging/people_cells")
        .replace("{columns}", ",\n    ".join(texts))
        .replace("{headers}", " + ".join(is_header))
    )
    connection.execute(query, {f"h{place}": headers[place] for place in places.values()})
    ((n_rows,),) = connection.execute("select count(*) from staged").fetchall()
    return int(n_rows)


def _first(name: str, place: int, headers: tuple[str, ...], preset_key: str | None) -> str:
    """The cell of a field, or where it is blank the next one that a known export has for the same contact."""
    preset = next((each for each in presets() if each.key == preset_key), None)
    listed = {normal(each) for each in preset.columns.get(name, ())} if preset is not None and name in _KEYS else set()
    rest = [other for other, header in enumerate(headers) if normal(header) in listed and other != place]
    cells = [f"nullif(trim({cell(each)}), '')" for each in (place, *rest)]
    return f"coalesce({', '.join(cells)})"


def _make_keys(connection: duckdb.DuckDBPyConnection, region: str | None) -> None:
    """Create `id_keys`, `email_keys` and `phone_keys` (written, customer_id): the keys that orders would have."""
    for name, (table, kind) in _KEYS.items():
        column = "customer_id" if name == "customer" else name
        query = statement("staging/customers").replace("{keys}", table).replace("{column}", column)
        values = {"kind": kind, "blanks": BLANKS, "placeholders": placeholders(), "totals": total_cell_pattern()}
        connection.execute(query, values)
    mend_emails(connection)
    mend_phones(connection, region)


def _reject(connection: duckdb.DuckDBPyConnection, headers: tuple[str, ...]) -> dict[str, int]:
    """Create `rejects`, the rows that name nobody, and return how many there are for each reason."""
    cells = ", ".join(cell(place) for place in range(len(headers)))
    values = {"headers": list(headers), "blanks": BLANKS, "totals": totals_pattern()}
    connection.execute(statement("staging/people_rejects").replace("{cells}", f"[{cells}]"), values)
    rows = connection.execute(statement("staging/rejected_by_reason")).fetchall()
    return {reason: n for reason, n, _ in rows}


def _unread(connection: duckdb.DuckDBPyConnection) -> tuple[Warned, ...]:
    """Contacts that are none."""
    values = {"blanks": BLANKS, "placeholders": placeholders()}
    ((emails, phones),) = connection.execute(statement("staging/people_unread"), values).fetchall()
    told = (Warned("bad_email", emails), Warned("bad_phone", phones))
    return tuple(each for each in told if each.rows)


def _quality(
    n_rows: int, n_people: int, n_named: int, rejected: dict[str, int], noticed: tuple[Warned, ...]
) -> Quality:
    nothing = Decimal(0)
    return Quality(
        rows_read=n_rows,
        orders=0,
        zero_orders=0,
        refunds=0,
        rows_merged=n_named - n_people,
        zero_merged=0,
        rows_not_counted=0,
        rows_rejected=sum(rejected.values()),
        rejected_by_reason=dict(rejected),
        warnings=(*noticed, *(Warned(reason, n) for reason, n in rejected.items())),
        customers=n_people,
        first_on=None,
        last_on=None,
        currency=None,
        gross=nothing,
        net=nothing,
        people=n_people,
    )


def _write_people(connection: duckdb.DuckDBPyConnection, path: Path) -> Path:
    query = "select * exclude (n_rows) from people"
    connection.execute(f"copy ({query}) to $path (format parquet)", {"path": str(path)})
    return path


def _write_rejects(connection: duckdb.DuckDBPyConnection, headers: tuple[str, ...], path: Path) -> Path:
    write_rejected(connection, headers, path)
    return path
