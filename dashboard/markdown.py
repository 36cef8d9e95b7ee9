"""Text on its way into Streamlit, which reads nearly every label as Markdown."""

from __future__ import annotations

import re
import unicodedata

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_UNTOUCHED_BY_BACKSLASH = re.compile(
    r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)",
    re.IGNORECASE,
)
_WORD_JOINER = "\u2060"
_TWO_STOPS = re.compile(r"(г\\?\.)\.(?!\.)")
"""A Russian date ends with the stop of its "год": a sentence that ends there has it already."""
_HAIR_SPACE = "\u200a"
_BOLD = re.compile(r"(?P<before>\w?)\*\*(?P<inner>[^*\s](?:[^*]*[^*\s])?)\*\*(?=(?P<after>\w?))")


def escape(value: object) -> str:
    """Text that is shown as it stands: customers' words, and the $ that would start a formula.

    Addresses, icons and arrows are looked for after Markdown is read, where no backslash helps: a character without
    width parts them.
    """
    return _MARKUP.sub(r"\\\1", _UNTOUCHED_BY_BACKSLASH.sub(_WORD_JOINER, str(value)))


def say(template: str, /, **values: object) -> str:
    """A translated sentence with its values put in as plain text; the template's own ** stays bold."""
    return firm(template.format(**{name: escape(value) for name, value in values.items()}))


def firm(text: str) -> str:
    """Bold that stays bold in a text without blanks: beside a bracket or a sign, Markdown wants a blank to see its end.

    A hair space parts the two: Chinese sets none, and it is hardly seen.
    """
    return _BOLD.sub(_parted, one_stop(text))


def one_stop(text: str) -> str:
    """A sentence that ends with a Russian date, with one stop at its end."""
    return _TWO_STOPS.sub(r"\1", text)


def _parted(found: re.Match[str]) -> str:
    before, inner, after = found["before"], found["inner"], found["after"]
    left = _HAIR_SPACE if before and _is_sign(inner[0]) else ""
    right = _HAIR_SPACE if after and _is_sign(inner[-1]) else ""
    return f"{before}{left}**{inner}**{right}"


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
