"""Broken files by the thousand: each ends with orders, a question or one coded reason, and the server goes on.

`FUZZ=20000 pytest tests/intake/test_fuzz.py` tries that many instead of 1,500.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard import intake_words, labels, question_words
from metrics import Workspace
from metrics.intake import Limits, Reading, read_orders
from metrics.intake.wire import reading_from_json
from metrics.retention import now, periods
from metrics.value import totals
from tests.intake.mutations import KINDS, mutated, originals

ROOT = Path(__file__).resolve().parents[2]
FILES = int(os.environ.get("FUZZ", "1500"))
SHARES = {"csv": 0.1, "xlsx": 0.7, "parquet": 0.2}
BATCH = 25
THROUGH_THE_CHILD = 20
KNOWN_FILES = {"file", "result", "clean.parquet", "contacts.parquet", "voided.parquet", "rejected.csv"}

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork"),
    pytest.mark.timeout(300 + FILES),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_file_ends_with_orders_a_question_or_a_reason(kind: str, tmp_path: Path) -> None:
    sound = [_written(tmp_path / f"sound{place}", content) for place, content in enumerate(originals(kind))]
    broken = [_written(tmp_path / str(n), mutated(kind, n)) for n in range(round(FILES * SHARES[kind]))]
    seen: Counter[str] = Counter()
    with Workspace.open(None) as workspace:
        for folder, reading in _readings([*sound, *broken]):
            _check(folder, reading)
            assert folder not in sound or reading.outcome != "refused", folder
            seen[reading.outcome] += 1
            if reading.clean_path is not None:
                _check_orders(workspace, reading)
                if seen.total() % BATCH == 0:
                    _check_answers(workspace)
        _check_answers(workspace)
    assert seen["ask"] and seen["refused"] and seen["ready"] + seen["ready_with_warnings"] > seen.total() / 20


@pytest.mark.parametrize("kind", KINDS)
def test_broken_files_through_the_real_child(kind: str, tmp_path: Path) -> None:
    numbers = range(100_000, 100_000 + THROUGH_THE_CHILD)
    folders = [_written(tmp_path / str(n), mutated(kind, n)) for n in numbers]

    def read(folder: Path) -> Reading:
        return read_orders(folder / "file", workdir=folder, limits=Limits(wall_seconds=60))

    with ThreadPoolExecutor(os.cpu_count()) as pool, Workspace.open(None) as workspace:
        for folder, reading in zip(folders, pool.map(read, folders), strict=True):
            _check(folder, reading)
            assert len(reading.content_hash) == (0 if reading.outcome == "refused" else 64)
            if reading.clean_path is not None:
                _check_orders(workspace, reading)


def _written(folder: Path, content: bytes) -> Path:
    folder.mkdir()
    (folder / "file").write_bytes(content)
    return folder


def _readings(folders: list[Path]) -> Iterator[tuple[Path, Reading]]:
    """What the reader makes of the file in each folder; whatever it dies of is the test's failure."""
    place = folders[0].parent
    (place / "folders").write_text("".join(f"{folder}\n" for folder in folders), "utf-8")
    for kind in KINDS:
        (place / f"sound.{kind}").write_bytes(originals(kind)[0])
    sound = [str(place / f"sound.{kind}") for kind in KINDS]
    command = [sys.executable, "-m", "tests.intake.fuzz_worker", str(place / "folders"), *sound]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # numpy would start threads, which a fork cannot have
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as worker:
        assert worker.stdout is not None
        for folder, line in zip(folders, worker.stdout, strict=True):
            told = json.loads(line)
            assert told["died"] is None, (told["folder"], told["died"], told["traceback"])
            yield folder, reading_from_json(told["reading"])


def _check(folder: Path, reading: Reading) -> None:
    where = str(folder)
    if reading.outcome == "refused":
        assert len(reading.reasons) == 1, where
        assert reading.reasons[0] not in {"reader_crashed", "took_too_long", "limits_refused"}, where
        assert labels.reason(reading.reasons[0], reading.facts), where
    else:
        assert not reading.reasons, where
        assert bool(reading.questions) == (reading.outcome == "ask"), where
    for question in reading.questions:
        assert question_words.question(question), where
        assert all(question_words.answer(question, option) for option in question.options), where
    assert all(map(intake_words.warning, reading.quality.warnings if reading.quality else ())), where
    assert {path.name for path in folder.iterdir()} <= KNOWN_FILES, where


def _check_orders(workspace: Workspace, reading: Reading) -> None:
    """Every row read ended in one place, and the orders are what the workspace then holds."""
    quality = reading.quality
    assert quality is not None
    assert quality.rows_read == (
        quality.orders + quality.zero_orders + quality.refunds
        + quality.rows_merged + quality.rows_not_counted + quality.rows_rejected
    ), reading.clean_path  # fmt: skip
    loaded = workspace.ingest(reading, replacing=[batch.batch_id for batch in workspace.batches()])
    assert loaded.batch.orders + loaded.batch.refunds == quality.orders + quality.zero_orders + quality.refunds


def _check_answers(workspace: Workspace) -> None:
    found = totals(workspace)
    assert found.customers >= 0
    now(workspace, 60)
    periods(workspace, "month", 60)
