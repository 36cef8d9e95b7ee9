"""Who is who: the same person under several spellings, or with and without a customer number, is one customer.

The key is the customer number, else the e-mail, else the phone in E.164, else (where a file has no numbers at all) the
name. Rules that a person can switch:
`email_spelling`  letter case and blanks do not tell e-mails apart.
`phone_spelling`  nor do brackets, dashes and national prefixes phones.
`guest_contact`   an order without a number is of the customer that has its e-mail or phone elsewhere in the file.
`shared_email`    customer numbers that share an e-mail are one customer (off unless switched on: families share, too).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from metrics.intake.cells import BLANKS
from metrics.intake.columns import CustomerKind
from metrics.intake.contacts import international, region_of, usual_email
from metrics.intake.contract import Question, Warned
from metrics.intake.plan import Plan
from metrics.intake.words import placeholders, total_cell_pattern
from metrics.statements import statement

RULES_ON = {"email_spelling": True, "phone_spelling": True, "guest_contact": True, "shared_email": False}
_SPELLING = {"email": "email_spelling", "phone": "phone_spelling"}


@dataclass(frozen=True, slots=True)
class Keyed:
    """What keying came to: the view `keyed` is there unless there is a `question`.

    `n_customers` as written where no key differs from its cell (`is_changed` False).
    """

    n_customers: int = 0
    is_changed: bool = True
    question: Question | None = None
    warnings: tuple[Warned, ...] = ()


def key_customers(
    connection: duckdb.DuckDBPyConnection, plan: Plan, kind: CustomerKind, rules: dict[str, bool], region: str | None
) -> Keyed:
    """Create the view `keyed`: staged rows with `customer_key`, null for nobody.

    `region` (ISO 3166) is that of phones without a country code; where the file leaves it open and it matters who is
    who, `phone_region` is asked.
    """
    rules = {**RULES_ON, **rules}
    contacts = _contacts(plan, kind)
    ((n_customers, n_unclean),) = connection.execute(statement("staging/customer_check"), _values(kind)).fetchall()
    if n_unclean == 0 and not contacts:
        connection.execute(statement("staging/keyed_as_written"))
        return Keyed(n_customers, is_changed=False)
    held = {"customer": kind, **{name: name for name in contacts}}
    noticed: list[Warned] = []
    for role, each in held.items():
        question, merged = _make_keys(connection, role, each, rules, region)
        if question is not None:
            return Keyed(question=question)
        noticed += merged
    if not contacts:
        connection.execute(statement("staging/keyed"))
        return Keyed(warnings=tuple(noticed))
    for role in {"email", "phone", "name"} - held.keys():
        connection.execute(f"create or replace temp table {role}_keys (written varchar, customer_id varchar)")
    noticed += _join_contacts(connection, rules, has_numbers=kind == "id")
    return Keyed(warnings=tuple(noticed))


def _values(kind: str) -> dict[str, object]:
    return {"kind": kind, "blanks": BLANKS, "placeholders": placeholders(), "totals": total_cell_pattern()}


def _contacts(plan: Plan, kind: CustomerKind) -> list[str]:
    """Columns that name the customer where the first one is blank; names only where there are no numbers."""
    usable = ("email", "phone") if kind == "id" else ("email", "phone", "name")
    return [name for name in usable if name in plan.places and plan.places[name] != plan.places["customer"]]


def _make_keys(
    connection: duckdb.DuckDBPyConnection, role: str, kind: str, rules: dict[str, bool], region: str | None
) -> tuple[Question | None, list[Warned]]:
    """Create `<role>_keys` (written, customer_id); the question it raises, and how many spellings became one."""
    table, column = f"{role}_keys", "customer_id" if role == "customer" else role
    rule = _SPELLING.get(kind)
    is_on = rule is None or rules[rule]
    query = statement("staging/customers").replace("{keys}", table).replace("{column}", column)
    connection.execute(query, _values(kind if is_on else "id"))
    if rule is None:
        return None, []
    if is_on and kind == "email":
        _mend(connection, table, "not regexp_full_match(customer_id, '[\\x21-\\x7e]+')", usual_email)
    if is_on and kind == "phone" and (question := _national(connection, table, region)) is not None:
        return question, []
    key = "customer_id" if is_on else "lower(regexp_replace(written, '[^0-9A-Za-z@._-]', '', 'g'))"
    ((merged,),) = connection.execute(
        f"select count(*) - count(distinct {key}) from {table} where customer_id is not null"
    ).fetchall()
    return None, [Warned(rule, merged, {"on": is_on})] if merged else []


def _national(connection: duckdb.DuckDBPyConnection, table: str, region: str | None) -> Question | None:
    """Bring numbers without a country code into E.164 where the file also has numbers with one that end alike."""
    query = statement("staging/national_phones").replace("{keys}", table)
    alike = connection.execute(query).fetchall()
    if not alike:
        return None
    regions = Counter(found for number, _ in alike if (found := region_of(number)))
    if region is None and len(regions) > 1:
        example = alike[0][1]
        return Question(
            "phone_region",
            tuple(regions),
            {"example": example, **{one: international(example, one) for one in regions}},
        )
    chosen = region or next(iter(regions), None)
    if chosen is not None:
        _mend(connection, table, "customer_id not like '+%'", lambda number: international(number, chosen))
    return None


def _mend(connection: duckdb.DuckDBPyConnection, table: str, where: str, mended: Callable[[str], str | None]) -> None:
    """Put `mended(key)` in the place of the keys that match."""
    rows = connection.execute(f"select distinct customer_id from {table} where {where}").fetchall()
    pairs = [(key, new) for (key,) in rows if (new := mended(key)) is not None and new != key]
    _rename(connection, table, pairs)


def _rename(connection: duckdb.DuckDBPyConnection, table: str, pairs: list[tuple[str, str]]) -> None:
    if not pairs:
        return
    connection.execute(
        f"update {table} set customer_id = given.new from (select unnest($old::varchar[]) as old, "
        f"unnest($new::varchar[]) as new) as given where {table}.customer_id = given.old",
        {"old": [old for old, _ in pairs], "new": [new for _, new in pairs]},
    )


def _join_contacts(connection: duckdb.DuckDBPyConnection, rules: dict[str, bool], *, has_numbers: bool) -> list[Warned]:
    connection.execute(statement("staging/email_owners"))
    noticed: list[Warned] = []
    if has_numbers and (shared := connection.execute(statement("staging/shared_emails")).fetchall()):
        noticed.append(Warned("shared_email", len({email for email, _ in shared}), {"on": rules["shared_email"]}))
        if rules["shared_email"]:
            _rename(connection, "customer_keys", _representatives(shared))
            connection.execute(statement("staging/email_owners"))
    connection.execute(statement("staging/phone_owners"))
    ((n_guests, n_by_name),) = connection.execute(statement("staging/contact_facts")).fetchall()
    if not rules["guest_contact"]:
        connection.execute("truncate email_owners")
        connection.execute("truncate phone_owners")
    if n_guests:
        noticed.append(Warned("guest_contact", n_guests, {"on": rules["guest_contact"]}))
    if n_by_name:
        noticed.append(Warned("customer_by_name", n_by_name))
    connection.execute(statement("staging/keyed_by_contacts"))
    return noticed


def _representatives(shared: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each customer number with the first one of those that it is joined to, directly or over others."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    first: dict[str, str] = {}
    for email, number in sorted(shared):
        one, other = sorted((root(first.setdefault(email, number)), root(number)))
        parent[other] = one
    return [(number, root(number)) for number in parent if root(number) != number]
