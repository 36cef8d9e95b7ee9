"""Is the history as a whole what it seems? What is odd in it, what that does to the figures, what would mend it.

`findings` looks once per version of the marts; only what depends on the lost threshold is looked at again.
"""

from __future__ import annotations

from typing import Any

from metrics.finding import Finding, FindingCode
from metrics.sanity.accounts import giants, no_refunds
from metrics.sanity.amounts import two_scales
from metrics.sanity.days import lone_late_date, short_history, silent_years
from metrics.settings import MOST_DISMISSED, Settings
from metrics.workspace import Workspace

SERIOUS: frozenset[FindingCode] = frozenset({"lone_late_date", "silent_year", "giant_customer", "two_scales"})
"""Findings that make figures wrong; the others only leave some out or make them rough."""


def findings(workspace: Workspace) -> tuple[Finding, ...]:
    """What is odd and not yet marked as right, the gravest first; nothing while there is no counted order."""
    marked = workspace.settings.dismissed
    return tuple(found for found in _all(workspace) if not {found.code, found.mark} & set(marked))


def serious(workspace: Workspace) -> tuple[Finding, ...]:
    """Those of `findings` that make figures wrong."""
    return tuple(found for found in findings(workspace) if found.code in SERIOUS)


def dismiss(workspace: Workspace, finding: Finding) -> None:
    """Remember that a finding is right as it is."""
    workspace.update(dismissed=(*workspace.settings.dismissed, finding.mark)[-MOST_DISMISSED:])


def mend(workspace: Workspace, finding: Finding) -> None:
    """Do what the finding's remedy says; the marts follow. Raises ValueError for a finding without one."""
    if finding.remedy is None:
        raise ValueError("nothing mends this finding")
    if finding.remedy == "undo_file":
        workspace.undo(int(str(finding.value)))
    else:
        workspace.update(**_changes(workspace.settings, finding))


def _changes(settings: Settings, finding: Finding) -> dict[str, Any]:
    if finding.remedy == "leave_out":
        return {"left_out": (*settings.left_out, finding.value)}
    return {str(finding.remedy): finding.value}


def _all(workspace: Workspace) -> tuple[Finding, ...]:
    if workspace.histograms is None:
        return ()
    fixed = workspace.derived("sanity", lambda: _whatever_the_threshold(workspace))
    late = lone_late_date(workspace, workspace.settings.threshold)
    short = short_history(workspace, workspace.settings)
    return tuple(found for found in (late, *fixed, short) if found is not None)


def _whatever_the_threshold(workspace: Workspace) -> tuple[Finding, ...]:
    return (*silent_years(workspace), *two_scales(workspace), *giants(workspace), *no_refunds(workspace))
