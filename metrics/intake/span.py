"""The bounds of a sheet, whatever the kind of its file."""

from __future__ import annotations

from typing import Protocol

from metrics.errors import IntakeError

_HIGHEST_COLUMN = 16_384


class SpanCounter(Protocol):
    """Reads a sheet piece by piece and refuses giants; `has_formulas`: the latest piece may hold some."""

    has_formulas: bool

    def feed(self, content: bytes) -> None:
        """Look at one more piece; raises IntakeError `sheet_span` (facts: rows, columns) or `file_broken`."""


def check_span(rows: int, columns: int, most_cells: int) -> None:
    """Raise IntakeError `sheet_span` where a sheet has too many cells or more columns than any program writes."""
    if rows * columns > most_cells or columns > _HIGHEST_COLUMN:
        raise IntakeError("sheet_span", rows=rows, columns=columns)


def column_number(letters: bytes) -> int:
    """The number of a column (A is 1) from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
