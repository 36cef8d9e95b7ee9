"""The spice shop's survey: some of those who stopped buying say why, and some of them were asked once more."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from sample_data import words

ASKED_AFTER: Final = timedelta(days=120)
"""Silence from which on the shop asks: the usual threshold of its industry."""
HEADER: Final = "customer_id,answered_on,reason,confirmed reason,fault"
_ANSWERED: Final = 0.3
_ASKED_AGAIN: Final = 0.55
_SAYS_WHO: Final = 0.8


def survey_csv(orders: bytes, last_on: date, rng: np.random.Generator) -> bytes:
    """What some customers of `orders` (the spice shop's file) answer who were silent at the end of `last_on`."""
    rows: list[Sequence[str]] = []
    for customer, last_order in sorted(_last_orders(orders).items()):
        chance, place, turn, why, said = rng.random(5)
        if last_on - last_order <= ASKED_AFTER or chance > _ANSWERED:
            continue
        first = last_order + ASKED_AFTER
        answered = first + timedelta(days=int(place * (last_on - first).days))
        named = _drawn(words.REASONS_NAMED, why)
        confirmed = _drawn(words.REASONS_CONFIRMED, rng.random()) if turn < _ASKED_AGAIN else ""
        text = str(rng.choice(words.ANSWERS[named]))
        fault = words.FAULTS.get(text, "") if said < _SAYS_WHO else ""
        rows.append((customer, answered.isoformat(), text, words.REASON_NAMES.get(confirmed, ""), fault))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    writer.writerows(rows)
    return out.getvalue().encode()


def _last_orders(orders: bytes) -> dict[str, date]:
    """The last paid order of each customer."""
    found: dict[str, date] = {}
    for row in csv.DictReader(io.StringIO(orders.decode("utf-8-sig"), newline="")):
        if row["status"] == "paid":
            day = datetime.strptime(row["order_date"], "%Y-%m-%d %H:%M").date()
            found[row["customer_id"]] = max(day, found.get(row["customer_id"], day))
    return found


def _drawn(shares: dict[str, float], at: float) -> str:
    until = 0.0
    for key, share in shares.items():
        until += share
        if at < until:
            return key
    return next(reversed(shares))
