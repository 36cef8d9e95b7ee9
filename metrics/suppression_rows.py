"""Entries of the suppression list as columns for SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from metrics.contact_keys import Entry


def columns_of(entries: Iterable[Entry]) -> dict[str, Any]:
    """The parameters of `notes/suppress.sql`."""
    found = list(entries)
    return {
        "kinds": [entry.kind for entry in found],
        "keys": [entry.key for entry in found],
        "ids": [entry.also_id for entry in found],
        "now": datetime.now(UTC).replace(tzinfo=None),
    }
