"""Amounts with a decimal comma that were written unquoted between commas: `1234,50` fell into two cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from metrics.intake.columns import name_scores

_MONEY = ("amount", "price", "cost", "margin")
_SURE = 0.55
_WHOLE = re.compile(r"-?\d+")
_CENTS = re.compile(r"\d{1,2}")


def mended_rows(
    rows: Sequence[list[str]], first_row: int
) -> Callable[[Iterator[list[str]]], Iterator[list[str]]] | None:
    """What puts the amounts of rows together, where their decimals stand in a cell of their own beyond doubt.

    Rows (those from `first_row`) have one cell more than the header above, and exactly one column of money holds whole
    numbers with one or two digits behind them in all of these rows.
    """
    names = _filled(rows[first_row - 1]) if first_row else []
    data = [_filled(row) for row in rows[first_row:]]
    longer = [row for row in data if len(row) == len(names) + 1]
    if not names or not longer or any(len(row) > len(names) + 1 for row in data):
        return None
    places = [
        place
        for place, name in enumerate(names)
        if max(name_scores(name)[each] for each in _MONEY) >= _SURE
        and all(_WHOLE.fullmatch(row[place].strip()) and _CENTS.fullmatch(row[place + 1].strip()) for row in longer)
    ]
    return partial(_joined, place=places[0], width=len(names)) if len(places) == 1 else None


def _joined(rows: Iterator[list[str]], place: int, width: int) -> Iterator[list[str]]:
    for row in rows:
        cells = _filled(row)
        if len(cells) == width + 1:
            cells[place : place + 2] = [f"{cells[place]},{cells[place + 1]}"]
        yield cells


def _filled(row: Sequence[str]) -> list[str]:
    """The cells up to the last one that is not blank."""
    return list(row[: max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)])
