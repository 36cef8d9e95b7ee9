"""Files that leave the program, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from metrics.targets.people_csv import write_people_csv
from metrics.targets.safe_text import spreadsheet_safe

__all__ = ["csv_for_people", "spreadsheet_safe"]


def csv_for_people(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that Excel opens as it is: UTF-8 with a byte order mark, every field quoted, formulas neutralised."""
    target = BytesIO()
    write_people_csv(target, header, rows)
    return target.getvalue()
