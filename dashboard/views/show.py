"""How do I show it to others?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import i18n
from dashboard.browser_print import PrintError, find_browser, pdf_of, png_of
from dashboard.components import head, onward, wall_link
from dashboard.downloads import content_download
from dashboard.i18n import LANGUAGES, _
from dashboard.markdown import escape
from dashboard.report import collect, document, picture_page, picture_size, pictures, standalone
from dashboard.report_words import print_error
from dashboard.session import REPORT, language, settings, workspace
from metrics.guard import kept_off_version
from metrics.reason_tables import reasons_version
from metrics.settings import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that can be taken away: `key` names its file."""

    key: str
    title: str
    finding: str
    svg: str


@dataclass(frozen=True, slots=True)
class Made:
    """A report as it was made: the page, its PDF or why there is none, the pictures."""

    html: bytes
    pdf: bytes | None
    problem: str | None
    pictures: tuple[Shown, ...]


def page() -> None:
    """The report to print or to send, its pictures, and the wall."""
    if workspace().histograms is None:
        return
    head(
        _("How do I show it to others?"),
        _("With a report of **five pages** to print or to send, with pictures for your slides, or with the **wall** on "
          "a big screen. None of them holds names or contacts of customers."),
    )  # fmt: skip
    chosen = _controls()
    made = _held(chosen)
    if made is None:
        _contents()
    else:
        _downloads(made, chosen)
        _gallery(made)
    onward([("money", _("See the lost money in your terms"))], back=_("Back to the overview"))


def _controls() -> Language:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: Language = st.selectbox(
            _("Language of the report"), list(LANGUAGES), index=list(LANGUAGES).index(language()),
            format_func=lambda code: LANGUAGES[code], key="report_language", width=220,
        )  # fmt: skip
        wanted = st.button(
            _("Make the report"), type="primary" if _held(chosen) is None else "secondary", key="make_report"
        )
        wall_link()
    if wanted:
        with st.spinner(_("Making the report")):
            st.session_state[REPORT] = (_version(chosen), _made(chosen))
        st.rerun()
    return chosen


def _version(chosen: Language) -> tuple[Any, ...]:
    """What a report was made of: with other orders, settings or words it would be another one."""
    held = workspace()
    said = (kept_off_version(held), reasons_version(held))
    return (held.histograms, settings().model_dump_json(), chosen, date.today(), said)


def _held(chosen: Language) -> Made | None:
    """The report of this browser session, as long as it says what the pages say."""
    held = st.session_state.get(REPORT)
    if held is None:
        return None
    version = _version(chosen)
    if held[0][0] is not version[0] or held[0][1:] != version[1:]:
        return None
    made: Made = held[1]
    return made


def _made(chosen: Language) -> Made:
    data = collect(workspace(), date.today())
    if data is None:
        return Made(b"", None, None, ())
    with _speaking(chosen):
        html = document(data)
        shown = tuple(Shown(one.key, one.title, one.finding, standalone(one, data)) for one in pictures(data))
    try:
        pdf, problem = pdf_of(html), None
    except PrintError as why:
        pdf, problem = None, why.code
    return Made(html.encode("utf-8"), pdf, problem, shown)


@contextmanager
def _speaking(chosen: Language) -> Iterator[None]:
    i18n.use(chosen)
    try:
        yield
    finally:
        i18n.use(language())


def _contents() -> None:
    """What the report will hold, until it is made."""
    st.markdown(_("Its five pages:"))
    parts = [
        _("Where you stand: how fast you lose customers, against the benchmark, and what all figures stand on."),
        _("What is lost, in your own terms: a stack of banknotes, months of rent, salaries."),
        _("Whom you lost: how many, in which state, how long ago."),
        _("What winning them back would bring: cost, profit, how sure it is."),
        _("What to do this month: whom to remind, whom to write to and when."),
    ]
    st.markdown("\n".join(f"{number}. {escape(part)}" for number, part in enumerate(parts, 1)))


def _downloads(made: Made, chosen: Language) -> None:
    name = f"report-{date.today()}-{chosen}"
    with st.container(horizontal=True):
        if made.pdf is not None:
            content_download(_("Download PDF"), made.pdf, name, "pdf", "application/pdf", is_primary=True)
        content_download(
            _("Download HTML"), made.html, name, "html", "text/html", is_primary=made.pdf is None
        )  # fmt: skip
    if made.problem:
        st.caption(escape(print_error(made.problem)))
    st.caption(_("The HTML file opens in any browser, without a network, and prints on A4."))


def _gallery(made: Made) -> None:
    """The pictures two by two, each with its files."""
    st.subheader(_("Its pictures, one by one"), anchor=False)
    for first in range(0, len(made.pictures), 2):
        for column, one in zip(st.columns(2, gap="large"), made.pictures[first : first + 2], strict=False):
            with column:
                _picture(one)


def _picture(one: Shown) -> None:
    st.image(one.svg, alt=one.finding, width="stretch")
    is_printer_there = find_browser() is not None
    digest = hashlib.sha256(one.svg.encode("utf-8")).hexdigest()[:12]
    with st.container(horizontal=True):
        st.download_button(
            "SVG", one.svg.encode("utf-8"), file_name=f"{one.key}-{digest}.svg", mime="image/svg+xml",
            key=f"svg_{one.key}", help=_("{title}, as a drawing of any size").format(title=one.title),
            on_click="ignore",
        )  # fmt: skip
        if is_printer_there:
            # The browser takes the picture when the button is pressed: nobody waits for those that nobody wants.
            st.download_button(
                "PNG", partial(png_of, picture_page(one.svg), *picture_size(one.svg)), mime="image/png",
                file_name=f"{one.key}-{digest}.png", key=f"png_{one.key}",
                help=_("{title}, as a picture of points").format(title=one.title), on_click="ignore",
            )  # fmt: skip
