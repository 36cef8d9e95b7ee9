"""One customer in full: orders, gaps, what happened to them, and why they are worth a contact or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from metrics.default_campaign import default_campaign
from metrics.segments import prepare
from metrics.simulator import estimate
from metrics.state_history import state_history
from metrics.states import State
from metrics.winback_list import REASONS, Reason
from metrics.workspace import Workspace

Event = Literal["first_order", "lost", "returned"]


@dataclass(frozen=True, slots=True)
class CardOrder:
    """An order, or money given back, of one customer."""

    ordered_on: date
    order_id: str | None
    amount: Decimal
    is_refund: bool
    category: str | None
    channel: str | None
    manager: str | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a contact by the starting campaign is expected to bring: chance to return anyway, value, profit, why."""

    return_anyway: float | None
    value: float
    expected_profit: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything known of one customer at the as-of date.

    `facts` is their row of `segment_base`; `gaps` are days between order days; `events` what happened when: first
    order, called lost, came back; `history` is their state at the end of each month. `worth` is None for customers who
    are not lost.
    """

    facts: dict[str, Any]
    orders: tuple[CardOrder, ...]
    gaps: tuple[int, ...]
    events: tuple[tuple[date, Event], ...]
    history: tuple[tuple[date, State], ...]
    worth: Worth | None


def customer_card(workspace: Workspace, customer: int) -> CustomerCard | None:
    """The card of a customer by the key in `segment_base`; None where there is none."""
    with workspace.unchanged():
        if workspace.as_of is None or not prepare(workspace):
            return None
        rows = workspace.ask("segment_one", customer=str(customer))
        if not rows:
            return None
        orders = tuple(
            CardOrder(**row) for row in workspace.ask("customer_orders", customer=str(customer), as_of=workspace.as_of)
        )
        threshold, with_zero = workspace.settings.threshold, workspace.settings.count_zero_orders
        counted = (one.ordered_on for one in orders if not one.is_refund and (with_zero or one.amount > 0))
        order_days = sorted(set(counted))
        return CustomerCard(
            facts=rows[0],
            orders=orders,
            gaps=tuple((late - early).days for early, late in pairwise(order_days)),
            events=_events(order_days, workspace.as_of, threshold),
            history=state_history(workspace, order_days),
            worth=_worth(workspace, customer),
        )


def _events(order_days: list[date], as_of: date, threshold: int) -> tuple[tuple[date, Event], ...]:
    """First order, each loss day and each return, in their order (METRICS.md 2)."""
    found: list[tuple[date, Event]] = [(order_days[0], "first_order")] if order_days else []
    for early, late in pairwise([*order_days, None]):
        if early is None:
            continue
        lost_on = early + timedelta(days=threshold + 1)
        if lost_on <= as_of and (late is None or lost_on < late):
            found.append((lost_on, "lost"))
            if late is not None:
                found.append((late, "returned"))
    return tuple(found)


def _worth(workspace: Workspace, customer: int) -> Worth | None:
    found = estimate(workspace, default_campaign(workspace))
    if found.customers is None or found.ranking is None or found.audience is None:
        return None
    places = np.flatnonzero(found.customers.customer == np.uint64(customer))
    if not places.size:
        return None
    at = int(places[0])
    anyway = float(found.audience.return_anyway[at])
    return Worth(
        return_anyway=anyway if found.basis.is_anyway_known else None,
        value=float(found.audience.value[at]),
        expected_profit=float(found.ranking.expected_profit[at]),
        reason=REASONS[int(found.ranking.reason[at])],
    )
