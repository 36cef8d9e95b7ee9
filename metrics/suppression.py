"""Who must not be contacted: added, taken off, listed; kept with the workspace and applied to every list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.contact_keys import Entry, EntryKind, entries_of, id_key, tidy
from metrics.contact_matches import customer_matches, matches
from metrics.intake.contract import Reading
from metrics.suppression_rows import columns_of
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: new entries by kind, how many were there already, and how many lines name nobody."""

    new: Mapping[EntryKind, int]
    known: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Suppressed:
    """One entry of the list as it is kept."""

    kind: EntryKind
    key: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class SuppressionList:
    """Entries by kind, how many customers with an order they are (0 while there are no orders), and a page of them."""

    counts: Mapping[EntryKind, int]
    customers: int
    rows: tuple[Suppressed, ...]


def suppress(workspace: Workspace, entries: Iterable[str]) -> Added:
    """Add e-mails, phones and customer ids, one or more e-mails in a text; blank texts are passed over."""
    region = workspace.settings.phone_region
    given = [line for line in entries if tidy(line)]
    read = [entries_of(line, region) for line in given]
    found = list(dict.fromkeys(entry for each in read for entry in each))
    with workspace.noting() as note:
        new = Counter(row["kind"] for row in note("suppress", **columns_of(found)))
    return Added(dict(new), len(found) - new.total(), sum(not each for each in read))


def release(workspace: Workspace, entries: Iterable[str]) -> int:
    """Take entries off, named in any spelling or as the list shows them; how many were on it."""
    given = [line for line in entries if tidy(line)]
    found = [entry for line in given for entry in entries_of(line, workspace.settings.phone_region)]
    named = columns_of(found)
    shown = [text for line in given for text in (tidy(line), id_key(line))]
    with workspace.noting() as note:
        return len(note("release", kinds=named["kinds"], keys=named["keys"], shown=shown))


def suppressed(workspace: Workspace, *, limit: int = 1000, offset: int = 0) -> SuppressionList:
    """The list, latest entries first."""
    with workspace.unchanged():
        counts = {row["kind"]: row["entries"] for row in workspace.ask("suppressed_counts")}
        rows = workspace.ask("suppressed", row_limit=limit, row_offset=offset)
        customers = suppressed_customers(workspace).size
    return SuppressionList(counts, customers, tuple(Suppressed(**row) for row in rows))


def entries_of_reading(workspace: Workspace, reading: Reading) -> list[str]:
    """All e-mails, phones and ids of a file of customers that was read, for `suppress`."""
    rows = workspace.ask("people_of_file", path=str(reading.contacts_path))
    return [value for row in rows for value in row.values() if value]


def list_version(workspace: Workspace) -> Hashable:
    """Something that changes with the list: for what is kept as long as it is the same."""
    (row,) = workspace.ask("suppression_version")
    return tuple(row.values())


def suppressed_customers(workspace: Workspace) -> NDArray[np.uint64]:
    """The keys of the customers on the list; afterwards the table `suppressed_customers` has them too."""
    if workspace.histograms is None:
        return np.zeros(0, np.uint64)
    version = (list_version(workspace), workspace.settings.phone_region)
    return workspace.latest("suppressed_customers", version, lambda: _find(workspace))


def _find(workspace: Workspace) -> NDArray[np.uint64]:
    rows = workspace.ask("suppressed_entries")
    if rows:
        workspace.make("identities")
        workspace.make("contact_texts")
        workspace.make("contact_keys", lambda: _odd_keys(workspace))
        keys = sorted({key for row in rows for key in matches(Entry(**row))})
        workspace.make_again("suppressed_customers", keys=keys)
    else:
        workspace.put("suppressed_customers", {"customer": np.zeros(0, np.uint64)})
    found = workspace.ask_columns("suppressed_customers")["customer"]
    return np.asarray(found).astype(np.uint64)


def _odd_keys(workspace: Workspace) -> dict[str, Any]:
    """The keys of texts that are not as usual: a few of a million, and each takes its time."""
    found = [
        (row["customer"], key)
        for row in workspace.ask("odd_contacts")
        for key in customer_matches(row["kind"], row["written"])
    ]
    return {"customers": [customer for customer, _ in found], "keys": [key for _, key in found]}
