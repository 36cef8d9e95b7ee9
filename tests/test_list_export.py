"""Lists as they leave: nobody who must not be on them, nothing that runs, every customer once, the same bytes twice."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import WinbackError
from metrics.call_list import assign, due_days
from metrics.export_log import exports, mark_contacted
from metrics.guard import Guard, Rules, guard
from metrics.list_columns import COLUMNS, ListWords
from metrics.list_export import export
from metrics.list_options import FILES, Exported, ListOptions, targets
from metrics.reason_notes import ReasonNote, forget_reasons, give_reason
from metrics.segment import Condition, Segment
from metrics.suppression import release, suppress
from metrics.targets.codes import is_code
from metrics.targets.networks import networks
from metrics.targets.safe_text import DANGEROUS_STARTS, LEADING_BLANKS, spreadsheet_safe
from metrics.workspace import Workspace
from tests.factories import holding, numbered, order
from tests.list_text import GOLDEN, HELD, KINDS, PEOPLE, TODAY, shop_of_lists, text_of
from tests.spellings import Person, persons, spelled
from tests.targets.people import payloads
from tests.test_guard import forget_exports
from tests.test_people import add_people

EVERYBODY = Segment()
PLAIN = ListOptions(today=TODAY, rules=Rules(skip_lost_twice=False, need_consent=False))


@pytest.fixture
def shop() -> Iterator[Workspace]:
    with shop_of_lists() as workspace:
        yield workspace
        forget_exports(workspace)
        forget_reasons(workspace)


def made(workspace: Workspace, target: str, options: ListOptions = PLAIN, ending: str = "") -> tuple[Exported, bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending or FILES.get(target, 'csv')}"
        found = export(workspace, EVERYBODY, target, path, options)
        assert sorted(one.name for one in Path(folder).iterdir()) == [path.name]
        return found, path.read_bytes()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes, name: str = "customers") -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


# -- each file ----------------------------------------------------------------------------------------------------


def test_a_csv_for_people(shop: Workspace):
    found, content = made(shop, "csv", ListOptions(today=TODAY, name="lost"))
    assert found.guard == Guard(6, 1, 0, 0, 0, 0, 0, 5) == guard(shop, EVERYBODY, today=TODAY)
    assert (found.written, found.left_out, found.warnings) == (5, {}, ())
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.file_name == f"lost-{found.sha256[:12]}.csv"
    rows = table(content)
    assert [row["customer_id"] for row in rows] == ["ann", "bob", "dan", "'@x", "today"]
    assert rows[0] == {
        "customer_id": "ann", "name": "Ann Lee", "email": "ann@x.co", "phone": "+79001234567", "state": "lost",
        "grade": rows[0]["grade"], "silence": "365", "last_order_on": "2024-01-01", "orders": "1", "revenue": "40.00",
        "yearly_value": "40.00", "average_order": "40.00", "category": "", "channel": "", "region": "",
        "manager": "Kim", "consent": "unknown",
    }  # fmt: skip
    assert rows[1]["name"] == "'=2+5"


def test_a_csv_in_the_readers_words_and_marks(shop: Workspace):
    words = ListWords(
        {"name": "=Имя", "revenue": "Выручка"}, {"state": {"lost": "потерян"}, "consent": {"unknown": "'"}}
    )
    _, content = made(shop, "csv", ListOptions(today=TODAY, words=words, separator=";", decimal=","))
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"customer_id";"\'=Имя";"email"')
    assert '"потерян"' in lines[1] and '"40,00"' in lines[1] and lines[1].endswith('"Kim";"\'"')


def test_a_csv_for_programs_holds_only_what_has_a_known_form(shop: Workspace, tmp_path: Path):
    rejects = tmp_path / "rejects.csv"
    found, content = made(shop, "csv_machine", ListOptions(today=TODAY, rejects=rejects))
    assert (found.written, found.left_out, found.blanked) == (4, {"bad_id": 1}, {"name": 1, "email": 1, "phone": 1})
    rows = table(content)
    assert [row["customer_id"] for row in rows] == ["ann", "bob", "dan", "today"]
    assert (rows[1]["name"], rows[1]["email"], rows[1]["phone"], rows[2]["phone"]) == ("", "", "", "+442079460958")
    held = [tuple(row.values()) for row in table(rejects.read_bytes())]
    expected = [("'@x", "customer_id", "0"), *(("bob", key, "1") for key in ("email", "name", "phone"))]
    assert sorted(held) == sorted(expected)


def test_parquet_keeps_types_and_values(shop: Workspace):
    _, content = made(shop, "parquet")
    rows = pq.read_table(io.BytesIO(content)).to_pylist()
    assert [row["customer_id"] for row in rows] == ["ann", "bob", "dan", "@x", "today"]
    assert (rows[1]["name"], rows[0]["last_order_on"], rows[0]["orders"]) == ("=2+5", date(2024, 1, 1), 1)
    assert tuple(rows[0]) == tuple(COLUMNS)


def test_a_workbook_has_typed_cells_a_summary_and_definitions(shop: Workspace):
    words = ListWords(
        sheets=("Customers", "Summary", "Definitions"), definitions=[("state", "where they stand")],
        summary=lambda counts: [("chosen", counts.chosen), ("left", counts.left)],
    )  # fmt: skip
    _, content = made(shop, "xlsx", ListOptions(today=TODAY, words=words))
    header, first, second, *_ = sheet(content, "Customers")
    row = dict(zip(header, first, strict=True))
    assert (row["phone"], row["orders"], row["revenue"]) == ("+79001234567", 1, 40)
    assert row["last_order_on"].date() == date(2024, 1, 1)
    assert dict(zip(header, second, strict=True))["name"] == "=2+5"
    assert sheet(content, "Summary")[1:] == [("chosen", 6), ("left", 5)]
    assert sheet(content, "Definitions")[1:] == [("state", "where they stand")]


def test_network_files_have_their_headers_and_say_what_is_missing(shop: Workspace):
    for key, network in networks().items():
        found, content = made(shop, key)
        assert content.decode().splitlines()[0] == ",".join(network.header), key
        assert found.written + sum(found.left_out.values()) == found.guard.left, key
        codes = {one.code for one in found.warnings}
        assert ("below_minimum" in codes) == (network.minimum_rows is not None), key


def test_a_phone_at_home_gets_its_country_and_one_abroad_no_wrong_one(shop: Workspace):
    _, content = made(shop, "meta", replace(PLAIN, country="RU", hashing="none"))
    rows = {row["phone"]: row["country"] for row in table(content)}
    assert rows == {"79001234567": "ru", "442079460958": ""}


@pytest.mark.parametrize("target", KINDS)
def test_each_file_for_people_and_programs_is_as_it_was(shop: Workspace, target: str):
    """Written anew by `python -m tests.list_text`, to be read in the diff."""
    assert text_of(shop, target) == (GOLDEN / f"{target}.txt").read_bytes().decode("utf-8")


def test_a_network_gets_only_who_said_yes_unless_somebody_says_otherwise(shop: Workspace):
    for target in targets():
        found, _ = made(shop, target, ListOptions(today=TODAY))
        assert found.guard.no_consent == (5 if target in networks() else 0), target
    assert made(shop, "klaviyo", PLAIN)[0].guard.no_consent == 0
    assert made(shop, "xlsx", replace(PLAIN, rules=Rules(need_consent=True)))[0].guard.no_consent == 5


def test_a_hashing_that_a_network_does_not_take_and_unknown_targets_are_refused(shop: Workspace):
    for target, hashing, code in (("klaviyo", "sha256", "hashing_unknown"), ("csv", "md5", "hashing_unknown"),
                                  ("google", "md5", "hashing_unknown"), ("pdf", None, "target_unknown")):  # fmt: skip
        with pytest.raises(WinbackError) as refused:
            made(shop, target, ListOptions(hashing=hashing))
        assert refused.value.code == code
    assert not exports(shop)


def test_without_orders_there_is_no_list():
    with holding() as workspace, pytest.raises(WinbackError, match="list_needs_orders"):
        made(workspace, "csv")


def test_a_list_of_nobody_says_so(shop: Workspace):
    suppress(shop, [*PEOPLE, "@x", "today"])
    for target in targets():
        found, _content = made(shop, target)
        assert (found.written, "nobody" in {one.code for one in found.warnings}) == (0, True), target


def test_codes_are_different_and_each_of_our_form(shop: Workspace):
    for target, column in (("csv", "code"), ("csv_machine", "code"), ("klaviyo", "Promo Code")):
        found, content = made(shop, target, replace(PLAIN, with_codes=True, code_prefix="BACK"))
        codes = [row[column] for row in table(content)]
        assert len(set(codes)) == found.written == len(codes)
        assert all(is_code(code) and code.startswith("BACK-") for code in codes)
    assert not any("code" in row for row in table(made(shop, "csv")[1]))


def test_the_same_list_is_the_same_bytes(shop: Workspace):
    for target in targets():
        assert made(shop, target)[1] == made(shop, target)[1], target


# -- call lists ---------------------------------------------------------------------------------------------------


def test_a_call_list_goes_to_another_manager(shop: Workspace):
    options = ListOptions(today=TODAY, offer="10%", calls_from=date(2025, 3, 1), calls_a_day=1)
    found, content = made(shop, "call_list", options)
    assert (found.written, found.left_out) == (3, {"no_phone": 2})
    header, *rows = sheet(content)
    assert header == (
        "customer_id", "name", "phone", "last_order_on", "category", "average_order", "silence", "state", "lost_days",
        "reason", "offer", "due_on", "manager",
    )  # fmt: skip
    assert [(row[0], row[-1]) for row in rows] == [("ann", "Lee"), ("bob", "Lee"), ("dan", "Kim")]
    assert [row[-2].date() for row in rows] == [date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 3)]
    as_csv = table(made(shop, "call_list", options, ending="csv")[1])
    assert [(row["customer_id"], row["manager"]) for row in as_csv] == [("ann", "Lee"), ("bob", "Lee"), ("dan", "Kim")]


def test_a_call_list_says_for_how_long_they_are_lost_and_why(shop: Workspace):
    give_reason(shop, "ann", ReasonNote(named="competitors", confirmed="service"))
    give_reason(shop, "bob", ReasonNote(named="quality"))
    words = ListWords(values={"reason": {"service": "Poor service", "quality": "Poor quality"}})
    rows = table(made(shop, "call_list", replace(PLAIN, words=words), ending="csv")[1])
    told = [(row["customer_id"], row["silence"], row["lost_days"], row["reason"]) for row in rows]
    # Lost after 60 days: silent for 61 is lost for one.
    assert told == [
        ("ann", "365", "305", "Poor service"), ("bob", "365", "305", "Poor quality"), ("dan", "365", "305", ""),
    ]  # fmt: skip
    shop.update(lost_after_days=400)
    assert {row["lost_days"] for row in table(made(shop, "call_list", PLAIN, ending="csv")[1])} == {""}


@pytest.mark.parametrize(("managers", "code"), [(("Kim",), "one_manager"), (("Kim", "Kim"), "one_manager")])
def test_one_manager_alone_gets_nobody(shop: Workspace, managers: tuple[str, ...], code: str):
    found, content = made(shop, "call_list", ListOptions(today=TODAY, managers=managers))
    assert [one.code for one in found.warnings] == [code]
    assert {row[-1] for row in sheet(content)[1:]} == {None}


NAMES = ("Ann", "Bea", "Cem", "Dee")


@given(st.lists(st.sampled_from((*NAMES, None, "gone")), max_size=30), st.integers(2, 4))
def test_nobody_calls_their_own_and_the_loads_are_as_even_as_that_allows(previous: list[str | None], n: int):
    names = NAMES[:n]
    found = assign(previous, names)
    assert all(who in names and who != lost_by for who, lost_by in zip(found, previous, strict=True))
    calls = {name: found.count(name) for name in names}
    for most in names:
        for least in names:
            is_full = calls[least] == len(previous) - previous.count(least)
            assert calls[most] <= calls[least] + 1 or is_full
    assert assign(previous, names[::-1]) == found


@given(
    st.lists(st.sampled_from((*NAMES, None)), max_size=40),
    st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    st.integers(1, 5),
)
def test_calls_are_due_on_working_days_a_few_a_day(managers: list[str | None], start: date, per_day: int):
    days = list(due_days(managers, start, per_day))
    assert all(one >= start and one.weekday() < 5 for one in days)
    for who in set(managers):
        own = [one for one, manager in zip(days, managers, strict=True) if manager == who]
        assert own == sorted(own)
        assert all(own.count(one) == per_day for one in own[:-1] if one != own[-1])


# -- nothing runs -------------------------------------------------------------------------------------------------


def test_nothing_runs_whatever_a_name_is():
    texts = [
        *payloads(),
        *(f"{c}1" for c in sorted(DANGEROUS_STARTS | LEADING_BLANKS)),
        "Ann",
        "-5",
        "+7 900 123-45-67",
    ]
    texts = [text.replace("\0", "") for text in dict.fromkeys(texts) if text.strip("\0")]
    rows = [order(f"c{n}", "2024-01-01", len(texts) - n + 1) for n in range(len(texts))]
    with holding(numbered([*rows, order("today", "2024-12-31", 1)]), settings=HELD) as workspace:
        known = [SimpleNamespace(customer_id=f"c{n}", name=text, manager=text) for n, text in enumerate(texts)]
        add_people(workspace, known)
        held = {row["customer_id"]: row for row in table(made(workspace, "csv")[1])}
        for n, text in enumerate(texts):
            assert held[f"c{n}"]["name"] == held[f"c{n}"]["manager"] == spreadsheet_safe(text), text
        for row in table(made(workspace, "csv_machine")[1]):
            assert spreadsheet_safe(row["name"]) == row["name"] and spreadsheet_safe(row["manager"]) == row["manager"]
        book = openpyxl.load_workbook(io.BytesIO(made(workspace, "xlsx")[1]))
        assert {cell.data_type for row in book["customers"].iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}
        forget_exports(workspace)


# -- the log ------------------------------------------------------------------------------------------------------


def test_the_log_says_what_went_out_and_names_nobody(shop: Workspace):
    segment = Segment(conditions=(Condition(field="orders", low=1),))
    with TemporaryDirectory() as folder:
        found = export(shop, segment, "klaviyo", Path(folder) / "x.csv", PLAIN)
    (noted,) = exports(shop)
    assert (noted.export_id, noted.target, noted.customers) == (found.export_id, "klaviyo", 2)
    assert noted.content_hash == found.sha256
    assert Segment.model_validate(json.loads(noted.filter)["segment"]) == segment
    with shop._connection.cursor() as cursor:
        kept = str(cursor.execute("select * from exports").fetchall() + cursor.execute("from listed").fetchall())
    assert not any(word in kept for word in ("ann", "Lee", "x.co", "9001234567"))
    assert guard(shop, EVERYBODY, today=TODAY).cooled_down == 0
    # Ann, Bob and Dan have an e-mail or a phone; whoever the file could not reach is not marked either.
    assert mark_contacted(shop, found.export_id, TODAY) == 3
    assert guard(shop, EVERYBODY, today=TODAY).cooled_down == 3


def test_a_file_that_fails_leaves_nothing(shop: Workspace, tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        export(shop, EVERYBODY, "csv", tmp_path / "no" / "x.csv", PLAIN)
    with pytest.raises(ValueError, match="capitals"):
        export(shop, EVERYBODY, "csv", tmp_path / "x.csv", ListOptions(with_codes=True, code_prefix="=x"))
    assert not list(tmp_path.iterdir())
    assert not exports(shop)


# -- nobody who must not ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd() -> Iterator[tuple[Workspace, list[Person]]]:
    known = [
        Person("c1", "a.b+c@gmail.com", "+79001234501", "RU"), Person("C-2", "кот@почта.рф", "9001234502", None),
        Person("17", None, "+447700900103", "GB"), Person("Straße 5", "x@bücher.example", None, None),
        Person("王小明", "wang@x.co", "+8613900000004", "CN"), Person("O'Neil", "o'neil@x.co", "01711234505", None),
        Person("1000000001", "one@mail.example.org", "+12125550106", "US"), Person("Ｃ１", None, "2125550107", None),
        Person("x@y", "two@x.co", "07700900108", None), Person("№ 17", "Big.Case@X.co", "+491711234509", "DE"),
    ]  # fmt: skip
    rows = [order(one.customer_id, "2024-01-01", 10) for one in known]
    with Workspace.open(None, threads=1) as workspace, TemporaryDirectory() as folder:
        from tests.factories import reading_of  # noqa: PLC0415

        workspace.save(HELD)
        workspace.ingest(reading_of(numbered([*rows, order("today", "2024-12-31", 1)]), Path(folder)))
        add_people(workspace, [SimpleNamespace(**one._asdict()) for one in known])
        yield workspace, known


@given(st.data())
@settings(max_examples=500, deadline=None)
def test_no_suppressed_person_is_in_any_file_under_any_spelling(crowd: Any, data: st.DataObject):
    workspace, known = crowd
    some = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
    written = [data.draw(spelled(one)) for one in some]
    target = data.draw(st.sampled_from(("csv", "csv_machine", "parquet", "call_list", *networks(), "xlsx")))
    suppress(workspace, written)
    try:
        off = {one.customer_id for one in some}
        options = ListOptions(today=TODAY, hashing="none")
        found, content = made(workspace, target, options, ending="csv" if target == "call_list" else "")
        assert found.guard.suppressed >= len(off)
        if target == "parquet":
            held = {row["customer_id"] for row in pq.read_table(io.BytesIO(content)).to_pylist()}
        elif target == "xlsx":
            held = {row[0] for row in sheet(content)}
        else:
            rows = table(content)
            held = {value for row in rows for value in row.values()}
            texts = {text.casefold() for one in some for text in (one.email, one.phone) if text}
            assert not texts & {value.casefold() for value in held if value}
        assert not off & held
    finally:
        release(workspace, written)


@given(persons())
def test_people_of_the_tests_are_people(person: Person):
    assert person.customer_id.strip()
