"""Which sheet of a workbook holds the orders, and its rows as plain CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TextIO

from metrics.errors import IntakeError
from metrics.intake.archive import check_workbook
from metrics.intake.book_notes import BookNotes
from metrics.intake.columns import choose_columns, name_scores
from metrics.intake.contract import ALL_SHEETS, NEEDED, Question, Warned
from metrics.intake.grouped import is_grouped, ungrouped
from metrics.intake.limits import Limits
from metrics.intake.opened import Opened
from metrics.intake.plan import MONEY
from metrics.intake.presets import preset_of
from metrics.intake.source import Source
from metrics.intake.table import Table, find_table
from metrics.intake.words import normal
from metrics.intake.workbook import SAMPLE_ROWS, Reach, Workbook

_ENOUGH = 0.4
_EXAMPLE_CELLS, _LONGEST_EXAMPLE = 4, 40


def open_workbook(path: Path, temp: Path, limits: Limits, sheet: str | None) -> Opened:
    """The table of the sheet that holds orders; `sheet` answers `which_sheet`.

    Visible sheets go first; a hidden one is only offered, never taken by itself, and only where it has other orders
    than they have. Several sheets of the same headers may be read as one (answer `*`).

    Raises IntakeError as `check_workbook` and `Workbook`, and `file_empty`, `no_rows`, `no_table`,
    `formulas_without_values` (facts: cells).
    """
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    book = Workbook(path, limits, check_workbook(path, limits) if is_zip else BookNotes())
    tables = _tables(book, book.sheet_names())
    offered = [name for name, table in tables.items() if _is_usable(table)]
    hidden = _hidden_tables(book, [tables[name] for name in offered])
    offered = [*(offered or tables), *hidden]
    tables |= hidden
    if not offered:
        raise IntakeError(_why_nothing(book))
    together = _alike(tables, offered)
    options = (*offered, *([ALL_SHEETS] if together else []))
    if (hidden or len(offered) > 1) and sheet not in options:
        facts = {"together": list(together), "hidden": list(hidden), "examples": _examples(tables, offered)}
        source = Source(temp / "sheet.csv", tables[offered[0]].headers, is_typed=True)
        question = Question("which_sheet", options, facts)
        return Opened(source, tables[offered[0]].rows, questions=(question,), facts={"sheet": offered[0]})
    chosen = (
        list(together) if sheet == ALL_SHEETS and together else [sheet if sheet in options and sheet else offered[0]]
    )
    return _opened(book, {name: tables[name] for name in chosen}, temp / "sheet.csv")


def _tables(book: Workbook, names: Sequence[str]) -> dict[str, Table]:
    """The tables of those sheets that have one of at least two columns and a row."""
    found = {name: find_table(book.sample(name)) for name in names}
    return {name: table for name, table in found.items() if table is not None and table.width > 1 and table.rows}


def _hidden_tables(book: Workbook, visible: Sequence[Table]) -> dict[str, Table]:
    """The hidden sheets with orders that are not in the `visible` ones as well."""
    try:
        tables = _tables(book, book.sheet_names(hidden=True))
    except IntakeError:
        if not visible:
            raise
        return {}  # a hidden sheet that cannot be read keeps nobody from reading the others
    shown = {row for table in visible for row in table.rows}
    return {name: table for name, table in tables.items() if not shown.issuperset(table.rows) and _is_usable(table)}


def _examples(tables: dict[str, Table], names: Sequence[str]) -> dict[str, list[str]]:
    """The first cells of each sheet's first row."""
    return {
        name: [cell[:_LONGEST_EXAMPLE] for cell in tables[name].rows[0] if cell.strip()][:_EXAMPLE_CELLS]
        for name in names
    }


def _is_usable(table: Table) -> bool:
    if is_grouped(table, is_whole=len(table.rows) < SAMPLE_ROWS // 2):
        return True
    return not choose_columns(table.headers, table.rows, preset=preset_of(table.headers)).unclear


def _why_nothing(book: Workbook) -> str:
    names = [*book.sheet_names(), *book.sheet_names(hidden=True)]
    if not names:
        return "file_empty"
    lone = (find_table([*book.sample(name), ["1", "2"]]) for name in names)
    return "no_rows" if any(table is not None and table.lines and table.width > 1 for table in lone) else "no_table"


def _alike(tables: dict[str, Table], offered: Sequence[str]) -> tuple[str, ...]:
    """The sheets with the headers that most sheets share, in their order; empty where no two share theirs."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in offered:
        groups.setdefault(tuple(map(normal, tables[name].headers)), []).append(name)
    largest = max(groups.values(), key=len)
    return tuple(largest) if len(largest) > 1 else ()


def _opened(book: Workbook, tables: dict[str, Table], target: Path) -> Opened:
    headers = next(iter(tables.values())).headers
    reaches = {name: _reach(table) for name, table in tables.items()}
    name = next(iter(tables))
    sample = tuple(tuple(row) for row in book.sample(name, reaches[name]))
    width = len(headers)
    rows = tuple((*row[:width], *[""] * (width - len(row))) for row in sample)
    report = ungrouped(
        replace(tables[name], rows=rows),
        lambda: chain.from_iterable(book.rows(each, reach) for each, reach in reaches.items()),
        target,
        is_typed=True,
        is_whole=len(tables) == 1 and len(rows) < SAMPLE_ROWS,
    )
    missing = sum(book.notes.missing_values(each) for each in tables)
    held = report or Opened(Source(target, headers), rows)
    if missing and _lacks_values(held):
        raise IntakeError("formulas_without_values", cells=missing)
    warnings = (Warned("formulas_without_values", missing),) if missing else ()
    facts = {"sheet": ", ".join(tables)}
    if report is not None:
        return replace(report, warnings=(*warnings, *report.warnings), facts=facts)
    with target.open("w", encoding="utf-8", newline="") as out:
        for each, reach in reaches.items():
            _append(book, each, reach, width, out)
    source = Source(target, headers, is_typed=True, is_rewritten=True, reader="serial")
    return Opened(source, rows, warnings=warnings, facts=facts)


def _reach(table: Table) -> Reach:
    """Where the rows begin, and which columns hold money and days by their names."""
    fields = [_best_field(header) for header in table.headers]
    return Reach(
        table.first_row,
        money=frozenset(place for place, name in enumerate(fields) if name in MONEY),
        days=frozenset(place for place, name in enumerate(fields) if name == "date"),
    )


def _best_field(header: str) -> str:
    scores = name_scores(header)
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH else ""


def _lacks_values(opened: Opened) -> bool:
    """Whether a column that every order needs is empty, or holds nothing but 0."""
    headers = opened.source.headers
    choice = choose_columns(headers, opened.rows, preset=preset_of(headers))
    places = [headers.index(choice.columns[name].source) for name in NEEDED if name in choice.columns]
    return bool(choice.unclear) or any(all(row[place] in {"", "0"} for row in opened.rows) for place in places)


def _append(book: Workbook, name: str, reach: Reach, width: int, out: TextIO) -> None:
    """Write the rows of a sheet, blank ones left out; cells beside the table are notes, not part of a row."""
    writer = csv.writer(out, lineterminator="\n")
    for columns in book.chunks(name, reach):
        held = columns[:width]
        blank = [""] * len(columns[0])
        padded = [*held, *[blank] * (width - len(held)), blank]
        writer.writerows(filter(any, zip(*padded, strict=True)))
