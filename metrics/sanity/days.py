"""What is odd about the days: a few orders far after the rest, a year of silence, too short a history."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from metrics.calendar import add_months, period_start
from metrics.finding import Finding
from metrics.histograms import Histograms, Ints, day_of
from metrics.settings import Settings
from metrics.workspace import Workspace

FEW_ORDERS = 3
FEW_SHARE = 0.001
"""So many orders (or this share of all, if that is more) are slips of a pen; a shop that goes on sells more."""
REST_PER_FEW = 10
"""The rest has at least so many times the orders: in a handful of orders no date is odd."""
ORDER_DAYS_AT_LEAST = 10
"""With fewer order days there is no usual distance between them."""
LONE_AFTER_DAYS = 60
"""Two months: longer than any holiday of a shop that goes on."""
TIMES_USUAL = 10
"""Who sells once a month may well pause for a quarter; ten times the usual distance is no pause."""
SILENT_DAYS = 365
"""A year holds every season, so even a seasonal business has sold in it."""
WORTH_GOING_BACK = 0.1
"""A stretch before the silence with less than this share of the orders after it is not worth seeing alone."""
SHORTEST_THRESHOLD = 7
"""Days: the shortest threshold of any named industry."""


def lone_late_date(workspace: Workspace, lost_after_days: int) -> Finding | None:
    """A few orders far after all the others: seen from their day nearly everybody is long silent."""
    held = workspace.histograms
    found = None if held is None else _lone_after(*_order_days(held))
    if held is None or found is None:
        return None
    days, orders = _order_days(held)
    until = int(days[found])
    before = workspace.derived(("silence_at", until), lambda: held.silence_at(until))
    facts = {
        "orders": int(orders[found + 1 :].sum()),
        "first_on": day_of(days[found + 1]),
        "last_on": day_of(days[-1]),
        "until": day_of(until),
        "days": int(days[found + 1]) - until,
        "customers": int(held.last_customers.sum()),
        "lost": int(held.last_customers[held.today - held.last_day > lost_after_days].sum()),
        "lost_before": int(before[lost_after_days + 1 :].sum()),
    }
    return Finding("lone_late_date", facts, "as_of", day_of(until), about=day_of(until).isoformat())


def silent_years(workspace: Workspace) -> tuple[Finding, ...]:
    """The last year and more without an order of anyone, and an as-of date that is a year after the last order."""
    held = workspace.histograms
    if held is None:
        return ()
    days, orders = _order_days(held)
    found = []
    if held.today - days[-1] >= SILENT_DAYS:
        found.append(_silent_until_today(held, days, orders))
    lone = _lone_after(days, orders)
    gaps = np.diff(days[: lone + 1] if lone is not None else days)
    if (gaps >= SILENT_DAYS).any():
        found.append(_silent_between(days, orders, int(np.flatnonzero(gaps >= SILENT_DAYS)[-1])))
    return tuple(found)


def short_history(workspace: Workspace, settings: Settings) -> Finding | None:
    """No whole month has a history of T days before it; or nobody can be lost, for the history is no longer than T."""
    held = workspace.histograms
    if held is None:
        return None
    first, today = day_of(held.first_day), day_of(held.today)
    enough_on = _end_of_first_month(first, settings.threshold)
    if enough_on <= today:
        return None
    history = (today - first).days
    facts = {
        "days": history + 1,
        "lost_after_days": settings.threshold,
        "nobody_lost": history <= settings.threshold,
        "enough_on": enough_on,
        "missing_days": (enough_on - today).days,
    }
    longest = _longest_threshold(first, today)
    if not max(settings.preset.shortest, SHORTEST_THRESHOLD) <= longest < settings.threshold:
        return Finding("short_history", facts)
    return Finding("short_history", facts, "lost_after_days", longest)


def _order_days(held: Histograms) -> tuple[Ints, Ints]:
    with_orders = held.day_orders > 0
    return held.day[with_orders], held.day_orders[with_orders]


def _lone_after(days: Ints, orders: Ints) -> int | None:
    """The place of the last order day of the rest; None where no few orders stand far after it."""
    gaps, before = np.diff(days), np.cumsum(orders)[:-1]
    after = orders.sum() - before
    few = max(FEW_ORDERS, FEW_SHARE * orders.sum())
    places = np.flatnonzero((after <= few) & (before >= REST_PER_FEW * after) & (gaps > LONE_AFTER_DAYS))
    for place in places[places >= ORDER_DAYS_AT_LEAST - 1].tolist():
        earlier = gaps[:place]
        # Who paused as long before and went on has such pauses: a season, a holiday.
        paused = (earlier * 2 >= gaps[place]) & (before[:place] > few)
        if gaps[place] >= TIMES_USUAL * np.median(earlier) and not paused.any():
            return int(place)
    return None


def _silent_until_today(held: Histograms, days: Ints, orders: Ints) -> Finding:
    facts = _silence(day_of(days[-1]), day_of(held.today), int(orders.sum()), 0)
    return Finding("silent_year", facts, "as_of", None, about=day_of(held.today).isoformat())


def _silent_between(days: Ints, orders: Ints, place: int) -> Finding:
    last, following = day_of(days[place]), day_of(days[place + 1])
    before, after = int(orders[: place + 1].sum()), int(orders[place + 1 :].sum())
    facts, about = _silence(last, following, before, after), last.isoformat()
    if before < WORTH_GOING_BACK * after:
        return Finding("silent_year", facts, about=about)
    return Finding("silent_year", facts, "as_of", last, about=about)


def _silence(last: date, until: date, before: int, after: int) -> dict[str, object]:
    return {
        "last_on": last,
        "until": until,
        "days": (until - last).days,
        "orders_before": before,
        "orders_after": after,
    }


def _end_of_first_month(first: date, lost_after_days: int) -> date:
    """The last day of the first whole month with enough history before it (METRICS.md 3, warm-up)."""
    ready = first + timedelta(days=lost_after_days + 1)
    start = ready if ready.day == 1 else add_months(ready, 1)
    return add_months(start, 1) - timedelta(days=1)


def _longest_threshold(first: date, today: date) -> int:
    """The longest threshold at which the last whole month has enough history before it; it may be below 1."""
    tomorrow = today + timedelta(days=1)
    start = add_months(period_start(tomorrow, "month"), -1)
    return (start - first).days - 1
