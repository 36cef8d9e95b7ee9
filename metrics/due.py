"""Whom to remind today and this week: customers whose next order is expected (METRICS.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from metrics.histograms import Histograms, day_of
from metrics.rhythms import make_rhythms
from metrics.states import DueCounts, DueCustomer, Lateness
from metrics.workspace import Workspace

AHEAD = 7
"""Days that "this week" looks ahead of the as-of date."""
ALL: Final = object()
"""Of all managers, also of none."""


def due_by_manager(workspace: Workspace, lost_after_days: int) -> dict[str | None, DueCounts]:
    """How many customers of each manager are to be reminded, the busiest manager first; the key None: of no manager.

    To be reminded are those not lost at the as-of date whose next order is expected by a week after it: last order
    day + expected gap. Late by more than the grace they are escalated. Who has no expected gap, since nobody ever
    ordered again after as many orders, is not among them. Empty without counted orders.
    """
    return {
        row["manager"]: DueCounts(row["this_week"], row["due"], row["escalated"], row["yearly_value"])
        for row in _ask(workspace, "due_counts", lost_after_days, ahead=AHEAD)
    }


def together(by_manager: Mapping[str | None, DueCounts], manager: str | object | None = ALL) -> DueCounts:
    """The counts of one manager (None: of those without one) out of `due_by_manager`, or of all together."""
    found = [one for name, one in by_manager.items() if manager is ALL or name == manager]
    return DueCounts(
        this_week=sum(one.this_week for one in found),
        due=sum(one.due for one in found),
        escalated=sum(one.escalated for one in found),
        yearly_value=sum((one.yearly_value for one in found), Decimal(0)),
    )


def due_customers(
    workspace: Workspace,
    lost_after_days: int,
    manager: str | object | None = ALL,
    *,
    with_week: bool = True,
    limit: int = 50,
    offset: int = 0,
) -> tuple[DueCustomer, ...]:
    """The customers to remind, the latest first, of equally late ones those with the highest yearly value.

    Of one manager (None: without one) or of all; without `with_week` only those expected by the as-of date.
    """
    grace = workspace.settings.grace_days
    rows = _ask(
        workspace,
        "due_customers",
        lost_after_days,
        of_all_managers=manager is ALL,
        manager=None if manager is ALL else manager,
        least_late=-AHEAD if with_week else 0,
        row_limit=limit,
        row_offset=offset,
    )
    return tuple(_customer(row, grace) for row in rows)


def _ask(workspace: Workspace, name: str, lost_after_days: int, **more: Any) -> list[dict[str, Any]]:
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return []
        _make(workspace, held)
        return workspace.ask(
            name,
            today=held.today,
            lost_after_days=lost_after_days,
            grace_days=workspace.settings.grace_days,
            **more,
        )


def _make(workspace: Workspace, held: Histograms) -> None:
    make_rhythms(workspace, held)
    workspace.make("identities")


def _customer(row: dict[str, Any], grace: int) -> DueCustomer:
    late = row["days_late"]
    lateness: Lateness = "this_week" if late < 0 else "escalated" if late > grace else "due"
    return DueCustomer(
        customer_id=row["customer_id"],
        name=row["name"],
        state=row["state"],
        lateness=lateness,
        expected_on=day_of(row["expected_day"]),
        days_late=late,
        last_order_on=day_of(row["last_day"]),
        orders=row["orders"],
        yearly_value=row["yearly_value"],
        is_fading=row["is_fading"],
        category=row["category"],
        manager=row["manager"],
        email=row["email"],
        phone=row["phone"],
        has_consent=row["has_consent"],
    )
