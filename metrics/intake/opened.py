"""A file whose table was found, ready to be read row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from metrics.intake.contract import Question, Warned
from metrics.intake.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose table was found. `questions` and `warnings` came up on the way; `facts` say how it was read."""

    source: Source
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...] = ()
    warnings: tuple[Warned, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
