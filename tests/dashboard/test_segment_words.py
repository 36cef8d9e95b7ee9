"""A filter's sentence says what its SQL does: read back as a person would, it finds the same customers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dashboard import segment_words
from metrics.segment import RANGES, Segment, segment_fields
from metrics.workspace import Workspace
from tests.test_segments import CASES, ROWS, base, inside  # noqa: F401  (base: a fixture)

Row = Mapping[str, Any]
Says = Callable[[Row], bool]
NUMBER = r"(−?)\$?([\d,.]+)(?: days?)?"


def heard(phrase: str) -> Says:
    """What one condition in English says of a customer; it knows the words of the screen and nothing of the filter."""
    key = max((key for key in segment_fields() if phrase.startswith(f"{segment_words.field(key)}: ")),
              key=lambda key: len(segment_words.field(key)))  # fmt: skip
    said = phrase.removeprefix(f"{segment_words.field(key)}: ")
    kind = segment_fields()[key].kind
    if kind == "flag":
        return lambda row: bool(row[key]) == (said == "yes")
    if kind in RANGES:
        return _range(key, said)
    others = said.startswith("other than ")
    return lambda row: (_word(key, row[key]) in said.removeprefix("other than ").split(", ")) != others


def _word(key: str, value: str | None) -> str | None:
    return None if value is None else segment_words.value(key, value)


def _range(key: str, said: str) -> Says:
    for pattern, is_in in (
        (rf"{NUMBER} or more", lambda value, low, _: value >= low),
        (rf"{NUMBER} at most", lambda value, high, _: value <= high),
        (rf"{NUMBER} to {NUMBER}", lambda value, low, high: low <= value <= high),
        (NUMBER, lambda value, exactly, _: value == exactly),
    ):
        if found := re.fullmatch(pattern, said):
            numbers = [
                float(f"{'-' if minus else ''}{digits.replace(',', '')}")
                for minus, digits in zip(found.groups()[::2], found.groups()[1::2], strict=True)
            ]
            return lambda row: row[key] is not None and is_in(float(row[key]), numbers[0], numbers[-1])
    raise AssertionError(f"no range: {said!r}")


@pytest.mark.parametrize("key", CASES)
def test_the_sentence_of_a_field_says_what_its_sql_does(base: Workspace, key: str):  # noqa: F811
    for one in CASES[key]:
        alone = Segment(conditions=(one,))
        says = heard(segment_words.sentence(alone, "USD"))
        assert inside(base, alone) == [place for place, row in enumerate(ROWS) if says(row)], one


@pytest.mark.parametrize("key", CASES)
def test_what_is_asked_besides_and_what_is_left_out_is_told_apart(base: Workspace, key: str):  # noqa: F811
    (orders,), (one, *_) = CASES["orders"][:1], CASES[key]
    segment = Segment(conditions=(orders,), but_not=(Segment(conditions=(one,)),))
    first, rest = segment_words.sentence(segment, "USD").split("; but not: ")
    asked, left_out = heard(first), heard(rest)
    assert inside(base, segment) == [place for place, row in enumerate(ROWS) if asked(row) and not left_out(row)]
    both = Segment(conditions=(orders,), and_in=(Segment(conditions=(one,)),))
    first, rest = segment_words.sentence(both, "USD").split("; also: ")
    assert inside(base, both) == [place for place, row in enumerate(ROWS) if heard(first)(row) and heard(rest)(row)]
