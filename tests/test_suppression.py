"""Who must not be contacted: every spelling of an e-mail, a phone or an id means the same person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.contact_keys import Entry, entries_of
from metrics.contact_matches import customer_matches, matches
from metrics.settings import Settings
from metrics.suppression import release, suppress, suppressed, suppressed_customers
from metrics.workspace import Workspace
from tests.factories import holding, numbered, order, reading_of
from tests.spellings import Person, persons, spelled
from tests.test_people import add_people, table

HELD = Settings(lost_after_days=60)
CONTACTS = ("customer_id", "email", "phone")


@pytest.fixture
def shop() -> Iterator[Workspace]:
    rows = [order(who, "2024-01-01", 10) for who in ("ann", "C-17", "17", "+79001234567", "kim@x.co")]
    with holding(numbered([*rows, order("today", "2024-12-31", 10)]), settings=HELD) as workspace:
        yield workspace


def people(*known: dict[str, str]) -> list[Any]:
    return [SimpleNamespace(**one) for one in known]


def found_in(workspace: Workspace) -> set[str]:
    keys = set(suppressed_customers(workspace).tolist())
    with workspace._connection.cursor() as cursor:
        ids = cursor.execute("select distinct customer_id, hash(customer_id) from current_orders").fetchall()
    return {name for name, key in ids if key in keys}


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("c-17", {"C-17"}),
        (" C-17 ", {"C-17"}),
        ("Ｃ-１７", {"C-17"}),
        ("17.0", {"17"}),
        ("'17", {"17"}),
        ("KIM@X.CO", {"kim@x.co"}),
        ("Kim <mailto:kim@x.co>", {"kim@x.co"}),
        ("8 (900) 123-45-67", {"+79001234567"}),
        ("tel:+7-900-123-45-67", {"+79001234567"}),
        ("0079001234567", {"+79001234567"}),
        ("＋７ ９００ １２３ ４５ ６７", {"+79001234567"}),
        ("+7 900 123-45-68", set()),
        ("1", set()),
        ("", set()),
    ],
)
def test_spellings(shop: Workspace, written: str, who: set[str]):
    suppress(shop, [written])
    assert found_in(shop) == who
    assert release(shop, [written]) == bool(written)
    assert found_in(shop) == set()


def test_adding_says_what_is_new_known_and_unreadable(shop: Workspace):
    added = suppress(shop, ["ann", "a@b.co; c@d.co", "+44 20 7946 0958", "", " ", "---", "x" * 1001])
    assert (added.new, added.known, added.unreadable) == ({"id": 1, "email": 2, "phone": 1}, 0, 2)
    again = suppress(shop, ["ANN", "A@b.co", "+44 (0)20 7946 0958", "dan"])
    assert (again.new, again.known, again.unreadable) == ({"id": 1}, 3, 0)
    kept = suppressed(shop, limit=2)
    assert (kept.counts, kept.customers, len(kept.rows)) == ({"id": 2, "email": 2, "phone": 1}, 1, 2)
    assert suppressed(shop).rows[0].key == "dan"


def test_a_line_of_a_table_names_all_that_is_in_it():
    assert entries_of("17;Ann Lee;ann@x.co;8 900 123-45-67", None) == (
        Entry("email", "ann@x.co"), Entry("phone", "+79001234567"),
    )  # fmt: skip
    assert entries_of("ann1234567890@x.co", None) == (Entry("email", "ann1234567890@x.co"),)


def test_what_the_list_shows_takes_it_off(shop: Workspace):
    suppress(shop, ["2125551234", "C-17", "Ann.Lee@gmail.com", "2024-000123", "123-45-67"])
    shop.update(phone_region="US")
    shown = [one.key for one in suppressed(shop).rows]
    assert release(shop, shown) == 5
    assert not suppressed(shop).rows


def test_phones_without_a_country_are_the_same_as_with_one(shop: Workspace):
    known = [("ann", "+442079460958"), ("C-17", "02079460959"), ("17", "2079460958")]
    add_people(shop, people(*({"customer_id": who, "phone": phone} for who, phone in known)))
    suppress(shop, ["020 7946 0958"])
    assert found_in(shop) == {"ann", "17"}
    release(shop, ["020 7946 0958"])
    suppress(shop, ["+44 20 7946 0959"])
    assert found_in(shop) == {"C-17"}
    release(shop, ["+44 20 7946 0959"])
    shop.update(phone_region="GB")
    suppress(shop, ["020 7946 0958"])
    assert suppressed(shop).rows[0].key == "+442079460958"
    assert found_in(shop) == {"ann", "17"}


def test_numbered_customers_are_not_taken_for_phones():
    ids = [f"{shop}000000001" for shop in range(1, 8)] + ["2024-000123", "3024-000123"]
    with holding(numbered([order(who, "2024-01-01", 10) for who in ids]), settings=HELD) as workspace:
        for region in (None, "RU", "US"):
            workspace.update(phone_region=region)
            for who in ids:
                suppress(workspace, [who])
                assert found_in(workspace) == {who}
                release(workspace, [who])


def test_an_address_of_an_earlier_file_counts_too(shop: Workspace):
    add_people(shop, people({"customer_id": "ann", "email": "old@x.co", "phone": "+442079460958"}))
    add_people(shop, people({"customer_id": "ann", "email": "new@x.co", "phone": "+442079460959"}))
    for written in ("old@x.co", "new@x.co", "020 7946 0958", "+442079460959"):
        suppress(shop, [written])
        assert found_in(shop) == {"ann"}
        release(shop, [written])


def test_contacts_that_came_with_orders_count_as_they_are_written():
    rows = numbered([order(who, "2024-01-01", 10) for who in ("a", "b", "c", "d")])
    written = people(
        {"customer_id": "a", "email": "Ann@BÜCHER.example ", "phone": "+44 (0)20 7946 0958"},
        {"customer_id": "b", "email": "x@y.co, b@y.co", "phone": "８ ９００ １２３-４５-６７"},
        {"customer_id": "c", "email": "Jo.Hn+tag@googlemail.com"},
    )
    with holding(settings=HELD) as workspace, TemporaryDirectory(dir=workspace.inbox) as folder:
        reading = reading_of(rows, Path(folder), names={"x": "x"})
        pq.write_table(table(written, CONTACTS), reading.contacts_path)
        workspace.ingest(reading)
        for entry, who in (
            ("ann@xn--bcher-kva.example", "a"), ("020 7946 0958", "a"), ("+442079460958", "a"), ("b@y.co", "b"),
            ("+79001234567", "b"), ("john@gmail.com", "c"),
        ):  # fmt: skip
            suppress(workspace, [entry])
            assert found_in(workspace) == {who}, entry
            release(workspace, [entry])


def test_the_list_outlives_the_program(tmp_path: Path):
    with Workspace.open(tmp_path / "data") as workspace:
        suppress(workspace, ["ann", "b@x.co"])
    with Workspace.open(tmp_path / "data") as workspace:
        assert suppressed(workspace).counts == {"email": 1, "id": 1}


def test_without_orders_there_is_nobody_to_find():
    with holding() as workspace:
        suppress(workspace, ["ann"])
        kept = suppressed(workspace)
        assert (kept.counts, kept.customers) == ({"id": 1}, 0)


@given(st.data())
@settings(max_examples=500, deadline=None)
def test_any_spelling_means_the_person(data: st.DataObject):
    person = data.draw(persons())
    line = data.draw(spelled(person))
    wanted = {key for entry in entries_of(line, person.region) for key in matches(entry)}
    assert wanted & keys_of(person), (line, person)


@given(st.data())
@settings(max_examples=500, deadline=None)
def test_an_entry_as_it_is_kept_is_read_as_itself(data: st.DataObject):
    line = data.draw(st.one_of(spelled(data.draw(persons())), st.text(max_size=30)))
    for entry in entries_of(line, "GB"):
        if entry.kind == "email":
            assert [one.key for one in entries_of(entry.key, "GB")] == [entry.key]
        assert Entry("id", entry.key) in entries_of(entry.key, None) or entries_of(entry.key, "GB")


def keys_of(person: Person) -> set[str]:
    known: list[tuple[Any, str | None]] = [("id", person.customer_id), ("email", person.email), ("phone", person.phone)]
    return {key for kind, text in known if text for key in customer_matches(kind, text)}


@given(st.lists(persons(), min_size=1, max_size=8, unique_by=lambda one: one.customer_id))
@settings(max_examples=60, deadline=None)
def test_sql_and_python_read_customers_alike(known: list[Person]):
    rows = numbered([order(one.customer_id, "2024-01-01", 10) for one in known])
    with holding(settings=HELD) as workspace, TemporaryDirectory(dir=workspace.inbox) as folder:
        reading = reading_of(rows, Path(folder), names={"x": "x"})
        columns = {name: pa.array([getattr(one, name) for one in known], pa.string()) for name in CONTACTS}
        pq.write_table(pa.table(columns), reading.contacts_path)
        workspace.ingest(reading)
        suppress(workspace, ["nobody at all"])
        suppressed_customers(workspace)
        with workspace._connection.cursor() as cursor:
            for one in known:
                query = "select hash(unnest($keys)) in (select key from contact_keys where customer = hash($id))"
                held = cursor.execute(query, {"keys": sorted(keys_of(one)), "id": one.customer_id}).fetchall()
                assert all(found for (found,) in held), (one, keys_of(one))
