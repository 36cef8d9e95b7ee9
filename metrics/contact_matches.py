"""Which customers an entry of the suppression list is meant for, as keys that both sides can be compared by.

The customers' own keys are made in `sql/made/contact_keys.sql`, those that its patterns leave open here.
"""

from __future__ import annotations

import re

from metrics.contact_keys import BARE, Entry, EntryKind, email_keys, id_key, phone_key, tidy


def matches(entry: Entry) -> tuple[str, ...]:
    """The keys of customers that an entry is meant for.

    A phone with its country code is the same as one that ends alike without one, and the other way round; an id that
    looks like a phone only as one of a known country, and a short entry that may be an id itself means no other id.
    """
    if entry.kind != "phone":
        return (f"{entry.kind} {entry.key}",)
    ids = (f"id {entry.also_id}",) if entry.also_id else ()
    end = phone_end(entry.key)
    if entry.key.startswith("+"):
        is_short = entry.also_id is not None and len(re.sub(r"\D", "", entry.also_id)) <= BARE
        return (*ids, full_phone(entry.key), f"phone {end}", *([] if is_short else [f"id phone {end}"]))
    return (*ids, f"end {end}", f"phone {end}")


def full_phone(number: str) -> str:
    """A number in E.164 as it is compared: what a national prefix after the country code changes is left out."""
    return f"full {number[1]}{number[1:][-10:]}"


def phone_end(number: str) -> str:
    """The end of a number that is the same with and without country code and national prefix."""
    return number.removeprefix("+").lstrip("0")[-9:]


def customer_matches(kind: EntryKind, written: str) -> tuple[str, ...]:
    """The keys of what a customer is known by, in the forms of `matches`; for texts that are not as usual."""
    text = tidy(written)
    if kind == "email":
        return tuple(f"email {key}" for key in email_keys(text))
    if kind == "id":
        emails = tuple(f"email {key}" for key in email_keys(text)) if "@" in text else ()
        return (f"id {id_key(text)}", *emails, *_phone_matches(text, "id phone"))
    return _phone_matches(text, "phone")


def _phone_matches(text: str, of_national: str) -> tuple[str, ...]:
    number = phone_key(text, None)
    if number is None and of_national == "phone":
        number = re.sub(r"\D", "", text)
    if not number:
        return ()
    end = phone_end(number)
    return (full_phone(number), f"end {end}") if number.startswith("+") else (f"{of_national} {end}",)
