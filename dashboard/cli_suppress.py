"""Whom never to contact, from a file that is named on the command line."""

from __future__ import annotations

from pathlib import Path

from dashboard.cli_shared import must_exist, refuse, scratch
from dashboard.i18n import _
from metrics.intake import ColumnMap, Limits, Reading, read_orders
from metrics.suppression import entries_of_reading
from metrics.workspace import Workspace


def entries_in(held: Workspace, path: Path) -> list[str]:
    """Whom a file names: one or more of a kind a line, or a table with columns that say what they are."""
    must_exist(path)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = []
    if lines and not any(mark in line for line in lines[:1] for mark in ",;\t"):
        return lines
    found = _in_columns(held, path) or lines
    if not found:
        refuse(_("{name} names nobody: write an e-mail, a phone or a customer id a line.").format(name=path.name))
    return found


def _in_columns(held: Workspace, path: Path) -> list[str]:
    """Whom a table names; without a column of ids the names are ids, for somebody's customers may go by them."""
    reading, found = _people(held, path, {})
    named = reading.columns.get("name")
    if "customer" not in reading.columns and named is not None:
        found += _people(held, path, {"customer": named.source})[1]
    return found


def _people(held: Workspace, path: Path, columns: dict[str, str | None]) -> tuple[Reading, list[str]]:
    with scratch(held.inbox) as folder:
        mapping = ColumnMap(kind="customers", columns=columns)
        reading = read_orders(path, mapping=mapping, workdir=folder, limits=Limits.of_command_line())
        is_read = reading.kind == "customers" and reading.contacts_path is not None
        return reading, entries_of_reading(held, reading) if is_read else []
