"""Sheets of XLSX, XLSB, XLS and ODS files as rows of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from metrics.errors import IntakeError
from metrics.intake.book_notes import BookNotes
from metrics.intake.limits import Limits
from metrics.intake.money import parse_money

SAMPLE_ROWS = 1000
_CHUNK = 4096
_DAYS_TO_1904 = 1462

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Reach:
    """How the rows of a table are read: they begin at row `first`; `money` and `days` are the columns of each kind."""

    first: int = 0
    money: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()


class Workbook:
    """An open workbook; `notes` are what its parts said before it was opened."""

    def __init__(self, path: Path, limits: Limits, notes: BookNotes) -> None:
        """Raises IntakeError `file_encrypted` or `file_broken`."""
        self._limits = limits
        self.notes = notes
        with _refusing():
            self._book = CalamineWorkbook.from_path(str(path))
        self._sheets: dict[str, CalamineSheet] = {}

    def sheet_names(self, *, hidden: bool = False) -> list[str]:
        """The visible, or the hidden, sheets with anything in them, in the order of the tabs; charts are none."""
        return [
            each.name
            for each in self._book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet
            and (each.visible != SheetVisibleEnum.Visible) == hidden
            and self._sheet(each.name).height
        ]

    def sample(self, name: str, reach: Reach | None = None) -> list[list[str]]:
        """The first rows of a sheet as text; without `reach` just as they stand."""
        if reach is not None:
            return list(islice(self.rows(name, reach), SAMPLE_ROWS))
        rows = [list(row) for row in islice(self._sheet(name).iter_rows(), SAMPLE_ROWS)]
        return [list(row) for row in zip(*map(_texts, zip(*rows, strict=True)), strict=True)]

    def rows(self, name: str, reach: Reach) -> Iterator[list[str]]:
        """The rows of a table as text, merged cells filled down; for more of them at a time see `chunks`."""
        for columns in self.chunks(name, reach):
            yield from map(list, zip(*columns, strict=True))

    def chunks(self, name: str, reach: Reach) -> Iterator[list[Sequence[str]]]:
        """The columns of a few thousand rows at a time, as text.

        Numbers and dates come in the one form that the parsers read without doubt. A cell merged over several rows is
        filled down; one of a money column counts once, the rows below have 0. Cells of money and day columns that hold
        an error show it (`#DIV/0!`).
        """
        rows = islice(self._sheet(name).iter_rows(), reach.first, None)
        completed = self._completed(rows, name, reach)
        while chunk := list(islice(completed, _CHUNK)):
            columns: list[Sequence[Cell]] = list(zip(*chunk, strict=True))
            if self.notes.is_1904:
                columns = [_from_1904(each) if place in reach.days else each for place, each in enumerate(columns)]
            yield [_texts(column) for column in columns]

    def _completed(self, rows: Iterator[list[Cell]], name: str, reach: Reach) -> Iterator[list[Cell]]:
        sheet = self._sheet(name)
        left = sheet.start[1] if sheet.start else 0
        errors = self.notes.of(name).errors
        merged = _downwards(sheet.merged_cell_ranges or [], left, sheet.width, reach.first)
        return _filled(rows, reach, merged, errors, left) if errors or merged else rows

    def _sheet(self, name: str) -> CalamineSheet:
        if name not in self._sheets:
            with _refusing():
                sheet = self._book.get_sheet_by_name(name)
            if sheet.height * sheet.width > self._limits.cells:
                raise IntakeError("sheet_span", rows=sheet.height, columns=sheet.width)
            self._sheets[name] = sheet
        return self._sheets[name]


def _downwards(
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], left: int, width: int, first: int
) -> dict[int, list[tuple[int, int]]]:
    """The cells merged over several rows of a table: by the row in which they begin, their column and last row."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (top, column), (bottom, _) in merged:
        if bottom > top >= first and 0 <= column - left < width:
            found[top].append((column - left, bottom))
    return found


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever the reader dies of is an IntakeError."""
    try:
        yield
    except PasswordError as error:
        raise IntakeError("file_encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise IntakeError("file_broken") from error
    except BaseException as error:
        # A panic of Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IntakeError("file_broken") from error


def _filled(
    rows: Iterator[list[Cell]],
    reach: Reach,
    merged: dict[int, list[tuple[int, int]]],
    errors: dict[int, dict[int, str]],
    left: int,
) -> Iterator[list[Cell]]:
    """The rows with merged cells filled down and errors shown; `left` is the column in which the sheet begins."""
    shown = reach.money | reach.days
    filling: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(rows, reach.first):
        for column, (last, value) in list(filling.items()):
            if number > last:
                del filling[column]
            elif row[column] == "":
                row[column] = value
        for column, last in merged.get(number, ()):
            if (value := row[column]) != "":
                filling[column] = (last, 0.0 if column in reach.money and _is_number(value) else value)
        for column, text in errors.get(number, {}).items():
            if column - left in shown and row[column - left] == "":
                row[column - left] = text
        yield row


def _is_number(value: Cell) -> bool:
    return isinstance(value, float) or (isinstance(value, str) and parse_money(value, "point") is not None)


def _from_1904(column: Sequence[Cell]) -> Sequence[Cell]:
    """Day counts that are formatted as plain numbers, as Excel's usual ones."""
    return [cell + _DAYS_TO_1904 if type(cell) is float else cell for cell in column]


def _texts(column: Sequence[Cell]) -> Sequence[str]:
    kinds = set(map(type, column)) - {str}
    if not kinds:
        return column  # type: ignore[return-value]
    if kinds == {float}:
        return [
            cell if type(cell) is str else str(int(cell)) if cell.is_integer() and -1e21 < cell < 1e21 else repr(cell)  # type: ignore[union-attr,operator,arg-type]
            for cell in column
        ]
    if kinds <= {datetime, date}:  # midnight comes as a date
        return [_moment(cell) if type(cell) is datetime and cell.microsecond else str(cell) for cell in column]
    return [cell if type(cell) is str else _text(cell) for cell in column]


def _moment(cell: datetime) -> str:
    """To the nearest second: a day count is a float, and 10:10:00 may come as 10:09:59.999999."""
    return (cell + timedelta(microseconds=500_000)).isoformat(" ", "seconds")


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, float):
        return _texts([cell])[0]
    return str(cell)
