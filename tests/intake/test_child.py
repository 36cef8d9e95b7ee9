"""The child process: what it says, how it dies, how it is stopped."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import signal
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.errors import Cancelled
from metrics.intake import ColumnMap, Limits, Question, Reading, Warned, client, read_orders
from metrics.intake.contract import ColumnChoice, Quality
from metrics.intake.job import Job
from metrics.intake.wire import job_from_json, job_to_json, reading_from_json, reading_to_json

TEXT = "order_id,date,customer_id,amount\n1,2024-01-05,C1,5\n2,2024-01-06,,7\n"


def script(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child be this program instead."""
    monkeypatch.setattr(client, "_COMMAND", (sys.executable, "-c", code))


def orders(tmp_path: Path, content: str | bytes = TEXT) -> Path:
    path = tmp_path / "Orders May.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_reading_by_the_child(tmp_path: Path) -> None:
    said: list[tuple[str, float]] = []
    work = tmp_path / "work"
    reading = read_orders(orders(tmp_path), workdir=work, on_progress=lambda stage, share: said.append((stage, share)))
    assert (reading.outcome, reading.file_name) == ("ready_with_warnings", "Orders May.csv")
    assert len(reading.content_hash) == 64
    assert reading.quality.warnings == (Warned("no_customer", 1, {"amount": Decimal(7)}),)
    assert {stage for stage, _ in said} >= {"opening", "checking", "writing"}
    assert [share for _, share in said] == sorted(share for _, share in said)
    assert sorted(path.name for path in work.iterdir()) == ["clean.parquet", "rejected.csv"]
    assert reading.clean_path == (work / "clean.parquet").resolve()


def test_the_same_content_has_the_same_hash_under_any_name(tmp_path: Path) -> None:
    first = read_orders(orders(tmp_path), workdir=tmp_path / "a")
    second = read_orders(orders(tmp_path), workdir=tmp_path / "b", file_name="other.xlsx", mapping=ColumnMap())
    assert (first.content_hash, second.file_name) == (second.content_hash, "other.xlsx")


def test_a_missing_file_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_orders(tmp_path / "nowhere.csv", workdir=tmp_path)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit(3)", "reader_crashed"),
        ("import os; os.abort()", "out_of_memory"),
        (f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})", "out_of_memory"),
        (f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})", "reader_crashed"),
        (f"import os; os.kill(os.getpid(), {int(signal.SIGXCPU)})", "took_too_long"),
        ('import sys; sys.stdout.write(\'{"progress": ["opening", 0.1]}\\n\')', "reader_crashed"),
        ("print('warning: a library speaks')", "reader_crashed"),
        ('print(\'{"result": {"outcome": "rea\')', "reader_crashed"),
        ("import sys; sys.stdout.buffer.write(bytes([255, 254, 10]))", "reader_crashed"),
    ],
)
def test_a_child_that_dies_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str], code: str, reason: str
) -> None:
    script(monkeypatch, code)
    reading = read_orders(orders(tmp_path), workdir=tmp_path / "work")
    assert (reading.outcome, reading.reasons) == ("refused", (reason,))
    assert capfd.readouterr() == ("", "")
    assert list((tmp_path / "work").iterdir()) == []


def test_a_child_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script(monkeypatch, "import time; time.sleep(3600)")
    reading = read_orders(orders(tmp_path), workdir=tmp_path / "work", limits=Limits(wall_seconds=0.3))
    assert reading.reasons == ("took_too_long",)


def test_cancel_stops_the_child_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script(
        monkeypatch,
        'import sys, time; sys.stdout.write(\'{"progress": ["reading", 0.2]}\\n\'); sys.stdout.flush(); time.sleep(3600)',
    )
    said: list[str] = []
    with pytest.raises(Cancelled):
        read_orders(
            orders(tmp_path),
            workdir=tmp_path / "work",
            on_progress=lambda stage, _: said.append(stage),
            should_cancel=lambda: bool(said),
        )
    assert said == ["reading"]
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_childs_memory_is_bounded(tmp_path: Path) -> None:
    reading = read_orders(orders(tmp_path), workdir=tmp_path / "work", limits=Limits(memory_bytes=64 << 20))
    assert (reading.outcome, reading.clean_path) == ("refused", None)


def sheet_bomb() -> bytes:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(sheet_bomb(), "sheet_span"), (gzip.compress(b" " * (64 << 20)), "archive_ratio"), (b"%PDF-1.7", "wrong_kind"), (b"", "file_empty")],
    ids=["sheet", "gzip", "pdf", "empty"],
)  # fmt: skip
def test_what_cannot_be_orders_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    reading = read_orders(orders(tmp_path, content), workdir=tmp_path / "work")
    assert (reading.outcome, reading.reasons) == ("refused", (reason,))
    assert list((tmp_path / "work").iterdir()) == []


def test_nothing_of_the_file_reaches_the_childs_own_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    read_orders(orders(tmp_path, TEXT.replace("C1", "Secret Person")), workdir=tmp_path / "work")
    assert capfd.readouterr() == ("", "")


def test_a_reading_survives_the_wire() -> None:
    quality = Quality(
        rows_read=3, orders=1, zero_orders=0, refunds=1, rows_merged=0, zero_merged=0, rows_not_counted=0, rows_rejected=1, rejected_by_reason={"no_date": 1},
        warnings=(Warned("refunds", 1, {"amount": Decimal("-1.50")}),), customers=1, first_on=date(2024, 1, 5), last_on=None, currency=None, gross=Decimal("5.0000"), net=Decimal("3.5000"),
    )  # fmt: skip
    reading = Reading(
        "ready", "заказы.csv", "ab", headers=("a\n", "b"), samples=(("1", "\u2028"),), columns={"date": ColumnChoice("a\n", 0.5, ("x",))},
        questions=(Question("day_or_month", ("dmy",), {"at": datetime(2024, 1, 5)}),), reasons=("x",), facts={"n": 1}, quality=quality, clean_path=Path("/tmp/x"),
    )  # fmt: skip
    text = reading_to_json(reading)
    assert "\n" not in text
    assert reading_from_json(text) == reading
    assert reading_from_json(reading_to_json(replace(reading, quality=None))).quality is None


def test_a_job_survives_the_wire() -> None:
    mapping = ColumnMap(columns={"amount": None, "date": "Дата"}, answers={"day_or_month": "dmy"})
    job = Job(Path("/a b"), "ф.csv", mapping, Path("/w"), Path("/w/t"), Limits(rows=5))
    assert job_from_json(job_to_json(job)) == job
