"""Retention over time: the churn rate and the customer retention rate."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.frame import (
    Chart,
    Json,
    bare_ground,
    empty,
    figure,
    label,
    level,
    share_axis,
)
from dashboard.charts.periods import last_whole, names, time_axis, warm_up
from dashboard.formats import count, percent, period_name, sentences
from dashboard.i18n import _
from dashboard.palette import Palette
from metrics.results import Period
from metrics.settings import PeriodKind

_SPOTS = 30  # from here on the points of a line would run together


def _line(
    periods: Sequence[Period], values: Sequence[float | None], hover: Sequence[str], colour: str, palette: Palette
) -> list[Json]:
    """A measure over time: grey in the warm-up, solid, then dotted to the hollow period in progress."""
    solid = [value if one.comparable else None for one, value in zip(periods, values, strict=True)]
    grey = [value if one.warm_up else None for one, value in zip(periods, values, strict=True)]
    spots = "lines+markers" if len(periods) <= _SPOTS else "lines"
    shared = {"type": "scatter", "x": list(range(len(periods))), "connectgaps": False}
    said = {"customdata": list(hover), "hovertemplate": "%{customdata}<extra></extra>"}
    traces: list[Json] = [
        {**shared, **said, "y": grey, "mode": spots, "line": {"color": palette.benchmark, "width": 1.5},
         "marker": {"size": 5, "color": palette.benchmark}},
        {**shared, **said, "y": solid, "mode": spots, "line": {"color": colour, "width": 2.5},
         "marker": {"size": 6, "color": colour}},
    ]  # fmt: skip
    if periods[-1].in_progress and values[-1] is not None:
        tail = len(periods) - 1
        if tail and values[tail - 1] is not None:
            traces.append({
                "type": "scatter", "x": [tail - 1, tail], "y": [values[tail - 1], values[tail]], "mode": "lines",
                "line": {"color": colour, "width": 2, "dash": "dot"}, "hoverinfo": "skip",
            })  # fmt: skip
        traces.append({
            "type": "scatter", "x": [tail], "y": [values[tail]], "mode": "markers", "customdata": [hover[tail]],
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"size": 9, "color": palette.page, "line": {"color": colour, "width": 2}},
        })  # fmt: skip
    return traces


def _value_label(text: str, at: int, value: float, *, above: bool, colour: str, palette: Palette) -> Json:
    return label(
        text, at, value, xanchor="right", yanchor="bottom" if above else "top", xshift=8, yshift=6 if above else -6,
        font={"color": colour, "size": 13}, bgcolor=bare_ground(palette), borderpad=1,
    )  # fmt: skip


def _so_far(
    periods: Sequence[Period], values: Sequence[float | None], last: int | None, palette: Palette
) -> list[Json]:
    """The word beside the hollow point, on the other side of the line than the last whole value."""
    value = values[-1]
    if not periods[-1].in_progress or value is None:
        return []
    whole = values[last] if last is not None else None
    return [
        _value_label(
            _("{value} so far").format(value=percent(value)), len(periods) - 1, value,
            above=whole is not None and value > whole, colour=palette.muted, palette=palette,
        )
    ]  # fmt: skip


def churn_series(
    periods: Sequence[Period], kind: PeriodKind, benchmark: float, median: float | None, palette: Palette
) -> Chart:
    """The churn rate of each period, with the benchmark and the business's own median (all shares of one `kind`)."""
    values = [one.churn for one in periods]
    if all(value is None for value in values):
        return empty(palette)
    hover = [
        _("{period}<br>churn rate {churn}: {lost} of {active} lost").format(
            period=name, churn=percent(one.churn), lost=count(one.lost), active=count(one.active_at_start)
        )
        for name, one in zip(names(periods, kind), periods, strict=True)
    ]
    last = last_whole(periods)
    shapes, labels = warm_up(periods, palette)
    # The two references name themselves on the far sides of each other, where no line runs.
    higher = median is None or benchmark >= median
    line, name = level(
        palette, benchmark, _("benchmark {value}").format(value=percent(benchmark)),
        above=higher, colour=palette.benchmark, beside=True,
    )  # fmt: skip
    shapes.append(line)
    labels.append(name)
    if median is not None:
        line, name = level(
            palette, median, _("your usual month {value}").format(value=percent(median)),
            above=not higher, colour=palette.lost, dash="dot", beside=True,
        )  # fmt: skip
        shapes.append(line)
        labels.append(name)
    recent = values[last] if last is not None else None
    so_far = _so_far(periods, values, last, palette)
    if last is not None and recent is not None:
        beside = values[-1] if so_far else values[last - 1] if last else None
        above = (beside or 0) <= recent  # on the side that the line does not come from
        labels.append(
            _value_label(
                f"<b>{percent(recent)}</b>", last, recent, above=above, colour=palette.loss_text, palette=palette
            )
        )
    top = max(benchmark, median or 0, *(value for value in values if value is not None)) * 1.25
    fig = figure(
        palette, _line(periods, values, hover, palette.lost, palette),
        xaxis=time_axis([one.start for one in periods], kind), yaxis=share_axis(0, top or 1),
        shapes=shapes, annotations=[*labels, *so_far], margin={"l": 8, "r": 88, "t": 28, "b": 8, "pad": 4},
    )  # fmt: skip
    return Chart(fig, _churn_alt(periods, kind, benchmark, median, last))


