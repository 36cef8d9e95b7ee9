"""What can be odd in the orders as a whole: codes and facts, as `metrics.sanity` finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

FindingCode = Literal[
    "lone_late_date", "silent_year", "short_history", "giant_customer", "no_refunds", "two_scales"
]  # fmt: skip
Remedy = Literal["as_of", "lost_after_days", "leave_out", "undo_file"]

FINDING_CODES: tuple[FindingCode, ...] = get_args(FindingCode)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in the orders as a whole that makes figures mislead (`metrics.sanity` says which and why).

    `facts` are the values its sentence needs. `remedy` is what would mend it, None where only a person can: `as_of`
    (`value`: the day, None for the latest order day), `lost_after_days` (days), `leave_out` (customer id), `undo_file`
    (batch id). `about` tells findings of one code apart.
    """

    code: FindingCode
    facts: dict[str, Any] = field(default_factory=dict)
    remedy: Remedy | None = None
    value: date | int | str | None = None
    about: str = ""

    @property
    def mark(self) -> str:
        """What `Settings.dismissed` holds once a person found it right."""
        return f"{self.code}:{self.about}" if self.about else self.code
