"""Presets of the industries: the usual "lost after" days and the benchmark a business is compared with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["b2c", "b2b"]


class Industry(BaseModel):
    """One preset: `lost_after_days` is offered within `shortest`..`longest` (all in days)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    kind: Kind
    lost_after_days: int = Field(ge=1, le=1095)
    shortest: int = Field(ge=1, le=1095)
    longest: int = Field(ge=1, le=1095)


@cache
def _read() -> dict[str, dict[str, object]]:
    return tomllib.loads(files("metrics").joinpath("industries.toml").read_text("utf-8"))


@cache
def industries() -> dict[str, Industry]:
    """All presets by key, in the order in which they are offered."""
    return {key: Industry.model_validate({"key": key, **row}) for key, row in _read().items() if key != "benchmarks"}


def benchmark(kind: Kind, months: int = 1) -> float:
    """Benchmark churn of a kind of business over `months`, as a share: `1 - (1 - b)^m` (METRICS.md 3)."""
    monthly = float(str(_read()["benchmarks"][kind]))
    return float(1 - (1 - monthly) ** months)
