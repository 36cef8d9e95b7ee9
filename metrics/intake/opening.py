"""From any accepted file to a Source: unpacked, checked, in UTF-8, its header found."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from metrics.errors import IntakeError
from metrics.intake.archive import unpack_gzip, unpack_only_member
from metrics.intake.contract import Warned
from metrics.intake.decimals import mended_rows
from metrics.intake.encoding import detect, to_utf8
from metrics.intake.grouped import ungrouped
from metrics.intake.html_table import open_html
from metrics.intake.limits import Limits
from metrics.intake.opened import Opened
from metrics.intake.parquet import open_parquet
from metrics.intake.rewrite import rewrite_text
from metrics.intake.sheets import open_workbook
from metrics.intake.sniff import Kind, delimiter_of, kind_of, mixes_line_ends
from metrics.intake.source import Source
from metrics.intake.table import find_table, sample_rows

__all__ = ["Opened", "open_file"]

_HEAD = 1 << 19
_DEEPEST = 2
_SAMPLE_ROWS = 1000


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
        return open_parquet(path, limits)
    if kind == "workbook":
        return open_workbook(path, temp, limits, sheet)
    if kind == "html":
        return open_html(path, temp, limits)
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
    mended = mended_rows(rows, table.first_row) if delimiter == "," else None
    if mended is not None:
        table = find_table([rows[table.first_row - 1], *mended(iter(rows[table.first_row :]))]) or table
        source = replace(source, headers=table.headers)
        warnings = (*warnings, Warned("split_decimals", 0))
    has_breaks = any("\n" in cell for row in rows[: table.first_row] for cell in row)
    if mended is not None or delimiter == " " or has_breaks or mixes_line_ends(text, source.skip):
        source = rewrite_text(source, temp / "rewritten.csv", mended=mended)
    facts = {"encoding": encoding.name, "delimiter": delimiter}
    is_small = is_whole and len(rows) < _SAMPLE_ROWS
    report = ungrouped(table, lambda: _rows_of(source, temp), temp / "ungrouped.csv", is_typed=False, is_whole=is_small)
    if report is not None:
        return replace(report, warnings=(*warnings, *report.warnings), facts=facts)
    return Opened(source, table.rows, warnings=warnings, facts=facts)


def _rows_of(source: Source, temp: Path) -> Iterator[list[str]]:
    """All rows of a text table, read with patience."""
    plain = source if source.is_rewritten else rewrite_text(source, temp / "plain.csv")
    with plain.path.open(encoding="utf-8", newline="") as text:
        yield from csv.reader(text)
