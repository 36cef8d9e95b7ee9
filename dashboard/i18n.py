"""The words of the screen in the person's language: gettext from the committed `.po` files, compiled in memory.

English is the source text. `use(language)` sets the language of the running script; Streamlit runs every script and
every fragment in a thread of its own, so both call it first. Texts carry named `str.format` fields: `_("{n} rows")`.
`python scripts/catalogues.py` collects new texts into the catalogues.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from metrics.settings import Language

LANGUAGES: Final[dict[Language, str]] = {"en": "English", "ru": "Русский", "zh": "中文"}
_LOCALES: Final[dict[Language, str]] = {"en": "en_US", "ru": "ru_RU", "zh": "zh_Hans_CN"}

# A figure and its measure word stay on one line: between the two, a Chinese line would break at the blank.
_BEFORE_MEASURE_WORD: Final = re.compile(r"(?<=[}\d*]) (?=[\u4e00-\u9fff])")

_language: ContextVar[Language] = ContextVar("language", default="en")


def use(language: Language) -> None:
    """Speak `language` from here on in this script run; an unknown one is a `ValueError`."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    _language.set(language)


def current() -> Language:
    """The language in use; English until `use` was called."""
    return _language.get()


@cache
def babel_locale(language: Language) -> Locale:
    """Babel's locale of a language: what numbers, money and dates look like in it."""
    return Locale.parse(_LOCALES[language])


@cache
def _translations(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    catalogue = files("dashboard").joinpath("locales", language, "LC_MESSAGES", "winback.po")
    compiled = BytesIO()
    words = read_po(BytesIO(catalogue.read_bytes()), locale=language)
    for message in words if language == "zh" else ():
        forms = message.string
        message.string = _joined(forms) if isinstance(forms, str) else tuple(_joined(form) for form in forms or ())
    write_mo(compiled, words)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _joined(text: str) -> str:
    return _BEFORE_MEASURE_WORD.sub("\u00a0", text)


def gettext(message: str) -> str:
    """The text in the current language; the source text where it has no translation."""
    return _translations(current()).gettext(message)


def ngettext(singular: str, plural: str, n: float) -> str:
    """The text in the plural form of `n`.

    A fraction takes the form of 2: right in Russian (2 месяца, 2,5 месяца) and plural in English.
    """
    whole = int(n) if n == int(n) else 2
    return _translations(current()).ngettext(singular, plural, abs(whole))


def pgettext(context: str, message: str) -> str:
    """The text of a short word that needs its context to be translated."""
    return _translations(current()).pgettext(context, message)


_ = gettext
