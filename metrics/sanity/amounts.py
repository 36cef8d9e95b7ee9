"""What is odd about the amounts: two scales, as where some files or months are in cents and the others are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from metrics.finding import Finding
from metrics.settings import LONGEST_ID
from metrics.workspace import Workspace

APART = 30
"""Usual orders so many times apart: more than a season or a campaign does, less than a hundred for cents in whole
money that is itself not the same every month, or than most currencies to one another."""
LEAP = 10
"""Somewhere between the smallest and the largest usual order lies a leap of this size: prices that rise for years
make many small ones."""
ORDERS_AT_LEAST = 20
"""Fewer orders have no usual one."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a file or a month is made of: how many orders, and the order in the middle of them."""

    orders: int
    median: Decimal


def two_scales(workspace: Workspace) -> tuple[Finding, ...]:
    """At most one: files whose usual orders lie far apart, else months."""
    rows = workspace.ask("amount_sizes", as_of=workspace.as_of)
    found = _by_files(workspace, rows) or _by_months(rows)
    return (found,) if found else ()


def _by_files(workspace: Workspace, rows: list[dict[str, Any]]) -> Finding | None:
    apart = _apart(_scales(rows, "batch_id"))
    if apart is None:
        return None
    odd, rest, scales = apart
    names = {row["batch_id"]: row["file_name"] for row in workspace.ask("batch_accounts")}
    if len(odd) == len(rest) == 1:  # of two files the later one is asked about: without it all is as it was before
        odd, rest = sorted((odd, rest), reverse=True)
    facts = {"by": "files", "files": [names[each] for each in odd], **_compared(odd, rest, scales)}
    about = ("files " + " ".join(map(str, odd)))[:LONGEST_ID]
    if len(odd) > 1:
        return Finding("two_scales", facts, about=about)
    return Finding("two_scales", facts, "undo_file", odd[0], about=about)


def _by_months(rows: list[dict[str, Any]]) -> Finding | None:
    apart = _apart(_scales(rows, "month"))
    if apart is None:
        return None
    odd, rest, scales = apart
    months = {"months": len(odd), "first": odd[0], "last": odd[-1]}
    facts = {"by": "months", **months, **_compared(odd, rest, scales)}
    return Finding("two_scales", facts, about=f"months {odd[0].isoformat()} {odd[-1].isoformat()}")


def _scales(rows: Iterable[Mapping[str, Any]], key: str) -> dict[Any, Scale]:
    """Files or months with enough orders; the median is the mean of the orders of its size, within 6% of the true."""
    sizes: dict[Hashable, dict[int, tuple[int, Decimal]]] = defaultdict(dict)
    for row in rows:
        orders, amount = sizes[row[key]].get(row["size"], (0, Decimal(0)))
        sizes[row[key]][row["size"]] = (orders + row["orders"], amount + row["amount"])
    counted = {each: sum(orders for orders, _ in by_size.values()) for each, by_size in sizes.items()}
    return {
        each: Scale(counted[each], _middle(by_size, counted[each]))
        for each, by_size in sizes.items()
        if counted[each] >= ORDERS_AT_LEAST
    }


def _middle(by_size: Mapping[int, tuple[int, Decimal]], orders: int) -> Decimal:
    seen = 0
    for _, (held, amount) in sorted(by_size.items()):
        seen += held
        if 2 * seen >= orders:
            return amount / held
    raise ValueError("no orders")


def _apart(scales: Mapping[Any, Scale]) -> tuple[list[Any], list[Any], Mapping[Any, Scale]] | None:
    """The odd ones and the rest, where a leap parts them; the odd ones are fewer, or have fewer orders."""
    ranked = sorted(scales, key=lambda each: scales[each].median)
    if len(ranked) < 2 or scales[ranked[-1]].median < APART * scales[ranked[0]].median:
        return None
    leaps = [scales[high].median / scales[low].median for low, high in pairwise(ranked)]
    if max(leaps) < LEAP:
        return None
    place = leaps.index(max(leaps)) + 1
    parts = [sorted(ranked[:place]), sorted(ranked[place:])]
    odd, rest = sorted(parts, key=lambda part: (len(part), sum(scales[each].orders for each in part)))
    return odd, rest, scales


def _compared(odd: list[Any], rest: list[Any], scales: Mapping[Any, Scale]) -> dict[str, Any]:
    usual, others = (_usual([scales[each] for each in part]) for part in (odd, rest))
    return {"usual": usual, "others": others, "times": float(max(usual, others) / min(usual, others))}


def _usual(parts: list[Scale]) -> Decimal:
    """The median of the part with the middle of the orders: one file or month stands for all of its scale."""
    ranked = sorted(parts, key=lambda part: part.median)
    half, seen = sum(part.orders for part in parts) / 2, 0
    for part in ranked:
        seen += part.orders
        if seen >= half:
            return part.median
    raise ValueError("no parts")
