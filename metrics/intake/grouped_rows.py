"""The rows of a grouped report, one after the other, made into rows of a flat table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metrics.errors import IntakeError
from metrics.intake.grouped_layout import Layout, is_document
from metrics.intake.levels import document_of, is_grand_total, is_total
from metrics.intake.money import parse_money
from metrics.intake.words import says_payment, says_refund

_CENT = Decimal("0.01")


@dataclass(slots=True)
class _Sum:
    """What a group or a document says that it comes to (None: nothing), and what its parts came to so far."""

    said: Decimal | None = None
    parts: Decimal = Decimal(0)
    n_parts: int = 0

    def add(self, amount: Decimal | None) -> None:
        self.parts += amount or 0
        self.n_parts += 1

    @property
    def is_used_up(self) -> bool:
        return self.said is not None and abs(self.said - self.parts) <= _CENT * max(1, self.n_parts) / 2


@dataclass(slots=True)
class _Group:
    label: str
    sum: _Sum
    row: Sequence[str]


class Flattener:
    """Turns report rows into flat ones; `n_groups` groups held several rows, `n_checked` of them added up."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._open: list[_Group | None] = [None] * len(layout.groups)
        self._waiting: list[Sequence[str]] = []
        self._document: list[str] | None = None
        self._items = _Sum()
        self._dates: dict[str, str] = {}
        self._all = _Sum()
        self._total: Decimal | None = None
        self._n_group_rows = self._n_named = self._n_unnamed = 0
        self.n_checked = 0

    @property
    def n_groups(self) -> int:
        """How many groups were taken apart."""
        return self._n_group_rows or (self._n_named if self._n_unnamed else 0)

    def flat(self, rows: Iterable[Sequence[str]], *, is_whole: bool = True) -> Iterator[list[str]]:
        """The flat rows; raises IntakeError `grouped_report_unclear` where something does not add up.

        Where the rows are not the whole file the sums that are still open at its end are left alone.
        """
        places = tuple(dict.fromkeys((*self._layout.groups, self._layout.document)))
        for row in rows:
            labels = [cell for cell in (next(filter(str.strip, row), ""), *(row[place] for place in places)) if cell]
            if any(map(is_total, labels)):
                self._total = self._amount(row) if any(map(is_grand_total, labels)) else None
            elif labels:
                yield from self._in_tree(row) if self._layout.is_tree else self._on_stairs(row)
        if is_whole:
            self._end()

    def _in_tree(self, row: Sequence[str]) -> Iterator[list[str]]:
        if is_document(self._layout, row):
            self._enter_waiting()
            yield from self._begin_document(row)
        elif self._layout.item is not None and self._document is not None and not self._is_complete():
            yield from self._item(row)
        else:
            self._waiting.append(row)
            if len(self._waiting) > len(self._open):
                self._refuse_unless_note()

    def _on_stairs(self, row: Sequence[str]) -> Iterator[list[str]]:
        layout = self._layout
        filled = [level for level, place in enumerate(layout.groups) if row[place].strip()]
        is_document_row = bool(row[layout.document].strip())
        for level in filled:
            label = row[layout.groups[level]].strip()
            is_last = not is_document_row and level == filled[-1]
            held = self._open[level]
            if is_last or held is None or held.label != label:
                self._open_group(level, _Group(label, _Sum(self._amount(row) if is_last else None), row))
        if is_document_row:
            # A group without a row of its own shows by the documents that do not name it.
            self._n_named += layout.customer in filled
            self._n_unnamed += layout.customer not in filled
            yield from self._begin_document(row)
        elif filled:
            self._n_group_rows += 1
        elif self._document is not None and layout.item is not None:
            yield from self._item(row)
        elif self._amount(row) is not None:
            raise IntakeError("grouped_report_unclear")

    def _enter_waiting(self) -> None:
        rows, self._waiting = self._waiting, []
        if len(rows) > len(self._open):
            raise IntakeError("grouped_report_unclear")
        for level, row in enumerate(rows, len(self._open) - len(rows)):
            label = row[self._layout.document].strip()
            self._open_group(level, _Group(label, _Sum(self._amount(row)), row))
            self._n_group_rows += 1

    def _open_group(self, level: int, group: _Group) -> None:
        self._end_document()
        for place in range(level, len(self._open)):
            self._close(self._open[place])
            self._open[place] = None
        if level and self._open[level - 1] is None and self._layout.is_tree:
            raise IntakeError("grouped_report_unclear")
        self._open[level] = group

    def _close(self, group: _Group | None) -> None:
        if group is None or group.sum.said is None:
            return
        if not group.sum.is_used_up:
            raise IntakeError("grouped_report_unclear")
        self.n_checked += 1

    def _begin_document(self, row: Sequence[str]) -> Iterator[list[str]]:
        self._end_document()
        if self._open[self._layout.customer] is None:
            raise IntakeError("grouped_report_unclear")
        amount, item = self._amount(row), self._layout.item
        is_item_too = item not in {None, self._layout.document} and bool(row[item or 0].strip())
        self._items = _Sum(None if is_item_too else amount)
        self._document = self._flat_row(row)
        self._total = None
        self._count(amount)
        if amount is not None or item is None:
            yield self._document

    def _item(self, row: Sequence[str]) -> Iterator[list[str]]:
        amount = self._amount(row)
        if self._document is None or (amount is None and self._layout.amount is not None):
            raise IntakeError("grouped_report_unclear")
        self._items.add(amount)
        if self._items.said is None:
            self._count(amount)
            yield [*self._document[: -len(self._layout.others)], *self._cells_of_item(row)]

    def _cells_of_item(self, row: Sequence[str]) -> Iterator[str]:
        """An item's own cells, beside those of its document that go for all items."""
        layout = self._layout
        for place, own in zip(layout.others, (self._document or [])[-len(layout.others) :], strict=True):
            yield own if place == layout.date or place in layout.carried else row[place]

    def _is_complete(self) -> bool:
        if self._items.said is not None:
            return self._items.is_used_up
        group = self._open[-1]
        if group is None or group.sum.said is None:
            raise IntakeError("grouped_report_unclear")
        return group.sum.is_used_up

    def _count(self, amount: Decimal | None) -> None:
        if amount is not None:
            self._all.add(amount)
            for group in self._open:
                if group is not None:
                    group.sum.add(amount)

    def _end_document(self) -> None:
        items = self._items
        if self._document is not None and items.n_parts and items.said is not None and not items.is_used_up:
            raise IntakeError("grouped_report_unclear")
        self._document = None

    def _end(self) -> None:
        self._refuse_unless_note()
        self._end_document()
        for group in self._open:
            self._close(group)
        self._all.said = self._total
        if self._total is not None and self.n_checked == 0 and not self._all.is_used_up:
            raise IntakeError("grouped_report_unclear")

    def _refuse_unless_note(self) -> None:
        """Rows of text at the end without an amount are notes; anything else means that the levels are not these."""
        if any(self._amount(row) is not None for row in self._waiting):
            raise IntakeError("grouped_report_unclear")

    def _flat_row(self, row: Sequence[str]) -> list[str]:
        layout = self._layout
        text = row[layout.document].strip()
        found = document_of(text)
        labels = [group.label if group else "" for group in self._open]
        is_below = (self._amount(row) or 0) < 0
        # What is no sale and does not show it by its sum keeps its whole text, which says so.
        is_told = not is_below and (says_refund(text) or says_payment(text))
        number = text if is_told else self._number(text, found.number if found else text)
        dates = [found.date if found else ""] if layout.date is None else []
        return [*labels, number, *dates, *(self._cell(row, place) for place in layout.others)]

    def _number(self, text: str, number: str) -> str:
        """The document's number, or its whole text where another document bore that number: they start anew yearly."""
        return number if self._dates.setdefault(number, text) == text else text

    def _cell(self, row: Sequence[str], place: int) -> str:
        if place in self._layout.carried:
            held = [
                group.row[place] for group in reversed(self._open) if group is not None and group.row[place].strip()
            ]
            return held[0] if held else row[place]
        return row[place]

    def _amount(self, row: Sequence[str]) -> Decimal | None:
        place = self._layout.amount
        return parse_money(row[place], self._layout.mark) if place is not None else None
