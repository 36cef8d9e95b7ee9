"""What every chart shares: the template, ticks in the person's locale, labels and notes on the picture."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final
from unicodedata import east_asian_width

import plotly.graph_objects as go

from dashboard.formats import percent
from dashboard.i18n import _
from dashboard.palette import Palette, fade

Json = dict[str, Any]

# Zoom and drag are off: on a phone they would catch the finger that scrolls the page.
PLOT_CONFIG: Final[Json] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtons": [["toImage"]],
    "scrollZoom": False,
    "doubleClick": False,
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "winback"},
}

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', sans-serif"
SMALL: Final = 12
_CLEAR: Final = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure and the sentence that says what it shows, for who cannot see it."""

    figure: go.Figure
    alt: str


def template(palette: Palette) -> Json:
    """The look of all charts, as a Plotly template."""
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "automargin": True,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": SMALL, "color": palette.muted},
        "tickangle": 0,
    }
    layout = {
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "margin": {"l": 8, "r": 12, "t": 28, "b": 8, "pad": 4},
        "showlegend": False,
        "dragmode": False,
        # The nearest point; mode "x" would add a second box on the axis.
        "hovermode": "closest",
        "hoverdistance": 100,
        "hoverlabel": {
            "bgcolor": palette.card,
            "bordercolor": palette.benchmark,
            "font": {"family": FONT, "size": 13, "color": palette.text},
            "align": "left",
            "namelength": -1,
        },
        "modebar": {"bgcolor": _CLEAR, "color": palette.muted, "activecolor": palette.text},
        "bargap": 0.28,
        "xaxis": {**axis, "showgrid": False},
        "yaxis": {**axis, "gridcolor": palette.grid, "gridwidth": 1},
        "annotationdefaults": {"showarrow": False, "font": {"size": 13}},
    }
    return {"layout": layout}


def figure(palette: Palette, traces: Sequence[Json], *, height: int = 320, **layout: Any) -> go.Figure:
    """A figure in the template; not validated, which would cost more than building it."""
    return go.Figure(
        data=list(traces), layout={"template": template(palette), "height": height, **layout}, _validate=False
    )


def empty(palette: Palette) -> Chart:
    """The place of a chart that has nothing to show yet."""
    text = _("Not enough data for this picture yet.")
    note = {"text": text, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "font": {"color": palette.muted}}
    hidden = {"visible": False}
    return Chart(figure(palette, [], height=280, annotations=[note], xaxis=hidden, yaxis=hidden), text)


def plain(text: str) -> str:
    """Customers' text as it stands: Plotly would read `<a href>` and `<br>` in it as markup."""
    return html.escape(re.sub(r"[\s\x00-\x1f]+", " ", text).strip(), quote=False)


def shorten(text: str, columns: int) -> str:
    """At most `columns` wide, a Chinese character being two; cut before escaping, never inside an entity."""
    widths = accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    fits = sum(width <= columns for width in widths)
    return text if fits == len(text) else text[: max(fits - 1, 1)].rstrip() + "…"


def two_lines(text: str) -> str:
    """Broken at the blank nearest to the middle, for a narrow place: no-break blanks are for running text."""
    blanks = [at for at, sign in enumerate(text) if sign.isspace()]
    if not blanks:
        return text
    middle = min(blanks, key=lambda at: abs(at - len(text) / 2))
    return f"{text[:middle]}<br>{text[middle + 1 :]}"


def steps(low: float, high: float, about: int = 4) -> list[float]:
    """Round values (1, 2, 5 x 10^k apart) from `low` to `high`, zero among them."""
    raw = (high - low) / about
    if raw <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    return [round(at * step, 10) for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def value_axis(low: float, high: float, words: Callable[[float], str], about: int = 4) -> Json:
    """A value axis with ticks in the person's locale."""
    values = steps(low, high, about)
    return {"range": [low, high], "tickmode": "array", "tickvals": values, "ticktext": [words(at) for at in values]}


def share_axis(low: float, high: float) -> Json:
    """A value axis of shares, in whole per cent where the steps are."""
    values = steps(low, high)
    whole = all(abs(value * 100 - round(value * 100)) < 1e-6 for value in values)
    return value_axis(low, high, lambda share: percent(share, whole=whole))


def label(text: str, x: Any, y: Any, **how: Any) -> Json:
    """A text on the picture."""
    return {"text": text, "x": x, "y": y, **how}


def below(palette: Palette, text: str, *, tick_lines: int = 1) -> tuple[Json, Json]:
    """What the horizontal axis counts, under its ticks: the label and the margins that hold it.

    Not the axis title: Plotly sets that over the ticks when a font arrives after the first drawing.
    """
    under = 12 + 16 * tick_lines
    name = label(
        text, 0.5, 0, xref="paper", yref="paper", yanchor="top", yshift=-under,
        font={"size": SMALL, "color": palette.muted},
    )  # fmt: skip
    return name, {"l": 8, "r": 12, "t": 28, "b": under + 12 + 16 * (text.count("<br>") + 1), "pad": 4}


def bare_ground(palette: Palette) -> str:
    """Behind a label that may lie on a line."""
    return fade(palette.page, 0.8)


def level(
    palette: Palette, value: float, text: str, *, above: bool, colour: str, dash: str = "dash", beside: bool = False
) -> tuple[Json, Json]:
    """A horizontal reference across the picture, with its name on it, or `beside` it in the right margin, in two lines.

    Returns the shape and the label.
    """
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value, "layer": "below",
        "line": {"color": colour, "width": 1.5, "dash": dash},
    }  # fmt: skip
    name = label(
        text, 0, value, xref="paper", xanchor="left", yanchor="bottom" if above else "top", borderpad=1,
        font={"size": SMALL, "color": palette.muted}, bgcolor=bare_ground(palette),
    )  # fmt: skip
    if beside:
        name |= {"text": two_lines(text), "x": 1, "xshift": 4, "align": "left"}
    return line, name
