"""Accounts left out: every figure is as if their orders and refunds had never been there, and comes back with them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from metrics import retention, value
from metrics.settings import LONGEST_ID, Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, about, add, day, fields_of, holding, order
from tests.oracle import Row, Shop
from tests.strategies import few, histories, thresholds


@few
@given(data=st.data(), rows=histories(), zeros=st.booleans())
def test_figures_without_accounts_are_those_of_the_other_orders(data, rows: list[Row], zeros: bool):
    lost_after = data.draw(thresholds(rows))
    left_out = data.draw(st.lists(st.sampled_from([*{row.customer for row in rows}, "nobody"]), unique=True))
    shop = Shop([row for row in rows if row.customer not in left_out], count_zero_orders=zeros)
    halves = [rows[::2], rows[1::2]] if data.draw(st.booleans()) and len(rows) > 1 else [rows]
    with holding(*halves, settings=Settings(left_out=tuple(left_out), count_zero_orders=zeros)) as workspace:
        totals = about(shop.totals())
        assert fields_of(value.totals(workspace), totals) == totals
        months = [about(month) for month in shop.periods("month", lost_after)]
        found = retention.periods(workspace, "month", lost_after)
        assert [fields_of(one, months[0]) for one in found] == months
        assert all(one.active_at_end == one.active_at_start - one.lost + one.new_active + one.returned for one in found)
        if shop.days:
            lost = about(shop.lost_money(lost_after))
            assert fields_of(value.lost_money(workspace, lost_after), lost) == lost
            dearest = shop.lost_customers(lost_after, "ever")
            found_lost = value.top_lost(workspace, lost_after, 1000, "ever")
            assert [fields_of(one, dearest[0]) for one in found_lost] == dearest
            cohorts = [about(cohort) for cohort in shop.cohort_margin()]
            assert [fields_of(one, cohorts[0]) for one in value.cohort_margin(workspace)] == cohorts


@pytest.mark.parametrize("files", [[DOZEN], [DOZEN, DOZEN[:3]]], ids=["one file", "two files"])
def test_an_account_left_out_can_be_taken_back(files):
    with holding(*files) as workspace:
        before, batches = value.totals(workspace), workspace.batches()
        workspace.update(left_out=("fay", "cat"))
        without = value.totals(workspace)
        assert (without.customers, without.gross, without.refunds) == (4, 545, 0)
        assert (without.last_order_on, workspace.as_of) == (day("2024-06-20"), day("2024-06-20"))
        assert workspace.batches() == batches
        workspace.update(left_out=("cat",))
        assert value.totals(workspace).gross == 550
        workspace.update(left_out=())
        assert value.totals(workspace) == before


def test_what_is_loaded_later_is_left_out_too():
    with holding(DOZEN, settings=Settings(left_out=("ann",))) as workspace:
        loaded = add(workspace, [order("ann", "2024-08-01", 7, "20"), order("bob", "2024-07-02", 3, "21")])
        assert (loaded.added, value.totals(workspace).gross) == (2, 770 - 250 + 3)
        assert workspace.as_of == day("2024-07-02")


def test_all_accounts_left_out_is_an_empty_workspace():
    with holding(DOZEN, settings=Settings(left_out=tuple({row.customer for row in DOZEN}))) as workspace:
        assert (workspace.as_of, workspace.histograms, value.totals(workspace).gross) == (None, None, Decimal(0))
        workspace.update(left_out=())
        assert value.totals(workspace).gross == 770


def test_accounts_stay_left_out_after_a_restart(tmp_path):
    with Workspace.open(tmp_path / "shop") as workspace:
        add(workspace, DOZEN)
        workspace.update(left_out=("o'neil", "cat"))
        before = value.totals(workspace)
    with Workspace.open(tmp_path / "shop") as workspace:
        assert value.totals(workspace) == before
        assert workspace.settings.left_out == ("o'neil", "cat")


def test_a_database_that_knows_no_accounts_left_out_gets_them(tmp_path):
    with Workspace.open(tmp_path / "shop") as workspace:
        add(workspace, DOZEN)
        add(workspace, DOZEN[:3])
        before, batches = value.totals(workspace), workspace.batches()
        workspace._connection.execute(
            "drop view current_orders; create table current_orders as from resolved_orders; "
            "drop table resolved_orders; drop table left_out; update meta set format = 1"
        )
    with Workspace.open(tmp_path / "shop") as workspace:
        assert (value.totals(workspace), workspace.batches()) == (before, batches)
        workspace.update(left_out=("cat",))
        assert value.totals(workspace).gross == 550


def test_the_lists_are_bounded_and_hold_everything_once():
    assert Settings(left_out=("a", "b", "a")).left_out == ("a", "b")
    assert Settings(dismissed=("no_refunds", "giant_customer:a:b")).dismissed == ("no_refunds", "giant_customer:a:b")
    for wrong in (
        {"left_out": ("",)},
        {"left_out": ("x" * (LONGEST_ID + 1),)},
        {"left_out": tuple(map(str, range(101)))},
        {"dismissed": ("something",)},
    ):
        with pytest.raises(ValidationError):
            Settings(**wrong)
