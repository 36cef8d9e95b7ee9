"""Calendar periods: months, quarters and years that cover a history."""

from __future__ import annotations

from datetime import date, timedelta

from metrics.settings import PeriodKind

MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "year": 12}


def add_months(day: date, months: int) -> date:
    """The first day of the month `months` later than the month of `day` (which is then taken as its first)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_start(day: date, kind: PeriodKind) -> date:
    """The first day of the month, quarter or year in which `day` lies."""
    months = MONTHS[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def spans(first: date, last: date, kind: PeriodKind) -> list[tuple[date, date]]:
    """Start and end (inclusive) of every calendar period from the one of `first` to the one of `last`."""
    found = []
    start = period_start(first, kind)
    while start <= last:
        following = add_months(start, MONTHS[kind])
        found.append((start, following - timedelta(days=1)))
        start = following
    return found
