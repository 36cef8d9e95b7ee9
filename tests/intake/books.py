"""Small workbooks of every kind, made for the tests: XLSX with its parts at hand, XLS, XLSB and ODS by tiny writers."""

# Markup and records read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta

import openpyxl

Row = Sequence[object]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(rows: Sequence[Row]) -> tuple[openpyxl.Workbook, openpyxl.worksheet.worksheet.Worksheet]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return book, book.active


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def raw_xlsx(
    sheet: str, *, strings: Sequence[str] | None = None, strict: bool = False, book: str = "", shown: str = "Sheet"
) -> bytes:
    """An XLSX around the markup of one sheet; style 1 is a date, `strings` the shared ones."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets><sheet name="{shown}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    if strings is None:
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>', ""
        )
    else:
        parts["xl/sharedStrings.xml"] = (
            f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in strings)}</sst>'
        )
    if strict:
        for old, new in STRICT.items():
            parts = {name: text.replace(old, new) for name, text in parts.items()}
    return zipped(parts)


def inline_rows(rows: Sequence[Row]) -> str:
    """Sheet data with inline strings and without references."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    return "<sheetData>" + "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows) + "</sheetData>"


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(rows: Sequence[Row], *, is_1904: bool = False, locked: bool = False) -> bytes:
    """A workbook of Excel 97: texts, numbers and dates (style 1)."""
    name = "Лист1".encode("utf-16-le")
    globals_ = [_record(0x809, struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 0))]
    if locked:
        globals_.append(_record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)))
    globals_.append(_record(0x22, struct.pack("<H", is_1904)))
    globals_ += [_record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 22)]
    tail = _record(0x0A)
    bound = _record(0x85, struct.pack("<IHBB", 0, 0, len("Лист1"), 1) + name)
    start = sum(map(len, globals_)) + len(bound) + len(tail)
    bound = _record(0x85, struct.pack("<IHBB", start, 0, len("Лист1"), 1) + name)
    width = max(map(len, rows))
    sheet = [
        _record(0x809, struct.pack("<4H2I", 0x600, 16, 0, 0, 0, 0)),
        _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)),
    ]
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                sheet.append(_record(0x204, struct.pack("<3HHB", r, c, 0, len(value), 1) + value.encode("utf-16-le")))
            elif isinstance(value, datetime):
                sheet.append(_record(0x203, struct.pack("<3Hd", r, c, 1, (value - epoch) / timedelta(days=1))))
            elif value is not None:
                sheet.append(_record(0x203, struct.pack("<3Hd", r, c, 0, float(value))))  # type: ignore[arg-type]
    return _ole("Workbook", b"".join([*globals_, bound, tail, *sheet, _record(0x0A)]))


def _ole(name: str, stream: bytes) -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    n = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, n + 2), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    assert len(fat) == 512

    def entry(text: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = text.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBB3i", len(raw) + 2 if text else 0, kind, 1, -1, -1, child)
            + bytes(36)
            + struct.pack("<iII", first, size, 0)
        )

    folder = entry("Root Entry", 5, 1, -2, 0) + entry(name, 2, -1, 2, len(stream)) + 2 * entry("", 0, -1, 0, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<I", 0) + b"\xff" * 432
    return header + fat + folder + stream


def _binary(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: dict[tuple[int, int], object]) -> bytes:
    """A binary workbook of texts and numbers, by row and column."""
    book = (
        _binary(131)
        + _binary(143)
        + _binary(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet"))
        + _binary(144)
        + _binary(132)
    )
    box = (min(r for r, _ in cells), max(r for r, _ in cells), min(c for _, c in cells), max(c for _, c in cells))
    sheet = _binary(129) + _binary(148, struct.pack("<4I", *box)) + _binary(145)
    for r in sorted({r for r, _ in cells}):
        sheet += _binary(0, struct.pack("<I", r) + bytes(21))
        for c in sorted(c for row, c in cells if row == r):
            value = cells[r, c]
            head = struct.pack("<II", c, 0)
            sheet += (
                _binary(6, head + _wide(value))
                if isinstance(value, str)
                else _binary(5, head + struct.pack("<d", value))
            )
    sheet += _binary(146) + _binary(130)
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": book, "xl/worksheets/sheet1.bin": sheet,
    })  # fmt: skip


def xlsb_rows(rows: Sequence[Row]) -> bytes:
    return xlsb({(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None})
