"""The child process: a job on standard input, progress and the result as JSON lines on standard output."""

from __future__ import annotations

import gc
import json
import sys
import threading

from metrics.errors import IntakeError
from metrics.intake.contract import Reading
from metrics.intake.job import Job
from metrics.intake.pipeline import Progress, read_file
from metrics.intake.wire import job_from_json, reading_to_json

_writing = threading.Lock()


def main() -> None:
    """Do the one job on standard input."""
    # Millions of cells come and go by their own counts; looking for cycles among them takes a fifth of the time.
    gc.freeze()
    gc.set_threshold(1_000_000)
    job = job_from_json(sys.stdin.read())
    _say("result", reading_to_json(read_within_limits(job, _say_progress)))


def read_within_limits(job: Job, on_progress: Progress) -> Reading:
    """Read the file of a job after binding this whole process to the job's limits."""
    try:
        _limit(job)
        return read_file(job, on_progress)
    except IntakeError as error:
        return Reading("refused", job.file_name, "", reasons=(error.code,), facts=error.facts)
    except MemoryError:
        return Reading("refused", job.file_name, "", reasons=("out_of_memory",))


def _say_progress(stage: str, share: float) -> None:
    _say("progress", json.dumps([stage, share]))


def _say(kind: str, content: str) -> None:
    with _writing:
        sys.stdout.write(f'{{"{kind}": {content}}}\n')
        sys.stdout.flush()


def _limit(job: Job) -> None:
    """Let the system stop a child that takes too much; Windows has no such limits and relies on the clock."""
    try:
        import resource  # noqa: PLC0415  (absent on Windows)
    except ModuleNotFoundError:
        return
    memory, seconds = job.limits.memory_bytes, job.limits.cpu_seconds
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError) as error:
        raise IntakeError("limits_refused") from error


if __name__ == "__main__":
    main()
