"""CSV for people: opens in a spreadsheet as it is, and nothing in it runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO

from metrics.targets.safe_text import spreadsheet_safe

Cell = str | int | float | Decimal | date | datetime | bool | None


def write_people_csv(
    sink: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str = ",", decimal: str = "."
) -> int:
    """Write a CSV row by row and say how many rows it has without the header; `sink` stays open.

    UTF-8 with a byte order mark, every field quoted. Texts (an e-mail that passed `normal_email` and a phone in E.164
    never need it) and headers are neutralised; numbers are written whole with `decimal` as their mark, dates as
    yyyy-mm-dd, moments as yyyy-mm-dd hh:mm:ss, `None` as nothing. `separator` and `decimal` are those of the reader's
    spreadsheet: opened with another separator, a field may be torn in two.
    """
    target = TextIOWrapper(sink, encoding="utf-8-sig", errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([spreadsheet_safe(name) for name in header])
        count = 0
        for row in rows:
            writer.writerow(
                [spreadsheet_safe(cell) if isinstance(cell, str) else _plain(cell, decimal) for cell in row]
            )
            count += 1
        return count
    finally:
        target.detach()


def _plain(cell: int | float | Decimal | date | datetime | None, decimal: str) -> str:
    match cell:
        case None:
            return ""
        case date():
            return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else cell.isoformat()
        case bool():
            return str(int(cell))
        case float() | Decimal():
            return _number(Decimal(repr(cell)) if isinstance(cell, float) else cell).replace(".", decimal)
        case _:
            return str(cell)


def _number(value: Decimal) -> str:
    return f"{value:f}" if value.is_finite() else ""
