"""A call list as a file: whom each manager calls, when, and about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any

from metrics.call_list import assign, due_days
from metrics.list_columns import CODE, quoted, sheet_kind, typed
from metrics.list_files import write_table
from metrics.list_options import ListOptions, ListWarning, ListWritten
from metrics.list_source import ListSource
from metrics.reason_codes import REASONS
from metrics.targets.workbook import Column, Kind

_CALLS = ("customer_id", "name", "phone", "last_order_on", "category", "average_order", "silence", "state")
_MORE = ("lost_days", "reason")


def write_calls(source: ListSource, path: Path, options: ListOptions) -> ListWritten:
    """Who calls whom, when, and about what; whoever has no phone is left out."""
    counts = source.count(no_phone="phone is null")
    reached = source.narrowed("phone is not null")
    previous = [lost_by for (lost_by,) in reached.rows("manager")]
    names = options.managers or tuple(sorted({name for name in previous if name}))
    callers = assign(previous, names)
    keys = [*_CALLS, *([CODE] if CODE in reached.keys else [])]
    titles = [*keys, *_MORE, "offer", "due_on", "manager"]
    days = due_days(callers, options.calls_from or options.day, options.calls_a_day)
    listed = reached.rows(f"{typed(options.words, keys)}, {_more(options)}")
    rows = ((*row, offer, day, who) for row, offer, day, who in zip(listed, repeat(options.offer), days, callers))
    left_out = {"no_phone": counts["no_phone"]} if counts["no_phone"] else {}
    code = {0: "no_manager", 1: "one_manager"}.get(len(set(names)))
    written = _calls(path, options, titles, rows)
    warnings = (*written.warnings, *([ListWarning(code)] if code and callers else []))
    return ListWritten(written.rows, left_out, {}, warnings)


def _more(options: ListOptions) -> str:
    """For how many days each has been lost, none for who is not; why they left: confirmed, else as they named it."""
    days = f"case when silence > {options.lost_after_days:d} then silence - {options.lost_after_days:d} end"
    words = options.words.values.get("reason", {one: one for one in REASONS})
    cases = " ".join(f"when {quoted(code)} then {quoted(word)}" for code, word in words.items())
    said = f"select case said.reason {cases} end from customer_reasons as said where said.customer = listed.customer"
    return f"{days} as lost_days, ({said}) as reason"


def _calls(path: Path, options: ListOptions, keys: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> ListWritten:
    kinds: dict[str, Kind] = {"due_on": "date", "lost_days": "whole"}
    columns = [Column(options.words.title(key), kinds.get(key) or sheet_kind(key)) for key in keys]
    return write_table(path, columns, rows, options)
