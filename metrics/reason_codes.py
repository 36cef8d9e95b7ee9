"""Why customers leave, as codes: what a text of theirs says, and the field's shares (DOMAIN.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast, get_args

from metrics.packaged import packaged

Reason = Literal["service", "quality", "competitors", "forgot", "natural", "other"]
Fault = Literal["human", "technical"]
Unsorted = Literal["unsorted"]

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)
UNSORTED: Final[Unsorted] = "unsorted"
"""What stands for a text that no rule reads: a person says what it means."""
LONGEST: Final = 200
"""Signs of a text that are read."""

_NOT_WORD: Final = re.compile(r"[\W_]+")
_SHORT: Final = 4
"""Signs of a Latin word that is compared whole: more words than not begin like a shorter one."""
_HAN: Final = re.compile("[\u3400-\u9fff]")


@cache
def field_shares() -> Mapping[Reason, float]:
    """Shares of lost customers by why they left, in an article of the field; other reasons have none."""
    rows = packaged("reasons")["reasons"]
    return {code: rows[code]["share"] for code in REASONS if "share" in rows[code]}


def reason_key(text: str) -> str:
    """A text in the form in which texts are compared: small letters, words apart by one blank, cut to `LONGEST`."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).casefold().replace("ё", "е")
    return _NOT_WORD.sub(" ", plain).strip()[:LONGEST].strip()


def sort_reason(text: str, own: Mapping[str, Reason]) -> Reason | Unsorted | None:
    """The reason that a text names; None where it says nothing, `UNSORTED` where no rule reads it or several do.

    `own`: what a person said of texts, by `reason_key`; it goes first, then names, then words.
    """
    key = reason_key(text)
    if key in own:
        return own[key]
    if not key or key in _nothing():
        return None
    rules = _rules("reasons")
    found = {rules.names[key]} if key in rules.names else set(_matches(key, rules))
    return cast(Reason, found.pop()) if len(found) == 1 else UNSORTED


def sort_fault(text: str) -> Fault | None:
    """Whether a text says that a person or that a system failed; None where it says neither, or both."""
    key, rules = reason_key(text), _rules("faults")
    found = {rules.names[key]} if key in rules.names else set(_matches(key, rules))
    return cast(Fault, found.pop()) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Rules:
    """Names, and words as their beginnings one after another (of Chinese ones as signs), each with its code."""

    names: Mapping[str, str]
    stems: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    signs: Mapping[str, str]

    @property
    def longest_sign(self) -> int:
        return max(map(len, self.signs))


@cache
def _rules(kind: str) -> _Rules:
    rows: dict[str, dict[str, Any]] = packaged("reasons")[kind]
    words = [(word, code) for code, row in rows.items() for word in row["words"]]
    stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word, code in words:
        if not _HAN.search(word):
            first, *rest = word.split()
            stems.setdefault(first, []).append((tuple(rest), code))
    return _Rules(
        names={reason_key(name): code for code, row in rows.items() for name in row["names"]},
        stems={first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in stems.items()},
        signs={word: code for word, code in words if _HAN.search(word)},
    )


@cache
def _nothing() -> frozenset[str]:
    return frozenset(packaged("reasons")["nothing"])


def _matches(key: str, rules: _Rules) -> Iterator[str]:
    """The codes of the words that stand in a text, the longest at each place."""
    tokens = key.split()
    has_han = _HAN.search(key) is not None
    place = 0
    while place < len(tokens):
        if has_han and _HAN.search(tokens[place]):
            yield from _signs(tokens[place], rules)
            place += 1
            continue
        n_words, code = _stem_at(tokens, place, rules)
        if code is not None:
            yield code
        place += max(n_words, 1)


def _stem_at(tokens: list[str], place: int, rules: _Rules) -> tuple[int, str | None]:
    """How many words the rule that begins at this word covers, the most that one does, and its code."""
    best: tuple[int, int, str | None] = (0, 0, None)
    token = tokens[place]
    for end in range(1, len(token) + 1):
        first = token[:end]
        if end < len(token) and end <= _SHORT and first.isascii():
            continue
        for rest, code in rules.stems.get(first, ()):
            following = tokens[place + 1 : place + 1 + len(rest)]
            if len(following) == len(rest) and _begin(following, rest) and (1 + len(rest), end) > best[:2]:
                best = (1 + len(rest), end, code)
    return best[0], best[2]


def _begin(words: Iterable[str], stems: Iterable[str]) -> bool:
    return all(word.startswith(stem) for word, stem in zip(words, stems, strict=True))


def _signs(token: str, rules: _Rules) -> Iterator[str]:
    place = 0
    while place < len(token):
        lengths = range(rules.longest_sign, 0, -1)
        found = next((token[place : place + n] for n in lengths if token[place : place + n] in rules.signs), None)
        if found is not None:
            yield rules.signs[found]
        place += len(found or " ")
