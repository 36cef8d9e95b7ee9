"""A customer's card: what happened to them and where they stood, against the slow oracle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import returns
from metrics.calendar import add_months
from metrics.customer_card import customer_card
from metrics.segment import Segment
from metrics.segments import segment_rows
from metrics.settings import Settings
from tests.factories import holding, numbered, order
from tests.lifecycle_oracle import Standing
from tests.oracle import Shop
from tests.strategies import cases, few

few_at_risk = mock.patch.object(returns, "LEAST_AT_RISK", 2)


@few
@given(cases(customers=6), st.integers(7, 21))
def test_where_a_customer_stood_is_what_the_oracle_says_of_that_day(case: Any, grace: int):
    rows, lost_after = case
    with few_at_risk, holding(rows, settings=Settings(lost_after_days=lost_after, grace_days=grace)) as workspace:
        for row in segment_rows(workspace, Segment(), limit=3):
            card = customer_card(workspace, row["customer"])
            assert card is not None
            assert card.history[-1] == (workspace.as_of, row["state"])
            for day, state in card.history:
                shop = Shop(rows, as_of=day)
                expected = Standing(shop, grace=grace, least_at_risk=2).state(row["customer_id"], lost_after)
                assert state == expected, (row["customer_id"], day)
            for day, _state in card.history[:-1]:
                assert (day + timedelta(days=1)).day == 1
                assert day > add_months(workspace.as_of.replace(day=1), -12) - timedelta(days=1)


def test_what_happened_is_told_in_its_order():
    rows = [order("ann", day, 10) for day in ("2024-01-01", "2024-01-20", "2024-06-01")]
    with holding(numbered([*rows, order("bob", "2024-12-31", 5)]), settings=Settings(lost_after_days=60)) as workspace:
        (row,) = segment_rows(workspace, Segment(), "ann")
        card = customer_card(workspace, row["customer"])
        assert card is not None
        assert card.gaps == (19, 133)
        assert [(str(day), event) for day, event in card.events] == [
            ("2024-01-01", "first_order"), ("2024-03-21", "lost"), ("2024-06-01", "returned"), ("2024-08-01", "lost"),
        ]  # fmt: skip
        assert [state for _day, state in card.history][-1] == "lost_twice"
        assert customer_card(workspace, 1) is None


@pytest.mark.parametrize("days", [0, 1])
def test_a_lone_order_has_no_gaps(days: int):
    with holding(numbered([order("ann", "2024-01-01", 10)] * (days + 1))) as workspace:
        (row,) = segment_rows(workspace, Segment())
        card = customer_card(workspace, row["customer"])
        assert card is not None
        assert (card.gaps, [state for _day, state in card.history]) == ((), ["new"])
