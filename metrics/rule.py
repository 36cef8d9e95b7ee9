"""How the lost threshold is chosen for whom: plain data, stored with the settings (METRICS.md 2)."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

RuleKind = Literal["one", "number", "group", "rhythm"]
GroupColumn = Literal["category", "channel", "region"]
OrderNumber = Literal["1", "2", "3", "4"]

KINDS: Final[tuple[RuleKind, ...]] = ("one", "number", "group", "rhythm")
GROUP_COLUMNS: Final[tuple[GroupColumn, ...]] = ("category", "channel", "region")
NUMBERS: Final[tuple[OrderNumber, ...]] = ("1", "2", "3", "4")
MOST_GROUPS = 20

Days = Annotated[int, Field(ge=1, le=1095)]


class Rule(BaseModel):
    """One rule; what a kind does not use is kept for when it is chosen again.

    `by_number`: days by order number ("4" for four and more). `by_group`: days by value of `group_column`. `rhythm`:
    `max(shortest, multiplier x median own gap)` and the grace of the settings, for customers with five closed gaps or
    more. Whoever is in none of these has the one threshold of the settings.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: RuleKind = "one"
    by_number: dict[OrderNumber, Days] = Field(default_factory=dict)
    group_column: GroupColumn = "category"
    by_group: dict[str, Days] = Field(default_factory=dict, max_length=200)
    multiplier: float = Field(default=2.0, ge=1, le=5)
    shortest: Days = 30
