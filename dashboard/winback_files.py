"""The file of a win-back list: a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from dashboard import winback_words as words
from dashboard.i18n import _
from metrics.targets.people_csv import Cell
from metrics.targets.workbook import Column
from metrics.winback_people import ListedCustomer


def columns(currency: str | None) -> list[Column]:
    """The columns of the file; money is in `currency`."""
    sums = {
        title: f"{title}, {currency}" if currency else title
        for title in (_("Revenue a year"), _("Margin after a return"), _("Expected profit of a contact"))
    }
    return [
        Column(_("Place"), "whole"), Column(_("Customer")), Column(_("Name")), Column(_("Class"), width=11),
        Column(_("Why"), width=36), Column(_("E-mail")), Column(_("Phone")), Column(_("May be written to"), width=14),
        Column(_("Manager")), Column(_("Bought last")), Column(_("Last order"), "date"),
        Column(_("Silent for, days"), "whole"), Column(_("Orders"), "whole"),
        Column(sums[_("Revenue a year")], "money"), Column(_("Comes anyway, %"), "number"),
        Column(sums[_("Margin after a return")], "money"), Column(sums[_("Expected profit of a contact")], "money"),
    ]  # fmt: skip


def rows(customers: Iterable[ListedCustomer]) -> Iterator[tuple[Cell, ...]]:
    """The customers in their order, one row each."""
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    for place, one in enumerate(customers, start=1):
        yield (
            place, one.customer_id, one.name or "", one.grade, words.reason(one.reason), one.email or "",
            one.phone or "", yes_no[one.has_consent], one.manager or "", one.category or "", one.last_order_on,
            one.silence, one.orders, _cents(one.yearly_value), _percent(one.return_anyway), _cents(one.value),
            _cents(one.expected_profit),
        )  # fmt: skip


def _percent(share: float | None) -> float | str:
    return "" if share is None else round(share * 100, 1)


def _cents(money: Decimal | float) -> Decimal:
    return round(Decimal(money), 2)
