"""The words of the codes that `metrics` speaks in: industries, fields, stages, refusals."""

from __future__ import annotations

from typing import Any

from dashboard.formats import count, percent
from dashboard.i18n import _, pgettext
from metrics.errors import WinbackError
from metrics.industries import Kind
from metrics.intake.contract import Kind as FileKind
from metrics.results import Margin
from metrics.settings import PeriodKind, Window
from metrics.states import Audience, Lateness, State


def industry(key: str) -> str:
    """The name of an industry preset."""
    return {
        "restaurants": _("Restaurants and cafés"),
        "food_delivery": _("Food delivery"),
        "beauty": _("Beauty salons"),
        "fashion": _("Fashion"),
        "retail": _("General retail"),
        "electronics": _("Appliances and electronics"),
        "supply": _("Regular supply (B2B)"),
        "construction": _("Long-cycle services, construction"),
        "own": _("Another kind of business"),
    }[key]


def industry_reason(key: str) -> str:
    """Why the preset of an industry is what it is."""
    return {
        "restaurants": _("People eat out every week or two; a month of silence means they eat elsewhere."),
        "food_delivery": _("Whoever orders food in orders often; after a month they order from somebody else."),
        "beauty": _("A visit is due every three to five weeks."),
        "fashion": _("Wardrobes follow the seasons, so three months cover one."),
        "retail": _("Most people buy again within a quarter; a month more for those who skip one."),
        "electronics": _("Appliances are bought rarely, accessories in between."),
        "supply": _("Supplies run out on schedule; silence means another supplier."),
        "construction": _("Projects take months and the next one starts a year later."),
        "own": _("Set the days yourself."),
    }[key]


def kind(code: Kind) -> str:
    """Whose benchmark it is, in words."""
    return _("consumer subscriptions (B2C)") if code == "b2c" else _("business subscriptions (B2B)")


def period_kind(code: PeriodKind) -> str:
    """The name of a period to choose."""
    return {"month": _("Months"), "quarter": _("Quarters"), "year": _("Years")}[code]


def window(code: Window) -> str:
    """Which losses are counted."""
    return {"year": _("Last 12 months"), "ever": _("Ever")}[code]


def margin_source(found: Margin) -> str:
    """The margin in use and where it comes from."""
    return {
        "costs": _("Margin {share}, from the costs in your file."),
        "own": _("Margin {share}, as you entered it."),
        "assumed": _("Margin {share}: an assumption until you enter your own in the settings."),
    }[found.source].format(share=percent(found.share))


