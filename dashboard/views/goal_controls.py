"""The controls of a goal: what to reach, from when, by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import streamlit as st
from pydantic import ValidationError

from dashboard.formats import currency_sign, month_and_year
from dashboard.i18n import _
from dashboard.session import save, seed, settings, workspace
from metrics.calendar import add_months
from metrics.goal import Goal, GoalKind
from metrics.goal_proposals import first_month

EARLIEST = 12
"""How many months ago a goal can begin at most."""
LATEST = 24
"""How many months a goal can last, on the screen."""
DRAFT = "_goal_draft"


def put(goal: Goal) -> None:
    """Set a goal, in place of the one of its kind."""
    goals = settings().goals
    if any(each.kind == goal.kind for each in goals):
        save(goals=tuple(goal if each.kind == goal.kind else each for each in goals))
    else:
        save(goals=(*goals, goal))
    st.session_state.pop(DRAFT, None)


def drop(kind: GoalKind) -> None:
    """Take a goal back."""
    save(goals=tuple(each for each in settings().goals if each.kind != kind))


def aimed(suggested: Goal) -> Goal:
    """The suggested goal with what was changed on the screen."""
    changed: dict[str, object] = st.session_state.get(DRAFT, {}).get(suggested.kind, {})
    return _with(suggested, **changed)


def removal(kind: GoalKind, remove: Callable[[], None]) -> None:
    """The button that takes a goal back."""
    st.button(_("Remove this goal"), type="tertiary", key=f"drop_goal_{kind}", on_click=remove)


def target_and_months(goal: Goal, currency: str | None, *, is_draft: bool = False) -> None:
    """The fields of a goal; what is typed holds at once."""
    name = f"{'draft' if is_draft else 'goal'}_{goal.kind}"

    def change(field: str, key: str) -> None:
        typed = st.session_state[key]
        if field == "target":
            typed = _read(goal.kind, typed)
        changed = _with(goal, **{field: typed})
        if is_draft:
            drafts = st.session_state.setdefault(DRAFT, {})
            kept = {"start": changed.start, "by": changed.by}
            # What was proposed follows the months until a target is typed.
            typed_before = drafts.get(goal.kind, {}).get("target")
            target = changed.target if field == "target" else typed_before
            drafts[goal.kind] = kept if target is None else {**kept, "target": target}
        else:
            put(changed)

    _target(goal, currency, f"{name}_target", change)
    _month(_("From"), "start", goal.start, _starts(goal), f"{name}_start", change)
    _month(_("By the end of"), "by", goal.by, _ends(goal), f"{name}_by", change)


def _target(goal: Goal, currency: str | None, name: str, change: Callable[[str, str], None]) -> None:
    number = float(goal.target * 100) if goal.kind == "churn" else float(goal.target)
    money = (
        _("{field}, {unit}").format(field=_("To bring in"), unit=currency_sign(currency))
        if currency
        else _("To bring in")
    )
    words = {"churn": _("Lose at most, % a month"), "returned": _("Customers back a month"), "recovered": money}
    key = seed(name, number)
    st.number_input(
        words[goal.kind],
        min_value=0.1 if goal.kind == "churn" else 1.0,
        max_value=99.0 if goal.kind == "churn" else 1e12,
        step={"churn": 0.1, "returned": 1.0, "recovered": _step(goal.target)}[goal.kind],
        format="%.1f" if goal.kind == "churn" else "%.0f",
        key=key,
        on_change=change,
        args=("target", key),
    )


def _month(
    label: str, field: str, value: date, options: list[date], name: str, change: Callable[[str, str], None]
) -> None:
    key = seed(name, value)
    st.selectbox(label, options, key=key, format_func=month_and_year, on_change=change, args=(field, key))


def _starts(goal: Goal) -> list[date]:
    now = first_month(workspace()) or goal.start
    return sorted({goal.start, *(add_months(now, -back) for back in range(EARLIEST + 1))})


def _ends(goal: Goal) -> list[date]:
    return sorted({goal.by, *(add_months(goal.start, place) for place in range(LATEST))})


def _read(kind: GoalKind, typed: float) -> Decimal:
    number = Decimal(str(typed))
    if kind == "returned":
        return max(number.to_integral_value(), Decimal(1))
    return number / 100 if kind == "churn" else number


def _step(target: Decimal) -> float:
    """A step of about a twentieth of the target, in round figures."""
    return float(Decimal(1).scaleb(max(target.adjusted() - 1, 0)))


def _with(goal: Goal, **changes: object) -> Goal:
    """The goal with changes; its end moves with its start, and a change that cannot be is left out."""
    changed = {**goal.model_dump(), **changes}
    if isinstance(changes.get("start"), date) and "by" not in changes:
        changed["by"] = add_months(changed["start"], goal.n_months - 1)
    try:
        return Goal.model_validate(changed)
    except ValidationError:
        return goal
