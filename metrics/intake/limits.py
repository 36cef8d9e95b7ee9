"""How much a file may ask of the machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

MB = 1 << 20
GB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; every field is in bytes, seconds or a plain count."""

    file_bytes: int = 4 * GB
    """The file as it was given."""
    unpacked_bytes: int = 8 * GB
    """What a .gz or .zip around one table may unpack to."""
    workbook_bytes: int = 600 * MB
    """What all parts of an Excel or ODS file may unpack to."""
    ratio: int = 300
    """Unpacked to packed size, looked at once 32 MB are unpacked."""
    parts: int = 4000
    """Entries of a zip."""
    cells: int = 30_000_000
    """Rows x columns between the outermost cells of a sheet: readers allocate all of them."""
    rows: int = 500_000_000
    """Rows of a table."""
    memory_bytes: int = 6 * GB
    """Address space of the child process (DuckDB itself gets a quarter of it)."""
    cpu_seconds: int = 1200
    wall_seconds: float = 1800.0

    @classmethod
    def of_command_line(cls) -> Self:
        """Bounds for who waits and has the disk: a file is streamed, so its size costs time and no more memory."""
        day = 24 * 3600
        return cls(file_bytes=512 * GB, unpacked_bytes=1024 * GB, rows=10**10, cpu_seconds=16 * day, wall_seconds=day)
