"""What goes into a file for a machine: values of a known form; anything else stays out, nothing is escaped."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache

from metrics.targets.contact import Contact
from metrics.targets.networks import FieldName, Identifier, Network, TextForm
from metrics.targets.normal import looks_hashed, normal_email, normal_phone
from metrics.targets.safe_text import is_dangerous

_ZIP_PLUS_4 = re.compile(r"([0-9]{5})-[0-9]{4}")
_ZIP = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_NAME_MARKS = frozenset(" .'\u2019\u00b7-")
_LONGEST = {"first_name": 100, "last_name": 100, "tag": 100, "zip": 12, "code": 40}


def identifier_of(contact: Contact, identifier: Identifier, network: Network) -> str | None:
    """The e-mail or phone as the network compares it, before hashing; None where it is none."""
    written = (contact.email if identifier == "email" else contact.phone) or ""
    if looks_hashed(written):
        # What was hashed elsewhere cannot be normalised any more: only who says so takes it.
        return written.strip().lower() if network.passes_hashes else None
    return normal_email(written, network.email) if identifier == "email" else normal_phone(written, network.phone)


def field_of(field: FieldName, written: object, network: Network) -> str | None:
    """Another field as the network reads it: "" where there is nothing, None where its value must not go out."""
    match written:
        case None | "":
            return ""
        case date():
            return written.isoformat()
        case int() | float() | Decimal():
            return _number(written, field)
        case str():
            text = unicodedata.normalize("NFC", " ".join(written.split()))
            return _text(field, text, network.text) if text else ""
    return None


def _number(number: float | Decimal, field: FieldName) -> str | None:
    """Money with two decimals, a count whole; None for less than nothing: no network weighs a person by that."""
    amount = Decimal(str(number))
    if not amount.is_finite() or amount < 0:
        return None
    return f"{amount:.0f}" if field == "orders" else f"{amount:.2f}"


def _text(field: FieldName, text: str, form: TextForm) -> str | None:
    if len(text) > _LONGEST.get(field, 100) or is_dangerous(text) or looks_hashed(text):
        return None
    match field:
        case "first_name" | "last_name":
            return _name(text, form)
        case "country":
            return _country(text, form)
        case "zip":
            return _zip(text, form)
        case "tag":
            return text if all(c.isalnum() or c in " _-" for c in text) else None
        case _:
            return text if _CODE.fullmatch(text) else None


def _name(text: str, form: TextForm) -> str | None:
    if not text[0].isalpha() or not all(
        c.isalpha() or c in _NAME_MARKS or unicodedata.category(c)[0] == "M" for c in text
    ):
        return None
    if form == "written":
        return text
    lower = text.lower()
    if form == "letters":
        lower = "".join(c for c in lower if c == " " or c not in _NAME_MARKS)
    return unicodedata.normalize("NFC", " ".join(lower.split()))


def _country(text: str, form: TextForm) -> str | None:
    code = text.upper()
    if code not in _countries():
        return None
    return code.lower() if form == "letters" else code


@cache
def _countries() -> frozenset[str]:
    import phonenumbers  # noqa: PLC0415  (it takes its time to load)

    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def _zip(text: str, form: TextForm) -> str | None:
    if not _ZIP.fullmatch(text):
        return None
    if form != "letters":
        return text
    return _ZIP_PLUS_4.sub(r"\1", text).lower().replace(" ", "").replace("-", "")
