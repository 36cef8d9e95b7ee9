"""The oracle itself: against figures counted by hand, against itself by two routes, against the reference files."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from tests.factories import DOZEN, day, exact, order, real_orders, shared_data
from tests.oracle import Row, Shop, end_of, gaps, in_my_terms, is_active, is_lost, loss_days, silence, start_of, turns
from tests.strategies import cases, many

SHOP = Shop(DOZEN)


def test_silence_is_counted_from_the_last_order_day_on_or_before_the_day():
    days = [day("2024-01-10"), day("2024-02-05")]
    assert [silence(days, day(on)) for on in ("2024-01-09", "2024-01-10", "2024-02-04", "2024-03-06")] == [
        None,
        0,
        25,
        30,
    ]


def test_silence_of_exactly_the_threshold_is_active_and_a_day_more_is_lost():
    days = [day("2024-03-01")]
    assert (is_active(days, day("2024-03-31"), 30), is_lost(days, day("2024-03-31"), 30)) == (True, False)
    assert (is_active(days, day("2024-04-01"), 30), is_lost(days, day("2024-04-01"), 30)) == (False, True)
    assert (is_active(days, day("2024-02-29"), 30), is_lost(days, day("2024-02-29"), 30)) == (False, False)


def test_turns_of_the_dozen():
    turned = {customer: turns(days, SHOP.as_of, 30) for customer, days in SHOP.days.items()}
    assert turned == {
        "ann": ([day("2024-03-07")], [day("2024-06-20")]),
        "bob": ([day("2024-03-17")], []),
        "cat": ([day("2024-04-01")], []),
        "dan": ([day("2024-06-30")], []),
        "eve": ([], []),
        "fay": ([], []),
    }
    assert [SHOP.times_lost("ann", lost_after) for lost_after in (9, 10, 30, 135)] == [3, 2, 1, 0]


def test_gaps_of_ann():
    assert gaps(SHOP.days["ann"], SHOP.as_of) == [(1, 26, True), (2, 136, True), (3, 10, False)]


def test_calendar():
    assert [start_of(kind, day("2024-05-31")) for kind in ("month", "quarter", "year")] == [
        date(2024, 5, 1),
        date(2024, 4, 1),
        date(2024, 1, 1),
    ]
    assert [end_of(kind, day("2024-02-10")) for kind in ("month", "quarter", "year")] == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 12, 31),
    ]


def test_months_of_the_dozen():
    months = SHOP.periods("month", 30)
    fields = ("active_at_start", "active_at_end", "new_active", "lost", "returned", "new", "known_at_start")
    assert [tuple(month[field] for field in fields) for month in months] == [
        (0, 2, 2, 0, 0, 2, 0),
        (2, 2, 0, 0, 0, 0, 2),
        (2, 1, 1, 2, 0, 1, 2),
        (1, 1, 1, 1, 0, 1, 3),
        (1, 2, 1, 0, 0, 1, 4),
        (2, 3, 1, 1, 1, 1, 5),
    ]
    assert [month["warm_up"] for month in months] == [True, True, False, False, False, False]
    assert [months[-1][rate] for rate in ("churn", "crr", "strict_crr", "reactivation")] == [0.5, 1.0, 0.5, 1 / 3]


def test_money_of_the_dozen():
    assert (SHOP.totals()["gross"], SHOP.totals()["net"]) == (770, 750)
    assert [lost["customer_id"] for lost in SHOP.lost_customers(30, "year")] == ["cat", "bob", "dan"]
    assert [SHOP.yearly_value(customer) for customer in SHOP.days] == [250, 100, 200, 45, 150, 5]
    assert SHOP.lost_money(30)["revenue"] == 345
    assert SHOP.simple_ltv(30)["value"] == pytest.approx(70 * 1 * 0.3 * 1.6)
    assert SHOP.historical_ltv() == pytest.approx(37.5)
    assert SHOP.churn_by_threshold(30) == {"days": 30, "churn": 0.75, "months": 4}
    assert SHOP.cohort_margin()[0]["cumulative"] == pytest.approx((21, 45, 45, 45, 45, 52.5))


def test_money_in_rents_and_salaries():
    assert in_my_terms(Decimal(25_000), Decimal(2_500), Decimal(1_000)) == {
        "money": 25_000,
        "months_of_rent": 10,
        "monthly_salaries": 25,
        "salaries_for_a_year": pytest.approx(25 / 12),
    }


def test_yearly_value_looks_back_365_days_from_the_last_order_and_forward_for_refunds():
    rows = [
        order("ann", "2023-01-01", 1000),  # 365 days before the last order day: out
        order("ann", "2023-01-02", 100),
        order("ann", "2024-01-01", 10),
        order("ann", "2023-01-01", -500),
        order("ann", "2023-01-02", -1),
        order("ann", "2024-12-31", -2),
    ]
    assert Shop(rows, as_of=day("2025-01-01")).yearly_value("ann") == 107
    assert Shop(rows, as_of=day("2024-12-30")).yearly_value("ann") == 109
    assert Shop([*rows, order("ann", "2024-01-01", -999)]).yearly_value("ann") == 0


@many
@given(cases())
def test_loss_days_by_definition_are_those_lived_through(case: tuple[list[Row], int]):
    rows, lost_after = case
    shop = Shop(rows)
    for days in shop.days.values():
        losses, returns = turns(days, shop.as_of, lost_after)
        assert loss_days(days, shop.as_of, lost_after) == losses
        assert len(losses) - len(returns) == is_lost(days, shop.as_of, lost_after)


REFERENCES = ("uci_or1", "cdnow_sample", "msft_sales")


@cache
def reference(name: str) -> dict[str, Any]:
    return json.loads((shared_data() / "reference" / f"{name}.json").read_text("utf-8"))


@cache
def real_shop(name: str) -> Shop:
    return Shop(real_orders(name), count_zero_orders=name == "cdnow_sample")


@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
@pytest.mark.parametrize("name", REFERENCES)
def test_oracle_agrees_with_the_reference_periods(name: str, kind: str):
    expected = [
        (one["start"], one["end"], one["partial_right"], one["N"], int(lost_after), *(at[key] for key in KEYS))
        for one in reference(name)["periods"][kind]
        for lost_after, at in one["T"].items()
    ]
    found = [
        (
            str(one["start"]),
            str(one["end"]),
            one["in_progress"],
            one["new"],
            lost_after,
            one["active_at_start"],
            one["active_at_end"],
            one["new_active"],
            one["lost"],
            one["returned"],
        )
        for lost_after in (30, 60, 90, 180, 365)
        for one in real_shop(name).periods(kind, lost_after)
    ]
    assert sorted(found) == sorted(expected)


KEYS = ("S", "E", "new_active_E", "lost_stock", "returned_stock")


@pytest.mark.parametrize("name", REFERENCES)
def test_oracle_agrees_with_the_reference_losses_and_returns(name: str):
    shop, last_day = real_shop(name), reference(name)["last_day"]
    for lost_after in (30, 90, 365):
        losses = Counter(on for days in shop.days.values() for on in loss_days(days, shop.as_of, lost_after))
        for month in reference(name)["periods"]["month"]:
            expected = month["T"][str(lost_after)]["lost_events_eod"]
            assert sum(losses[on] for on in span(day(month["start"]), day(month["end"]))) == expected
        assert shop.now(lost_after)["lost"] == reference(name)["at_last_date"][str(lost_after)]["lost"]
    assert str(shop.as_of) == last_day


def span(start: date, end: date) -> list[date]:
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


@pytest.mark.parametrize("name", ["uci_or1", "cdnow_sample"])
def test_oracle_lives_through_the_reference_losses_and_returns(name: str):
    shop = real_shop(name)
    turned = [turns(days, shop.as_of, 60) for days in shop.days.values()]
    losses, returns = (Counter(on.year for both in turned for on in both[side]) for side in (0, 1))
    for year in reference(name)["periods"]["year"]:
        at = year["T"]["60"]
        number = int(year["period"])
        assert (losses[number], returns[number]) == (at["lost_events_eod"], at["returned_events_eod"])


@pytest.mark.parametrize("name", REFERENCES)
def test_oracle_agrees_with_the_reference_money(name: str):
    shop, known = real_shop(name), reference(name)
    totals = shop.totals()
    assert (totals["orders"], totals["customers"], totals["order_days"]) == (
        known["n_orders"],
        known["n_customers"],
        known["n_order_days"],
    )
    assert totals["gross"] == exact(known["revenue"])
    closed = [length for days in shop.days.values() for _, length, is_closed in gaps(days, shop.as_of) if is_closed]
    assert (len(closed), max(closed)) == (known["gaps"]["n"], known["gaps"]["max"])
