"""Which column is what: by its name in three languages, checked against what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from rapidfuzz import fuzz

from metrics.errors import IntakeError
from metrics.intake.contract import FIELDS, NEEDED, ColumnChoice
from metrics.intake.evidence import Evidence, evidence_of
from metrics.intake.presets import Preset
from metrics.intake.words import data, normal, placeholders, says_document

CustomerKind = Literal["id", "email", "phone", "name"]

MOST_COLUMNS = 2_000
"""Columns of a table; a list of orders has a few dozen."""

_TIERS = {"best": 1.0, "good": 0.85, "weak": 0.6}
_ENOUGH = 0.4
_LONGEST_HEADER = 200
_TIE = 0.03
_NUMBERED = re.compile(r"(.+) \(\d+\)")
_MONEY = frozenset({"amount", "price", "quantity", "refunded", "cost", "margin"})
_CERTAIN = 1.0
_CONTACTS = frozenset({"email", "phone", "name"})
_OF_CUSTOMER = {"customer", *_CONTACTS}
_NEARLY_ALL = 0.9
_FEW = 3
_TELLING_NAMES = 5
_SURE_NAME = 0.8
_SAMPLE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the columns are; `unclear` holds the needed fields that have to be asked, with their likeliest headers."""

    columns: dict[str, ColumnChoice]
    unclear: dict[str, tuple[str, ...]] = field(default_factory=dict)
    customer_kind: CustomerKind = "id"

    def source(self, name: str) -> str | None:
        """The header of a field, None where it has none."""
        choice = self.columns.get(name)
        return choice.source if choice else None


@cache
def name_scores(header: str) -> dict[str, float]:
    """How well a header names each field, 0..1."""
    read = normal(header[:_LONGEST_HEADER])
    return {name: _name_score(read, name) for name in FIELDS if name in data("columns.toml")}


def is_known_header(cell: str) -> bool:
    """Whether a cell is a name that some field goes by."""
    return len(cell) <= 60 and max(name_scores(cell.strip()).values()) >= 0.55


def choose_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    chosen: dict[str, str | None] | None = None,
    preset: Preset | None = None,
) -> Choice:
    """Fields -> columns of a table from its headers and first rows.

    `chosen` (a person's) goes before everything, then the columns of a known export. Raises IntakeError
    `too_many_columns` (facts: columns).
    """
    if len(headers) > MOST_COLUMNS:
        raise IntakeError("too_many_columns", columns=len(headers))
    chosen = chosen or {}
    seen = {header: evidence_of([row[place] for row in rows]) for place, header in enumerate(headers)}
    columns: dict[str, ColumnChoice] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    for name in FIELDS:
        if name in chosen:
            if (header := chosen[name]) is not None:
                columns[name] = ColumnChoice(header, _CERTAIN, seen[header].examples)
            continue
        if preset is not None and (known := of_preset(preset, name, seen)) is not None:
            columns[name] = ColumnChoice(known, _CERTAIN, seen[known].examples)
            continue
        if preset is not None and (name not in NEEDED or (name == "customer" and _CONTACTS & preset.columns.keys())):
            continue  # the export is known: what it does not name as a field is none
        taken = {header for header in chosen.values() if header}
        found = ranked(name, [header for header in headers if header not in taken], seen)
        if not found:
            continue
        confidence, header = found[0]
        likely = [other for score, other in found if confidence - score < _TIE]
        if name == "amount":
            likely += [other for other in opposites(header, seen) if other not in {*likely, *taken}]
        rivals = tuple(other for other in likely if other == header or not _is_copy(headers, rows, header, other))
        if name in {"date", "amount", "customer"} and len(rivals) > 1:
            unclear[name] = rivals
        else:
            columns[name] = ColumnChoice(header, round(confidence, 3), seen[header].examples)
    return _completed(columns, unclear, chosen, seen)


def of_preset(preset: Preset, name: str, seen: dict[str, Evidence]) -> str | None:
    """The header that a known export has for a field: the first one with anything in it, else the first there."""
    by_normal = {normal(header): header for header in reversed(seen)}
    held = [by_normal[word] for each in preset.columns.get(name, ()) if (word := normal(each)) in by_normal]
    return next((header for header in held if says_something(seen[header])), held[0] if held else None)


def says_something(cells: Evidence) -> bool:
    """Whether there is more in a column than nought and other words for nothing."""
    return any(example.casefold() not in placeholders() for example in cells.examples)


