"""Days such as 24/01/05: whether the year of two digits comes first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import duckdb

from metrics.intake.cells import folded
from metrics.intake.dates import DayOrMonth, read_date
from metrics.intake.source import cell
from metrics.statements import statement

_SHORT = re.compile(r"(\d{1,2}([-/.])\d{1,2}\2\d{2})(?!\d)")
_LONG = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}")
_MANY_DAYS = 8
_MANY_YEARS = 20


def year_first(
    connection: duckdb.DuckDBPyConnection, place: int, cells: Sequence[str]
) -> tuple[tuple[DayOrMonth, ...], str]:
    """The orders that a column with the year first leaves, likeliest first, and a cell that they read apart.

    One order is certain; none at all where the year comes last, as it does in most files.
    """
    clean = [folded(text) for text in cells]
    sampled = {found[1] for text in clean if (found := _SHORT.match(text))}
    if not sampled or any(map(_LONG.match, clean)) or not _orders(sampled):
        return (), ""
    rows = connection.execute(statement("staging/short_years").replace("{cell}", cell(place))).fetchall()
    days = sorted(sampled | {text for (text,) in rows})
    orders = _orders(days)
    return orders, next((text for text in days if len({_read(text, order) for order in orders}) > 1), "")


def _orders(days: Collection[str]) -> tuple[DayOrMonth, ...]:
    if any(not text[:2].isdigit() or _read(text, "ymd") is None for text in days):
        return ()
    others: tuple[DayOrMonth, ...] = ("dmy",) if any("." in text for text in days) else ("dmy", "mdy")
    possible = tuple(order for order in others if all(_read(text, order) for text in days))
    if not possible:
        return ("ymd",)
    firsts, lasts = {int(text[:2]) for text in days}, {int(text[-2:]) for text in days}
    # A file has more days of the month than years.
    if (len(firsts), max(lasts)) >= (len(lasts), max(firsts)):
        return ()
    years, span = max(firsts) - min(firsts), max(lasts) - min(lasts)
    is_certain = len(lasts) >= _MANY_DAYS and span >= _MANY_YEARS and 2 * years < span
    return ("ymd",) if is_certain else ("ymd", *possible)


def _read(text: str, order: DayOrMonth) -> str | None:
    found = read_date(text, order, serials=False)
    is_so = found is not None and found.in_range and found.notation.endswith((order, "dotted"))
    return found.at.date().isoformat() if is_so and found is not None and found.at is not None else None
