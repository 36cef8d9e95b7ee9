"""One person is one customer, whichever files the orders are in and in whichever order they were loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import retention, value
from metrics.intake.contract import ColumnMap
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.aliases_oracle import File, as_one
from tests.factories import about, fields_of, holding, order, reading_of
from tests.oracle import Row, Shop
from tests.people_oracle import Person
from tests.strategies import many
from tests.test_people import profiles, table

CRM = File([order("17", "2024-01-10", 100, "1")], [Person("17", "Ann@x.co", "8 (900) 123-45-67", "Ann")])
SITE = File(
    [order("ann@x.co", "2024-02-10", 50, "2"), order("bob@x.co", "2024-02-11", 30, "3")],
    [Person("ann@x.co", "ann@x.co", None, "A."), Person("bob@x.co", "bob@x.co", "+79007654321", "Bob")],
)
CALLS = File(
    [order("+79001234567", "2024-03-10", 7, "4"), order("+79007654321", "2024-03-11", 8, "5")],
    [Person("+79001234567", None, "+79001234567"), Person("+79007654321", None, "8 900 765 43 21")],
)


def load(workspace: Workspace, file: File) -> int:
    with TemporaryDirectory(dir=workspace.inbox) as folder:
        reading = reading_of(file.rows, Path(folder), names={"x": "x"})
        if file.contacts:
            assert reading.contacts_path is not None
            pq.write_table(table(file.contacts, ("customer_id", "name", "email", "phone")), reading.contacts_path)
        else:
            reading = replace(reading, contacts_path=None)
        if file.is_apart:
            reading = replace(reading, mapping=ColumnMap(rules={"guest_contact": False}))
        return workspace.ingest(reading).batch.batch_id


@contextmanager
def loaded(*files: File, settings: Settings | None = None) -> Iterator[Workspace]:
    with holding(settings=settings) as workspace:
        for file in files:
            load(workspace, file)
        yield workspace


def orders(workspace: Workspace) -> list[tuple[str, datetime, Decimal]]:
    with workspace._connection.cursor() as cursor:
        return cursor.execute("select customer_id, order_at, amount from current_orders order by all").fetchall()


def rows_of(rows: Sequence[Row]) -> list[tuple[str, datetime, Decimal]]:
    return sorted((row.customer, row.at, row.amount) for row in rows)


@pytest.mark.parametrize("files", [[CRM, SITE, CALLS], [CALLS, SITE, CRM], [SITE, CRM, CALLS]])
def test_a_guest_of_one_file_is_the_customer_of_another(files):
    with loaded(*files) as workspace:
        assert [(key, int(amount)) for key, _, amount in orders(workspace)] == [
            ("17", 100), ("17", 50), ("17", 7), ("bob@x.co", 30), ("bob@x.co", 8),
        ]  # fmt: skip
        assert value.totals(workspace).customers == 2
        assert [(row.customer_id, row.is_potential) for row in profiles(workspace)] == [
            ("17", False),
            ("bob@x.co", False),
        ]
        lost = value.top_lost(workspace, 1, 10, "ever")
        assert {(row.customer_id, row.name) for row in lost} <= {("17", "Ann"), ("17", "A."), ("bob@x.co", "Bob")}


def test_undo_takes_the_customer_back():
    with loaded(SITE, CALLS) as workspace:
        before, known = orders(workspace), profiles(workspace)
        batch_id = load(workspace, CRM)
        assert value.totals(workspace).customers == 2
        workspace.undo(batch_id)
        assert (orders(workspace), profiles(workspace)) == (before, known)
        assert value.totals(workspace).customers == 3


@pytest.mark.parametrize("place", [0, 1])
def test_a_file_whose_guests_are_kept_apart_takes_no_part(place: int):
    files = [CRM, SITE]
    files[place] = files[place]._replace(is_apart=True)
    with loaded(*files) as workspace:
        assert {key for key, _, _ in orders(workspace)} == {"17", "ann@x.co", "bob@x.co"}


def test_a_contact_of_two_customers_is_of_neither():
    family = File([order("18", "2024-01-11", 5, "9")], [Person("18", "ANN@x.co", "+79001234567")])
    with loaded(CRM, SITE, family, CALLS) as workspace:
        assert {key for key, _, _ in orders(workspace)} == {"17", "18", "ann@x.co", "bob@x.co", "+79001234567"}


def test_an_account_left_out_is_left_out_under_any_name():
    with loaded(CRM, SITE, CALLS, settings=Settings(left_out=("17",))) as workspace:
        assert {key for key, _, _ in orders(workspace)} == {"bob@x.co"}
        workspace.update(left_out=("ann@x.co",))
        assert sum(amount for key, _, amount in orders(workspace) if key == "17") == 107
        workspace.update(left_out=())
        assert value.totals(workspace).gross == 195


def test_files_without_contacts_are_seen_as_they_are():
    bare = [file._replace(contacts=()) for file in (CRM, SITE)]
    with loaded(*bare) as workspace, workspace._connection.cursor() as cursor:
        assert cursor.execute("select count(*) from aliases").fetchall() == [(0,)]
        (text,) = cursor.execute("select sql from duckdb_views() where view_name = 'current_orders'").fetchall()[0]
        assert "aliased" not in text


def test_a_workspace_opens_with_the_same_customers(tmp_path):
    with Workspace.open(tmp_path / "shop") as workspace:
        for file in (CRM, SITE):
            load(workspace, file)
        before = orders(workspace)
    with Workspace.open(tmp_path / "shop") as workspace:
        assert orders(workspace) == before
        assert value.totals(workspace).customers == 2


# -- any small history, against the slow and plain way -------------------------------------------------------------

_emails = ("a@x.co", "B@x.co", "c@x.co")
_phones = ("+79001234567", "+447700900101")
_keys = st.sampled_from(["1", "2", "3", *_emails, *_phones])


@st.composite
def _files(draw: st.DrawFn) -> list[File]:
    files = []
    for number in range(draw(st.integers(1, 3))):
        keys = draw(st.lists(_keys, min_size=1, max_size=5))
        start = datetime(2024, 1, 1, 12)
        rows = [
            Row(
                key, start + timedelta(days=draw(st.integers(0, 90))), Decimal(draw(st.integers(1, 9))), f"{number}-{n}"
            )
            for n, key in enumerate(keys)
        ]
        contacts = [draw(_contacts(key)) for key in dict.fromkeys(keys)] if draw(st.integers(0, 3)) else []
        files.append(File(rows, contacts, draw(st.integers(0, 5)) == 0))
    return files


def _contacts(key: str) -> st.SearchStrategy[Person]:
    """What may stand beside the orders of a customer: who goes by a phone has no e-mail."""
    phones = st.sampled_from([None, *_phones, "8 (900) 123-45-67"])
    if key.startswith("+"):
        return st.just(Person(key, None, key))
    if "@" in key:
        return st.builds(Person, st.just(key), st.just(key.lower()), phones)
    return st.builds(Person, st.just(key), st.sampled_from([None, *map(str.lower, _emails)]), phones)


@many
@given(_files(), st.data())
def test_every_order_is_of_the_customer_of_the_plain_way(files: list[File], data: st.DataObject):
    loaded_in = data.draw(st.permutations(files))
    with loaded(*loaded_in) as workspace:
        assert orders(workspace) == rows_of(as_one(files))
        shop = Shop(as_one(files))
        totals = about(shop.totals())
        assert fields_of(value.totals(workspace), totals) == totals
        months = [about(month) for month in shop.periods("month", 30)]
        assert [fields_of(one, months[0]) for one in retention.periods(workspace, "month", 30)] == months
        gone = data.draw(st.sampled_from(range(len(files))))
        workspace.undo(workspace.batches()[gone].batch_id)
        left = [file for place, file in enumerate(loaded_in) if place != gone]
        assert orders(workspace) == rows_of(as_one(left))
