"""Contacts as they may be seen over a shoulder."""

from __future__ import annotations

from typing import Final

MASK: Final = "•••"


def masked(text: str | None, *, is_shown: bool) -> str | None:
    """A contact's first sign and its host, or the ends of a phone, until it is asked for."""
    if text is None or is_shown:
        return text
    _name, at, host = text.partition("@")
    return f"{text[0]}{MASK}{at}{host}" if at else f"{text[:2]}{MASK}{text[-2:]}"
