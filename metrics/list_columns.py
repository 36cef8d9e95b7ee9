"""The columns of a list of customers, and the SQL that gives each of them the form its file wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from metrics.guard import Guard
from metrics.targets.people_csv import Cell
from metrics.targets.safe_text import DANGEROUS, NUMBER
from metrics.targets.workbook import Kind

ColumnKind = Literal["id", "text", "email", "phone", "code", "whole", "money", "date"]

COLUMNS: Final[dict[str, ColumnKind]] = {
    "customer_id": "id", "name": "text", "email": "email", "phone": "phone", "state": "code", "grade": "code",
    "silence": "whole", "last_order_on": "date", "orders": "whole", "revenue": "money", "yearly_value": "money",
    "average_order": "money", "category": "text", "channel": "text", "region": "text", "manager": "text",
    "consent": "code",
}  # fmt: skip
"""The columns of `segment_base` that go out, in their order."""
CODE: Final = "code"
"""The column of promo codes, where they are wanted."""
_LOCAL: Final = r"[a-z0-9_!#$%&'*+/=?^{|}~-]"
EMAIL: Final = rf"[a-z0-9_]{_LOCAL}*(\.{_LOCAL}+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{{2,}}"
PHONE: Final = r"\+[1-9][0-9]{6,14}"

_SHEET_KINDS: Final[dict[ColumnKind, Kind]] = {"whole": "whole", "money": "money", "date": "date"}


@dataclass(frozen=True, slots=True)
class ListWords:
    """How a file for people is worded; keys and codes stand for themselves where nothing is said.

    `titles` of the columns, `values` of the columns of codes, names of the `sheets` of a workbook (customers, summary,
    definitions), rows of its `summary` from the counts and of its `definitions`.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: tuple[str, str, str] = ("customers", "summary", "definitions")
    summary: Callable[[Guard], Sequence[tuple[str, Cell]]] | None = None
    definitions: Sequence[tuple[str, str]] = ()

    def title(self, key: str) -> str:
        """The title of a column."""
        return self.titles.get(key, key)


def sheet_kind(key: str) -> Kind:
    """How a workbook shows a column."""
    return _SHEET_KINDS.get(COLUMNS.get(key, "text"), "text")


def typed(words: ListWords, keys: Sequence[str]) -> str:
    """The columns with their own types, codes in words."""
    return ", ".join(f"{_typed(key, words)} as {key}" for key in keys)


def for_people(words: ListWords, keys: Sequence[str], decimal: str) -> str:
    """The columns for a CSV that a spreadsheet opens: nothing in it runs, numbers with the reader's decimal mark."""
    return ", ".join(f"{_for_people(key, words, decimal)} as {key}" for key in keys)


def for_machines(keys: Sequence[str]) -> str:
    """The columns for a CSV that is read by a program: values of a known form as they are, others left blank."""
    return ", ".join(f"case when not ({refused(key)}) then {_typed(key, ListWords())} end as {key}" for key in keys)


def refused(key: str) -> str:
    """Whether the value of a column may not go out to a program, as a condition."""
    match COLUMNS.get(key):
        case "email":
            return f"not regexp_full_match(lower({key}), {quoted(EMAIL)})"
        case "phone":
            return f"not regexp_full_match({key}, {quoted(PHONE)})"
        case "text" | "id":
            return dangerous(key)
        case _:
            return "false"


def dangerous(key: str) -> str:
    """Whether a spreadsheet might run a text, as a condition."""
    return f"regexp_matches({key}, {quoted(DANGEROUS)}) and not regexp_full_match({key}, {quoted(NUMBER)})"


def quoted(text: str) -> str:
    """A text of our own as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def _typed(key: str, words: ListWords, *, missing: str = "null") -> str:
    match COLUMNS.get(key):
        case "money":
            return f"cast({key} as decimal(18, 2))"
        case "code" if said := words.values.get(key):
            cases = " ".join(f"when {quoted(code)} then {quoted(word)}" for code, word in said.items())
            return f"case {key} {cases} else coalesce({key}, {missing}) end"
        case _:
            return key


def _for_people(key: str, words: ListWords, decimal: str) -> str:
    match COLUMNS.get(key):
        case "text" | "id" | "email" | "phone":
            # What is missing is an empty text, for `force_quote` passes over nulls.
            return f"case when {dangerous(key)} then '''' || {key} else coalesce({key}, '') end"
        case "code":
            return _typed(key, words, missing="''")
        case "money" if decimal != ".":
            return f"replace(cast({_typed(key, words)} as varchar), '.', {quoted(decimal)})"
        case _:
            return _typed(key, words)
