"""A file for a mailing tool or an advertising network: only values of a known form, each contact once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import BinaryIO, Final

from metrics.targets.contact import Contact, names_of
from metrics.targets.networks import FieldName, Identifier, Network
from metrics.targets.normal import Hashing, hashed
from metrics.targets.people_csv import write_people_csv
from metrics.targets.values import field_of, identifier_of
from metrics.targets.written import Reason, Tally, Written

_BAD: Final[dict[Identifier, Reason]] = {"email": "bad_email", "phone": "bad_phone"}


def write_network(
    rows: Iterable[Contact], network: Network, hashing: Hashing, sink: BinaryIO, rejects: BinaryIO | None = None
) -> Written:
    """Write the contacts as the network wants them, the first of equal ones; UTF-8 without a mark, lines end in LF.

    No e-mail and no phone is in the file twice: one that was is left blank, and a customer without another one is left
    out. `rejects` gets a CSV for people of what did not go out: customer_id, reason, and 1 where the customer is in the
    file all the same. ValueError for a hashing that the network does not take.
    """
    if hashing not in network.hashing:
        raise ValueError(f"{network.key} takes no {hashing}")
    tally = Tally()
    refused = _write(rows, network, hashing, sink, tally)
    if rejects is None:
        for _ in refused:
            pass
    else:
        write_people_csv(rejects, ("customer_id", "reason", "in_file"), refused)
    return tally.written(network)


def _write(
    rows: Iterable[Contact], network: Network, hashing: Hashing, sink: BinaryIO, tally: Tally
) -> Iterator[tuple[str, Reason, int]]:
    """Write each row and yield what did not go out."""
    line = StringIO()
    writer = csv.writer(line, lineterminator="\n")

    def put(cells: Iterable[str]) -> None:
        writer.writerow(cells)
        tally.size += sink.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()

    put(network.header)
    for contact in rows:
        found, problems = _identifiers(contact, network, hashing, tally.seen)
        if not found:
            reason = _main(problems)
            tally.left_out[reason] += 1
            yield contact.customer_id, reason, 0
            continue
        tally.seen.update(hash(value) for value in found.values())
        values, bad = _others(contact, network, hashing)
        values.update(found)
        put(values.get(name, "") for name in network.fields)
        tally.rows += 1
        for reason in problems + bad:
            tally.blanked[reason] += 1
            yield contact.customer_id, reason, 1


def _identifiers(
    contact: Contact, network: Network, hashing: Hashing, seen: set[int]
) -> tuple[dict[FieldName, str], list[Reason]]:  # fmt: skip
    """The e-mail and phone as they go out, and why the others may not."""
    found: dict[FieldName, str] = {}
    problems: list[Reason] = []
    for identifier in network.identifiers:
        if not (getattr(contact, identifier) or "").strip():
            continue
        value = identifier_of(contact, identifier, network)
        if value is None:
            problems.append(_BAD[identifier])
            continue
        # Compared as it goes out: an e-mail and its hash from elsewhere are the same person.
        cell = _cell(identifier, value, network, hashing)
        if hash(cell) in seen:
            problems.append("duplicate")
        else:
            found[identifier] = cell
    return found, problems


def _main(problems: list[Reason]) -> Reason:
    """Why a customer is left out; who is in the file already lacks nothing."""
    if "duplicate" in problems:
        return "duplicate"
    return problems[0] if problems else "no_contact"


def _others(contact: Contact, network: Network, hashing: Hashing) -> tuple[dict[FieldName, str], list[Reason]]:
    """The fields beside the identifiers as they go out, and why others do not."""
    first, last = names_of(contact)
    names: dict[str, object] = {"first_name": first, "last_name": last}
    values: dict[FieldName, str] = {}
    bad: list[Reason] = []
    for name in network.fields:
        if not name or name in network.identifiers:
            continue
        written = names[name] if name in names else getattr(contact, name)
        value = _phone_or_field(name, written, contact, network)
        if value is None:
            bad.append("bad_phone" if name == "phone" else "bad_text")
        values[name] = _cell(name, value or "", network, hashing)
    if not all(values.get(name) for name in network.together):
        if values.get("first_name") or values.get("last_name"):
            bad.append("incomplete_name")
        values.update(dict.fromkeys(network.together, ""))
    return values, bad


def _phone_or_field(name: FieldName, written: object, contact: Contact, network: Network) -> str | None:
    """Mailchimp finds people by e-mail; a phone beside it is one more field."""
    if name == "phone":
        return identifier_of(contact, "phone", network) if written else ""
    return field_of(name, written, network)


def _cell(name: FieldName, value: str, network: Network, hashing: Hashing) -> str:
    return hashed(value, hashing) if value and name in network.hashed else value
