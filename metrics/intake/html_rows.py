"""The tables of a page, row by row: nothing but tables is looked at, nothing is ever fetched."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from metrics.errors import IntakeError

FILLED = "\0"
"""Stands before the text of a cell that a merged one above reaches down to."""

SAMPLE_ROWS = 1000

_DEEPEST = 24
_WIDEST = 2_000
_MOST_COLUMNS = 1_000
_MOST_ROWS = 65_534
_LONGEST_CELL = 1 << 20
_LONGEST_MARKUP = 1 << 19
_LONGEST_LEAD = 2 << 20
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "table"})
_UNSEEN = frozenset({"script", "style"})

Attributes = list[tuple[str, str | None]]


class FoundTable:
    """One table of a page: its first rows in memory, the rest in the file `path`."""

    def __init__(self, path: Path) -> None:
        self.sample: list[list[str]] = []
        self.n_rows = 0
        self.n_wide = 0
        """Rows with two cells or more that say something."""
        self._path = path
        self._pending: list[list[str]] = []
        self._spans: dict[int, tuple[int, str]] = {}

    def rows(self) -> Iterator[list[str]]:
        """All rows of the table, whose end has come."""
        yield from self.sample
        if self.n_rows > len(self.sample):
            with self._path.open(encoding="utf-8", newline="") as text:
                yield from csv.reader(text)

    def add(self, cells: list[tuple[str, int, int]]) -> int:
        """Put a row of (text, columns, rows) into the table and return how many cells it takes."""
        row: list[str] = []
        spans = self._spans
        for text, columns, rows in cells:
            self._reach_down(row)
            if rows > 1:
                spans[len(row)] = (rows, FILLED + text if text else "")
            row.append(text)
            row += [""] * (columns - 1)
        self._reach_down(row)
        if len(row) > _WIDEST:
            raise IntakeError("too_many_columns", columns=len(row))
        if spans:
            self._spans = {place: (rows - 1, text) for place, (rows, text) in spans.items() if rows > 1}
        if any(row):
            self._keep(row)
        return len(row)

    def end(self) -> None:
        """Write down what is still in memory."""
        with self._path.open("a", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(self._pending)
        self._pending = []

    def drop(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)

    def _reach_down(self, row: list[str]) -> None:
        while self._spans and (span := self._spans.get(len(row))) is not None and len(row) <= _WIDEST:
            row.append(span[1])

    def _keep(self, row: list[str]) -> None:
        self.n_rows += 1
        self.n_wide += sum(1 for text in row if text) > 1
        if len(self.sample) < SAMPLE_ROWS:
            self.sample.append(row)
            return
        self._pending.append(row)
        if len(self._pending) >= SAMPLE_ROWS:
            self.end()


class _Open:
    """A table whose end has not come: the row and the cell at hand."""

    def __init__(self, table: FoundTable) -> None:
        self.table = table
        self.row: list[tuple[str, int, int]] = []
        self.cell: list[str] | None = None
        self.size = 0
        self.span = (1, 1)

    def end_cell(self) -> None:
        if self.cell is not None:
            self.row.append((" ".join("".join(self.cell).replace("\0", "").split()), *self.span))
            self.cell, self.size = None, 0

    def end_row(self) -> int:
        self.end_cell()
        cells, self.row = self.row, []
        return self.table.add(cells) if cells else 0


class TableParser(HTMLParser):
    """Fed with the text of a page in blocks; `largest` is the table with most rows so far.

    Raises IntakeError `wrong_kind` for tables within tables without end and for pages that hold something else,
    `sheet_span` for more than `cells` cells, `too_many_columns`.
    """

    def __init__(self, folder: Path, cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.largest: FoundTable | None = None
        self._folder, self._most_cells = folder, cells
        self._open: list[_Open] = []
        self._n_tables = self._n_cells = self._n_read = 0

    def feed(self, data: str) -> None:
        """Read one more block."""
        self._n_read += len(data)
        super().feed(data)
        if len(self.rawdata) > _LONGEST_MARKUP or (self._n_cells == 0 and self._n_read > _LONGEST_LEAD):
            raise IntakeError("wrong_kind", kind="html")

    def finish(self) -> None:
        """End what the page leaves open; markup that is cut off is left out."""
        while self._open:
            self._end_table()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A tag that opens."""
        if tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag in {"td", "th"}:
            at_hand = self._open[-1]
            at_hand.end_cell()
            at_hand.cell = []
            at_hand.span = (_span(attrs, "colspan", _MOST_COLUMNS), _span(attrs, "rowspan", _MOST_ROWS))
            if len(at_hand.row) > _WIDEST:
                raise IntakeError("too_many_columns", columns=len(at_hand.row))
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._end_row()
        elif tag in _BREAKS:
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        """A tag that closes."""
        if not self._open:
            return
        if tag in {"td", "th"}:
            self._open[-1].end_cell()
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._end_row()
        elif tag == "table":
            self._end_table()
        elif tag in _BREAKS:
            self._say(" ")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._open and self.cdata_elem not in _UNSEEN:
            self._say(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002  (as its parent)
        """`<![if ...]>` of Excel and whatever else stands so: passed over up to its end."""
        return self.rawdata.find(">", i) + 1 or -1

    def _say(self, text: str) -> None:
        at_hand = self._open[-1]
        if at_hand.cell is not None and at_hand.size < _LONGEST_CELL:
            at_hand.cell.append(text)
            at_hand.size += len(text)

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            raise IntakeError("wrong_kind", kind="html")
        self._n_tables += 1
        self._open.append(_Open(FoundTable(self._folder / f"table{self._n_tables}.csv")))

    def _end_row(self) -> None:
        at_hand = self._open[-1]
        self._n_cells += at_hand.end_row()
        if self._n_cells > self._most_cells:
            table = at_hand.table
            raise IntakeError("sheet_span", rows=table.n_rows, columns=max(map(len, table.sample), default=0))

    def _end_table(self) -> None:
        self._end_row()
        table = self._open.pop().table
        known = self.largest
        if known is not None and known.n_wide >= table.n_wide:
            table.drop()
            return
        self.largest = table
        if known is not None:
            known.drop()


def largest_table(blocks: Iterable[str], folder: Path, cells: int) -> FoundTable | None:
    """The table with most rows of a page that comes in blocks, None where it has no table; see `TableParser`."""
    parser = TableParser(folder, cells)
    for block in blocks:
        parser.feed(block)
    parser.finish()
    if parser.largest is not None:
        parser.largest.end()
    return parser.largest


def _span(attrs: Attributes, name: str, most: int) -> int:
    for key, value in attrs:
        if key == name and value is not None and value.isascii() and value.strip().isdigit() and len(value) < 10:
            return min(max(int(value), 1), most)
    return 1
