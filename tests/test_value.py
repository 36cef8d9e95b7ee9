"""Money: totals, lost money, lifetime value, held to hand-computed figures and to the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import value
from metrics.histograms import day_number
from metrics.results import LostCustomer, LostMonth, Margin, Totals
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, about, day, fields_of, holding, numbered, order, reading_of, workspace_of
from tests.oracle import NOTHING, Row, Shop, in_my_terms
from tests.strategies import cases, days_around, few, histories, many, years_apart


@pytest.fixture
def dozen() -> Iterator[Workspace]:
    with holding(DOZEN) as workspace:
        yield workspace


def listed(found: Any, expected: list[dict[str, Any]]) -> None:
    """Each result agrees with its expectation, in the same order."""
    assert [fields_of(*pair) for pair in zip(found, expected, strict=True)] == [about(one) for one in expected]


def test_totals(dozen):
    assert value.totals(dozen) == Totals(
        as_of=day("2024-06-30"),
        customers=6,
        orders=11,
        order_days=10,
        gross=Decimal(770),
        refunds=Decimal(20),
        net=Decimal(750),
        aov=Decimal(70),
        first_order_on=day("2024-01-10"),
        last_order_on=day("2024-06-30"),
    )


def test_totals_with_gifts_counted(tmp_path):
    with workspace_of(DOZEN, tmp_path, Settings(count_zero_orders=True)) as workspace:
        totals = value.totals(workspace)
    assert (totals.orders, totals.order_days, totals.gross) == (12, 10, 770)
    assert totals.aov == pytest.approx(Decimal(770) / 12)


def test_totals_refund_of_a_customer_without_orders_lowers_net_only(tmp_path):
    rows = numbered([order("ann", "2024-01-02", 10), order("bob", "2024-01-01", -3), order("ann", "2024-01-03", -1)])
    with workspace_of(rows, tmp_path) as workspace:
        totals = value.totals(workspace)
    # The refund on the 3rd is later than the last order day, which is the as-of date: not yet seen.
    assert (totals.customers, totals.gross, totals.refunds, totals.net) == (1, 10, 3, 7)
    assert (totals.as_of, totals.first_order_on) == (day("2024-01-02"), day("2024-01-02"))


def test_totals_in_a_currency_of_many_zeros(tmp_path):
    rows = numbered([order("ann", "2024-01-01", "25000000000.5"), order("bob", "2024-03-01", "25000000000.25")])
    with workspace_of(rows, tmp_path) as workspace:
        assert value.totals(workspace).gross == Decimal("50000000000.75")
        assert value.lost_money(workspace, 30).revenue == Decimal("25000000000.5")


def test_totals_never_wrap_around(tmp_path):
    rows = numbered(order(f"c{number}", f"2024-01-{number:02}", 99_999_999_999_999) for number in range(1, 13))
    with workspace_of(rows, tmp_path) as workspace:
        assert value.totals(workspace).gross == 12 * 99_999_999_999_999


def test_totals_without_orders():
    with Workspace.open(None) as workspace:
        totals = value.totals(workspace)
    assert (totals.as_of, totals.customers, totals.orders, totals.net, totals.aov) == (None, 0, 0, 0, None)


def test_totals_before_the_first_order(tmp_path):
    rows = numbered([order("ann", "2024-01-05", 10), order("bob", "2024-01-01", -3)])
    with workspace_of(rows, tmp_path, Settings(as_of=day("2024-01-03"))) as workspace:
        totals = value.totals(workspace)
    assert (totals.customers, totals.orders, totals.aov, totals.first_order_on) == (0, 0, None, None)
    assert (totals.as_of, totals.refunds, totals.net) == (day("2024-01-03"), 3, -3)


def test_margin_from_costs_before_typed_before_assumed(tmp_path):
    costed = [order("ann", "2024-01-01", 100, "1", cost="60"), order("ann", "2024-01-02", 100, "2")]
    with workspace_of(costed, tmp_path, Settings(margin=0.5)) as workspace:
        assert value.margin(workspace) == Margin(pytest.approx(0.4), "costs")
    with workspace_of(DOZEN, tmp_path) as workspace:
        assert value.margin(workspace) == Margin(0.30, "assumed")
        workspace.save(Settings(margin=0.5))
        assert value.margin(workspace) == Margin(0.5, "own")


def test_lost_money(dozen):
    money = value.lost_money(dozen, 30)
    assert (money.customers, money.revenue) == (3, 345)
    assert (money.all_customers, money.all_revenue) == (3, 345)
    assert money.recoverable_by_rule == Decimal("52.5")  # 3 customers x 25% x 70


def test_lost_money_rule_of_the_article(tmp_path):
    rows = [order(f"c{number}", "2024-01-01", 1000) for number in range(100)]
    rows += [order("z", "2024-12-01", 1000)]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        assert value.lost_money(workspace, 90).recoverable_by_rule == 25_000


def test_lost_money_window_is_the_365_days_up_to_the_as_of_date(tmp_path):
    # As of 2025-01-31 the window is 2024-02-02..2025-01-31; with T = 30 the loss day is 31 days after the order.
    rows = [order("out", "2024-01-01", 1), order("first", "2024-01-02", 10), order("last", "2024-12-31", 100)]
    rows += [order("active", "2025-01-01", 1000), order("now", "2025-01-31", 5)]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        money = value.lost_money(workspace, 30)
        assert [lost.customer_id for lost in value.top_lost(workspace, 30, 9, "year")] == ["last", "first"]
        assert [lost.customer_id for lost in value.top_lost(workspace, 30, 9, "ever")] == ["last", "first", "out"]
        february = [value.lost_by_month(workspace, 30, window)[0] for window in ("year", "ever")]
        assert [(month.customers, month.revenue) for month in february] == [(1, 10), (2, 11)]
    assert money.window_start == day("2024-02-02")
    assert (money.customers, money.revenue, money.all_customers, money.all_revenue) == (2, 110, 3, 111)


def test_lost_money_is_the_last_year_of_each_customer(tmp_path):
    rows = [order("ann", "2023-01-01", 1000), order("ann", "2023-01-02", 100), order("ann", "2024-01-01", 10)]
    rows += [order("ann", "2023-01-01", -500), order("ann", "2023-01-02", -1), order("ann", "2024-03-31", -2)]
    rows += [order("bob", "2024-04-01", 7)]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        assert value.lost_money(workspace, 30).revenue == 107
        workspace.save(Settings(as_of=day("2024-03-30")))
        assert value.lost_money(workspace, 30).revenue == 109


def test_lost_money_is_never_below_zero(tmp_path):
    rows = [order("ann", "2024-01-01", 10), order("ann", "2024-01-05", -50), order("bob", "2024-04-01", 7)]
    with workspace_of(numbered(rows), tmp_path) as workspace:
        money = value.lost_money(workspace, 30)
    assert (money.customers, money.revenue) == (1, 0)


def test_lost_money_without_orders():
    with Workspace.open(None) as workspace:
        money = value.lost_money(workspace, 30)
        assert (money.customers, money.revenue, money.all_customers, money.recoverable_by_rule) == (0, 0, 0, None)
        assert value.lost_by_month(workspace, 30) == value.top_lost(workspace, 30, 5, "ever") == ()


def test_lost_by_month(dozen):
    assert value.lost_by_month(dozen, 30) == (
        LostMonth(day("2024-03-01"), 1, Decimal(100)),
        LostMonth(day("2024-04-01"), 1, Decimal(200)),
        LostMonth(day("2024-06-01"), 1, Decimal(45)),
    )


def test_top_lost(dozen):
    assert value.top_lost(dozen, 30, 2, "year") == (
        LostCustomer("cat", None, day("2024-03-01"), day("2024-04-01"), 121, 2, Decimal(200)),
        LostCustomer("bob", None, day("2024-02-15"), day("2024-03-17"), 136, 2, Decimal(100)),
    )


def test_top_lost_names_come_from_the_contacts(tmp_path):
    with Workspace.open(None) as workspace:
        workspace.ingest(reading_of(DOZEN, tmp_path, names={"cat": "Catherine O'Hara", "nobody": "No Orders"}))
        assert [lost.name for lost in value.top_lost(workspace, 30, 9, "ever")] == ["Catherine O'Hara", None, None]
        assert value.totals(workspace).customers == 6


def test_top_lost_ties_go_by_customer_id(tmp_path):
    rows = [order(customer, "2024-01-01", 10) for customer in ("b", "10", "9", "B", "a")]
    with workspace_of(numbered([*rows, order("z", "2024-03-01", 1)]), tmp_path) as workspace:
        assert [lost.customer_id for lost in value.top_lost(workspace, 30, 4, "year")] == ["10", "9", "B", "a"]


def test_simple_ltv(dozen):
    ltv = value.simple_ltv(dozen, 30)
    # March to June: 7 orders over 1 + 1 + 2 + 3 active at the ends; mean churn (1 + 1 + 0 + 0.5) / 4.
    assert (ltv.aov, ltv.orders_per_month, ltv.margin, ltv.months) == (70, 1, 0.3, 4)
    assert (ltv.churn, ltv.lifespan_months) == (0.625, 1.6)
    assert ltv.value == pytest.approx(33.6)


def test_simple_ltv_lifespan_is_at_most_36_months(tmp_path):
    rows = numbered(order("ann", f"2024-{month:02}-15", 10) for month in range(1, 13))
    with workspace_of([*rows, order("ann", "2024-12-31", 10, "last")], tmp_path) as workspace:
        ltv = value.simple_ltv(workspace, 60)
    assert (ltv.months, ltv.churn, ltv.lifespan_months) == (9, 0, 36)
    assert ltv.value == pytest.approx(10 * (10 / 9) * 0.3 * 36)


def test_simple_ltv_without_a_whole_month_is_no_figure(tmp_path):
    with workspace_of(DOZEN[:2], tmp_path) as workspace:
        ltv = value.simple_ltv(workspace, 30)
    assert (ltv.value, ltv.orders_per_month, ltv.churn, ltv.lifespan_months, ltv.months) == (None, None, None, None, 0)


def test_historical_ltv(dozen, tmp_path):
    assert value.historical_ltv(dozen) == pytest.approx(37.5)  # 750 x 30% / 6 customers
    with Workspace.open(None) as workspace:
        assert value.historical_ltv(workspace) is None


def test_cohort_margin(dozen):
    cohorts = {str(cohort.month): cohort for cohort in value.cohort_margin(dozen)}
    assert [(month, cohort.customers) for month, cohort in cohorts.items()] == [
        ("2024-01-01", 2),
        ("2024-03-01", 1),
        ("2024-04-01", 1),
        ("2024-05-01", 1),
        ("2024-06-01", 1),
    ]
    assert cohorts["2024-01-01"].cumulative == pytest.approx((21, 45, 45, 45, 45, 52.5))
    assert cohorts["2024-03-01"].cumulative == pytest.approx((60, 60, 60, 60))
    assert cohorts["2024-04-01"].cumulative == pytest.approx((21, 45, 45))
    assert cohorts["2024-06-01"].cumulative == pytest.approx((1.5,))


def test_in_my_terms():
    terms = value.in_my_terms(Decimal(25_000), Decimal(2_500), Decimal(1_000))
    assert (terms.months_of_rent, terms.monthly_salaries, terms.salaries_for_a_year) == (10, 25, pytest.approx(25 / 12))
    unknown = value.in_my_terms(Decimal(25_000), None, None)
    assert (unknown.months_of_rent, unknown.monthly_salaries, unknown.salaries_for_a_year) == (None, None, None)


@few
@given(
    money=st.decimals(0, 10**9, places=2),
    rent=st.none() | st.decimals("0.01", 10**6, places=2),
    salary=st.none() | st.decimals("0.01", 10**6, places=2),
)
def test_in_my_terms_agrees_with_the_oracle(money: Decimal, rent: Decimal | None, salary: Decimal | None):
    expected = in_my_terms(money, rent, salary)
    assert fields_of(value.in_my_terms(money, rent, salary), expected) == about(expected)


@many
@given(data=st.data(), rows=histories(with_costs=True), zeros=st.booleans(), own=st.none() | st.just(0.42))
def test_totals_and_margin_agree_with_the_oracle(data, rows: list[Row], zeros: bool, own: float | None):
    as_of = data.draw(st.none() | days_around(rows))
    shop = Shop(rows, as_of=as_of, count_zero_orders=zeros, margin=own)
    with holding(rows, settings=Settings(as_of=as_of, count_zero_orders=zeros, margin=own)) as workspace:
        if shop.days:
            listed([value.totals(workspace)], [shop.totals()])
        listed([value.margin(workspace)], [shop.margin()])
        assert value.historical_ltv(workspace) == pytest.approx(shop.historical_ltv())


@many
@given(data=st.data(), case=cases(), zeros=st.booleans())
def test_lost_money_agrees_with_the_oracle(data, case: tuple[list[Row], int], zeros: bool):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    shop = Shop(rows, as_of=as_of, count_zero_orders=zeros)
    with holding(rows, settings=Settings(as_of=as_of, count_zero_orders=zeros)) as workspace:
        listed([value.lost_money(workspace, lost_after)], [shop.lost_money(lost_after)])
        listed(value.lost_by_month(workspace, lost_after, "year"), shop.lost_by_month(lost_after, "year"))
        listed(value.lost_by_month(workspace, lost_after, "ever"), shop.lost_by_month(lost_after, "ever"))
        listed(value.top_lost(workspace, lost_after, 3, "year"), shop.lost_customers(lost_after, "year")[:3])
        listed(value.top_lost(workspace, lost_after, 99, "ever"), shop.lost_customers(lost_after, "ever"))


@many
@given(data=st.data(), case=cases(with_costs=True), zeros=st.booleans())
def test_lifetime_value_agrees_with_the_oracle(data, case: tuple[list[Row], int], zeros: bool):
    rows, lost_after = case
    as_of = data.draw(st.none() | days_around(rows))
    shop = Shop(rows, as_of=as_of, count_zero_orders=zeros)
    with holding(rows, settings=Settings(as_of=as_of, count_zero_orders=zeros)) as workspace:
        listed([value.simple_ltv(workspace, lost_after)], [shop.simple_ltv(lost_after)])
        listed(value.cohort_margin(workspace), shop.cohort_margin())


@few
@given(case=cases())
def test_lost_money_adds_up(case: tuple[list[Row], int]):
    rows, lost_after = case
    with holding(rows) as workspace:
        money = value.lost_money(workspace, lost_after)
        months = value.lost_by_month(workspace, lost_after, "ever")
        of_the_year = value.lost_by_month(workspace, lost_after, "year")
        everyone = value.top_lost(workspace, lost_after, 1000, "ever")
    assert sum(month.customers for month in months) == len(everyone) == money.all_customers
    assert sum((month.revenue for month in months), NOTHING) == money.all_revenue
    assert sum((lost.yearly_value for lost in everyone), NOTHING) == money.all_revenue
    assert sum((month.revenue for month in of_the_year), NOTHING) == money.revenue
    assert (money.customers <= money.all_customers, money.revenue <= money.all_revenue) == (True, True)


@few
@given(case=cases())
def test_amounts_doubled_double_the_money_and_nothing_else(case: tuple[list[Row], int]):
    rows, lost_after = case

    def figures(history: list[Row], factor: int) -> tuple[object, ...]:
        with holding(history) as workspace:
            totals, money = value.totals(workspace), value.lost_money(workspace, lost_after)
            top = value.top_lost(workspace, lost_after, 9, "ever")
        sums = (totals.gross, totals.net, totals.refunds, money.revenue, money.all_revenue)
        values = [(lost.customer_id, lost.silence, factor * lost.yearly_value) for lost in top]
        return ([factor * one for one in sums], totals.orders, totals.order_days, money.customers, values)

    assert figures([row._replace(amount=2 * row.amount) for row in rows], 1) == figures(rows, 2)


@few
@given(case=cases(), shift=st.integers(-500, 500))
def test_lost_money_moves_with_its_dates(case: tuple[list[Row], int], shift: int):
    rows, lost_after = case

    def figures(history: list[Row], days: int) -> tuple[object, ...]:
        with holding(history) as workspace:
            money = value.lost_money(workspace, lost_after)
            top = value.top_lost(workspace, lost_after, 9, "year")
        listing = [(lost.customer_id, lost.lost_on - timedelta(days=days), lost.yearly_value) for lost in top]
        return (money.customers, money.revenue, money.all_revenue, money.recoverable_by_rule, listing)

    assert figures([row._replace(at=row.at + timedelta(days=shift)) for row in rows], shift) == figures(rows, 0)


@few
@given(rows=histories(), threshold=st.integers(1, 60))
def test_lost_money_before_is_that_of_the_month_before(rows: list[Row], threshold: int):
    with holding(rows) as workspace:
        found = value.lost_money_before(workspace, threshold)
        if workspace.as_of is None or workspace.histograms is None:
            assert found is None
            return
        month_before = workspace.as_of.replace(day=1) - timedelta(days=1)
        workspace.update(as_of=max(month_before, date(1980, 1, 1)))
        expected = value.lost_money(workspace, threshold).revenue if workspace.histograms else None
    assert found == expected


@few
@given(rows=years_apart())
def test_last_days_at_a_day_are_those_of_the_mart_as_of_that_day(rows: list[Row]):
    with holding(rows) as workspace:
        days = sorted({row.day for row in rows if workspace.as_of and row.day <= workspace.as_of})
        found = {day: workspace.ask("last_days_at", day=day_number(day)) for day in days}
        for day in days:
            workspace.update(as_of=day)
            expected: dict[int, tuple[int, int]] = {}
            for row in workspace.ask("last_day_histogram"):
                customers, yearly = expected.get(row["last_day"], (0, 0))
                expected[row["last_day"]] = (customers + row["customers"], yearly + row["yearly_value"])
            assert {row["last_day"]: (row["customers"], row["yearly_value"]) for row in found[day]} == expected
