"""Who is known, the slow and plain way: people of files and contacts of orders joined to those who bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

YES, NO = {"yes", "да"}, {"no", "нет"}


class Person(NamedTuple):
    """A row of a file of customers, or the contacts of one customer's orders."""

    customer_id: str | None = None
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    consent: str | None = None


class Profile(NamedTuple):
    """A row of the mart; `person` is None for those whom no file of customers lists."""

    person: str | None
    customer_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    consent: str | None
    has_consent: bool | None
    is_potential: bool


def profiles_of(
    files: Sequence[Sequence[Person]], contacts: Sequence[Sequence[Person]], bought: Collection[str]
) -> set[Profile]:
    """The profiles of files of customers (by age) and of the contacts of files of orders (by age)."""
    persons = _persons(files)
    known = _latest(contacts)
    joined = _joined(persons, known, bought)
    found = set()
    for person, listed in persons.items():
        customer_id = joined.get(person, listed.customer_id)
        more = known.get(customer_id or "", Person())
        found.add(_profile(person, customer_id, listed, more, is_potential=person not in joined))
    taken = set(joined.values())
    buyers = [each for key, each in known.items() if key in bought]
    texts = {text for each in persons.values() for text in each[:3]} | {text for each in buyers for text in each[1:3]}
    for key, each in known.items():
        is_new = not {key, each.email or key, each.phone or key} & texts and (each.email or each.phone)
        if key not in taken if key in bought else is_new:
            found.add(_profile(None, key, each, Person(), is_potential=key not in bought))
    return found


def _profile(person: str | None, customer_id: str | None, own: Person, more: Person, *, is_potential: bool) -> Profile:
    name, email, phone, consent = (
        getattr(own, field) or getattr(more, field) for field in ("name", "email", "phone", "consent")
    )
    said = True if consent in YES else False if consent in NO else None
    return Profile(person, customer_id, name, email, phone, consent, said, is_potential)


def _persons(files: Sequence[Sequence[Person]]) -> dict[str, Person]:
    """Each person once: the latest file speaks for the columns that it has anything in."""
    rows = [(age, row) for age, file in enumerate(files) for row in file if row[:3] != (None,) * 3]
    owners = {}
    for age, row in rows:
        if row.customer_id and row.email:
            owners[row.email] = max(owners.get(row.email, (0, "")), (age, row.customer_id))
    keys = []
    for _, row in rows:
        number = row.customer_id or (owners[row.email][1] if row.email in owners else None)
        keys.append(f"id {number}" if number else f"email {row.email}" if row.email else None)
    phones = {}
    for (age, row), key in zip(rows, keys, strict=True):
        if key and row.phone:
            phones[row.phone] = max(phones.get(row.phone, (0, "")), (age, key))
    said: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for (age, row), key in zip(rows, keys, strict=True):
        person = key or (phones[row.phone][1] if row.phone in phones else f"phone {row.phone}")
        for field, value in row._asdict().items():
            is_column = field in {"name", "consent"} and any(getattr(each, field) for each in files[age])
            if value or is_column:
                said[person][field].append((age, value or ""))
    return {
        person: Person(**{field: max(values)[1] or None for field, values in fields.items()})
        for person, fields in said.items()
    }


def _latest(contacts: Sequence[Sequence[Person]]) -> dict[str, Person]:
    known: dict[str, Person] = {}
    for file in contacts:
        for row in file:
            assert row.customer_id
            old = known.get(row.customer_id, Person())
            known[row.customer_id] = Person(*(new or was for new, was in zip(row, old, strict=True)))
    return known


def _joined(persons: dict[str, Person], known: dict[str, Person], bought: Collection[str]) -> dict[str, str]:
    """Person -> customer id, by number, else e-mail, else phone, else the end of a phone without its country code."""
    ways = (
        lambda person, key, other: key == person.customer_id,
        lambda person, key, other: person.email is not None and person.email in {key, other.email},
        lambda person, key, other: person.phone is not None and person.phone in {key, other.phone},
        lambda person, key, other: _ends_alike(person.phone or "", other.phone or ""),
    )
    joined: dict[str, str] = {}
    for way in ways:
        first: dict[str, str] = {}
        for person in sorted(persons):
            for key in bought:
                is_free = person not in joined and key not in joined.values()
                if is_free and way(persons[person], key, known.get(key, Person())):
                    first.setdefault(key, person)
        for key in sorted(first):
            joined.setdefault(first[key], key)
    return joined


def _ends_alike(one: str, other: str) -> bool:
    return len(one) >= 9 and len(other) >= 9 and one[-9:] == other[-9:] and (one[0] == "+") != (other[0] == "+")
