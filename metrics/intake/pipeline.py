"""The whole way from a file to a Reading, in one process: what the child runs, and what tests may call directly."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from metrics.errors import IntakeError
from metrics.intake.clean import clean
from metrics.intake.columns import Choice, choose_columns
from metrics.intake.contract import ColumnMap, Outcome, Quality, Reading, Warned
from metrics.intake.job import Job
from metrics.intake.money import currency_code, currency_of
from metrics.intake.opening import Opened, open_file
from metrics.intake.plan import Plan, make_plan
from metrics.intake.quality import INFORMATIONAL, account
from metrics.intake.rewrite import count_broken_lines, rewrite_text
from metrics.intake.source import Source, connect, show_cells
from metrics.intake.stage import stage

Progress = Callable[[str, float], None]

_SAMPLES = 10
_LONGEST_SHOWN = 200
_SHARES = {"opening": (0.0, 0.1), "reading": (0.1, 0.7), "checking": (0.7, 0.8), "writing": (0.8, 1.0)}
_TICK = 0.25


def read_file(job: Job, on_progress: Progress) -> Reading:
    """Read an order file; refusals come back as a Reading with their code. The content hash is left to the caller."""
    try:
        return _read(job, on_progress)
    except IntakeError as error:
        return Reading("refused", job.file_name, "", reasons=(error.code,), facts=error.facts)


def _read(job: Job, on_progress: Progress) -> Reading:
    on_progress("opening", 0.0)
    opened = open_file(job.path, job.temp, job.limits, job.mapping.answers.get("which_sheet"))
    found = Reading(
        "ask",
        job.file_name,
        "",
        headers=opened.source.headers,
        samples=tuple(tuple(cell[:_LONGEST_SHOWN] for cell in row) for row in opened.rows[:_SAMPLES]),
        facts=dict(opened.facts),
    )
    if not opened.rows:
        raise IntakeError("no_rows")
    chosen = _chosen(job.mapping)
    for name, header in chosen.items():
        if header is not None and header not in found.headers:
            facts = {"field": name, "column": header}
            return replace(found, outcome="refused", reasons=("mapping_unknown_column",), facts=facts)
    choice = choose_columns(found.headers, opened.rows, chosen)
    found = replace(found, columns=choice.columns, questions=opened.questions)
    if opened.questions:
        return found
    source, warnings = opened.source, opened.warnings
    for _ in range(3):
        with connect(job.temp, job.limits.memory_bytes // 4, os.cpu_count() or 2) as connection:
            try:
                show_cells(connection, source)
                return _read_rows(
                    connection, job, replace(opened, source=source, warnings=warnings), choice, found, on_progress
                )
            except duckdb.OutOfMemoryException as error:
                raise IntakeError("out_of_memory") from error
            except duckdb.Error as error:
                source, noticed = _more_forgiving(source, error, job.temp)
                warnings = (*warnings, *noticed)
    raise IntakeError("file_broken")


def _read_rows(
    connection: duckdb.DuckDBPyConnection,
    job: Job,
    opened: Opened,
    choice: Choice,
    found: Reading,
    on_progress: Progress,
) -> Reading:
    with _watched(connection, "reading", on_progress):
        plan = make_plan(connection, opened.source, choice, opened.rows, job.mapping.answers)
        if plan.questions:
            return replace(found, questions=plan.questions)
        staged = stage(connection, plan, job.temp)
    on_progress("checking", _SHARES["checking"][0])
    if staged.n_rows == 0:
        raise IntakeError("no_rows")
    if staged.n_rows > job.limits.rows:
        raise IntakeError("too_many_rows", rows=staged.n_rows)
    with _watched(connection, "writing", on_progress):
        cleaned = clean(connection, plan, staged, choice.customer_kind, opened.source.headers, job.workdir)
        quality = account(connection, staged, cleaned, choice, opened.warnings, _currency(plan, opened))
    if quality.orders + quality.zero_orders + quality.refunds == 0:
        facts = {"rows_read": quality.rows_read, "rejected": quality.rejected_by_reason}
        return replace(found, outcome="refused", reasons=("no_usable_rows",), facts=facts, quality=quality)
    on_progress("writing", 1.0)
    return replace(
        found,
        outcome=_outcome(quality),
        quality=quality,
        clean_path=cleaned.clean_path,
        contacts_path=cleaned.contacts_path,
        voided_path=cleaned.voided_path,
        rejected_path=cleaned.rejected_path,
        has_order_ids=staged.n_order_ids > 0,
    )


def _chosen(mapping: ColumnMap) -> dict[str, str | None]:
    """The person's columns, from the mapping and from answers to `which_customer` and its like."""
    answered = {
        code.removeprefix("which_"): answer
        for code, answer in mapping.answers.items()
        if code in {"which_customer", "which_date", "which_amount"}
    }
    return {**answered, **mapping.columns}


def _more_forgiving(source: Source, error: duckdb.Error, temp: Path) -> tuple[Source, tuple[Warned, ...]]:
    """The next, slower way to read the same text."""
    if source.kind == "parquet" or source.is_rewritten:
        raise IntakeError("file_broken") from error
    if "quoted new lines" in str(error) and source.reader == "parallel":
        return source.read_serially(), ()
    broken = count_broken_lines(source.path) if "unicode" in str(error).casefold() else 0
    noticed = (Warned("bad_characters", broken),) if broken else ()
    return rewrite_text(source, temp / "rewritten.csv"), noticed


def _currency(plan: Plan, opened: Opened) -> str | None:
    """The currency that the amount's cells or its header name."""
    for name in ("amount", "price"):
        if name in plan.places:
            place = plan.places[name]
            codes = {code for row in opened.rows if (code := currency_of(row[place]))}
            codes |= {code for word in _words(opened.source.headers[place]) if (code := _known_code(word))}
            return codes.pop() if len(codes) == 1 else None
    return None


def _words(header: str) -> list[str]:
    return header.replace("(", " ").replace(")", " ").replace(",", " ").split()


def _known_code(word: str) -> str | None:
    code = currency_of(f"1 {word}") if len(word) <= 6 else None
    return code if code and (currency_code(word) == code) else None


def _outcome(quality: Quality) -> Outcome:
    told = [warned for warned in quality.warnings if warned.code not in INFORMATIONAL]
    return "ready_with_warnings" if told else "ready"


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection, stage_code: str, on_progress: Progress) -> Iterator[None]:
    """Report how far the running query is, several times a second."""
    low, high = _SHARES[stage_code]
    done = threading.Event()

    def watch() -> None:
        furthest = low
        while not done.wait(_TICK):
            furthest = max(furthest, low + (high - low) * max(connection.query_progress(), 0.0) / 100)
            on_progress(stage_code, min(furthest, high))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
