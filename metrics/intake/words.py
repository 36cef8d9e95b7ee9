"""Words as data: header synonyms, placeholders, totals and statuses, all compared in one normal form."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")


@cache
def data(name: str) -> dict[str, Any]:
    """The data file `name` of this package, parsed."""
    return tomllib.loads(resources.files("metrics.intake").joinpath(name).read_text(encoding="utf-8"))


@cache
def normal(text: str) -> str:
    """A header or status in its comparable form: `CustomerID`, `customer_id`, `Customer  ID` are all `customer id`."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    return _NOT_WORD.sub(" ", spaced.casefold().replace("ё", "е")).strip()


def placeholders() -> list[str]:
    """Lower-case cells that mean that there is nothing."""
    return list(data("words.toml")["placeholders"])


def totals_pattern() -> str:
    """A regular expression (RE2 and Python) for a lower-case cell that begins as a total row does."""
    latin, chinese = _total_words()
    # \b of RE2 knows ASCII only, hence the explicit end.
    return rf"^\s*(?:(?:{latin})(?:[^\p{{L}}\p{{N}}]|$)|(?:{chinese}))"


def total_cell_pattern() -> str:
    """The same for a cell that says nothing else, or only of what: an order or customer of that name is none."""
    words = "|".join(_total_words())
    return rf"(?:{words})(?:\s+(?:по|за|на|for|of|by)\s.*)?\s*[:：.]*"


def total_initials() -> set[str]:
    """The letters, small and capital, that the words for a total begin with."""
    return {letter for word in data("words.toml")["totals"] for letter in (word[0], word[0].upper())}


def _total_words() -> tuple[str, str]:
    words = sorted(data("words.toml")["totals"], key=len, reverse=True)
    latin = (re.escape(word) for word in words if word[0] < "一")
    return "|".join(latin), "|".join(word for word in words if word[0] >= "一")


def keeps_out(status: str, *, of_delivery: bool = False) -> bool:
    """Whether an order with this status does not count (cancelled, void, unpaid, fully refunded).

    `of_delivery`: the status says how far the delivery is; a pending one is no unpaid order.
    """
    words = data("statuses.toml")
    # Funnel prefixes of CRM exports: C7:LOSE.
    text = normal(status.rsplit(":", 1)[-1]).removeprefix("wc ")
    if not text or text.startswith(tuple(words["counted"])) or (of_delivery and text in words["waiting"]):
        return False
    return text in words["whole"] or text.startswith(tuple(words["begins"]))


def is_won(status: str, counted: Sequence[str]) -> bool:
    """Whether a status is one of those that count, where only some do; funnel prefixes (C7:WON) are no part of it."""
    text = normal(status.rsplit(":", 1)[-1])
    return any(text == normal(each) for each in counted)


def says_operation(header: str) -> bool:
    """Whether a column says what each row does: a sale or a refund."""
    return normal(header) in data("words.toml")["operations"]


def says_document(header: str) -> bool:
    """Whether a column holds the documents that its rows stand for, by their kind and number."""
    return normal(header) in data("words.toml")["documents"]


def says_refund(status: str) -> bool:
    """Whether a status begins as a refund does."""
    return re.match(refund_pattern(), normal(status)) is not None


def says_payment(document: str) -> bool:
    """Whether a document pays for an order, or buys from others: it is no order."""
    return re.match(payment_pattern(), document.casefold()) is not None


def refund_pattern() -> str:
    """A regular expression for the beginning of a lower-case cell that says that the row is a refund."""
    return "^(?:" + "|".join(re.escape(word) for word in data("words.toml")["refunds"]) + ")"


def payment_pattern() -> str:
    """The same for a document that pays for an order, or buys from others: it is no order."""
    return "^(?:" + "|".join(re.escape(word) for word in data("words.toml")["payments"]) + ")"


def no_pattern() -> str:
    """A regular expression for a lower-case cell that says no, or no day at all."""
    words = {*data("words.toml")["no"], *data("words.toml")["placeholders"]} - {""}
    return "(?:" + "|".join(re.escape(word).replace("'", "''") for word in sorted(words)) + r"|0000-00-00.*)"
