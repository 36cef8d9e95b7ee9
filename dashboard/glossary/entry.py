"""One term of the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Group = Literal["counts", "lost", "keeping", "money", "states", "winback", "goals"]

GROUPS: Final[tuple[Group, ...]] = ("counts", "lost", "keeping", "money", "states", "winback", "goals")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term in plain words: `what` it is, how it is counted (`formula`), whose it is (`source`).

    `page`: the key of the page where it is used.
    """

    key: str
    group: Group
    title: str
    what: str
    page: str
    formula: str = ""
    source: str = ""
