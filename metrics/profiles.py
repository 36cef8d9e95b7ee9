"""Who is known: the people of files of customers and of the orders' contacts, joined to those who bought."""

from __future__ import annotations

from typing import Any, Final

import duckdb

from metrics.intake.words import data, normal
from metrics.statements import statement

_RANKS: Final = (1, 2, 3, 4)
_ON_THE_WAY: Final = ("keyed_people", "persons", "order_contacts", "candidates", "person_customers")


def build_profiles(cursor: duckdb.DuckDBPyConnection) -> None:
    """Build the marts `profiles` and `reasons` from people, contacts and the mart `customers`, if anybody is known."""
    if not _anybody(cursor):
        cursor.execute("delete from profiles")
        cursor.execute("delete from person_rows")
        cursor.execute("delete from reasons")
        return
    keyed = statement("people/keyed").replace("{rows}", "kept")
    cursor.execute(statement("people/keyed_people").replace("{keyed}", keyed))
    for name in ("persons", "order_contacts", "candidates"):
        cursor.execute(statement(f"people/{name}"))
    for rank in _RANKS:
        cursor.execute(statement("people/person_customers"), {"rank": rank})
    cursor.execute(statement("people/profiles"), _consent_words())
    cursor.execute(statement("people/reasons"))
    for name in _ON_THE_WAY:
        cursor.execute(f"drop table {name}")


def _anybody(cursor: duckdb.DuckDBPyConnection) -> bool:
    query = "select exists (select 1 from people) or exists (select 1 from contacts)"
    return bool(cursor.execute(query).fetchall()[0][0])


def _consent_words() -> dict[str, Any]:
    words = data("people.toml")["consent_words"]
    return {said: [normal(word) for word in words[said]] for said in ("yes", "no")}
