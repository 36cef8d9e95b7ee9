"""The pictures of the report one by one, each with its finding written on it, to be put anywhere."""

from __future__ import annotations

from dashboard.i18n import _, current
from dashboard.report.basis import foot
from dashboard.report.data import ReportData
from dashboard.report.markup import lines, text
from dashboard.report.page_to_do import calendar
from dashboard.report.page_winning_back import best_list, money_of
from dashboard.report.pages import churn, customers, lost_ages, lost_stack
from dashboard.report.svg import FONT, INK, WIDE, Picture, fitting, write

_EDGE = 32.0


def pictures(data: ReportData) -> tuple[Picture, ...]:
    """All pictures that have something to show, in the order of the report."""
    drawn = (each(data) for each in (churn, lost_stack, customers, lost_ages, money_of, best_list, calendar))
    return tuple(one for one in drawn if one is not None)


def standalone(picture: Picture, data: ReportData) -> str:
    """A picture as an SVG file of its own: heading, finding, marks, and what it stands on."""
    finding = lines(picture.finding, WIDE - 8, 14, 3)
    top = 62.0 + 20 * len(finding)
    high = top + picture.height + 44
    wide = WIDE + 2 * _EDGE
    below = f"{foot(data)} · {_('Figures of an invented shop')}" if data.basis.is_sample else foot(data)
    told = "".join(write(_EDGE, 60 + 20 * at, line, size=14, fill=INK.muted) for at, line in enumerate(finding))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}" '
        f'role="img" aria-label="{text(picture.finding)}" xml:lang="{current()}" font-family="{FONT}">'
        f"<title>{text(picture.title)}</title><desc>{text(picture.finding)}</desc>"
        f'<rect width="100%" height="100%" fill="{INK.page}"/>'
        f"{write(_EDGE, 36, picture.title, size=19, is_bold=True)}{told}"
        f'<g transform="translate({_EDGE:g} {top:g})">{picture.marks}</g>'
        f"{write(_EDGE, high - 14, below, size=fitting(below, WIDE, 11), fill=INK.muted)}</svg>"
    )


def picture_page(svg: str) -> str:
    """An SVG file alone on a page, for a browser to photograph."""
    return f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}svg{{display:block}}</style>{svg}'


def picture_size(svg: str) -> tuple[int, int]:
    """The width and the height of a file of `standalone`."""
    wide, high = (svg.partition(f'{name}="')[2].partition('"')[0] for name in (" width", " height"))
    return round(float(wide)), round(float(high))
