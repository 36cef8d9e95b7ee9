"""How the churn rate follows from the day on which a customer counts as lost."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.frame import (
    SMALL,
    Chart,
    Json,
    bare_ground,
    below,
    empty,
    figure,
    label,
    level,
    share_axis,
    steps,
)
from dashboard.formats import count, days, percent
from dashboard.i18n import _
from dashboard.palette import Palette
from metrics.results import ThresholdChurn


def churn_by_threshold(
    curve: Sequence[ThresholdChurn], chosen_days: int, preset_days: int, benchmark: float, palette: Palette
) -> Chart:
    """Monthly churn for every "lost after" choice, the benchmark across it, the chosen and the usual days marked."""
    known = {one.days: one.churn for one in curve if one.churn is not None}
    if not known:
        return empty(palette)
    marked = (chosen_days, preset_days, *(one.days for one in curve))
    first, last = min(marked), max(marked)
    hover = [
        _("lost after {days}<br>churn rate {churn} a month").format(days=days(one.days), churn=percent(one.churn))
        for one in curve
    ]
    traces: list[Json] = [{
        "type": "scatter", "mode": "lines", "x": [one.days for one in curve], "y": [one.churn for one in curve],
        "customdata": hover, "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": palette.lost, "width": 2.5},
    }]  # fmt: skip
    top = max(benchmark, *known.values()) * 1.3
    line, name = level(
        palette, benchmark, _("benchmark {value}").format(value=percent(benchmark)), above=True,
        colour=palette.benchmark,
    )  # fmt: skip
    # The curve falls from the left: there is room for the name at the right end.
    title, margin = below(palette, _("days of silence until a customer counts as lost"))
    shapes, labels = [line], [{**name, "x": 1, "xanchor": "right"}, title]
    if preset_days != chosen_days:
        usual = _upright(preset_days, 0.66, palette.benchmark, "dot")
        text = _("usual in your industry:<br>{n}").format(n=days(preset_days, about=False))
        shapes.append(usual)
        leaning = "right" if preset_days < chosen_days else "left"
        labels.append(_flag(usual, text, (first, last), palette.muted, palette, leaning=leaning))
    chosen = known.get(chosen_days)
    own = _upright(chosen_days, 0.86, palette.primary, "solid")
    text = _("<b>your choice: {n}</b>").format(n=days(chosen_days, about=False))
    if chosen is not None:
        text += "<br>" + _("churn rate {churn}").format(churn=percent(chosen))
        traces.append({
            "type": "scatter", "mode": "markers", "x": [chosen_days], "y": [chosen], "hoverinfo": "skip",
            "marker": {"size": 11, "color": palette.primary, "line": {"color": palette.page, "width": 2}},
        })  # fmt: skip
    shapes.append(own)
    labels.append(_flag(own, text, (first, last), palette.primary, palette))
    days_ticks = steps(first, last, 5)
    fig = figure(
        palette, traces, shapes=shapes, annotations=labels, yaxis=share_axis(0, top), margin=margin,
        xaxis={"range": [first, last], "tickmode": "array", "tickvals": days_ticks,
               "ticktext": [count(day) for day in days_ticks]},
    )  # fmt: skip
    return Chart(fig, _alt(known, chosen_days, benchmark))


def _upright(day: int, height: float, colour: str, dash: str) -> Json:
    return {
        "type": "line", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": height, "layer": "below",
        "line": {"color": colour, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _flag(
    line: Json, text: str, span: tuple[int, int], colour: str, palette: Palette, *, leaning: str = "center"
) -> Json:
    """A text on top of an upright line; near an edge it leans away from it."""
    part = (line["x0"] - span[0]) / (span[1] - span[0] or 1)
    side = "left" if part < 1 / 4 else "right" if part > 3 / 4 else leaning
    return label(
        text, line["x0"], line["y1"], yref="paper", xanchor=side, yanchor="bottom", align=side,
        font={"size": SMALL, "color": colour}, bgcolor=bare_ground(palette), borderpad=1,
    )  # fmt: skip


def _alt(known: dict[int, float], chosen_days: int, benchmark: float) -> str:
    words = {
        "days": days(chosen_days, about=False),
        "churn": percent(known.get(chosen_days)),
        "benchmark": percent(benchmark),
        "crossing": days(next((day for day, churn in sorted(known.items()) if churn <= benchmark), None), about=False),
    }
    if all(churn > benchmark for churn in known.values()):
        return _(
            "Lost after {days}: churn rate {churn} a month. It stays above the benchmark of {benchmark} at any choice."
        ).format(**words)
    return _(
        "Lost after {days}: churn rate {churn} a month. It comes down to the benchmark of {benchmark} at {crossing}."
    ).format(**words)
