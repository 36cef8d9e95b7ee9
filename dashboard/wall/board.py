"""What stands on the wall, asked of the workspace in one go; no customer is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dashboard.story import in_money
from metrics.calendar import spans
from metrics.goals import GoalPath, paths
from metrics.results import InMyTerms, LostMoney, LostMonth, Margin, Period
from metrics.retention import periods
from metrics.settings import Settings
from metrics.value import WINDOW_DAYS, in_my_terms, lost_by_month, lost_money, margin, totals
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Growth:
    """What had been lost by the end of a month, added up."""

    month: date
    total: Decimal


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of the wall.

    `terms.money` is the lost money a year by the settings' window, as revenue or (`margin` given) as margin;
    `before` what of it was lost earlier than the months of `growth`, whose last total is `terms.money`. `month` is the
    last whole month with enough history before it, `running` the one in progress, `history_days` what the orders
    cover, `goal` the first one that is set.
    """

    as_of: date
    settings: Settings
    lost: LostMoney
    margin: Margin | None
    terms: InMyTerms
    before: Decimal
    growth: tuple[Growth, ...]
    month: Period | None
    running: Period | None
    history_days: int
    goal: GoalPath | None

    @property
    def customers(self) -> int:
        """The lost customers whom the money is of."""
        return self.lost.customers if self.settings.window == "year" else self.lost.all_customers


def board(workspace: Workspace) -> Board | None:
    """The wall's figures of this moment, all of the same orders; None without counted orders."""
    with workspace.unchanged():
        as_of, settings = workspace.as_of, workspace.settings
        found = totals(workspace)
        if as_of is None or found.first_order_on is None:
            return None
        lost = lost_money(workspace, settings.threshold)
        used = margin(workspace) if settings.money_as == "margin" else None
        share = None if used is None else used.share
        revenue = lost.revenue if settings.window == "year" else lost.all_revenue
        by_month = lost_by_month(workspace, settings.threshold, settings.window)
        before, growth = growing(by_month, as_of, share)
        month, running = _months(periods(workspace, "month", settings.threshold))
        return Board(
            as_of=as_of,
            settings=settings,
            lost=lost,
            margin=used,
            terms=in_my_terms(in_money(revenue, share), settings.monthly_rent, settings.monthly_salary),
            before=before,
            growth=growth,
            month=month,
            running=running,
            history_days=(as_of - found.first_order_on).days + 1,
            goal=next(iter(paths(workspace)), None),
        )


def growing(by_month: Sequence[LostMonth], as_of: date, share: float | None) -> tuple[Decimal, tuple[Growth, ...]]:
    """What was lost before the months of the last 365 days, and the sum by the end of each of them.

    Months without losses are among them, except where nothing was lost earlier.
    """
    value = {one.month: in_money(one.revenue, share) for one in by_month}
    months = [start for start, _end in spans(as_of - timedelta(days=WINDOW_DAYS - 1), as_of, "month")]
    before = total = sum((money for month, money in value.items() if month < months[0]), Decimal(0))
    growth = []
    for month in months:
        total += value.get(month, Decimal(0))
        if total:
            growth.append(Growth(month, total))
    return before, tuple(growth)


def _months(found: Sequence[Period]) -> tuple[Period | None, Period | None]:
    """The last whole month and the one in progress, each only with enough history before it."""
    fit = [period for period in found[-2:] if not period.warm_up]
    whole = [period for period in fit if not period.in_progress]
    running = [period for period in fit if period.in_progress]
    return (whole[-1] if whole else None), (running[-1] if running else None)
