"""What speaks against a win-back campaign as it is planned, as codes and facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np

from metrics.campaign_plan import REST_DAYS, offer_ends
from metrics.scenario import PlainAudience, Scenario
from metrics.simulator import Estimate, incentive_costs
from metrics.winback import Floats

CautionCode = Literal[
    "loses", "offer_above_largest", "short_list", "offer_eats_first_order", "most_return_anyway", "deep_percent",
    "no_cap", "offer_ends_before_stage", "horizon_before_stage", "too_frequent", "cool_down",
]  # fmt: skip

DEEPEST_PERCENT: Final = 20
"""Per cent off an order. The field warns of deep discounts without a figure; a fifth of the price is two thirds of the
margin of 30% that is assumed where a business has not said its own."""
LEAST_DAYS_APART: Final = 5
"""Between two contacts by one channel. The field says "in a series, not daily": at most one in a working week."""
MOST_FOR_NOTHING: Final = 0.5
"""Share of the offers' cost: above it, more of the money rewards returns that need no offer than returns that do."""
NAMES_OFFER: Final = frozenset({"promo_code", "reminder"})
"""Subjects that speak of an offer once it was made: the code itself, and a reminder of it."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that speaks against a campaign. `facts` are what its sentence needs; money in the currency."""

    code: CautionCode
    facts: dict[str, Any]


def cautions(
    scenario: Scenario, found: Estimate, start: date | None = None, last_contact: date | None = None
) -> tuple[Caution, ...]:
    """What speaks against a campaign, the gravest first; nothing for a list without customers.

    `start`: its first day. `last_contact`: when these customers were last contacted without a reaction, if known.
    """
    if not found.simulation.contacted:
        return ()
    return (
        *_losses(scenario, found),
        *_costly_offer(scenario, found),
        *_timing(scenario),
        *_cool_down(start, last_contact),
    )


def _losses(scenario: Scenario, found: Estimate) -> Iterator[Caution]:
    """A loss, and what of it is too much: the offer, or the fixed cost for so few customers."""
    figures, amount = found.simulation, scenario.incentive.amount
    paying_size = found.recommended_size if found.recommended_size < figures.contacted else 0
    if figures.profit < 0:
        facts = {
            "loss": -figures.profit,
            "paying_size": paying_size,
            "even_for_nothing": bool(amount) and figures.largest_incentive is None,
        }
        yield Caution("loses", facts)
    if amount is not None and figures.largest_incentive is not None and amount > figures.largest_incentive:
        yield Caution("offer_above_largest", {"amount": amount, "largest": figures.largest_incentive})
    if figures.smallest_list is not None and figures.contacted < figures.smallest_list and not paying_size:
        facts = {
            "contacted": figures.contacted, "smallest": figures.smallest_list, "fixed_cost": scenario.fixed_cost
        }  # fmt: skip
        yield Caution("short_list", facts)


def _costly_offer(scenario: Scenario, found: Estimate) -> Iterator[Caution]:
    """An offer that takes the margin of the first order, or goes mostly to those who need none."""
    figures, margin, checks = found.simulation, found.basis.margin, _checks(scenario, found)
    if margin is not None and checks.size and scenario.incentive.kind != "none":
        offer, left = float(incentive_costs(scenario.incentive, checks).mean()), margin * float(checks.mean())
        if offer > 0 and offer >= left * (1 - 1e-12):
            yield Caution("offer_eats_first_order", {"offer": offer, "left": left})
    offers = figures.cost - scenario.fixed_cost - figures.contacted * scenario.cost_per_head
    gift = figures.gift_to_those_who_would_come
    if gift and gift > MOST_FOR_NOTHING * offers:
        yield Caution("most_return_anyway", {"gift": gift, "share": min(gift / offers, 1.0)})
    percent = scenario.incentive.percent if scenario.incentive.kind == "percent" else None
    if percent is not None and percent > DEEPEST_PERCENT:
        yield Caution("deep_percent", {"share": percent / 100, "margin": margin})
    if percent and scenario.incentive.cap is None:
        yield Caution("no_cap", {"share": percent / 100})


def _checks(scenario: Scenario, found: Estimate) -> Floats:
    """The average orders of the contacted; one for all in plain numbers, none where it is not known."""
    if found.customers is not None:
        return found.customers.check_amount[found.chosen]
    check = scenario.audience.average_check if isinstance(scenario.audience, PlainAudience) else None
    return np.array([check] if check else [], np.float64)


def _timing(scenario: Scenario) -> Iterator[Caution]:
    """Contacts after the offer or the count of returns has ended, and contacts too close to each other."""
    stages = sorted(scenario.stages, key=lambda one: one.day)
    ends = offer_ends(scenario)
    late = [one.day for one in stages if ends is not None and one.day > ends and one.subject in NAMES_OFFER]
    if ends is not None and late:
        yield Caution("offer_ends_before_stage", {"days": late[-1] - ends})
    if stages and stages[-1].day >= scenario.horizon_days:
        yield Caution("horizon_before_stage", {"horizon": scenario.horizon_days, "day": stages[-1].day})
    for channel in dict.fromkeys(one.channel for one in stages):
        days = [one.day for one in stages if one.channel == channel]
        apart = min((after - before for before, after in pairwise(days)), default=LEAST_DAYS_APART)
        if apart < LEAST_DAYS_APART:
            yield Caution("too_frequent", {"channel": channel, "days": apart, "least": LEAST_DAYS_APART})


def _cool_down(start: date | None, last_contact: date | None) -> Iterator[Caution]:
    """Customers who did not react are contacted again after half a year at the earliest."""
    if start is None or last_contact is None:
        return
    until = last_contact + timedelta(days=REST_DAYS)
    if start < until:
        yield Caution("cool_down", {"last": last_contact, "until": until})
