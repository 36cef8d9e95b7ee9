"""The levels of a grouped report by their names, the texts of its documents, the labels of its totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from metrics.intake.dates import read_date
from metrics.intake.words import data, normal

Level = Literal["customer", "document", "item", "other"]

_LEVELS: tuple[Level, ...] = ("customer", "document", "item", "other")
_TEXT_OF_DOCUMENT = re.compile(
    r"(?P<before>.*\S)?\s+от\s+(?P<date>\d{1,2}\.\d{1,2}\.\d{2,4}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)(?:\s*г\.?)?"
    r"(?:\s*(?:№|N)\s*(?P<after>\S+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document taken apart: its number (the whole text where it has none) and its date as written."""

    number: str
    date: str


def document_of(text: str) -> Document | None:
    """The parts of `Реализация УТ-000123 от 15.03.2024 12:30:00`; None for other texts."""
    found = _TEXT_OF_DOCUMENT.fullmatch(text.strip()) if "от" in text.casefold() else None
    if found is None or read_date(found["date"]) is None:
        return None
    number = (found["after"] or ("" if found["before"] is None else found["before"].split()[-1])).lstrip("№#")
    return Document(number if any(char.isdigit() for char in number) else text.strip(), found["date"])


def level_of(header: str) -> Level | None:
    """Which level of a report a header names."""
    words = normal(header)
    for level in _LEVELS:
        if words in _words(level):
            return level
    return None


def is_grand_total(text: str) -> bool:
    """Whether a label says nothing but that it is a total."""
    return normal(text) in map(normal, data("words.toml")["totals"])


def is_total(text: str) -> bool:
    """Whether a label begins as the label of a total does; `Total Sport` is a name."""
    words = normal(text)
    for total in map(normal, data("words.toml")["totals"]):
        rest = words.removeprefix(total)
        if rest != words and (not rest or not total.isascii() or rest.startswith((" for ", " of "))):
            return not rest or rest[0] == " " or total[0] >= "一"
    return False


@cache
def _words(level: str) -> frozenset[str]:
    return frozenset(map(normal, data("grouped.toml")[level]))
