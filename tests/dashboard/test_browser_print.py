"""Printing: five sheets of A4 with their fonts in them, by the machine's browser, which reaches no network."""

from __future__ import annotations

import http.server
import os
import re
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest

from dashboard import browser_print, i18n
from dashboard.browser_print import BROWSER, PrintError, find_browser, pdf_of, png_of
from dashboard.report import document, picture_page, picture_size, pictures, standalone
from dashboard.report.data import ReportData
from tests.dashboard.report_text import report_of

A4 = (595, 842)


@pytest.fixture(scope="module")
def supplier() -> ReportData:
    return report_of("supplier")


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{body}")
    path.chmod(0o700)
    return path


def objects(pdf: bytes) -> bytes:
    """The file with its compressed parts open."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_report_is_five_sheets_of_a4_with_its_fonts(supplier: ReportData, language: str):
    i18n.use(language)
    pdf = pdf_of(document(supplier))
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 5
    sizes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)
    assert [tuple(round(float(one)) for one in size.split()[2:]) for size in sizes] == [A4] * 5
    plain = objects(pdf)
    fonts = len(re.findall(rb"/Type\s*/Font\b", plain))
    drawn = len(re.findall(rb"/Subtype\s*/Type3\b", plain))
    files = len(re.findall(rb"/FontFile[23]?\b", plain))
    assert fonts
    assert drawn or files  # each font is in the file: drawn sign by sign, or as a font file
    assert not re.search(rb"/BaseFont\s*/(?:Helvetica|Times|Courier|Arial)[-A-Za-z]*\s*/Encoding", plain)
    assert b"/ToUnicode" in plain  # its text can be looked for and copied


def test_a_picture_is_twice_as_fine_as_it_is_large(supplier: ReportData):
    svg = standalone(pictures(supplier)[0], supplier)
    wide, high = picture_size(svg)
    png = png_of(picture_page(svg), wide, high)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (2 * wide, 2 * high)


def test_the_browser_reaches_nothing():
    asked: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        pdf_of(f'<img src="http://127.0.0.1:{port}/a.png"><link rel=stylesheet href="http://localhost:{port}/b.css">')
        server.shutdown()
    assert asked == []


def test_without_a_browser_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser_print, "_installed", lambda: iter([tmp_path / "none"]))
    assert find_browser() is None
    with pytest.raises(PrintError) as problem:
        pdf_of("<p>x")
    assert problem.value.code == "no_browser"
    monkeypatch.setattr(browser_print, "_installed", lambda: iter([tmp_path / "none", script(tmp_path / "edge", "")]))
    assert find_browser() == tmp_path / "edge"


def test_a_named_browser_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = script(tmp_path / "own", "")
    monkeypatch.setenv(BROWSER, str(own))
    assert find_browser() == own
    monkeypatch.setenv(BROWSER, str(tmp_path / "none"))
    assert find_browser() is None


def test_its_profile_is_private_and_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    note = tmp_path / "note"
    body = f"""import os, pathlib, sys
out = next(one for one in sys.argv if one.startswith("--print-to-pdf=")).partition("=")[2]
profile = next(one for one in sys.argv if one.startswith("--user-data-dir=")).partition("=")[2]
folder = pathlib.Path(profile).parent
said = (folder, oct(folder.stat().st_mode & 0o777), "--no-sandbox" in sys.argv)
pathlib.Path({str(note)!r}).write_text(" ".join(map(str, said)))
pathlib.Path(out).write_bytes(b"%PDF-")
"""
    monkeypatch.setenv(BROWSER, str(script(tmp_path / "browser", body)))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert pdf_of("<p>x") == b"%PDF-"
    folder, mode, is_open = note.read_text().split()
    assert (mode, is_open) == ("0o700", "False")
    assert not Path(folder).exists()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    pdf_of("<p>x")
    assert note.read_text().endswith("True")


@pytest.mark.parametrize("body", ["raise SystemExit(1)", "", "import time; time.sleep(60)"])
def test_a_browser_that_fails_or_hangs_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str):
    monkeypatch.setenv(BROWSER, str(script(tmp_path / "browser", body)))
    monkeypatch.setattr(browser_print, "SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(PrintError) as problem:
        pdf_of("<p>x")
    assert problem.value.code == "browser_failed"
    assert time.monotonic() - begun < 30
