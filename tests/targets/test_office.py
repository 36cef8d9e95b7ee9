"""Lists opened by LibreOffice without a screen: no formula is live, every value is there."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter

from metrics.guard import Rules
from metrics.list_export import export
from metrics.list_options import ListOptions
from metrics.segment import Segment
from metrics.targets.people_csv import write_people_csv
from metrics.targets.workbook import Column, Sheet, write_workbook
from tests.factories import holding, numbered, order
from tests.targets.people import NUMBERS, payloads
from tests.test_guard import forget_exports
from tests.test_people import add_people

pytestmark = pytest.mark.xdist_group("office")

# Comma, double quote, UTF-8, from row 1, numbers found where they are: and formulas are run, as it does unless asked.
READ_CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
WRITE_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0"
# Controls are escaped in the file (openpyxl finds them all); LibreOffice leaves them out or shows their escapes.
CHANGED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe]|_x[0-9A-Fa-f]{4}_")

Convert = Callable[..., str]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Convert]:
    """Opens a file in LibreOffice and gives back the text of what it saves."""
    program = shutil.which("soffice") or shutil.which("libreoffice") or shutil.which("localc")
    if program is None:
        pytest.skip("no LibreOffice on PATH: scripts/office.sh installs Debian's")
    profile = tmp_path_factory.mktemp("profile")

    def opened(path: Path, target: str, reader: str | None = None) -> str:
        arguments = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        arguments += [f"--infilter={reader}"] if reader else []
        arguments += ["--convert-to", target, "--outdir", str(path.parent / "out"), str(path)]
        subprocess.run(arguments, check=True, capture_output=True, timeout=240)
        found = path.parent / "out" / path.with_suffix(f".{target.partition(':')[0]}").name
        return found.read_bytes().decode("utf-8")

    yield opened


def formulas(document: str) -> list[str]:
    return re.findall(r'table:formula="[^"]*"', document)


def n_texts(document: str) -> int:
    """Cells that hold a text; equal neighbours are written as one."""
    cells = re.findall(r'<table:table-cell[^>]*office:value-type="string"[^>]*>', document)
    repeated = (re.search(r'number-columns-repeated="(\d+)"', cell) for cell in cells)
    return sum(int(found[1]) if found else 1 for found in repeated)


def test_libreoffice_runs_what_is_not_neutralised(convert: Convert, tmp_path: Path):
    (tmp_path / "raw.csv").write_bytes(b'"=1+1","a"\n"x","=2+2"\n')
    assert len(formulas(convert(tmp_path / "raw.csv", "fods", READ_CSV))) == 2
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        book.add_worksheet().write_formula("A1", "=1+1")
    assert len(formulas(convert(tmp_path / "raw.xlsx", "fods"))) == 1


def test_no_payload_in_a_spreadsheet_is_live(convert: Convert, tmp_path: Path):
    texts = [*payloads(), *NUMBERS]
    path = tmp_path / "list.xlsx"
    columns = [Column(title) for title in ("=a", "b", "c")]
    with path.open("wb") as sink:
        write_workbook(sink, [Sheet(name, columns, [[text] * 3 for text in texts]) for name in ("customers", "=1")])
    document = convert(path, "fods")
    assert formulas(document) == []
    assert n_texts(document) == 2 * 3 * (len(texts) + 1)
    assert 'xlink:href="http://example.com' not in document
    read = csv.reader(StringIO(convert(path, WRITE_CSV), newline=""))
    assert next(read) == ["=a", "b", "c"]
    for text, cells in zip(texts, read, strict=True):
        assert CHANGED.search(text) or cells == [text] * 3, ascii(text)


def test_no_payload_in_a_csv_for_people_is_live(convert: Convert, tmp_path: Path):
    texts = [*payloads(), *NUMBERS]
    path = tmp_path / "list.csv"
    with path.open("wb") as sink:
        write_people_csv(sink, ["=a", "b", "c"], [[text] * 3 for text in texts])
    assert formulas(convert(path, "fods", READ_CSV)) == []


def test_no_payload_is_live_in_a_file_that_leaves(convert: Convert, tmp_path: Path):
    texts = [text.replace("\0", "") for text in payloads() if text.strip("\0")]
    rows = [order(f"c{n}", "2024-01-01", n + 1) for n in range(len(texts))]
    options = ListOptions(today=date(2025, 3, 1), rules=Rules(skip_lost_twice=False))
    with holding(numbered([*rows, order("today", "2024-12-31", 1)])) as workspace:
        known = [SimpleNamespace(customer_id=f"c{n}", name=text, manager=text) for n, text in enumerate(texts)]
        add_people(workspace, known)
        for target in ("csv", "xlsx"):
            path = tmp_path / f"list.{target}"
            assert export(workspace, Segment(), target, path, options).written == len(texts) + 1
            document = convert(path, "fods", READ_CSV if target == "csv" else None)
            assert formulas(document) == [], target
            assert document.count("<table:table-row") >= len(texts) + 2
        forget_exports(workspace)
