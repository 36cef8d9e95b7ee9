"""The states of a customer and the four audiences (METRICS.md 5): their codes, and what is computed about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

State = Literal[
    "potential", "lost_twice", "finally_lost", "freshly_lost", "lost", "returned", "at_risk", "due", "new", "active"
]
Audience = Literal["potential", "active", "repeat_sale", "lost"]
Lateness = Literal["this_week", "due", "escalated"]

STATES: Final[tuple[State, ...]] = get_args(State)
"""In the order in which the first match counts."""
AUDIENCES: Final[Mapping[Audience, tuple[State, ...]]] = {
    "potential": ("potential",),
    "active": ("new", "active", "returned"),
    "repeat_sale": ("due", "at_risk"),
    "lost": ("freshly_lost", "lost", "finally_lost", "lost_twice"),
}
LATENESS: Final[tuple[Lateness, ...]] = get_args(Lateness)
"""Expected within a week; expected by now; late by more than the grace."""


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many customers are in a state and what they bring a year (of potential ones nothing is known: None)."""

    state: State
    customers: int
    yearly_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Where all customers stand at the end of `as_of`, one entry per state, in the order of `STATES`.

    `lost_after_days` and `grace_days` are those it was counted with.
    """

    as_of: date
    lost_after_days: int
    grace_days: int
    states: tuple[StateCount, ...]

    @property
    def by_state(self) -> dict[State, StateCount]:
        """The entries by their state."""
        return {one.state: one for one in self.states}

    def customers(self, *states: State) -> int:
        """How many customers are in these states together; in any of them where none is named."""
        return sum(one.customers for one in self.states if one.state in (states or STATES))

    def yearly_value(self, *states: State) -> Decimal:
        """What the customers in these states bring a year together."""
        return sum((one.yearly_value or Decimal(0) for one in self.states if one.state in states), Decimal(0))


@dataclass(frozen=True, slots=True)
class Move:
    """Customers in `from_state` at the start of a month (None: no order yet) and in `to_state` at its end."""

    from_state: State | None
    to_state: State
    customers: int


@dataclass(frozen=True, slots=True)
class Migration:
    """Who moved between the states from the day before `month` to the end of that month, those who stayed included."""

    month: date
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Customers to remind by how late they are, and the yearly value of all of them."""

    this_week: int
    due: int
    escalated: int
    yearly_value: Decimal

    @property
    def now(self) -> int:
        """Those whose next order is expected by the as-of date."""
        return self.due + self.escalated

    @property
    def all(self) -> int:
        """Those to remind by the end of the week."""
        return self.now + self.this_week


@dataclass(frozen=True, slots=True)
class DueCustomer:
    """One customer whose next order is expected on `expected_on`: `days_late` after it at the as-of date.

    Negative days: it is still to come. `category`, `name`, `email`, `phone` and `manager` are None where unknown,
    `has_consent` where nothing says whether they may be written to. `customer` is their key in the marts.
    """

    customer: int
    customer_id: str
    name: str | None
    state: State
    lateness: Lateness
    expected_on: date
    days_late: int
    last_order_on: date
    orders: int
    yearly_value: Decimal
    is_fading: bool
    category: str | None
    manager: str | None
    email: str | None
    phone: str | None
    has_consent: bool | None
