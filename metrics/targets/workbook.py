"""Excel for people: typed cells, nothing that runs, row by row in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, Literal

from metrics.errors import WinbackError
from metrics.targets.people_csv import Cell
from metrics.targets.safe_text import is_dangerous
from metrics.targets.sheet_text import fitting_text, sheet_name

MAXIMUM_ROWS: Final = 1_048_576
"""Rows that a sheet of Excel can hold, its header among them."""

Kind = Literal["text", "whole", "number", "money", "share", "date", "moment"]

_FORMATS: Final[dict[Kind, str]] = {
    "text": "General", "whole": "#,##0", "number": "#,##0.00", "money": "#,##0.00", "share": "0.0%",
    "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss",
}  # fmt: skip
_WIDTHS: Final[dict[Kind, int]] = {
    "text": 24, "whole": 11, "number": 13, "money": 14, "share": 10, "date": 12, "moment": 20,
}  # fmt: skip
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False, "remove_timezone": True,
}  # fmt: skip
_FIRST_DAY = date(1900, 3, 1)
# The same rows are the same bytes, whenever they are written.
_NO_TIME = datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the format of its numbers and dates, its width in characters (by kind where `None`)."""

    title: str
    kind: Kind = "text"
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows come once, in their order; the header is frozen and filters where `has_filter`."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    has_filter: bool = True


@dataclass(frozen=True, slots=True)
class WorkbookWritten:
    """`rows` of each sheet without its header; `cut`: how many texts were too long for a cell and end in `…`."""

    rows: tuple[int, ...]
    cut: int


def write_workbook(sink: BinaryIO, sheets: Sequence[Sheet], created_at: datetime | None = None) -> WorkbookWritten:
    """Write the sheets as one XLSX; the type of each value decides the type of its cell, the column its format.

    A text of more than 32,767 characters is cut, ends in `…` and is counted: one long note must not cost the list. A
    sheet of more than 1,048,575 rows is refused with WinbackError `sheet_full` (fact `limit`), and nothing is written:
    a list that ends too early looks whole. What XML cannot hold becomes U+FFFD. `created_at`: of the file's properties.
    """
    import xlsxwriter  # noqa: PLC0415  (it takes its time to load)

    # Its own folder: what was written before a failure is personal data, and goes with it.
    with TemporaryDirectory(prefix="winback-") as folder:
        book = xlsxwriter.Workbook(sink, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": created_at or _NO_TIME})
        writer = _Writer(book)
        rows = tuple(writer.add(sheet) for sheet in sheets)
        book.close()
    return WorkbookWritten(rows, writer.cut)


class _Writer:
    """The formats of one workbook, and the sheets and cells that use them."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.cut = 0
        self.title = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        # Without it Excel reads the text anew, as a formula, when somebody edits its cell.
        self.quoted = book.add_format({"quote_prefix": True})
        self.formats = {kind: book.add_format({"num_format": spelled}) for kind, spelled in _FORMATS.items()}
        self.names: set[str] = set()

    def add(self, sheet: Sheet) -> int:
        """Write one sheet and say how many rows it has without its header."""
        page = self.book.add_worksheet(sheet_name(sheet.name, self.names))
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width or max(_WIDTHS[column.kind], min(len(column.title) + 3, 40)))
            page.write_string(0, place, self._text(column.title), self.title)
        page.freeze_panes(1, 0)
        count = 0
        for count, row in enumerate(sheet.rows, 1):
            if count >= MAXIMUM_ROWS:
                raise WinbackError("sheet_full", limit=MAXIMUM_ROWS - 1)
            for place, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
                self._put(page, count, place, cell, column.kind)
        if sheet.has_filter:
            page.autofilter(0, 0, count, len(sheet.columns) - 1)
        return count

    def _put(self, page: Any, row: int, place: int, cell: Cell, kind: Kind) -> None:
        match cell:
            case None | "":
                return
            case str():
                text = self._text(cell)
                page.write_string(row, place, text, self.quoted if is_dangerous(text) else None)
            case bool():
                page.write_boolean(row, place, cell)
            case int() | float() | Decimal():
                if isfinite(cell):
                    page.write_number(row, place, cell, self._number_format(cell, kind))
            case datetime() | date():
                self._put_day(page, row, place, cell)

    def _number_format(self, number: int | float | Decimal, kind: Kind) -> Any:
        """The column's own, or the value's where a column of texts has a figure in it."""
        if kind in {"whole", "number", "money", "share"}:
            return self.formats[kind]
        return self.formats["whole" if isinstance(number, int) else "number"]

    def _put_day(self, page: Any, row: int, place: int, day: date) -> None:
        is_moment = isinstance(day, datetime)
        if (day.date() if isinstance(day, datetime) else day) < _FIRST_DAY:
            # Excel knows no day before 1900 and a 29 February in it.
            page.write_string(row, place, day.isoformat())
        else:
            page.write_datetime(row, place, day, self.formats["moment" if is_moment else "date"])

    def _text(self, text: str) -> str:
        fitting, is_cut = fitting_text(text)
        self.cut += is_cut
        return fitting
