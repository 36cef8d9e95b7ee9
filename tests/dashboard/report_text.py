"""The report of a sample shop as the lines of text that a person sees.

`python -m tests.dashboard.report_text` writes the golden ones anew; read the difference before it is kept.
"""

from __future__ import annotations

import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from dashboard import i18n
from dashboard.report import collect, document
from dashboard.report.data import ReportData
from dashboard.shops import load_shop
from metrics import Workspace
from metrics.settings import Language
from sample_data import sample_files

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "report"
MADE_ON = date(2026, 11, 3)
LINES = {"p", "h1", "h2", "h3", "title", "figcaption", "text", "th", "td", "dt", "dd", "span", "desc"}
VOID = {"meta", "line", "rect", "circle", "path", "polyline", "polygon"}


class Seen(HTMLParser):
    """Reads a page: its tags, its attributes, the text of each line; fails where tags do not close in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.lines: list[str] = []
        self._open: list[str] = []
        self._text = ""
        self.feed(page)
        self.close()
        assert self._open == [], self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, tag
        if tag in LINES:
            line = " ".join(self._text.split())
            self.lines += [line] if line else []
            self._text = ""

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self._text += data


def told(data: ReportData, language: Language) -> str:
    """The text of the report, one line per paragraph, cell and label."""
    i18n.use(language)
    try:
        return "\n".join(Seen(document(data)).lines) + "\n"
    finally:
        i18n.use("en")


def report_of(shop: str) -> ReportData:
    """The figures of a sample shop's report."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()[shop], Path(folder))
        data = collect(workspace, MADE_ON)
    assert data is not None
    return data


def main() -> None:
    """Write all golden texts."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for shop in sample_files():
        data = report_of(shop)
        for language in i18n.LANGUAGES:
            (GOLDEN / f"{shop}-{language}.txt").write_text(told(data, language), "utf-8")


if __name__ == "__main__":
    main()
