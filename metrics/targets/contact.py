"""One person on a list, and what of the name is the first name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff.'\u2019-]+")
_COMPANY = frozenset(
    {"ab", "ag", "as", "asa", "bv", "co", "company", "corp", "gmbh", "group", "holding", "inc", "kft", "kg", "limited",
     "llc", "llp", "ltd", "nv", "oao", "ohg", "oy", "ooo", "pao", "plc", "pte", "pty", "sa", "sarl", "sas", "shop",
     "sia", "spa", "srl", "store", "uab", "ug", "zao"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One customer as a list may need them; all but `customer_id` may be missing (`None`).

    `email` and `phone` as they are stored: writers check them, and a phone counts only with `+` and its country code.
    `country`: two letters of ISO 3166. `silence`: days since `last_order_on`. `orders`: how many. `value` (what the
    network may weigh a person by) and `yearly_value`: money in the workspace's currency. `category`: what they bought.
    `state`, `grade`, `reason`: codes, or words where the caller wrote them. `tag`: one for the mailing tool.
    `code`: a promo code of their own.
    """

    customer_id: str
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    country: str | None = None
    region: str | None = None
    zip: str | None = None
    value: Decimal | float | None = None
    category: str | None = None
    last_order_on: date | None = None
    silence: int | None = None
    orders: int | None = None
    yearly_value: Decimal | float | None = None
    state: str | None = None
    grade: str | None = None
    reason: str | None = None
    manager: str | None = None
    tag: str | None = None
    code: str | None = None


def split_name(name: str) -> tuple[str, str]:
    """(first name, last name); (the whole name, "") wherever the order of its words is not certain enough.

    Only two words in Latin letters are split. Russian files write the family name first as often as last, Chinese ones
    always first and without a blank, three words may be a middle name or a second family name, and `Acme GmbH` is
    nobody's name. A salutation with the whole name is clumsy; one with the family name alone is rude, and a wrong split
    gives a hash that matches nobody. Who must have both names (networks that match by them) leaves such names out.
    """
    words = name.split()
    if len(words) == 2 and all(_LATIN_WORD.fullmatch(word) and word[0].isalpha() for word in words):
        first, last = words
        if not {word.strip(".").casefold().replace(".", "") for word in words} & _COMPANY:
            return first, last
    return " ".join(words), ""


def names_of(contact: Contact) -> tuple[str, str]:
    """(first name, last name) as the file had them, else split from the whole name; "" where there is none."""
    if contact.first_name or contact.last_name:
        return (contact.first_name or "").strip(), (contact.last_name or "").strip()
    return split_name(contact.name or "")
