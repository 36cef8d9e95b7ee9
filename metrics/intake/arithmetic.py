"""The SQL of what a row brought and what it cost, from the numbers that were read."""

from __future__ import annotations

from metrics.intake.plan import Plan
from metrics.intake.source import cell

_MONEY = "decimal(18, 4)"


def product(plan: Plan) -> str:
    """What the row is worth before its refund: the amount, or quantity x price less the discount."""
    if "amount" in plan.places:
        return "amount_read"
    price = "price_read"
    if "sale_price" in plan.places:
        price = f"case when {_is_blank(plan, 'sale_price')} then price_read else sale_price_read end"
    whole = _money(f"quantity_read * {_bracketed(price)}")
    if plan.sums.discount == "after":
        return whole
    off = f"(case when {_is_blank(plan, 'discount')} then 0 else abs(discount_read) end)"
    return {
        "line": _money(f"{whole} - sign(quantity_read)::integer * {off}"),
        "unit": _money(f"{whole} - quantity_read * {off}"),
        "percent": _money(f"{whole} - {_part(whole, off, is_percent=True)}"),
        "share": _money(f"{whole} - {_part(whole, off)}"),
        "factor": f"case when {_is_blank(plan, 'discount')} then {whole} else {_part(whole, off)} end",
    }[plan.sums.discount]


def cost(plan: Plan, amount: str) -> str | None:
    """What the row cost, None where the file does not say it."""
    if "cost" in plan.places:
        return "cost_read" if plan.sums.cost_per == "line" else _money("cost_read * quantity_read")
    if "margin" not in plan.places:
        return None
    if plan.sums.margin == "money":
        return f"{amount} - margin_read"
    return _money(f"{amount} - {_part(_bracketed(amount), 'margin_read', is_percent=plan.sums.margin == 'percent')}")


def scaled(plan: Plan, name: str, number: str) -> str:
    """The number of a field in whole units of money."""
    factor = plan.sums.factors.get(name)
    return number if factor is None else _money(f"{number} * {factor}")


def _part(whole: str, part: str, *, is_percent: bool = False) -> str:
    product = f"try_cast({whole} * {part} as decimal(28, 6))"
    return _money(f"{product} * 0.01" if is_percent else product)


def _is_blank(plan: Plan, name: str) -> str:
    return f"trim(coalesce({cell(plan.places[name])}, '')) in ('', '-')"


def _money(number: str) -> str:
    return f"try_cast({number} as {_MONEY})"


def _bracketed(number: str) -> str:
    return f"({number})"
