"""From any accepted file to a Source: unpacked, checked, in UTF-8, its header found."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path

from metrics.errors import IntakeError
from metrics.intake.archive import check_workbook, unpack_gzip, unpack_only_member
from metrics.intake.columns import choose_columns
from metrics.intake.contract import Question, Warned
from metrics.intake.encoding import detect, to_utf8
from metrics.intake.limits import Limits
from metrics.intake.parquet import open_parquet
from metrics.intake.rewrite import rewrite_text, write_rows
from metrics.intake.sniff import Kind, delimiter_of, kind_of
from metrics.intake.source import Source
from metrics.intake.table import Table, find_table, sample_rows
from metrics.intake.workbook import Workbook

_HEAD = 1 << 19
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose table was found. `questions` and `warnings` came up on the way; `facts` say how it was read."""

    source: Source
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...] = ()
    warnings: tuple[Warned, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def open_file(path: Path, temp: Path, limits: Limits, sheet: str | None = None) -> Opened:
    """Find the table in a file; temporary copies go to `temp`, `sheet` answers `which_sheet`.

    Raises IntakeError with the codes of `sniff` and `archive`, `file_too_large`, `no_table`.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise IntakeError("file_too_large", limit_mb=limits.file_bytes >> 20)
    if size == 0:
        raise IntakeError("file_empty")
    path, kind = _unpacked(path, temp, limits)
    if kind == "parquet":
        table = open_parquet(path, limits)
        return Opened(table.source, table.rows, warnings=table.warnings)
    if kind == "workbook":
        return _open_workbook(path, temp, limits, sheet)
    return _open_text(path, temp)


def _unpacked(path: Path, temp: Path, limits: Limits) -> tuple[Path, Kind]:
    kind = kind_of(path)
    for depth in range(_DEEPEST):
        if kind not in {"gzip", "zip"}:
            break
        target = temp / f"unpacked{depth}"
        if kind == "gzip":
            unpack_gzip(path, target, limits)
        else:
            unpack_only_member(path, target, limits)
        path, kind = target, kind_of(target)
    if kind in {"gzip", "zip"}:
        raise IntakeError("wrong_kind", kind="nested_archive")
    return path, kind


def _open_text(path: Path, temp: Path) -> Opened:
    encoding = detect(path)
    warnings: tuple[Warned, ...] = ()
    if not encoding.is_utf8:
        target = temp / "utf8.csv"
        broken = to_utf8(path, target, encoding.name)
        path = target
        if broken:
            warnings = (Warned("bad_characters", broken),)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    is_whole = len(head) < _HEAD
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(head, final=is_whole)
    delimiter = delimiter_of(text)
    if delimiter is None:
        raise IntakeError("no_table")
    rows, ends = sample_rows(text, delimiter, is_whole=is_whole)
    table = find_table(rows)
    if table is None:
        raise IntakeError("no_table")
    source = Source(path, table.headers, delimiter=delimiter, skip=ends[table.first_row - 1] if table.first_row else 0)
    if delimiter == " " or any("\n" in cell for row in rows[: table.first_row] for cell in row):
        source = rewrite_text(source, temp / "rewritten.csv")
    return Opened(source, table.rows, warnings=warnings, facts={"encoding": encoding.name, "delimiter": delimiter})


def _open_workbook(path: Path, temp: Path, limits: Limits, sheet: str | None) -> Opened:
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            check_workbook(path, limits)
    book = Workbook(path, limits)
    tables: dict[str, Table] = {}
    for name in book.sheet_names():
        if (table := find_table(book.sample(name))) is not None and table.width > 1:
            tables[name] = table
    if not tables:
        raise IntakeError("no_table")
    usable = [name for name, table in tables.items() if not choose_columns(table.headers, table.rows).unclear]
    offered = usable or list(tables)
    chosen = sheet if sheet in tables else offered[0]
    questions: tuple[Question, ...] = ()
    if len(offered) > 1 and sheet not in tables:
        questions = (Question("which_sheet", tuple(offered)),)
    table = tables[chosen]
    target = temp / "sheet.csv"
    rows = (row for place, row in enumerate(book.rows(chosen)) if place >= table.first_row)
    if not questions:
        write_rows(rows, target, table.width)
    source = Source(target, table.headers, is_typed=True, is_rewritten=True, reader="serial")
    return Opened(source, table.rows, questions=questions, facts={"sheet": chosen})
