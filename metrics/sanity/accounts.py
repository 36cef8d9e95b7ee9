"""What is odd about the accounts: one that holds a third of everything, and no order ever taken back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from metrics.finding import Finding
from metrics.settings import LONGEST_ID, MOST_LEFT_OUT
from metrics.value import totals
from metrics.workspace import Workspace

GIANT_SHARE = Decimal(1) / 3
"""With twenty customers and more, even a wholesaler's best rarely has a quarter; "guest" has more than half."""
CUSTOMERS_AT_LEAST = 20
ORDERS_AT_LEAST = 50
"""Among a few customers one of them always has a third."""
TIMES_SECOND = 5
"""Money spreads wider than orders: a third of it is odd only when the next customer is far below."""
ORDERS_WITHOUT_REFUND = 300
"""At one order in a hundred taken back, 300 orders without any happen once in twenty shops."""


def giants(workspace: Workspace) -> tuple[Finding, ...]:
    """At most one: the customer with a third of all orders, or with a third of the money and far above the second."""
    all_of = totals(workspace)
    if all_of.customers < CUSTOMERS_AT_LEAST or all_of.orders < ORDERS_AT_LEAST or not all_of.gross:
        return ()
    rows = workspace.ask("largest_customers")
    by_orders, by_money = (
        sorted((row for row in rows if row["largest_by"] == key), key=lambda row: row[key], reverse=True)
        for key in ("orders", "gross")
    )
    if by_orders[0]["orders"] >= GIANT_SHARE * all_of.orders:
        largest, second = by_orders
    elif by_money[0]["gross"] >= max(GIANT_SHARE * all_of.gross, TIMES_SECOND * by_money[1]["gross"]):
        largest, second = by_money
    else:
        return ()
    facts = {
        "customers": all_of.customers,
        "orders": largest["orders"],
        "orders_share": largest["orders"] / all_of.orders,
        "money": largest["gross"],
        "money_share": float(largest["gross"] / all_of.gross),
        "second_orders": second["orders"],
        "second_money": second["gross"],
    }
    customer_id = _customer_id(workspace, largest)
    facts = {"customer_id": customer_id, **facts}
    if len(customer_id) > LONGEST_ID or len(workspace.settings.left_out) >= MOST_LEFT_OUT:
        return (Finding("giant_customer", facts),)
    return (Finding("giant_customer", facts, "leave_out", customer_id, about=customer_id),)


def no_refunds(workspace: Workspace) -> tuple[Finding, ...]:
    """At most one: hundreds of orders, and no file has a refund or a row that its status keeps out."""
    all_of = totals(workspace)
    if all_of.orders < ORDERS_WITHOUT_REFUND or all_of.refunds:
        return ()
    accounts = [json.loads(row["quality"]) or {} for row in workspace.ask("batch_accounts")]
    if any(account.get(key) for account in accounts for key in ("refunds", "rows_not_counted")):
        return ()
    return (Finding("no_refunds", {"orders": all_of.orders}),)


def _customer_id(workspace: Workspace, row: dict[str, Any]) -> str:
    found = workspace.ask("customer_id", customer=row["customer"], day=row["last_day"])
    return str(found[0]["customer_id"])
