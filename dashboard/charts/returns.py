"""Who comes back after how long, and whether the curve would have known it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dashboard import labels
from dashboard.charts.frame import (
    SMALL,
    Chart,
    Json,
    bare_ground,
    below,
    empty,
    figure,
    label,
    share_axis,
    steps,
)
from dashboard.charts.marks import MARGIN, ROW, Mark, furthest_day, rows_of, uprights
from dashboard.formats import count, days, percent
from dashboard.i18n import _
from dashboard.palette import Palette, fade
from metrics.returns import LEAST_AT_RISK, Group, ReturnCurve
from metrics.threshold_results import BackTest

_SHOWN: tuple[Group, ...] = ("1", "2", "3", "4+")
_STRENGTH = {"1": 1.0, "2": 0.75, "3": 0.55, "4+": 1.0}
_TOP = 1.1
_DASH = {"1": "solid", "2": "dash", "3": "dot", "4+": "solid"}


def return_curve(
    curves: Mapping[Group, ReturnCurve], marks: Sequence[Mark], names: Mapping[Group, str], palette: Palette
) -> Chart:
    """The share that has ordered again, by days since an order, one line per order number with its 95% band.

    A line ends where fewer than 30 gaps were seen that long.
    """
    held = {group: _reach(curves[group]) for group in _SHOWN if group in curves}
    held = {group: reach for group, reach in held.items() if reach >= 2}
    if not held:
        return empty(palette)
    marks = sorted(marks, key=lambda mark: mark.day)
    end = min(max(held.values()), int(max([mark.day for mark in marks] + [120]) * 1.35))
    end = max(end, int(furthest_day(marks)))
    title, margin = below(palette, _("days since an order"))
    rows = rows_of(marks, end)
    margin |= {"r": MARGIN, "t": 16 + ROW * (max(rows, default=0) + 1)}
    plot = 380 - margin["t"] - margin["b"]
    traces: list[Json] = []
    notes: list[Json] = []
    for group, reach in held.items():
        last = min(reach, end)
        traces += _band(curves[group], last, palette)
        traces.append(_line(curves[group], group, names[group], last, palette))
        notes.append(_end_label(curves[group], names[group], last, palette))
    ticks = steps(0, end, 6)
    shapes, flags = uprights(marks, rows, plot, palette)
    fig = figure(
        palette, traces, height=380, shapes=shapes, annotations=[*_apart(notes, end, plot), *flags, title],
        yaxis={**share_axis(0, 1), "range": [0, _TOP]}, margin=margin,
        xaxis={"range": [0, end], "tickmode": "array", "tickvals": ticks, "ticktext": [count(day) for day in ticks]},
    )  # fmt: skip
    return Chart(fig, _alt(curves, held, names))


def calibration(test: BackTest, palette: Palette) -> Chart:
    """Predicted and actual share that came back, by how long they had been silent on the day stepped back to."""
    bands = [band for band in test.bands if band.predicted is not None and band.actual is not None]
    if not bands:
        return empty(palette)
    named = [labels.day_band(band.silence_from, band.silence_to) for band in bands]
    places = list(range(len(bands)))
    predicted, actual = [band.predicted for band in bands], [band.actual for band in bands]
    sizes = [_("{n} customers").format(n=count(band.customers)) for band in bands]
    bars = [palette.returned if band.is_judged else fade(palette.returned, 0) for band in bands]
    dashes = [palette.text if band.is_judged else palette.benchmark for band in bands]
    traces: list[Json] = [
        {"type": "bar", "x": places, "y": actual, "width": 0.5,
         "marker": {"color": bars,
                    "line": {"color": palette.returned, "width": [0 if band.is_judged else 1.5 for band in bands]}},
         "customdata": [f"{percent(value)} · {size}" for value, size in zip(actual, sizes, strict=True)],
         "hovertemplate": "%{customdata}<extra></extra>"},
        {"type": "scatter", "x": places, "y": predicted, "mode": "markers",
         "marker": {"symbol": "line-ew", "size": 46, "line": {"width": 3, "color": dashes}},
         "customdata": [percent(value) for value in predicted], "hovertemplate": "%{customdata}<extra></extra>"},
    ]  # fmt: skip
    room = 1.25 if all(band.is_judged for band in bands) else 1.4
    top = max(value for value in (*predicted, *actual) if value is not None) * room
    notes = [
        label(percent(band.actual) + ("" if band.is_judged else "<br>" + _("too few")), place,
              max(band.actual or 0, band.predicted or 0), yanchor="bottom", yshift=6,
              font={"size": SMALL, "color": palette.gain_text if band.is_judged else palette.muted},
              bgcolor=bare_ground(palette))
        for place, band in zip(places, bands, strict=True)
    ]  # fmt: skip
    title, margin = below(palette, _("days of silence on that day"), tick_lines=2)
    fig = figure(
        palette, traces, height=300, annotations=[*notes, title], yaxis=share_axis(0, top), margin=margin,
        xaxis={"tickmode": "array", "tickvals": places, "range": [-0.5, len(bands) - 0.5],
               "ticktext": [name.replace("–", "–<br>") if len(name) > 5 else name for name in named]},
    )  # fmt: skip
    parts = [
        (
            _("silent {band}: predicted {predicted}, came back {actual}")
            if band.is_judged
            else _("silent {band}: predicted {predicted}, came back {actual}, too few to judge")
        ).format(band=name, predicted=percent(band.predicted), actual=percent(band.actual))
        for name, band in zip(named, bands, strict=True)
    ]
    return Chart(fig, "; ".join(parts))


def _reach(curve: ReturnCurve) -> int:
    """The last day with enough gaps that long."""
    enough = np.flatnonzero(curve.at_risk >= LEAST_AT_RISK)
    return int(enough[-1]) if enough.size else 0


def _line(curve: ReturnCurve, group: Group, name: str, last: int, palette: Palette) -> Json:
    back = 1 - curve.not_back[: last + 1]
    hover = [
        _("{name}: {share} came back within {days}").format(name=name, share=percent(float(share)), days=days(day))
        for day, share in enumerate(back)
    ]
    return {
        "type": "scatter", "mode": "lines", "x": list(range(last + 1)), "y": back.tolist(), "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": fade(palette.returned, _STRENGTH[group]), "width": 2.5, "dash": _DASH[group]},
    }  # fmt: skip


def _band(curve: ReturnCurve, last: int, palette: Palette) -> list[Json]:
    days_with = np.flatnonzero(~np.isnan(curve.low[: last + 1]))
    if days_with.size < 2:
        return []
    low, high = 1 - curve.high[days_with], 1 - curve.low[days_with]
    shared = {"type": "scatter", "mode": "lines", "x": days_with.tolist(), "hoverinfo": "skip", "line": {"width": 0}}
    return [
        {**shared, "y": low.tolist()},
        {**shared, "y": high.tolist(), "fill": "tonexty", "fillcolor": fade(palette.returned, 0.12)},
    ]


def _end_label(curve: ReturnCurve, name: str, last: int, palette: Palette) -> Json:
    return label(
        name, last, float(1 - curve.not_back[last]), xanchor="left", xshift=6, yanchor="middle", align="left",
        font={"size": SMALL, "color": palette.gain_text}, bgcolor=bare_ground(palette),
    )  # fmt: skip


def _apart(notes: list[Json], end: int, plot: float) -> list[Json]:
    """Labels at the line ends, moved apart where they would lie on each other.

    A line that ends in the middle has those of later orders above it: its label goes below.
    """
    step = ROW / plot * _TOP
    placed: list[Json] = []
    for note in sorted((one for one in notes if one["x"] > 0.8 * end), key=lambda each: each["y"]):
        placed.append({**note, "y": max([note["y"], *(one["y"] + step for one in placed[-1:])])})
    inside: list[Json] = []
    for note in sorted((one for one in notes if one["x"] <= 0.8 * end), key=lambda each: -each["y"]):
        near = [one["y"] for one in inside if abs(one["x"] - note["x"]) < 0.4 * end]
        inside.append({**note, "y": max(min([note["y"], *near[-1:]]) - step, 0.0)})
    return placed + inside


def _alt(curves: Mapping[Group, ReturnCurve], held: Mapping[Group, int], names: Mapping[Group, str]) -> str:
    parts = []
    for group, reach in held.items():
        share = curves[group].share_not_back(min(90, reach))
        if share is not None:
            parts.append(
                _("{name}: {share} came back within {days}").format(
                    name=names[group], share=percent(1 - share), days=days(min(90, reach))
                )
            )
    return "; ".join(parts)
