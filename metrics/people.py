"""Who is known beside those who buy: the people of files of customers, and how many of them never bought."""

from __future__ import annotations

from metrics.intake.contract import Reading
from metrics.results import PeopleCounts
from metrics.workspace import Workspace


def people_counts(workspace: Workspace, batch_id: int | None = None) -> PeopleCounts:
    """The people of all files of customers, or of one of them, as of the as-of date."""
    rows = workspace.derived(("people_counts", batch_id), lambda: workspace.ask("people_counts", batch_id=batch_id))
    return PeopleCounts(**rows[0])


def people_counts_with(workspace: Workspace, reading: Reading) -> PeopleCounts:
    """The people of a file of customers as they would be if it were added now; nothing changes."""
    return PeopleCounts(**workspace.ask_with(reading, "people_counts")[0])
