"""A campaign's money: profit by the length of the list, how sure it is, and what matters most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.frame import (
    SMALL,
    Chart,
    Json,
    bare_ground,
    below,
    empty,
    figure,
    label,
    steps,
    value_axis,
)
from dashboard.formats import count, money, money_compact, percent
from dashboard.i18n import _
from dashboard.palette import Palette, fade
from metrics.winback_risk import Swing

POINTS = 300
BARS = 40

Floats = NDArray[np.float64]


def profit_curve(profit: Floats, recommended: int, size: int, currency: str | None, palette: Palette) -> Chart:
    """The incremental profit of a list of the first 1, 2, 3 ... of the ranking; its peak and the chosen size marked."""
    if not profit.size:
        return empty(palette)
    sizes = np.unique(np.concatenate([np.linspace(1, profit.size, POINTS), [max(recommended, 1), max(size, 1)]])
                      .round().astype(np.int64))  # fmt: skip
    values = profit[sizes - 1]
    hover = [
        _("the best {n}<br>profit {money}").format(n=count(at), money=money(value, currency))
        for at, value in zip(sizes.tolist(), values.tolist(), strict=True)
    ]
    traces: list[Json] = [{
        "type": "scatter", "mode": "lines", "x": sizes, "y": values, "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>", "line": {"color": palette.returned, "width": 2.5},
    }]  # fmt: skip
    low, high = float(min(values.min(), 0.0)), float(max(values.max(), 0.0))
    room = (high - low) * 0.22 or 1.0
    title, margin = below(palette, _("customers, those most worth a contact first"))
    shapes, labels = [_level(palette)], [title]
    marks = [(recommended, _("<b>pays best: {n}</b>"), palette.returned)] if recommended else []
    if size and size != recommended:
        marks.append((size, _("your list: {n}"), palette.primary))
    for place, (at, words, colour) in enumerate(marks):
        value = float(profit[at - 1])
        traces.append({
            "type": "scatter", "mode": "markers", "x": [at], "y": [value], "hoverinfo": "skip",
            "marker": {"size": 11, "color": colour, "line": {"color": palette.page, "width": 2}},
        })  # fmt: skip
        labels.append(_flag(palette, words.format(n=count(at)), at, value, profit.size, colour, above=place == 0))
    ticks = steps(0, profit.size, 4)
    fig = figure(
        palette, traces, shapes=shapes, annotations=labels, margin=margin,
        yaxis=value_axis(low - room * (len(marks) > 1), high + room, lambda at: money_compact(at, currency)),
        xaxis={"range": [0, profit.size * 1.02], "tickmode": "array", "tickvals": ticks,
               "ticktext": [count(at) for at in ticks]},
    )  # fmt: skip
    best = float(profit[recommended - 1]) if recommended else 0.0
    return Chart(fig, _("Profit by the length of the list: it is highest, {money}, with {n} customers.").format(
        money=money(best, currency), n=count(recommended)))  # fmt: skip


def profit_spread(
    profits: Floats, interval: tuple[float, float], chance_of_loss: float, currency: str | None, palette: Palette
) -> Chart:
    """How often each profit came out in the draws; losses in the colour of losses, the 80% interval named."""
    if not profits.size or profits[0] == profits[-1]:
        return empty(palette)
    counts, edges = np.histogram(profits, bins=_edges(profits))
    shares = counts / profits.size
    middles = (edges[1:] + edges[:-1]) / 2
    colours = [palette.lost if middle < 0 else palette.returned for middle in middles.tolist()]
    hover = [
        _("from {low} to {high}<br>{share} of the cases").format(
            low=money(low, currency), high=money(high, currency), share=percent(share))
        for low, high, share in zip(edges[:-1].tolist(), edges[1:].tolist(), shares.tolist(), strict=True)
    ]  # fmt: skip
    traces: list[Json] = [{
        "type": "bar", "x": middles, "y": shares, "width": np.diff(edges) * 0.96, "marker": {"color": colours},
        "customdata": hover, "hovertemplate": "%{customdata}<extra></extra>",
    }]  # fmt: skip
    top = float(shares.max()) * 1.25
    band = {
        "type": "rect", "x0": interval[0], "x1": interval[1], "y0": 0, "y1": top, "layer": "below",
        "line": {"width": 0}, "fillcolor": fade(palette.benchmark, 0.12),
    }  # fmt: skip
    title, margin = below(palette, _("incremental profit"))
    name = label(_("8 of 10 cases"), interval[1], top, xanchor="right", yanchor="top",
                 font={"size": SMALL, "color": palette.muted})  # fmt: skip
    ticks = steps(float(edges[0]), float(edges[-1]), 4)
    fig = figure(
        palette, traces, height=280, shapes=[band], annotations=[title, name], margin=margin, bargap=0.0,
        yaxis={"visible": False, "range": [0, top]},
        xaxis={"tickmode": "array", "tickvals": ticks, "ticktext": [money_compact(at, currency) for at in ticks]},
    )  # fmt: skip
    alt = _("In 8 of 10 cases the profit lies between {low} and {high}; in {share} it is a loss.").format(
        low=money(interval[0], currency), high=money(interval[1], currency), share=percent(chance_of_loss)
    )
    return Chart(fig, alt)


def tornado(swings: Sequence[tuple[str, Swing]], likely: float, currency: str | None, palette: Palette) -> Chart:
    """The profit at the low and the high of each figure, what matters most on top; `swings` come with their words."""
    if not swings:
        return empty(palette)
    rows = len(swings)
    traces: list[Json] = []
    labels: list[Json] = []
    for place, (words, swing) in enumerate(swings):
        at = rows - place
        labels.append(label(words, 0, at, xref="paper", xanchor="left", yanchor="bottom", yshift=8,
                            bgcolor=bare_ground(palette), borderpad=1,
                            font={"size": SMALL, "color": palette.text}))  # fmt: skip
        for end in (swing.at_low, swing.at_high):
            is_less = end < likely
            traces.append({
                "type": "bar", "orientation": "h", "x": [end - likely], "base": [likely], "y": [at], "width": 0.36,
                "marker": {"color": palette.lost if is_less else palette.returned},
                "customdata": [f"{words}<br>{money(end, currency)}"],
                "hovertemplate": "%{customdata}<extra></extra>",
            })  # fmt: skip
    ends = [end for _words, swing in swings for end in (swing.at_low, swing.at_high)]
    low, high = min(*ends, likely), max(*ends, likely)
    room = (high - low) * 0.08 or 1.0
    line = {"type": "line", "yref": "paper", "x0": likely, "x1": likely, "y0": 0, "y1": 1,
            "line": {"color": palette.benchmark, "width": 1.5, "dash": "dash"}}  # fmt: skip
    title, margin = below(palette, _("incremental profit; dashed: with the likely figures"))
    ticks = steps(low - room, high + room, 4)
    fig = figure(
        palette, traces, height=60 + 52 * rows, shapes=[line], annotations=[*labels, title], margin=margin,
        barmode="overlay", yaxis={"visible": False, "range": [0.6, rows + 0.75]},
        xaxis={"range": [low - room, high + room], "tickmode": "array", "tickvals": ticks,
               "ticktext": [money_compact(at, currency) for at in ticks]},
    )  # fmt: skip
    first, widest = swings[0]
    return Chart(fig, _("What matters most: {what}; the profit goes from {low} to {high} with it.").format(
        what=first, low=money(min(widest.at_low, widest.at_high), currency),
        high=money(max(widest.at_low, widest.at_high), currency)))  # fmt: skip


def _edges(profits: Floats) -> Floats:
    """Bars of a round width, one of them ending at zero, over all but the last thousandth on either side."""
    low, high = np.quantile(profits, (0.001, 0.999)).tolist()
    values = steps(low, high, BARS)
    width = values[1] - values[0] if len(values) > 1 else max(high - low, 1e-9)
    first, last = np.floor(low / width), np.ceil(high / width)
    return np.asarray(np.arange(first, last + 1) * width)


def _level(palette: Palette) -> Json:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "layer": "below",
            "line": {"color": palette.benchmark, "width": 1.5}}  # fmt: skip


def _flag(
    palette: Palette, text: str, at: int, value: float, longest: int, colour: str, *, above: bool
) -> Json:  # fmt: skip
    side = "left" if at < longest / 4 else "right" if at > longest * 3 / 4 else "center"
    return label(
        text, at, value, xanchor=side, yanchor="bottom" if above else "top", yshift=8 if above else -8,
        font={"size": SMALL, "color": colour}, bgcolor=bare_ground(palette), borderpad=1,
    )  # fmt: skip
