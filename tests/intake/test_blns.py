"""The big list of naughty strings as customers, order ids, headers and file names: in and out as they are written."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics import Workspace
from metrics.intake import ColumnMap, Limits, Reading, read_orders
from metrics.intake.clean import BLANKS
from metrics.intake.job import Job
from metrics.intake.opening import open_file
from metrics.intake.wire import job_from_json, job_to_json, reading_from_json, reading_to_json
from metrics.intake.words import placeholders, total_cell_pattern
from metrics.settings import Settings
from metrics.value import top_lost, totals
from tests.intake.mutations import excel

CONTAINERS = ("csv", "xlsx", "parquet")
NEEDED = ("order_id", "order_date", "customer_id", "amount")
AS_THEY_ARE = dict(zip(("order_id", "date", "customer", "amount"), NEEDED, strict=True))
NO_ID = re.compile(r"-{0,4}|0|null|nan|none|n/a|na|#n/a")
NO_NAME = re.compile(r"0+(?:[.,]0+)?|[-–—_.?*…#~/|=+\s]*")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


@pytest.fixture
def strings(shared: Path) -> list[str]:
    """Every line of the list, its comments too, each once; and what lies between its blanks."""
    text = (shared / "dirty" / "blns" / "blns.txt").read_bytes().decode("utf-8")
    return list(dict.fromkeys(line for line in text.split("\n") if line))


def written(path: Path, table: Sequence[Sequence[str]]) -> Path:
    """A table of texts as a file of the kind that the path's ending says."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    elif path.suffix == ".xlsx":
        path.write_bytes(excel({"Orders": table}))
    else:
        headers, *rows = table
        pq.write_table(pa.table([pa.array(column) for column in zip(*rows, strict=True)], names=list(headers)), path)
    return path


def held(reading: Reading, column: str) -> set[str | None]:
    """The values of a column of the clean orders."""
    return set(pq.read_table(reading.clean_path, columns=[column]).column(0).to_pylist())


def customer_of(text: str) -> str | None:
    """The customer that a cell stands for: blanks around it are no part of it, some words say that there is none."""
    bare = text.strip(BLANKS)
    is_word = bare.lower() in placeholders() or re.fullmatch(total_cell_pattern(), bare.lower())
    return None if is_word or NO_NAME.fullmatch(bare) else bare


def fit_for(container: str, strings: list[str]) -> list[str]:
    """The strings that the container can hold at all: XML has no control characters."""
    return [text for text in strings if container != "xlsx" or not NOT_IN_XML.search(text)]


@pytest.mark.parametrize("container", CONTAINERS)
def test_customers(strings: list[str], tmp_path: Path, container: str) -> None:
    fit = fit_for(container, strings)
    rows = [[str(number), "2024-01-05", text, "1.5"] for number, text in enumerate(fit, start=1)]
    path = written(tmp_path / f"f.{container}", [NEEDED, *rows, ["0", "2024-12-01", "the last one", "1.5"]])
    reading = read_orders(path, workdir=tmp_path / "work", mapping=ColumnMap(columns=AS_THEY_ARE))
    expected = {customer for text in fit if (customer := customer_of(text)) is not None} | {"the last one"}
    assert held(reading, "customer_id") == expected
    nobody = sum(customer_of(text) is None for text in fit)
    assert (reading.quality.rows_read, reading.quality.rows_rejected) == (len(fit) + 1, nobody)
    with Workspace.open(None) as workspace:
        workspace.ingest(reading)
        assert {lost.customer_id for lost in top_lost(workspace, 30, 10_000, "ever")} | {"the last one"} == expected
        assert totals(workspace).customers == len(expected)


def order_id_of(text: str) -> str | None:
    bare = text.strip(BLANKS)
    return None if NO_ID.fullmatch(bare.lower()) else bare


@pytest.mark.parametrize("container", CONTAINERS)
def test_order_ids(strings: list[str], tmp_path: Path, container: str) -> None:
    fit = list({order_id_of(text): text for text in fit_for(container, strings) if order_id_of(text)}.values())
    rows = [[text, "2024-01-05", f"C{number}", "1.5"] for number, text in enumerate(fit)]
    path = written(tmp_path / f"f.{container}", [NEEDED, *rows])
    reading = read_orders(path, workdir=tmp_path / "work", mapping=ColumnMap(columns=AS_THEY_ARE))
    assert held(reading, "order_id") == set(map(order_id_of, fit))
    with Workspace.open(None) as workspace:
        workspace.ingest(reading)
        again = workspace.ingest(reading)
        assert (again.added, again.replaced) == (0, len(fit))


