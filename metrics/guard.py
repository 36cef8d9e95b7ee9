"""Who of a segment may be on a list: what keeps the others off, one step after another, counted."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from metrics.contacted import COOL_DOWN_DAYS, contacts_version, make_contacted
from metrics.segment import Segment, where
from metrics.segments import prepare
from metrics.statements import Where
from metrics.suppression import list_version, suppressed_customers
from metrics.workspace import Workspace

Step = Literal["opted_out", "no_consent", "suppressed", "lost_twice", "held_out", "cooled_down"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)

_SQL: Final[dict[Step, str]] = {
    "opted_out": "consent = 'no'",
    "no_consent": "$need_consent and consent = 'unknown'"
    " and exists (select 1 from customer_facts where consent <> 'unknown')",
    "suppressed": "customer in (select customer from suppressed_customers)",
    "lost_twice": "$skip_lost_twice and state = 'lost_twice'",
    "held_out": "customer in (select customer from contacted_customers where held_until >= $today)",
    "cooled_down": "customer in (select customer from contacted_customers where $today - contacted_on < $cool_down)",
}


class Rules(BaseModel):
    """What can be switched: whoever was lost twice, the cool-down in days (None: off), whoever gave no consent.

    `need_consent`: where the files say of anybody whether they may be written to, nothing said is no consent. None:
    for files that a program mails by, and only there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    skip_lost_twice: bool = True
    cool_down_days: int | None = Field(default=COOL_DOWN_DAYS, ge=1, le=1095)
    need_consent: bool | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Each customer is counted in the first step that keeps them off: `chosen` less all steps is `left`."""

    chosen: int
    opted_out: int
    no_consent: int
    suppressed: int
    lost_twice: int
    held_out: int
    cooled_down: int
    left: int


def guard(
    workspace: Workspace, asked: Segment | Where, rules: Rules | None = None, *, today: date | None = None
) -> Guard:
    """How many of a segment may be on a list on a day (None: the day that it is), and what keeps the others off.

    A `Where` is a condition over `segment_base`.
    """
    with workspace.unchanged():
        if not ready(workspace):
            return Guard(*[0] * len(fields(Guard)))
        found = _condition(asked)
        kept = _parameters(rules or Rules(), today)
        return Guard(
            **workspace.ask_where("guard", Where(found.sql, {**found.parameters, **kept}), {"step": _case()})[0]
        )


def allowed(asked: Segment | Where, rules: Rules | None = None, *, today: date | None = None) -> Where:
    """Those of a segment who may be on a list, as a condition over `segment_base`; first make its tables by `ready`."""
    found = _condition(asked)
    return Where(f"({found.sql}) and ({_case()}) is null", {**found.parameters, **_parameters(rules or Rules(), today)})


def ready(workspace: Workspace) -> bool:
    """Make the tables that the steps ask; whether there is a counted order."""
    if not prepare(workspace):
        return False
    suppressed_customers(workspace)
    make_contacted(workspace)
    return True


def is_consent_told(workspace: Workspace) -> bool:
    """Whether the files say of any customer that they may, or may not, be written to."""
    return ready(workspace) and workspace.derived("consent_told", lambda: bool(workspace.ask("consent_told")))


def _condition(asked: Segment | Where) -> Where:
    return where(asked) if isinstance(asked, Segment) else asked


def kept_off_version(workspace: Workspace) -> Hashable:
    """Something that changes with who must not be contacted, was contacted or is held out: for files that are kept."""
    return (list_version(workspace), contacts_version(workspace))


def _case() -> str:
    """The step that keeps a customer off, null for none."""
    return f"case {' '.join(f'when {_SQL[step]} then {step!r}' for step in STEPS)} end"


def _parameters(rules: Rules, today: date | None) -> dict[str, object]:
    return {
        "skip_lost_twice": rules.skip_lost_twice,
        "need_consent": bool(rules.need_consent),
        "cool_down": rules.cool_down_days,
        "today": today or date.today(),
    }
