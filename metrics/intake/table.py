"""Where the table begins: title rows skipped, the header found, or names made up where there is none."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrics.intake.columns import is_known_header
from metrics.intake.dates import read_date
from metrics.intake.header_lines import header_lines, joined_lines
from metrics.intake.money import parse_money

_LOOK_AT = 100
_SAMPLE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Table:
    """`headers` of every column, the index of the first data row among the sample's `rows`, and the rows from there.

    `lines` are the rows that make up the header, as they stand.
    """

    headers: tuple[str, ...]
    first_row: int
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, ...], ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.headers)


def find_table(rows: Sequence[Sequence[str]]) -> Table | None:
    """The table in the first rows of a file, or None where there is nothing like one."""
    filled = [row for row in rows if _filled(row)]
    if not filled:
        return None
    width = max(Counter(_extent(row) for row in filled).most_common(1)[0][0], 1)
    header = _header_index(rows, width)
    if header is None:
        first = next(index for index, row in enumerate(rows) if _filled(row))
        return _table(["" for _ in range(width)], rows, first)
    places = header_lines(rows, header, _is_data)
    width = max(width, *(_extent(rows[place]) for place in places))
    lines = [[*rows[place], *[""] * width][:width] for place in places]
    return _table(joined_lines(lines), rows, places[-1] + 1, lines)


def sample_rows(text: str, delimiter: str, *, is_whole: bool) -> tuple[list[list[str]], list[int]]:
    """The first rows of delimited text, and for each the number of lines up to its end.

    The last row is left out where the text is only the head of a file.
    """
    rows: list[list[str]] = []
    ends: list[int] = []
    for cells, end in _split(text, delimiter):
        rows.append(cells)
        ends.append(end)
        if len(rows) > _SAMPLE_ROWS:
            break
    else:
        if not is_whole and len(rows) > 1:
            rows.pop()
            ends.pop()
    return rows, ends


def _split(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    if delimiter == " ":
        for end, line in enumerate(text.splitlines(), start=1):
            yield line.split(), end
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield cells, reader.line_num
    except csv.Error:
        return


def _table(
    names: Sequence[str], rows: Sequence[Sequence[str]], first: int, lines: Sequence[Sequence[str]] = ()
) -> Table:
    width = len(names)
    padded = tuple(tuple([*row, *[""] * width][:width]) for row in rows[first:])
    return Table(unique_names(names), first, padded, tuple(map(tuple, lines)))


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Headers on one line, blank ones named by position, repeated ones numbered."""
    given: dict[str, None] = {}
    following: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        base = " ".join(name.replace("\ufeff", "").split()) or f"column {place}"
        unique, again = base, following.get(base, 2)
        while unique in given:
            unique, again = f"{base} ({again})", again + 1
        following[base] = again
        given[unique] = None
    return tuple(given)


def _header_index(rows: Sequence[Sequence[str]], width: int) -> int | None:
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows[:_LOOK_AT]):
        cells = [cell for cell in row if cell.strip()]
        if not cells or len(cells) < min(2, width) or len(cells) * 2 < min(width, 8):
            continue
        data_like = sum(1 for cell in cells if _is_data(cell))
        if data_like * 3 > len(cells):
            continue
        known = sum(1 for cell in cells if is_known_header(cell))
        if known == 0 and data_like:
            continue
        if known == 0 and not _above_data(rows, index):
            continue
        score = 2 * known + len(cells) / width
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _above_data(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether the next row holds numbers or dates: only then is a row of unknown words a header."""
    after = next((row for row in rows[index + 1 :] if _filled(row)), None)
    return after is not None and any(_is_data(cell) for cell in after)


def _is_data(cell: str) -> bool:
    return parse_money(cell, "point") is not None or read_date(cell) is not None


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _extent(row: Sequence[str]) -> int:
    """The number of cells up to the last one that is not blank."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
