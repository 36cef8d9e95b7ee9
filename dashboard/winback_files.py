"""The file of a win-back list: a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import winback_words as words
from dashboard.i18n import _
from metrics.export import csv_for_people
from metrics.winback_people import ListedCustomer


def list_of(customers: Iterable[ListedCustomer]) -> bytes:
    """The customers as a CSV for people; money and shares as plain figures, so that they can be sorted."""
    header = [
        _("Place"), _("Customer"), _("Name"), _("Class"), _("Why"), _("E-mail"), _("Phone"), _("May be written to"),
        _("Manager"), _("Bought last"), _("Last order"), _("Silent for, days"), _("Orders"), _("Revenue a year"),
        _("Comes anyway, %"), _("Margin after a return"), _("Expected profit of a contact"),
    ]  # fmt: skip
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    rows = (
        (
            str(place), one.customer_id, one.name or "", one.grade, words.reason(one.reason), one.email or "",
            one.phone or "", yes_no[one.has_consent], one.manager or "", one.category or "",
            one.last_order_on.isoformat(), str(one.silence), str(one.orders), f"{one.yearly_value:.2f}",
            f"{one.return_anyway * 100:.1f}", f"{one.value:.2f}", f"{one.expected_profit:.2f}",
        )
        for place, one in enumerate(customers, start=1)
    )  # fmt: skip
    return csv_for_people(header, rows)
