"""Contacts in the form in which each network compares them, and their hashes (FORMATS.md 7)."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final, Literal

Hashing = Literal["none", "sha256", "md5"]
EmailForm = Literal["plain", "google"]
PhoneForm = Literal["plus", "digits"]

_HASH = re.compile(r"[0-9a-fA-F]{32}(?:[0-9a-fA-F]{32})?")
# ASCII: nobody's advertising account has another. A letter, digit or underscore first: an apostrophe there is left over
# from a spreadsheet, and a sign would begin a formula in one.
_LOCAL = re.compile(r"(?=.{1,64}\Z)[a-z0-9_][a-z0-9_!#$%&'*+/=?^{|}~-]*(?:\.[a-z0-9_!#$%&'*+/=?^{|}~-]+)*")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PHONE_MARKS = str.maketrans("", "", " \u00a0().-")
_DOTLESS: Final = ("gmail.com", "googlemail.com")


def looks_hashed(text: str) -> bool:
    """Whether a value is 32 or 64 hexadecimal digits: somebody has hashed it already."""
    return _HASH.fullmatch(text.strip()) is not None


def normal_email(text: str, form: EmailForm = "plain") -> str | None:
    """An e-mail trimmed and in lower case, its domain in ASCII; None where it is no address that a network knows.

    `google`: without the dots before the @ of Gmail's two domains.
    """
    local, at, domain = text.strip().lower().rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return None
    ascii_domain = _domain(domain)
    if ascii_domain is None or len(local) + len(ascii_domain) > 253:
        return None
    if form == "google" and ascii_domain in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{ascii_domain}"


@lru_cache(maxsize=65_536)
def _domain(text: str) -> str | None:
    """Domains repeat: checking one takes twenty times as long as remembering it."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  (it takes its time to load)

    try:
        return validate_email(f"a@{text}", check_deliverability=False).ascii_domain
    except EmailNotValidError:
        return None


def normal_phone(text: str, form: PhoneForm = "plus") -> str | None:
    """A phone in E.164 with its `+`, or as bare digits; None without a country code or with an impossible length."""
    import phonenumbers  # noqa: PLC0415  (it takes its time to load)

    written = text.strip().translate(_PHONE_MARKS)
    if not _PHONE.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    full = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return full if form == "plus" else full.removeprefix("+")


def hashed(value: str, hashing: Hashing) -> str:
    """A normalised value as lower-case hexadecimal digits; what is a hash already stays the one it is."""
    if looks_hashed(value):
        return value.strip().lower()
    if hashing == "none":
        return value
    # Both are what the networks ask for; neither keeps a secret.
    return hashlib.new(hashing, value.encode(), usedforsecurity=False).hexdigest()
