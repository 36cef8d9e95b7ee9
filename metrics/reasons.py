"""Why the lost customers left: shares against the field's, money per reason, named against confirmed, whose fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from metrics.histograms import Histograms
from metrics.reason_codes import FAULTS, REASONS, UNSORTED, Fault, Reason, field_shares
from metrics.reason_tables import make_reasons
from metrics.settings import Window
from metrics.value import WINDOW_DAYS, lost_money
from metrics.workspace import Workspace

LEAST_KNOWN: Final = 30
"""Customers with a known reason; with fewer the shares say nothing yet."""

_Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the lost customers and the yearly value that went with them (revenue)."""

    customers: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class ReasonPart:
    """The lost customers who left for one reason.

    `share` is of all whose reason is known, None where none is; `field` the share that the field names, None for none.
    """

    code: Reason
    customers: int
    revenue: Decimal
    share: float | None
    field: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Of those who named a reason and were asked again: how often it was the real one, and what mostly was instead.

    `instead` is None where the named reason was always the real one; of equal counts the first in the usual order.
    """

    named: Reason
    customers: int
    real: int
    instead: Reason | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the customers of the lost money (METRICS.md 4) left, by the confirmed reason, else the named one.

    `by_reason` has every reason in the usual order. `unsorted` said something that no rule reads, of `unknown` nothing
    is known: with those two the parts add up to `lost`. `asked` has the reasons of customers with a named and a
    confirmed one; `by_fault` customers of whom it is known who failed.
    """

    lost: Part
    by_reason: tuple[ReasonPart, ...]
    unsorted: Part
    unknown: Part
    asked: tuple[Asked, ...]
    by_fault: dict[Fault, Part]

    @property
    def known(self) -> Part:
        """Those whose reason is known."""
        return _sum(Part(one.customers, one.revenue) for one in self.by_reason)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of them for shares."""
        return self.known.customers >= LEAST_KNOWN

    @property
    def ranked(self) -> tuple[ReasonPart, ...]:
        """The reasons that anybody left for, the most frequent first."""
        found = (one for one in self.by_reason if one.customers)
        return tuple(sorted(found, key=lambda one: (-one.customers, -one.revenue)))


def reasons(workspace: Workspace, lost_after_days: int, window: Window = "year") -> Reasons | None:
    """Why the customers left who are lost at the as-of date, their loss day in the last 365 days or ever.

    None without counted orders. Shares are of customers, money is yearly value as in `lost_money`.
    """
    with workspace.unchanged():
        held = workspace.histograms
        if held is None:
            return None
        version = make_reasons(workspace)
        key = (version, lost_after_days, window)
        rows = workspace.latest("reasons_of_lost", key, lambda: _ask(workspace, held, lost_after_days, window))
        found = lost_money(workspace, lost_after_days)
    if window == "year":
        return _reasons(rows, Part(found.customers, found.revenue))
    return _reasons(rows, Part(found.all_customers, found.all_revenue))


def _ask(workspace: Workspace, held: Histograms, lost_after_days: int, window: Window) -> _Rows:
    start = held.today - WINDOW_DAYS + 1 if window == "year" else held.first_day
    return workspace.ask(
        "reasons_of_lost", today=held.today, lost_after_days=lost_after_days, window_start=start
    )  # fmt: skip


def _reasons(rows: _Rows, lost: Part) -> Reasons:
    by_reason = {code: _part(rows, reason=code) for code in REASONS}
    unsorted = _part(rows, reason=UNSORTED)
    known = _sum(by_reason.values())
    return Reasons(
        lost=lost,
        by_reason=tuple(
            ReasonPart(
                code, part.customers, part.revenue,
                part.customers / known.customers if known.customers else None, field_shares().get(code),
            )
            for code, part in by_reason.items()
        ),
        unsorted=unsorted,
        unknown=Part(
            lost.customers - known.customers - unsorted.customers, lost.revenue - known.revenue - unsorted.revenue
        ),
        asked=tuple(found for code in REASONS if (found := _asked(rows, code)) is not None),
        by_fault={fault: part for fault in FAULTS if (part := _part(rows, fault=fault)).customers},
    )  # fmt: skip


def _asked(rows: _Rows, named: Reason) -> Asked | None:
    counts = {code: _part(rows, named=named, confirmed=code).customers for code in REASONS}
    customers = sum(counts.values())
    if not customers:
        return None
    instead = max((code for code in REASONS if code != named), key=lambda code: counts[code])
    return Asked(named, customers, counts[named], instead if counts[instead] else None)


def _part(rows: _Rows, **codes: str) -> Part:
    """Those with these codes in these columns."""
    found = (row for row in rows if all(row[column] == code for column, code in codes.items()))
    return _sum(Part(row["customers"], row["yearly_value"]) for row in found)


def _sum(parts: Iterable[Part]) -> Part:
    found = list(parts)
    return Part(sum(one.customers for one in found), sum((one.revenue for one in found), Decimal(0)))