def header_of(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())


@pytest.mark.parametrize("container", CONTAINERS)
def test_headers(strings: list[str], tmp_path: Path, container: str) -> None:
    names = list(dict.fromkeys(filter(None, map(header_of, fit_for(container, strings)))))
    # Columns that differ in nothing but case are numbered by DuckDB.
    names = list({name.casefold(): name for name in names}.values())
    mapped = dict(zip(("name", "category", "channel", "manager", "region", "flags"), names[40::60], strict=False))
    rows = [[str(n), "2024-01-05", f"C{n}", "1.5", *(f"{n} in {place}" for place in range(len(names)))] for n in (1, 2)]
    bad = ["3", "some day", "C3", "1.5", *reversed(names)]
    path = written(tmp_path / f"f.{container}", [[*NEEDED, *names], *rows, bad])
    nothing = dict.fromkeys(("status", "currency", "cancelled", "paid", "refunded"))
    mapping = ColumnMap(columns={**nothing, **AS_THEY_ARE, **mapped})
    reading = read_orders(path, workdir=tmp_path / "work", mapping=mapping)
    assert reading.headers == (*NEEDED, *names)
    for field in ("category", "channel", "manager", "region"):
        assert held(reading, field) == {f"{n} in {names.index(mapped[field])}" for n in (1, 2)}
    assert reading.rejected_path is not None
    with reading.rejected_path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [[*NEEDED, *names, "reason"], [*bad, "bad_date"]]


def file_names(strings: list[str]) -> list[str]:
    """The strings that can be the name of a file on this machine."""
    return [text for text in strings if "/" not in text and text not in {".", ".."} and len(text.encode()) <= 255]


def test_file_names(strings: list[str], tmp_path: Path) -> None:
    for text in strings:
        job = Job(tmp_path / text, text, ColumnMap(answers={"which_sheet": text}), tmp_path, tmp_path, Limits())
        assert job_from_json(job_to_json(job)) == job
        reading = Reading("ask", text, "", headers=(text,), samples=((text,),), facts={"sheet": text})
        assert reading_from_json(reading_to_json(reading)) == reading
    names = file_names(strings)
    assert len(names) > 400
    for name in names:
        path = written(tmp_path / "f.csv", [NEEDED, ["1", "2024-01-05", "C1", "1.5"]]).rename(tmp_path / name)
        assert open_file(path, tmp_path, Limits()).source.headers == NEEDED
        path.unlink()


def test_file_names_through_the_child_and_the_workspace(strings: list[str], tmp_path: Path) -> None:
    wild = [text for text in file_names(strings) if re.search(r"[*?\[{$%`|;&<>\\]", text)]
    some = [*wild[::16], *file_names(strings)[::90], "[1] *?{a,b}.parquet", "-rf", "~", "%s%n", "orders.csv.gz", "a=1"]

    def read(number: int) -> Reading:
        folder = tmp_path / f"amount={number}"
        folder.mkdir()
        table = [NEEDED, *([str(row), "2024-01-05", f"C{number}", "1.5"] for row in range(3))]
        kind = CONTAINERS[number % 3]
        return read_orders(written(folder / f"f.{kind}", table).rename(folder / some[number]), workdir=folder / "work")

    with ThreadPoolExecutor(2) as pool, Workspace.open(tmp_path / "data") as workspace:
        for name, reading in zip(some, pool.map(read, range(len(some))), strict=True):
            assert (reading.file_name, reading.outcome, reading.quality.orders) == (name, "ready", 3)
            assert reading.headers == NEEDED
        told = replace(reading, file_name="\n".join(strings))
        for each in (reading, told):
            inside = workspace.inbox / "clean.parquet"
            inside.write_bytes(each.clean_path.read_bytes())
            workspace.ingest(replace(each, clean_path=inside), settings=Settings().model_dump())
        assert [batch.file_name for batch in workspace.batches()] == [some[-1], "\n".join(strings)]
    assert {path.name for path in tmp_path.iterdir()} == {"data", *(f"amount={number}" for number in range(len(some)))}
