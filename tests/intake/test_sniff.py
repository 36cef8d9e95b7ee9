"""The kind of a file, its delimiter, its encoding, its header."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from metrics.errors import IntakeError
from metrics.intake.encoding import detect, to_utf8
from metrics.intake.sniff import delimiter_of, kind_of
from metrics.intake.table import find_table, sample_rows

RUSSIAN = "Номер;Дата;Клиент;Сумма\n1;01.02.2024;ООО «Ромашка»;1 234,50\n2;02.02.2024;Пётр Ёлкин;15,00\n"
CHINESE = "订单编号,下单时间,买家会员名,实付金额\n1,2024-02-01,张伟,15.00\n2,2024-02-02,王芳,20.00\n"
FRENCH = "id;date;client;total\n1;2024-02-01;Café Zoë;15\n2;2024-02-02;Müller & Söhne;20\n"


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 x", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"MIME-Version: 1.0", "html"),
        (b"<?xml version='1.0'?>", "xml"), (b'{"a": 1}', "json"), (b'[{"a": 1}]', "json"), (b"{\\rtf1", "rtf"),
        (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"SQLite format 3\x00", "sqlite"), (b"MZ\x90", "program"),
        (b"\x00\x01\x02\x03\x80\x05" * 50, "binary"), (zipped(**{"word__document.xml": b"<x/>"}), "docx"), (zipped(**{"ppt__presentation.xml": b"<x/>"}), "pptx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
    ],
)  # fmt: skip
def test_wrong_kinds_are_refused_by_content(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(IntakeError) as refusal:
        kind_of(written(tmp_path, content))
    assert (refusal.value.code, refusal.value.facts) == ("wrong_kind", {"kind": kind})


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n  \r\n", b"PK\x05\x06" + b"\x00" * 18])
def test_files_without_content(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(IntakeError) as refusal:
        kind_of(written(tmp_path, content))
    assert refusal.value.code == "file_empty"


def test_an_encrypted_workbook_says_so(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(IntakeError) as refusal:
        kind_of(written(tmp_path, content))
    assert refusal.value.code == "file_encrypted"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"a,b\n1,2\n", "text"), (gzip.compress(b"a", mtime=0), "gzip"), (b"PAR1xx", "parquet"), (zipped(**{"a.csv": b"a"}), "zip"), ("a;b".encode("utf-16"), "text"),
     (zipped(**{"xl__workbook.xml": b"<x/>"}), "workbook")],
)  # fmt: skip
def test_kinds(tmp_path: Path, content: bytes, kind: str) -> None:
    assert kind_of(written(tmp_path, content)) == kind


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", ","), ("a;b;c\n1;2,5;3\n4;5,5;6\n", ";"), ("a\tb\n1\t2\n3\t4\n", "\t"), ("a|b\n1|2\n3|4\n", "|"),
        ("Report, May\n\na;b;c\n1;2;3\n4;5;6\n", ";"), ('a,b\n"x;y;z",2\n"p;q;r",3\n', ","), ("word\nother\n", None),
        (" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n", " "),
    ],
)  # fmt: skip
def test_delimiters(text: str, delimiter: str | None) -> None:
    assert delimiter_of(text) == delimiter


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (RUSSIAN, "utf-8", "utf-8"), (RUSSIAN, "utf-8-sig", "utf-8-sig"), (RUSSIAN, "cp1251", "cp1251"), (RUSSIAN.replace("«", "").replace("»", ""), "koi8-r", "koi8-r"),
        (RUSSIAN.replace("«", "").replace("»", ""), "cp866", "cp866"), (RUSSIAN, "utf-16", "utf-16"), (RUSSIAN, "utf-16-le", "utf-16-le"), (RUSSIAN, "utf-16-be", "utf-16-be"),
        (CHINESE, "gb18030", "gb18030"), (CHINESE, "gbk", "gb18030"), (CHINESE, "utf-8", "utf-8"), (FRENCH, "cp1252", "cp1252"), ("a,b\n1,2\n", "ascii", "utf-8"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, text: str, codec: str, name: str) -> None:
    path = written(tmp_path, text.encode(codec))
    found = detect(path)
    assert found.name == name
    target = tmp_path / "utf8"
    assert to_utf8(path, target, found.name) == 0
    assert target.read_text("utf-8") == text


def test_letters_far_into_the_file_decide(tmp_path: Path) -> None:
    path = written(tmp_path, b"a;b\n" + b"1;2\n" * 700_000 + "7;Ромашка\n8;Котов и сыновья\n".encode("cp1251"))
    assert detect(path).name == "cp1251"


def test_one_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, (RUSSIAN * 50).encode() + b"3;03.02.2024;\xff;1\n")
    assert detect(path).name == "utf-8"


@pytest.mark.parametrize(
    ("text", "headers", "first"),
    [
        ("order_id,date,amount\n1,2024-01-01,5\n", ("order_id", "date", "amount"), 1),
        ("Отчёт за май\n\nСформирован 01.06.2024\nНомер заказа,Дата,Сумма\n1,01.05.2024,5\n", ("Номер заказа", "Дата", "Сумма"), 4),
        ("foo,bar,baz\nx,2024-01-01,5\n", ("foo", "bar", "baz"), 1),
        ("7,2024-01-01,5\n8,2024-01-02,6\n", ("column 1", "column 2", "column 3"), 0),
        ("id,,id\n1,2024-01-01,5\n", ("id", "column 2", "id (2)"), 1),
        ("a,b\n1,2,3\n4,5,6\n", ("a", "b", "column 3"), 1),
    ],
)  # fmt: skip
def test_headers(text: str, headers: tuple[str, ...], first: int) -> None:
    rows, _ = sample_rows(text, ",", is_whole=True)
    table = find_table(rows)
    assert table is not None
    assert (table.headers, table.first_row) == (headers, first)


def test_no_table_in_blank_rows() -> None:
    assert find_table([["", ""], [" "]]) is None


def test_the_cut_last_row_of_a_head_is_left_out() -> None:
    rows, ends = sample_rows('a,b\n"x\ny",2\n3,', ",", is_whole=False)
    assert rows == [["a", "b"], ["x\ny", "2"]]
    assert ends == [1, 3]
