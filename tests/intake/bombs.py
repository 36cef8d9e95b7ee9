"""Files that are small as they lie and huge once somebody believes them."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.intake.mutations import excel

MB = 1 << 20
_BLOCK = b" " * MB
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_OPENING, _CLOSING = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>',
    b"</sheetData></worksheet>",
)


def _workbook(path: Path, *without: str) -> zipfile.ZipFile:
    """A sound workbook but for the parts that are still to be written."""
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(excel({"Orders": [["order_id", "date"], ["1", "2024-01-05"]]}))) as sound:
        for name in sound.namelist():
            if name not in without:
                archive.writestr(name, sound.read(name))
    return archive


def deep_zip(path: Path) -> None:
    """A zip in a zip, twelve times over, around 128 MB of blanks."""
    content = gzip.compress(_BLOCK * 128, 9)
    for depth in range(12):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"orders{depth}.csv", content)
        content = buffer.getvalue()
    path.write_bytes(content)


def huge_string(path: Path) -> None:
    """A workbook with one text of half a gigabyte."""
    with _workbook(path, _STRINGS) as archive, archive.open(_STRINGS, "w", force_zip64=True) as target:
        target.write(b"<sst><si><t>")
        for _ in range(512):
            target.write(b"x" * MB)
        target.write(b"</t></si></sst>")


def sparse_sheet(path: Path) -> None:
    """Two cells in opposite corners of a sheet."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with _workbook(path, _SHEET) as archive:
        archive.writestr(_SHEET, _OPENING + cells + _CLOSING)


def many_parts(path: Path) -> None:
    """A workbook of sixty thousand parts."""
    with _workbook(path) as archive:
        for number in range(60_000):
            archive.writestr(f"xl/worksheets/_{number}.xml", b"")


def false_sizes(path: Path) -> None:
    """A sheet of a quarter of a gigabyte whose header says that it has ten bytes."""
    with _workbook(path, _SHEET) as archive, archive.open(_SHEET, "w") as target:
        for _ in range(256):
            target.write(_BLOCK)
    content = path.read_bytes()
    path.write_bytes(content.replace((256 * MB).to_bytes(4, "little"), (10).to_bytes(4, "little")))


def billion_laughs(path: Path) -> None:
    """Entities made of entities."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sst [<!ENTITY l0 "lol">{laughs}]>'
    with _workbook(path, _STRINGS) as archive:
        archive.writestr(_STRINGS, f'<?xml version="1.0"?>{doctype}<sst><si><t>&l9;</t></si></sst>')


def million_empty_rows(path: Path) -> None:
    """A sheet of a million rows of cells that hold nothing."""
    with _workbook(path, _SHEET) as archive, archive.open(_SHEET, "w", force_zip64=True) as target:
        target.write(_OPENING)
        for start in range(1, 1_048_577, 8192):
            target.write(
                b"".join(b'<row r="%d"><c r="A%d"/><c r="Z%d"/></row>' % (n, n, n) for n in range(start, start + 8192))
            )
        target.write(_CLOSING)


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "deep zip": (deep_zip, "wrong_kind"),
    "huge string": (huge_string, "archive_ratio"),
    "sparse sheet": (sparse_sheet, "sheet_span"),
    "many parts": (many_parts, "archive_parts"),
    "false sizes": (false_sizes, "archive_ratio"),
    "billion laughs": (billion_laughs, "workbook_dtd"),
    "a million empty rows": (million_empty_rows, "file_empty"),
}
"""The bombs by name: what makes one, and the reason for which it is refused."""
