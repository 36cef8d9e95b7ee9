"""The ways in which a table may be a grouped report, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from metrics.intake.columns import choose_columns, name_scores
from metrics.intake.levels import document_of, is_total, level_of
from metrics.intake.money import Mark, column_mark
from metrics.intake.plan import MONEY
from metrics.intake.table import Table

_BETWEEN_NAMES = re.compile(r"\s*[/,;>→|\n]\s*")
_MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a grouped report.

    `groups`: the column of each group level, outermost first; in a tree all of them are the column of `document`.
    `names`: their headers; `customer`: which of them is the customer. `item`: the column of items, None without such
    rows. `date`: the column of dates, None where they stand in the documents' texts. `amount`: the column whose sums
    are checked. `carried`: columns that only group rows fill. `is_certain`: this can be nothing but a grouped report.
    """

    headers: tuple[str, ...]
    document: int
    groups: tuple[int, ...]
    names: tuple[str, ...]
    customer: int
    is_tree: bool
    date: int | None = None
    item: int | None = None
    amount: int | None = None
    mark: Mark = "point"
    carried: frozenset[int] = frozenset()
    is_certain: bool = True

    @property
    def others(self) -> tuple[int, ...]:
        """The columns of the report that go on as they are."""
        return tuple(place for place in range(len(self.headers)) if place not in {self.document, *self.groups})

    @property
    def flat_headers(self) -> list[str]:
        """The headers of the flat table."""
        levels = ["customer" if place == self.customer else name for place, name in enumerate(self.names)]
        dates = ["date"] if self.date is None else []
        return [*levels, "order id", *dates, *(self.headers[place] for place in self.others)]


def layouts(table: Table) -> Iterator[Layout]:
    """The layouts that a table may have, by its headers and sampled rows."""
    columns = list(zip(*table.rows, strict=True)) if table.rows else []
    counts = [sum(1 for cell in column if document_of(cell)) for column in columns]
    named = [any(map(level_of, _names(table, place))) for place in range(table.width)]
    if not any(counts) and not (columns and any(named)):
        return
    base = _base(table, columns)
    place = counts.index(max(counts))
    if counts[place] and (counts[place] * 2 >= _n_rows(table) or named[place]):
        yield from _with_texts(replace(base, document=place), table, columns)
    elif base.date is not None:
        yield from _with_dates(base, table, columns)


def _base(table: Table, columns: Sequence[Sequence[str]]) -> Layout:
    """What every layout of a table shares: its dates and its amount."""
    choice = choose_columns(table.headers, table.rows)
    rivals = choice.unclear.get("amount", ())
    header = choice.source("amount") or (rivals[0] if rivals else None)
    amount = table.headers.index(header) if header else None
    mark = column_mark(columns[amount])[0] if amount is not None else None
    dates = choice.source("date")
    is_date = dates is not None and document_of(next(filter(None, columns[table.headers.index(dates)]), "")) is None
    return Layout(
        table.headers, 0, (), (), 0, is_tree=False,
        date=table.headers.index(dates) if dates and is_date else None, amount=amount, mark=mark or "point",
    )  # fmt: skip


def _with_texts(base: Layout, table: Table, columns: Sequence[Sequence[str]]) -> Iterator[Layout]:
    """Layouts of a table in which one column holds documents as texts."""
    if _is_ordinary(base, table, columns):
        return
    filled = [cell for cell in columns[base.document] if cell.strip()]
    labels = [cell for cell in filled if document_of(cell) is None and not is_total(cell)]
    if labels and len(labels) * 50 >= len(filled):
        yield from _trees(base, table)
        return
    groups = _group_columns(base, table, columns)
    customers = [place for place in groups if level_of(table.headers[place]) == "customer"]
    if len(customers) != 1:
        return
    held = columns[customers[0]]
    documents = [place for place, cell in enumerate(columns[base.document]) if cell.strip()]
    is_flat = all(held[place].strip() for place in documents) and len(documents) >= 0.95 * _n_rows(table)
    if is_flat and base.date is not None:
        return
    yield _stairs(base, table, groups, customers[0])


def _is_ordinary(base: Layout, table: Table, columns: Sequence[Sequence[str]]) -> bool:
    """Whether nearly every row names its own customer beside its date."""
    customers = [place for place, header in enumerate(table.headers) if level_of(header) == "customer"]
    if base.date is None or len(customers) != 1 or customers[0] == base.document:
        return False
    pairs = zip(columns[base.date], columns[customers[0]], strict=True)
    return sum(1 for day, who in pairs if day.strip() and who.strip()) * 10 >= _n_rows(table) * 9


