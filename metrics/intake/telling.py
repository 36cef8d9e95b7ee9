"""Further columns that say what became of a row: second statuses, kinds of documents, flags of a refund."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from metrics.intake.columns import Choice, ranked
from metrics.intake.evidence import evidence_of
from metrics.intake.money import parse_money
from metrics.intake.presets import Preset
from metrics.intake.words import data, normal, placeholders, says_document, says_operation, says_payment, says_refund

Refunds = Literal["money", "answers", "list"]

_MOST_STATUSES = 50
_NEARLY_ALL = 0.9
_LISTED = "refund items"


@dataclass(frozen=True, slots=True)
class Telling:
    """Places of columns: `statuses` that keep a row out as well, `operations` that say whether it is a refund.

    `documents`: those of the operations in which payments, which are no orders, may stand among sales.
    `deliveries`: those of the statuses that say how far the delivery is. `refunds`: what the column of refunds holds:
    sums of money, answers to "was it refunded", or lists of refunds.
    """

    statuses: tuple[int, ...] = ()
    deliveries: frozenset[int] = frozenset()
    operations: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    refunds: Refunds = "money"


NOTHING_MORE = Telling()


def telling_columns(
    headers: Sequence[str], rows: Sequence[Sequence[str]], choice: Choice, preset: Preset | None
) -> Telling:
    """Which columns tell more of a row than those of its fields. A known export has named all its statuses itself."""
    used = {each.source for name, each in choice.columns.items() if name not in {"status", "order_id"}}
    free = [header for header in headers if header not in used]
    kinds = [header for header in free if _is_operation(header, headers, rows, choice)]
    if preset is not None:
        kinds = [header for header in kinds if header in {choice.source("status"), choice.source("order_id")}]
    documents = [header for header in kinds if not says_operation(header)]
    statuses = [] if preset is not None else _statuses(free, headers, rows, choice)
    refunded = choice.source("refunded")
    return Telling(
        statuses=_places(headers, statuses),
        deliveries=frozenset(_places(headers, filter(_is_of_delivery, statuses))),
        operations=_places(headers, kinds),
        documents=_places(headers, (each for each in documents if _holds_orders(_cells(headers, rows, each)))),
        refunds="money" if refunded is None else _kind_of_refunds(refunded, _cells(headers, rows, refunded)),
    )


def _is_of_delivery(header: str) -> bool:
    return any(word in normal(header) for word in data("statuses.toml")["of_delivery"])


def _statuses(free: Sequence[str], headers: Sequence[str], rows: Sequence[Sequence[str]], choice: Choice) -> list[str]:
    """The statuses beside the one that is read as such; none where a person has chosen another one, or none at all."""
    seen = {header: evidence_of(_cells(headers, rows, header)) for header in free}
    found = [header for _, header in ranked("status", free, seen)]
    if not found or found[0] != choice.source("status"):
        return []
    others = [header for header in found[1:] if seen[header].n_distinct <= _MOST_STATUSES]
    return [
        each for each in others if not says_operation(each) and normal(each) not in data("statuses.toml")["of_address"]
    ]


def _is_operation(header: str, headers: Sequence[str], rows: Sequence[Sequence[str]], choice: Choice) -> bool:
    """Whether a column says what each row does: by its name, or as order numbers that have words before them."""
    if says_operation(header) or says_document(header):
        return True
    cells = _cells(headers, rows, header) if header == choice.source("order_id") else []
    return any(cell[0].isalpha() and (" " in cell or says_refund(cell)) for cell in cells)


def _holds_orders(cells: Iterable[str]) -> bool:
    """Whether some documents are no payments; where all are, they are what there is."""
    return not all(map(says_payment, cells))


def _kind_of_refunds(header: str, cells: Sequence[str]) -> Refunds:
    if normal(header) == _LISTED:
        return "list"
    numbers = {parse_money(cell, "point") for cell in cells}
    words = [cell.casefold() for cell in cells if parse_money(cell, "point") is None and cell != "-"]
    if not numbers <= {None, Decimal(0), Decimal(1)}:
        return "money"
    if normal(header).split()[:1] in (["is"], ["was"]) or (not words and Decimal(1) in numbers):
        return "answers"
    known = {*data("words.toml")["yes"], *data("words.toml")["no"], *placeholders()}
    return "answers" if words and sum(word in known for word in words) >= _NEARLY_ALL * len(words) else "money"


def _cells(headers: Sequence[str], rows: Sequence[Sequence[str]], header: str) -> list[str]:
    place = headers.index(header)
    return [cell for row in rows if (cell := row[place].strip())]


def _places(headers: Sequence[str], found: Iterable[str]) -> tuple[int, ...]:
    return tuple(headers.index(header) for header in found)
