"""Heavy work that happens once, after an upload, so that no page waits for it."""

from __future__ import annotations

from metrics.due import due_by_manager
from metrics.lifecycle import lifecycle
from metrics.retention import periods
from metrics.sanity import findings
from metrics.threshold import churn_curve
from metrics.value import cohort_margin, lost_money_before
from metrics.workspace import Workspace


def prepare(workspace: Workspace) -> None:
    """Build everything that pages show and that does not depend on the threshold, under the settings of now."""
    settings = workspace.settings
    periods(workspace, settings.period, settings.threshold)
    churn_curve(workspace, settings.preset.shortest, settings.preset.longest)
    lost_money_before(workspace, settings.threshold)
    cohort_margin(workspace)
    lifecycle(workspace, settings.threshold)
    due_by_manager(workspace, settings.threshold)
    findings(workspace)
