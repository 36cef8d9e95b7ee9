"""What a person wrote about somebody (an e-mail, a phone, a customer id) in the one form in which it is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, get_args

from metrics.intake.contacts import international, usual_email

EntryKind = Literal["id", "email", "phone"]
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)
LONGEST: Final = 1000

_LIKE_EMAIL: Final = re.compile(
    r"[^\s<>()\[\],;:\"'@]+(?:'[^\s<>()\[\],;:\"'@]+)*@[^\s<>()\[\],;:\"'@]+\.[^\s<>()\[\],;:\"'@.]+"
)
_GMAIL: Final = ("gmail.com", "googlemail.com")
_EXTENSION: Final = re.compile(r"(?<=\d{9})\.0+$|\s*(?:доб|вн|ext|x|#|;)\W*\d+$", re.IGNORECASE)
_RUSSIAN: Final = re.compile(r"(?:89|79)\d{9}")
_ABROAD: Final = re.compile(r"00[1-9]\d{8,}")
_MAYBE_ID: Final = re.compile(r"[\d-]+")
_FEWEST, _MOST = 5, 17
BARE: Final = 10
"""Digits of a number without marks and of no known region that are a phone rather than an id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody as named. `key` is the normalised text; `also_id` the customer id that a phone may be as well."""

    kind: EntryKind
    key: str
    also_id: str | None = None


def entries_of(line: str, region: str | None) -> tuple[Entry, ...]:
    """Who is named in a line: every e-mail in it, else the phone, else the id that it is; nobody where it is none.

    `region` (ISO 3166): that of phones without a country code.
    """
    text = tidy(line)
    if not text or len(text) > LONGEST:
        return ()
    if "@" in text and (keys := email_keys(text)):
        return (*(Entry("email", key) for key in keys), *_phones_beside(line, region))
    phone = phone_key(text, region)
    if phone is not None:
        return (Entry("phone", phone, key if _MAYBE_ID.fullmatch(key := id_key(text)) else None),)
    key = id_key(text)
    return (Entry("id", key),) if any(character.isalnum() for character in key) else ()


def _phones_beside(line: str, region: str | None) -> tuple[Entry, ...]:
    """The phones beside e-mails in a line of a table."""
    parts = (tidy(part) for part in re.split(r"[,;|\t\"<>]", line))
    found = (phone_key(part, region) for part in parts if len(re.sub(r"\D", "", part)) >= BARE and "@" not in part)
    return tuple(Entry("phone", key) for key in found if key is not None)


def tidy(text: str) -> str:
    """Compatible forms made one, marks without width taken out, blanks at the ends and twice over as well."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def email_keys(text: str) -> tuple[str, ...]:
    """The e-mails in a tidied text: in lower case, the domain in one spelling, Gmail's without dots and tag."""
    found = _LIKE_EMAIL.findall(text) or ([text] if usual_email(text) else [])
    return tuple(dict.fromkeys(_email_key(each) for each in found))


def _email_key(written: str) -> str:
    email = usual_email(written) or written.casefold()
    local, _at, domain = email.rpartition("@")
    if domain not in _GMAIL:
        return email
    box = local.partition("+")[0].replace(".", "")
    return f"{box or local}@gmail.com"


def id_key(text: str) -> str:
    """A customer id whatever its case, without what a spreadsheet adds to it."""
    key = tidy(text).lstrip("'").strip().casefold()
    return re.sub(r"^(\d+)\.0+$", r"\1", key)


def phone_key(text: str, region: str | None) -> str | None:
    """A phone in E.164 where its country is known, else its digits; None for a text that is rather an id."""
    written = _EXTENSION.sub("", re.sub(r"^tel:", "", tidy(text).lstrip("'"), flags=re.IGNORECASE))
    digits = re.sub(r"\D", "", written)
    if not _FEWEST <= len(digits) <= _MOST or any(character.isalpha() for character in written):
        return None
    if written.startswith("+") or _ABROAD.fullmatch(digits):
        return _full(digits if written.startswith("+") else digits[2:])
    if _RUSSIAN.fullmatch(digits):
        return f"+7{digits[1:]}"
    full = international(digits, region) if region else None
    if written != digits:
        return full or digits
    if region is not None:
        return full if full is not None and _is_valid(full) else None
    return digits if len(digits) >= BARE else None


def _full(digits: str) -> str:
    """A number with its country code; a national prefix after it is no part of it."""
    return international(f"+{digits}", "ZZ") or f"+{digits}"


def _is_valid(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415  (it takes its time to load)

    return phonenumbers.is_valid_number(phonenumbers.parse(number, None))
