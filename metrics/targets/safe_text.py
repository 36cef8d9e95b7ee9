"""Text that no spreadsheet runs as a formula: one rule, for Python and as patterns for SQL."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SIGNS: Final = "=+-@|%\t\r\n\0"


# The other planes hold Chinese characters and nothing, and would take most of a second to look through. Surrogates are
# no characters of their own: no encoding writes them.
_CHARACTERS: Final = [*map(chr, range(0xD800)), *map(chr, range(0xE000, 0x20000)), *map(chr, range(0xE0000, 0xE1000))]

DANGEROUS_STARTS: Final = frozenset(c for c in _CHARACTERS if unicodedata.normalize("NFKC", c)[0] in _SIGNS)
"""Every character that is, or that NFKC turns into something that begins with, `= + - @ | %`, tab, CR, LF or NUL."""

LEADING_BLANKS: Final = frozenset(
    c for c in _CHARACTERS if unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc", "Cf"} and c not in "\t\r\n\0"
)
"""What is not seen at the start of a cell, so that a reader may skip it: blanks, marks without width, controls."""


def _class(characters: frozenset[str]) -> str:
    """A class of these characters, spelled so that Python's `re` and DuckDB's RE2 read the same."""
    return "".join(f"\\x{ord(c):02x}" if ord(c) < 0x80 else c for c in sorted(characters))


DANGEROUS: Final = f"^[{_class(LEADING_BLANKS)}]*[{_class(DANGEROUS_STARTS)}]"
"""Found in a text that a spreadsheet might run; for `re.match` and for `regexp_matches` of DuckDB."""

NUMBER: Final = "[ \u00a0\u202f]*[-+]?[0-9][0-9 \u00a0\u2009\u202f.,]*%?[ \u00a0\u202f]*"
"""The whole of a text that is a number, maybe negative or a phone, and stays as it is (`regexp_full_match`)."""

_dangerous = re.compile(DANGEROUS)
_number = re.compile(NUMBER)


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula, now or when somebody edits its cell."""
    # Nearly every text begins with a letter or digit: no sign is one, and asking costs a tenth of the patterns.
    if text[:1].isalnum():
        return False
    return _dangerous.match(text) is not None and not _number.fullmatch(text)


def spreadsheet_safe(text: str) -> str:
    """Text that no spreadsheet runs as a formula; numbers, negative ones too, stay untouched.

    What after NFKC and leading blanks begins with `= + - @ | %`, tab, line break or NUL gets a leading apostrophe.
    The signs are looked up one by one, not in the text's own NFKC form: that would read `=` and a combining stroke
    as one `≠`, and the spreadsheet does not.
    """
    return f"'{text}" if is_dangerous(text) else text
