"""Promo codes for one person each: nobody guesses one, nobody reads one wrong."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 letters and digits without those that look alike (0 O, 1 I L); a prime number of them, see `_check`."""

LENGTH: Final = 10
"""Characters that are drawn: 31^10 codes, 8 in 10^14; one more checks them."""

_BASE = len(ALPHABET)


def promo_codes(n: int, prefix: str = "", taken: Collection[str] = frozenset()) -> list[str]:
    """`n` different codes, none of them in `taken`; a prefix stands before them with a hyphen.

    Drawn from the system's source of secrets: codes that went out say nothing about the others. ValueError for a
    negative `n` or a prefix of anything but Latin capitals and digits.
    """
    if n < 0 or not (prefix == "" or (prefix.isascii() and prefix.isalnum() and prefix == prefix.upper())):
        raise ValueError("a number of codes and a prefix of capitals and digits are needed")
    start = f"{prefix}-" if prefix else ""
    known, found = set(taken), dict[str, None]()
    while len(found) < n:
        body = _body(secrets.randbelow(_BASE**LENGTH))
        code = f"{start}{body}{_check(body)}"
        if code not in known:
            found[code] = None
    return list(found)


def is_code(text: str) -> bool:
    """Whether a text may be one of our codes, as a person types it: any case, blanks around it, with or without prefix.

    It was never given out if this is false; that it was can only be told by the list of codes.
    """
    body = text.strip().upper().rpartition("-")[2]
    if len(body) != LENGTH + 1 or not set(body) <= set(ALPHABET):
        return False
    return _check(body[:LENGTH]) == body[LENGTH]


def _body(number: int) -> str:
    characters = []
    for _ in range(LENGTH):
        number, place = divmod(number, _BASE)
        characters.append(ALPHABET[place])
    return "".join(characters)


def _check(body: str) -> str:
    """One character; with weights 1 to 10 over a prime number it notices each wrong and each swapped character."""
    return ALPHABET[sum(weight * ALPHABET.index(c) for weight, c in enumerate(body, 1)) % _BASE]
