"""What kind of file this is, judged by its bytes and never by its name."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Literal

from metrics.errors import IntakeError
from metrics.intake.archive import first_bytes, member_names
from metrics.intake.encoding import bare_utf16

Kind = Literal["text", "gzip", "zip", "workbook", "parquet", "html"]

DELIMITERS = (",", ";", "\t", "|", "^", "~")
_DECLARED = re.compile(r"\ufeff?\"?sep=([^\w\s\"]|\t)\"?[ ,;\t]*[\r\n]", re.IGNORECASE)

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"SQLite format 3", "sqlite"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"RIFF", "media"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"ORC", "orc"),
    (b"Obj\x01", "avro"),
    (b"ARROW1", "arrow"),
)
_MARKUP = (
    (b"<?xml", "xml"),
    (b"mime-version:", "html"),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<body", b"<div")
_XLS_STARTS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
_XLS_PASSWORD = b"\x2f\x00"
_OFFICE = (
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("visio/", "visio"),
    ("classes.dex", "program"),
    ("META-INF/MANIFEST.MF", "jar"),
)


def kind_of(path: Path) -> Kind:
    """The kind of file; raises IntakeError `file_empty`, `wrong_kind` (facts: kind) or `file_encrypted`."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00") or head.startswith(b"PK\x05\x06"):
        raise IntakeError("file_empty")
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PARE"):
        raise IntakeError("file_encrypted")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(path)
    lowered = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if lowered.startswith(_PAGES):
        return "html"
    _refuse_foreign(head, lowered)
    if _is_binary(head):
        raise IntakeError("wrong_kind", kind="binary")
    return "text"


def delimiter_of(text: str) -> str | None:
    """The delimiter of the first lines of a table; `" "` for columns set apart by blanks, None without columns.

    A first line `sep=;`, as spreadsheets write and heed it, is believed.
    """
    if (declared := _DECLARED.match(text)) is not None and declared[1] in text[declared.end() :]:
        return declared[1]
    best: tuple[float, str] = (0.0, "")
    for delimiter in DELIMITERS:
        widths = _widths(text, delimiter)
        if not widths:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        # Titles and notes have one cell: rows of the usual width count against all rows that have the delimiter at all.
        share = rows / max(1, sum(1 for each in widths if each > 1))
        if width > 1 and share * width > best[0]:
            best = (share * width, delimiter)
    if best[1]:
        return best[1]
    fixed = [len(line.split()) for line in text.splitlines()[:200] if line.strip()]
    if len(fixed) >= 2 and fixed[0] >= 3 and len(set(fixed)) == 1:
        return " "
    return None


def mixes_line_ends(text: str, lines: int) -> bool:
    """Whether the first `lines` lines and the one after them end in several ways."""
    ends = re.findall(r"\r\n|\r|\n", text[: 1 << 16])[: lines + 1]
    return len(set(ends)) > 1


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                widths.append(len(row))
            if len(widths) >= 400:
                break
    except csv.Error:
        return []
    # The text is the head of a file: its last row is cut.
    return widths[:-1] if len(widths) > 2 else widths


def _refuse_foreign(head: bytes, lowered: bytes) -> None:
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise IntakeError("wrong_kind", kind=name)
    for opening, name in _MARKUP:
        if lowered.startswith(opening):
            raise IntakeError("wrong_kind", kind=name)
    if lowered.startswith((b"{", b"[{", b"[\n", b"[ {")):
        raise IntakeError("wrong_kind", kind="json")


def _kind_of_zip(path: Path) -> Kind:
    names = member_names(path)
    if any(name.startswith("xl/workbook.") for name in names):
        return "workbook"
    for start, name in _OFFICE:
        if any(member.startswith(start) for member in names):
            raise IntakeError("wrong_kind", kind=name)
    if "mimetype" in names and "content.xml" in names:
        if b"spreadsheet" in first_bytes(path, "mimetype"):
            return "workbook"
        raise IntakeError("wrong_kind", kind="odt")
    return "zip"


def _kind_of_ole(path: Path) -> Kind:
    # The directory of an OLE file names its streams in UTF-16 and may lie anywhere.
    with path.open("rb") as file:
        content = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content or _has_password(content):
        raise IntakeError("file_encrypted")
    if "WordDocument".encode("utf-16-le") in content:
        raise IntakeError("wrong_kind", kind="doc")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "workbook"
    raise IntakeError("wrong_kind", kind="ole")


def _has_password(content: bytes) -> bool:
    """Whether the first records of an .xls workbook say that what follows is encrypted."""
    begin = max(content.find(start) for start in _XLS_STARTS)
    for _ in range(20):
        if begin < 0 or begin + 4 > len(content):
            break
        if content[begin : begin + 2] == _XLS_PASSWORD:
            return True
        begin += 4 + int.from_bytes(content[begin + 2 : begin + 4], "little")
    return False


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or bare_utf16(head) is not None:
        return False
    control = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return control > len(head) * 0.01
