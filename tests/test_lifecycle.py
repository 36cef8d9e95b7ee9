"""States, expected orders and reminders against the slow oracle and by hand."""

from __future__ import annotations

from collections import Counter
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from metrics import returns
from metrics.due import due_by_manager, due_customers, together
from metrics.lifecycle import lifecycle, migration, n_fading, n_potential, whole_months
from metrics.retention import now
from metrics.rhythms import make_rhythms
from metrics.settings import Settings
from metrics.states import AUDIENCES, STATES
from metrics.value import lost_money
from metrics.workspace import Workspace
from tests.factories import add, day, holding, numbered, order, reading_of, workspace_of
from tests.lifecycle_oracle import Standing
from tests.lifecycle_oracle import migration as migration_of
from tests.oracle import Shop, is_lost
from tests.strategies import cases, days_around, few, histories

few_at_risk = mock.patch.object(returns, "LEAST_AT_RISK", 2)  # in small histories nobody would be finally lost
graces = st.integers(7, 21)


def numbered_as(prefix, rows):
    return [row._replace(order_id=f"{prefix}{number}") for number, row in enumerate(rows)]


def counted(found):
    return {one.state: (one.customers, one.yearly_value) for one in found.states if one.customers}


@few
@given(cases(), graces, st.data())
def test_states_equal_the_oracle_at_any_as_of_date(case, grace, data):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    with few_at_risk, holding(rows, settings=Settings(as_of=as_of, grace_days=grace)) as workspace:
        shop = Shop(rows, as_of=as_of)
        found = lifecycle(workspace, lost_after)
        if not shop.days:
            assert found is None
            return
        standing = Standing(shop, grace=grace, least_at_risk=2)
        assert counted(found) == standing.counts(lost_after)
        assert found.customers() == len(shop.days) == sum(found.customers(*states) for states in AUDIENCES.values())
        assert found.customers(*AUDIENCES["lost"]) == now(workspace, lost_after).lost
        assert found.yearly_value(*AUDIENCES["lost"]) == lost_money(workspace, lost_after).all_revenue


@few
@given(histories(customers=9), graces)
def test_a_larger_threshold_never_loses_more_and_every_threshold_adds_up(rows, grace):
    with few_at_risk, holding(rows, settings=Settings(grace_days=grace)) as workspace:
        if workspace.as_of is None:
            return
        found = [lifecycle(workspace, days) for days in range(1, 1096)]
        lost = [one.customers(*AUDIENCES["lost"]) for one in found]
        assert lost == sorted(lost, reverse=True)
        twice = [one.by_state["lost_twice"].customers for one in found]
        assert twice == sorted(twice, reverse=True)
        assert len({one.customers() for one in found}) == 1
        assert len({one.yearly_value(*STATES) for one in found}) == 1
        assert all(entry.customers >= 0 for one in found for entry in one.states)


@few
@given(cases(), graces)
def test_migrations_equal_the_oracle(case, grace):
    rows, lost_after = case
    with few_at_risk, holding(rows, settings=Settings(grace_days=grace)) as workspace:
        months = whole_months(workspace)
        for month in months[:1] + months[-2:]:
            found = {
                (one.from_state, one.to_state): one.customers for one in migration(workspace, lost_after, month).moves
            }
            assert found == migration_of(rows, month, lost_after, grace, least_at_risk=2)


@few
@given(histories(customers=9), st.data())
def test_expected_gap_and_fading_equal_the_oracle(rows, data):
    as_of = data.draw(st.none() | days_around(rows))
    with holding(rows, settings=Settings(as_of=as_of)) as workspace:
        shop = Shop(rows, as_of=as_of)
        if not shop.days:
            return
        make_rhythms(workspace, workspace.histograms)
        standing = Standing(shop)
        with workspace._connection.cursor() as cursor:
            found = cursor.execute("select last_day, expected_gap, is_fading from rhythms").fetchall()
        assert Counter(found) == Counter(
            (
                (days[-1] - day("1970-01-01")).days,
                None if (gap := standing.expected_gap(customer)) is None else int(gap),
                standing.is_fading(customer),
            )
            for customer, days in shop.days.items()
        )
        for lost_after in (1, 20, 100, 1095):
            assert n_fading(workspace, lost_after) == sum(
                standing.is_fading(customer) and not is_lost(days, shop.as_of, lost_after)
                for customer, days in shop.days.items()
            )


@few
@given(cases(customers=9), graces)
def test_reminders_equal_the_oracle_page_by_page(case, grace):
    rows, lost_after = case
    with holding(rows, settings=Settings(grace_days=grace)) as workspace:
        shop = Shop(rows)
        standing = Standing(shop, grace=grace)
        expected = standing.due(lost_after) if shop.days else []
        pages = [due_customers(workspace, lost_after, limit=2, offset=at) for at in range(0, len(expected) + 1, 2)]
        found = [one for page in pages for one in page]
        assert sorted((one.customer_id, one.lateness, one.days_late) for one in found) == sorted(expected)
        assert [(one.days_late, one.yearly_value) for one in found] == [
            (late, shop.yearly_value(customer)) for customer, _lateness, late in expected
        ]
        with few_at_risk:
            assert all(one.state == standing.state(one.customer_id, lost_after) for one in found)
        now_only = due_customers(workspace, lost_after, with_week=False)
        assert len(now_only) == together(due_by_manager(workspace, lost_after)).now
        assert (
            sum((one.yearly_value for one in found), 0) == together(due_by_manager(workspace, lost_after)).yearly_value
        )


