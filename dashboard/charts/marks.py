"""Days marked on a horizontal axis: upright lines whose names stand above the picture and never on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

from dashboard.charts.frame import SMALL, Json, bare_ground, label
from dashboard.palette import Palette

ROW: Final = 15
"""Height of one row of names, in pixels."""
MARGIN: Final = 100
"""What the picture leaves free at its right, in pixels: a name may reach into it."""
_NARROWEST: Final = 200
"""The width of the picture on a phone, in pixels; what fits there fits anywhere."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the axis with its name; `strong` for the chosen one, `faint` for one of less weight."""

    day: float
    text: str
    strong: bool = False
    faint: bool = False


def furthest_day(marks: Sequence[Mark]) -> float:
    """Where an axis from 0 on must end at the least for every name to fit."""
    return max((one.day / (1 - max(_width(one) - MARGIN, 0) / _NARROWEST) for one in marks), default=0.0) * 1.05


def rows_of(marks: Sequence[Mark], end: float) -> list[int]:
    """The row of each mark's name above the picture, 0 the lowest; `marks` in the order of their days.

    A name begins at its line and runs to the right: above all lines that it passes, which so never cross it.
    """
    rows: list[int] = []
    for place in reversed(range(len(marks))):
        reach = marks[place].day + _width(marks[place]) / _NARROWEST * end
        passed = [row for other, row in zip(marks[place + 1 :], rows, strict=True) if other.day <= reach]
        rows.insert(0, max(passed, default=-1) + 1)
    return rows


def uprights(
    marks: Sequence[Mark], rows: Sequence[int], plot_height: float, palette: Palette
) -> tuple[list[Json], list[Json]]:
    """The lines and the names of marks on these rows over a picture of `plot_height` pixels."""
    shapes, names = [], []
    for mark, row in zip(marks, rows, strict=True):
        width = 2.0 if mark.strong else 0.8 if mark.faint else 1.2
        foot = 1 + ROW * row / plot_height
        shapes.append({
            "type": "line", "yref": "paper", "x0": mark.day, "x1": mark.day, "y0": 0,
            "y1": foot + (ROW - 1) / plot_height, "layer": "below",
            "line": {"color": palette.primary if mark.strong else palette.benchmark, "width": width,
                     "dash": "solid" if mark.strong else "dot"},
        })  # fmt: skip
        names.append(label(
            f"<b>{mark.text}</b>" if mark.strong else mark.text, mark.day, foot, yref="paper", xanchor="left",
            xshift=2, yanchor="bottom", borderpad=0, bgcolor=bare_ground(palette),
            font={"size": SMALL, "color": palette.primary if mark.strong else palette.muted},
        ))  # fmt: skip
    return shapes, names


def _width(mark: Mark) -> float:
    """About the width of a mark's name, in pixels."""
    sign = 7.4 if mark.strong else 6.8
    return 6 + sum(12.5 if east_asian_width(each) in "WF" else sign for each in mark.text)
