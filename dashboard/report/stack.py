"""The picture of the second page: lost money as stacks of banknotes, with rents and salaries as rulers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from math import ceil

from dashboard.charts import note_value
from dashboard.charts.frame import steps
from dashboard.charts.periods import time_axis
from dashboard.formats import amount, money, money_compact, month_name
from dashboard.i18n import _
from dashboard.palette import fade
from dashboard.report.markup import lines
from dashboard.report.svg import INK, SMALL, WIDE, Picture, stroke, write
from metrics.results import LostMonth

_MOST = 18
_LEFT, _TOP, _BOTTOM, _HIGH = 12.0, 46.0, 366.0, 430.0
_RULER = 96.0
_TILT = (0.0, 0.8, -1.1, 0.5, -0.5, 1.1, -0.8)  # no pile is perfectly even


def stack(
    months: Sequence[LostMonth], currency: str | None, rent: Decimal | None, salary: Decimal | None
) -> Picture | None:
    """All that was lost until the end of each month, in notes of a round sum; None where nothing was lost."""
    sums = list(accumulate(one.revenue for one in months))
    if not months or sums[-1] <= 0:
        return None
    note = note_value(sums[-1], len(months))
    places = [*range(len(months) - 1, -1, -max(1, ceil(len(months) / _MOST)))][::-1]
    heights = [float(sums[at] / note) for at in places]
    rulers = [(unit, words) for unit, words in ((rent, _("months of rent")), (salary, _("monthly salaries"))) if unit]
    right = WIDE - _LEFT - _RULER * len(rulers)
    up = (_BOTTOM - _TOP) / max(heights[-1], 1)
    marks = _stacks(heights, right, up) + _axis([months[at] for at in places], right)
    for number, (unit, words) in enumerate(rulers):
        marks += _ruler(right + 44 + _RULER * number, float(unit / note), words, heights[-1], up)
    marks.append(write(right, _TOP - 12, money(sums[-1], currency), size=20, fill=INK.loss_text, anchor="end",
                       is_bold=True))  # fmt: skip
    caption = _("one note = {money}<br>bright: newly lost").format(money=money(note, currency)).replace("<br>", " · ")
    marks.append(write(_LEFT, _HIGH - 8, caption, size=SMALL, fill=INK.muted))
    finding = _("The lost money has grown month by month and reached {money} by {month}.").format(
        money=money_compact(sums[-1], currency), month=month_name(months[-1].month)
    )
    return Picture("lost-money", _("The lost money, added up month by month"), finding, _HIGH, "".join(marks))


def _column(place: int, n: int, right: float) -> tuple[float, float]:
    """The middle and the width of a stack."""
    each = min((right - _LEFT) / n, 78.0)
    return right - each * (n - place - 0.5), each * 0.8


def _stacks(heights: list[float], right: float, up: float) -> list[str]:
    old: list[str] = []
    new: list[str] = []
    spots: list[tuple[float, float]] = []
    for place, (before, height) in enumerate(pairwise([0.0, *heights])):
        middle, wide = _column(place, len(heights), right)
        for number in range(ceil(height - 0.15)):
            top = min(number + 0.86, height)
            x = middle - wide / 2 + _TILT[number % len(_TILT)]
            path = _note(x, _BOTTOM - top * up, wide, (top - number) * up)
            (old if top <= before + 0.5 else new).append(path)
            if top - number > 0.6:
                spots.append((x + wide / 2, _BOTTOM - (top + number) / 2 * up))
    radius = min(3.2, 0.24 * up)
    emblem = "".join(f"M{x - radius:.1f},{y:.1f}a{radius:.1f},{radius:.1f} 0 1,0 {2 * radius:.1f},0"
                     f"a{radius:.1f},{radius:.1f} 0 1,0 {-2 * radius:.1f},0" for x, y in spots)  # fmt: skip
    return [
        f'<path d="{"".join(old)}" fill="{INK.lost}" fill-opacity="0.2" stroke="{INK.lost}" stroke-width="0.8"/>',
        f'<path d="{"".join(new)}" fill="{INK.lost}"/>',
        f'<path d="{emblem}" fill="{INK.page}" stroke="{INK.lost}" stroke-width="0.8"/>',
        stroke(_LEFT, _BOTTOM + 1, right, _BOTTOM + 1, fade(INK.benchmark, 0.5)),
    ]


def _note(x: float, y: float, wide: float, high: float) -> str:
    """A rectangle with round corners, as a path."""
    curve = min(2.5, high / 2)
    return (
        f"M{x + curve:.1f},{y:.1f}h{wide - 2 * curve:.1f}q{curve:.1f},0 {curve:.1f},{curve:.1f}v{high - 2 * curve:.1f}"
        f"q0,{curve:.1f} {-curve:.1f},{curve:.1f}h{2 * curve - wide:.1f}q{-curve:.1f},0 {-curve:.1f},{-curve:.1f}"
        f"v{2 * curve - high:.1f}q0,{-curve:.1f} {curve:.1f},{-curve:.1f}z"
    )


def _axis(shown: Sequence[LostMonth], right: float) -> list[str]:
    axis = time_axis([one.month for one in shown], "month", to_last=True)
    return [
        write(_column(place, len(shown), right)[0], _BOTTOM + 18 + 15 * at, line, size=SMALL, fill=INK.muted,
              anchor="middle")
        for place, words in zip(axis["tickvals"], axis["ticktext"], strict=True)
        for at, line in enumerate(words.split("<br>"))
    ]  # fmt: skip


def _ruler(x: float, unit: float, words: str, height: float, up: float) -> list[str]:
    """How many units the highest stack is worth: a measure with round marks, its reading at the top."""
    reading = height / unit
    top = _BOTTOM - height * up
    found = [stroke(x, _BOTTOM, x, top, INK.muted, thick=1.2)]
    for mark in steps(0, reading, 4):
        y = _BOTTOM - mark * unit * up
        if y - top > 14 or mark == 0:
            found += [stroke(x, y, x + 6, y, INK.muted, thick=1.2),
                      write(x + 11, y + 4, amount(mark), size=SMALL, fill=INK.muted)]  # fmt: skip
    found += [stroke(x - 5, top, x + 6, top, INK.loss_text, thick=2),
              write(x + 11, top + 5, amount(reading), size=15, fill=INK.loss_text, is_bold=True)]  # fmt: skip
    wrapped = lines(words, _RULER - 20, SMALL, 2)
    found += [write(x - 14, top - 26 + 14 * (at + 2 - len(wrapped)), line, size=SMALL, fill=INK.muted)
              for at, line in enumerate(wrapped)]  # fmt: skip
    return found