def _given_name(header: str, headers: Container[str]) -> str:
    """The name as the file has it: `amount (2)` stands for a second `amount`."""
    found = _NUMBERED.fullmatch(header)
    return found[1] if found and found[1] in headers else header


def _is_copy(headers: Sequence[str], rows: Sequence[Sequence[str]], header: str, other: str) -> bool:
    """Whether a second column says the same in every row, or has the same name and nothing in it.

    Under another name it may say something else below a sample that is not the whole file.
    """
    one, two = headers.index(header), headers.index(other)
    is_same = all(row[one] == row[two] for row in rows)
    if _given_name(other, headers) != _given_name(header, headers):
        return is_same and len(rows) < _SAMPLE_ROWS
    return is_same or not any(row[two].strip() for row in rows)


def _name_score(header: str, name: str) -> float:
    return words_score(header, data("columns.toml")[name])


def words_score(header: str, words: dict[str, list[str]]) -> float:
    """How well a header in its normal form is one of the `words` (best, good, weak, avoid) of a field, 0..1."""
    best = 0.0
    is_avoided = _holds(header, words["avoid"])
    for tier, weight in _TIERS.items():
        for word in words[tier]:
            synonym = normal(word)
            if header == synonym:
                best = max(best, weight)
            elif not is_avoided and best < weight * 0.9:
                best = max(best, weight * _likeness(header, synonym))
    return best


def _is_avoided(header: str, name: str) -> bool:
    return _holds(header, data("columns.toml")[name]["avoid"])


def _holds(header: str, avoid: Sequence[str]) -> bool:
    """Whether the header holds a word that makes it something else; short Latin ones count as whole words only."""
    tokens = header.split()
    return any(
        word in tokens if len(word) <= 4 and word.isascii() else word in header for word in map(normal, avoid) if word
    )


def _likeness(header: str, synonym: str) -> float:
    """0.85 for a header that holds the synonym as whole words, up to 0.9 for one spelt nearly the same, else 0."""
    is_near = header.count(" ") - synonym.count(" ") <= 2
    if len(synonym) >= 5 and is_near and f" {synonym} " in f" {header} ":
        return 0.85
    if len(synonym) >= 3 and synonym[0] >= "一" and synonym in header:
        return 0.85
    ratio = fuzz.ratio(header, synonym, score_cutoff=87) if len(synonym) >= 5 else 0.0
    return ratio / 100 * 0.9


def ranked(name: str, headers: Sequence[str], seen: dict[str, Evidence]) -> list[tuple[float, str]]:
    """Columns that may be the field, likeliest first."""
    found: list[tuple[float, str]] = []
    for header in headers:
        scores = name_scores(_given_name(header, seen))
        if _belongs(name, scores) and not _is_ruled_out(name, header, scores, seen[header]):
            confidence = scores[name] * (0.5 + 0.5 * fit(name, seen[header]))
        else:
            confidence = _by_content(name, header, seen[header]) if max(scores.values()) < _ENOUGH else 0.0
        if confidence >= _ENOUGH:
            found.append((confidence, header))
    return sorted(found, key=lambda pair: -pair[0])


def _belongs(name: str, scores: dict[str, float]) -> bool:
    """Whether a header names the field, and none better; one that names the customer may be a name or a contact too."""
    others = scores.keys() - _OF_CUSTOMER if name == "customer" else scores.keys()
    return scores[name] > 0 and scores[name] >= max(scores[other] for other in others) - 0.001


def _is_ruled_out(name: str, header: str, scores: dict[str, float], cells: Evidence) -> bool:
    """Whether the cells say that a header which names the field means something else by it."""
    if name in {"customer", "name"}:
        is_plural = normal(header).split()[-1:] in [[word] for word in data("columns.toml")["customer"]["counts"]]
        return is_plural and cells.numbers >= _NEARLY_ALL
    if name == "order_id":
        return says_document(header) and cells.with_digits < 0.1 and cells.n_distinct < cells.n_filled
    return name == "amount" and scores["paid"] > 0 and cells.answers >= _NEARLY_ALL


