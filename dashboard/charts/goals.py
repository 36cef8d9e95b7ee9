"""The path to a goal: planned, actual, target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.charts.frame import (
    SMALL,
    Chart,
    Json,
    bare_ground,
    empty,
    figure,
    label,
    share_axis,
    value_axis,
)
from dashboard.charts.periods import time_axis
from dashboard.formats import count, money_compact, month_name, months
from dashboard.goal_words import kind_short, value, value_compact, verdict
from dashboard.i18n import _
from dashboard.palette import Palette
from metrics.goal import Goal
from metrics.goals import GoalMonth, GoalPath

_SKIPPED = {"hoverinfo": "skip", "type": "scatter"}


def goal_path(found: GoalPath, currency: str | None, palette: Palette) -> Chart:
    """The planned path dashed, the actual solid, the target as a diamond; the months before the goal lead up to it.

    Recovered money begins at 0, so the months before lie dotted under those of the goal.
    """
    if not found.months:
        return empty(palette)
    goal = found.goal
    is_money = goal.kind == "recovered"
    before = () if is_money else found.before
    shown = [*before, *found.months]
    colour = palette.lost if goal.kind == "churn" else palette.returned
    offset = len(before)
    traces = _actual(shown, goal, currency, colour, palette)
    traces += _planned(found, offset, currency, palette)
    if is_money and found.before:
        traces.append(_months_before(found.before, goal, currency, palette))
    figures = [each for month in [*shown, *found.before] for each in (month.planned, month.actual) if each is not None]
    top = float(max([*figures, goal.target])) * 1.22
    low = min(0.0, *(float(each) for each in figures))
    picture = figure(
        palette,
        traces,
        xaxis=time_axis([each.month for each in shown], "month"),
        yaxis=_axis(goal, low, top, currency),
        annotations=_names(found, shown, offset, currency, palette),
        margin={"l": 8, "r": 16, "t": 28, "b": 8, "pad": 4},
    )
    return Chart(picture, _alt(found, currency))


def _axis(goal: Goal, low: float, top: float, currency: str | None) -> Json:
    if goal.kind == "churn":
        return share_axis(0, top)
    return value_axis(low, top, lambda at: money_compact(at, currency) if goal.kind == "recovered" else count(at))


def _actual(shown: Sequence[GoalMonth], goal: Goal, currency: str | None, colour: str, palette: Palette) -> list[Json]:
    whole = [None if each.in_progress or each.actual is None else float(each.actual) for each in shown]
    traces: list[Json] = [
        {
            "type": "scatter", "x": list(range(len(shown))), "y": whole, "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5}, "marker": {"size": 6, "color": colour}, "connectgaps": False,
            "customdata": [_hover(each, goal, currency) for each in shown],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]  # fmt: skip
    running = next((at for at, each in enumerate(shown) if each.in_progress and each.actual is not None), None)
    if running is None:
        return traces
    now = float(shown[running].actual or 0)
    if running and whole[running - 1] is not None:
        traces.append({
            **_SKIPPED, "x": [running - 1, running], "y": [whole[running - 1], now], "mode": "lines",
            "line": {"color": colour, "width": 2, "dash": "dot"},
        })  # fmt: skip
    traces.append({
        "type": "scatter", "x": [running], "y": [now], "mode": "markers",
        "customdata": [_hover(shown[running], goal, currency)], "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"size": 9, "color": palette.page, "line": {"color": colour, "width": 2}},
    })  # fmt: skip
    return traces


def _planned(found: GoalPath, offset: int, currency: str | None, palette: Palette) -> list[Json]:
    places = [offset + at for at in range(len(found.months))]
    values = [float(each.planned or 0) for each in found.months]
    hover = [
        _("{month}<br>path: {planned}").format(
            month=month_name(each.month), planned=value(found.goal, each.planned, currency)
        )
        for each in found.months
    ]
    said = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
    return [
        {
            "type": "scatter", "x": places, "y": values, "mode": "lines", **said,
            "line": {"color": palette.benchmark, "width": 2, "dash": "dash"},
        },
        {
            "type": "scatter", "x": places[-1:], "y": values[-1:], "mode": "markers", "customdata": hover[-1:],
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"size": 13, "symbol": "diamond", "color": palette.primary},
        },
    ]  # fmt: skip


def _months_before(before: Sequence[GoalMonth], goal: Goal, currency: str | None, palette: Palette) -> Json:
    return {
        "type": "scatter", "x": list(range(len(before))), "y": [float(each.actual or 0) for each in before],
        "mode": "lines", "line": {"color": palette.benchmark, "width": 1.5, "dash": "dot"},
        "customdata": [_hover(each, goal, currency) for each in before],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _hover(month: GoalMonth, goal: Goal, currency: str | None) -> str:
    text = _("{month}, so far<br>{figure}: {actual}") if month.in_progress else _("{month}<br>{figure}: {actual}")
    return text.format(
        month=month_name(month.month), figure=kind_short(goal.kind), actual=value(goal, month.actual, currency)
    )


def _names(
    found: GoalPath, shown: Sequence[GoalMonth], offset: int, currency: str | None, palette: Palette
) -> list[Json]:
    goal, ground = found.goal, {"bgcolor": bare_ground(palette), "borderpad": 1}
    last = offset + len(found.months) - 1
    # A rate comes down to its goal, the others rise to it: the far side of the line is free, but for figures there.
    is_rate = goal.kind == "churn"
    is_below = is_rate and (found.latest is None or (found.latest.actual or 0) > goal.target)
    names = [
        label(
            _("<b>goal {target}</b>").format(target=value_compact(goal, goal.target, currency)),
            last, float(goal.target), xanchor="right", yanchor="top" if is_below else "bottom", xshift=8,
            yshift=-9 if is_below else 12 if is_rate else 9, font={"color": palette.primary, "size": 13}, **ground,
        )
    ]  # fmt: skip
    if len(found.months) > 2:
        at = _free_place(found)
        goes_under = goal.kind == "returned" or (is_rate and not is_below)
        names.append(
            label(
                _("path"), offset + at, float(found.months[at].planned or 0),
                xanchor="right" if goal.kind == "recovered" else "center",
                yanchor="top" if goes_under else "bottom", yshift=-5 if goes_under else 5,
                font={"size": SMALL, "color": palette.muted}, **ground,
            )
        )  # fmt: skip
    if goal.kind == "recovered" and found.before:
        end = found.before[-1]
        names.append(
            label(
                _("the {months} before").format(months=months(len(found.before))), last, float(end.actual or 0),
                xanchor="right", yanchor="top", xshift=8, yshift=-22,
                font={"size": SMALL, "color": palette.muted}, **ground,
            )
        )  # fmt: skip
    return names + _latest_names(found, shown, currency, palette)


def _free_place(found: GoalPath) -> int:
    """In the middle of the months to come, or of all where there are none to speak of.

    The name of a rate's path stands nearer to the end: the goal is named on the other side of the line, and the latest
    value, written to the right of its point, needs the room before.
    """
    n = len(found.months)
    begin = next((at for at in range(n, 0, -1) if found.months[at - 1].actual is not None), 0)
    if begin >= n - 1:
        return n // 2
    return (begin + 4 * (n - 1)) // 5 if found.goal.kind == "churn" else (begin + n - 1) // 2


def _latest_names(found: GoalPath, shown: Sequence[GoalMonth], currency: str | None, palette: Palette) -> list[Json]:
    """The value at the last whole month, and what the running one has so far."""
    known = [at for at, each in enumerate(shown) if each.actual is not None]
    names = []
    for at in known[-2:]:
        month = shown[at]
        if not (month.in_progress or at == _last_whole(shown)):
            continue
        text = value_compact(found.goal, month.actual, currency)
        is_under = _is_under(shown, at)
        # To the right of the point no line runs yet.
        side = (
            "left" if at + 2 < len(shown) and not month.in_progress else "right" if at + 1 == len(shown) else "center"
        )
        ink = palette.loss_text if found.goal.kind == "churn" else palette.gain_text
        names.append(
            label(
                _("{value} so far").format(value=text) if month.in_progress else f"<b>{text}</b>",
                at, float(month.actual or 0), xanchor=side, yanchor="top" if is_under else "bottom",
                yshift=-5 if is_under else 5,
                font={"color": palette.muted if month.in_progress else ink, "size": 13},
                bgcolor=bare_ground(palette), borderpad=1,
            )
        )  # fmt: skip
    return names


def _last_whole(shown: Sequence[GoalMonth]) -> int | None:
    whole = [at for at, each in enumerate(shown) if each.actual is not None and not each.in_progress]
    return whole[-1] if whole else None


def _is_under(shown: Sequence[GoalMonth], at: int) -> bool:
    """Whether the label goes below its point: the line comes from above, or the path runs above it."""
    here = shown[at].actual or Decimal(0)
    path = shown[at].planned
    if path is not None:
        return here < path
    before = shown[at - 1].actual if at else None
    return before is not None and before > here


def _alt(found: GoalPath, currency: str | None) -> str:
    goal = found.goal
    said = {
        "figure": kind_short(goal.kind),
        "target": value(goal, goal.target, currency),
        "by": month_name(goal.by),
        "verdict": verdict(found.verdict),
    }
    if found.latest is None:
        return _("{figure}: the path to {target} by {by}; {verdict}.").format(**said)
    return _("{figure}: {actual} in {month} against {planned} on the path to {target} by {by}: {verdict}.").format(
        **said,
        actual=value(goal, found.latest.actual, currency),
        month=month_name(found.latest.month),
        planned=value(goal, found.latest.planned, currency),
    )
