"""Segments of customers asked of a workspace: how many, who, what they bring (METRICS.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, get_args

import numpy as np

from metrics.default_campaign import default_campaign
from metrics.histograms import Histograms, day_of
from metrics.lost_customers import flag_words
from metrics.reason_tables import make_reasons
from metrics.rfm import rfm_names
from metrics.rhythms import make_rhythms
from metrics.segment import Segment, segment_fields, where
from metrics.simulator import estimate
from metrics.statements import Where
from metrics.suppression import list_version
from metrics.winback_list import GRADE_OF_REASON, REASONS
from metrics.workspace import Workspace

SortKey = Literal[
    "yearly_value", "silence", "orders", "average_order", "revenue", "last_order_on", "name", "customer_id"
]  # fmt: skip
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
MOST_VALUES_OFFERED = 200


@dataclass(frozen=True, slots=True)
class SegmentTotals:
    """How many customers are in a segment, their yearly value, and how many of them have an e-mail and a phone."""

    customers: int
    yearly_value: Decimal
    emails: int
    phones: int


def segment_totals(workspace: Workspace, segment: Segment, search: str = "") -> SegmentTotals:
    """The totals of a segment, or of those in it whom a search finds; zeros without counted orders."""
    with workspace.unchanged():
        if not prepare(workspace):
            return SegmentTotals(0, Decimal(0), 0, 0)
        return SegmentTotals(**workspace.ask_where("segment_totals", searched(where(segment), search))[0])


def segment_rows(
    workspace: Workspace, segment: Segment, search: str = "", *, sort: SortKey = "yearly_value",
    descending: bool = True, limit: int = 25, offset: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """A page of the customers of a segment, as rows of `segment_base`.

    `search` finds ids, names, e-mails and phones that hold it, whatever the case.
    """
    with workspace.unchanged():
        if not prepare(workspace):
            return []
        order = f"{sort} {'desc' if descending else 'asc'} nulls last"
        found = searched(where(segment), search)
        return workspace.ask_where("segment_rows", found, {"order": order}, row_limit=limit, row_offset=offset)


def values_of(workspace: Workspace, field: str) -> list[tuple[str, int]]:
    """The values that customers have in a text field, most customers first, with their number."""
    with workspace.unchanged():
        if not prepare(workspace):
            return []
        words = {"column": segment_fields()[field].column}
        rows = workspace.ask_where("segment_values", Where("true", {}), words, row_limit=MOST_VALUES_OFFERED)
    return [(row["value"], row["customers"]) for row in rows]


def searched(found: Where, search: str) -> Where:
    """The condition and, besides, that an id, a name, an e-mail or a phone holds a text."""
    text = search.strip().lower()
    if not text:
        return found
    columns = ("customer_id", "name", "email", "phone")
    sql = " or ".join(f"contains(lower({column}), $search)" for column in columns)
    return Where(f"({found.sql}) and coalesce({sql}, false)", {**found.parameters, "search": text})


def prepare(workspace: Workspace) -> bool:
    """Make the table that segments are asked of, where it is not there yet; whether there is a counted order."""
    held = workspace.histograms
    if held is None:
        return False
    make_rhythms(workspace, held)
    workspace.make("identities")
    workspace.make("home_groups", lambda: _as_built(workspace, held))
    workspace.make("customer_facts", lambda: _facts(held))
    make_reasons(workspace)
    chosen = workspace.settings
    key = (
        chosen.threshold,
        chosen.grace_days,
        list_version(workspace),
        chosen.phone_region,
        default_campaign(workspace),
    )
    workspace.latest("segment_base", key, lambda: _make_base(workspace))
    return True


def _make_base(workspace: Workspace) -> bool:
    chosen = workspace.settings
    found = estimate(workspace, default_campaign(workspace))
    if found.customers is not None and found.ranking is not None:
        grades = np.array([GRADE_OF_REASON[reason] for reason in REASONS])[found.ranking.reason]
        workspace.put("grades", {"customer": found.customers.customer, "grade": grades})
    workspace.make_again("segment_base", lost_after_days=chosen.threshold, grace_days=chosen.grace_days)
    return True


def _facts(held: Histograms) -> dict[str, Any]:
    return {
        "today": held.today,
        "problem": flag_words("problem"),
        "strategic": flag_words("strategic"),
        "rfm_names": list(rfm_names()),
    }


def _as_built(workspace: Workspace, held: Histograms) -> dict[str, Any]:
    return {"as_of": day_of(held.today), "count_zero_orders": workspace.settings.count_zero_orders}
