"""Files of customers in a workspace: joined to the orders, taken back, seen as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import value
from metrics.intake.contract import ColumnMap, Quality, Reading
from metrics.people import people_counts, people_counts_with
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.aliases_oracle import File, as_one, contacts_as_one
from tests.factories import DOZEN, add, day, holding, order, reading_of
from tests.oracle import Row
from tests.people_oracle import Person, Profile, profiles_of
from tests.strategies import few

COLUMNS = ("customer_id", "email", "phone", "name", "region", "manager", "consent", "flags")
ANN = Person("ann", "ann@x.co", "+447700900101", "Ann", "yes")


def table(rows: Sequence[Person], columns: Sequence[str] = COLUMNS) -> pa.Table:
    return pa.table({name: pa.array([getattr(row, name, None) for row in rows], pa.string()) for name in columns})


def people_reading(rows: Sequence[Person], folder: Path, name: str = "people.csv") -> Reading:
    path = folder / f"{name}-{len(list(folder.iterdir()))}.parquet"
    pq.write_table(table(rows), path)
    nothing = Decimal(0)
    n = len(rows)
    quality = Quality(n, 0, 0, 0, 0, 0, 0, 0, {}, (), n, None, None, None, nothing, nothing, people=n)
    return Reading("ready", name, "hash", kind="customers", quality=quality, contacts_path=path)


def add_people(workspace: Workspace, rows: Sequence[Person]):
    with TemporaryDirectory(dir=workspace.inbox) as folder:
        return workspace.ingest(people_reading(rows, Path(folder)))


def add_orders(
    workspace: Workspace, rows: Iterable[Row], contacts: Sequence[Person], *, is_apart: bool = False
) -> None:
    with TemporaryDirectory(dir=workspace.inbox) as folder:
        reading = reading_of(rows, Path(folder), names={"x": "x"})
        assert reading.contacts_path is not None
        pq.write_table(table(contacts, ("customer_id", "name", "email", "phone", "consent")), reading.contacts_path)
        mapping = ColumnMap(rules={"guest_contact": not is_apart})
        workspace.ingest(replace(reading, mapping=mapping))


def profiles(workspace: Workspace) -> list[Profile]:
    with workspace._connection.cursor() as cursor:
        cursor.execute(
            "select person, customer_id, name, email, phone, consent, has_consent, is_potential from profiles "
            "where (customer is null) = is_potential and (is_potential or customer = hash(customer_id)) order by all"
        )
        found = [Profile(*row) for row in cursor.fetchall()]
        ((n, n_customers, n_joined),) = cursor.execute(
            "select count(*), count(distinct customer), count(customer) from profiles"
        ).fetchall()
    assert (len(found), n_customers) == (n, n_joined)
    return found


@pytest.fixture
def dozen():
    with holding(DOZEN) as workspace:
        yield workspace


def test_a_file_of_customers_is_joined_to_those_who_bought(dozen):
    before = value.totals(dozen)
    loaded = add_people(dozen, [ANN, Person("zoe", "zoe@x.co"), Person(None, "new@x.co", None, "New", "нет")])
    assert (loaded.added, loaded.replaced) == (3, 0)
    assert (loaded.batch.kind, loaded.batch.people, loaded.batch.orders) == ("customers", 3, 0)
    assert [batch.kind for batch in dozen.batches()] == ["orders", "customers"]
    assert value.totals(dozen) == before
    assert profiles(dozen) == [
        Profile("email new@x.co", None, "New", "new@x.co", None, "нет", False, True),
        Profile("id ann", "ann", "Ann", "ann@x.co", "+447700900101", "yes", True, False),
        Profile("id zoe", "zoe", None, "zoe@x.co", None, None, None, True),
    ]
    assert astuple(people_counts(dozen)) == (3, 1, 2, 1, 1, 1, 3, 1)


def test_the_figures_of_a_file_before_it_is_added_are_those_after(dozen, tmp_path):
    add_people(dozen, [ANN, Person("bob", "bob@x.co")])
    before = people_counts(dozen)
    reading = people_reading([Person("bob", None, "+79001234567"), Person("fay"), Person("zed")], tmp_path)
    told = people_counts_with(dozen, reading)
    assert (told.people, told.joined, told.potential, told.with_email, told.with_phone) == (3, 2, 1, 1, 1)
    assert (people_counts(dozen), len(dozen.batches())) == (before, 2)
    loaded = dozen.ingest(reading)
    assert (loaded.added, loaded.replaced) == (2, 1)
    assert people_counts(dozen, loaded.batch.batch_id) == told
    assert people_counts(dozen).people == 4


def test_the_same_file_again_changes_nothing_and_undo_brings_all_back(dozen):
    nobody = profiles(dozen)
    first = add_people(dozen, [ANN, Person(None, "new@x.co")])
    once = profiles(dozen)
    again = add_people(dozen, [ANN, Person(None, "new@x.co")])
    assert (again.added, again.replaced, profiles(dozen)) == (0, 2, once)
    dozen.undo(again.batch.batch_id)
    assert profiles(dozen) == once
    dozen.undo(first.batch.batch_id)
    assert profiles(dozen) == nobody == []


def test_a_later_file_speaks_for_its_columns_alone(dozen):
    add_people(dozen, [ANN, Person("bob", "bob@x.co", None, "Bob", "yes")])
    add_people(dozen, [Person("ann", "new@x.co"), Person("bob", None, None, None, "no")])
    assert [(row.name, row.email, row.consent) for row in profiles(dozen)] == [
        ("Ann", "new@x.co", None),
        ("Bob", "bob@x.co", "no"),
    ]


def test_people_before_any_order_are_all_potential():
    with holding() as workspace:
        loaded = add_people(workspace, [ANN])
        assert (workspace.as_of, astuple(people_counts(workspace))[:3]) == (None, (1, 0, 1))
        add(workspace, DOZEN)
        assert astuple(people_counts(workspace))[:3] == (1, 1, 0)
        workspace.undo(loaded.batch.batch_id)
        assert (profiles(workspace), value.totals(workspace).customers) == ([], 6)


def test_a_contact_without_a_counted_order_up_to_the_day_is_potential(dozen):
    add_people(dozen, [Person("dan"), Person("fay"), Person("gus")])
    add_orders(dozen, [order("gus", "2024-01-01", 0, "g1")], [Person("gus", "gus@x.co"), Person("void", "void@x.co")])
    assert [row.customer_id for row in profiles(dozen) if row.is_potential] == ["gus", "void"]
    dozen.save(Settings(count_zero_orders=True))
    assert [row.customer_id for row in profiles(dozen) if row.is_potential] == ["void"]
    dozen.save(Settings(as_of=day("2024-05-30")))
    assert [row.customer_id for row in profiles(dozen) if row.is_potential] == ["fay", "gus", "void"]
    assert people_counts(dozen).joined == 1


def test_an_account_that_is_left_out_is_nobody(dozen):
    add_people(dozen, [ANN, Person("bob")])
    dozen.save(Settings(left_out=("ann",)))
    assert [row.person for row in profiles(dozen)] == ["id bob"]
    dozen.save(Settings())
    assert len(profiles(dozen)) == 2


def test_a_broken_file_of_customers_changes_nothing(dozen, tmp_path):
    before, batches = profiles(dozen), dozen.batches()
    reading = people_reading([ANN], tmp_path)
    reading.contacts_path.write_bytes(b"PAR1 and then nothing")
    for change in (dozen.ingest, lambda reading: people_counts_with(dozen, reading)):
        with pytest.raises(duckdb.Error):
            change(reading)
        assert (profiles(dozen), dozen.batches()) == (before, batches)


def test_a_workspace_of_an_earlier_version_opens_with_its_figures(tmp_path):
    with Workspace.open(tmp_path / "shop") as workspace:
        add_orders(workspace, DOZEN, [Person("ann", "ann@x.co", None, "Ann")])
        before, people = value.totals(workspace), profiles(workspace)
    with duckdb.connect(str(tmp_path / "shop" / "workspace.duckdb")) as connection:
        for name in ("people", "person_rows", "profiles"):
            connection.execute(f"drop table {name}")
        connection.execute("drop view current_orders; drop view resolved_orders; drop table left_out")
        connection.execute("update meta set format = 1; truncate day_totals")
    with Workspace.open(tmp_path / "shop") as workspace:
        assert (value.totals(workspace), profiles(workspace)) == (before, people)
        assert len(people) == 1
        add_people(workspace, [ANN])
    with Workspace.open(tmp_path / "shop") as workspace:
        assert [batch.kind for batch in workspace.batches()] == ["orders", "customers"]
        assert people_counts(workspace).joined == 1


# -- every way of joining, against the slow and plain one ---------------------------------------------------------

_ids = st.sampled_from([None, None, "1", "2", "a@x.co", "+79001234567"])
_emails = st.sampled_from([None, None, "a@x.co", "b@x.co", "c@x.co"])
_phones = st.sampled_from([None, None, "+447700900101", "07700900101", "+79001234567", "1234567"])
_people = st.builds(
    Person, _ids, _emails, _phones, st.sampled_from([None, "Ann", "Bob"]), st.sampled_from([None, "yes", "нет", "?"])
).filter(lambda person: person[:3] != (None, None, None))
_buyers = ("1", "2", "3", "a@x.co", "+79001234567")


def _once(rows: list[Person]) -> list[Person]:
    """The rows with each customer once."""
    return list({row.customer_id: row for row in rows}.values())


@st.composite
def _shops(draw: st.DrawFn) -> tuple[list[list[Person]], list[tuple[list[Row], list[Person]]], date]:
    """Files of customers, files of orders with contacts, a day."""
    files = draw(st.lists(st.lists(_people, min_size=1, max_size=4), max_size=3))
    orders = []
    for number in range(draw(st.integers(1, 2))):
        who = draw(st.lists(st.sampled_from(_buyers), min_size=1, max_size=4))
        days = [date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 3))) for _ in who]
        rows = [
            order(key, str(on), draw(st.integers(0, 2)), f"{number}-{place}")
            for place, (key, on) in enumerate(zip(who, days, strict=True))
        ]
        known = [draw(_people)._replace(customer_id=key) for key in (*draw(st.lists(st.sampled_from(_buyers))), "9")]
        orders.append((rows, _once(known)))
    return files, orders, date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 3)))


@few
@given(_shops(), st.booleans(), st.booleans())
def test_everybody_is_joined_as_the_plain_way_does(shop, orders_first: bool, is_apart: bool):
    files, orders, as_of = shop
    of_orders = [File(rows, known, is_apart) for rows, known in orders]
    with holding() as workspace:
        workspace.save(Settings(as_of=as_of))
        for step in (orders, files) if orders_first else (files, orders):
            for file in step:
                if step is files:
                    add_people(workspace, file)
                else:
                    add_orders(workspace, *file, is_apart=is_apart)
        bought = sorted({row.customer for row in as_one(of_orders) if row.amount > 0 and row.day <= as_of})
        expected = profiles_of(files, contacts_as_one(of_orders), bought)
        found = profiles(workspace)
        assert set(found) == expected
        assert len(found) == len(expected)
        listed = [row for row in expected if row.person is not None]
        counts = people_counts(workspace)
        assert counts.people == len(listed) == counts.joined + counts.potential
        assert counts.people == counts.with_consent + counts.without_consent + counts.unknown_consent
        assert counts.with_email == sum(row.email is not None for row in listed)
