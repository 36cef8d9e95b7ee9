"""The picture of the first page: how fast customers are lost, against the benchmark."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.frame import steps
from dashboard.charts.periods import last_whole, time_axis
from dashboard.formats import percent, period_name
from dashboard.i18n import _
from dashboard.report.markup import lines
from dashboard.report.svg import INK, SMALL, WIDE, Picture, box, course, dot, stroke, write
from metrics.results import Period
from metrics.settings import PeriodKind

LATEST = 24
_LEFT, _RIGHT, _TOP, _BOTTOM, _HIGH = 44.0, 544.0, 24.0, 210.0, 252.0
_BESIDE = WIDE - _RIGHT - 14


def churn(periods: Sequence[Period], kind: PeriodKind, benchmark: float, usual: float | None) -> Picture | None:
    """The churn rate of the latest periods; None where none of them has a rate. `usual` is drawn for months only."""
    shown = periods[-LATEST:]
    rates = [one.churn for one in shown if one.churn is not None]
    if not rates or last_whole(shown) is None:
        return None
    usual = usual if kind == "month" else None
    # A period that barely began may have any rate: the scale is that of the whole ones.
    whole = [one.churn for one in shown if one.churn is not None and one.comparable]
    top = max(benchmark, usual or 0, *whole) * 1.25 or 1.0
    marks = [*_grid(top), *_warm_up(shown), *_axis(shown, kind), *_lines(shown, top, benchmark, usual)]
    return Picture("churn", _title(kind), _finding(shown, kind, benchmark), _HIGH, "".join(marks))


def _title(kind: PeriodKind) -> str:
    return {
        "month": _("Customers lost, share of the active ones, by month"),
        "quarter": _("Customers lost, share of the active ones, by quarter"),
        "year": _("Customers lost, share of the active ones, by year"),
    }[kind]


def _finding(shown: Sequence[Period], kind: PeriodKind, benchmark: float) -> str:
    last = shown[last_whole(shown) or 0]
    if last.churn is None:
        return _("Churn rate: not enough history yet to compare with the benchmark of {benchmark}.").format(
            benchmark=percent(benchmark)
        )
    words = {
        "period": period_name(last.start, last.end, kind),
        "churn": percent(last.churn),
        "benchmark": percent(benchmark),
    }
    if last.churn > benchmark and words["churn"] != words["benchmark"]:
        return _("Churn rate in {period}: {churn}, above the benchmark of {benchmark}.").format(**words)
    return _("Churn rate in {period}: {churn}, not above the benchmark of {benchmark}.").format(**words)


def _x(at: float, n: int) -> float:
    return _LEFT + 12 + (_RIGHT - _LEFT - 24) * (at / (n - 1) if n > 1 else 0.5)


def _y(share: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * min(share / top, 1.0)


def _grid(top: float) -> list[str]:
    ticks = steps(0, top, 4)
    whole = all(abs(one * 100 - round(one * 100)) < 1e-6 for one in ticks)
    found = []
    for one in ticks:
        y = _y(one, top)
        found.append(stroke(_LEFT, y, _RIGHT, y))
        found.append(write(_LEFT - 8, y + 4, percent(one, whole=whole), size=SMALL, fill=INK.muted, anchor="end"))
    return found


def _warm_up(shown: Sequence[Period]) -> list[str]:
    many = next((at for at, one in enumerate(shown) if not one.warm_up), len(shown))
    if not many:
        return []
    n = len(shown)
    end = (_x(many - 1, n) + _x(many, n)) / 2
    ground = box(_LEFT, _TOP, end - _LEFT, _BOTTOM - _TOP, INK.card, round_by=0)
    words = lines(_("not enough history yet"), max(end - _LEFT - 8, 84), SMALL)
    return [ground, *(write(_LEFT + 6, _TOP + 15 + 14 * at, line, size=SMALL, fill=INK.muted)
                      for at, line in enumerate(words))]  # fmt: skip


def _axis(shown: Sequence[Period], kind: PeriodKind) -> list[str]:
    axis = time_axis([one.start for one in shown], kind)
    found = []
    for place, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
        for at, line in enumerate(words.split("<br>")):
            found.append(write(_x(place, len(shown)), _BOTTOM + 18 + 15 * at, line, size=SMALL, fill=INK.muted,
                               anchor="middle"))  # fmt: skip
    return found


def _lines(shown: Sequence[Period], top: float, benchmark: float, usual: float | None) -> list[str]:
    n, last = len(shown), last_whole(shown) or 0
    places = [(_x(at, n), _y(one.churn, top)) if one.churn is not None else None for at, one in enumerate(shown)]
    grey = [place for place, one in zip(places, shown, strict=True) if place and one.warm_up]
    solid = [place for place, one in zip(places, shown, strict=True) if place and one.comparable]
    found = [stroke(_LEFT, _y(benchmark, top), _RIGHT, _y(benchmark, top), INK.benchmark, thick=1.5, dash="6 4")]
    named = [(_y(benchmark, top), _("benchmark {value}").format(value=percent(benchmark)), INK.muted, False)]
    if usual is not None:
        found.append(stroke(_LEFT, _y(usual, top), _RIGHT, _y(usual, top), INK.lost, thick=1.2, dash="2 4"))
        words = _("your usual month {value}").format(value=percent(usual))
        named.append((_y(usual, top), words, INK.loss_text, False))
    found += [course(grey, INK.benchmark, thick=1.5), course(solid, INK.lost)]
    tail = places[-1]
    if shown[-1].in_progress and tail and places[last] and last != n - 1:
        found += [course([places[last] or tail, tail], INK.lost, thick=1.5, dash="1 5"),
                  dot(*tail, 4, INK.page, edge=INK.lost)]  # fmt: skip
        so_far = _("{value} so far").format(value=percent(shown[-1].churn))
        named.append((tail[1], so_far, INK.muted, False))
    if (end := places[last]) is not None:
        found.append(dot(*end, 4.5, INK.lost, edge=INK.page))
        named.append((end[1], percent(shown[last].churn), INK.loss_text, True))
    return found + _named(named)


def _named(named: list[tuple[float, str, str, bool]]) -> list[str]:
    """The names at the right ends of the lines, none on another."""
    wrapped = [lines(words, _BESIDE, SMALL, 2) for _y0, words, _colour, _bold in named]
    order = sorted(range(len(named)), key=lambda at: named[at][0])
    found, floor = [], _TOP - 6.0
    for at in order:
        y, _words, colour, is_bold = named[at]
        size = 17 if is_bold else SMALL
        y = max(y + size * 0.35 - 7 * (len(wrapped[at]) - 1), floor + size)
        for number, line in enumerate(wrapped[at]):
            found.append(write(_RIGHT + 12, y + 14 * number, line, size=size, fill=colour, is_bold=is_bold))
        floor = y + 14 * (len(wrapped[at]) - 1) + 3
    return found
