"""How large a sheet of an Excel file claims to be: two cells far apart make its reader allocate all between them."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from metrics.errors import IntakeError
from metrics.intake.span import check_span, column_number

_CELL_TAG = re.compile(rb"""<(?:\w{1,20}:)?(row|c)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?)(/?)>""")
_CELL_BEGUN = re.compile(rb"<(?:\w{1,20}:)?(?:row|c)[\s/>]")
_REF = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{0,3})\$?(\d{1,9})["']""")
_REF_BEGUN = re.compile(rb"\sr\s*=")
_LONGEST_REF = 12

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


class ExcelSpan:
    """The box between A1 and the outermost filled cell of a sheet in XML; pieces must end between two tags.

    Empty cells (`<c .../>`) only carry a format and cost their reader nothing, nor does `<dimension>`. Cells written
    as all common programs write them (`<c r="B7"`) are counted as a whole; any other piece is walked tag by tag,
    with the position that a cell without `r` has.
    """

    def __init__(self, most_cells: int) -> None:
        self._most = most_cells
        self._rows = self._columns = 1
        self._row = self._column = 0
        self.has_formulas = False

    def feed(self, content: bytes) -> None:
        """See SpanCounter."""
        if not self._counted_at_once(content):
            self.has_formulas = True
            self._walk(content)
        check_span(self._rows, self._columns, self._most)

    def _counted_at_once(self, content: bytes) -> bool:
        padded = np.frombuffer(content + b" " * (_LONGEST_REF + 8), np.uint8)
        begun = np.flatnonzero(padded[: len(content)] == ord("<"))
        first, second = padded[begun + 1], padded[begun + 2]
        is_short = (second <= ord("/")) | (second == ord(">"))
        longer = begun[~(is_short | (first == ord("/")))]
        is_row = _spells(padded, longer, b"<row ")
        rows, cells = longer[is_row], begun[is_short & (first == ord("c"))]
        self.has_formulas = bool((is_short & (first == ord("f"))).any())
        # Other tags may have a prefix.
        if not (is_row | _spells(padded, longer, b"<is>") | _spells(padded, longer, b"<si>")).all():
            return False
        if not (_spells(padded, rows, b'<row r="').all() and _spells(padded, cells, b'<c r="').all()):
            return False
        if rows.size:
            self._row, self._column = int(_numbers(padded, rows[-1:] + 8)[0]), 0
        if not cells.size:
            return True
        columns, row_numbers = _references(padded, cells + 6)
        self._row, self._column = int(row_numbers[-1]), int(columns[-1])
        ends = np.flatnonzero(padded == ord(">"))
        if not ends.size or ends[-1] < cells[-1]:
            return False
        filled = padded[ends[np.searchsorted(ends, cells)] - 1] != ord("/")
        if filled.any():
            self._rows = max(self._rows, int(row_numbers[filled].max()))
            self._columns = max(self._columns, int(columns[filled].max()))
        return True

    def _walk(self, content: bytes) -> None:
        found = _CELL_TAG.findall(content)
        if len(found) != len(_CELL_BEGUN.findall(content)):
            raise IntakeError("file_broken")
        for name, attributes, closed in found:
            reference = _REF.search(attributes)
            if reference is None and _REF_BEGUN.search(attributes):
                raise IntakeError("file_broken")
            if name == b"row":
                self._row, self._column = int(reference[2]) if reference else self._row + 1, 0
                continue
            if reference:
                self._row, self._column = int(reference[2]), column_number(reference[1])
            else:
                self._column += 1
            if not closed:
                self._rows = max(self._rows, self._row)
                self._columns = max(self._columns, self._column)


def _spells(padded: Bytes, places: Places, word: bytes) -> npt.NDArray[np.bool_]:
    """Whether `word` stands at each of the places."""
    same = np.ones(places.size, np.bool_)
    for shift, letter in enumerate(word):
        same &= padded[places + shift] == letter
    return same


def _references(padded: Bytes, places: Places) -> tuple[Places, Places]:
    """Column and row numbers of the references (`AB12`) that begin at `places`."""
    columns = np.zeros(places.size, np.int64)
    for _ in range(3):
        letter = (padded[places] & 0xDF).astype(np.int64) - 64  # lower case counts as upper
        is_letter = (letter > 0) & (letter < 27) & (padded[places] >= 65)
        columns = np.where(is_letter, columns * 26 + letter, columns)
        places = places + is_letter
    return columns, _numbers(padded, places)


def _numbers(padded: Bytes, places: Places) -> Places:
    numbers = np.zeros(places.size, np.int64)
    for _ in range(9):
        digit = padded[places].astype(np.int64) - 48
        is_digit = (digit >= 0) & (digit < 10)
        if not is_digit.any():
            break
        numbers = np.where(is_digit, numbers * 10 + digit, numbers)
        places = places + is_digit
    return numbers
