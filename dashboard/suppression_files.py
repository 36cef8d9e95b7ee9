"""Whom never to contact, from a file: one or more of a kind a line, or a table with columns that say what they are."""

from __future__ import annotations

from pathlib import Path

from metrics.intake import ColumnMap, Limits, Reading, read_orders
from metrics.suppression import entries_of_reading
from metrics.workspace import Workspace


def entries_in(held: Workspace, path: Path, folder: Path, limits: Limits | None = None) -> list[str]:
    """The e-mails, phones and customer ids that a file names; none where it names nobody.

    A table is read by the child process of order files, into `folder`, which the workspace may read from.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = []
    named = [line for line in lines if line.strip()]
    if lines and not any(mark in line for line in named[:1] for mark in ",;\t"):
        return named
    return _in_columns(held, path, folder, limits) or named


def _in_columns(held: Workspace, path: Path, folder: Path, limits: Limits | None) -> list[str]:
    """Whom a table names; without a column of ids the names are ids, for somebody's customers may go by them."""
    reading, found = _people(held, path, folder / "as_found", {}, limits)
    named = reading.columns.get("name")
    if "customer" not in reading.columns and named is not None:
        found += _people(held, path, folder / "by_name", {"customer": named.source}, limits)[1]
    return found


def _people(
    held: Workspace, path: Path, folder: Path, columns: dict[str, str | None], limits: Limits | None
) -> tuple[Reading, list[str]]:
    folder.mkdir()
    mapping = ColumnMap(kind="customers", columns=columns)
    reading = read_orders(path, mapping=mapping, workdir=folder, limits=limits or Limits())
    is_read = reading.kind == "customers" and reading.contacts_path is not None
    return reading, entries_of_reading(held, reading) if is_read else []
