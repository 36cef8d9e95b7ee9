"""What customers are worth and what their loss costs (METRICS.md 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from metrics.calendar import MONTHS, period_start
from metrics.histograms import Histograms, day_number, day_of, exact_sum, money
from metrics.results import (
    CohortMargin,
    InMyTerms,
    LostCustomer,
    LostMoney,
    LostMonth,
    Margin,
    Period,
    SimpleLtv,
    Totals,
)
from metrics.retention import comparable, periods
from metrics.settings import MARGIN_ASSUMED, Window
from metrics.workspace import Workspace

WINDOW_DAYS = 365
RECOVERABLE_SHARE = Decimal("0.25")
"""Share of the dormant that can come back by the field's rule (DOMAIN.md: five years of a building firm)."""
LONGEST_LIFESPAN = 36.0


def totals(workspace: Workspace) -> Totals:
    """Customers, orders and money up to the as-of date; AOV = gross / counted orders."""
    held = workspace.histograms
    if held is None:
        refunds = sum((money(row["refunds"]) for row in workspace.ask("day_totals")), Decimal(0))
        return Totals(workspace.as_of, 0, 0, 0, Decimal(0), refunds, -refunds, None, None, None)
    orders = int(held.day_orders.sum())
    gross, refunds = money(exact_sum(held.day_gross)), money(exact_sum(held.day_refunds))
    with_orders = held.day[held.day_orders > 0]
    return Totals(
        as_of=day_of(held.today),
        customers=int(held.last_customers.sum()),
        orders=orders,
        order_days=int(held.gap_customers.sum()),
        gross=gross,
        refunds=refunds,
        net=gross - refunds,
        aov=gross / orders,
        first_order_on=day_of(with_orders[0]),
        last_order_on=day_of(with_orders[-1]),
    )


def covered(workspace: Workspace) -> tuple[date | None, date | None]:
    """The first and the last day of the loaded files, whatever the as-of date; None without files."""
    batches = workspace.batches()
    firsts = [batch.first_on for batch in batches if batch.first_on]
    lasts = [batch.last_on for batch in batches if batch.last_on]
    return min(firsts, default=None), max(lasts, default=None)


def margin(workspace: Workspace) -> Margin:
    """The margin share: from the costs in the file, else the person's own, else the assumed 30%."""
    held = workspace.histograms
    if held is not None and held.cost_orders and held.cost_amount > 0:
        return Margin(1 - held.cost / held.cost_amount, "costs")
    own = workspace.settings.margin
    return Margin(MARGIN_ASSUMED, "assumed") if own is None else Margin(own, "own")


def lost_money(workspace: Workspace, lost_after_days: int) -> LostMoney:
    """Yearly values of the customers lost at the as-of date: in the last 365 days, and ever."""
    held = workspace.histograms
    if held is None:
        return LostMoney(None, 0, Decimal(0), 0, Decimal(0), None)
    lost_day = held.last_day + lost_after_days + 1
    ever = lost_day <= held.today
    recent = ever & (lost_day > held.today - WINDOW_DAYS)
    customers = int(held.last_customers[recent].sum())
    aov = totals(workspace).aov
    return LostMoney(
        window_start=day_of(held.today - WINDOW_DAYS + 1),
        customers=customers,
        revenue=money(exact_sum(held.last_value[recent])),
        all_customers=int(held.last_customers[ever].sum()),
        all_revenue=money(exact_sum(held.last_value[ever])),
        recoverable_by_rule=None if aov is None else recoverable_by_rule(customers, aov),
    )


def lost_money_before(workspace: Workspace, lost_after_days: int) -> Decimal | None:
    """`lost_money(...).revenue` as it stood at the end of the month before the as-of date's; None before any order."""
    held = workspace.histograms
    if held is None:
        return None
    before = day_number(day_of(held.today).replace(day=1)) - 1
    if before < held.first_day:
        return None
    rows = workspace.derived(("last_days_at", before), lambda: workspace.ask("last_days_at", day=before))
    recent = range(before - WINDOW_DAYS + 1, before + 1)
    return money(sum(row["yearly_value"] for row in rows if row["last_day"] + lost_after_days + 1 in recent))


def recoverable_by_rule(customers: int, aov: Decimal) -> Decimal:
    """The field's quick estimate: a quarter of the lost come back with one average order each."""
    return customers * RECOVERABLE_SHARE * aov


def lost_by_month(workspace: Workspace, lost_after_days: int, window: Window = "ever") -> tuple[LostMonth, ...]:
    """Customers lost at the as-of date by the month of their loss day, oldest first; months without losses left out.

    With the window `year` only losses of the last 365 days, so that the months add up to `LostMoney.revenue`.
    """
    held = workspace.histograms
    if held is None:
        return ()
    lost_day = held.last_day + lost_after_days + 1
    earliest = held.today - WINDOW_DAYS + 1 if window == "year" else held.first_day
    inside = (lost_day <= held.today) & (lost_day >= earliest)
    customers: dict[date, int] = defaultdict(int)
    value: dict[date, int] = defaultdict(int)
    for day, people, yearly in zip(
        lost_day[inside].tolist(), held.last_customers[inside].tolist(), held.last_value[inside].tolist(), strict=True
    ):
        month = day_of(day).replace(day=1)
        customers[month] += people
        value[month] += yearly
    return tuple(LostMonth(month, customers[month], money(value[month])) for month in sorted(customers))


