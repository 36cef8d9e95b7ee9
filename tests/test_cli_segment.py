"""`winback segment` without a browser: the file, the count, and every refusal by the field's name."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dashboard import export_words, i18n
from dashboard.cli import app
from dashboard.cli_shared import REFUSED
from dashboard.shops import load_shop
from metrics import Workspace
from metrics.export_log import exports
from metrics.filter_file import FilterError, read_filter
from metrics.guard import STEPS, Guard
from metrics.list_options import ListWarning, targets
from metrics.segment import preset_segments
from metrics.suppression import suppressed
from sample_data import sample_files

SPICE = sample_files()["spice"].path
FACTS = {"chosen", *STEPS, "left", "written", "left_out", "warnings", "sha256"}

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def segment(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["segment", *map(str, arguments)])

    return segment


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_preset_as_a_csv(run: Run, tmp_path: Path):
    found = run(SPICE, "--preset", "freshly_lost", "--format", "csv_machine", "--out", tmp_path / "x.csv", "--json")
    assert found.exit_code == 0, found.output
    facts = json.loads(found.stdout)
    assert set(facts) == FACTS
    assert facts["chosen"] - sum(facts[step] for step in STEPS) == facts["left"]
    assert facts["left"] == facts["written"] == len(rows_of(tmp_path / "x.csv")) > 0
    assert {row["state"] for row in rows_of(tmp_path / "x.csv")} == {"freshly_lost"}
    assert facts["sha256"] == hashlib.sha256((tmp_path / "x.csv").read_bytes()).hexdigest()


def test_in_a_folder_the_name_says_the_content(run: Run, tmp_path: Path):
    found = run(SPICE, "--preset", "one_time", "--format", "csv", "--out", tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name == f"one_time-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}.csv"
    first, second, third = found.stdout.splitlines()
    assert first == f"{len(rows_of(path))} customers, nobody is left out"
    assert second == f"{len(rows_of(path))} customers are in the file."
    assert third == f"Written: {path.name}"


def test_a_filter_and_the_language_of_the_file(run: Run, tmp_path: Path):
    (tmp_path / "f.json").write_text('[{"field": "state", "values": ["lost"]}]', "utf-8")
    arguments = ("--filter", tmp_path / "f.json", "--format", "csv", "--out", tmp_path / "x.csv", "--lang", "ru")
    assert run(SPICE, *arguments).exit_code == 0
    header = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()[0]
    assert header.startswith('"Клиент";"')


@pytest.mark.parametrize("target", [*targets(), "vk"])
def test_every_format(run: Run, tmp_path: Path, target: str):
    found = run(SPICE, "--preset", "one_time", "--format", target, "--out", tmp_path / "x", "--json")
    assert found.exit_code == 0, found.output
    assert (tmp_path / "x").stat().st_size > 0


def test_whom_never_to_contact_stays_with_the_workspace(run: Run, tmp_path: Path):
    data = tmp_path / "data"
    with Workspace.open(data) as workspace:
        load_shop(workspace, sample_files()["spice"], workspace.inbox)
    arguments = (data, "--workspace", "--preset", "one_time", "--format", "csv_machine", "--out")
    run(*arguments, tmp_path / "all.csv")
    first, second, *_rest = rows_of(tmp_path / "all.csv")
    (tmp_path / "never.txt").write_text(f"{first['customer_id']}\n\n", "utf-8")
    lines = f"email;phone;customer\n;;{second['customer_id']}\nann@x.co;+7 900 123-45-67;\n"
    (tmp_path / "never.csv").write_text(lines, "utf-8")
    for name, n in (("never.txt", 1), ("never.csv", 2)):
        found = run(*arguments, tmp_path / "some.csv", "--suppress", tmp_path / name, "--json")
        assert json.loads(found.stdout)["suppressed"] == n, found.output
    assert not {first["customer_id"], second["customer_id"]} & {
        row["customer_id"] for row in rows_of(tmp_path / "some.csv")
    }
    with Workspace.open(data) as workspace:
        assert suppressed(workspace).customers == 2
        assert [one.target for one in exports(workspace)] == ["csv_machine"] * 3


REFUSALS: dict[str, tuple[object, str]] = {
    "no_json": ("{", "line 1"),
    "no_object": (1, "list of conditions"),
    "unknown_field": ([{"field": "stat", "values": ["lost"]}], "conditions[0].field is not known; did you mean state?"),
    "unknown_key": ([{"field": "orders", "lo": 1}], "conditions[0].lo is not known"),
    "unknown_part": ({"condition": []}, "condition is not known"),
    "unknown_inside": (
        {"and_in": [{"condition": []}]},
        "and_in[0].condition is not known; known there: name, conditions",
    ),
    "needed": ([{"values": ["a"]}], "conditions[0].field is missing"),
    "choice": (
        {"but_not": [{"conditions": [{"field": "grade", "values": ["Z"]}]}]},
        "but_not[0].conditions[0].values must be one of: A",
    ),
    "values": ([{"field": "state"}], "conditions[0]: “state” needs values"),
    "range": ([{"field": "orders"}], "conditions[0]: “orders” is asked by low, high"),
    "bounds": ([{"field": "orders", "low": 5, "high": 1}], "conditions[0]: low is above high"),
    "no_range": ([{"field": "state", "low": 1}], "conditions[0]: “state” has no low"),
    "flag": ([{"field": "has_email", "values": ["x"]}], "conditions[0]: “has_email” is yes or no"),
    "number": ([{"field": "orders", "low": "many"}], "conditions[0].low must be a number"),
    "list": ({"conditions": 5}, "conditions must be a list"),
    "object": ([1], "conditions[0] must be an object"),
    "text": ([{"field": ["x"]}], "conditions[0].field must be a text"),
    "yes_no": (
        [{"field": "category", "values": ["a"], "is_not": "maybe"}],
        "conditions[0].is_not must be true or false",
    ),
    "too_long": ({"name": "x" * 99}, "name is too long; 60"),
    "too_many": ([{"field": "orders", "low": 1}] * 21, "conditions holds too many; 20"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_filter_is_refused_by_the_field_s_name(run: Run, tmp_path: Path, name: str):
    given, expected = REFUSALS[name]
    (tmp_path / "f.json").write_text(given if isinstance(given, str) else json.dumps(given), "utf-8")
    found = run(SPICE, "--filter", tmp_path / "f.json", "--format", "csv", "--out", tmp_path / "x.csv")
    assert found.exit_code == REFUSED
    assert expected in found.stderr and len(found.stderr.splitlines()) == 1
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--preset", "on", "--format", "csv"), "preset: “on” is not known; choose one of: freshly_lost"),
        (("--preset", "one_time", "--format", "pdf"), "format: “pdf” is not known"),
        (("--preset", "one_time", "--format", "csv", "--hash", "md5"), "hash: this format does not take “md5”"),
        (("--preset", "one_time", "--format", "meta", "--hash", "rot13"), "hash: this format does not take “rot13”"),
        (("--format", "csv"), "either --preset or --filter"),
        (("--preset", "one_time", "--filter", "x", "--format", "csv"), "either --preset or --filter"),
        (("--filter", "no.json", "--format", "csv"), "There is no file no.json"),
        (("--preset", "one_time", "--format", "csv", "--suppress", "no.txt"), "There is no file no.txt"),
    ],
)
def test_wrong_calls_end_in_one_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], expected: str):
    found = run(SPICE, *arguments, "--out", tmp_path / "x.csv")
    assert (found.exit_code, len(found.stderr.splitlines())) == (REFUSED, 1)
    assert expected in found.stderr
    assert not (tmp_path / "x.csv").exists()


def test_a_folder_that_is_not_there_and_orders_that_are_not_named(run: Run, tmp_path: Path):
    asked = ("--preset", "one_time", "--format", "csv", "--out")
    assert "There is no folder no" in run(SPICE, *asked, tmp_path / "no" / "x.csv").stderr
    assert "--workspace" in run(*asked, tmp_path / "x.csv").stderr
    with Workspace.open(tmp_path / "data"):
        pass
    assert "there are none" in run(tmp_path / "data", "--workspace", *asked, tmp_path / "x.csv").stderr


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
def test_every_code_has_words(lang: str):
    before = i18n.current()
    i18n.use(lang)
    try:
        assert export_words.guard_sentence(Guard(10, 1, 0, 2, 1, 1, 1, 4))
        for key in targets():
            assert export_words.target(key)
        for code in (
            "no_contact",
            "no_phone",
            "bad_email",
            "bad_phone",
            "duplicate",
            "bad_text",
            "incomplete_name",
            "bad_id",
            "name",
            "code",
        ):
            assert export_words.reason(code)
        for code in ("below_minimum", "above_maximum", "too_large", "one_manager", "no_manager", "texts_cut", "nobody"):
            assert "{" not in export_words.warning(ListWarning(code, {"rows": 1, "limit": 2, "bytes": 3, "n": 4}))
    finally:
        i18n.use(before)


def test_the_sentence_adds_up_in_words():
    assert export_words.guard_sentence(Guard(1204, 37, 0, 0, 12, 0, 0, 1155)) == (
        "1,204 chosen − 37 opted out − 12 lost twice = 1,155"
    )
    assert export_words.guard_sentence(Guard(140, 0, 0, 0, 0, 0, 0, 140)) == "140 customers, nobody is left out"


def test_a_preset_written_as_a_filter_is_the_preset():
    for key, segment in preset_segments().items():
        assert read_filter(segment.model_dump_json()) == segment, key


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 10_000, '{"conditions": [{"field": "orders", "low": NaN}]}'])
def test_strange_filters_are_refused(text: Any):
    with pytest.raises(FilterError):
        read_filter(text)
