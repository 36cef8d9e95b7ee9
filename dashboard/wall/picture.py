"""The pile of banknotes, the counting figure and the rows of houses and people, as HTML that CSS alone moves.

Each moving thing carries the second (`--at`) at which it appears, so that figure, pile and months go together. Without
motion everything stands at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from itertools import groupby, pairwise
from math import ceil
from unicodedata import east_asian_width

from dashboard.charts.banknotes import note_value
from dashboard.formats import money, money_compact, month_and_year, month_short
from dashboard.wall.board import Board, Growth
from metrics.goals import GoalPath, meets

START = 0.8
A_MONTH = 0.9
_FRAMES = 6  # figures shown per month
_TILT = (0.0, 0.15, -0.12, 0.06, -0.16, 0.12, -0.05)  # no pile is perfectly even; in em
_THINNEST = 0.15  # of a bundle: less is not drawn
_LABEL = 0.062  # of the pile's height that a month's name takes
_WIDEST = 7.1  # in ems: what a wider figure would leave is too small to be read from afar


def ends_at(board: Board) -> float:
    """The second at which the figure and the pile have grown up."""
    return START + A_MONTH * len(board.growth)


def note(board: Board) -> Decimal:
    """The round sum of one bundle of the pile."""
    return note_value(board.terms.money, 1)


def counting(board: Board) -> str:
    """The figures from nothing to the whole sum, one at a time; the last one stays."""
    texts = [figure(value, board) for value in _values(board)]
    step, at, frames = A_MONTH / _FRAMES, START, []
    runs = [(text, len(list(same)) * step) for text, same in groupby(texts)]
    for text, long in runs[:-1]:
        frames.append(f'<span class="w-frame" style="--at:{at:.2f}s;--long:{long:.2f}s">{escape(text)}</span>')
        at += long
    frames.append(f'<span class="w-final" style="--at:{at:.2f}s">{escape(runs[-1][0])}</span>')
    return f'<span class="w-count" aria-hidden="true">{"".join(frames)}</span>'


def figure(value: Decimal, board: Board) -> str:
    """A sum as the big figure says it: in full where the whole sum finds room, else compact."""
    full = money(board.terms.money, board.settings.currency)
    return (money if width(full) <= _WIDEST else money_compact)(value, board.settings.currency)


def width(text: str) -> float:
    """About how wide a figure is in ems of its own bold type, in any of the usual fonts."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.0
    if sign in ".,\u00a0\u202f ":
        return 0.35
    if sign.isdigit():
        return 0.7
    return 1.05 if sign in "MW" else 0.85


def _values(board: Board) -> list[Decimal]:
    sums = [board.before, *(one.total for one in board.growth)]
    parts = range(1, _FRAMES + 1)
    between = (low + (high - low) * part / _FRAMES for low, high in pairwise(sums) for part in parts)
    return [board.before, *list(between)[:-1], board.terms.money]


def pile(board: Board) -> str:
    """The bundles, each from the second on at which the sum has reached it, and the months beside them."""
    one, total = note(board), board.terms.money
    highest = float(total / one)
    places = [place for place in range(ceil(highest)) if highest - place >= _THINNEST]
    bundles = "".join(
        f'<i class="w-bundle" style="--k:{place};--part:{min(1.0, highest - place):.2f};'
        f'--tilt:{_TILT[place % len(_TILT)]}em;--at:{_moment(min((place + 1) * one, total), board):.2f}s"></i>'
        for place in places
    )
    return f'<div class="w-pile" style="--slots:{highest:.3f}">{bundles}{_months(board)}</div>'


def _moment(money: Decimal, board: Board) -> float:
    """The second at which the sum reaches `money`."""
    sums = [board.before, *(one.total for one in board.growth)]
    for month, (low, high) in enumerate(pairwise(sums)):
        if high >= money:
            inside = float((money - low) / (high - low)) if high > low else 0.0
            return START + A_MONTH * (month + max(inside, 0.0))
    return ends_at(board)


def _months(board: Board) -> str:
    found = labelled(board.growth, board.terms.money)
    with_year = {found[0][2].month, found[-1][2].month}
    return "".join(
        f'<span class="w-month" style="--up:{up:.4f};--at:{START + A_MONTH * (place + 1):.2f}s">'
        f"{escape((month_and_year if one.month in with_year else month_short)(one.month))}</span>"
        for place, up, one in found
    )


def labelled(growth: Sequence[Growth], total: Decimal) -> list[tuple[int, float, Growth]]:
    """The months whose names find room, the last one always among them: place, height as a share, month."""
    kept: list[tuple[int, float, Growth]] = []
    for place in reversed(range(len(growth))):
        up = float(growth[place].total / total)
        if not kept or kept[-1][1] - up >= _LABEL:
            kept.append((place, up, growth[place]))
    return kept[::-1]


def each_stands_for(n: float) -> Decimal:
    """How many one house or person of a row stands for: 1, else the round number that makes at most 30 of them."""
    return max(Decimal(1), note_value(Decimal(str(n)), 1))


def way(found: GoalPath) -> str:
    """The way to a goal as a bar, filled as far as it is gone, with a mark where it should have got to by now.

    Nothing where no month tells, or where the usual month met the target already.
    """
    latest, target = found.latest, found.goal.target
    first = Decimal(0) if found.goal.kind == "recovered" else found.level
    if (
        latest is None
        or latest.actual is None
        or latest.planned is None
        or first is None
        or meets(found.goal, first, target)
    ):
        return ""
    gone, due = ((value - first) / (target - first) for value in (latest.actual, latest.planned))
    return f'<div class="w-way" aria-hidden="true" style="--gone:{_share(gone):.3f};--due:{_share(due):.3f}"></div>'


def _share(part: Decimal) -> Decimal:
    return min(max(part, Decimal(0)), Decimal(1))


def row(n: float, shape: str, after: float) -> str:
    """`n` as a row of houses or people that fills from the second `after` on; the last one is cut to what is left.

    As exact as the words beside it: whole from 10 on.
    """
    found = round(n, 0 if n >= 10 else 1) / float(each_stands_for(n))
    return (
        f'<span class="w-row w-{shape}" aria-hidden="true" style="--n:{found:.2f};--marks:{ceil(found)};'
        f'--at:{after:.2f}s"><i></i></span>'
    )