def field(key: str) -> str:
    """What a column of an order file holds."""
    return {
        "customer": _("Customer"),
        "date": _("Order date"),
        "amount": _("Amount"),
        "order_id": _("Order number"),
        "status": _("Status"),
        "cancelled": _("Cancelled"),
        "paid": _("Paid"),
        "quantity": _("Quantity"),
        "price": _("Price of one"),
        "refunded": _("Refunded amount"),
        "cost": _("Cost"),
        "margin": _("Margin"),
        "currency": _("Currency"),
        "name": _("Name"),
        "first_name": _("First name"),
        "middle_name": _("Middle name"),
        "last_name": _("Last name"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "manager": _("Manager"),
        "category": _("Category"),
        "channel": _("Channel"),
        "region": _("Region"),
        "consent": _("Consent to mailing"),
        "flags": _("Flags"),
        "reason": _("Named reason"),
        "confirmed_reason": _("Confirmed reason"),
        "fault": _("Whose fault"),
    }[key]


def file_kind(code: FileKind) -> str:
    """What a file holds."""
    return {"orders": _("Orders"), "customers": _("Customers")}[code]


def state(code: State) -> str:
    """The name of a customer's state."""
    return {
        "potential": pgettext("state of customers", "Potential"),
        "new": pgettext("state of customers", "New"),
        "active": pgettext("state of customers", "Regular"),
        "returned": pgettext("state of customers", "Returned, to watch"),
        "due": pgettext("state of customers", "Due"),
        "at_risk": pgettext("state of customers", "At risk"),
        "freshly_lost": pgettext("state of customers", "Freshly lost"),
        "lost": pgettext("state of customers", "Lost for longer"),
        "finally_lost": pgettext("state of customers", "Lost for good"),
        "lost_twice": pgettext("state of customers", "Lost twice"),
    }[code]


def state_meaning(code: State) -> str:
    """Who is in a state, and what that asks for."""
    return {
        "potential": _("You have their contacts, but no order yet."),
        "new": _("One order so far; the second one decides."),
        "active": _("They order as usual: leave them in peace."),
        "returned": _("Were lost and came back not long ago. They are easily disappointed again: watch them."),
        "due": _("Their next order is late, and so is the grace: remind them."),
        "at_risk": _("Silent for 80% of the days after which you call them lost: call them now."),
        "freshly_lost": _("Silent for up to twice the days: of all the lost they come back most easily."),
        "lost": _("Silent for more than twice the days: they need a reason to come back."),
        "finally_lost": _("By your own history fewer than 2 of 100 such customers order again within a year."),
        "lost_twice": _("Were lost before, came back and went again: do not pay to win them back once more."),
    }[code]


def audience(code: Audience) -> str:
    """The name of an audience: whom one speaks to in the same way."""
    return {
        "potential": pgettext("audience", "Potential"),
        "active": pgettext("audience", "Buying as usual"),
        "repeat_sale": pgettext("audience", "For repeat sale"),
        "lost": pgettext("audience", "Lost"),
    }[code]


def lateness(code: Lateness) -> str:
    """How urgent a reminder is."""
    return {
        "this_week": pgettext("remind", "soon"),
        "due": pgettext("remind", "now"),
        "escalated": _("urgent"),
    }[code]


def stage(code: str) -> str:
    """What a long task is doing."""
    return {
        "opening": _("Opening the file"),
        "reading": _("Reading the rows"),
        "checking": _("Checking the rows"),
        "writing": _("Writing the clean orders"),
        "current_orders": _("Storing the orders"),
        "steps": _("Following each customer from order to order"),
        "customers": _("Adding up each customer's orders"),
        "gap_histogram": _("Counting the gaps between orders"),
        "last_day_histogram": _("Counting the last orders"),
        "day_totals": _("Adding up the days"),
        "costs": _("Adding up the costs"),
        "profiles": _("Joining contacts to customers"),
        "preparing": _("Preparing the pages"),
        "ready": _("Ready"),
    }.get(code, _("Working"))


def error(problem: WinbackError) -> str:
    """One sentence for what went wrong and what to do."""
    return reason(problem.code, problem.facts)


def reason(code: str, facts: dict[str, Any]) -> str:
    """Why a file or a workspace was refused, with what to do."""
    templates = {**_workspace_reasons(), **_file_reasons(), **_content_reasons(), **_export_reasons()}
    template = templates.get(f"{code}_{facts.get('kind')}") or templates[code]
    return template.format_map({"pid": "?", **facts})


def _workspace_reasons() -> dict[str, str]:
    return {
        "workspace_in_use": _(
            "Another running copy of this program holds your data (process {pid}); close it and reload this page."
        ),
        "amounts_too_large": _(
            "The amounts add up to more than can be counted; check which column is the amount. Nothing was changed."
        ),
        "workspace_newer": _("A newer version of this program made your data; update the program to open it."),
        "workspace_broken": _("The data file cannot be read; move it away and load your order files again."),
    }


def _file_reasons() -> dict[str, str]:
    bomb = _("The file unpacks to far more than an order export can hold; export the orders again, as CSV.")
    return {
        "file_empty": _("The file is empty; export the orders again."),
        "wrong_kind": _("This is no order file; export the orders as CSV or Excel."),
        "wrong_kind_html": _("This is a web page, whatever its name says; open it in Excel and save it as .xlsx."),
        "file_encrypted": _("The file is protected by a password; save it without one."),
        "file_broken": _("The file is damaged or cut off; export the orders again."),
        "file_too_large": _("The file is larger than {limit_mb} MB; export fewer years at a time."),
        "zip_not_one_file": _("The archive holds {files} files; pack exactly one order file."),
        "archive_parts": bomb,
        "archive_ratio": bomb,
        "unpacked_too_large": bomb,
        "workbook_dtd": bomb,
        "sheet_span": _("The sheet spans {rows} rows and {columns} columns; delete the empty cells or save it as CSV."),
        "took_too_long": _("Reading took too long and was stopped; save the file as CSV or export fewer years."),
        "out_of_memory": _("The file needs more memory than is allowed; save it as CSV or export fewer years."),
        "reader_crashed": _("The file could not be read and was given up; save it as CSV and try again."),
        "limits_refused": _("This computer does not allow files to be read safely; the file was not opened."),
    }


def _content_reasons() -> dict[str, str]:
    return {
        "formulas_without_values": _(
            "{cells} cells hold formulas without their values; open the file in Excel, save it and upload it again."
        ),
        "grouped_report_unclear": _(
            "This report is grouped in a way that cannot be read for sure; export it ungrouped, a row per document."
        ),
        "no_table": _("The file holds no table; the first row should name the columns."),
        "no_rows": _("The file has column names but no orders below them."),
        "no_usable_contacts": _("No row has a customer number, an e-mail or a phone; check which column is what."),
        "no_usable_rows": _("No row has a customer, a date and an amount; check which column is what."),
        "no_counted_rows": _(
            "Nothing in the file counts: every row is cancelled, unpaid or paid back; check which column is what."
        ),
        "too_many_rows": _("The file has {rows} rows, more than can be read at once; export fewer years."),
        "too_many_columns": _("The table has {columns} columns, more than a list of orders has; save only the orders."),
        "mapping_unknown_column": _("The file has no column {column}; choose one that it has."),
    }


def _export_reasons() -> dict[str, str]:
    """Known exports that lack what is needed: what is missing, what to export instead."""
    return {
        "woocommerce_analytics": _(
            "This report of WooCommerce Analytics has no e-mail and no number of the customer; "
            "export the orders with an export plugin (columns customer_id, billing_email, order_total)."
        ),
        "olist_orders_alone": _(
            "This table of Olist has no amounts, or a customer_id that is new for every order; join customer_unique_id "
            "from olist_customers and payment_value from olist_order_payments to it."
        ),
    }


def rule_kind(kind: str) -> str:
    """What the lost threshold depends on."""
    return {
        "one": _("nothing: one for all"),
        "number": _("the number of orders"),
        "group": _("the group"),
        "rhythm": _("their own rhythm"),
    }[kind]


def rule_meaning(kind: str) -> str:
    """What a rule for the lost threshold does."""
    return {
        "one": _("Everybody counts as lost after the days chosen above."),
        "number": _("One-time buyers leave sooner than regulars: each order number has days of its own."),
        "group": _("Who buys coffee comes back sooner than who buys a grinder: each group has days of its own."),
        "rhythm": _(
            "Customers with five gaps and more count as lost after a multiple of their own usual gap and the grace; "
            "the others after the days chosen above."
        ),
    }[kind]


def order_number(number: str) -> str:
    """Which orders a threshold holds for."""
    return {
        "1": _("After the 1st order"),
        "2": _("After the 2nd"),
        "3": _("After the 3rd"),
        "4": _("After the 4th and later"),
    }[number]


def day_band(low: int, high: int | None) -> str:
    """A band of days, as `90–179` or `365+`."""
    return f"{count(low)}+" if high is None else f"{count(low)}–{count(high)}"
