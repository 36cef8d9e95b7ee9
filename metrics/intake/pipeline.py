"""The whole way from a file to a Reading, in one process: what the child runs, and what tests may call directly."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from metrics.errors import IntakeError
from metrics.intake.clean import Cleaned, clean
from metrics.intake.columns import Choice, choose_columns
from metrics.intake.contract import ColumnMap, Outcome, Quality, Question, Reading, Warned
from metrics.intake.currency import settle_currency
from metrics.intake.identity import Keyed, key_customers
from metrics.intake.job import Job
from metrics.intake.lines import settle_lines
from metrics.intake.money import currency_code, currency_of
from metrics.intake.name_parts import with_name_parts
from metrics.intake.opening import Opened, open_file
from metrics.intake.people import read_people
from metrics.intake.people_columns import choose_people_columns, kind_of_file
from metrics.intake.plan import Plan, make_plan
from metrics.intake.presets import Preset, preset_of
from metrics.intake.quality import INFORMATIONAL, account
from metrics.intake.remembered import header_key, with_remembered
from metrics.intake.rewrite import count_broken_lines, rewrite_text
from metrics.intake.signs import settle_sign
from metrics.intake.source import Source, connect, show_cells
from metrics.intake.stage import stage
from metrics.intake.yen import Home

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
    answers = job.mapping.answers
    opened = open_file(job.path, job.temp, job.limits, answers.get("which_sheet"))
    headers = opened.source.headers
    key = header_key(headers)
    mapping = with_remembered(job.mapping, job.remembered.get(key), headers)
    if opened.questions and mapping.answers.get("which_sheet") in opened.questions[0].options:
        opened = open_file(job.path, job.temp, job.limits, mapping.answers["which_sheet"])
        headers = opened.source.headers
    preset = preset_of(headers)
    found = Reading(
        "ask",
        job.file_name,
        "",
        headers=headers,
        samples=tuple(tuple(cell[:_LONGEST_SHOWN] for cell in row) for row in opened.rows[:_SAMPLES]),
        facts=dict(opened.facts),
        preset=preset.key if preset else None,
        header_key=key,
        mapping=mapping,
        is_remembered=mapping != job.mapping,
    )
    if not opened.rows:
        raise IntakeError("no_rows")
    if preset is not None and preset.refuse and not mapping.columns:
        return replace(found, outcome="refused", reasons=(preset.refuse,), facts={"export": preset.title})
    chosen = _chosen(mapping)
    for name, header in chosen.items():
        if header is not None and header not in headers:
            facts = {"field": name, "column": header}
            return replace(found, outcome="refused", reasons=("mapping_unknown_column",), facts=facts)
    choice = with_name_parts(choose_columns(headers, opened.rows, chosen, preset), headers, opened.rows, chosen)
    found = replace(found, columns=choice.columns, questions=opened.questions)
    if opened.questions:
        return found
    kind = kind_of_file(headers, opened.rows, choice, mapping, preset)
    if isinstance(kind, Question):
        return replace(found, questions=(kind,))
    if kind == "customers":
        columns = choose_people_columns(headers, opened.rows, chosen, preset)
        found = replace(found, kind=kind, columns=columns)
    return _with_patience(replace(job, mapping=mapping), opened, choice, found, preset, on_progress)


def _with_patience(
    job: Job, opened: Opened, choice: Choice, found: Reading, preset: Preset | None, on_progress: Progress
) -> Reading:
    """Read the rows, in slower and more forgiving ways where the fast one fails."""
    source, warnings = opened.source, opened.warnings
    for _ in range(3):
        with connect(job.temp, job.limits.memory_bytes // 4, os.cpu_count() or 2) as connection:
            try:
                show_cells(connection, source)
                table = replace(opened, source=source, warnings=warnings)
                if found.kind == "customers":
                    with _watched(connection, "reading", on_progress):
                        return read_people(connection, job, table, found)
                return _Rows(connection, job, table, choice, preset, on_progress).read(found)
            except duckdb.OutOfMemoryException as error:
                raise IntakeError("out_of_memory") from error
            except duckdb.Error as error:
                source, noticed = _more_forgiving(source, error, job.temp)
                warnings = (*warnings, *noticed)
    raise IntakeError("file_broken")


@dataclass(frozen=True)
class _Rows:
    """The rows of an opened file on their way to clean orders."""

    connection: duckdb.DuckDBPyConnection
    job: Job
    opened: Opened
    choice: Choice
    preset: Preset | None
    on_progress: Progress

    def read(self, found: Reading) -> Reading:
        job, answers, headers = self.job, self.job.mapping.answers, self.opened.source.headers
        with _watched(self.connection, "reading", self.on_progress):
            home = Home(job.currency, job.region)
            plan = make_plan(
                self.connection, self.opened.source, self.choice, self.opened.rows, answers, self.preset, home
            )
            if plan.questions:
                return replace(found, questions=plan.questions)
            staged = stage(self.connection, plan, job.temp)
        self.on_progress("checking", _SHARES["checking"][0])
        if staged.n_rows == 0:
            raise IntakeError("no_rows")
        if staged.n_rows > job.limits.rows:
            raise IntakeError("too_many_rows", rows=staged.n_rows)
        named = _currency(plan, self.opened)
        money = settle_currency(self.connection, staged, named, job.currency, answers, job.temp, plan.yen)
        signed = settle_sign(self.connection, plan, money.staged, answers, job.temp)
        lines = settle_lines(self.connection, plan, signed.staged, len(headers), answers, job.temp)
        keyed = self._keyed(plan)
        questions = tuple(each.question for each in (money, signed, lines, keyed) if each.question is not None)
        if questions:
            return replace(found, questions=questions)
        with _watched(self.connection, "writing", self.on_progress):
            cleaned = clean(self.connection, plan, lines.staged, keyed, headers, job.workdir, repeats=lines.repeats)
            noticed = (*self.opened.warnings, *plan.warnings, *money.warnings, *lines.warnings, *keyed.warnings)
            quality = account(self.connection, lines.staged, cleaned, self.choice, noticed, money.currency)
        return self._finished(found, quality, cleaned, has_order_ids=staged.n_order_ids > 0)

    def _keyed(self, plan: Plan) -> Keyed:
        mapping = self.job.mapping
        region = mapping.answers.get("phone_region") or self.job.region
        return key_customers(self.connection, plan, self.choice.customer_kind, mapping.rules, region)

    def _finished(self, found: Reading, quality: Quality, cleaned: Cleaned, *, has_order_ids: bool) -> Reading:
        if not (quality.orders or quality.zero_orders or quality.refunds or cleaned.n_voided):
            facts = {"rows_read": quality.rows_read, "rejected": quality.rejected_by_reason}
            code = "no_usable_rows" if quality.rejected_by_reason else "no_counted_rows"
            return replace(found, outcome="refused", reasons=(code,), facts=facts, quality=quality)
        self.on_progress("writing", 1.0)
        return replace(
            found,
            outcome=_outcome(quality),
            quality=quality,
            clean_path=cleaned.clean_path,
            contacts_path=cleaned.contacts_path,
            voided_path=cleaned.voided_path,
            rejected_path=cleaned.rejected_path,
            has_order_ids=has_order_ids,
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
            codes = {code for row in opened.rows if (code := currency_of(row[place], plan.yen))}
            codes |= {code for word in _words(opened.source.headers[place]) if (code := _known_code(word, plan.yen))}
            return codes.pop() if len(codes) == 1 else None
    return None


def _words(header: str) -> list[str]:
    return header.replace("(", " ").replace(")", " ").replace(",", " ").split()


def _known_code(word: str, yen: str) -> str | None:
    code = currency_of(f"1 {word}", yen) if len(word) <= 6 else None
    return code if code and (currency_code(word, yen) == code) else None


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
