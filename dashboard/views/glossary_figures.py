"""The business's own current figure beside a term of the glossary."""

from __future__ import annotations

from datetime import date

from dashboard import goal_words
from dashboard.formats import (
    NOTHING,
    count,
    date_long,
    days,
    money,
    month_name,
    months_of_rent,
    percent,
    salaries,
    sentences,
)
from dashboard.i18n import _
from dashboard.session import settings, workspace
from metrics.goals import paths
from metrics.industries import benchmark
from metrics.results import Period
from metrics.retention import comparable, now, periods
from metrics.settings import Settings
from metrics.threshold import churn_by_threshold
from metrics.value import historical_ltv, in_my_terms, lost_money, margin, simple_ltv, totals


def figures() -> dict[str, str]:
    """By key of the glossary, what the person's own data say; terms without a figure are left out."""
    held, chosen = workspace(), settings()
    if held.histograms is None:
        return {}
    whole = comparable(periods(held, "month", chosen.threshold), last=1)
    found = _always(chosen) | (_of_month(whole[0]) if whole else {}) | _goals(chosen)
    return {key: text for key, text in found.items() if text and not text.startswith(NOTHING)}


def _always(chosen: Settings) -> dict[str, str]:
    held, currency = workspace(), chosen.currency
    sums, lost, standing = totals(held), lost_money(held, chosen.threshold), now(held, chosen.threshold)
    terms = in_my_terms(lost.revenue, chosen.monthly_rent, chosen.monthly_salary)
    return {
        "order": count(sums.orders),
        "refund": money(sums.refunds, currency) if sums.refunds else "",
        "as_of": date_long(held.as_of),
        "threshold": days(chosen.threshold),
        "active": count(standing.active) if standing else "",
        "lost": count(standing.lost) if standing else "",
        "grace": days(chosen.grace_days),
        "usual_month": percent(churn_by_threshold(held, [chosen.threshold])[0].churn),
        "benchmark": percent(benchmark(chosen.kind)),
        "aov": money(sums.aov, currency),
        "margin": percent(margin(held).share),
        "lost_money": _("{money} a year").format(money=money(lost.revenue, currency)),
        "recoverable": money(lost.recoverable_by_rule, currency),
        "rent": months_of_rent(terms.months_of_rent),
        "salaries": salaries(terms.monthly_salaries),
        "ltv": money(simple_ltv(held, chosen.threshold).value, currency),
        "historical_ltv": money(historical_ltv(held), currency),
    }


def _of_month(month: Period) -> dict[str, str]:
    balance = _("{end} = {start} - {lost} + {new} + {back}").format(
        end=count(month.active_at_end), start=count(month.active_at_start), lost=count(month.lost),
        new=count(month.new_active), back=count(month.returned),
    )  # fmt: skip
    plain = {
        "churn": percent(month.churn),
        "crr": percent(month.crr),
        "balance": balance,
        "new": count(month.new_active),
        "came_back": count(month.returned),
        "reactivation": percent(month.reactivation),
    }
    return {key: _dated(text, month.start) for key, text in plain.items() if text != NOTHING}


def _dated(figure: str, month: date) -> str:
    return _("{figure} in {month}").format(figure=figure, month=month_name(month))


def _goals(chosen: Settings) -> dict[str, str]:
    found = paths(workspace())
    lines = [_("{goal}.").format(goal=goal_words.standing(each, chosen.currency)) for each in found]
    money_goal = next((each for each in found if each.goal.kind == "recovered" and each.latest), None)
    recovered = money_goal.latest.actual if money_goal and money_goal.latest else None
    return {"goal": sentences(*lines) if lines else "", "goal_recovered": money(recovered, chosen.currency)}
