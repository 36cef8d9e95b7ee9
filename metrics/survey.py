"""Whom to ask why they left: the lost customers of whom no reason is known."""

from __future__ import annotations

from typing import Any, Final

from metrics.reason_codes import Reason
from metrics.segment import Condition, Segment
from metrics.segments import segment_rows
from metrics.settings import Window
from metrics.value import WINDOW_DAYS
from metrics.workspace import Workspace

MOST_ASKED: Final = 200
"""Customers in one survey: more than a small business can ask in a month."""


def lost_for(reason: Reason | str, lost_after_days: int, window: Window) -> Segment:
    """The customers of `reasons` who left for a reason (`unsorted` and `unknown` too), as a segment."""
    latest = lost_after_days + WINDOW_DAYS if window == "year" else None
    return Segment(
        conditions=(
            Condition(field="reason", values=(reason,)),
            Condition(field="silence", low=lost_after_days + 1, high=latest),
        )
    )


def to_ask(workspace: Workspace, lost_after_days: int) -> list[dict[str, Any]]:
    """Those lost in the last 365 days, no reason known, as rows of `segment_base`: the most valuable first."""
    return segment_rows(workspace, lost_for("unknown", lost_after_days, "year"), limit=MOST_ASKED)