# T = 60, grace 14, as of 30 June 2024: dee is expected on day 10 + 30 of her rhythm.
VISITS = (
    *(order("dee", f"2024-0{month}-01", 100) for month in (1, 2, 3, 4, 5)),
    order("eli", "2024-04-02", 10), order("eli", "2024-05-20", 30),
    order("fay", "2024-05-25", 20),
    order("gus", "2024-06-30", 5),
)  # fmt: skip


def test_who_is_due_by_hand(tmp_path):
    with workspace_of(numbered(VISITS), tmp_path) as workspace:
        found = {one.customer_id: one for one in due_customers(workspace, 60)}
        # dee's own median gap is 30.5 days: expected on 31 May, 30 days ago. The only gap after a second order took 29.
        assert list(found) == ["dee", "eli", "fay"]
        dee, eli, fay = found.values()
        assert (dee.expected_on, dee.days_late) == (day("2024-05-31"), 30)
        assert (dee.lateness, dee.state) == ("escalated", "at_risk")
        assert (eli.expected_on, eli.days_late, eli.lateness, eli.state) == (day("2024-06-18"), 12, "due", "active")
        # The gap after a first order closed twice: in 31 and in 48 days, so 39.5 is usual.
        assert (fay.expected_on, fay.days_late, fay.lateness, fay.state) == (day("2024-07-03"), -3, "this_week", "new")
        assert (dee.manager, dee.name, dee.has_consent, dee.orders, dee.yearly_value) == (None, None, None, 5, 500)
        counts = together(due_by_manager(workspace, 60))
        assert (counts.this_week, counts.due, counts.escalated, counts.now, counts.yearly_value) == (1, 1, 1, 2, 560)
        assert due_by_manager(workspace, 60) == {None: counts}
        assert due_customers(workspace, 60, "Ivan") == ()


def test_nobody_is_due_without_orders():
    with holding() as workspace:
        assert due_customers(workspace, 60) == ()
        assert together(due_by_manager(workspace, 60)).now == 0
        assert lifecycle(workspace, 60) is None
        assert whole_months(workspace) == ()


def test_each_state_by_hand(tmp_path):
    rows = [
        *(order("twice", at, 10) for at in ("2023-01-01", "2023-06-01")),
        order("fresh", "2024-04-20", 20),
        order("long", "2023-12-01", 30),
        *(order("returned", at, 40) for at in ("2023-01-01", "2024-06-25")),
        order("risk", "2024-05-10", 50),
        order("new", "2024-06-30", 60),
        *(order("active", at, 70) for at in ("2024-05-30", "2024-06-20")),
    ]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        found = lifecycle(workspace, 60)
        assert counted(found) == {
            "lost_twice": (1, 20), "freshly_lost": (1, 20), "lost": (1, 30), "returned": (1, 40),
            "at_risk": (1, 50), "new": (1, 60), "active": (1, 140),
        }  # fmt: skip
        assert found.yearly_value(*AUDIENCES["active"]) == 240


def test_hardly_anybody_returns_from_where_the_finally_lost_are(tmp_path):
    # 100 customers order once; one of them comes back after 100 days, one after 500; all are seen for 900 days.
    rows = [order(f"c{number}", "2022-01-01", 1) for number in range(100)]
    rows += [order("c0", "2022-04-11", 1), order("c1", "2023-05-16", 1), order("today", "2024-06-19", 1)]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        # Silent for 900 days: nobody was seen for 365 more, the history is too short.
        assert lifecycle(workspace, 90).by_state["finally_lost"].customers == 0
        # Those who ordered a year later, 400 days ago: 1 of 99 returned within the next 365.
        add(workspace, numbered_as("late", [order(f"d{number}", "2023-05-16", 1) for number in range(50)]))
        found = lifecycle(workspace, 90).by_state
        assert (found["finally_lost"].customers, found["lost"].customers) == (50, 98)


def test_contacts_without_an_order_are_potential(tmp_path):
    reading = reading_of(numbered(VISITS), tmp_path, names={"zoe": "Zoe", "dee": "Dee"})
    with Workspace.open(None) as workspace:
        workspace.ingest(reading)
        assert due_customers(workspace, 60)[0].name == "Dee"
        assert lifecycle(workspace, 60).by_state["potential"].customers == n_potential(workspace)


def test_what_was_undone_is_forgotten(tmp_path):
    with workspace_of(numbered(VISITS), tmp_path) as workspace:
        assert due_customers(workspace, 60)
        migration(workspace, 60, whole_months(workspace)[-1])
        workspace.undo(1)
        with workspace._connection.cursor() as cursor:
            names = {name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()}
        assert names.isdisjoint({"rhythms", "comebacks", "past_rhythms", "identities"})
