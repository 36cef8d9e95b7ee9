"""Who is due now?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard import labels, story_states
from dashboard.components import A_PAGE, Card, cards, explain, first_on_page, head, onward, page_picker, table
from dashboard.formats import NOTHING, count, date_cell, date_short, days, money, money_compact
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.masking import masked
from dashboard.reminders import calendar_of, calendars_of, columns, rows
from dashboard.session import scratch, settings, workspace
from dashboard.views.lifecycle import grace_slider
from dashboard.views.taking import MadeFile, at_once, people_options, take_away, write_bytes
from metrics.due import AHEAD, ALL, due_by_manager, due_customers, together
from metrics.guard import Rules
from metrics.list_export import Picked, export_picked
from metrics.list_files import write_table
from metrics.list_options import ListWritten
from metrics.settings import Settings
from metrics.states import DueCounts, DueCustomer


def page() -> None:
    """Whom to remind today and this week, most urgent first, with lists and calendars to take away."""
    held, chosen, today = workspace(), settings(), date.today()
    as_of = held.as_of
    if as_of is None:
        return
    managers = due_by_manager(held, chosen.threshold)
    manager = _chosen(managers)
    found = together(managers, manager)
    head(_("Who is due now?"), story_states.due(found, chosen.grace_days, chosen.currency, as_of, today))
    cards(_cards(found, chosen, as_of))
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        grace_slider(chosen)
    with right:
        _manager_filter(managers)
    total = found.all
    if total:
        _list(total, manager, chosen)
        _files(total, manager, chosen, today)
    st.caption(
        _("A next order is expected after the customer's own usual gap (the median of three gaps or more), else after "
          "what is usual for customers with as many orders. Lost customers are not among them.")
    )  # fmt: skip
    onward(
        [("lifecycle", _("See where all customers stand")), ("threshold", _("Check when a customer counts as lost"))]
    )


def _cards(found: DueCounts, chosen: Settings, as_of: date) -> list[Card]:
    return [
        Card(
            label=_("Urgent"),
            value=count(found.escalated),
            note=_("more than {days} late").format(days=days(chosen.grace_days)),
            help=explain(
                formula=_(
                    "The expected day of their next order passed longer ago than the grace, and they are not lost yet."
                ),
                behind=_(
                    "Among them are those who came back not long ago; under “Where customers stand” they "
                    "are “Returned, to watch”."
                ),
            ),
        ),
        Card(
            label=_("To remind now"),
            value=count(found.due),
            note=_("expected by {day}").format(day=date_short(as_of)),
            help=_("The expected day of their next order has come, the grace is not over."),
        ),
        Card(
            label=_("To remind soon"),
            value=count(found.this_week),
            note=_("expected by {day}").format(day=date_short(as_of + timedelta(days=AHEAD))),
            help=_("Their next order is expected within the 7 days after the last day of the data."),
        ),
        Card(
            label=_("What they bring"),
            value=money_compact(found.yearly_value, chosen.currency),
            note=_("revenue a year"),
            help=explain(
                formula=_("What they bought in the year up to their last order, less refunds."),
                behind=escape(money(found.yearly_value, chosen.currency)),
            ),
        ),
    ]


def _chosen(managers: dict[str | None, DueCounts]) -> object:
    """The manager chosen in the filter: ALL, a name, or None for customers without one."""
    chosen = st.session_state.get("due_manager", ALL)
    return chosen if chosen in managers else ALL


def _manager_filter(managers: dict[str | None, DueCounts]) -> None:
    if set(managers) <= {None}:
        return
    if st.session_state.get("due_manager", ALL) not in managers:
        st.session_state["due_manager"] = ALL
    st.selectbox(
        _("Manager"),
        [ALL, *managers],
        key="due_manager",
        format_func=lambda one: _("All managers") if one is ALL else _("no manager") if one is None else str(one),
    )


def _list(total: int, manager: object, chosen: Settings) -> None:
    first = first_on_page(total, "due_page")
    found = due_customers(workspace(), chosen.threshold, manager, limit=A_PAGE, offset=first)
    if not found:
        return
    has_contacts = any(one.email or one.phone for one in found)
    is_shown = has_contacts and st.toggle(_("Show contacts"), key="due_contacts")
    shown = [_row(one, chosen, is_shown=is_shown) for one in found]
    known = [name for name in shown[0] if any(row[name] != "" for row in shown)]
    table([{name: row[name] for name in known} for row in shown], "due_table")
    page_picker(total, "due_page")


def _row(one: DueCustomer, chosen: Settings, *, is_shown: bool) -> dict[str, object]:
    late = NOTHING if one.days_late < 0 else days(one.days_late, about=False)
    row: dict[str, object] = {
        _("Customer"): one.name or one.customer_id,
        _("Remind"): labels.lateness(one.lateness),
        _("Late"): late,
        _("Expected on"): date_cell(one.expected_on),
        _("Last order"): date_cell(one.last_order_on),
        _("Orders"): one.orders,
        _("Revenue a year"): money(one.yearly_value, chosen.currency),
    }
    more = {
        _("Bought last"): one.category,
        _("Manager"): one.manager,
        _("Phone"): masked(one.phone, is_shown=is_shown),
        _("E-mail"): masked(one.email, is_shown=is_shown),
        _("Fading"): _("orders rarer or smaller") if one.is_fading else None,
    }
    # A table writes "None" for nothing.
    return row | {name: value or "" for name, value in more.items()}


def _files(total: int, manager: object, chosen: Settings, today: date) -> None:
    """The list and the calendar of those on the page who may be reminded."""
    take_away(
        "due",
        total,
        (total, manager),
        lambda: _made(total, manager, chosen, today),
        is_ready=at_once(total),
        can_mark=False,
    )


def _made(total: int, manager: object, chosen: Settings, today: date) -> list[MadeFile]:
    held = workspace()
    everybody = due_customers(held, chosen.threshold, manager, limit=total)
    keys = np.array([one.customer for one in everybody], np.uint64)
    as_of = held.as_of or date.min
    is_packed = len({one.manager for one in everybody}) > 1
    # A reminder is no campaign: nobody rests from it, and nobody due is lost.
    options = people_options(rules=Rules(skip_lost_twice=False, cool_down_days=None), name="due")

    def left(kept: NDArray[np.uint64]) -> list[DueCustomer]:
        return [one for one, is_in in zip(everybody, np.isin(keys, kept), strict=True) if is_in]

    def table_of(kept: NDArray[np.uint64], path: Path) -> ListWritten:
        return write_table(path, columns(chosen.currency), rows(left(kept)), options)

    def calendar(kept: NDArray[np.uint64], path: Path) -> ListWritten:
        people = left(kept)
        if is_packed:
            return write_bytes(path, calendars_of(people, as_of, today, chosen.currency), len(people))
        manager_name = everybody[0].manager if everybody else None
        return write_bytes(path, calendar_of(people, manager_name, as_of, today, chosen.currency), len(people))

    listed, dated = scratch() / "due.xlsx", scratch() / f"due.{'zip' if is_packed else 'ics'}"
    words = _("Download the managers' calendars") if is_packed else _("Download the calendar")
    return [
        MadeFile(listed, export_picked(held, Picked("due", keys, table_of), listed, options)),
        MadeFile(dated, export_picked(held, Picked("calendar", keys, calendar), dated, options), words),
    ]
