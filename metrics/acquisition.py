"""The same money spent on new customers (METRICS.md 6; the shares are claims of practitioners' articles, DOMAIN.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from metrics.winback import Simulation

DEARER: Final = (2.0, 3.0)
"""How many times as much a new customer costs as one won back."""
CHANCE_NEW: Final = 0.05
CHANCE_RETURNED: Final = 0.60
"""Chance of a purchase of a new contact and of a returned customer: shown as claims, used in no figure."""


@dataclass(frozen=True, slots=True)
class Acquisition:
    """`cost_per_returned`: what one customer won back costs; how many new ones the same money brings, from and to."""

    cost_per_returned: float
    new_low: float
    new_high: float


def against_acquisition(simulation: Simulation) -> Acquisition | None:
    """What the campaign's money would bring in new customers; None where it wins nobody back or costs nothing."""
    if simulation.return_because <= 0 or simulation.cost <= 0:
        return None
    return Acquisition(
        cost_per_returned=simulation.cost / simulation.return_because,
        new_low=simulation.return_because / DEARER[1],
        new_high=simulation.return_because / DEARER[0],
    )