def _churn_alt(
    periods: Sequence[Period], kind: PeriodKind, benchmark: float, median: float | None, last: int | None
) -> str:
    churn = periods[last].churn if last is not None else None
    if last is None or churn is None:
        return _("Churn rate: not enough history yet to compare with the benchmark of {benchmark}.").format(
            benchmark=percent(benchmark)
        )
    words = {
        "period": period_name(periods[last].start, periods[last].end, kind),
        "churn": percent(churn),
        "benchmark": percent(benchmark),
    }
    if churn > benchmark and words["churn"] != words["benchmark"]:
        text = _("Churn rate in {period}: {churn}, above the benchmark of {benchmark}.")
    else:
        text = _("Churn rate in {period}: {churn}, not above the benchmark of {benchmark}.")
    own = [] if median is None else [_("Your usual month: {median}.").format(median=percent(median))]
    return sentences(text.format(**words), *own)


def retention_series(periods: Sequence[Period], kind: PeriodKind, palette: Palette) -> Chart:
    """Customer retention (CRR) and strict CRR, which leaves out those who came back, of each period."""
    crr, strict = [one.crr for one in periods], [one.strict_crr for one in periods]
    known = [value for value in (*crr, *strict) if value is not None]
    if not known:
        return empty(palette)
    hover = [
        _("{period}<br>CRR {crr}, strict {strict}<br>{returned} came back").format(
            period=name, crr=percent(one.crr), strict=percent(one.strict_crr), returned=count(one.returned)
        )
        for name, one in zip(names(periods, kind), periods, strict=True)
    ]
    upper = _line(periods, crr, hover, palette.active, palette)
    lower = [{**trace, "hoverinfo": "skip", "hovertemplate": None} for trace in
             _line(periods, strict, hover, palette.lost, palette)]  # fmt: skip
    shapes, labels = warm_up(periods, palette)
    last = last_whole(periods)
    now, strictly = (crr[last], strict[last]) if last is not None else (None, None)
    alt = _("Customer retention: not enough history yet.")
    if last is not None and now is not None and strictly is not None:
        # In the margin, the one above and the other below the height of the line between them: they never meet.
        for text, colour, anchor in (
            (_("CRR"), palette.active, "bottom"), (_("strict"), palette.loss_text, "top"),
        ):  # fmt: skip
            value = percent(now if anchor == "bottom" else strictly)
            labels.append(
                label(f"<b>{value}</b><br>{text}", 1, (now + strictly) / 2, xref="paper", xanchor="left",
                      yanchor=anchor, align="left", xshift=4, font={"color": colour})
            )  # fmt: skip
        alt = _("Customer retention in {period}: {crr}; {strict} without the customers who came back.").format(
            period=period_name(periods[last].start, periods[last].end, kind),
            crr=percent(now),
            strict=percent(strictly),
        )
    # Not from zero: lines, no bars, and all that matters happens near the top.
    spread = max(max(known) - min(known), 0.02)
    low, high = max(0.0, min(known) - 0.35 * spread), max(known) + 0.35 * spread
    fig = figure(
        palette, [*lower, *upper], xaxis=time_axis([one.start for one in periods], kind),
        yaxis=share_axis(low, high), shapes=shapes, annotations=labels,
        margin={"l": 8, "r": 64, "t": 28, "b": 8, "pad": 4},
    )  # fmt: skip
    return Chart(fig, alt)
