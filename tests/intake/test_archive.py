"""Bombs are refused before any reader sees them, and by counting, not by believing."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from metrics.errors import IntakeError
from metrics.intake.archive import check_workbook, unpack_gzip, unpack_only_member
from metrics.intake.limits import Limits

MB = 1 << 20


def archive(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def sheet(content: str) -> bytes:
    return archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": content.encode()})


def code(tmp_path: Path, content: bytes, limits: Limits | None = None) -> str | None:
    path = tmp_path / "book"
    path.write_bytes(content)
    try:
        check_workbook(path, limits or Limits())
    except IntakeError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>', None),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "sheet_span"),
        ('<row r="1"><c t="n" r="A1"><v>1</v></c></row><x:row r="1048576"><x:c s="1" r = \'XFD1048576\' ><x:v>1</x:v></x:c></x:row>', "sheet_span"),
        ('<dimension ref="A1:XFD1048576"/><row r="1"><c r="A1"><v>1</v></c></row>', None),
        ('<row r="1"><c s="1" r="A1"><v>1</v></c></row><row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>', "sheet_span"),
        ('<row r="1048576">' + "<c/>" * 16_383 + "<c><v>1</v></c></row>", "sheet_span"),
        ('<row r="1048576"/><row><c t=">" r="XFD3"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v/></c></row>', "sheet_span"),
        ('<row r="1"><c t="<" x="<c " r="XFD3"><v>1</v></c></row>', "file_broken"),
        ('<row r="1"><c ' + 'a="1" ' * 90_000 + 'r="XFD1048576"><v>1</v></c></row>', "file_broken"),
        ('<row r="1048576"><c r="A1048576" s="3"/><c r="B1048576"></c></row>', None),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/></row>', None),
        ('<autoFilter ref="A1:XFD1048576"/><row r="1"><c r="A1"><v>1</v></c></row>', None),
        ('<!DOCTYPE x [<!ENTITY a "b">]><row r="1"/>', "workbook_dtd"),
        ("<a/>" * 100_000 + '<!DOCTYPE x>', "workbook_dtd"),
    ],
)  # fmt: skip
def test_sheets(tmp_path: Path, content: str, refused: str | None) -> None:
    assert code(tmp_path, sheet(content)) == refused


def test_a_cell_cut_by_a_block_is_still_seen(tmp_path: Path) -> None:
    for shift in range(-12, 12):
        filler = "<a/>" * ((1 << 18) // 4 - 5) + " " * (20 + shift)
        assert code(tmp_path, sheet(filler + '<c r="XFD1048576"><v>1</v></c>')) == "sheet_span"


def test_utf16_entities_are_seen(tmp_path: Path) -> None:
    content = archive(
        {"xl/workbook.xml": b"<w/>", "xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]>'.encode("utf-16")}
    )
    assert code(tmp_path, content) == "workbook_dtd"


def test_a_bomb_is_counted_without_being_kept(tmp_path: Path) -> None:
    bomb = archive({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * (200 * MB)})
    tracemalloc.start()
    assert code(tmp_path, bomb) == "archive_ratio"
    assert code(tmp_path, bomb, Limits(ratio=10**6, workbook_bytes=50 * MB)) == "unpacked_too_large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MB


def test_a_header_that_lies_about_its_size_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(archive({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * (40 * MB)}))
    size = (40 * MB).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")
    assert code(tmp_path, bytes(content), Limits(workbook_bytes=10 * MB)) == "unpacked_too_large"


def test_too_many_parts_and_shared_bytes(tmp_path: Path) -> None:
    assert code(tmp_path, archive({f"xl/{n}.xml": b"" for n in range(50)}), Limits(parts=40)) == "archive_parts"
    good = archive({"xl/workbook.xml": b"x" * 5000, "xl/other.xml": b"y" * 5000}, method=zipfile.ZIP_STORED)
    lied = good.replace((5000).to_bytes(4, "little"), (50_000).to_bytes(4, "little"))
    assert code(tmp_path, lied) == "file_broken"


def test_broken_and_encrypted_zips(tmp_path: Path) -> None:
    assert code(tmp_path, archive({"xl/workbook.xml": b"x" * 5000})[:-40]) == "file_broken"
    content = bytearray(archive({"xl/workbook.xml": b"x" * 5000}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert code(tmp_path, bytes(content)) == "file_encrypted"


ODS_ROW = '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}"{value}/></table:table-row>'


@pytest.mark.parametrize(
    ("rows", "columns", "value", "refused"),
    [(1_048_576, 16_384, ' office:value-type="float"', "sheet_span"), (1_048_576, 16_384, "", None), (10, 10, ' office:value-type="float"', None)],
)  # fmt: skip
def test_repeated_cells_of_ods(tmp_path: Path, rows: int, columns: int, value: str, refused: str | None) -> None:
    markup = f"<table:table>{ODS_ROW.format(rows=rows, columns=columns, value=value)}</table:table>".encode()
    assert (
        code(tmp_path, archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": markup}))
        == refused
    )


def test_a_zip_around_one_file_is_unpacked(tmp_path: Path) -> None:
    path, target = tmp_path / "z", tmp_path / "out"
    path.write_bytes(archive({"orders.csv": b"a,b\n", "__MACOSX/._orders.csv": b"junk"}))
    assert unpack_only_member(path, target, Limits()) == "orders.csv"
    assert target.read_bytes() == b"a,b\n"
    path.write_bytes(archive({"a.csv": b"1", "b.csv": b"2"}))
    with pytest.raises(IntakeError) as refusal:
        unpack_only_member(path, target, Limits())
    assert (refusal.value.code, refusal.value.facts) == ("zip_not_one_file", {"files": 2})


def test_gzip(tmp_path: Path) -> None:
    path, target = tmp_path / "g", tmp_path / "out"
    path.write_bytes(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"))
    unpack_gzip(path, target, Limits())
    assert target.read_bytes() == b"a,b\n1,2\n"
    for content, refused in (
        (gzip.compress(b" " * (60 * MB)), "archive_ratio"),
        (gzip.compress(b"a,b\n" * 100)[:-20], "file_broken"),
        (b"\x1f\x8b\x08\x00garbage-garbage", "file_broken"),
    ):
        path.write_bytes(content)
        with pytest.raises(IntakeError) as refusal:
            unpack_gzip(path, target, Limits())
        assert refusal.value.code == refused
