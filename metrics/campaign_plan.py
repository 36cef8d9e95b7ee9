"""A win-back campaign day by day: its contacts with their best hours, and the day to measure it. Pure; no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from metrics.scenario import Channel, Scenario, Stage, Subject

Hours = Literal["promotion", "news", "after_noon", "working"]
"""When a contact is best made; `HOURS` has those with figures."""

HOURS: Final[dict[Hours, tuple[int, int | None]]] = {
    "promotion": (17, 19), "news": (12, 14), "after_noon": (12, None)
}  # fmt: skip
"""From and to, on the clock (DOMAIN.md): promotional mail is read most from 17 to 19 and ignored before 12, news are
read from 12 to 14. Counted for e-mail; other messages follow it for want of figures of their own."""
MESSAGES: Final[frozenset[Channel]] = frozenset({"email", "sms", "push", "messenger"})
SPOKEN: Final[frozenset[Channel]] = frozenset({"call", "meeting"})
REST_DAYS: Final = 182
"""Who did not react is left in peace for half a year (DOMAIN.md: then come with novelties)."""
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do on a day: a contact (`stage`), or without a stage to measure the result.

    `hours` None: any. `offer_until`: the last day of the offer that the contact names, if it ends.
    `is_moved`: it would have fallen on a weekend.
    """

    on: date
    stage: Stage | None = None
    hours: Hours | None = None
    offer_until: date | None = None
    is_moved: bool = False


def plan(scenario: Scenario, start: date) -> tuple[Step, ...]:
    """The contacts of a campaign that begins on `start`, then the day on which its result is measured.

    That is the end of the horizon, or the last contact where that is later.
    """
    contacts = sorted((_contact(scenario, stage, start) for stage in scenario.stages), key=lambda step: step.on)
    end = start + timedelta(days=scenario.horizon_days)
    return (*contacts, Step(max([end, *(step.on for step in contacts)])))


def rest_until(steps: Sequence[Step]) -> date | None:
    """Until when nobody who did not react is contacted again; None without a contact."""
    last = max((step.on for step in steps if step.stage is not None), default=None)
    return None if last is None else last + timedelta(days=REST_DAYS)


def offer_ends(scenario: Scenario) -> int | None:
    """The day of the campaign on which the offer ends, counted from the first contact that makes it."""
    made = min((stage.day for stage in scenario.stages if stage.subject == "promo_code"), default=None)
    days = scenario.incentive.valid_days
    return None if made is None or days is None else made + days


def _contact(scenario: Scenario, stage: Stage, start: date) -> Step:
    wanted = start + timedelta(days=stage.day)
    on = _workday(wanted) if stage.channel in SPOKEN else wanted
    ends = offer_ends(scenario) if stage.subject == "promo_code" else None
    return Step(
        on=on,
        stage=stage,
        hours=_hours(stage.channel, stage.subject),
        offer_until=None if ends is None or ends < stage.day else start + timedelta(days=ends),
        is_moved=on != wanted,
    )


def _workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _hours(channel: Channel, subject: Subject) -> Hours | None:
    if channel in SPOKEN:
        return "working"
    if channel not in MESSAGES:
        return None
    by_subject: dict[Subject, Hours] = {"promo_code": "promotion", "novelties": "news"}
    return by_subject.get(subject, "after_noon")
