"""Who calls whom, and on which day: never the manager who lost them, everybody the same number, the same each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

_WEEKEND: Final = 5
"""Monday is 0; from here on nobody calls."""


def assign(previous: Sequence[str | None], managers: Sequence[str]) -> list[str | None]:
    """A manager for each customer: none of theirs, the loads as even as that allows; nobody where there are not two.

    Each step serves who is hardest to serve: the manager with most customers that are not for them and calls still to
    take. So the even loads, where they are possible at all, never end in somebody's own customers.
    """
    names = sorted(set(managers))
    if len(names) < 2:
        return [None] * len(previous)
    waiting: defaultdict[str | None, list[int]] = defaultdict(list)
    for place in range(len(previous) - 1, -1, -1):
        waiting[previous[place] if previous[place] in names else None].append(place)
    calls = loads(Counter({who: len(places) for who, places in waiting.items()}), names)
    found: list[str | None] = [None] * len(previous)
    for _ in previous:
        lost_by, manager = _next(waiting, calls, names)
        found[waiting[lost_by].pop()] = manager
        calls[manager] -= 1
    return found


def loads(lost: Counter[str | None], names: Sequence[str]) -> Counter[str]:
    """How many customers each manager calls: the same number, fewer only where too few are not their own."""
    total = lost.total()
    given: Counter[str] = Counter(dict.fromkeys(names, 0))
    left, open_ = total, sorted(names, key=lambda name: (total - lost[name], name))
    for place, name in enumerate(open_):
        # The tightest first, so that what they cannot take is spread over the others.
        share = -(-left // (len(open_) - place)) if place == len(open_) - 1 else left // (len(open_) - place)
        given[name] = min(share, total - lost[name])
        left -= given[name]
    return given


def _next(
    waiting: dict[str | None, list[int]], calls: Counter[str], names: Sequence[str]
) -> tuple[str | None, str]:  # fmt: skip
    def tightness(name: str | None) -> int:
        return len(waiting[name]) + (calls[name] if name is not None else 0)

    tightest = max(names, key=lambda name: (tightness(name), name))
    if waiting[tightest]:
        return tightest, max((name for name in names if name != tightest and calls[name]), key=tightness)
    if not calls[tightest]:
        return None, tightest
    return max(
        (who for who, places in waiting.items() if places), key=lambda who: (tightness(who), who or "")
    ), tightest


def due_days(managers: Iterable[str | None], start: date, per_day: int) -> Iterator[date]:
    """The day of each call: `per_day` for each manager a working day (Monday to Friday), from `start` on."""
    done: Counter[str | None] = Counter()
    days = [_working_day(start)]
    for manager in managers:
        place = done[manager] // per_day
        done[manager] += 1
        while place >= len(days):
            days.append(_working_day(days[-1] + timedelta(days=1)))
        yield days[place]


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _WEEKEND else day
