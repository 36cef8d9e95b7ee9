"""Which mark stands before the decimals of each column of numbers; what no cell proves is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from metrics.intake.contract import Question
from metrics.intake.money import Mark, column_mark, mark_of, parse_money, shows_both_marks
from metrics.intake.source import Source, cell
from metrics.statements import statement

_BEFORE_THOUSANDS = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """The mark of each field; `assumed` ones are only a default, since no sampled cell has a mark."""

    of: dict[str, Mark] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a column shows by itself: a mark beyond doubt, the one that its thousands suggest, an open cell.

    `is_torn`: some of its cells have the one mark and some the other, so the rest of the file says nothing about it.
    """

    proved: Mark | None = None
    likely: Mark | None = None
    example: str | None = None
    is_torn: bool = False


def marks_of(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    columns: Mapping[str, tuple[int, Sequence[str]]],
    answers: Mapping[str, str],
) -> Marks:
    """Decide for each field from its place and its sampled cells, and from the whole column where these leave it open.

    A column that proves nothing is read as the others of the file are. Amounts that are there leave quantity and price
    unused: nothing is asked about them.
    """
    shown = {name: _shown(connection, source, name, place, cells) for name, (place, cells) in columns.items()}
    told = {each.proved for each in shown.values() if each.proved is not None}
    unused = {"quantity", "price"} if "amount" in columns else set()
    marks: dict[str, Mark] = {}
    questions: list[Question] = []
    for name, each in shown.items():
        mark = each.proved or _agreed(each, told, answers.get("decimal_mark"))
        if mark is None and name not in unused:
            questions.append(_which_mark(each.example or ""))
        marks[name] = mark or "point"
    assumed = frozenset(name for name, (_, cells) in columns.items() if not any(map(mark_of, cells)))
    return Marks(marks, assumed, tuple(questions[:1]))


def _agreed(shown: _Shown, told: set[Mark], answer: str | None) -> Mark | None:
    """The mark of a column without proof, None where the file leaves two readings."""
    if shown.example is None:
        return "point"
    hints = {*told, shown.likely} - {None}
    if len(hints) == 1 and not shown.is_torn:
        return next(iter(hints))
    return "comma" if answer == "comma" else "point" if answer == "point" else None


def _shown(
    connection: duckdb.DuckDBPyConnection, source: Source, name: str, place: int, cells: Sequence[str]
) -> _Shown:
    mark, is_open = column_mark(cells)
    is_torn = is_open and shows_both_marks(cells)
    if mark is None and is_open:
        telling = connection.execute(statement("staging/telling_numbers").replace("{cell}", cell(place))).fetchall()
        mark, _ = column_mark(text for (text,) in telling)
    if mark is not None and not is_torn:
        return _Shown(mark)
    if not is_open:
        return _Shown()
    has_commas = any("," in text for text in cells)
    if source.is_typed and not has_commas:
        return _Shown("point")
    bare = [text.strip() for text in cells if text.strip().isdigit()]
    # 950 beside 1,234: the mark comes exactly where thousands begin. Goods are weighed to three decimals, and counted.
    ends = name != "quantity" and max(map(len, bare), default=0) == _BEFORE_THOUSANDS
    likely: Mark = "point" if has_commas else "comma"
    example = next(text for text in cells if mark_of(text) == "open")
    return _Shown(None, likely if ends else None, example, is_torn)


def _which_mark(example: str) -> Question:
    """The question for the decimal mark, with what the example is worth by each."""
    marks: tuple[Mark, ...] = ("comma", "point")
    return Question("decimal_mark", marks, {"example": example, **{mark: parse_money(example, mark) for mark in marks}})
