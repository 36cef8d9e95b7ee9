"""Reports that are grouped as 1C writes them: group rows above their documents, made into a flat table.

Three shapes are known. *Tree*: groups, documents and items share one column. *Stairs*: each level has a column of its
own, filled on the row that opens the group or on every row. *Flat*: a row per document whose date stands in its text.

In a tree a row is a document when its text ends in `от <date>` or when the date column is filled. The rows of text
right above a document are the groups it lies in, the innermost last: a new manager and his first customer are two such
rows, the next customer of his is one. Rows of items under a document are told from groups by their sums: items go on
until the document's sum is used up. Which reading is right is decided by trying: the first one under which every group
is the sum of its documents is taken; a group that does not add up, anywhere in the file, refuses the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from metrics.errors import IntakeError
from metrics.intake.contract import Warned
from metrics.intake.grouped_layout import Layout, layouts
from metrics.intake.grouped_rows import Flattener
from metrics.intake.opened import Opened
from metrics.intake.rewrite import write_rows
from metrics.intake.source import Source
from metrics.intake.table import Table, unique_names

_SAMPLE_ROWS = 1000

Rows = Callable[[], Iterable[Sequence[str]]]


def is_grouped(table: Table, *, is_whole: bool) -> bool:
    """Whether the sampled rows are a grouped report that can be taken apart."""
    try:
        return find_layout(table, is_whole=is_whole) is not None
    except IntakeError:
        return False


def find_layout(table: Table, *, is_whole: bool) -> Layout | None:
    """How a table is grouped, None where it is not; IntakeError `grouped_report_unclear` where no reading adds up.

    `is_whole`: the sampled rows are all rows of the file.
    """
    tried = False
    for layout in layouts(table):
        tried = tried or layout.is_certain
        flattener = Flattener(layout)
        try:
            n_flat = sum(1 for _ in flattener.flat(table.rows, is_whole=is_whole))
        except IntakeError:
            continue
        if n_flat and (layout.is_certain or flattener.n_checked >= 2):
            return layout
    if tried:
        raise IntakeError("grouped_report_unclear")
    return None


def ungrouped(table: Table, rows: Rows, target: Path, *, is_typed: bool, is_whole: bool) -> Opened | None:
    """The flat table of a grouped report, None for any other table; `rows` gives all rows of the file below its header.

    Columns out: customer, the names of other levels, order id, date (where it stands in the document's text), then
    the columns of the report. Warning `grouped_report` with the number of group rows.

    Raises IntakeError `grouped_report_unclear`.
    """
    layout = find_layout(table, is_whole=is_whole)
    if layout is None:
        return None
    flattener = Flattener(layout)
    headers = unique_names(layout.flat_headers)
    write_rows(flattener.flat(_padded(rows(), table.width)), target, len(headers))
    sample = tuple(map(tuple, islice(Flattener(layout).flat(table.rows, is_whole=False), _SAMPLE_ROWS)))
    source = Source(target, headers, is_typed=is_typed, is_rewritten=True, reader="serial")
    warnings = (Warned("grouped_report", flattener.n_groups),) if flattener.n_groups else ()
    return Opened(source, sample, warnings=warnings)


def _padded(rows: Iterable[Sequence[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        yield [*row[:width], *[""] * (width - len(row))]
