"""A target that a business sets itself: plain data, stored with the settings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

GoalKind = Literal["churn", "returned", "recovered"]

GOAL_KINDS: Final[tuple[GoalKind, ...]] = ("churn", "returned", "recovered")
LONGEST_GOAL = 60
"""Months of the longest goal."""


class Goal(BaseModel):
    """One target, for the months from `start` to `by` inclusive (the first days of both).

    `target` by kind: `churn` the monthly churn rate (a share) not to be passed; `returned` how many customers are to
    come back in a month; `recovered` the money that customers who came back bring in all these months together, as
    net revenue or as margin (`money_as`, which the other kinds do not use).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: GoalKind
    start: date = Field(ge=date(1980, 1, 1), le=date(2100, 12, 31))
    by: date = Field(le=date(2110, 12, 31))
    target: Decimal = Field(gt=0, le=Decimal("1e12"))
    money_as: Literal["revenue", "margin"] = "revenue"

    @field_validator("start", "by")
    @classmethod
    def _months(cls, day: date) -> date:
        return day.replace(day=1)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not 1 <= self.n_months <= LONGEST_GOAL:
            raise ValueError("a goal lasts from 1 to 60 months")
        if self.kind == "churn" and self.target >= 1:
            raise ValueError("a churn rate is a share below 1")
        if self.kind == "returned" and self.target != self.target.to_integral_value():
            raise ValueError("customers are counted whole")
        return self

    @property
    def n_months(self) -> int:
        """Months from `start` to `by`, both counted."""
        return (self.by.year - self.start.year) * 12 + self.by.month - self.start.month + 1
