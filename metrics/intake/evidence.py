"""What the cells of a column look like, as shares of its filled cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from metrics.intake.dates import read_date
from metrics.intake.ids import LOST_DIGITS
from metrics.intake.money import parse_money
from metrics.intake.words import data, placeholders

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-]{7,20}")
_MOST = 300
_LONGEST_EXAMPLE = 80
_COLUMNS_HELD = 256  # the same columns are looked at for orders and for people


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares (0..1) of the filled cells that read as each thing.

    `certain_dates` leave bare day counts out, `answers` are words for yes and no, `with_digits` have a digit at all.
    `n_distinct` counts different cells.
    """

    n_filled: int
    n_distinct: int
    dates: float
    certain_dates: float
    has_date_marks: bool
    numbers: float
    percents: float
    fractions: float
    emails: float
    phones: float
    answers: float
    with_digits: float
    is_code_like: bool
    examples: tuple[str, ...]


def evidence_of(cells: Sequence[str]) -> Evidence:
    """The evidence of one column from its sampled cells."""
    nothing = set(placeholders()) - {"0", "0.0"}
    return _evidence(tuple(cell.strip() for cell in cells if cell.strip().casefold() not in nothing)[:_MOST])


@lru_cache(maxsize=_COLUMNS_HELD)
def _evidence(filled: tuple[str, ...]) -> Evidence:
    total = len(filled) or 1
    serials = [read_date(cell, epochs=True) for cell in filled]
    certain = [
        found
        for found in serials
        if found and found.notation not in {"serial", "epoch"} and (found.open_day or found.in_range)
    ]
    answers = {*data("words.toml")["yes"], *data("words.toml")["no"]}
    numbers = [cell for cell in filled if parse_money(cell, "point") is not None]
    return Evidence(
        n_filled=len(filled),
        n_distinct=len(set(filled)),
        dates=sum(found is not None for found in serials) / total,
        certain_dates=len(certain) / total,
        has_date_marks=any(found.notation != "compact" for found in certain),
        numbers=len(numbers) / total,
        percents=sum(1 for cell in filled if cell[-1] == "%" and parse_money(cell[:-1], "point") is not None) / total,
        fractions=sum(1 for cell in numbers if re.search(r"[.,]\d{1,4}(?!\d)", cell)) / total,
        emails=sum(1 for cell in filled if _EMAIL.fullmatch(cell)) / total,
        phones=sum(1 for cell in filled if _is_phone(cell)) / total,
        answers=sum(1 for cell in filled if cell.casefold() in answers) / total,
        with_digits=sum(1 for cell in filled if re.search(r"\d", cell)) / total,
        is_code_like=sum(1 for cell in filled if " " not in cell and re.search(r"\d", cell)) >= 0.8 * total,
        examples=tuple(cell[:_LONGEST_EXAMPLE] for cell in dict.fromkeys(filled))[:3],
    )


def _is_phone(cell: str) -> bool:
    if re.fullmatch(LOST_DIGITS, cell):
        return True
    return _PHONE.fullmatch(cell) is not None and 7 <= sum(char.isdigit() for char in cell) <= 15
