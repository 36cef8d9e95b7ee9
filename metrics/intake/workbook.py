"""Sheets of XLSX, XLS and ODS files as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from metrics.errors import IntakeError
from metrics.intake.limits import Limits

SAMPLE_ROWS = 1000


class Workbook:
    """An open workbook; only visible, filled sheets are offered."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Raises IntakeError `file_encrypted` or `file_broken`."""
        self._limits = limits
        try:
            self._book = CalamineWorkbook.from_path(str(path))
        except PasswordError as error:
            raise IntakeError("file_encrypted") from error
        except (CalamineError, OSError, ValueError) as error:
            raise IntakeError("file_broken") from error
        self._sheets: dict[str, CalamineSheet] = {}

    def sheet_names(self) -> list[str]:
        """The sheets with at least two filled rows, in the order of the tabs."""
        return [name for name in self._book.sheet_names if self._sheet(name).height >= 2]

    def sample(self, name: str) -> list[list[str]]:
        """The first rows of a sheet."""
        rows: list[list[str]] = []
        for row in self.rows(name):
            rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
        return rows

    def rows(self, name: str) -> Iterator[list[str]]:
        """Every row of a sheet as text; numbers and dates in the one form the parsers read without doubt."""
        for row in self._sheet(name).iter_rows():
            yield [_as_text(cell) for cell in row]

    def _sheet(self, name: str) -> CalamineSheet:
        if name not in self._sheets:
            try:
                sheet = self._book.get_sheet_by_name(name)
            except CalamineError as error:
                raise IntakeError("file_broken") from error
            if sheet.height * sheet.width > self._limits.cells:
                raise IntakeError("sheet_span", rows=sheet.height, columns=sheet.width)
            self._sheets[name] = sheet
        return self._sheets[name]


def _as_text(cell: int | float | str | bool | time | date | datetime | timedelta | None) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        # A day count is a float: 10:10:00 may come as 10:09:59.999999.
        return (cell + timedelta(microseconds=500_000)).isoformat(sep=" ", timespec="seconds")
    return "" if cell is None else str(cell)
