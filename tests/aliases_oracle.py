"""Who is who across files, the slow and plain way: each contact with the customers that it stands with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tests.oracle import Row
from tests.people_oracle import Person


class File(NamedTuple):
    """A file of orders with its contacts; `is_apart`: its guests are nobody else."""

    rows: Sequence[Row]
    contacts: Sequence[Person] = ()
    is_apart: bool = False


def is_contact(key: str) -> bool:
    """Whether a customer goes by an e-mail or a phone."""
    return "@" in key or (key.startswith("+") and key[1:].isdigit())


def aliases_of(files: Sequence[File]) -> dict[str, str]:
    """The customers whose the contacts are, where there is exactly one for each; e-mails in lower case."""
    if sum(bool(file.rows) for file in files) < 2:
        return {}
    said = [row for file in files if not file.is_apart for row in file.contacts]
    emails: dict[str, set[str]] = defaultdict(set)
    for row in said:
        if row.email and row.customer_id and not is_contact(row.customer_id):
            emails[row.email.lower()].add(row.customer_id)
    known = {email: min(owners) for email, owners in emails.items() if len(owners) == 1}
    phones: dict[str, set[str]] = defaultdict(set)
    for row in said:
        if row.phone and row.customer_id and not row.customer_id.startswith("+"):
            phones[_plain(row.phone)].add(known.get(row.customer_id.lower(), row.customer_id))
    return known | {phone: min(owners) for phone, owners in phones.items() if len(owners) == 1}


def as_one(files: Sequence[File]) -> list[Row]:
    """All rows of files whose orders do not overlap, each under the customer whose it is."""
    aliases = aliases_of(files)
    return [
        row if file.is_apart else row._replace(customer=aliases.get(row.customer.lower(), row.customer))
        for file in files
        for row in file.rows
    ]


def contacts_as_one(files: Sequence[File]) -> list[list[Person]]:
    """The contacts of each file under the customers whose they are: what the customer's own row says goes first.

    A contact by which no order goes stays by itself.
    """
    keys = {row.customer for file in files for row in file.rows}
    aliases = {contact: owner for contact, owner in aliases_of(files).items() if contact in keys}
    return [list(file.contacts) if file.is_apart else _merged(file.contacts, aliases) for file in files]


def _merged(contacts: Sequence[Person], aliases: dict[str, str]) -> list[Person]:
    said: dict[str, list[Person]] = defaultdict(list)
    for row in contacts:
        assert row.customer_id
        said[aliases.get(row.customer_id.lower(), row.customer_id)].append(row)
    merged = []
    for owner, rows in said.items():
        rows.sort(key=lambda row: (row.customer_id == owner, row.customer_id), reverse=True)
        first = {name: next(filter(None, (getattr(row, name) for row in rows)), None) for name in Person._fields}
        merged.append(Person(**first)._replace(customer_id=owner))
    return merged


def _plain(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return f"+7{digits[1:]}" if digits.startswith("89") else f"+{digits}"