def top_lost(
    workspace: Workspace, lost_after_days: int, limit: int = 10, window: Window = "year"
) -> tuple[LostCustomer, ...]:
    """The customers lost now who brought most: highest yearly value first, equal values by customer id."""
    held = workspace.histograms
    if held is None:
        return ()
    start = held.today - WINDOW_DAYS + 1 if window == "year" else held.first_day
    rows = workspace.ask(
        "top_lost", today=held.today, lost_after_days=lost_after_days, window_start=start, row_limit=limit
    )
    return tuple(
        LostCustomer(
            customer_id=row["customer_id"],
            name=row["name"],
            last_order_on=day_of(row["last_day"]),
            lost_on=day_of(row["lost_day"]),
            silence=row["silence"],
            orders=row["orders"],
            yearly_value=row["yearly_value"],
        )
        for row in rows
    )


def simple_ltv(workspace: Workspace, lost_after_days: int) -> SimpleLtv:
    """AOV x orders per active customer and month x margin x lifespan in months, from the last 12 comparable months."""
    share = margin(workspace).share
    held = workspace.histograms
    if held is None:
        return SimpleLtv(None, None, None, share, None, None, 0)
    months = comparable(periods(workspace, "month", lost_after_days))
    return _simple_ltv(held, months, share, held.today)


def simple_ltv_course(workspace: Workspace, lost_after_days: int) -> tuple[SimpleLtv, ...]:
    """`simple_ltv` as it stood at the end of each of the last 12 comparable months, oldest first.

    The last one is as of today, so it equals `simple_ltv`.
    """
    held = workspace.histograms
    if held is None:
        return ()
    share = margin(workspace).share
    months = comparable(periods(workspace, "month", lost_after_days), last=2 * MONTHS["year"])
    first = max(len(months) - MONTHS["year"], 0)
    return tuple(
        _simple_ltv(
            held,
            months[max(last - MONTHS["year"], 0) : last],
            share,
            held.today if last == len(months) else day_number(months[last - 1].end),
        )
        for last in range(first + 1, len(months) + 1)
    )


def _simple_ltv(held: Histograms, months: Sequence[Period], share: float, until: int) -> SimpleLtv:
    churns = [month.churn for month in months if month.churn is not None]
    active = sum(month.active_at_end for month in months)
    if not churns or not active:
        return SimpleLtv(None, None, None, share, None, None, len(months))
    so_far = held.day <= until
    average_order = float(money(exact_sum(held.day_gross[so_far]))) / int(held.day_orders[so_far].sum())
    frequency = sum(_orders_between(held, month.start, month.end) for month in months) / active
    churn = sum(churns) / len(churns)
    lifespan = min(1 / churn, LONGEST_LIFESPAN) if churn else LONGEST_LIFESPAN
    value = average_order * frequency * share * lifespan
    return SimpleLtv(value, average_order, frequency, share, churn, lifespan, len(months))


def historical_ltv(workspace: Workspace) -> float | None:
    """Margin to date per customer: net revenue x margin / customers; None without customers."""
    found = totals(workspace)
    return float(found.net) * margin(workspace).share / found.customers if found.customers else None


def cohort_margin(workspace: Workspace) -> tuple[CohortMargin, ...]:
    """Margin per customer by month of the first order, cumulative over the whole months since; oldest cohort first.

    The month in progress is left out, so every figure covers a whole month. Money back before the first order counts
    in the first month.
    """
    return workspace.derived(("cohort_margin", margin(workspace).share), lambda: _cohort_margin(workspace))


def in_my_terms(sum_of_money: Decimal, rent: Decimal | None, salary: Decimal | None) -> InMyTerms:
    """A sum as months of rent, monthly salaries and salaries for a whole year."""
    return InMyTerms(
        money=sum_of_money,
        months_of_rent=float(sum_of_money / rent) if rent else None,
        monthly_salaries=float(sum_of_money / salary) if salary else None,
        salaries_for_a_year=float(sum_of_money / (12 * salary)) if salary else None,
    )


def _orders_between(held: Histograms, start: date, end: date) -> int:
    inside = (held.day >= day_number(start)) & (held.day <= day_number(end))
    return int(held.day_orders[inside].sum())


def _cohort_margin(workspace: Workspace) -> tuple[CohortMargin, ...]:
    held = workspace.histograms
    if held is None:
        return ()
    share = margin(workspace).share
    today = day_of(held.today)
    sizes = {row["cohort"]: row["customers"] for row in workspace.ask("cohort_sizes")}
    net: dict[date, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in workspace.ask("cohort_money", as_of=today):
        net[row["cohort"]][max(_months_between(row["cohort"], row["month"]), 0)] += row["net"]
    whole_until = _last_whole_month(today)
    found = []
    for month, customers in sorted(sizes.items()):
        width = _months_between(month, whole_until) + 1
        by_month = [float(net[month][index]) * share / customers for index in range(max(width, 0))]
        found.append(CohortMargin(month, customers, tuple(np.cumsum(by_month).tolist())))
    return tuple(found)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * MONTHS["year"] + last.month - first.month


def _last_whole_month(today: date) -> date:
    tomorrow = day_of(day_number(today) + 1)
    return period_start(today if tomorrow.day == 1 else day_of(day_number(today.replace(day=1)) - 1), "month")
