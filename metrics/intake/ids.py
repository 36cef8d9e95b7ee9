"""Order ids and customers as they are written, and as they are: without blanks, formula quotes and decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from metrics.intake.cells import BLANKS

Wrapping = Literal["none", "padded", "decimals"]

LOST_DIGITS = r"\d(?:[.,]\d+)?[eE]\+(?:0[6-9]|[1-9]\d)"
"""A long number that a spreadsheet has rounded: 7,9E+10 (RE2 and Python)."""

_DECIMALS = re.compile(r"\d+[.,]0+")
_FORMULA = r'^=\s*"(.*)"$'
_MOSTLY = 0.8


def wrapping_of(ids: Sequence[str]) -> Wrapping:
    """What the sampled ids have around them: `padded` by blanks or quotes, or `decimals` of numbers (`1001.0`)."""
    filled = [bare for text in ids if (bare := text.strip(BLANKS))]
    decimals = sum(1 for text in filled if _DECIMALS.fullmatch(text))
    # 5 beside 5.0: a program wrote numbers, and some of them with their decimals; 007 is no number.
    whole = sum(1 for text in filled if text.isdecimal() and text[0] != "0")
    is_mostly = decimals >= _MOSTLY * len(filled) and not any(text.isdecimal() for text in filled)
    if decimals and (decimals + whole == len(filled) or is_mostly):
        return "decimals"
    return "padded" if any(text != text.strip(BLANKS) or text[:1] == "=" for text in ids) else "none"


def has_lost_digits(ids: Sequence[str]) -> bool:
    """Whether a spreadsheet has rounded some of the sampled ids."""
    return any(re.fullmatch(LOST_DIGITS, text.strip(BLANKS)) for text in ids)


def bare_id(text: str, wrapping: Wrapping) -> str:
    """The SQL of the id in the expression `text`."""
    if wrapping == "none":
        return text
    blanks = BLANKS.replace("\x00", "").replace("'", "''")
    bare = f"trim(regexp_replace(trim({text}, '{blanks}'), '{_FORMULA}', '\\1'), '{blanks}')"
    return f"regexp_replace({bare}, '^(\\d+)[.,]0+$', '\\1')" if wrapping == "decimals" else bare
