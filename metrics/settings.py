"""What a person may choose. Stored with the workspace; each bound is the one the screen offers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from metrics.finding import FINDING_CODES
from metrics.goal import GOAL_KINDS, Goal
from metrics.industries import OWN_KEY, Industry, Kind, industries
from metrics.reason_codes import LONGEST as LONGEST_REASON
from metrics.reason_codes import Reason
from metrics.rule import Rule
from metrics.scenario import Scenario
from metrics.segment import Segment

PeriodKind = Literal["month", "quarter", "year"]
Window = Literal["year", "ever"]
MoneyAs = Literal["revenue", "margin"]
Language = Literal["en", "ru", "zh"]

MARGIN_ASSUMED = 0.30
GRACE = (7, 21)
"""Bounds of the grace for an expected order, in days."""
LONGEST_ID = 1000
"""Characters of a customer id that can be left out."""
MOST_LEFT_OUT = 100
MOST_DISMISSED = 200
MOST_SCENARIOS = 20
MOST_SEGMENTS = 50
MOST_REASON_WORDS = 500

MOST_OWN_INDUSTRIES = 50


Named = TypeVar("Named", Scenario, Segment)


class Settings(BaseModel):
    """Choices of one workspace; `own_industries` are its own presets, `rule` how the threshold is compared by groups.

    `lost_after_days` is None while the industry's own value holds; `as_of` None means the latest order day; `margin`
    None means the assumed 30% (unless the file has costs). Money is in the workspace's currency. `grace_days` is how
    late an expected order may be before it is urgent. `phone_region` (ISO 3166) is that of phones without a country
    code. `left_out` are the customer ids whose orders and refunds count in no figure; `scenarios` and `segments` those
    saved by name; `goals` the business's targets, one of a kind; `dismissed` the marks (`Finding.mark`) of findings
    that a person found right, where a bare code stands for all findings of it. `reason_words` say which reason for
    leaving a text (its `reason_key`) means. `tour_seen`: the first tour is over.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    industry: str = "retail"
    lost_after_days: int | None = Field(default=None, ge=1, le=1095)
    period: PeriodKind = "month"
    window: Window = "year"
    money_as: MoneyAs = "revenue"
    margin: float | None = Field(default=None, gt=0, le=1)
    monthly_rent: Decimal | None = Field(default=None, gt=0, le=Decimal("1e12"))
    monthly_salary: Decimal | None = Field(default=None, gt=0, le=Decimal("1e12"))
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    phone_region: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    language: Language = "en"
    as_of: date | None = Field(default=None, ge=date(1980, 1, 1), le=date(2100, 12, 31))
    count_zero_orders: bool = False
    grace_days: int = Field(default=14, ge=GRACE[0], le=GRACE[1])
    rule: Rule = Rule()
    own_industries: tuple[Industry, ...] = Field(default=(), max_length=MOST_OWN_INDUSTRIES)
    left_out: tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_ID)], ...] = Field(
        default=(), max_length=MOST_LEFT_OUT
    )
    scenarios: tuple[Scenario, ...] = Field(default=(), max_length=MOST_SCENARIOS)
    segments: tuple[Segment, ...] = Field(default=(), max_length=MOST_SEGMENTS)
    goals: tuple[Goal, ...] = Field(default=(), max_length=len(GOAL_KINDS))
    tour_seen: bool = False
    dismissed: tuple[Annotated[str, Field(max_length=LONGEST_ID + 50)], ...] = Field(
        default=(), max_length=MOST_DISMISSED
    )
    reason_words: dict[Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)], Reason] = Field(
        default={}, max_length=MOST_REASON_WORDS
    )

    @field_validator("left_out", "dismissed")
    @classmethod
    def _once_each(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))

    @field_validator("dismissed")
    @classmethod
    def _findings_are_known(cls, marks: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [mark for mark in marks if mark.partition(":")[0] not in FINDING_CODES]
        if unknown:
            raise ValueError(f"unknown finding {unknown[0]!r}")
        return marks

    @field_validator("scenarios", "segments")
    @classmethod
    def _saved_ones_have_names(cls, saved: tuple[Named, ...]) -> tuple[Named, ...]:
        names = [each.name.strip() for each in saved]
        if not all(names) or len(set(names)) < len(names):
            raise ValueError("what is saved needs a name of its own")
        return saved

    @field_validator("goals")
    @classmethod
    def _one_goal_of_a_kind(cls, goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
        if len({goal.kind for goal in goals}) < len(goals):
            raise ValueError("there is one goal of a kind")
        return goals

    @field_validator("own_industries")
    @classmethod
    def _own_ones_are_apart(cls, own: tuple[Industry, ...]) -> tuple[Industry, ...]:
        keys = [each.key for each in own]
        if len(set(keys)) < len(keys) or not all(key.startswith(OWN_KEY) for key in keys):
            raise ValueError("own presets need keys of their own")
        return own

    @model_validator(mode="after")
    def _industry_is_known(self) -> Self:
        if self.industry not in self.industries:
            raise ValueError(f"unknown industry {self.industry!r}")
        return self

    @property
    def industries(self) -> dict[str, Industry]:
        """All presets on offer by key: the product's, then the business's own."""
        return industries() | {each.key: each for each in self.own_industries}

    @property
    def preset(self) -> Industry:
        """The chosen industry's preset."""
        return self.industries[self.industry]

    @property
    def kind(self) -> Kind:
        """B2C or B2B, from the industry."""
        return self.preset.kind

    @property
    def threshold(self) -> int:
        """The lost threshold `T` in days: the person's own, else the industry's."""
        return self.lost_after_days or self.preset.lost_after_days

    def with_changes(self, **changes: object) -> Settings:
        """The same settings with some values replaced, validated again (`model_copy` would not)."""
        return Settings.model_validate({**self.model_dump(), **changes})
