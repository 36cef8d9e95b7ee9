"""Rejected rows, mended and loaded again: the orders are those of a file that was whole from the start."""

from __future__ import annotations

import csv
import io
import random

import pytest

from metrics.intake import Reading
from metrics.value import totals
from metrics.workspace import Workspace

HEADERS = ["order_id", "date", "customer_id", "item", "amount"]
BROKEN = {"date": "soon", "customer_id": "", "amount": "much"}

Line = dict[str, str]


def written(lines: list[Line], headers: list[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, headers, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def shop(seed: int) -> list[Line]:
    """Orders of one to four lines and some refunds; `item` is the line's own."""
    chance = random.Random(seed)
    lines: list[Line] = []
    for order in range(1, 13):
        day = chance.randint(1, 28)
        for _ in range(chance.randint(1, 4)):
            is_refund = chance.random() < 0.1
            lines.append({
                "order_id": f"N{order}", "date": f"2024-{1 + is_refund:02}-{day:02}", "customer_id": f"C{order % 5}",
                "item": str(len(lines)), "amount": str(-chance.randint(1, 9) if is_refund else chance.randint(10, 99)),
            })  # fmt: skip
    return lines


def figures(*readings: Reading) -> tuple[object, ...]:
    with Workspace.open(None) as held:
        for reading in readings:
            held.ingest(reading)
        found = totals(held)
        return found.orders, found.customers, found.gross, found.net, found.first_order_on, found.last_order_on


@pytest.mark.parametrize("seed", range(6))
def test_mended_rows_make_their_orders_whole(read, seed: int) -> None:
    whole = shop(seed)
    chance = random.Random(seed)
    broken = [
        {**line, field: BROKEN[field]} if chance.random() < 0.2 and (field := chance.choice([*BROKEN])) else line
        for line in whole
    ]
    first = read(written(broken, HEADERS))
    n_broken = sum(one != other for one, other in zip(whole, broken, strict=True))
    assert (first.quality.rows_rejected, first.quality.rows_read) == (n_broken, len(whole))
    assert first.rejected_path is not None
    with first.rejected_path.open(encoding="utf-8", newline="") as file:
        left_out = list(csv.DictReader(file))
    torn = {line["order_id"] for line, right in zip(broken, whole, strict=True) if line != right}
    assert [line["item"] for line in left_out] == [line["item"] for line in whole if line["order_id"] in torn]
    assert sum(line["reason"] != "same_order" for line in left_out) == n_broken
    mended = [{**line, **whole[int(line["item"])]} for line in left_out]
    assert figures(first, read(written(mended, [*HEADERS, "reason"]))) == figures(read(written(whole, HEADERS)))


def test_lines_that_nobody_mends_take_nothing_along(read) -> None:
    text = "order_id,date,customer_id,item,amount\n1,2024-01-05,A,x,10\n1,2024-01-05,A,y,5\n,,,,\nИтого,,,,15\n"
    reading = read(text)
    assert reading.rejected_path is not None
    with reading.rejected_path.open(encoding="utf-8", newline="") as file:
        assert [line["reason"] for line in csv.DictReader(file)] == ["total_row"]
