"""Who of a segment may be on a list, counted step by step; which lists went out, and whom that keeps off others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.contacted import COOL_DOWN_DAYS
from metrics.export_log import exports, log_export, mark_contacted, unmark_contacted
from metrics.guard import STEPS, Guard, Rules, allowed, guard, ready
from metrics.list_source import ListSource
from metrics.segment import Condition, Segment, preset_segments
from metrics.settings import Settings
from metrics.statements import Where
from metrics.suppression import suppress
from metrics.workspace import Workspace
from tests.factories import day, holding, numbered, order
from tests.strategies import few
from tests.test_people import add_people

TODAY = date(2025, 3, 1)
EVERYBODY = Segment()
HELD = Settings(lost_after_days=60)
ROWS = [order(who, "2024-01-01", 10) for who in "abcdefg"] + [
    order("g", "2024-09-01", 10),
    order("today", "2024-12-31", 1),
]


@pytest.fixture
def shop() -> Iterator[Workspace]:
    with holding(numbered(ROWS), settings=HELD) as workspace:
        yield workspace
        forget_exports(workspace)


def forget_exports(workspace: Workspace) -> None:
    with workspace._connection.cursor() as cursor:
        cursor.execute("delete from exports")
        cursor.execute("delete from contacted")
        cursor.execute("delete from listed")


def consents(**said: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(customer_id=who, consent=word) for who, word in said.items()]


def left(workspace: Workspace, rules: Rules | None = None, today: date = TODAY) -> set[str]:
    ready(workspace)
    found = allowed(EVERYBODY, rules, today=today)
    rows = workspace.ask_where("segment_rows", found, {"order": "customer_id"}, row_limit=100, row_offset=0)
    return {row["customer_id"] for row in rows}


def log(workspace: Workspace, *names: str) -> int:
    ready(workspace)
    found = Where("list_contains($names::varchar[], customer_id)", {"names": list(names)})
    with workspace.snapshot() as snapshot, TemporaryDirectory(dir=workspace.inbox) as folder:
        keys = Path(folder) / "keys"
        ListSource(snapshot, found).copy_keys(keys)
        return log_export(workspace, keys, target="csv", customers=len(names), filter_json="{}", content_hash="ab")


def test_everybody_is_left_where_nothing_speaks_against_it(shop: Workspace):
    assert guard(shop, EVERYBODY, Rules(skip_lost_twice=False), today=TODAY) == Guard(8, 0, 0, 0, 0, 0, 0, 8)
    assert guard(shop, EVERYBODY, today=TODAY) == Guard(8, 0, 0, 0, 1, 0, 0, 7)


def test_each_is_counted_in_the_first_step_that_keeps_them_off(shop: Workspace):
    add_people(shop, consents(a="no", b="no", c="yes", d="perhaps"))
    suppress(shop, ["b", "c"])
    number = log(shop, "b", "d", "e")
    mark_contacted(shop, number, day("2025-01-01"), until=day("2025-04-01"), controls=["f"])
    assert guard(shop, EVERYBODY, today=TODAY) == Guard(8, 2, 0, 1, 1, 1, 2, 1)
    assert left(shop) == {"today"}
    assert guard(shop, EVERYBODY, Rules(cool_down_days=None), today=TODAY) == Guard(8, 2, 0, 1, 1, 1, 0, 3)
    assert left(shop, Rules(cool_down_days=None)) == {"d", "e", "today"}
    one = Segment(conditions=(Condition(field="orders", low=2),))
    assert guard(shop, one, Rules(skip_lost_twice=False), today=TODAY) == Guard(1, 0, 0, 0, 0, 0, 0, 1)


def test_nothing_said_is_no_consent_where_the_files_tell_of_anybody(shop: Workspace):
    asked = Rules(need_consent=True, skip_lost_twice=False)
    assert guard(shop, EVERYBODY, asked, today=TODAY) == Guard(8, 0, 0, 0, 0, 0, 0, 8)
    add_people(shop, consents(a="no", c="yes", d="perhaps"))
    assert guard(shop, EVERYBODY, asked, today=TODAY) == Guard(8, 1, 6, 0, 0, 0, 0, 1)
    assert left(shop, asked) == {"c"}
    assert guard(shop, EVERYBODY, Rules(skip_lost_twice=False), today=TODAY) == Guard(8, 1, 0, 0, 0, 0, 0, 7)


def test_the_cool_down_ends_after_half_a_year_and_the_hold_out_with_the_campaign(shop: Workspace):
    on, end = day("2025-01-01"), day("2025-02-01")
    mark_contacted(shop, log(shop, "a", "b"), on, until=end, controls=["b", "c"])
    assert (guard(shop, EVERYBODY, today=end).held_out, guard(shop, EVERYBODY, today=end).cooled_down) == (2, 1)
    assert guard(shop, EVERYBODY, today=end + timedelta(days=1)).held_out == 0
    last = on + timedelta(days=COOL_DOWN_DAYS)
    assert guard(shop, EVERYBODY, today=last - timedelta(days=1)).cooled_down == 1
    assert guard(shop, EVERYBODY, today=last).cooled_down == 0
    assert guard(shop, EVERYBODY, today=on - timedelta(days=1)).cooled_down == 1


def test_a_list_keeps_nobody_off_until_it_is_marked_and_no_longer_than_it_is(shop: Workspace):
    number = log(shop, "a", "b")
    (noted,) = exports(shop)
    assert (noted.export_id, noted.customers, noted.contacted_on, noted.controls) == (number, 2, None, 0)
    assert guard(shop, EVERYBODY, today=TODAY).cooled_down == 0
    assert mark_contacted(shop, number, TODAY) == 2
    assert exports(shop)[0].contacted_on == TODAY
    assert guard(shop, EVERYBODY, today=TODAY).cooled_down == 2
    assert mark_contacted(shop, number, TODAY, until=TODAY, controls=["a"]) == 1
    assert (guard(shop, EVERYBODY, today=TODAY).held_out, exports(shop)[0].controls) == (1, 1)
    assert unmark_contacted(shop, number) == 1
    assert guard(shop, EVERYBODY, today=TODAY) == Guard(8, 0, 0, 0, 1, 0, 0, 7)
    assert mark_contacted(shop, number, TODAY) == 2
    with pytest.raises(ValueError, match="last day"):
        mark_contacted(shop, number, TODAY, controls=["a"])


def test_marks_stay_with_another_file(shop: Workspace):
    mark_contacted(shop, log(shop, "a"), TODAY)
    shop.update(count_zero_orders=True)
    assert guard(shop, EVERYBODY, today=TODAY).cooled_down == 1


def test_only_the_latest_lists_can_still_be_marked(shop: Workspace):
    marked = log(shop, "a")
    mark_contacted(shop, marked, TODAY)
    forgotten = log(shop, "b")
    for _ in range(20):
        log(shop, "c")
    assert mark_contacted(shop, forgotten, TODAY) == 0
    assert mark_contacted(shop, marked, TODAY) == 1


def test_without_orders_nobody_is_chosen():
    with holding() as workspace:
        assert mark_contacted(workspace, 1, TODAY) == 0
        assert guard(workspace, EVERYBODY) == Guard(0, 0, 0, 0, 0, 0, 0, 0)


PEOPLE = "abcdefg"


@few
@given(
    st.lists(st.sampled_from(PEOPLE), max_size=4), st.lists(st.sampled_from(PEOPLE), max_size=4),
    st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True), st.lists(st.sampled_from(PEOPLE), max_size=3),
    st.integers(0, 400), st.booleans(), st.none() | st.booleans(), st.none() | st.integers(1, 400),
    st.sampled_from([EVERYBODY, *preset_segments().values()]),
)  # fmt: skip
def test_it_always_adds_up(opted_out, listed, contacted, controls, days, skips, needs_consent, cool_down, segment):
    with holding(numbered(ROWS), settings=HELD) as workspace:
        add_people(workspace, consents(**dict.fromkeys(opted_out, "no"), x="yes"))
        suppress(workspace, listed)
        end = TODAY - timedelta(days=200) + timedelta(days=days)
        if contacted:
            on = TODAY - timedelta(days=days)
            mark_contacted(workspace, log(workspace, *contacted), on, until=end, controls=controls)
        rules = Rules(skip_lost_twice=skips, cool_down_days=cool_down, need_consent=needs_consent)
        found = guard(workspace, segment, rules, today=TODAY)
        assert found.chosen - sum(getattr(found, step) for step in STEPS) == found.left
        if segment == EVERYBODY:
            off = {*opted_out, *listed} | ({"g"} if skips else set())
            # Nobody of them said yes; where any said no, the files do tell.
            off |= {*PEOPLE, "today"} if needs_consent and opted_out else set()
            if contacted:
                off |= set(controls) if end >= TODAY else set()
                off |= set(contacted) - set(controls) if cool_down and days < cool_down else set()
            assert left(workspace, rules) == {*PEOPLE, "today"} - off
            assert found.left == 8 - len(off)
        forget_exports(workspace)
