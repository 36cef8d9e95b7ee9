"""The words of what the intake says: questions, answers, warnings, reasons, the account of rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard import labels
from dashboard.formats import count, date_long, listing, money_full, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from metrics.intake.contract import ALL_SHEETS, Question, Reading, Warned


def refusal(reading: Reading) -> str:
    """Why the file was refused, and what to do."""
    return labels.reason(reading.reasons[0] if reading.reasons else "unknown", reading.facts)


def question(asked: Question) -> str:
    """A question as Markdown, with the example from the file."""
    return escape(plain_question(asked))


def plain_question(asked: Question) -> str:
    """A question in words, with the example from the file."""
    texts = {
        "day_or_month": _("Which day is {example}?"),
        "which_customer": _("Which column says who the customer is?"),
        "which_date": _("Which column holds the date of the order?"),
        "which_amount": _("Which column holds the amount of the order?"),
        "which_sheet": _("Which sheet holds the orders?"),
        "decimal_mark": _("What does the mark in {example} separate?"),
    }
    return texts[asked.code].format(example=asked.facts.get("example", ""))


def answer(asked: Question, option: str) -> str:
    """One possible answer in words."""
    if asked.code == "day_or_month":
        reads = asked.facts.get(option)
        return option if reads is None else date_long(date.fromisoformat(str(reads)))
    if asked.code == "decimal_mark":
        return {"comma": _("the decimals"), "point": _("the thousands")}[option]
    if asked.code == "which_sheet" and option == ALL_SHEETS:
        return _("all of them together: {sheets}").format(sheets=listing(asked.facts.get("together", ())))
    return option


def warning(warned: Warned) -> str:
    """What the reader skipped, repaired or noticed, as a sentence."""
    if warned.code in REJECTED:
        return _rejected(warned)
    if warned.code in COUNTED:
        return _counted(warned)
    facts = warned.facts
    return {
        "mixed_date_formats": _("The dates are written in several ways; all of them were understood."),
        "several_currencies": _("The amounts are in several currencies ({currencies}) and were added as they stand."),
        "bad_characters": _("Some characters could not be read and were replaced."),
        "customer_by_name": _("Customers are told apart by their names alone: two of the same name count as one."),
        "nested_columns": _("Columns that hold lists were left out: {columns}."),
        "time_zone": _("Times were read as the clocks of their time zone show them: {zones}."),
    }[warned.code].format(
        currencies=listing(facts.get("currencies", ())),
        columns=listing(facts.get("columns", ())),
        zones=listing(facts.get("zones", ())),
    )


REJECTED = (
    "no_customer", "no_date", "bad_date", "no_amount", "bad_amount", "date_out_of_range", "repeated_header",
    "total_row", "footer_row", "too_many_cells", "phone_digits_lost",
)  # fmt: skip
COUNTED = ("refunds", "status_not_counted", "order_id_many_customers", "formulas_without_values", "grouped_report")


def _rejected(warned: Warned) -> str:
    text = ngettext("{n} row left out: {reason}.", "{n} rows left out: {reason}.", warned.rows).format(
        n=count(warned.rows), reason=reject_reason(warned.code)
    )
    total: Any = warned.facts.get("amount")
    return text if not total else sentences(text, _("Sum of their amounts: {sum}.").format(sum=money_full(total, None)))


def _counted(warned: Warned) -> str:
    n = warned.rows
    text = {
        "refunds": ngettext(
            "{n} refund: it lowers the customer's money, never the number of orders.",
            "{n} refunds: they lower the customers' money, never the number of orders.",
            n,
        ),
        "status_not_counted": ngettext(
            "{n} row is not counted because of its status ({statuses}).",
            "{n} rows are not counted because of their status ({statuses}).",
            n,
        ),
        "order_id_many_customers": ngettext(
            "{n} order number belongs to several customers; each of them has an order of their own.",
            "{n} order numbers belong to several customers; each of them has an order of their own.",
            n,
        ),
        "formulas_without_values": ngettext(
            "{n} cell holds a formula without its value: open the file in Excel, save it and upload it again.",
            "{n} cells hold formulas without their values: open the file in Excel, save it and upload it again.",
            n,
        ),
        "grouped_report": ngettext(
            "A grouped report: its {n} group row was taken apart, and each document counts as an order.",
            "A grouped report: its {n} group rows were taken apart, and each document counts as an order.",
            n,
        ),
    }[warned.code]
    return text.format(n=count(n), statuses=listing(warned.facts.get("statuses", ())))


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
        "footer_row": _("a note, not an order"),
        "too_many_cells": _("more cells than columns"),
        "phone_digits_lost": _("a spreadsheet has cut the digits of the phone or number off (7.9E+10)"),
    }[code]


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
