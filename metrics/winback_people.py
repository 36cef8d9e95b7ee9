"""The customers of a win-back list by name, as a page or a file shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from metrics.histograms import day_of
from metrics.simulator import Estimate
from metrics.winback_list import GRADE_OF_REASON, REASONS, Grade, Ints, Reason
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """One customer of a ranking. `expected_profit`: what contacting them is expected to bring beyond doing nothing.

    `return_anyway` is their chance to return without a contact (None: not known), `value` the margin expected after a
    return. Contacts are None where unknown, `has_consent` where nothing says whether they may be written to.
    """

    customer_id: str
    name: str | None
    grade: Grade
    reason: Reason
    expected_profit: float
    return_anyway: float | None
    value: float
    silence: int
    last_order_on: date
    orders: int
    yearly_value: Decimal
    category: str | None
    manager: str | None
    email: str | None
    phone: str | None
    has_consent: bool | None


def listed(workspace: Workspace, found: Estimate, places: Ints) -> tuple[ListedCustomer, ...]:
    """The customers at these places of `found.customers`, in this order; none for a plain audience.

    Whoever is no customer any more, since orders were taken back meanwhile, is not among them.
    """
    customers, ranking, audience = found.customers, found.ranking, found.audience
    if customers is None or ranking is None or audience is None or not places.size:
        return ()
    workspace.make("identities")
    keys = customers.customer[places].tolist()
    rows = {row["customer"]: row for row in workspace.ask("listed_customers", customers=keys)}
    return tuple(
        _customer(rows[key], audience.return_anyway[at] if found.basis.is_anyway_known else None, audience.value[at],
                  ranking.expected_profit[at], REASONS[ranking.reason[at]], int(customers.silence[at]))
        for key, at in zip(keys, places.tolist(), strict=True)
        if key in rows
    )  # fmt: skip


def _customer(
    row: dict[str, Any], p0: float | None, value: float, profit: float, reason: Reason, silence: int
) -> ListedCustomer:
    known = {name: row[name] for name in (
        "customer_id", "name", "orders", "yearly_value", "category", "manager", "email", "phone", "has_consent"
    )}  # fmt: skip
    return ListedCustomer(
        **known,
        grade=GRADE_OF_REASON[reason],
        reason=reason,
        expected_profit=float(profit),
        return_anyway=None if p0 is None else float(p0),
        value=float(value),
        silence=silence,
        last_order_on=day_of(row["last_day"]),
    )
