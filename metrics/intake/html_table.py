"""The "Excel" files of CRMs that are a page with a table, as plain CSV."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from metrics.errors import IntakeError
from metrics.intake.columns import name_scores
from metrics.intake.contract import Warned
from metrics.intake.encoding import detect
from metrics.intake.grouped import ungrouped
from metrics.intake.html_rows import FILLED, SAMPLE_ROWS, largest_table
from metrics.intake.limits import Limits
from metrics.intake.money import parse_money
from metrics.intake.opened import Opened
from metrics.intake.plan import MONEY
from metrics.intake.rewrite import write_rows
from metrics.intake.source import Source
from metrics.intake.table import find_table

_HEAD = 1 << 14
_BLOCK = 1 << 17
_ENOUGH = 0.4
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*((?:windows-|cp|iso-?8859-?|koi8-?|gb|big5|shift_jis|euc-)[\w-]*)""", re.IGNORECASE
)


def open_html(path: Path, temp: Path, limits: Limits) -> Opened:
    """The largest table of a page. Merged cells reach down, but a sum stands once.

    Raises IntakeError `wrong_kind` where no table has two rows and two columns, `file_too_large`, `sheet_span`,
    `too_many_columns`.
    """
    if path.stat().st_size > limits.workbook_bytes:
        raise IntakeError("file_too_large", limit_mb=limits.workbook_bytes >> 20)
    encoding = _encoding(path)
    page = _Page(path, encoding)
    found = largest_table(page.blocks(), temp, limits.cells)
    sample = [_unfilled(row) for row in found.sample] if found is not None else []
    table = find_table(sample) if found is not None and found.n_wide > 1 else None
    if found is None or table is None or table.width < 2:
        raise IntakeError("wrong_kind", kind="html")
    if not table.rows:
        raise IntakeError("no_rows")
    headers, first = table.headers, table.first_row
    money = frozenset(place for place, header in enumerate(headers) if _is_money(header))

    def rows() -> Iterator[list[str]]:
        return _filled(islice(found.rows(), first, None), money)

    table = replace(table, rows=tuple(_padded(_filled(found.sample[first:], money), len(headers))))
    facts = {"encoding": encoding}
    warnings = (Warned("bad_characters", page.n_broken),) if page.n_broken else ()
    is_small = found.n_rows < SAMPLE_ROWS
    report = ungrouped(table, rows, temp / "ungrouped.csv", is_typed=False, is_whole=is_small)
    if report is not None:
        return replace(report, warnings=(*warnings, *report.warnings), facts=facts)
    target = temp / "table.csv"
    write_rows(rows(), target, len(headers))
    return Opened(
        Source(target, headers, is_rewritten=True, reader="serial"), table.rows, warnings=warnings, facts=facts
    )


class _Page:
    """The text of a page in blocks, with how many of its characters could not be read."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.n_broken = 0
        self._path, self._encoding = path, encoding

    def blocks(self) -> Iterator[str]:
        with self._path.open(encoding=self._encoding, errors="replace") as text:
            while block := text.read(_BLOCK):
                self.n_broken += block.count("\ufffd")
                yield block


def _encoding(path: Path) -> str:
    """The codec of a page: what its letters show to be UTF-8 is that, else what it says of itself is believed."""
    found = detect(path)
    if found.is_utf8 or found.name.startswith("utf"):
        return "utf-8-sig" if found.is_utf8 else found.name
    with path.open("rb") as file:
        declared = _DECLARED.search(file.read(_HEAD))
    name = declared[1].decode("ascii").lower() if declared else found.name
    try:
        return codecs.lookup("gb18030" if name.startswith("gb") else name).name
    except LookupError:
        return found.name


def _is_money(header: str) -> bool:
    scores = name_scores(header)
    best = max(scores, key=lambda name: scores[name])
    return scores[best] >= _ENOUGH and best in MONEY


def _unfilled(row: Sequence[str]) -> list[str]:
    """A row without what merged cells above say: headers are judged by what stands in them."""
    return ["" if text.startswith(FILLED) else text for text in row]


def _filled(rows: Iterable[Sequence[str]], money: frozenset[int]) -> Iterator[list[str]]:
    """Rows in which merged cells are filled down; a sum that is merged over rows counts once."""
    for row in rows:
        yield [
            text if not text.startswith(FILLED) else _repeated(text[1:], is_sum=place in money)
            for place, text in enumerate(row)
        ]


def _repeated(text: str, *, is_sum: bool) -> str:
    return "0" if is_sum and parse_money(text) is not None else text


def _padded(rows: Iterable[list[str]], width: int) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield (*row[:width], *[""] * (width - len(row)))
