"""Which column of a file of customers is what, and whether a file is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from metrics.intake.columns import Choice, fit, kind_of_customer, of_preset, says_something, words_score
from metrics.intake.contract import CONTACT_NEEDED, CUSTOMER_FIELDS, ColumnChoice, ColumnMap, Kind, Question
from metrics.intake.evidence import Evidence, evidence_of
from metrics.intake.presets import Preset
from metrics.intake.words import data, normal, placeholders

_ENOUGH = 0.4
_PART_ENOUGH = 0.8
PARTS = ("first_name", "middle_name", "last_name")
"""Columns that together are a name."""

_CERTAIN = 1.0
_LONGEST_HEADER = 200
_SURE_ORDER = 0.8
SURE_NAME = 0.8
"""A likelier column than this is the name of a person, not of a company."""
_IN_TURN = ("email", "phone", "consent", "last_name", "first_name", "middle_name", "name", "customer", "manager",
            "region", "flags", "confirmed_reason", "fault", "reason")  # fmt: skip
"""A header is taken by the first of these fields that wants it."""
_REACHES = ("email", "phone", "consent")
_SURVEYED = {"reason", "confirmed_reason"}
_KINDS: dict[str, Kind] = {"orders": "orders", "customers": "customers"}
_OF_ORDERS = {"date", "amount", "order_id", "quantity", "price"}


def choose_people_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    chosen: Mapping[str, str | None] | None = None,
    preset: Preset | None = None,
) -> dict[str, ColumnChoice]:
    """Fields of `CUSTOMER_FIELDS` -> columns; `chosen` (a person's) goes first, then those of a known export."""
    seen = {header: evidence_of([row[place] for row in rows]) for place, header in enumerate(headers)}
    columns = {
        name: ColumnChoice(header, _CERTAIN, seen[header].examples)
        for name, header in (chosen or {}).items()
        if name in CUSTOMER_FIELDS and header is not None
    }
    known = preset if preset is not None and preset.kind == "customers" else None
    for name in _IN_TURN:
        if name in columns or name in (chosen or {}):
            continue
        taken = {each.source for each in columns.values()}
        if known is not None and (header := of_preset(known, name, seen)) is not None and header not in taken:
            columns[name] = ColumnChoice(header, _CERTAIN, seen[header].examples)
        elif known is None and (found := _likeliest(name, [each for each in headers if each not in taken], seen)):
            confidence, header = found
            columns[name] = ColumnChoice(header, round(confidence, 3), seen[header].examples)
    return _tidied(columns, seen)


def kind_of_file(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    choice: Choice,
    mapping: ColumnMap,
    preset: Preset | None,
) -> Kind | Question:
    """Whether a table holds orders or customers: as a person says, as the known export is, as its columns tell.

    `choice` is what its columns would be as orders. Where both readings are possible, `file_kind` is asked.
    """
    said = mapping.kind or _KINDS.get(mapping.answers.get("file_kind", ""))
    if said is not None:
        return said
    if preset is not None:
        return preset.kind
    if any(mapping.columns.get(name) for name in _OF_ORDERS):
        return "orders"
    people = choose_people_columns(headers, rows, mapping.columns)
    if not people.keys() & set(CONTACT_NEEDED) or people.keys() <= {"customer"}:
        return "orders"
    return _by_columns(choice, people, _Table(headers, rows))


class _Table:
    """The sampled rows, asked what tells customers from orders."""

    def __init__(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._headers, self._rows = headers, rows
        self.sums = [header for header in headers if is_summary(header)]

    def is_once_each(self, people: Mapping[str, ColumnChoice]) -> bool:
        """Whether no customer stands on two rows."""
        nothing = set(placeholders())
        for name in ("customer", "email", "phone"):
            if name in people:
                place = self._headers.index(people[name].source)
                cells = [cell for row in self._rows if (cell := row[place].strip().casefold()) not in nothing]
                if cells:
                    return len(set(cells)) == len(cells)
        return True


def _by_columns(choice: Choice, people: Mapping[str, ColumnChoice], table: _Table) -> Kind | Question:
    dates, amounts = _candidates(choice, "date"), _candidates(choice, "amount")
    if {"quantity", "price"} <= choice.columns.keys():
        amounts = amounts or ["*"]
    is_once = table.is_once_each(people)
    held = choice.columns.get("order_id")
    has_orders = held is not None and held.confidence >= _SURE_ORDER
    telling = next(iter([*table.sums, *amounts, *dates]), "")
    asked = Question("file_kind", ("orders", "customers"), {"example": telling})
    if people.keys() & _SURVEYED and not amounts and not has_orders:
        return "customers"  # its dates are the days of the answers
    if not dates and not amounts:
        return "orders" if has_orders or not people.keys() & {*_REACHES, "name"} else "customers"
    if dates and amounts:
        is_about_sums = bool({*dates, *amounts} & set(table.sums)) or (bool(table.sums) and not has_orders)
        return asked if is_once and is_about_sums else "orders"
    if has_orders or not people.keys() & set(_REACHES):
        return "orders"
    return "customers" if is_once and set(amounts) <= set(table.sums) else asked


def _candidates(choice: Choice, name: str) -> list[str]:
    held = choice.source(name)
    return [held] if held is not None else list(choice.unclear.get(name, ()))


@cache
def is_summary(header: str) -> bool:
    """Whether a header names a sum over a customer's orders, such as "Total spent" or "дата последнего заказа"."""
    read = normal(header[:_LONGEST_HEADER])
    words = data("people.toml")["summaries"]["words"]
    return any(
        read == word or (" " in word and f" {word} " in f" {read} ") or (word[0] >= "一" and word in read)
        for word in words
    )


def _likeliest(name: str, headers: Sequence[str], seen: dict[str, Evidence]) -> tuple[float, str] | None:
    ranked = [(_confidence(name, header, seen[header]), header) for header in headers]
    confidence, header = max(ranked, key=lambda pair: pair[0], default=(0.0, ""))
    least = _PART_ENOUGH if name in PARTS else _ENOUGH
    return (confidence, header) if confidence >= least else None


def _confidence(name: str, header: str, cells: Evidence) -> float:
    scores = _scores(header)
    if scores[name] > 0 and (scores[name] >= max(scores.values()) - 0.001 or name == "customer"):
        return scores[name] * (0.5 + 0.5 * fit(name, cells))
    return 0.6 if name == "email" and max(scores.values()) < _ENOUGH and cells.emails >= 0.8 else 0.0


@cache
def _scores(header: str) -> dict[str, float]:
    """How well a header names each field of a customer, 0..1; sums over orders and nothing else name none."""
    read = normal(header[:_LONGEST_HEADER])
    if is_summary(header):
        return dict.fromkeys(CUSTOMER_FIELDS, 0.0)
    return {name: words_score(read, _words(name)) for name in CUSTOMER_FIELDS}


@cache
def _words(name: str) -> dict[str, list[str]]:
    """The words of a field in files of customers."""
    usual, own = data("columns.toml").get(name, {}), data("people.toml").get(name, {})
    return {tier: [*usual.get(tier, ()), *own.get(tier, ())] for tier in ("best", "good", "weak", "avoid")}


def _tidied(columns: dict[str, ColumnChoice], seen: dict[str, Evidence]) -> dict[str, ColumnChoice]:
    """A first name without a last one is the name; a customer column that holds contacts or names is one of those."""
    columns = dict(columns)
    if "first_name" in columns and "last_name" not in columns and "name" not in columns:
        columns["name"] = columns.pop("first_name")
    if "last_name" in columns and "name" in columns and columns["name"].confidence < SURE_NAME:
        del columns["name"]  # a company beside the person's own name
    if _knows_by_name(columns) and "customer" not in columns and "name" in columns:
        columns["customer"] = columns.pop("name")
    held = columns.get("customer")
    if held is not None:
        kind = kind_of_customer(held.source, seen)
        is_name = kind == "name" and held.confidence < _CERTAIN and not _knows_by_name(columns)
        if kind in {"email", "phone"} or is_name:
            del columns["customer"]
            if held.source not in {each.source for each in columns.values()}:
                columns.setdefault(kind, held)
    return {name: columns[name] for name in CUSTOMER_FIELDS if name in columns and _is_used(name, columns, seen)}


def _knows_by_name(columns: Mapping[str, ColumnChoice]) -> bool:
    """A survey that has names alone is of customers who go by them in the orders, too."""
    return bool(columns.keys() & _SURVEYED) and not columns.keys() & {"email", "phone"}


def _is_used(name: str, columns: Mapping[str, ColumnChoice], seen: dict[str, Evidence]) -> bool:
    """A column of customer ids with nothing in it is none."""
    return name != "customer" or says_something(seen[columns[name].source])
