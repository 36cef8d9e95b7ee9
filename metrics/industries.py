"""Presets of the industries: the usual "lost after" days and the benchmark a business is compared with."""

from __future__ import annotations

from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from metrics.packaged import packaged

Kind = Literal["b2c", "b2b"]


OWN_KEY = "own/"
"""How the keys of a business's own presets begin."""


class Industry(BaseModel):
    """One preset: `lost_after_days` is offered within `shortest`..`longest` (all in days).

    A business's own presets have a `name` and maybe a `reason`; those of the product have their words on the screen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    kind: Kind
    lost_after_days: int = Field(ge=1, le=1095)
    shortest: int = Field(ge=1, le=1095)
    longest: int = Field(ge=1, le=1095)
    name: str = Field(default="", max_length=60)
    reason: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _days_are_within(self) -> Self:
        if not self.shortest <= self.lost_after_days <= self.longest:
            raise ValueError("the days lie outside their range")
        if self.key.startswith(OWN_KEY) and not self.name.strip():
            raise ValueError("a preset needs a name")
        return self


@cache
def _read() -> dict[str, dict[str, object]]:
    return packaged("industries")


@cache
def industries() -> dict[str, Industry]:
    """All presets by key, in the order in which they are offered."""
    return {key: Industry.model_validate({"key": key, **row}) for key, row in _read().items() if key != "benchmarks"}


def benchmark(kind: Kind, months: int = 1) -> float:
    """Benchmark churn of a kind of business over `months`, as a share: `1 - (1 - b)^m` (METRICS.md 3)."""
    monthly = float(str(_read()["benchmarks"][kind]))
    return float(1 - (1 - monthly) ** months)
