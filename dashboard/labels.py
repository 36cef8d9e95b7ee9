"""The words of the codes that `metrics` speaks in: industries, fields, stages, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.formats import percent
from dashboard.i18n import _
from metrics.errors import WinbackError
from metrics.industries import Kind
from metrics.results import Margin
from metrics.settings import PeriodKind, Window


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
        "retail": _("Most needs come back within a quarter; a month more for those who skip one."),
        "electronics": _("Appliances are bought rarely, accessories in between."),
        "supply": _("Supplies run out on schedule; silence means another supplier."),
        "construction": _("Projects take months and the next one starts a year later."),
        "own": _("Set the days yourself."),
    }[key]


def kind(code: Kind) -> str:
    """B2C or B2B, in words."""
    return _("shops for people (B2C)") if code == "b2c" else _("suppliers of businesses (B2B)")


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
        "quantity": _("Quantity"),
        "price": _("Price of one"),
        "cost": _("Cost"),
        "margin": _("Margin"),
        "currency": _("Currency"),
        "name": _("Name"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "manager": _("Manager"),
        "category": _("Category"),
        "channel": _("Channel"),
        "region": _("Region"),
        "consent": _("Consent to mailing"),
        "flags": _("Flags"),
    }[key]


def stage(code: str) -> str:
    """What a long task is doing."""
    return {
        "opening": _("Opening the file"),
        "reading": _("Reading the rows"),
        "merging": _("Putting order lines together"),
        "checking": _("Checking the rows"),
        "writing": _("Writing the clean orders"),
        "current_orders": _("Storing the orders"),
        "customer_ids": _("Finding the customers"),
        "steps": _("Following each customer from order to order"),
        "customers": _("Adding up each customer's orders"),
        "gap_histogram": _("Counting the gaps between orders"),
        "last_day_histogram": _("Counting the last orders"),
        "day_totals": _("Adding up the days"),
        "costs": _("Adding up the costs"),
        "ready": _("Ready"),
    }.get(code, _("Working"))


def error(problem: WinbackError) -> str:
    """One sentence for what went wrong and what to do."""
    return reason(problem.code, problem.facts)


def reason(code: str, facts: dict[str, Any]) -> str:
    """Why a file or a workspace was refused, with what to do."""
    words = _refusals().get(code)
    if words is None:
        return _("This did not work ({code}); nothing was changed.").format(code=code)
    return words(facts)


def _refusals() -> dict[str, Callable[[dict[str, Any]], str]]:
    def plain(text: str) -> Callable[[dict[str, Any]], str]:
        return lambda _facts: text

    return {
        "workspace_in_use": lambda facts: _(
            "Another running copy of this program holds your data (process {pid}); close it and reload this page."
        ).format(pid=facts.get("pid") or "?"),
        "workspace_newer": plain(_("A newer version of this program made your data; update the program to open it.")),
        "workspace_broken": plain(_("The data file cannot be read; move it away and load your order files again.")),
    }
