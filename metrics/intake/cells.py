"""What a cell says once its wrapping is off: formula quotes, apostrophes, invisible signs, foreign digits."""

from __future__ import annotations

import unicodedata

BLANKS = (
    " \t\r\n\x00\x1a'\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f"
    "\u202f\u205f\u2060\u3000\ufeff"
)
"""Characters around an id that do not belong to it."""

_INVISIBLE = (
    "\x00\x1a\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SAME = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2796",
    "'": "\u00b4\u02b9\u02bc\u02c8\u2018\u2019\u201b\u2032\u066c",
    ".": "\u066b",
}
_TABLE = dict.fromkeys(map(ord, _INVISIBLE)) | {ord(char): plain for plain, chars in _SAME.items() for char in chars}
_QUOTES = "'\"\u201c\u201d\u00ab\u00bb"


def folded(text: str) -> str:
    """A date or an amount in lower case and plain signs: `="1 234"`, `'75008`, full-width digits, any kind of minus."""
    clean = unicodedata.normalize("NFKC", text.translate(_TABLE)).casefold().strip()
    if clean[:1] == "=":
        clean = clean[1:].strip()
    return clean.strip(_QUOTES).strip()
