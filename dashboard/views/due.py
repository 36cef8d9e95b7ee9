"""Who is due now?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import labels, story_states
from dashboard.components import A_PAGE, Card, cards, explain, first_on_page, head, onward, page_picker, table
from dashboard.downloads import content_download
from dashboard.formats import NOTHING, count, date_short, days, money, money_compact
from dashboard.i18n import _, current, ngettext
from dashboard.markdown import escape
from dashboard.reminders import Files, files_of
from dashboard.session import DUE_FILES, settings, workspace
from dashboard.views.lifecycle import grace_slider
from metrics.due import ALL, due_by_manager, due_customers, together
from metrics.guard import may_be_reminded
from metrics.settings import Settings
from metrics.states import DueCounts, DueCustomer
from metrics.suppression import list_version

AT_ONCE = 2000
"""Files of up to so many customers are ready when the page opens; longer ones when asked for."""


def page() -> None:
    """Whom to remind today and this week, most urgent first, with lists and calendars to take away."""
    held, chosen = workspace(), settings()
    if held.as_of is None:
        return
    managers = due_by_manager(held, chosen.threshold)
    manager = _chosen(managers)
    found = together(managers, manager)
    head(_("Who is due now?"), story_states.due(found, chosen.grace_days, chosen.currency))
    cards(_cards(found, chosen))
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        grace_slider(chosen)
    with right:
        _manager_filter(managers)
    total = found.all
    if total:
        _list(total, manager, chosen)
        _files(total, manager, chosen)
    st.caption(
        _("A next order is expected after the customer's own usual gap (the median of three gaps or more), else after "
          "what is usual for customers with as many orders. Lost customers are not among them.")
    )  # fmt: skip
    onward(
        [("lifecycle", _("See where all customers stand")), ("threshold", _("Check when a customer counts as lost"))]
    )


def _cards(found: DueCounts, chosen: Settings) -> list[Card]:
    return [
        Card(
            label=_("Urgent"),
            value=count(found.escalated),
            note=_("more than {days} late").format(days=days(chosen.grace_days)),
            help=_("The expected day of their next order passed longer ago than the grace, and they are not lost yet."),
        ),
        Card(
            label=_("To remind today"),
            value=count(found.due),
            note=_("expected by now"),
            help=_("The expected day of their next order has come, the grace is not over."),
        ),
        Card(
            label=_("To remind this week"),
            value=count(found.this_week),
            note=_("expected within 7 days"),
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
    rows = due_customers(workspace(), chosen.threshold, manager, limit=A_PAGE, offset=first)
    shown = [_row(one, chosen) for one in rows]
    known = [name for name in shown[0] if any(row[name] is not None for row in shown)]
    table([{name: row[name] for name in known} for row in shown], "due_table")
    page_picker(total, "due_page")


def _row(one: DueCustomer, chosen: Settings) -> dict[str, object]:
    late = NOTHING if one.days_late < 0 else days(one.days_late, about=False)
    row: dict[str, object] = {
        _("Customer"): one.name or one.customer_id,
        _("Remind"): labels.lateness(one.lateness),
        _("Late"): late,
        _("Expected on"): date_short(one.expected_on),
        _("Last order"): date_short(one.last_order_on),
        _("Orders"): one.orders,
        _("Revenue a year"): money(one.yearly_value, chosen.currency),
    }
    more = {
        _("Bought last"): one.category,
        _("Manager"): one.manager,
        _("Phone"): one.phone,
        _("E-mail"): one.email,
    }
    return {**row, **more, _("Fading"): _("orders rarer or smaller") if one.is_fading else None}


def _files(total: int, manager: object, chosen: Settings) -> None:
    if total > AT_ONCE and not st.toggle(_("Make the files of {n} customers").format(n=count(total)), key="due_files"):
        return
    made, n_left_out = _made(total, manager, chosen)
    if n_left_out:
        st.caption(escape(_left_out(n_left_out)))
    total -= n_left_out
    if not total:
        return
    with st.container(horizontal=True):
        content_download(
            ngettext("Download the list of {n}", "Download the list of {n}", total).format(n=count(total)),
            made.customers, "due", "csv", "text/csv",
        )  # fmt: skip
        if made.is_packed:
            words = _("Download the managers' calendars")
            content_download(words, made.calendar, "due", "zip", "application/zip")
        else:
            content_download(_("Download the calendar"), made.calendar, "due", "ics", "text/calendar")


def _left_out(n: int) -> str:
    return ngettext(
        "{n} of them does not want to be written to or must never be contacted, and is not in the files.",
        "{n} of them do not want to be written to or must never be contacted, and are not in the files.",
        n,
    ).format(n=count(n))


def _made(total: int, manager: object, chosen: Settings) -> tuple[Files, int]:
    """The files of those on the page who may be reminded, and how many may not.

    Made once for what the page shows and kept in this browser session alone.
    """
    held = workspace()
    version = (held.histograms, manager, chosen.threshold, chosen.grace_days, chosen.currency, current(),
               list_version(held))  # fmt: skip
    kept = st.session_state.get(DUE_FILES)
    if kept is None or kept[0][0] is not version[0] or kept[0][1:] != version[1:]:
        everybody = may_be_reminded(held, due_customers(held, chosen.threshold, manager, limit=total))
        files = files_of(everybody, held.as_of or date.min, chosen.currency)
        kept = (version, (files, total - len(everybody)))
        st.session_state[DUE_FILES] = kept
    made: tuple[Files, int] = kept[1]
    return made
