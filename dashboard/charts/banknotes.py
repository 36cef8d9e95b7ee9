"""Lost money as stacks of banknotes, one stack per month, each as high as all that was lost until then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from math import ceil

from dashboard.charts.frame import SMALL, Chart, Json, below, empty, figure, label, steps, value_axis
from dashboard.charts.periods import time_axis
from dashboard.formats import amount, count, money, money_compact, month_name, sentences
from dashboard.i18n import _
from dashboard.palette import Palette, fade
from metrics.results import LostMonth

_STACKS = 18  # more would be hair-thin on a phone
_FEW = 6
_TALLEST = 30
_NOTES = 480  # in the whole picture: what a browser draws without effort
_HALF = 0.38  # of a note's width, in places
_TILT = (0.0, 0.05, -0.07, 0.03, -0.03, 0.07, -0.05)  # of half a note: no pile is perfectly even
_WHOLE = 0.6  # a note cut lower than this carries no marks
_GROUND = 230  # about the height of the highest stack in pixels


def note_value(total: Decimal, months: int) -> Decimal:
    """The round sum (1, 2, 5 x 10^k) of one drawn note: the highest of `months` stacks gets 12 to 30 of them."""
    tallest = min(_TALLEST, _NOTES // max(1, min(months, _STACKS)))
    least = total / tallest
    if least <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _shown(months: Sequence[LostMonth]) -> tuple[list[LostMonth], list[Decimal]]:
    """The months that get a stack, the last one always among them, and what had been lost by the end of each."""
    ordered = sorted(months, key=lambda one: one.month)
    sums = list(accumulate(one.revenue for one in ordered))
    places = range(len(ordered) - 1, -1, -max(1, ceil(len(ordered) / _STACKS)))
    return [ordered[at] for at in reversed(places)], [sums[at] for at in reversed(places)]


def _notes(height: float) -> Iterator[tuple[float, float]]:
    """Lower and upper edge of each note of a stack, in notes; the top one is cut to what is left."""
    for at in range(ceil(height)):
        if (top := min(at + 0.88, height)) - at > 0.15:
            yield at, top


def _middle(place: int, number: int) -> float:
    return place + _HALF * _TILT[number % len(_TILT)]


def _note(place: int, number: int, edges: tuple[float, float]) -> str:
    """One note as a path: a rectangle with round corners and a short stroke at either end."""
    low, high = edges
    middle = _middle(place, number)
    left, right = middle - _HALF, middle + _HALF
    across, up = _HALF * 0.13, min(0.28, (high - low) / 2)
    corners = (  # each with the points before and after its curve
        ((right - across, low), (right, low), (right, low + up)),
        ((right, high - up), (right, high), (right - across, high)),
        ((left + across, high), (left, high), (left, high - up)),
        ((left, low + up), (left, low), (left + across, low)),
    )
    sides = (f"L{x0:.3f},{y0:.2f}Q{x1:.3f},{y1:.2f},{x2:.3f},{y2:.2f}" for (x0, y0), (x1, y1), (x2, y2) in corners)
    strokes = (f"M{x:.3f},{low + 0.28:.2f}L{x:.3f},{high - 0.28:.2f}" for x in (left + 2 * across, right - 2 * across))
    return f"M{left + across:.3f},{low:.2f}{''.join(sides)}Z{''.join(strokes) if high - low > _WHOLE else ''}"


def _stack(place: int, before: float, height: float, palette: Palette) -> list[Json]:
    """One stack as two shapes: pale what had been lost before, bright what is new."""
    notes = [(edges, _note(place, number, edges)) for number, edges in enumerate(_notes(height))]
    old = "".join(path for (_low, high), path in notes if high <= before + 0.5)
    new = "".join(path for (_low, high), path in notes if high > before + 0.5)
    styles = ((old, fade(palette.lost, 0.2), palette.lost), (new, palette.lost, palette.page))
    return [
        {"type": "path", "path": path, "fillcolor": fill, "line": {"color": line, "width": 1}, "layer": "between"}
        for path, fill, line in styles
        if path
    ]


def _emblems(heights: Sequence[float], palette: Palette) -> Json:
    """The round mark in the middle of each whole note."""
    spots = [
        (_middle(place, number), (low + high) / 2)
        for place, height in enumerate(heights)
        for number, (low, high) in enumerate(_notes(height))
        if high - low > _WHOLE
    ]
    size = min(9.0, 0.5 * _GROUND / heights[-1])
    return {
        "type": "scatter", "mode": "markers", "hoverinfo": "skip", "x": [round(x, 3) for x, _y in spots],
        "y": [round(y, 2) for _x, y in spots],
        "marker": {"size": size, "color": palette.page, "line": {"width": 1, "color": palette.lost}},
    }  # fmt: skip


def lost_stack(
    months: Sequence[LostMonth],
    note: Decimal,
    currency: str | None,
    palette: Palette,
    *,
    unit_money: Decimal | None = None,
    unit_word: str | None = None,
) -> Chart:
    """Cumulative lost money in notes of `note`; with `unit_money` (a month's rent) a ruler in `unit_word` beside it."""
    shown, sums = _shown(months)
    if not shown or sums[-1] <= 0:
        return empty(palette)
    heights = [float(one / note) for one in sums]
    shapes = [
        shape
        for place, (before, height) in enumerate(pairwise([0.0, *heights]))
        for shape in _stack(place, before, height, palette)
    ]
    last, top = len(shown) - 1, heights[-1] * 1.16
    hover = [
        _("{money} lost<br>by the end of {month}").format(money=money(total, currency), month=month_name(one.month))
        for one, total in zip(shown, sums, strict=True)
    ]
    traces: list[Json] = [
        _emblems(heights, palette),
        {"type": "bar", "x": list(range(len(shown))), "y": heights, "customdata": hover, "width": 0.9,
         "marker": {"color": "rgba(0,0,0,0)"}, "hovertemplate": "%{customdata}<extra></extra>"},
    ]  # fmt: skip
    labels = [
        label(f"<b>{money_compact(sums[-1], currency)}</b>", last + _HALF, heights[-1], xanchor="right",
              yanchor="bottom", yshift=2, font={"size": 17, "color": palette.loss_text})
    ]  # fmt: skip
    caption, margin = below(
        palette, _("one note = {money}<br>bright: newly lost").format(money=money(note, currency)), tick_lines=2
    )
    labels.append(caption)
    quiet = {"size": SMALL, "color": palette.muted}
    room = max(0.0, (_FEW - len(shown)) / 2)  # few stacks stand together in the middle, not as wide as planks
    axes: Json = {
        "xaxis": {
            **time_axis([one.month for one in shown], "month", to_last=True),
            "range": [-0.6 - room, last + 0.6 + room],
        },
        "yaxis": value_axis(0, top, lambda notes: money_compact(Decimal(str(notes)) * note, currency), about=3),
    }  # fmt: skip
    if unit_money and unit_word:
        unit = float(unit_money / note)
        marks = steps(0, top / unit, 6)
        axes["yaxis2"] = {
            "overlaying": "y", "side": "right", "range": [0, top], "fixedrange": True, "showgrid": False,
            "automargin": True, "zeroline": False, "tickmode": "array", "tickvals": [mark * unit for mark in marks],
            "ticktext": [amount(mark) for mark in marks], "ticks": "inside", "ticklen": 6,
            "tickcolor": palette.muted, "showline": True, "linecolor": palette.muted, "tickfont": quiet,
        }  # fmt: skip
        traces.append({"type": "scatter", "x": [last], "y": [None], "yaxis": "y2", "hoverinfo": "skip"})
        labels.append(label(unit_word, 1, 1, xref="paper", yref="paper", xanchor="right", yanchor="bottom",
                            xshift=32, yshift=6, font=quiet))  # fmt: skip
        margin |= {"r": 36}
    fig = figure(palette, traces, height=360, margin=margin, shapes=shapes, annotations=labels, **axes)
    return Chart(fig, _alt(shown, sums[-1], currency, unit_money, unit_word))


def _alt(
    shown: Sequence[LostMonth], total: Decimal, currency: str | None, unit_money: Decimal | None, unit_word: str | None
) -> str:
    text = _("The lost money has grown month by month and reached {money} by {month}.").format(
        money=money(total, currency), month=month_name(shown[-1].month)
    )
    if not (unit_money and unit_word):
        return text
    return sentences(text, _("In {unit}: {n}.").format(unit=unit_word, n=count(total / unit_money)))
