"""The files of a list of customers to remind: a table for people, a calendar per manager."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dashboard import labels
from dashboard.formats import count, date_long, money, sentences
from dashboard.i18n import _, ngettext
from metrics.ics import Event, calendar_file
from metrics.states import DueCustomer
from metrics.targets.people_csv import Cell
from metrics.targets.workbook import Column


def columns(currency: str | None) -> list[Column]:
    """The columns of the list of customers to remind; money is in `currency`."""
    yearly = _("Revenue a year")
    return [
        Column(_("Customer")), Column(_("Name")), Column(_("Manager")), Column(_("E-mail")), Column(_("Phone")),
        Column(_("May be written to"), width=14), Column(_("Remind"), width=14), Column(_("Expected on"), "date"),
        Column(_("Days late"), "whole"), Column(_("Last order"), "date"), Column(_("Bought last")),
        Column(_("Orders"), "whole"), Column(f"{yearly}, {currency}" if currency else yearly, "money"),
        Column(_("State"), width=16), Column(_("Fading"), width=10),
    ]  # fmt: skip


def rows(customers: Iterable[DueCustomer]) -> Iterator[tuple[Cell, ...]]:
    """The customers in their order, one row each."""
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    for one in customers:
        yield (
            one.customer_id, one.name or "", one.manager or "", one.email or "", one.phone or "",
            yes_no[one.has_consent], labels.lateness(one.lateness), one.expected_on, one.days_late, one.last_order_on,
            one.category or "", one.orders, round(one.yearly_value, 2), labels.state(one.state), yes_no[one.is_fading],
        )  # fmt: skip


def calendar_of(
    customers: Iterable[DueCustomer], manager: str | None, as_of: date, today: date, currency: str | None
) -> bytes:
    """One manager's calendar: an all-day event on each expected day; today, or on the as-of date, for the late ones."""
    name = _("Customers to remind: {manager}").format(manager=manager) if manager else _("Customers to remind")
    events = (
        Event(
            key=f"{one.customer_id} {one.last_order_on}",
            day=max(one.expected_on, as_of, today),
            summary=_("Remind {customer}").format(customer=one.name or one.customer_id),
            description=_description(one, currency),
        )
        for one in customers
    )
    return calendar_file(events, name, as_of)


def calendars_of(customers: Sequence[DueCustomer], as_of: date, today: date, currency: str | None) -> bytes:
    """A zip with one calendar per manager; those of customers without a manager in a file of their own."""
    by_manager: dict[str | None, list[DueCustomer]] = {}
    for one in customers:
        by_manager.setdefault(one.manager, []).append(one)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (manager, theirs) in enumerate(sorted(by_manager.items(), key=lambda one: one[0] or ""), start=1):
            # A date of its own would make each download another file.
            entry = zipfile.ZipInfo(
                f"{number:02d}-{_file_name(manager)}.ics", date_time=(*as_of.timetuple()[:3], 0, 0, 0)
            )
            archive.writestr(entry, calendar_of(theirs, manager, as_of, today, currency))
    return packed.getvalue()


def _file_name(manager: str | None) -> str:
    """Letters and digits of a name alone: nothing that a file system could take for a folder or a command."""
    kept = (sign if sign.isalnum() else "-" for sign in unicodedata.normalize("NFKC", manager or _("no manager")))
    return "".join(kept).strip("-")[:40] or "manager"


def _description(one: DueCustomer, currency: str | None) -> str:
    orders = ngettext("{n} order", "{n} orders", one.orders).format(n=count(one.orders))
    parts = [
        _("Expected on {day}.").format(day=date_long(one.expected_on)),
        _("Last order on {day}, {orders}, {money} a year.").format(
            day=date_long(one.last_order_on), orders=orders, money=money(one.yearly_value, currency)
        ),
    ]
    if one.category:
        parts.append(_("Bought last: {category}.").format(category=one.category))
    contact = ", ".join(text for text in (one.phone, one.email) if text)
    if one.has_consent is False:
        parts.append(_("Does not want to be written to."))
    return "\n".join(part for part in (sentences(*parts), contact) if part)
