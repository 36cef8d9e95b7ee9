"""The pictures of the last pages: what a campaign costs and earns, how long its list should be, its days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard import advice_words, winback_words
from dashboard.charts.frame import steps
from dashboard.formats import count, date_short, money, money_compact
from dashboard.i18n import _
from dashboard.report.markup import lines, width
from dashboard.report.svg import INK, SIZE, SMALL, WIDE, Picture, area, box, course, dot, fitting, stroke, write
from metrics.campaign_plan import Step
from metrics.winback import Floats, Simulation

_POINTS = 160
_LEFT, _TOP, _BOTTOM, _HIGH = 64.0, 34.0, 236.0, 276.0


def spend_and_earn(found: Simulation, currency: str | None) -> Picture | None:
    """What is spent beside what it earns beyond what would come anyway; None without a campaign."""
    most = max(found.cost, found.incremental_margin)
    if not found.contacted or most <= 0:
        return None
    rows = (
        (_("You spend"), found.cost, INK.benchmark, INK.text),
        (_("It earns on top"), found.incremental_margin, INK.returned, INK.gain_text),
    )
    room = max(width(words, SIZE) for words, *_rest in rows) + 16
    marks, y = [], 2.0
    for words, value, colour, ink in rows:
        figure = money(value, currency)
        longest = WIDE - room - width(figure, 16) - 10
        wide = max(longest * value / most, 2)
        marks += [
            write(0, y + 22, words),
            box(room, y + 6, wide, 24, colour),
            write(room + wide + 10, y + 24, figure, size=16, fill=ink, is_bold=True),
        ]
        y += 38
    finding = _("{spend} spent earns {earn} of margin beyond what would come anyway.").format(
        spend=money(found.cost, currency), earn=money(found.incremental_margin, currency)
    )
    return Picture("spend-and-earn", _("What it costs, what it earns"), finding, y, "".join(marks))


def profit(values: Floats, recommended: int, currency: str | None) -> Picture | None:
    """The profit of a list of the first 1, 2, 3 ... customers, the length that pays best marked."""
    if values.size < 2:
        return None
    sizes = np.unique(np.concatenate([np.linspace(1, values.size, _POINTS), [max(recommended, 1)]]).round().astype(int))
    drawn = values[sizes - 1]
    low, high = float(min(drawn.min(), 0.0)), float(max(drawn.max(), 0.0))
    high += (high - low) * 0.04 or 1.0
    right = WIDE - 16

    def place(size: float, value: float) -> tuple[float, float]:
        return (_LEFT + (right - _LEFT) * size / values.size,
                _BOTTOM - (_BOTTOM - _TOP) * (value - low) / (high - low))  # fmt: skip

    points = [place(size, value) for size, value in zip(sizes.tolist(), drawn.tolist(), strict=True)]
    zero = place(0, 0)[1]
    marks = []
    for one in steps(low, high, 3):
        y = place(0, one)[1]
        marks += [stroke(_LEFT, y, right, y, INK.benchmark if one == 0 else INK.grid),
                  write(_LEFT - 8, y + 4, money_compact(one, currency), size=fitting(money_compact(one, currency),
                        _LEFT - 10, SMALL, 8.5), fill=INK.muted, anchor="end")]  # fmt: skip
    marks += [write(place(one, 0)[0], _BOTTOM + 17, count(one), size=SMALL, fill=INK.muted, anchor="middle")
              for one in steps(0, values.size, 4)]  # fmt: skip
    marks += [area(points, zero, INK.returned, 0.12), course(points, INK.returned)]
    if recommended:
        marks += _peak(*place(recommended, float(values[recommended - 1])), recommended, right)
    marks.append(write((_LEFT + right) / 2, _BOTTOM + 35, _("customers, those most worth a contact first"), size=SMALL,
                       fill=INK.muted, anchor="middle"))  # fmt: skip
    best = float(values[recommended - 1]) if recommended else 0.0
    finding = _("Profit by the length of the list: it is highest, {money}, with {n} customers.").format(
        money=money(best, currency), n=count(recommended)
    )
    return Picture("list", _("Incremental profit by the length of the list"), finding, _HIGH, "".join(marks))


def _peak(x: float, y: float, recommended: int, right: float) -> list[str]:
    words = _("<b>pays best: {n}</b>").format(n=count(recommended)).replace("<b>", "").replace("</b>", "")
    half = width(words, SIZE) / 2
    middle = min(max(x, _LEFT + half), right - half)
    return [
        stroke(x, y, x, _BOTTOM, INK.returned, dash="3 4"),
        dot(x, y, 5.5, INK.returned, edge=INK.page),
        write(middle, y - 12, words, fill=INK.gain_text, anchor="middle", is_bold=True, on_line=True),
    ]


def timeline(plan: Sequence[Step]) -> Picture | None:
    """The steps of a campaign with their days and best hours, evenly spaced; None where it has no contacts."""
    contacts = [one for one in plan if one.stage is not None]
    if not contacts:
        return None
    each = WIDE / len(plan)
    y, marks, lowest = 44.0, [], 0.0
    for at, one in enumerate(plan):
        x = each * at + 8
        is_end = one.stage is None
        if at + 1 < len(plan):
            dash = "2 5" if plan[at + 1].stage is None else None
            marks.append(stroke(x, y, x + each, y, INK.primary, thick=2, dash=dash))
        marks.append(dot(x, y, 7, INK.page if is_end else INK.primary, edge=INK.primary))
        marks.append(write(x - 7, y - 18, date_short(one.on), size=fitting(date_short(one.on), each - 8, 14),
                           is_bold=True))  # fmt: skip
        words = lines(advice_words.step(one), each - 14, SIZE - 0.5, 4)
        quiet = _when(one)
        marks += [write(x - 7, y + 28 + 16 * row, line, size=SIZE - 0.5) for row, line in enumerate(words)]
        below = y + 28 + 16 * len(words)
        wrapped = lines(quiet, each - 14, SMALL, 2) if quiet else []
        marks += [write(x - 7, below + 14 * row, line, size=SMALL, fill=INK.muted) for row, line in enumerate(wrapped)]
        lowest = max(lowest, below + 14 * len(wrapped))
    finding = _("The campaign begins on {first}, its last contact is on {last}, the result stands on {end}.").format(
        first=date_short(contacts[0].on), last=date_short(contacts[-1].on), end=date_short(plan[-1].on)
    )
    return Picture("plan", _("The campaign, day by day"), finding, lowest, "".join(marks))


def _when(one: Step) -> str:
    if one.stage is None:
        return ""
    return _("{channel}, {hours}").format(
        channel=winback_words.channel(one.stage.channel), hours=advice_words.hours(one.hours)
    )
