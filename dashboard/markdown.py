"""Text on its way into Streamlit, which reads nearly every label as Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_UNTOUCHED_BY_BACKSLASH = re.compile(
    r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)",
    re.IGNORECASE,
)
_WORD_JOINER = "\u2060"


def escape(value: object) -> str:
    """Text that is shown as it stands: customers' words, and the $ that would start a formula.

    Addresses, icons and arrows are looked for after Markdown is read, where no backslash helps: a character without
    width parts them.
    """
    return _MARKUP.sub(r"\\\1", _UNTOUCHED_BY_BACKSLASH.sub(_WORD_JOINER, str(value)))


def say(template: str, /, **values: object) -> str:
    """A translated sentence with its values put in as plain text; the template's own ** stays bold."""
    return template.format(**{name: escape(value) for name, value in values.items()})
