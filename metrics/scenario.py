"""A win-back campaign as a person describes it: whom, how, what is offered. Validated; stored and read as JSON."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from metrics.lost_segments import LostSegment
from metrics.winback import response_of
from metrics.winback_risk import Range

Channel = Literal["email", "sms", "push", "messenger", "call", "mail", "ads", "meeting"]
Subject = Literal["reminder", "novelties", "promo_code", "invitation"]
IncentiveKind = Literal["none", "fixed", "percent", "gift", "commission", "delivery"]
ListSize = Literal["all", "recommended"]

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
Cost = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False, strict=True)]
Factor = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False, strict=True)]

LONGEST_HORIZON = 730
MOST_STAGES = 10
HALF, HALF_MORE = 0.5, 1.5
"""A rate without a low and a high of its own is taken as half of it to half as much again."""
TAGS: Final = ("<plain>", "<segment>", "<named>", "<own>")
PLAIN, SEGMENT, NAMED, OWN = TAGS
"""Which of two kinds a part of a scenario is. Pydantic puts it into the location of an error; nobody wrote it."""
USERS_OF: Final[dict[str, tuple[IncentiveKind, ...]]] = {
    "amount": ("fixed", "gift", "delivery"),
    "percent": ("percent", "commission"),
    "cap": ("percent", "commission"),
}
"""Which kinds of incentive use a field."""


def wrong(code: str, field: str, **facts: Any) -> PydanticCustomError:
    """A fault that pydantic passes on: a code, the field it is about (from where the validator stands), and facts."""
    return PydanticCustomError(code, "{field}", {"field": field, **facts})


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Stage(_Strict):
    """One contact with the list, on `day` of the campaign: cost per head, share reached, share of those that is moved.

    `unit_cost` is paid for everybody on the list; `reach` counts who has an address and sees it.
    """

    channel: Channel
    subject: Subject = "reminder"
    day: int = Field(default=0, ge=0, le=LONGEST_HORIZON, strict=True)
    unit_cost: Cost
    reach: Share = 1.0
    rate: Share
    rate_low: Share | None = None
    rate_high: Share | None = None

    @model_validator(mode="after")
    def _rates_are_in_order(self) -> Self:
        if self.rate_low is not None and self.rate_low > self.rate:
            raise wrong("field_above", "rate_low", other="rate")
        if self.rate_high is not None and self.rate_high < self.rate:
            raise wrong("field_below", "rate_high", other="rate")
        return self


class Incentive(_Strict):
    """What a customer who returns gets. `amount`: its cost; `percent` of the order, at most `cap`; `valid_days`.

    A gift and a free delivery are costs of one return like a fixed sum; a commission is a percentage of the order.
    """

    kind: IncentiveKind = "none"
    amount: Cost | None = None
    percent: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False, strict=True)] | None = None
    cap: Cost | None = None
    valid_days: int | None = Field(default=None, ge=1, le=LONGEST_HORIZON, strict=True)

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        for name, users in USERS_OF.items():
            value = getattr(self, name)
            if value is not None and self.kind not in users:
                raise wrong("field_not_with_kind", name, kind=self.kind, known=users)
            if value is None and self.kind in users and name != "cap":
                raise wrong("field_needed", name)
        return self

    @property
    def is_share_of_order(self) -> bool:
        """Whether the cost depends on the order."""
        return self.kind in {"percent", "commission"}


class PlainAudience(_Strict):
    """An audience in plain numbers: `n` equal customers. `p1` may be left to the stages; `average_check` to none."""

    n: int = Field(ge=1, le=1_000_000_000, strict=True)
    p0: Share
    p1: Share | None = None
    value_after_return: Cost
    average_check: Cost | None = None

    @model_validator(mode="after")
    def _a_contact_does_no_harm(self) -> Self:
        if self.p1 is not None and self.p1 < self.p0:
            raise wrong("field_below", "p1", other="p0")
        return self


def _segment_tag(value: object) -> str | None:
    if isinstance(value, str):
        return NAMED
    return OWN if isinstance(value, dict | LostSegment) else None


class SegmentAudience(_Strict):
    """Lost customers of the workspace: a preset by its key, or own conditions. What is left out besides."""

    segment: Annotated[
        Annotated[str, Tag(NAMED)] | Annotated[LostSegment, Tag(OWN)],
        Discriminator(_segment_tag, custom_error_type="field_segment", custom_error_message="a key or conditions"),
    ]
    min_orders: int = Field(default=1, ge=1, le=1000, strict=True)
    skip_lost_twice: bool = True
    skip_problems: bool = True


def _audience_tag(value: object) -> str | None:
    if isinstance(value, SegmentAudience):
        return SEGMENT
    if isinstance(value, dict):
        is_segment = "segment" in value or (
            value.keys() & SegmentAudience.model_fields.keys() and not value.keys() & PlainAudience.model_fields.keys()
        )
        return SEGMENT if is_segment else PLAIN
    return PLAIN if isinstance(value, PlainAudience) else None


class Scenario(_Strict):
    """One campaign. Money in the workspace's currency; `margin` None: the workspace's own.

    `contact_cost` is per head, added to that of the stages. `natural_outflow`: share that cannot return whatever is
    done (outgrown, moved, season over). `list_size`: everybody who may be contacted, or the size that pays best;
    `budget` cuts either. `response_low` and the like are factors of the likely figure.
    """

    name: str = Field(default="", max_length=60)
    audience: Annotated[
        Annotated[PlainAudience, Tag(PLAIN)] | Annotated[SegmentAudience, Tag(SEGMENT)],
        Discriminator(_audience_tag, custom_error_type="field_object", custom_error_message="an object"),
    ]
    stages: tuple[Stage, ...] = Field(default=(), max_length=MOST_STAGES)
    contact_cost: Cost = 0.0
    incentive: Incentive = Incentive()
    fixed_cost: Cost = 0.0
    horizon_days: int = Field(default=180, ge=1, le=LONGEST_HORIZON, strict=True)
    margin: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False, strict=True)] | None = None
    natural_outflow: Share = 0.0
    list_size: ListSize = "all"
    budget: Cost | None = None
    response_low: Factor | None = None
    response_high: Factor | None = None
    value_low: Factor | None = None
    value_high: Factor | None = None
    seed: int = Field(default=20_260, ge=0, le=2**32 - 1, strict=True)

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        plain = self.audience if isinstance(self.audience, PlainAudience) else None
        if plain is not None and plain.p1 is not None and self.stages:
            raise wrong("field_twice", "audience.p1", other="stages")
        if not self.stages and (plain is None or plain.p1 is None):
            raise wrong("field_needed", "stages") if plain is None else wrong("stages_needed", "stages")
        if plain is not None and self.incentive.is_share_of_order and plain.average_check is None:
            raise wrong("check_needed", "audience.average_check")
        for name in ("response_low", "value_low"):
            if (getattr(self, name) or 0) > 1:
                raise wrong("factor_above_1", name)
        for name in ("response_high", "value_high"):
            if (1 if getattr(self, name) is None else getattr(self, name)) < 1:
                raise wrong("factor_below_1", name)
        return self

    @property
    def cost_per_head(self) -> float:
        """What contacting one customer costs, all stages."""
        return self.contact_cost + sum(stage.unit_cost for stage in self.stages)

    @property
    def uplift(self) -> Range:
        """The share of those who would not return anyway that returns because of it: low, likely, high."""
        can_return = 1 - self.natural_outflow
        if isinstance(self.audience, PlainAudience) and self.audience.p1 is not None:
            p0, p1 = self.audience.p0, self.audience.p1
            likely = (p1 - p0) / (1 - p0) if p0 < 1 else 0.0
            low, high = HALF * likely, min(HALF_MORE * likely, 1.0)
        else:
            likely = response_of([(stage.reach, stage.rate) for stage in self.stages])
            low = response_of([(one.reach, HALF * one.rate if one.rate_low is None else one.rate_low)
                               for one in self.stages])  # fmt: skip
            high = response_of([(one.reach, min(HALF_MORE * one.rate, 1.0) if one.rate_high is None else one.rate_high)
                                for one in self.stages])  # fmt: skip
        if self.response_low is not None:
            low = likely * self.response_low
        if self.response_high is not None:
            high = min(likely * self.response_high, 1.0)
        return Range(low * can_return, likely * can_return, high * can_return)
