"""Small pieces of SVG: pure functions from places and words to marks. One unit is about a quarter of a millimetre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dashboard.palette import Palette, palette
from dashboard.report.markup import text as escaped
from dashboard.report.markup import width

FONT: Final = (
    "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', Roboto, 'Noto Sans', 'Noto Sans SC', "
    "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'DejaVu Sans', sans-serif"
)
WIDE: Final = 680
SIZE: Final = 13
SMALL: Final = 11.5
INK: Final[Palette] = palette("light")
"""Paper is white whatever the screen is."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing `WIDE` units wide: its heading, the sentence that says its finding, the marks; `key` names its file."""

    key: str
    title: str
    finding: str
    height: float
    marks: str

    def svg(self) -> str:
        """The drawing for within a page of HTML."""
        return (
            f'<svg viewBox="0 0 {WIDE} {self.height:g}" preserveAspectRatio="xMinYMid" role="img" '
            f'aria-label="{escaped(self.finding)}" xmlns="http://www.w3.org/2000/svg"><title>{escaped(self.title)}</title>'
            f"<desc>{escaped(self.finding)}</desc>{self.marks}</svg>"
        )


def write(
    x: float, y: float, words: str, *, size: float = SIZE, fill: str = INK.text, anchor: Anchor = "start",
    is_bold: bool = False, on_line: bool = False,
) -> str:  # fmt: skip
    """Words with their base line at `y`; `on_line`: paper behind the letters, for they lie on a line."""
    weight = ' font-weight="700"' if is_bold else ""
    behind = f' stroke="{INK.page}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if on_line else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{weight}{behind}>'
        f"{escaped(words)}</text>"
    )


def stroke(
    x0: float, y0: float, x1: float, y1: float, colour: str = INK.grid, *, thick: float = 1, dash: str | None = None
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" stroke-width="{thick:g}"'
        f"{dashed}/>"
    )


def box(x: float, y: float, wide: float, high: float, fill: str, *, round_by: float = 3) -> str:
    """A filled rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{max(high, 0):.1f}" rx="{round_by:g}" '
        f'fill="{fill}"/>'
    )


def dot(x: float, y: float, radius: float, fill: str, *, edge: str | None = None) -> str:
    """A filled circle, with an edge if you like."""
    edged = f' stroke="{edge}" stroke-width="2"' if edge else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"{edged}/>'


def course(points: list[tuple[float, float]], colour: str, *, thick: float = 2.5, dash: str | None = None) -> str:
    """A line through points."""
    if len(points) < 2:
        return ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{thick:g}" stroke-linejoin="round" '
        f'stroke-linecap="round"{dashed}/>'
    )


def area(points: list[tuple[float, float]], ground: float, fill: str, opacity: float) -> str:
    """The ground between points and a level."""
    if len(points) < 2:
        return ""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(points[0][0], ground), *points, (points[-1][0], ground)])
    return f'<polygon points="{places}" fill="{fill}" fill-opacity="{opacity:g}"/>'


def fitting(words: str, room: float, size: float = SIZE, smallest: float = 9.5) -> float:
    """The largest size up to `size` at which the words fit into `room`."""
    return max(min(size, size * room / max(width(words, size), 1e-9)), smallest)
