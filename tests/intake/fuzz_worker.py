"""Reads many broken files with the reader imported once: each in a process of its own, forked, under the same limits.

`python -m tests.intake.fuzz_worker LIST SOUND_FILES`: LIST is a text file that names folders with a file named `file`,
the sound files are for warming up; for each folder one JSON line is printed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path

from metrics.intake import ColumnMap, Limits
from metrics.intake.client import why_it_ended
from metrics.intake.job import Job
from metrics.intake.pipeline import read_file
from metrics.intake.wire import reading_to_json
from metrics.intake.worker import read_within_limits

LIMITS = Limits(memory_bytes=4 << 30, cpu_seconds=20, wall_seconds=20)


def main() -> None:
    """Read the files of the folders in the list."""
    _warm_up(map(Path, sys.argv[2:]))
    for folder in Path(sys.argv[1]).read_text("utf-8").splitlines():
        sys.stdout.write(json.dumps(_read(Path(folder))) + "\n")
        sys.stdout.flush()


def _warm_up(files: Iterable[Path]) -> None:
    """Load what is loaded late and fill the caches that live as long as a process."""
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(file, Path(folder) / "file")
            assert read_file(_job(Path(folder)), _silent).clean_path is not None
    # A thread would be missing in a fork, and what it had locked would stay locked.
    assert len(list(Path("/proc/self/task").iterdir())) == 1


def _job(folder: Path) -> Job:
    (folder / "temp").mkdir()
    return Job(folder / "file", "file", ColumnMap(), folder, folder / "temp", LIMITS)


def _silent(_stage: str, _share: float) -> None:
    return


def _read(folder: Path) -> dict[str, object]:
    job = _job(folder)
    child = os.fork()
    if child == 0:
        _in_the_fork(job)
    _, status = os.waitpid(child, 0)
    shutil.rmtree(job.temp)
    result, trace = folder / "result", folder / "traceback"
    code = os.waitstatus_to_exitcode(status)
    return {
        "folder": str(folder),
        "reading": result.read_text("utf-8") if result.exists() else None,
        "died": None if result.exists() else ("hung" if code == -signal.SIGALRM else f"{why_it_ended(code)} ({code})"),
        "traceback": trace.read_text("utf-8") if trace.exists() else "",
    }


def _in_the_fork(job: Job) -> None:
    signal.alarm(int(job.limits.wall_seconds))
    try:
        reading = read_within_limits(job, _silent)
        (job.workdir / "result").write_text(reading_to_json(reading), "utf-8")
    except BaseException:  # noqa: BLE001  (a finding, whatever it is)
        (job.workdir / "traceback").write_text(traceback.format_exc(), "utf-8")
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
