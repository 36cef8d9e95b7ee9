"""Which lists went out, and who was contacted or held out; customers are kept as keys, no personal data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from metrics.snapshot import Rows
from metrics.workspace import Workspace

KEPT_UNMARKED = 20
"""Lists whose customers are remembered so that they can still be marked as contacted."""


@dataclass(frozen=True, slots=True)
class LoggedExport:
    """One list that went out. `filter`: its segment and rules as JSON; `contacted_on` None: not marked as contacted.

    `until`: when the campaign ends; `controls`: how many of its customers were held out.
    """

    export_id: int
    made_at: datetime
    target: str
    customers: int
    filter: str
    content_hash: str
    contacted_on: date | None
    until: date | None
    controls: int


def log_export(
    workspace: Workspace, keys: Path, *, target: str, customers: int, filter_json: str, content_hash: str
) -> int:
    """Note a list of the customers whose keys (`lists/keys.sql`) are in a Parquet file; the number of the list."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with workspace.noting() as note:
        (row,) = note(
            "log_export", now=now, target=target, customers=customers, filter=filter_json, content_hash=content_hash
        )
        export_id = int(row["export_id"])
        note("log_customers", export_id=export_id, path=str(keys))
        note("forget_unmarked", kept=KEPT_UNMARKED)
    return export_id


def exports(workspace: Workspace, *, limit: int = 100) -> tuple[LoggedExport, ...]:
    """The lists that went out, latest first."""
    return tuple(LoggedExport(**row) for row in workspace.ask("exports", row_limit=limit))


def mark_contacted(
    workspace: Workspace, export_id: int, contacted_on: date, *, until: date | None = None, controls: Sequence[str] = ()
) -> int:
    """Note that the customers of a list were contacted, all but `controls` (ids, of the list or not); how many were.

    Controls are on no list up to `until`, the last day of the campaign. Raises ValueError for controls without it.
    """
    if controls and until is None:
        raise ValueError("who is held out needs the last day of the campaign")
    named = {"export_id": export_id, "contacted_on": contacted_on, "until": until, "controls": list(controls)}
    with workspace.noting() as note:
        if workspace.histograms is None:
            return 0
        workspace.make("identities")
        _take_back(note, export_id)
        (marked,) = note("mark_contacted", **named)
        if controls:
            note("hold_out", **named)
    return int(marked["Count"])


def unmark_contacted(workspace: Workspace, export_id: int) -> int:
    """Take a mark back, with its controls; how many customers had it."""
    with workspace.noting() as note:
        return _take_back(note, export_id)


def _take_back(note: Callable[..., Rows], export_id: int) -> int:
    note("unmark_contacted", export_id=export_id, is_control=True)
    (row,) = note("unmark_contacted", export_id=export_id, is_control=False)
    return int(row["Count"])
