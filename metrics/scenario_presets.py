"""Ready campaigns to start from, and what a contact usually costs: data, to be replaced by a business's own figures."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args

from metrics.packaged import packaged
from metrics.scenario import Channel, Incentive, Stage

Preset = Literal["email_series", "staged_promotion", "coupon_and_gift", "dormant_calls"]
PRESETS: tuple[Preset, ...] = get_args(Preset)


@cache
def _read() -> dict[str, Any]:
    return packaged("scenarios")


def unit_cost(channel: Channel, currency: str | None) -> float:
    """What one contact by a channel usually costs in a currency, to start from; without one in dollars."""
    return float(_read()["unit_costs"][channel]) * _units(currency)


def preset_stages(preset: Preset, currency: str | None) -> tuple[Stage, ...]:
    """The stages of a preset, with the usual costs in a currency."""
    rows = _read()["presets"][preset]["stages"]
    return tuple(Stage.model_validate({"unit_cost": unit_cost(row["channel"], currency), **row}) for row in rows)


def preset_incentive(preset: Preset, currency: str | None) -> Incentive:
    """What a preset offers; nothing where its source names no offer."""
    row = _read()["presets"][preset]
    if "incentive_dollars" not in row:
        return Incentive()
    amount = row["incentive_dollars"] * _units(currency)
    return Incentive(kind="fixed", amount=amount, valid_days=row.get("valid_days"))


def _units(currency: str | None) -> float:
    return float(_read()["units_per_dollar"].get(currency or "", 1))
