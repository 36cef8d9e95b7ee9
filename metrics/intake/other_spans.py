"""How large the sheets of ODS and XLSB files claim to be, before their reader allocates that much."""

from __future__ import annotations

import re

from metrics.errors import IntakeError
from metrics.intake.span import check_span

_ODS_TOKEN = re.compile(
    rb"""<(/?)table:(table-row|covered-table-cell|table-cell|table)\b((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
_ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,12})["']""")
_ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,12})["']""")
_ROW_RECORD = 0
_CELL_RECORDS = range(2, 12)
_MOST_EMPTY_RECORDS = 100_000


class OdsSpan:
    """Rows and cells with their repetitions; empty ones at the end of a row or sheet are left out as readers do."""

    def __init__(self, most_cells: int) -> None:
        self._most = most_cells
        self.has_formulas = False
        self._rows = self._width = self._empty_rows = 0
        self._row_width = self._row_filled = 0
        self._row_repeats = 1

    def feed(self, content: bytes) -> None:
        """See SpanCounter; pieces must end between two tags."""
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
            check_span(self._rows, self._width, self._most)


class BinarySpan:
    """The outermost cell of a sheet of an XLSB file: records of a type, a length and a content."""

    def __init__(self, most_cells: int) -> None:
        self._most = most_cells
        self.has_formulas = False
        self._rows = self._columns = 1
        self._row = self._empty_records = 0
        self._rest = b""
        self._skip = 0

    def feed(self, content: bytes) -> None:
        """See SpanCounter; pieces may end anywhere."""
        content = self._rest + content
        place = self._skip
        while place + 16 <= len(content):
            kind, place = _record_number(content, place, 2)
            size, place = _record_number(content, place, 4)
            number = int.from_bytes(content[place : place + 4], "little")
            if kind == _ROW_RECORD:
                self._row = number + 1
            elif kind in _CELL_RECORDS:
                self._rows = max(self._rows, self._row)
                self._columns = max(self._columns, number + 1)
            elif size == 0:
                self._empty_records += 1
            place += size
        if self._empty_records > _MOST_EMPTY_RECORDS:
            raise IntakeError("file_broken")
        check_span(self._rows, self._columns, self._most)
        self._rest = content[place:]
        self._skip = max(0, place - len(content))


def _record_number(content: bytes, place: int, longest: int) -> tuple[int, int]:
    """A number of up to `longest` bytes with seven bits each, and the place after it."""
    number = 0
    for shift in range(longest):
        byte = content[place + shift]
        number |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            return number, place + shift + 1
    if longest == 4:
        raise IntakeError("file_broken")
    return number, place + longest


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
