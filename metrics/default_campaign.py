"""The campaign that a business starts from, and by which its customers are graded until it sets another one."""

from __future__ import annotations

from typing import Final

from metrics.scenario import Incentive, Scenario, SegmentAudience
from metrics.scenario_presets import Preset, preset_incentive, preset_stages
from metrics.value import totals
from metrics.workspace import Workspace

OFFER_SHARE: Final = 0.1
"""The offer as a share of an average order, where a ready campaign names none."""
_ROUND: Final = (1, 2, 5)


def default_campaign(workspace: Workspace, preset: Preset = "email_series") -> Scenario:
    """A ready campaign in the workspace's currency: all lost customers, at the size that pays best."""
    currency = workspace.settings.currency
    incentive = preset_incentive(preset, currency)
    if incentive.kind == "none":
        incentive = Incentive(kind="fixed", amount=usual_offer(workspace))
    return Scenario(
        audience=SegmentAudience(segment="lost"),
        stages=preset_stages(preset, currency),
        incentive=incentive,
        list_size="recommended",
    )


def usual_offer(workspace: Workspace) -> float:
    """A tenth of an average order, as a round figure."""
    return round_figure(float(totals(workspace).aov or 0) * OFFER_SHARE)


def round_figure(value: float) -> float:
    """The round figure (1, 2, 5 x 10^k, from 0.01) at or just below a value; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.1 if value >= 0.1 else 0.01
    return max(factor * power for factor in _ROUND if factor * power <= max(value, power))
