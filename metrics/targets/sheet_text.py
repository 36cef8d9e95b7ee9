"""Texts and names as a sheet of Excel can hold them."""

from __future__ import annotations

import re
from typing import Final

MAXIMUM_CHARACTERS: Final = 32_767
"""Characters that a cell of Excel can hold, in UTF-16 units: one beyond the basic plane counts twice."""

_LONGEST_NAME = 31
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def fitting_text(text: str) -> tuple[str, bool]:
    """The text of a cell and whether it had to be cut, which its last character `…` shows.

    What XML cannot hold even escaped (two characters that are none, halves of pairs) becomes U+FFFD.
    """
    if len(text) <= MAXIMUM_CHARACTERS and text.isascii():
        return text, False
    clean = _NO_XML.sub("\ufffd", text)
    if len(clean) <= MAXIMUM_CHARACTERS // 2:
        return clean, False
    if len(clean.encode("utf-16-le")) <= 2 * MAXIMUM_CHARACTERS:
        return clean, False
    return f"{_beginning(clean, MAXIMUM_CHARACTERS - 1)}…", True


def sheet_name(name: str, used: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of its own signs, none of `used`, to which it is added."""
    stem = _beginning(_NOT_IN_A_NAME.sub(" ", _NO_XML.sub(" ", name)).strip(" '"), _LONGEST_NAME).strip(" '") or "-"
    free, number = stem, 1
    # Excel keeps this one for itself.
    while free.casefold() in used | {"history"}:
        number += 1
        free = f"{_beginning(stem, _LONGEST_NAME - 1 - len(str(number)))} {number}"
    used.add(free.casefold())
    return free


def _beginning(text: str, units: int) -> str:
    """The first so many UTF-16 units, no pair of them torn."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
