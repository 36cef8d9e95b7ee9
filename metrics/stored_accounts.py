"""The accounts of rows of the files that a workspace holds, as they were when each file was added."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from metrics.intake.contract import Quality
from metrics.workspace import Workspace


@cache
def _adapter() -> TypeAdapter[Quality]:
    return TypeAdapter(Quality)


def stored_accounts(workspace: Workspace) -> tuple[Quality, ...]:
    """What `Reading.quality` was of each loaded file, oldest first; `metrics.report.report` adds their rows up."""
    rows = workspace.ask("batch_accounts")
    return tuple(_adapter().validate_json(row["quality"]) for row in rows if row["quality"] not in {None, "null"})