def _with_dates(base: Layout, table: Table, columns: Sequence[Sequence[str]]) -> Iterator[Layout]:
    """Layouts of a table whose documents are told by a date of their own, none of which is certain."""
    if base.date is None:
        return
    levels = [level_of(header) for header in table.headers]
    dated = [bool(cell.strip()) for cell in columns[base.date]]
    customers = [place for place, level in enumerate(levels) if level == "customer"]
    documents = [place for place, header in enumerate(table.headers) if _is_order_id(header)]
    if len(customers) == 1 and len(documents) == 1 and customers != documents:
        held = [bool(cell.strip()) for cell in columns[customers[0]]]
        numbered = [bool(cell.strip()) for cell in columns[documents[0]]]
        apart = sum(1 for a, b, c in zip(held, numbered, dated, strict=True) if a != b and b == c)
        likely = replace(base, document=documents[0])
        if not all(dated) and apart * 20 >= 19 * _n_rows(table):
            groups = _group_columns(likely, table, columns)
            yield _stairs(replace(likely, is_certain=sum(held) >= 2), table, groups, customers[0])
        elif _is_written_once(columns[customers[0]], columns[documents[0]], dated):
            yield _stairs(likely, table, [customers[0]], customers[0])
    if not all(dated) and any(dated):
        for place in {*customers, *documents}:
            if all(cell.strip() or not any(row) for cell, row in zip(columns[place], table.rows, strict=True)):
                yield from (replace(each, is_certain=False) for each in _trees(replace(base, document=place), table))


def _is_written_once(customers: Sequence[str], numbers: Sequence[str], dated: Sequence[bool]) -> bool:
    """Whether every customer stands on the first of its rows only, and every row is another order."""
    named = [cell for cell in customers if cell.strip()]
    return (
        all(dated)
        and len(named) >= 3
        and len(set(named)) == len(named)
        and len(named) * 10 <= len(customers) * 7
        and bool(customers[0].strip())
        and len(set(numbers)) == len(numbers)
        and all(cell.strip() for cell in numbers)
    )


def _trees(base: Layout, table: Table) -> Iterator[Layout]:
    """Trees with their levels as the header names them, else with one level of groups."""
    names = _names(table, base.document)
    levels = [level_of(name) for name in names]
    groups = [name for name, level in zip(names, levels, strict=True) if level in {"customer", "other"}]
    kinds = [level for level in levels if level in {"customer", "other"}]
    if len(groups) > _MOST_LEVELS or kinds.count("customer") > 1 or (groups and "customer" not in kinds):
        groups = [""] * (_MOST_LEVELS + 1)  # no reading: as many levels as no report has
    groups = groups or [""]
    customer = kinds.index("customer") if "customer" in kinds else 0
    tree = replace(
        base, is_tree=True, groups=(base.document,) * len(groups), names=tuple(groups), customer=customer,
        carried=_carried(base, table),
    )  # fmt: skip
    with_items = replace(tree, item=base.document)
    yield from (with_items, tree) if "item" in levels else (tree, with_items)


def _names(table: Table, place: int) -> list[str]:
    """The names of the levels that the header of a column gives."""
    return [name for line in table.lines for name in _BETWEEN_NAMES.split(line[place]) if name.strip()]


def _stairs(base: Layout, table: Table, groups: Sequence[int], customer: int) -> Layout:
    items = [place for place, header in enumerate(table.headers) if level_of(header) == "item"]
    kept = [place for place in groups if place not in items]
    layout = replace(
        base,
        groups=tuple(kept),
        names=tuple(table.headers[place] for place in kept),
        customer=kept.index(customer),
        item=items[0] if items else None,
    )
    return replace(layout, carried=_carried(layout, table))


def _group_columns(base: Layout, table: Table, columns: Sequence[Sequence[str]]) -> list[int]:
    """Columns of groups: those with the name of a level, filled on some rows and left of the documents or alone."""
    return [
        place
        for place, header in enumerate(table.headers)
        if place not in {base.document, base.date, base.amount}
        and level_of(header) in {"customer", "other"}
        and any(cell.strip() for cell in columns[place])
    ]


def _carried(layout: Layout, table: Table) -> frozenset[int]:
    """Columns that are blank on every document and filled on some group row, money left out."""
    rows = [row for row in table.rows if any(row)]
    documents = [row for row in rows if is_document(layout, row)]
    money = {place for place, header in enumerate(table.headers) if _best_field(header) in MONEY}
    return frozenset(
        place
        for place in layout.others
        if place not in money
        and not any(row[place].strip() for row in documents)
        and any(row[place].strip() for row in rows)
    )


def is_document(layout: Layout, row: Sequence[str]) -> bool:
    """Whether a row of a tree is a document."""
    if document_of(row[layout.document]) is not None:
        return True
    return layout.date is not None and bool(row[layout.date].strip()) and bool(row[layout.document].strip())


def _is_order_id(header: str) -> bool:
    return level_of(header) == "document" or _best_field(header) == "order_id"


def _best_field(header: str) -> str:
    scores = name_scores(header)
    return max(scores, key=lambda name: scores[name]) if max(scores.values()) > 0 else ""


def _n_rows(table: Table) -> int:
    return sum(1 for row in table.rows if any(cell.strip() for cell in row))
