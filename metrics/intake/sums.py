"""What the numbers of a row say together: of what unit they are, what a row brought and what it cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from metrics.intake.contract import Question, Warned
from metrics.intake.money import Mark, parse_money
from metrics.intake.words import data, normal

MarginUnit = Literal["money", "percent", "share"]
CostPer = Literal["line", "unit"]
Discount = Literal["after", "line", "unit", "percent", "share", "factor"]

_SHORT = 3
# A price per thousand is one of many pieces, and `rub., kop.` is how roubles are written.
_NO_UNIT = re.compile(r"\b(?:per|за|на|из)\s+(?:тыс|thousand|million|млн)|руб\w* коп|每[千万]")

Row = Sequence[str]
Find = Callable[[int], Sequence[Row]]
"""Rows of the whole file in which the column at a place holds a number other than nought."""


@dataclass(frozen=True, slots=True)
class Sums:
    """How the numbers of a row make up its amount and its cost.

    `is_net`: refunds are off the amount already. `discount`: what has to come off quantity x price (`after`: nothing).
    `factors`: field -> what its numbers are multiplied by, where its header names thousands or cents.
    """

    is_net: bool = False
    margin: MarginUnit = "money"
    cost_per: CostPer = "line"
    discount: Discount = "after"
    factors: dict[str, Decimal] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The sampled rows and how their columns are read; `find` looks for rows that the sample lacks."""

    headers: Sequence[str]
    rows: Sequence[Row]
    places: Mapping[str, int]
    marks: Mapping[str, Mark]
    find: Find

    def header(self, name: str) -> str:
        """The header of a field."""
        return self.headers[self.places[name]]

    def number(self, row: Row, name: str) -> Decimal | None:
        """The number of a field in a row, per cents without their sign."""
        return number_of(row[self.places[name]], self.marks.get(name))

    def product(self, row: Row) -> Decimal | None:
        """The amount of a row, or quantity x price where there is none."""
        if "amount" in self.places:
            return self.number(row, "amount")
        quantity, price = self.number(row, "quantity"), self.number(row, "price")
        return None if quantity is None or price is None else quantity * price

    def rows_with(self, name: str, *, look_further: bool = True) -> Sequence[Row]:
        """Rows in which a field is a number other than nought, from the whole file where the sample has none."""
        found = [row for row in self.rows if self.number(row, name)]
        return found or (self.find(self.places[name]) if look_further else [])


def number_of(cell: str, mark: Mark | None = "point") -> Decimal | None:
    """The number of a cell, per cents without their sign."""
    return parse_money(cell.strip().rstrip("% "), mark)


def says(header: str, kind: str) -> bool:
    """Whether a header has one of the words of a kind."""
    return any(_is_in(word, normal(header)) for word in data("sums.toml")[kind])


def is_percent(header: str, cells: Sequence[str]) -> bool:
    """Whether a column is in per cent by its header or the sign in its cells."""
    return "%" in header or "％" in header or says(header, "percent") or any("%" in cell for cell in cells)


def factor_of(header: str, cells: Sequence[str]) -> Decimal | None:
    """What the numbers of a column are multiplied by, where its header names thousands or cents."""
    read = normal(header)
    if _NO_UNIT.search(read):
        return None
    if re.search(r"[(（,]\s*分\s*[)）]?$|\b分$", header) or any(_is_in(word, read) for word in _factors("0.01")):
        has_parts = any((value := number_of(cell)) is not None and value % 1 for cell in cells)
        return None if has_parts else Decimal("0.01")
    if re.search(r"[(（,]\s*[kK]\s*[$€£₽]?\s*[)）]?$|[$€£]\s?[kK]\b|\b000'?s\b", header):
        return Decimal(1000)
    for factor in ("1000000", "10000", "1000"):
        if any(_is_in(word, read) for word in _factors(factor)):
            return Decimal(factor)
    return None


def _factors(factor: str) -> list[str]:
    words: list[str] = data("sums.toml")["factors"][factor]
    return words


def _is_in(word: str, header: str) -> bool:
    """Chinese words anywhere, English ones as whole words, Russian ones with any ending, short ones with none."""
    if word[0] >= "一":
        return word in header
    return f" {word} " in f" {header} " if word.isascii() or len(word) <= _SHORT else f" {word}" in f" {header}"
