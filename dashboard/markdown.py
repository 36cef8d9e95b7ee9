"""Text on its way into Streamlit, which reads nearly every label as Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def escape(value: object) -> str:
    """Text that is shown as it stands: customers' words, and the $ that would start a formula."""
    return _MARKUP.sub(r"\\\1", str(value))


def say(template: str, /, **values: object) -> str:
    """A translated sentence with its values put in as plain text; the template's own ** stays bold."""
    return template.format(**{name: escape(value) for name, value in values.items()})
