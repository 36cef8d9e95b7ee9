"""Files that leave the program, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

_NUMBER = re.compile(r"[-+]?\d[\d\s.,]*%?")
_STARTERS = tuple("=+-@|%\t\r\n\0")


def spreadsheet_safe(text: str) -> str:
    """Text that no spreadsheet runs as a formula; numbers, negative ones too, stay untouched.

    What after NFKC and leading blanks begins with `= + - @ | %`, tab, line break or NUL gets a leading apostrophe.
    """
    if _NUMBER.fullmatch(text.strip()):
        return text
    seen = unicodedata.normalize("NFKC", text).lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if seen.startswith(_STARTERS) else text


def csv_for_people(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that Excel opens as it is: UTF-8 with a byte order mark, every field quoted, formulas neutralised."""
    target = StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([spreadsheet_safe(name) for name in header])
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")
