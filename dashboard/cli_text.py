"""What the command line prints for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import cli_questions, finding_words, goal_words, labels
from dashboard import intake_words as words
from dashboard.formats import count, date_short, money, money_full, percent
from dashboard.i18n import _
from metrics.finding import Finding
from metrics.goal import Goal
from metrics.intake.contract import Quality, Reading


def check_text(reading: Reading) -> str:
    """The finding of `winback check` in lines."""
    if reading.outcome == "refused":
        return words.refusal(reading)
    lines = [f"{_('The file holds')}: {labels.file_kind(reading.kind)}"]
    lines += [f"{labels.field(field)}: {choice.source} ({percent(choice.confidence)})"
             for field, choice in reading.columns.items()]  # fmt: skip
    lines += cli_questions.lines(reading.questions)
    quality = reading.quality
    if quality is not None:
        account = quality.account(count_zero_orders=False)
        lines += [f"{words.account_line(key)}: {count(value)}" for key, value in account.items()]
        if reading.kind == "orders":
            lines += _sums(quality)
        lines += [words.warning(warning) for warning in quality.warnings]
    return "\n".join(lines)


def _sums(quality: Quality) -> list[str]:
    dates = f"{_('Dates')}: {date_short(quality.first_on)} – {date_short(quality.last_on)}"
    return [
        f"{_('Customers')}: {count(quality.customers)}",
        *([dates] if quality.first_on else []),
        f"{_('Sum after refunds')}: {money_full(quality.net, quality.currency)}",
    ]


def report_text(found: dict[str, Any], odd: Sequence[Finding] = ()) -> str:
    """The main figures of `winback report` in lines, then what is odd in the orders they are made of."""
    totals, now = found["totals"], found["now"]
    whole = [period for period in found["periods"] if not period["warm_up"] and not period["in_progress"]]
    last = whole[-1] if whole else None
    lines = [
        f"{_('Customers')}: {count(totals['customers'])}",
        f"{_('Orders')}: {count(totals['orders'])}",
        f"{_('Active')}: {count(now['active'])}",
        f"{_('Lost')}: {count(now['lost'])}",
        f"{_('Lost money a year, last 12 months')}: {money(now['lost_money_window'], None)}",
    ]
    if last is not None:
        lines.append(f"{_('Churn rate')} {last['start']} – {last['end']}: {percent(last['churn'])}")
        lines.append(f"{_('CRR')}: {percent(last['crr'])}")
    lines += [_goal(goal) for goal in found["goals"]]
    lines += [f"{finding_words.heading(finding.code)}: {finding_words.seen(finding, None)}" for finding in odd]
    return "\n".join(lines)


def _goal(found: dict[str, Any]) -> str:
    """A goal of the report and how it stands."""
    fields = ("kind", "start", "by", "target")
    goal = Goal.model_validate({field: found[field] for field in fields})
    return _("{goal}: {verdict}").format(goal=goal_words.aim(goal, None), verdict=goal_words.verdict(found["verdict"]))
