"""The whole story of a workspace as one JSON-ready dictionary: what `winback report --json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from metrics.finding import Finding
from metrics.goals import GoalMonth, GoalPath, paths
from metrics.intake.contract import Quality
from metrics.people import people_counts
from metrics.reasons import Part, reasons
from metrics.results import Period
from metrics.retention import now, periods
from metrics.sanity import findings
from metrics.threshold import churn_by_threshold
from metrics.value import historical_ltv, in_my_terms, lost_money, simple_ltv, totals
from metrics.workspace import Workspace

CURVE_DAYS = (7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 270, 365, 540, 730)


def report(workspace: Workspace, qualities: Sequence[Quality]) -> dict[str, Any]:
    """Every figure of the workspace under its settings; undefined figures are None, shares fractions, dates ISO text.

    `qualities` are the accounts of the files that were loaded; their rows are added up.
    """
    settings = workspace.settings
    threshold = settings.threshold
    return {
        "as_of": workspace.as_of.isoformat() if workspace.as_of else None,
        "lost_after_days": threshold,
        "quality": _quality(qualities, count_zero_orders=settings.count_zero_orders),
        "totals": _totals(workspace),
        "now": _now(workspace, threshold),
        "ltv": {"historical": historical_ltv(workspace), "simple": simple_ltv(workspace, threshold).value},
        "periods": [_period(period) for period in periods(workspace, settings.period, threshold)],
        "churn_by_threshold": [
            {"days": point.days, "churn": point.churn}
            for point in churn_by_threshold(workspace, sorted({*CURVE_DAYS, threshold}))
        ],
        "reasons": _reasons(workspace),
        "people": _people(workspace),
        "goals": [_goal(found) for found in paths(workspace)],
        "left_out": list(settings.left_out),
        "findings": [_finding(found) for found in findings(workspace)],
    }


def quality_account(quality: Quality, *, count_zero_orders: bool = False) -> dict[str, Any]:
    """One file's account of rows with its reasons and warnings."""
    return _quality([quality], count_zero_orders=count_zero_orders)


def _quality(qualities: Sequence[Quality], *, count_zero_orders: bool) -> dict[str, Any]:
    account: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    for quality in qualities:
        account.update(quality.account(count_zero_orders=count_zero_orders))
        reasons.update(quality.rejected_by_reason)
        warned.update({warning.code: warning.rows for warning in quality.warnings})
    return {
        **account,
        "rejected_by_reason": dict(reasons),
        "warnings": [{"code": code, "rows": rows} for code, rows in warned.items()],
    }


def _reasons(workspace: Workspace) -> dict[str, Any] | None:
    """Why the lost customers of the chosen window left, money as revenue a year; None where nobody told."""
    settings = workspace.settings
    found = reasons(workspace, settings.threshold, settings.window)
    if found is None or found.unknown.customers == found.lost.customers:
        return None
    return {
        "window": settings.window,
        "lost": _part(found.lost),
        "known": _part(found.known),
        "enough": found.is_enough,
        "by_reason": {
            one.code: {**_part(Part(one.customers, one.revenue)), "share": one.share, "field": one.field}
            for one in found.by_reason
        },
        "unsorted": _part(found.unsorted),
        "unknown": _part(found.unknown),
        "asked_again": [asdict(one) for one in found.asked],
        "faults": {fault: _part(part) for fault, part in found.by_fault.items()},
    }


def _part(part: Part) -> dict[str, Any]:
    return {"customers": part.customers, "money": float(part.revenue)}


def _people(workspace: Workspace) -> dict[str, int] | None:
    """The people of files of customers, None where none was loaded."""
    return asdict(people_counts(workspace)) if any(each.people for each in workspace.batches()) else None


def _totals(workspace: Workspace) -> dict[str, Any]:
    found = totals(workspace)
    return {
        "customers": found.customers,
        "orders": found.orders,
        "gross": float(found.gross),
        "net": float(found.net),
        "aov": _number(found.aov),
        "first_order_on": found.first_order_on.isoformat() if found.first_order_on else None,
        "last_order_on": found.last_order_on.isoformat() if found.last_order_on else None,
    }


def _now(workspace: Workspace, threshold: int) -> dict[str, Any]:
    standing = now(workspace, threshold)
    lost = lost_money(workspace, threshold)
    terms = in_my_terms(lost.revenue, workspace.settings.monthly_rent, workspace.settings.monthly_salary)
    return {
        "active": standing.active if standing else 0,
        "lost": standing.lost if standing else 0,
        "lost_money": float(lost.all_revenue),
        "lost_money_window": float(lost.revenue),
        "recoverable_by_rule": _number(lost.recoverable_by_rule),
        "months_of_rent": terms.months_of_rent,
        "monthly_salaries": terms.monthly_salaries,
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "S": period.active_at_start,
        "E": period.active_at_end,
        "N": period.new_active,
        "L": period.lost,
        "R": period.returned,
        "new": period.new,
        "churn": period.churn,
        "crr": period.crr,
        "strict_crr": period.strict_crr,
        "reactivation": period.reactivation,
        "warm_up": period.warm_up,
        "in_progress": period.in_progress,
    }


def _goal(found: GoalPath) -> dict[str, Any]:
    goal = found.goal
    return {
        "kind": goal.kind,
        "start": goal.start.isoformat(),
        "by": goal.by.isoformat(),
        "target": float(goal.target),
        "money_as": goal.money_as if goal.kind == "recovered" else None,
        "usual_before": _number(found.level),
        "verdict": found.verdict,
        "missing": found.missing,
        "gap": _number(found.gap),
        "is_over": found.is_over,
        "months": [_goal_month(month) for month in found.months],
    }


def _goal_month(found: GoalMonth) -> dict[str, Any]:
    return {
        "month": found.month.isoformat(),
        "planned": _number(found.planned),
        "actual": _number(found.actual),
        "in_progress": found.in_progress,
    }


def _finding(found: Finding) -> dict[str, Any]:
    facts = {key: _plain(value) for key, value in found.facts.items()}
    return {"code": found.code, **facts, "remedy": found.remedy, "value": _plain(found.value)}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