def opposites(header: str, seen: dict[str, Evidence]) -> list[str]:
    """Columns of numbers that are named as `header` is but for net and gross, or with and without."""
    held = f" {normal(header)} "
    turned = {
        held.replace(one, other) if one >= "一" else held.replace(f" {one} ", f" {other} ")
        for pair in data("columns.toml")["amount"]["opposites"]
        for one, other in (pair, pair[::-1])
    } - {held}
    return [other for other in seen if f" {normal(other)} " in turned and fit("amount", seen[other]) > 0]


def fit(name: str, cells: Evidence) -> float:
    """How well the cells suit the field, 0..1; below zero rules the column out."""
    if cells.n_filled == 0:
        return 0.0
    if name in {"customer", "order_id"}:
        return -1.0 if cells.certain_dates >= 0.9 and cells.has_date_marks else 1.0
    share, least = {
        "date": (cells.dates, 0.5),
        "email": (cells.emails, 0.3),
        "phone": (cells.phones, 0.3),
        "paid": (cells.answers, _NEARLY_ALL),
        **dict.fromkeys(_MONEY, (cells.numbers, 0.5)),
        "margin": (cells.numbers + cells.percents, 0.5),
        "refunded": (max(cells.numbers, cells.answers), 0.5),
    }.get(name, (1.0, 0.0))
    return share if share >= least else -1.0


def _by_content(name: str, header: str, cells: Evidence) -> float:
    """Confidence from the cells alone, for columns whose name says nothing."""
    if _is_avoided(normal(header), name):
        return 0.0
    if name == "date" and cells.certain_dates >= 0.9:
        return 0.5
    if name == "amount" and cells.numbers >= 0.95 and cells.fractions >= 0.3 and cells.certain_dates < 0.5:
        return 0.45
    if name == "email" and cells.emails >= 0.8:
        return 0.6
    return 0.0


def _completed(
    columns: dict[str, ColumnChoice],
    unclear: dict[str, tuple[str, ...]],
    chosen: dict[str, str | None],
    seen: dict[str, Evidence],
) -> Choice:
    """The customer by e-mail, phone or name where there is no id; quantity x price where there is no amount."""
    kind: CustomerKind = "id"
    if "customer" not in unclear and "customer" not in chosen:
        candidates: tuple[CustomerKind, ...] = ("email", "phone", "name")
        found = columns.get("customer")
        if found is None or kind_of_customer(found.source, seen) == "name":
            filled = (each for each in candidates if each in columns and says_something(seen[columns[each].source]))
            kind = next(filled, "name" if found else "id")
            if kind in columns:
                columns["customer"] = columns[kind]
            if _is_of_others(kind, columns, seen):
                unclear["customer"] = (columns[kind].source, columns["name"].source)
                del columns["customer"]
    if "customer" in columns:
        kind = kind_of_customer(columns["customer"].source, seen)
    products = {"quantity", "price"} <= columns.keys()
    if {"quantity", "price"} <= {name for name, header in chosen.items() if header} and not chosen.get("amount"):
        columns.pop("amount", None)
        unclear.pop("amount", None)
    elif "amount" not in columns and "amount" not in unclear and not products and "price" in columns:
        columns["amount"] = columns.pop("price")
    missing = [name for name in ("customer", "date", "amount") if name not in columns and name not in unclear]
    if "amount" in missing and products:
        missing.remove("amount")
    return Choice(columns, unclear | dict.fromkeys(missing, ()), kind)


def _is_of_others(kind: CustomerKind, columns: dict[str, ColumnChoice], seen: dict[str, Evidence]) -> bool:
    """Whether there are far fewer e-mails or phones than names: they may be those of whoever served the customers."""
    if kind not in {"email", "phone"} or not {kind, "name"} <= columns.keys():
        return False
    contacts, names = seen[columns[kind].source], seen[columns["name"].source]
    is_certain = columns["name"].confidence >= _SURE_NAME and 2 * contacts.n_filled >= names.n_filled
    return is_certain and names.n_distinct >= max(_TELLING_NAMES, _FEW * contacts.n_distinct)


def kind_of_customer(header: str, seen: dict[str, Evidence]) -> CustomerKind:
    """What a column that names the customer names: an id, an e-mail, a phone or a name."""
    scores, cells = name_scores(header), seen[header]
    if cells.emails >= 0.5:
        return "email"
    if scores["phone"] > max(scores["customer"], scores["name"]) and cells.phones >= 0.5:
        return "phone"
    return "name" if scores["name"] > scores["customer"] and not cells.is_code_like else "id"
