"""Segments: counts and sums against the slow oracle, and each field's SQL against a plain comparison."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import returns
from metrics.guard import Rules, guard
from metrics.segment import RANGES, Condition, Segment, preset_segments, segment_fields, where
from metrics.segments import prepare, segment_rows, segment_totals
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import holding
from tests.oracle import Shop
from tests.segment_oracle import facts_of, is_in, score
from tests.strategies import cases, days_around, few

few_at_risk = mock.patch.object(returns, "LEAST_AT_RISK", 2)  # in small histories nobody would be finally lost
OF_ORDERS = ("state", "silence", "days_late", "orders", "yearly_value", "revenue", "average_order", "recency",
             "frequency", "monetary", "is_fading")  # fmt: skip
ASKED = {key: segment for key, segment in preset_segments().items() if key != "best_of_lost"}


def conditions() -> st.SearchStrategy[Condition]:
    return st.sampled_from(OF_ORDERS).flatmap(_condition)


def _condition(key: str) -> st.SearchStrategy[Condition]:
    field = segment_fields()[key]
    if field.kind == "flag":
        return st.builds(Condition, field=st.just(key), is_not=st.booleans())
    if field.kind == "choice":
        values = st.lists(st.sampled_from(field.options), min_size=1, max_size=4).map(tuple)
        return st.builds(Condition, field=st.just(key), values=values, is_not=st.booleans())
    top = 5 if field.kind == "score" else 500
    bounds = st.tuples(st.integers(-20, top), st.integers(0, top)).map(sorted)
    return bounds.flatmap(lambda pair: st.sampled_from([
        Condition(field=key, low=pair[0]), Condition(field=key, high=pair[1]),
        Condition(field=key, low=pair[0], high=pair[1]),
    ]))  # fmt: skip


some = st.lists(conditions(), max_size=3).map(tuple)
segments = st.recursive(
    st.builds(Segment, conditions=some),
    lambda inner: st.builds(
        Segment,
        conditions=some,
        and_in=st.lists(inner, max_size=1).map(tuple),
        but_not=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)


@few
@given(cases(customers=9), st.integers(7, 21), segments, st.data())
def test_counts_sums_and_facts_equal_the_oracle(case: Any, grace: int, own: Segment, data: st.DataObject):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    chosen = Settings(as_of=as_of, grace_days=grace, lost_after_days=lost_after)
    with few_at_risk, holding(rows, settings=chosen) as workspace:
        shop = Shop(rows, as_of=as_of)
        facts = facts_of(shop, lost_after, grace=grace, least_at_risk=2) if shop.days else {}
        held = {row["customer_id"]: row for row in segment_rows(workspace, Segment(), limit=100)}
        assert held.keys() == facts.keys()
        for who, row in held.items():
            expected = {key: facts[who][key] for key in OF_ORDERS}
            assert {key: row[key] for key in OF_ORDERS} == expected | {
                "average_order": pytest.approx(float(expected["average_order"]))
            }
        for segment in (own, *ASKED.values()):
            inside = [who for who in facts if is_in(facts[who], segment)]
            found = segment_totals(workspace, segment)
            assert found.customers == len(inside), segment
            assert found.yearly_value == sum((shop.yearly_value(who) for who in inside), Decimal(0))
            counts = guard(workspace, segment)
            twice = sum(facts[who]["state"] == "lost_twice" for who in inside)
            assert (counts.chosen, counts.lost_twice, counts.left) == (len(inside), twice, len(inside) - twice)
            assert guard(workspace, segment, Rules(skip_lost_twice=False)).left == len(inside)


def test_scores_are_fifths_and_equal_values_share_one():
    assert [score(value, range(10)) for value in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [score(value, [1, 1, 1, 2]) for value in (1, 2)] == [1, 4]
    assert score(7, [7, 7, 7]) == 1


# -- one table of cases for every field ---------------------------------------------------------------------------

ROWS: tuple[dict[str, Any], ...] = (
    {"state": "lost", "grade": "A", "silence": 90, "days_late": 10, "orders": 1, "yearly_value": Decimal("99.9900"),
     "revenue": Decimal("-5.0000"), "average_order": 0.5, "rfm": "gone", "recency": 1, "frequency": 1, "monetary": 5,
     "category": "tea", "channel": "site", "region": "North", "manager": "O'Neil", "consent": "no",
     "reason": "service", "fault": "human",
     "has_email": True, "has_phone": False, "is_fading": True, "is_strategic": False},
    {"state": "new", "grade": None, "silence": 0, "days_late": None, "orders": 2, "yearly_value": Decimal("100.0000"),
     "revenue": Decimal("0.0000"), "average_order": 100.0, "rfm": "loyal", "recency": 5, "frequency": 3, "monetary": 3,
     "category": None, "channel": None, "region": None, "manager": None, "consent": "unknown",
     "reason": "unknown", "fault": "unknown",
     "has_email": False, "has_phone": True, "is_fading": None, "is_strategic": True},
    {"state": "lost_twice", "grade": "never", "silence": 91, "days_late": -3, "orders": 10,
     "yearly_value": Decimal("100.0100"), "revenue": Decimal("1e6"), "average_order": 1e5, "rfm": "champions",
     "recency": 3, "frequency": 5, "monetary": 1, "category": "'; drop table", "channel": "", "region": "north",
     "manager": "$asked_0", "consent": "yes",
     "reason": "forgot", "fault": "technical", "has_email": True, "has_phone": True, "is_fading": False,
     "is_strategic": False},
)  # fmt: skip

CASES: dict[str, tuple[Condition, ...]] = {
    "state": (Condition(field="state", values=("lost", "new")),
              Condition(field="state", values=("lost",), is_not=True)),
    "grade": (Condition(field="grade", values=("A",)), Condition(field="grade", values=("A", "never"), is_not=True)),
    "silence": (Condition(field="silence", low=90), Condition(field="silence", low=1, high=90)),
    "days_late": (Condition(field="days_late", low=-3), Condition(field="days_late", high=-3)),
    "orders": (Condition(field="orders", low=2, high=2), Condition(field="orders", high=1)),
    "yearly_value": (Condition(field="yearly_value", low=100), Condition(field="yearly_value", high=100)),
    "revenue": (Condition(field="revenue", high=-5), Condition(field="revenue", low=-4.99, high=0)),
    "average_order": (Condition(field="average_order", low=0.5, high=0.5), Condition(field="average_order", low=100)),
    "rfm": (Condition(field="rfm", values=("gone",)), Condition(field="rfm", values=("gone",), is_not=True)),
    "recency": (Condition(field="recency", low=3), Condition(field="recency", high=1)),
    "frequency": (Condition(field="frequency", low=3, high=3), Condition(field="frequency", high=4)),
    "monetary": (Condition(field="monetary", low=5), Condition(field="monetary", high=3)),
    "reason": (Condition(field="reason", values=("service", "unknown")),
               Condition(field="reason", values=("forgot",), is_not=True)),
    "fault": (Condition(field="fault", values=("human",)), Condition(field="fault", values=("human",), is_not=True)),
    "category": (Condition(field="category", values=("tea", "'; drop table")),
                 Condition(field="category", values=("tea",), is_not=True)),
    "channel": (Condition(field="channel", values=("",)), Condition(field="channel", values=("",), is_not=True)),
    "region": (Condition(field="region", values=("North",)), Condition(field="region", values=("North",), is_not=True)),
    "manager": (Condition(field="manager", values=("O'Neil",)), Condition(field="manager", values=("$asked_0",))),
    "consent": (Condition(field="consent", values=("no",)), Condition(field="consent", values=("no",), is_not=True)),
    "has_email": (Condition(field="has_email"), Condition(field="has_email", is_not=True)),
    "has_phone": (Condition(field="has_phone"), Condition(field="has_phone", is_not=True)),
    "is_fading": (Condition(field="is_fading"), Condition(field="is_fading", is_not=True)),
    "is_strategic": (Condition(field="is_strategic"), Condition(field="is_strategic", is_not=True)),
}  # fmt: skip


def test_every_field_has_a_case():
    assert CASES.keys() == segment_fields().keys()
    for key, asked in CASES.items():
        if segment_fields()[key].kind not in RANGES:
            assert any(one.is_not for one in asked) or key == "manager"


@pytest.fixture(scope="module")
def base() -> Any:
    with Workspace.open(None) as workspace:
        with workspace._connection.cursor() as cursor:
            cursor.execute("create table customer_reasons (customer ubigint, reason varchar, fault varchar)")
            for number, row in enumerate(ROWS):
                columns = {
                    name: value
                    for name, value in row.items()
                    if not name.startswith("has_") and name not in {"reason", "fault"}
                }
                columns |= {"place": number, "customer": number, "email": "a@x.co" if row["has_email"] else None,
                            "phone": "+1" if row["has_phone"] else None}  # fmt: skip
                named = ", ".join(f"{_typed(name)} as {name}" for name in columns)
                told = {name: None if row[name] == "unknown" else row[name] for name in ("reason", "fault")}
                cursor.execute("insert into customer_reasons values ($customer, $reason, $fault)",
                               {"customer": number, **told})  # fmt: skip
                start = "create table segment_base as" if number == 0 else "insert into segment_base"
                cursor.execute(f"{start} select {named}", columns)
        yield workspace


def _typed(name: str) -> str:
    kinds = {"silence": "integer", "days_late": "integer", "orders": "bigint", "yearly_value": "decimal(18, 4)",
             "revenue": "decimal(18, 4)", "average_order": "double", "recency": "tinyint", "frequency": "tinyint",
             "monetary": "tinyint", "is_fading": "boolean", "is_strategic": "boolean",
             "place": "integer", "customer": "ubigint"}  # fmt: skip
    return f"cast(${name} as {kinds.get(name, 'varchar')})"


def inside(workspace: Workspace, segment: Segment) -> list[int]:
    found = where(segment)
    with workspace._connection.cursor() as cursor:
        query = f"select place from segment_base where {found.sql} order by place"
        return [place for (place,) in cursor.execute(query, dict(found.parameters)).fetchall()]


@pytest.mark.parametrize("key", CASES)
def test_the_sql_of_a_field_is_the_plain_comparison(base: Workspace, key: str):
    for one in CASES[key]:
        alone = Segment(conditions=(one,))
        for segment in (
            alone, Segment(but_not=(alone,)), Segment(and_in=(alone,)), Segment(but_not=(Segment(but_not=(alone,)),)),
            Segment(conditions=(one,), but_not=(Segment(conditions=CASES["orders"][0:1]),)),
            Segment(conditions=(one, CASES["orders"][0], one)).asked_once,
        ):  # fmt: skip
            expected = [place for place, row in enumerate(ROWS) if is_in(row, segment)]
            assert inside(base, segment) == expected, segment
    assert any(0 < len(inside(base, Segment(conditions=(one,)))) < len(ROWS) for one in CASES[key])


def test_without_orders_nobody_is_in_a_segment():
    with holding() as workspace:
        assert not prepare(workspace)
        assert segment_totals(workspace, Segment()).customers == 0
