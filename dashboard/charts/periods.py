"""The axis of periods: places 0, 1, 2 ..., few calm labels, the stretch without enough history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.frame import SMALL, Json, label
from dashboard.formats import month_short, period_name, year_name
from dashboard.i18n import _
from dashboard.palette import Palette, fade
from metrics.results import Period
from metrics.settings import PeriodKind

_MOST_LABELS = 6  # as many as fit side by side on a phone
_YEARS = (1, 2, 5, 10, 20, 50)
_STRIDES = {
    "month": (1, 2, 3, 6, *(12 * years for years in _YEARS)),
    "quarter": (1, 2, *(4 * years for years in _YEARS)),
    "year": _YEARS,
}


def _index(start: date, kind: PeriodKind) -> int:
    months = start.year * 12 + start.month - 1
    return months // {"month": 1, "quarter": 3, "year": 12}[kind]


def time_axis(starts: Sequence[date], kind: PeriodKind, *, to_last: bool = False) -> Json:
    """The axis of evenly spaced periods.

    Labels stand at round places (every third month: January, April ...), or so that the last period has one
    (`to_last`), at most six of them. The year stands under the first one and wherever it changes; two years side by
    side would touch, so a first label followed by another year goes without.
    """
    strides = _STRIDES[kind]
    stride = next((one for one in strides if len(starts) / one <= _MOST_LABELS), strides[-1])
    if to_last:
        places = [*range(len(starts) - 1, -1, -stride)][::-1]
    else:
        places = [at for at, start in enumerate(starts) if _index(start, kind) % stride == 0]
    texts = []
    years = [year_name(starts[at]) for at in places]
    last_year = years[0] if len(set(years[:2])) > 1 == len(set(years[1:3])) else None
    for start, year in zip((starts[at] for at in places), years, strict=True):
        if kind == "year":
            texts.append(year)
            continue
        short = month_short(start) if kind == "month" else _("Q{n}").format(n=(start.month + 2) // 3)
        texts.append(short if year == last_year else f"{short}<br>{year}")
        last_year = year
    return {"range": [-0.6, len(starts) - 0.4], "tickmode": "array", "tickvals": places, "ticktext": texts}


def names(periods: Sequence[Period], kind: PeriodKind) -> list[str]:
    """The periods' names as the hover box says them: with a word on those not to be compared."""
    return [_named(one, kind) for one in periods]


def _named(one: Period, kind: PeriodKind) -> str:
    name = period_name(one.start, one.end, kind)
    if one.in_progress:
        return _("{period}, not over yet").format(period=name)
    if one.warm_up:
        return _("{period}, not enough history yet").format(period=name)
    return name


def warm_up(periods: Sequence[Period], palette: Palette, text: str | None = None) -> tuple[list[Json], list[Json]]:
    """The grey stretch at the beginning and its name on top: shapes and labels, none where all have enough history."""
    many = next((at for at, one in enumerate(periods) if not one.warm_up), len(periods))
    if not many:
        return [], []
    shade = {
        "type": "rect", "yref": "paper", "x0": -0.6, "x1": many - 0.5, "y0": 0, "y1": 1, "layer": "below",
        "line": {"width": 0}, "fillcolor": fade(palette.benchmark, 0.14),
    }  # fmt: skip
    name = label(
        text or _("not enough history yet"), -0.6, 1, yref="paper", xanchor="left", yanchor="bottom", yshift=1,
        font={"size": SMALL, "color": palette.muted},
    )  # fmt: skip
    return [shade], [name]


def last_whole(periods: Sequence[Period]) -> int | None:
    """The place of the last period fit for comparison."""
    return next((at for at in range(len(periods) - 1, -1, -1) if periods[at].comparable), None)
