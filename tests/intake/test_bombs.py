"""Seven kinds of bombs, made here: each is refused with its reason, and the server does not grow with them."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from metrics.errors import IntakeError
from metrics.intake import Limits, client, read_orders
from metrics.intake.archive import check_workbook
from tests.intake.bombs import BOMBS
from tests.intake.mutations import excel

MB = 1 << 20
TABLE = [["order_id", "date", "customer_id", "amount"], ["1", "2024-01-05", "C1", "5"], ["2", "2024-01-06", "C2", "6"]]


@pytest.mark.skipif(sys.platform == "win32", reason="memory is counted in another way there")
@pytest.mark.parametrize(("make", "reason"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_and_the_server_does_not_grow(
    make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb"
    make(path)
    server = psutil.Process()
    before = server.memory_info().rss
    reading = read_orders(path, workdir=tmp_path / "work")
    assert (reading.outcome, reading.reasons) == ("refused", (reason,))
    assert server.memory_info().rss - before < 50 * MB
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize(
    "cell", ['<x:c r="ZZZZ99999999"><x:v>1</x:v></x:c>', '<x:c r="B99999999999"><x:v>1</x:v></x:c>', '<c s="1" r="A"><v>1</v></c>'],
)  # fmt: skip
def test_a_cell_that_stands_nowhere_does_not_slip_past_the_count(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(excel({"Orders": TABLE}))
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, content.replace("</row></sheetData>", f"{cell}</row></sheetData>"))
    check_workbook(path, Limits())
    with pytest.raises(IntakeError) as refusal:
        check_workbook(other, Limits())
    assert refusal.value.code == "file_broken"


def test_a_file_of_five_gigabytes_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"order_id,date,customer_id,amount\n1,2024-01-05,C1,5\n")
        file.truncate(5 << 30)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("neither read nor hashed")

    monkeypatch.setattr(client.subprocess, "Popen", never)
    monkeypatch.setattr(client, "_hash", never)
    reading = read_orders(path, workdir=tmp_path / "work")
    assert (reading.outcome, reading.reasons, reading.facts) == ("refused", ("file_too_large",), {"limit_mb": 4096})


def test_the_command_line_takes_larger_files_in_the_same_memory() -> None:
    usual, larger = Limits(), Limits.of_command_line()
    assert (usual.file_bytes, larger.memory_bytes) == (4 << 30, usual.memory_bytes)
    assert larger.file_bytes > 100 * usual.file_bytes
    assert (larger.workbook_bytes, larger.cells, larger.ratio) == (usual.workbook_bytes, usual.cells, usual.ratio)


def test_a_part_without_a_name_is_read_like_any(tmp_path: Path) -> None:
    path = tmp_path / "orders.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "order_id,date,customer_id,amount\n1,2024-01-05,C1,5\n")
    assert read_orders(path, workdir=tmp_path / "work").outcome == "ready"
