"""A plain CSV of our own for everything that DuckDB cannot read by itself."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from metrics.errors import IntakeError
from metrics.intake.source import Source

Rows = Iterator[list[str]]

_LONGEST_CELL = 1 << 22
_MOST_LINES = 100
_OVERLONG = "1"


def rewrite_text(
    source: Source, target: Path, encoding: str = "utf-8-sig", mended: Callable[[Rows], Rows] | None = None
) -> Source:
    """The same table read by Python's forgiving CSV reader.

    Stray quotes, mixed line ends and rows with too many cells become readable; what is past the headers is joined to
    the last cell and the row marked. `mended` is what becomes of the rows before.
    """
    csv.field_size_limit(_LONGEST_CELL)
    escape = "\\" if _has_escaped_quotes(source, encoding) else None
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if escape or _quotes_close(source, encoding) else csv.QUOTE_NONE
    with source.path.open(encoding=encoding, errors="replace", newline="") as text:
        for _ in range(source.skip):
            text.readline()
        rows: Rows = (
            (line.split() for line in text)
            if source.delimiter == " "
            else csv.reader(
                (line.replace("\0", "") for line in text),
                delimiter=source.delimiter,
                quoting=quoting,
                escapechar=escape,
            )
        )
        try:
            write_rows(mended(rows) if mended else rows, target, len(source.headers), source.delimiter)
        except csv.Error as error:
            raise IntakeError("file_broken") from error
    return Source(target, source.headers, is_typed=source.is_typed, is_rewritten=True, reader="serial")


def count_broken_lines(path: Path) -> int:
    """How many lines of a UTF-8 file hold bytes that are not UTF-8."""
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as text:
        return sum(1 for line in text if any("\udc80" <= char <= "\udcff" for char in line))


def write_rows(rows: Iterable[Sequence[str]], target: Path, width: int, glue: str = " ") -> int:
    """Write rows as plain CSV of `width` columns and one that marks overlong rows; returns the number of rows."""
    n_rows = 0
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            if not any(row):
                continue
            n_rows += 1
            extra = [each for each in row[width:] if each.strip()]
            if extra:
                writer.writerow([*row[: width - 1], glue.join([row[width - 1], *extra]), _OVERLONG])
            else:
                writer.writerow([*row[:width], *[""] * (width + 1 - min(len(row), width))])
    return n_rows


def _has_escaped_quotes(source: Source, encoding: str) -> bool:
    """Whether quotes inside cells stand behind a backslash and are never doubled."""
    mark = re.escape(source.delimiter)
    doubled = re.compile(rf'[^{mark}\\]""[^{mark}\r\n]')
    is_escaped = False
    with source.path.open(encoding=encoding, errors="replace", newline="") as text:
        for line in text:
            if doubled.search(line):
                return False
            is_escaped = is_escaped or '\\"' in line
    return is_escaped


def _quotes_close(source: Source, encoding: str) -> bool:
    """False where a quote that never closes would swallow the rows after it."""
    with source.path.open(encoding=encoding, errors="replace", newline="") as text:
        lines = (line.replace("\0", "") for line in text)
        for span, raw_quotes in _spans(lines, source.delimiter):
            if span > _MOST_LINES or (span > 1 and raw_quotes % 2):
                return False
    return True


def _spans(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, int]]:
    """For every row the number of its lines and of its quote characters."""
    quotes = 0

    def counted() -> Iterator[str]:
        nonlocal quotes
        for line in lines:
            quotes += line.count('"')
            yield line

    reader = csv.reader(counted(), delimiter=delimiter if delimiter != " " else "\x1f")
    before = 0
    try:
        for _ in reader:
            yield reader.line_num - before, quotes
            before, quotes = reader.line_num, 0
    except csv.Error:
        yield _MOST_LINES + 1, 0
