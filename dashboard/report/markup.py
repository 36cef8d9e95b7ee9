"""Text on its way into HTML and SVG: everything is escaped, the bold of a told sentence stays bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from unicodedata import east_asian_width

_OPENS, _CLOSES = "（《「『【〔“‘", "、。，．：；？！）》」』】〕”’…"
_PIECE = re.compile(rf"[{_OPENS}]*[\u2e80-\u9fff][{_CLOSES}]*|[{_OPENS}]*[^ \n\u2e80-\u9fff{_OPENS}]+[ \n]*|[ \n]+|.")
_TOKEN = re.compile(r"\\(.)|(\*\*)|([^\\*]+|.)", re.DOTALL)


def text(value: object) -> str:
    """Text that is shown as it stands."""
    return escape(str(value))


def told(markdown: str) -> str:
    """A sentence of `dashboard.markdown.say` as HTML: its bold figures, and nothing else of Markdown."""
    return "".join(_parts(markdown))


def bare(markdown: str) -> str:
    """A sentence of `dashboard.markdown.say` as plain text."""
    return "".join(found[1] or found[3] or "" for found in _TOKEN.finditer(markdown))


def width(words: str, size: float) -> float:
    """About how wide a text is at a size, rather too wide than too narrow: fonts differ from machine to machine."""
    return size * sum(_share(sign) for sign in words)


def lines(words: str, room: float, size: float, most: int = 3) -> list[str]:
    """The text in at most `most` lines of `room`, broken at blanks or between Chinese signs; the rest is cut off."""
    found = [""]
    for piece in _pieces(words):
        if found[-1] and width((found[-1] + piece).rstrip(), size) > room:
            found.append("")
        found[-1] += piece
    kept = [line.strip() for line in found if line.strip()]
    return kept if len(kept) <= most else [*kept[: most - 1], kept[most - 1].rstrip(" .,;:。，；：") + "…"]


def _parts(markdown: str) -> Iterator[str]:
    is_bold = False
    for found in _TOKEN.finditer(markdown):
        if found[2]:
            yield "</strong>" if is_bold else "<strong>"
            is_bold = not is_bold
        else:
            yield escape(found[1] or found[3])
    if is_bold:
        yield "</strong>"


def _share(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.0
    if sign in " .,:;'|il!·\u00a0":
        return 0.32
    return 0.72 if sign.isupper() or sign in "mwшщжюфмы%—" else 0.6


def _pieces(words: str) -> Iterator[str]:
    """Where a line may break: after blanks and around Chinese signs, not before a stop or after an open bracket."""
    yield from _PIECE.findall(words)
