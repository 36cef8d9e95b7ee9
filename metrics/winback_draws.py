"""Who returns is chance: draws of what the returners of a list bring, however short or long the list is.

A customer is one of three: returns anyway (and takes the offer), returns because of the campaign, does not return.
Customers that are all alike are drawn as counts; a short list customer by customer; the returners of a long list of
whom few return one by one; the sum over many returners is normal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from metrics.winback import Audience, Floats, Sums, sums_of

SHORT: Final = 100
"""Customers up to which each is drawn by itself."""
FEW: Final = 30
"""Expected returners up to which they are drawn one by one: the sum over more is close to normal."""


@dataclass(frozen=True, slots=True)
class Alike:
    """`n` customers that are all like the one in `one`."""

    one: Audience
    n: int

    @property
    def sums(self) -> Sums:
        """The sums over all of them."""
        each = sums_of(self.one)
        return Sums(*(getattr(each, name.name) * self.n for name in fields(Sums)))


@dataclass(frozen=True, slots=True)
class Squares:
    """Second sums over an audience, for the chance in who returns (`q = 1 - p0`, `V` value, `d` offer)."""

    q_value2: float
    q_value_incentive: float
    q_incentive2: float
    q2_value2: float
    q2_value_incentive: float
    q2_incentive2: float
    p0_incentive2: float
    q_p0_value_incentive: float
    q_p0_incentive2: float
    p02_incentive2: float


def squares_of(audience: Audience) -> Squares:
    """The second sums over an audience."""
    p0, value, incentive = audience.return_anyway, audience.value, audience.incentive
    q = 1 - p0
    q_value, q_incentive, p0_incentive = q * value, q * incentive, p0 * incentive
    return Squares(
        q_value2=float(q_value @ value),
        q_value_incentive=float(q_value @ incentive),
        q_incentive2=float(q_incentive @ incentive),
        q2_value2=float(q_value @ q_value),
        q2_value_incentive=float(q_value @ q_incentive),
        q2_incentive2=float(q_incentive @ q_incentive),
        p0_incentive2=float(p0_incentive @ incentive),
        q_p0_value_incentive=float(q_value @ p0_incentive),
        q_p0_incentive2=float(q_incentive @ p0_incentive),
        p02_incentive2=float(p0_incentive @ p0_incentive),
    )


def draw_returns(chance: np.random.Generator, audience: Audience | Alike, sums: Sums, u: Floats, v: Floats) -> Floats:
    """What the returners bring beyond what would come anyway, offers taken off, once for each pair of `u` and `v`.

    `u`: the share of the others that returns because of the campaign; `v`: a factor of the values.
    """
    if isinstance(audience, Alike):
        return _of_equals(chance, audience, u, v)
    if len(audience) <= SHORT:
        return _one_by_one(chance, audience, u, v)
    expected = float(u.mean()) * (sums.n - sums.p0) + (sums.p0 if sums.p0_incentive else 0.0)
    if expected <= FEW:
        return _few_of_many(chance, audience, u, v)
    mean = u * (v * sums.q_value - sums.q_incentive) - sums.p0_incentive
    drawn = mean + np.sqrt(_variance(squares_of(audience), u, v)) * chance.standard_normal(u.size)
    return np.asarray(np.maximum(drawn, -(sums.q_incentive + sums.p0_incentive)))


def _of_equals(chance: np.random.Generator, audience: Alike, u: Floats, v: Floats) -> Floats:
    p0, value, incentive = (float(one[0]) for one in (
        audience.one.return_anyway, audience.one.value, audience.one.incentive
    ))  # fmt: skip
    anyway = chance.binomial(audience.n, p0, u.size)
    because = chance.binomial(audience.n - anyway, u)
    return np.asarray(because * (v * value - incentive) - anyway * incentive)


def _one_by_one(chance: np.random.Generator, audience: Audience, u: Floats, v: Floats) -> Floats:
    p0, value, incentive = audience.return_anyway, audience.value, audience.incentive
    drawn = chance.random((u.size, len(audience)))
    anyway = drawn < p0
    because = ~anyway & (drawn < p0 + np.outer(u, 1 - p0))
    return np.asarray(v * (because @ value) - because @ incentive - anyway @ incentive)


def _few_of_many(chance: np.random.Generator, audience: Audience, u: Floats, v: Floats) -> Floats:
    """Of many customers of whom each hardly returns, the returners come as Poisson counts."""
    p0, value, incentive = audience.return_anyway, audience.value, audience.incentive

    def taken(weights: Floats, rate: Floats, worth: tuple[Floats, ...]) -> list[Floats]:
        """Per draw the sums of `worth` over as many customers as come at this rate, by their weights."""
        counts = chance.poisson(rate)
        ends = np.cumsum(weights)
        picked = np.minimum(np.searchsorted(ends, chance.random(int(counts.sum())) * ends[-1], "right"), ends.size - 1)
        draw = np.repeat(np.arange(counts.size), counts)
        return [np.bincount(draw, one[picked], counts.size).astype(np.float64) for one in worth]

    q = 1 - p0
    brought, offers = taken(q, u * q.sum(), (value, incentive))
    given = taken(p0, np.full(u.shape, p0.sum()), (incentive,))[0] if p0 @ incentive > 0 else np.zeros(u.shape)
    return np.asarray(v * brought - offers - given)


def _variance(squares: Squares, u: Floats, v: Floats) -> Floats:
    """The variance of `sum[because x (V - d) - anyway x d]`, where a customer is one of: anyway, because, not at all.

    Per customer `q u (V - d)^2 + p0 d^2 - [q u (V - d) - p0 d]^2`, multiplied out.
    """
    s = squares
    one = u * (v * v * s.q_value2 - 2 * v * s.q_value_incentive + s.q_incentive2) + s.p0_incentive2
    two = u * u * (v * v * s.q2_value2 - 2 * v * s.q2_value_incentive + s.q2_incentive2)
    mixed = 2 * u * (v * s.q_p0_value_incentive - s.q_p0_incentive2)
    return np.maximum(one - two + mixed - s.p02_incentive2, 0.0)
