"""How large a sheet claims to be: two cells far apart make its reader allocate everything between them."""

from __future__ import annotations

import re
from typing import Protocol

from metrics.errors import IntakeError

_TAG = re.compile(
    rb"""<(?:\w{1,20}:)?(?:c|row)\s(?:[^<>]*?\s)?r\s*=\s*["']"""
    rb"""(?:\$?[A-Za-z]{1,3}\$?\d{0,7}:)?\$?([A-Za-z]{0,3})\$?(\d{1,7})["'][^<>]*?(/?)>"""
)
_DIMENSION = re.compile(
    rb"""<(?:\w{1,20}:)?dimension\s+ref\s*=\s*["'](?:[A-Za-z]{1,3}\d{1,7}:)?([A-Za-z]{1,3})(\d{1,7})["']"""
)
_ODS_TOKEN = re.compile(rb"<(/?)table:(table-row|covered-table-cell|table-cell|table)\b([^>]*)>")
_ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,12})["']""")
_ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,12})["']""")
_HIGHEST_COLUMN = 16_384


class SpanCounter(Protocol):
    """Reads the markup of a sheet piece by piece and refuses giants."""

    def feed(self, content: bytes) -> None:
        """Look at one more piece, which ends between two tags; raises IntakeError `sheet_span`."""


def span_counter(name: str, most_cells: int) -> SpanCounter | None:
    """The counter for a part of a workbook, None for parts that hold no cells."""
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _ExcelSpan(most_cells)
    if name == "content.xml":
        return _OdsSpan(most_cells)
    return None


class _ExcelSpan:
    """The box between A1 and the outermost filled cell, or what `<dimension>` says where that is more."""

    def __init__(self, most_cells: int) -> None:
        self._most = most_cells
        self._rows = 1
        self._columns = 1

    def feed(self, content: bytes) -> None:
        # Empty cells (`<c .../>`) only carry a format and cost their reader nothing; `<dimension/>` is always empty.
        found = [(letters, int(row)) for letters, row, closed in _TAG.findall(content) if not closed]
        found += [(letters, int(row)) for letters, row in _DIMENSION.findall(content)]
        if not found:
            return
        self._rows = max(self._rows, *(row for _, row in found))
        self._columns = max(self._columns, *map(_column_number, {letters for letters, _ in found}))
        _check(self._rows, self._columns, self._most)


class _OdsSpan:
    """Rows and cells with their repetitions; empty ones at the end of a row or sheet are left out as readers do."""

    def __init__(self, most_cells: int) -> None:
        self._most = most_cells
        self._rows = self._width = self._empty_rows = 0
        self._row_width = self._row_filled = 0
        self._row_repeats = 1

    def feed(self, content: bytes) -> None:
        for closing, name, attributes in _ODS_TOKEN.findall(content):
            if name == b"table":
                self._rows = self._width = self._empty_rows = 0
            elif name == b"table-row" and closing:
                self._end_row()
            elif name == b"table-row":
                self._row_width = self._row_filled = 0
                self._row_repeats = _times(_ODS_ROWS, attributes)
            elif not closing:
                self._row_width += _times(_ODS_COLUMNS, attributes)
                if b"value-type" in attributes:
                    self._row_filled = self._row_width

    def _end_row(self) -> None:
        self._empty_rows += self._row_repeats
        if self._row_filled:
            self._rows += self._empty_rows
            self._empty_rows = 0
            self._width = max(self._width, self._row_filled)
            _check(self._rows, self._width, self._most)


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check(rows: int, columns: int, most_cells: int) -> None:
    if rows * columns > most_cells or columns > _HIGHEST_COLUMN:
        raise IntakeError("sheet_span", rows=rows, columns=columns)
