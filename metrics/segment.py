"""A segment of customers: conditions as data, checked; their SQL holds no text of a person (METRICS.md 5)."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from metrics.packaged import packaged
from metrics.statements import Where

FieldKind = Literal["choice", "text", "number", "days", "money", "score", "flag"]
Number = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=1000)]

RANGES: Final[tuple[FieldKind, ...]] = ("number", "days", "money", "score")
MOST_VALUES = 200
MOST_CONDITIONS = 20
MOST_SEGMENTS = 10
"""Segments beside the conditions of one, on each side."""


class SegmentField(BaseModel):
    """What can be asked of a customer: `column` is an expression over the table `segment_base`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    kind: FieldKind
    column: str
    options: tuple[str, ...] = ()


class Condition(BaseModel):
    """One condition: `values` for a choice or text (any of them; `is_not`: none of them), `low` and `high` for a range
    (inclusive), neither for a flag (`is_not`: it is not so). A customer without a value meets only an `is_not`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    values: tuple[Text, ...] = Field(default=(), max_length=MOST_VALUES)
    low: Number | None = None
    high: Number | None = None
    is_not: bool = False

    @model_validator(mode="after")
    def _fits_its_field(self) -> Self:
        field = segment_fields().get(self.field)
        if field is None:
            raise ValueError(f"unknown field {self.field!r}")
        is_range = field.kind in RANGES
        if is_range and (self.values or self.is_not or (self.low is None and self.high is None)):
            raise ValueError(f"{self.field} is asked from and to")
        if not is_range and (self.low is not None or self.high is not None):
            raise ValueError(f"{self.field} has no range")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.field}: from is above to")
        if field.kind in {"choice", "text"} and not self.values:
            raise ValueError(f"{self.field} needs values")
        if field.kind == "flag" and self.values:
            raise ValueError(f"{self.field} is yes or no")
        if field.options and not set(self.values) <= set(field.options):
            raise ValueError(f"{self.field}: unknown value")
        return self


class Segment(BaseModel):
    """Customers who meet all conditions, are in each segment of `and_in`, and in none of `but_not`.

    Where nothing is asked it is everybody with an order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=60)
    conditions: tuple[Condition, ...] = Field(default=(), max_length=MOST_CONDITIONS)
    and_in: tuple[Segment, ...] = Field(default=(), max_length=MOST_SEGMENTS)
    but_not: tuple[Segment, ...] = Field(default=(), max_length=MOST_SEGMENTS)

    @property
    def asked_once(self) -> Segment:
        """The same customers, where no two conditions ask the same field: what asks it again is in `and_in`."""
        first: dict[str, Condition] = {}
        again = [one for one in self.conditions if first.setdefault(one.field, one) is not one]
        more = tuple(Segment(conditions=(one,)) for one in again)
        return self.model_copy(update={"conditions": tuple(first.values()), "and_in": (*self.and_in, *more)})


@cache
def segment_fields() -> dict[str, SegmentField]:
    """All fields by key, in the order in which they are offered."""
    return {key: SegmentField(key=key, **row) for key, row in packaged("segment_fields").items()}


@cache
def preset_segments() -> dict[str, Segment]:
    """The preset segments by key, in the order in which they are offered."""
    return {key: Segment(conditions=rows) for key, rows in packaged("target_segments").items()}


def where(segment: Segment) -> Where:
    """The segment as a condition over `segment_base`; true where nothing is asked."""
    parameters: dict[str, Any] = {}
    return Where(_all(segment, parameters), parameters)


def _all(segment: Segment, parameters: dict[str, Any]) -> str:
    parts = [_sql(one, parameters) for one in segment.conditions]
    parts += [_all(one, parameters) for one in segment.and_in]
    parts += [f"not ({_all(one, parameters)})" for one in segment.but_not]
    return " and ".join(parts) or "true"


def _sql(one: Condition, parameters: dict[str, Any]) -> str:
    """One condition that is true or false, never null: a `not` around it must turn it round."""
    field = segment_fields()[one.field]
    if field.kind == "flag":
        return f"coalesce({field.column}, false) = {'false' if one.is_not else 'true'}"
    if field.kind in RANGES:
        bounds = [(one.low, ">="), (one.high, "<=")]
        asked = [f"{field.column} {sign} {_bound(value, parameters)}" for value, sign in bounds if value is not None]
        return f"coalesce({' and '.join(asked)}, false)"
    name = _bound(list(one.values), parameters)
    found = f"coalesce(list_contains({name}::varchar[], {field.column}), false)"
    return f"not {found}" if one.is_not else found


def _bound(value: object, parameters: dict[str, Any]) -> str:
    name = f"asked_{len(parameters)}"
    parameters[name] = value
    return f"${name}"
