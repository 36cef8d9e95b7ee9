"""The parent's side: start the child, pass its progress on, stop it when asked or when it takes too long."""

from __future__ import annotations

import hashlib
import json
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import IO

from metrics.errors import Cancelled
from metrics.intake.contract import ColumnMap, Reading
from metrics.intake.job import Job
from metrics.intake.limits import Limits
from metrics.intake.wire import job_to_json, reading_from_json

Progress = Callable[[str, float], None]

_TICK = 0.1
_BLOCK = 1 << 20
_LONGEST_LINE = 1 << 26
_RESULT = '{"result": '
_COMMAND = (sys.executable, "-m", "metrics.intake.worker")
_ROOT = Path(__file__).resolve().parents[2]


def read_orders(
    path: Path,
    *,
    file_name: str | None = None,
    mapping: ColumnMap | None = None,
    workdir: Path,
    on_progress: Progress | None = None,
    should_cancel: Callable[[], bool] | None = None,
    limits: Limits | None = None,
    remembered: Mapping[str, ColumnMap] | None = None,
    currency: str | None = None,
    region: str | None = None,
) -> Reading:
    """Read an order file in a child process; the files of a ready Reading are written into `workdir`.

    `remembered` holds what was chosen for files with the same headers (by header key) and goes where `mapping` says
    nothing; `currency` and `region` of the workspace settle amounts and phones that name none.

    `on_progress` gets a stage code (opening, reading, checking, writing) and a share 0..1. Whatever is wrong with the
    file comes back as a Reading that is refused, with codes and without a hash. Raises Cancelled once `should_cancel`
    says so, and OSError where `path` or `workdir` cannot be used.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    path = path.resolve(strict=True)
    limits = limits or Limits()
    name = file_name or path.name
    if path.stat().st_size > limits.file_bytes:
        facts = {"limit_mb": limits.file_bytes >> 20}
        return Reading("refused", name, "", reasons=("file_too_large",), facts=facts)
    temp = Path(tempfile.mkdtemp(prefix="reading-", dir=workdir))
    job = Job(
        path, name, mapping or ColumnMap(), workdir.resolve(), temp.resolve(), limits, dict(remembered or {}), currency,
        region,
    )  # fmt: skip
    is_over = threading.Event()
    try:
        content_hash = _hashed_aside(path, is_over)
        reading = _run(job, on_progress or (lambda _stage, _share: None), should_cancel or (lambda: False))
        return reading if reading.outcome == "refused" else replace(reading, content_hash=content_hash.result())
    finally:
        is_over.set()
        shutil.rmtree(temp, ignore_errors=True)


def _run(job: Job, on_progress: Progress, should_cancel: Callable[[], bool]) -> Reading:
    deadline = time.monotonic() + job.limits.wall_seconds
    # The command is ours; the job goes in as data on standard input.
    with subprocess.Popen(  # noqa: S603
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT,
        encoding="utf-8", errors="replace",
    ) as child:  # fmt: skip
        try:
            lines = _lines(child, job_to_json(job))
            while (line := _next(lines, deadline, should_cancel)) is not None:
                said = _understood(line)
                if said is None:
                    return _refused(job, "reader_crashed")
                if isinstance(said, Reading):
                    return said
                on_progress(*said)
        except TimeoutError:
            return _refused(job, "took_too_long")
        finally:
            child.kill()
    return _refused(job, why_it_ended(child.returncode))


def _understood(line: str) -> Reading | tuple[str, float] | None:
    """The result or the progress that a line tells; None for a part of a line, or a library's own words."""
    try:
        if line.startswith(_RESULT):
            return reading_from_json(line.removeprefix(_RESULT).rstrip().removesuffix("}"))
        stage, share = json.loads(line)["progress"]
        return str(stage), float(share)
    except (ValueError, KeyError, TypeError):
        return None


def _lines(child: subprocess.Popen[str], job: str) -> queue.SimpleQueue[str | None]:
    """The child's lines as they come, then None."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def pump(source: IO[str], target: IO[str]) -> None:
        try:
            target.write(job)
            target.close()
        except (BrokenPipeError, ValueError):  # it died before it listened, or was given up: its end says why
            pass
        try:
            while line := source.readline(_LONGEST_LINE):
                lines.put(line)
        except ValueError:  # the pipe is closed: the reading was given up, and nobody waits for the rest
            return
        lines.put(None)

    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no pipes")
    threading.Thread(target=pump, args=(child.stdout, child.stdin), daemon=True).start()
    return lines


def _next(lines: queue.SimpleQueue[str | None], deadline: float, should_cancel: Callable[[], bool]) -> str | None:
    while True:
        if should_cancel():
            raise Cancelled
        if time.monotonic() > deadline:
            raise TimeoutError
        try:
            return lines.get(timeout=_TICK)
        except queue.Empty:
            continue


def why_it_ended(returncode: int | None) -> str:
    """The reason for a child that ended without a result."""
    if returncode is not None and -returncode == getattr(signal, "SIGXCPU", None):
        return "took_too_long"
    if returncode is not None and -returncode in {getattr(signal, "SIGABRT", 0), getattr(signal, "SIGKILL", 0)}:
        # A Rust reader that cannot allocate aborts; the system's memory guard kills.
        return "out_of_memory"
    return "reader_crashed"


def _refused(job: Job, code: str) -> Reading:
    return Reading("refused", job.file_name, "", reasons=(code,))


def _hashed_aside(path: Path, is_over: threading.Event) -> Future[str]:
    """The hash of the file, made while the child reads it; given up once the reading is over."""
    future: Future[str] = Future()

    def work() -> None:
        try:
            future.set_result(_hash(path, is_over))
        except OSError as error:
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future


def _hash(path: Path, is_over: threading.Event) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while not is_over.is_set() and (block := file.read(_BLOCK)):
            digest.update(block)
    return digest.hexdigest()
