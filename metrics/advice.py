"""What helps to win customers back, by why they left, by their state and by what is offered (DOMAIN.md), as codes."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from metrics.lost_customers import lost_states
from metrics.lost_segments import LostState
from metrics.packaged import packaged
from metrics.reason_codes import Reason
from metrics.scenario import Incentive
from metrics.simulator import Estimate

Means = Literal[
    "ask_why", "test_means",
    "another_manager", "apology", "news_of_mending", "extra_service", "replacement_or_gift",
    "fixed_sum", "instalments", "free_first_delivery", "wait_half_a_year",
    "reminder", "novelties_by_history", "remind_in_time",
    "small_first", "let_them_go", "follow_their_life",
    "act_now", "reminder_without_discount", "stages", "promotion_from_two_orders",
    "last_invitation", "leave_them", "do_not_win_back",
]  # fmt: skip
OfferHint = Literal["sum_not_percent", "name_an_end"]


class _Advice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    unknown: tuple[Means, ...]
    reasons: dict[Reason, tuple[Means, ...]]
    states: dict[LostState, tuple[Means, ...]]


@cache
def _advice() -> _Advice:
    return _Advice.model_validate(packaged("advice"))


def means_for(reason: Reason | None) -> tuple[Means, ...]:
    """What helps with customers who left for this reason; None: nobody knows why."""
    return _advice().unknown if reason is None else _advice().reasons[reason]


def means_for_state(state: LostState) -> tuple[Means, ...]:
    """What helps with lost customers in this state."""
    return _advice().states[state]


def states_on_list(found: Estimate, lost_after_days: int) -> dict[LostState, int]:
    """How many of the contacted are in which state, those states alone that are there; empty for plain numbers."""
    if found.customers is None:
        return {}
    masks = lost_states(found.customers, lost_after_days)
    counts = {state: int(mask[found.chosen].sum()) for state, mask in masks.items()}
    return {state: n for state, n in counts.items() if n}


def offer_hints(incentive: Incentive) -> tuple[OfferHint, ...]:
    """How an offer is made better without being wrong: a sum for a percentage, an end where it has none."""
    hints: list[OfferHint] = []
    if incentive.kind == "percent":
        hints.append("sum_not_percent")
    if incentive.kind not in {"none", "commission"} and incentive.valid_days is None:
        hints.append("name_an_end")
    return tuple(hints)
