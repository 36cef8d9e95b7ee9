"""Heavy work that happens once, after an upload, so that no page waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from metrics import segments
from metrics.due import due_by_manager
from metrics.lifecycle import lifecycle
from metrics.retention import periods
from metrics.sanity import findings
from metrics.threshold import churn_curve
from metrics.value import cohort_margin, lost_money_before
from metrics.workspace import Workspace

_STEPS: Final[tuple[Callable[[Workspace], object], ...]] = (
    lambda held: periods(held, held.settings.period, held.settings.threshold),
    lambda held: churn_curve(held, held.settings.preset.shortest, held.settings.preset.longest),
    lambda held: lost_money_before(held, held.settings.threshold),
    cohort_margin,
    lambda held: lifecycle(held, held.settings.threshold),
    lambda held: due_by_manager(held, held.settings.threshold),
    findings,
    segments.prepare,
)


def prepare(workspace: Workspace, on_progress: Callable[[float], None] | None = None) -> None:
    """Build everything that pages show at first, under the settings of now; `on_progress` is told the share done."""
    for place, step in enumerate(_STEPS):
        if on_progress is not None:
            on_progress(place / len(_STEPS))
        step(workspace)
