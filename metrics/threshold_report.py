"""When is a customer lost, as one JSON-ready dictionary: what `winback threshold --json` prints."""

from __future__ import annotations

from typing import Any, Final

from metrics.backtest import back_test
from metrics.choice import not_enough
from metrics.lifecycle import lifecycle
from metrics.returns import Group, gap_percentiles, return_curves, suggested_threshold
from metrics.workspace import Workspace

DAYS: Final = (30, 60, 90, 180, 365)
GROUPS: Final[tuple[Group, ...]] = ("all", "1", "2", "3", "4+")


def threshold_report(workspace: Workspace) -> dict[str, Any]:
    """Everything about the lost threshold of a workspace under its settings.

    `km` holds the share not yet back after so many days, None where no gap was seen that long; other undefined figures
    are None too. `not_enough` lists what the history is too short for (`metrics.choice.not_enough`).
    """
    settings = workspace.settings
    suggested, percentiles = suggested_threshold(workspace), gap_percentiles(workspace)
    curves, test = return_curves(workspace), back_test(workspace)
    standing = lifecycle(workspace, settings.threshold)
    return {
        "as_of": workspace.as_of.isoformat() if workspace.as_of else None,
        "lost_after_days": settings.threshold,
        "suggested": {"all": suggested.all, "one_time": suggested.one_time, "repeat": suggested.repeat},
        "gap_percentiles": {
            name: getattr(percentiles, name) if percentiles is not None else None for name in ("p50", "p80", "p90")
        },
        "km": {
            group: {str(day): curves[group].share_not_back(day) if group in curves else None for day in DAYS}
            for group in GROUPS
        },
        "back_test": [
            {
                "silence_from": band.silence_from,
                "silence_to": band.silence_to,
                "customers": band.customers,
                "predicted": band.predicted,
                "actual": band.actual,
            }
            for band in (test.bands if test is not None else ())
        ],
        "states": {each.state: each.customers for each in standing.states} if standing is not None else {},
        "not_enough": list(not_enough(workspace, settings.threshold)),
    }
