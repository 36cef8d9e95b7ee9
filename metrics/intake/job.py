"""What the parent asks of the child."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metrics.intake.contract import ColumnMap
from metrics.intake.limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One reading to do; `temp` is for files that nobody needs afterwards."""

    path: Path
    file_name: str
    mapping: ColumnMap
    workdir: Path
    temp: Path
    limits: Limits
