"""What the parent asks of the child."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from metrics.intake.contract import ColumnMap
from metrics.intake.limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One reading to do; `temp` is for files that nobody needs afterwards.

    `remembered`: header key -> what a person chose for such a file before. `currency` and `region` (ISO 3166) are the
    workspace's: they settle what a file leaves open.
    """

    path: Path
    file_name: str
    mapping: ColumnMap
    workdir: Path
    temp: Path
    limits: Limits
    remembered: dict[str, ColumnMap] = field(default_factory=dict)
    currency: str | None = None
    region: str | None = None
