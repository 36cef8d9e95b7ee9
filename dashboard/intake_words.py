"""The words of what the intake says: questions, answers, warnings, reasons, the account of rows."""

from __future__ import annotations

from dashboard import labels
from dashboard.formats import date_long
from dashboard.i18n import _
from dashboard.markdown import escape
from metrics.intake.contract import Question, Reading, Warned


def refusal(reading: Reading) -> str:
    """Why the file was refused, and what to do."""
    return labels.reason(reading.reasons[0] if reading.reasons else "unknown", reading.facts)


def question(asked: Question) -> str:
    """A question as Markdown, with the example from the file."""
    return escape(plain_question(asked))


def plain_question(asked: Question) -> str:
    """A question in words, with the example from the file."""
    texts = {
        "day_or_month": _("Is {example} written day first or month first?"),
        "which_customer": _("Which column says who the customer is?"),
        "which_date": _("Which column holds the date of the order?"),
        "which_amount": _("Which column holds the amount of the order?"),
        "which_sheet": _("Which sheet holds the orders?"),
        "decimal_mark": _("What does {example} mean?"),
    }
    return texts.get(asked.code, asked.code).format(example=asked.facts.get("example", ""))


def answer(asked: Question, option: str) -> str:
    """One possible answer in words."""
    if asked.code == "day_or_month":
        return date_long_of(asked.facts.get(option)) or option
    if asked.code == "decimal_mark":
        words = {"comma": _("The comma marks decimals"), "point": _("The comma separates thousands")}
        return words.get(option, option)
    return option


def date_long_of(text: object) -> str | None:
    """An ISO date in words; None where it is none."""
    from datetime import date  # noqa: PLC0415

    try:
        return date_long(date.fromisoformat(str(text)))
    except ValueError:
        return None


def warning(warned: Warned) -> str:
    """What the reader skipped, repaired or noticed."""
    return warned.code + f" ({warned.rows})"


def reject_reason(code: str) -> str:
    """Why rows were left out."""
    return {
        "no_customer": _("no customer"),
        "no_date": _("no date"),
        "bad_date": _("the date cannot be read"),
        "no_amount": _("no amount"),
        "bad_amount": _("the amount cannot be read"),
        "date_out_of_range": _("the date cannot be true"),
        "repeated_header": _("the header repeated"),
        "total_row": _("a total, not an order"),
        "footer_row": _("a note at the end"),
    }.get(code, code)


def account_line(key: str) -> str:
    """A line of the account of rows."""
    return {
        "rows_read": _("Rows read"),
        "orders": _("Orders that count"),
        "refunds": _("Refunds"),
        "rows_merged": _("Further rows of the same orders"),
        "rows_not_counted": _("Not counted (cancelled, unpaid, refunded or zero)"),
        "rows_rejected": _("Left out"),
    }[key]
