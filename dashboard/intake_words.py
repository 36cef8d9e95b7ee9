"""The words of what the intake says: refusals, warnings, reasons, the account of rows."""

from __future__ import annotations

from typing import Any

from dashboard import labels
from dashboard.formats import count, listing, money_full, sentences
from dashboard.i18n import _, ngettext
from metrics.intake.contract import Reading, Warned


def refusal(reading: Reading) -> str:
    """Why the file was refused, and what to do."""
    rejected = reading.facts.get("rejected")
    if rejected and reading.reasons == ("no_usable_rows",):
        most = max(rejected, key=lambda code: rejected[code])
        text = ngettext(
            "No row can be used: {n} row of {all}: {reason}. Check which column is what, and how it is written.",
            "No row can be used: {n} rows of {all}: {reason}. Check which column is what, and how it is written.",
            rejected[most],
        )
        return text.format(n=count(rejected[most]), all=count(reading.facts["rows_read"]), reason=reject_reason(most))
    return labels.reason(reading.reasons[0] if reading.reasons else "unknown", reading.facts)


def warning(warned: Warned) -> str:
    """What the reader skipped, repaired or noticed, as a sentence."""
    if warned.code in REJECTED and "column" not in warned.facts:
        return _rejected(warned)
    if warned.code in COUNTED:
        return _counted(warned)
    facts = warned.facts
    return {
        "mixed_date_formats": _("The dates are written in several ways; all of them were understood."),
        "bad_characters": _("Some characters could not be read and were replaced."),
        "customer_by_name": _("Customers are told apart by their names alone: two of the same name count as one."),
        "no_orders": _("The file holds no order that counts: it only takes back orders that were loaded before."),
        "scaled": _("The column {columns} names its unit: {example} was read as {amount}."),
        "reduced_price": _("The price after the discount was taken from the column {columns}."),
        "split_decimals": _("Amounts whose decimals stood in a cell of their own were put together."),
        "nested_columns": _("Columns that hold lists were left out: {columns}."),
        "time_zone": _("Times were read as the clocks of their time zone show them: {zones}."),
    }[warned.code].format(
        columns=facts["column"] if "column" in facts else listing(facts.get("columns", ())),
        example=facts.get("example", ""),
        amount=money_full(facts.get("amount"), None),
        zones=listing(facts.get("zones", ())),
    )


REJECTED = (
    "no_customer", "no_date", "bad_date", "no_amount", "bad_amount", "date_out_of_range", "repeated_header",
    "total_row", "footer_row", "too_many_cells", "phone_digits_lost", "other_currency", "no_contact",
)  # fmt: skip
COUNTED = (
    "refunds", "status_not_counted", "order_id_many_customers", "order_digits_lost", "formulas_without_values",
    "grouped_report", "repeated_rows", "converted", "email_spelling", "phone_spelling", "guest_contact", "shared_email",
    "bad_email", "bad_phone", "phone_digits_lost",
)  # fmt: skip


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
        "phone_digits_lost": ngettext(
            "{n} phone is left blank: a spreadsheet has cut its digits off (7.9E+10). Export the phones as text.",
            "{n} phones are left blank: a spreadsheet has cut their digits off (7.9E+10). Export the phones as text.",
            n,
        ),
        "order_digits_lost": ngettext(
            "{n} row has an order number without its last digits: a spreadsheet has cut them off (1.2E+18). "
            "It counts as an order of its own. Export the numbers as text.",
            "{n} rows have an order number without its last digits: a spreadsheet has cut them off (1.2E+18). "
            "Each counts as an order of its own. Export the numbers as text.",
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
        "repeated_rows": ngettext(
            "{n} row repeats an order that stands in the file already, such as {example}: it counts once.",
            "{n} rows repeat orders that stand in the file already, such as {example}: each counts once.",
            n,
        ),
        "converted": ngettext(
            "{n} row was converted into {currency} at the rates that you gave.",
            "{n} rows were converted into {currency} at the rates that you gave.",
            n,
        ),
        "email_spelling": ngettext(
            "{n} more spelling of an e-mail belongs to the same customer.",
            "{n} more spellings of e-mails belong to the same customers.",
            n,
        ),
        "phone_spelling": ngettext(
            "{n} more spelling of a phone number belongs to the same customer.",
            "{n} more spellings of phone numbers belong to the same customers.",
            n,
        ),
        "guest_contact": ngettext(
            "{n} row without a customer number has the e-mail or phone of a customer with one.",
            "{n} rows without a customer number have the e-mail or phone of customers with one.",
            n,
        ),
        "shared_email": ngettext(
            "{n} e-mail stands under several customer numbers.",
            "{n} e-mails stand under several customer numbers.",
            n,
        ),
        "bad_email": ngettext("{n} e-mail is none and was left out.", "{n} e-mails are none and were left out.", n),
        "bad_phone": ngettext(
            "{n} phone number is none, or has lost digits, and was left out.",
            "{n} phone numbers are none, or have lost digits, and were left out.",
            n,
        ),
    }[warned.code]
    facts = warned.facts
    return text.format(
        n=count(n),
        statuses=listing(facts.get("statuses", ())),
        example=facts.get("example", ""),
        currency=facts.get("currency", ""),
    )


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
        "other_currency": _("another currency, and no rate was given"),
        "no_contact": _("no customer number, e-mail or phone"),
        "phone_digits_lost": _("a spreadsheet has cut the digits of the phone or number off (7.9E+10)"),
        "same_order": _("nothing is wrong here: keep this row, another one of its order was left out"),
    }[code]


def rule(code: str) -> str:
    """A rule of who is who, as the label of its switch."""
    return {
        "email_spelling": _("E-mails that differ only in capitals and blanks are one customer"),
        "phone_spelling": _("Phone numbers that differ only in how they are written are one customer"),
        "guest_contact": _("Orders without a customer number belong to the customer with that e-mail or phone"),
        "shared_email": _("Customer numbers that share an e-mail are one customer"),
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
        "people": _("People"),
        "rows_of_people": _("Further rows of the same people"),
    }[key]
