"""One part of a workbook, seen block by block: its markup is checked, its cells are counted, nothing is kept."""

from __future__ import annotations

import re

from metrics.errors import IntakeError
from metrics.intake.book_notes import BookNotes, SheetNotes
from metrics.intake.other_spans import BinarySpan, OdsSpan
from metrics.intake.span import SpanCounter

_LONGEST_TAG = 1 << 18
_LONGEST_CELL = 1 << 17
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_DTD = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)"
)


class PartWatch:
    """Cuts one part of a workbook between two tags and shows the pieces to whoever counts in it.

    `sheets` are the file names in which a sheet may lie. What the part says is kept in `notes`.
    """

    def __init__(self, name: str, sheets: frozenset[str], notes: BookNotes, most_cells: int) -> None:
        folded = name.casefold()
        self._is_ods = name == "content.xml"
        self._is_sheet = folded.startswith("xl/worksheets/") or folded.rsplit("/", 1)[-1] in sheets or self._is_ods
        self._is_markup = name.endswith((".xml", ".rels"))
        self._most_cells = most_cells
        self._counter: SpanCounter | None = None
        self._notes = notes.sheets.setdefault(folded, SheetNotes()) if self._is_sheet else None
        self._begun = b""  # a tag that the end of a block cut in two

    def feed(self, block: bytes) -> None:
        """Look at the next block; raises IntakeError `workbook_dtd`, `sheet_span`, `file_broken`."""
        if self._is_sheet and self._counter is None and (begin := block.lstrip(_BEFORE_MARKUP)):
            self._is_markup = begin.startswith(b"<")
            self._counter = self._counter_of_its_kind()
        if not self._is_markup:
            if self._counter is not None:
                self._counter.feed(block)
            return
        content = self._begun + block
        cut = max(content.rfind(b"<c "), content.rfind(b"<row")) if self._counter else -1
        if len(content) - cut > _LONGEST_CELL:
            cut = content.rfind(b"<")
        if cut < 0 or len(content) - cut > _LONGEST_TAG:
            if self._counter and cut >= 0 and b">" not in content[cut:]:
                raise IntakeError("file_broken")
            cut = len(content)  # a long text after a whole tag
        self._look_at(content[:cut])
        self._begun = content[cut:]

    def _counter_of_its_kind(self) -> SpanCounter:
        from metrics.intake.sheet_span import ExcelSpan  # noqa: PLC0415  (brings numpy, which few files need)

        kind = BinarySpan if not self._is_markup else OdsSpan if self._is_ods else ExcelSpan
        return kind(self._most_cells)

    def end(self) -> None:
        """Look at what is left of the part."""
        self._look_at(self._begun)

    def _look_at(self, content: bytes) -> None:
        if (b"!" in content or b"\x00" in content) and _DTD.search(content):
            raise IntakeError("workbook_dtd")
        if self._counter is not None and self._notes is not None and content:
            self._counter.feed(content)
            if self._counter.has_formulas:
                self._notes.look_for_formulas(content)
            if b"#" in content:
                self._notes.look_for_errors(content)
