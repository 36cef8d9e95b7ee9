"""The five pages as one HTML file that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from importlib.resources import files

from dashboard.formats import count, date_long
from dashboard.i18n import _, current
from dashboard.report.basis import foot
from dashboard.report.data import ReportData
from dashboard.report.markup import text, told
from dashboard.report.page_to_do import to_do
from dashboard.report.page_winning_back import winning_back
from dashboard.report.pages import lost, standing, who
from dashboard.report.parts import Page
from dashboard.report.svg import FONT, INK

PAGES = (standing, lost, who, winning_back, to_do)


def document(data: ReportData) -> str:
    """The report in the current language, one sheet of A4 per page."""
    made = [page(data) for page in PAGES]
    sheets = "".join(_sheet(page, number, len(made), data) for number, page in enumerate(made, 1))
    style = files("dashboard.report").joinpath("report.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="{current()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Nothing is fetched, whatever a reader's browser would be told to.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{text(title(data))}</title><style>:root{{font-family:{FONT};{_colours()}}}{style}</style></head>"
        f"<body><main>{sheets}</main></body></html>"
    )


def _colours() -> str:
    """The palette as the style sheet names it."""
    kinds = ("text", "muted", "page", "card", "grid", "primary", "due", "loss_text", "gain_text")
    return ";".join(f"--{kind.replace('_', '-')}:{getattr(INK, kind)}" for kind in kinds)


def title(data: ReportData) -> str:
    """What the report is called."""
    return _("Customers as of {day}").format(day=date_long(data.basis.as_of))


def _sheet(page: Page, number: int, of: int, data: ReportData) -> str:
    sample = f'<span class="sample">{text(_("Figures of an invented shop"))}</span>' if data.basis.is_sample else ""
    place = _("{n} of {all}").format(n=count(number), all=count(of))
    full = " full" if page.is_full else ""
    tag = "h1" if number == 1 else "p"
    return (
        f'<section class="sheet" id="{page.key}" aria-label="{text(page.question)}">'
        f'<header><{tag} class="title">{text(title(data))}</{tag}>{sample}</header>'
        f'<div class="body{full}"><h2>{text(page.question)}</h2><p class="lead">{told(page.answer)}</p>'
        f"{page.body}</div>"
        f"<footer><span>{text(foot(data))}</span><span>{text(place)}</span></footer></section>"
    )
