"""The levels of a grouped report by their names, and the labels of its totals."""

from __future__ import annotations

from functools import cache
from typing import Literal

from metrics.intake.words import data, normal

Level = Literal["customer", "document", "item", "other"]

_LEVELS: tuple[Level, ...] = ("customer", "document", "item", "other")


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
