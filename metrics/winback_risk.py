"""How sure a campaign's profit is: seeded draws, intervals, and what matters most (METRICS.md 6).

The share that the campaign moves and the value after a return are triangular between a low, a likely and a high
figure; who of the list returns is chance on top, which is what makes short lists uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from metrics.winback import Audience, Floats, Sums, Terms, profit_of, sums_of
from metrics.winback_draws import Alike, draw_returns

DRAWS = 10_000
SEED = 20_260
TORNADO_SWING = 0.2
"""By how much a figure without a low and a high of its own is moved, as a share of itself."""

Driver = Literal["response", "value", "return_anyway", "incentive", "contact_cost", "fixed_cost"]
DRIVERS: Final[tuple[Driver, ...]] = (
    "response", "value", "return_anyway", "incentive", "contact_cost", "fixed_cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """A low, a likely and a high figure."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        """The mean of the triangular distribution."""
        return (self.low + self.likely + self.high) / 3


@dataclass(frozen=True, slots=True)
class Swing:
    """The profit when one figure is low or high and all others are likely."""

    driver: Driver
    at_low: float
    at_high: float

    @property
    def span(self) -> float:
        """How far apart the two profits are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Risk:
    """What 10,000 draws of the profit say; money in the workspace's currency.

    `profits` are the draws, ascending; `expected` is the closed form of their mean; `tornado` has the widest first.
    """

    profits: Floats
    expected: float
    interval_80: tuple[float, float]
    interval_90: tuple[float, float]
    chance_of_loss: float
    tornado: tuple[Swing, ...]


def risk(
    audience: Audience | Alike, terms: Terms, uplift: Range, value: Range, *, seed: int = SEED, draws: int = DRAWS
) -> Risk:
    """The distribution of the profit of a campaign; equal inputs give equal figures.

    `uplift`: the share of the others that return because of it; `value`: factor of the values after a return.
    """
    sums = audience.sums if isinstance(audience, Alike) else sums_of(audience)
    profits = np.sort(draw_profits(audience, sums, terms, uplift, value, seed=seed, draws=draws))
    low_90, low_80, high_80, high_90 = np.quantile(profits, (0.05, 0.1, 0.9, 0.95)).tolist()
    return Risk(
        profits=profits,
        expected=_profit(sums, terms, uplift=uplift.mean, value=value.mean),
        interval_80=(low_80, high_80),
        interval_90=(low_90, high_90),
        chance_of_loss=float((profits < 0).mean()),
        tornado=tornado(sums, terms, uplift, value),
    )


def draw_profits(
    audience: Audience | Alike, sums: Sums, terms: Terms, uplift: Range, value: Range, *, seed: int, draws: int
) -> Floats:
    """Draws of the incremental profit, in the order drawn: none is below what is spent and all offers together."""
    chance = np.random.default_rng(seed)
    u, v = (_triangular(chance, one, draws) for one in (uplift, value))
    spent = terms.fixed_cost + sums.n * terms.contact_cost
    return np.asarray(draw_returns(chance, audience, sums, u, v) - spent)


def tornado(sums: Sums, terms: Terms, uplift: Range, value: Range) -> tuple[Swing, ...]:
    """The profit at the low and the high of each figure, all others likely; what matters most first."""
    down, up = 1 - TORNADO_SWING, 1 + TORNADO_SWING

    def at(driver: Driver, low: float, high: float) -> Swing:
        return Swing(driver, *(_moved(sums, terms, uplift.likely, value.likely, driver, to) for to in (low, high)))

    found = [
        at("response", uplift.low, uplift.high),
        at("value", value.low, value.high),
        *(at(driver, down, up) for driver in DRIVERS[2:]),
    ]
    return tuple(sorted(found, key=lambda one: -one.span))


def _moved(sums: Sums, terms: Terms, uplift: float, value: float, driver: Driver, to: float) -> float:
    if driver == "response":
        return _profit(sums, terms, uplift=to, value=value)
    if driver == "value":
        return _profit(sums, terms, uplift=uplift, value=to)
    if driver == "return_anyway":
        return _profit(_returning(sums, to), terms, uplift=uplift, value=value)
    if driver == "incentive":
        dearer = replace(sums, q_incentive=sums.q_incentive * to, p0_incentive=sums.p0_incentive * to)
        return _profit(dearer, terms, uplift=uplift, value=value)
    if driver == "contact_cost":
        return _profit(sums, replace(terms, contact_cost=terms.contact_cost * to), uplift=uplift, value=value)
    return _profit(sums, replace(terms, fixed_cost=terms.fixed_cost * to), uplift=uplift, value=value)


def _returning(sums: Sums, factor: float) -> Sums:
    """The sums with every chance to return anyway times `factor`, and at most all of them returning."""
    factor = min(factor, sums.n / sums.p0) if sums.p0 else factor
    more = factor - 1
    return replace(
        sums,
        p0=sums.p0 * factor,
        p0_value=sums.p0_value * factor,
        p0_incentive=sums.p0_incentive * factor,
        q_value=sums.q_value - more * sums.p0_value,
        q_incentive=sums.q_incentive - more * sums.p0_incentive,
    )


def _profit(sums: Sums, terms: Terms, *, uplift: float, value: float) -> float:
    scaled = replace(sums, q_value=sums.q_value * value, p0_value=sums.p0_value * value)
    return profit_of(scaled, replace(terms, uplift=uplift))


def _triangular(chance: np.random.Generator, one: Range, draws: int) -> Floats:
    if one.high <= one.low:
        return np.full(draws, one.likely)
    return chance.triangular(one.low, one.likely, one.high, draws)
