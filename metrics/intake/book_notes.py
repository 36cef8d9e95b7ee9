"""What the parts of an XLSX file say that its reader does not pass on: formulas without values, errors, 1904 dates."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from metrics.intake.span import column_number

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"

_FORMULA = re.compile(
    rb"<(?:\w{1,20}:)?c\s([^<>]*)>\s*<(?:\w{1,20}:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w{1,20}:)?f>)\s*"
    rb"(?:<(?:\w{1,20}:)?v\s*(?:/>|>([^<]*)</(?:\w{1,20}:)?v>))?\s*</(?:\w{1,20}:)?c>"
)
_ERROR = re.compile(
    rb"""<(?:\w{1,20}:)?c\s([^<>]*\bt=["']e["'][^<>]*)>(?:<f.*?</f>|<f[^<>]*/>)?\s*<v>(#[^<]{1,20})</v>"""
)
_REF = re.compile(rb"""(?:^|\s)r=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\s([^<>]*)>")
_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\s([^<>]*)>")
_MOST_ERRORS = 200_000


@dataclass(slots=True)
class SheetNotes:
    """Of one sheet: its formula cells, those without a value, those with a plain 0, and error cells by row and column.

    Rows and columns count from 0.
    """

    formulas: int = 0
    valueless: int = 0
    zeros: int = 0
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    n_errors: int = 0

    def look_for_formulas(self, content: bytes) -> None:
        """Count the formulas in one more piece of the sheet, which ends between two cells."""
        for attributes, value in _FORMULA.findall(content):
            self.formulas += 1
            # A formula whose result is an empty text has a type.
            self.valueless += not value.strip() and b't="str"' not in attributes
            self.zeros += value == b"0"

    def look_for_errors(self, content: bytes) -> None:
        """Note the error cells in one more piece of the sheet."""
        if self.n_errors > _MOST_ERRORS:
            return
        for attributes, text in _ERROR.findall(content):
            if place := _REF.search(attributes):
                row, column = int(place[2]) - 1, column_number(place[1]) - 1
                self.errors.setdefault(row, {})[column] = text.decode("ascii", "replace")
                self.n_errors += 1


@dataclass(slots=True)
class BookNotes:
    """Notes of the sheets by the name of their part, and the small parts of the book as text."""

    sheets: dict[str, SheetNotes] = field(default_factory=dict)
    small: dict[str, str] = field(default_factory=dict)

    @property
    def is_1904(self) -> bool:
        """Whether days are counted from 1904, as old Macs did."""
        return re.search(r"""\bdate1904\s*=\s*["'](?:1|true)["']""", self.small.get(_BOOK, "")) is not None

    def of(self, sheet: str) -> SheetNotes:
        """The notes of a sheet by its name; empty ones where the file does not tell."""
        relations = _tags(_RELATION, self.small.get(_RELATIONS, ""))
        parts = {each.get("Id"): part_name(each.get("Target", "")) for each in relations}
        for each in _tags(_SHEET, self.small.get(_BOOK, "")):
            if each.get("name") == sheet:
                return self.sheets.get(parts.get(each.get("id"), ""), SheetNotes())
        return SheetNotes()

    def missing_values(self, sheet: str) -> int:
        """How many formula cells of a sheet have no value.

        Programs that write files without computing them leave values out, or write 0 everywhere and ask to compute
        on opening.
        """
        notes = self.of(sheet)
        asks_to_compute = re.search(r"""fullCalcOnLoad\s*=\s*["'](?:1|true)["']""", self.small.get(_BOOK, ""))
        if asks_to_compute and notes.zeros >= 2 and notes.zeros + notes.valueless == notes.formulas:
            return notes.formulas
        return notes.valueless


def is_small_part(name: str) -> bool:
    """Whether a part is kept whole: it names the sheets or says in which part each of them lies."""
    return name == _BOOK or name.endswith(".rels")


def targets(notes: BookNotes) -> frozenset[str]:
    """The file names that any relation of the book points to, in lower case: a sheet may lie in each of them."""
    relations = (text for name, text in notes.small.items() if name.endswith(".rels"))
    parts = (part_name(each.get("Target", "")) for text in relations for each in _tags(_RELATION, text))
    return frozenset(part.rsplit("/", 1)[-1] for part in parts)


def part_name(target: str) -> str:
    """The target of a relation as the name of a part in the zip, in lower case."""
    target = target.replace("\\", "/").casefold()
    return target.removeprefix("/") if target.startswith(("/", "xl/")) else f"xl/{target}"


def _tags(pattern: re.Pattern[str], text: str) -> list[dict[str, str]]:
    """The attributes of the tags that a pattern finds, without their prefixes."""
    return [
        {name.rsplit(":", 1)[-1]: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(inner)}
        for inner in pattern.findall(text)
    ]
