"""What we compute: plain frozen data. An undefined figure is None, never 0, NaN or infinity.

Days are whole days, money is in the workspace's currency and unrounded (`Decimal` where it must equal the file's sums
to the cent, `float` where it is an estimate), shares are fractions (0.065 is 6.5%).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Batch:
    """One loaded file of `kind` orders or customers; `superseded` counts its orders that a later file replaced.

    `people` are those that a file of customers lists.
    """

    batch_id: int
    file_name: str
    content_hash: str
    loaded_at: datetime
    orders: int
    refunds: int
    first_on: date | None
    last_on: date | None
    has_order_ids: bool
    superseded: int
    kind: Literal["orders", "customers"] = "orders"
    people: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What adding a file did: how many of its rows were new, how many took the place of rows that were there."""

    batch: Batch
    added: int
    replaced: int


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """The people of files of customers: `joined` have a counted order up to the as-of date, `potential` have none.

    `with_consent`, `without_consent` and `unknown_consent` add up to `people`, as `joined` and `potential` do.
    """

    people: int
    joined: int
    potential: int
    with_consent: int
    without_consent: int
    unknown_consent: int
    with_email: int
    with_phone: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole history up to the as-of date.

    `customers` have at least one counted order; `gross` sums counted orders, `refunds` is what was paid back (>= 0),
    `net = gross - refunds`; `aov = gross / orders`, None without orders.
    """

    as_of: date | None
    customers: int
    orders: int
    order_days: int
    gross: Decimal
    refunds: Decimal
    net: Decimal
    aov: Decimal | None
    first_order_on: date | None
    last_order_on: date | None


@dataclass(frozen=True, slots=True)
class Period:
    """Retention of one period, `start`..`end` inclusive (METRICS.md 3), for one lost threshold.

    `active_at_start` S, `active_at_end` E, `new_active` N, `lost` L, `returned` R: always E = S - L + N + R.
    `new` counts every first order of the period, also of those already lost again at its end.
    `churn`, `crr`, `strict_crr` are None when S is 0; `reactivation` is None when everyone known is active.
    `warm_up`: too little history before it; `in_progress`: the calendar period ends after the as-of date.
    """

    start: date
    end: date
    active_at_start: int
    active_at_end: int
    new_active: int
    lost: int
    returned: int
    new: int
    known_at_start: int
    churn: float | None
    crr: float | None
    strict_crr: float | None
    reactivation: float | None
    warm_up: bool
    in_progress: bool

    @property
    def comparable(self) -> bool:
        """Whole and with enough history before it: fit for averages and comparisons."""
        return not (self.warm_up or self.in_progress)


@dataclass(frozen=True, slots=True)
class ThresholdChurn:
    """Monthly churn if customers counted as lost after `days`: median of the last 12 comparable months, or None."""

    days: int
    churn: float | None
    months: int


@dataclass(frozen=True, slots=True)
class LostMoney:
    """Money that stopped: yearly values of the customers lost at the as-of date (METRICS.md 4, level 1).

    `customers` and `revenue` are those whose loss day lies in the window, `all_customers` and `all_revenue` ever.
    `recoverable_by_rule` is the customers in the window x 25% x AOV (level 2), None without orders.
    """

    window_start: date | None
    customers: int
    revenue: Decimal
    all_customers: int
    all_revenue: Decimal
    recoverable_by_rule: Decimal | None


@dataclass(frozen=True, slots=True)
class LostMonth:
    """Customers lost now whose loss day fell in the month that starts on `month`, and their yearly value."""

    month: date
    customers: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class LostCustomer:
    """One customer lost now. `lost_on` is the day they became lost; `yearly_value` what they brought a year."""

    customer_id: str
    name: str | None
    last_order_on: date
    lost_on: date
    silence: int
    orders: int
    yearly_value: Decimal


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin share in use and where it comes from: `costs` (the file's), `own` (typed), `assumed` (30%)."""

    share: float
    source: str


@dataclass(frozen=True, slots=True)
class SimpleLtv:
    """LTV = AOV x orders per active customer and month x margin x lifespan, with its parts; `value` None without.

    `months` is how many whole months past the warm-up stand behind it; `lifespan_months` is capped at 36.
    """

    value: float | None
    aov: float | None
    orders_per_month: float | None
    margin: float
    churn: float | None
    lifespan_months: float | None
    months: int


@dataclass(frozen=True, slots=True)
class CohortMargin:
    """Margin per customer brought by a cohort (month of the first order), cumulative by months since then.

    `cumulative[i]` covers the first order's month and the `i` months after it; cohorts too young have shorter tuples.
    """

    month: date
    customers: int
    cumulative: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class InMyTerms:
    """A sum of money in rents and salaries; each is None while its rent or salary is not known."""

    money: Decimal
    months_of_rent: float | None
    monthly_salaries: float | None
    salaries_for_a_year: float | None


@dataclass(frozen=True, slots=True)
class Now:
    """Where the customers stand at the as-of date."""

    as_of: date
    lost_after_days: int
    known: int
    active: int
    lost: int
