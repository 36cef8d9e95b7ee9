"""A look into a zip before any reader opens it: everything is inflated and counted, nothing is kept."""

from __future__ import annotations

import itertools
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from metrics.errors import IntakeError
from metrics.intake.book_notes import BookNotes, is_small_part, targets
from metrics.intake.limits import Limits
from metrics.intake.part_watch import PartWatch

_BLOCK = 1 << 18
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_RATIO_FROM = 32 << 20
_SMALL = 1 << 20


def member_names(path: Path) -> list[str]:
    """The names in a zip, folders left out; raises IntakeError `file_broken` where it is not a readable zip."""
    return [member.filename for member in _members(path)]


def first_bytes(path: Path, name: str) -> bytes:
    """The beginning of a member, empty where there is none of this name; raises IntakeError `file_broken`."""
    with path.open("rb") as file:
        return next((block for each in _members(path) if each.filename == name for block in inflated(file, each)), b"")


def check_workbook(path: Path, limits: Limits) -> BookNotes:
    """Refuse a workbook that would blow up in its reader; what its parts say on the way comes back.

    Raises IntakeError: `file_broken`, `file_encrypted`, `archive_parts`, `archive_ratio`, `unpacked_too_large`,
    `workbook_dtd`, `sheet_span` (facts: rows, columns).
    """
    members = _members(path)
    _check_count(path, members, limits)
    notes = BookNotes()
    total = 0
    with path.open("rb") as file:
        for member in members:
            if is_small_part(member.filename):
                kept = itertools.islice(inflated(file, member), _SMALL // _BLOCK)
                notes.small[member.filename] = b"".join(kept).decode("utf-8", "replace")
                _check_size(sum(map(len, notes.small.values())), _SMALL * 16, path, limits)
        sheets = targets(notes)
        for member in members:
            watch = PartWatch(member.filename, sheets, notes, limits.cells)
            for block in inflated(file, member):
                total += len(block)
                _check_size(total, limits.workbook_bytes, path, limits)
                watch.feed(block)
            watch.end()
    return notes


def unpack_only_member(path: Path, target: Path, limits: Limits) -> str:
    """Write the one file inside a zip to `target` and return its name.

    Raises IntakeError as `check_workbook`, and `zip_not_one_file` (facts: files).
    """
    members = _members(path)
    _check_count(path, members, limits)
    inner = [
        each
        for each in members
        if not each.filename.startswith("__MACOSX/") and Path(each.filename).name not in {".DS_Store", "Thumbs.db"}
    ]
    if len(inner) != 1:
        raise IntakeError("zip_not_one_file", files=len(inner))
    total = 0
    with path.open("rb") as file, target.open("wb") as out:
        for block in inflated(file, inner[0]):
            total += len(block)
            _check_size(total, limits.unpacked_bytes, path, limits)
            out.write(block)
    return inner[0].filename


def unpack_gzip(path: Path, target: Path, limits: Limits) -> None:
    """Inflate a .gz (several members are one stream); raises IntakeError as `check_workbook`."""
    total = 0
    inflater = zlib.decompressobj(31)
    with path.open("rb") as file, target.open("wb") as out:
        pending = file.read(_BLOCK)
        while pending:
            try:
                block = inflater.decompress(pending, _BLOCK)
            except zlib.error as error:
                raise IntakeError("file_broken") from error
            total += len(block)
            _check_size(total, limits.unpacked_bytes, path, limits)
            out.write(block)
            if inflater.eof:
                rest = (inflater.unused_data + file.read(_BLOCK)).lstrip(b"\x00")
                inflater, pending = zlib.decompressobj(31), rest
            else:
                pending = inflater.unconsumed_tail or file.read(_BLOCK)
                if not pending and not inflater.eof and not block:
                    raise IntakeError("file_broken")
    if total == 0:
        raise IntakeError("file_empty")


def inflated(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of a member in blocks, however large its header says it is."""
    if member.header_offset < 0:
        raise IntakeError("file_broken")
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise IntakeError("file_broken")
    fields = _LOCAL_HEADER.unpack(header)
    file.seek(fields[9] + fields[10], 1)
    left = member.compress_size
    inflater = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = file.read(min(_BLOCK, left))
        if not packed:
            raise IntakeError("file_broken")
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        try:
            while packed:
                yield inflater.decompress(packed, _BLOCK)
                packed = inflater.unconsumed_tail
        except zlib.error as error:
            raise IntakeError("file_broken") from error


def _members(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [member for member in archive.infolist() if not member.filename.endswith("/")]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        raise IntakeError("file_broken") from error


def _check_count(path: Path, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.parts:
        raise IntakeError("archive_parts", parts=len(members))
    for member in members:
        if member.flag_bits & 1:
            raise IntakeError("file_encrypted")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise IntakeError("file_broken")
    # Members that share their bytes: the trick of the bombs that are small on every ratio.
    names = {member.filename for member in members}
    if sum(member.compress_size for member in members) > path.stat().st_size or len(names) != len(members):
        raise IntakeError("file_broken")


def _check_size(total: int, limit: int, path: Path, limits: Limits) -> None:
    if total > limit:
        raise IntakeError("unpacked_too_large", limit_mb=limit >> 20)
    if total > _RATIO_FROM and total > path.stat().st_size * limits.ratio:
        raise IntakeError("archive_ratio", ratio=limits.ratio)
