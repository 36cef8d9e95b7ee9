"""Segments of lost customers: conditions as data, presets and own ones alike (METRICS.md 5)."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from metrics.packaged import packaged

LostState = Literal["freshly_lost", "lost", "finally_lost", "lost_twice"]
Days = Annotated[int, Field(ge=0, le=36_500)]
Orders = Annotated[int, Field(ge=1, le=1_000_000)]


class LostSegment(BaseModel):
    """Which lost customers: all conditions hold, none of them is needed. Bounds are inclusive; silence is in days.

    `value_from` is the least yearly value; `best_only` keeps those of grade A when they are ranked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: tuple[LostState, ...] = ()
    silence_from: Days | None = None
    silence_to: Days | None = None
    orders_from: Orders | None = None
    orders_to: Orders | None = None
    value_from: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None = None
    best_only: bool = False

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> Self:
        for name in ("silence", "orders"):
            low, high = getattr(self, f"{name}_from"), getattr(self, f"{name}_to")
            if low is not None and high is not None and low > high:
                facts = {"field": f"{name}_from", "other": f"{name}_to"}
                raise PydanticCustomError("field_above", "{field}", facts)
        return self


@cache
def lost_segments() -> dict[str, LostSegment]:
    """The preset segments by key, in the order in which they are offered."""
    return {key: LostSegment.model_validate(row) for key, row in packaged("lost_segments").items()}
