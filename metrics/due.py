"""Whom to remind today and this week: customers whose next order is expected (METRICS.md 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from metrics.grid import LONGEST_THRESHOLD
from metrics.histograms import Histograms, Ints, day_of, money
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
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return {}
        grace = workspace.settings.grace_days
        by_silence = workspace.derived(("due_counts", grace), lambda: _by_silence(workspace, held, grace))
    found = {manager: counts for manager, one in by_silence.items() if (counts := one.up_to(lost_after_days))}
    return dict(sorted(found.items(), key=lambda one: (-one[1].all, one[0] is None, one[0] or "")))


@dataclass(frozen=True, slots=True)
class _BySilence:
    """The customers of one manager by silence: how many up to each, and their yearly value in ten-thousandths."""

    silence: Ints
    this_week: Ints
    due: Ints
    escalated: Ints
    yearly_value: Ints

    def up_to(self, silence: int) -> DueCounts | None:
        """The counts of those silent for so many days or fewer; None where there is nobody."""
        place = int(np.searchsorted(self.silence, silence, side="right")) - 1
        if place < 0:
            return None
        return DueCounts(
            this_week=int(self.this_week[place]),
            due=int(self.due[place]),
            escalated=int(self.escalated[place]),
            yearly_value=money(int(self.yearly_value[place])),
        )


def _by_silence(workspace: Workspace, held: Histograms, grace: int) -> dict[str | None, _BySilence]:
    _make(workspace, held)
    rows = workspace.ask("due_counts", today=held.today, grace_days=grace, ahead=AHEAD, longest=LONGEST_THRESHOLD)
    by_manager: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        by_manager.setdefault(row["manager"], []).append(row)
    names = ("this_week", "due", "escalated", "yearly_value")
    return {
        manager: _BySilence(
            np.array([row["silence"] for row in theirs], np.int64),
            *(np.cumsum([row[name] for row in theirs], dtype=np.int64) for name in names),
        )
        for manager, theirs in by_manager.items()
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
        lost_after_days,
        of_all_managers=manager is ALL,
        manager=None if manager is ALL else manager,
        least_late=-AHEAD if with_week else 0,
        row_limit=limit,
        row_offset=offset,
    )
    return tuple(_customer(row, grace) for row in rows)


def _ask(workspace: Workspace, lost_after_days: int, **more: Any) -> list[dict[str, Any]]:
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return []
        _make(workspace, held)
        return workspace.ask(
            "due_customers",
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
        customer=row["customer"],
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
