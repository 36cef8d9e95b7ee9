"""The words of what the intake asks: the question with its example, each possible answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.formats import count, country, date_long, listing, money_full
from dashboard.i18n import _, ngettext
from dashboard.markdown import one_stop
from metrics.intake.contract import ALL_SHEETS, Question

_SUMS = ("amount_per", "refund_in_amount", "cost_per", "margin_unit")
_NUMBERS = ("refund", "quantity", "price", "discount", "cost", "margin")


def question(asked: Question) -> str:
    """A question in words, with the example from the file."""
    facts = asked.facts
    texts = {
        "day_or_month": _("Which day is {example}?"),
        "which_customer": _("Which column says who the customer is?"),
        "which_date": _("Which column holds the date of the order?"),
        "which_amount": _("Which column holds the amount of the order?"),
        "which_sheet": _("Which sheet holds the orders?"),
        "decimal_mark": _("What does the mark in {example} separate?"),
        "amount_per": ngettext(
            "Order {example} stands in {n} row of {amount}. What was it worth?",
            "Order {example} stands in {n} rows of {amount} each. What was it worth in all?",
            _rows(asked),
        ),
        "amount_sign": _("All amounts are below zero, such as {amount}. Are these orders or refunds?"),
        "refund_in_amount": _(
            "An order has {amount} in the column {column} and a refund of {refund}. What did it bring?"
        ),
        "discount": _("A row has {quantity} × {price} and the discount {discount}. What did it bring?"),
        "cost_per": _("A row has {quantity} × {price} and the cost {cost}. What did all of it cost you?"),
        "margin_unit": _("An order of {amount} has the margin {margin}. How much money is that?"),
        "yen": _("Which money is the ¥ of {example}?"),
        "same_number": _("The number {example} stands on {first} and on {last}. Is that one order?"),
        "which_currency": _which_currency(facts.get("own")),
        "phone_region": _("Of which country are the phone numbers without a country code, such as {example}?"),
        "file_kind": _("The file has the column {example}. Does it hold orders, or customers?"),
    }
    return one_stop(
        texts[asked.code].format(
            example=facts.get("example", ""),
            n=count(_rows(asked)),
            amount=_money(facts.get("amount", facts.get("order"))),
            **{name: _money(facts.get(name)) for name in _NUMBERS},
            column=facts.get("column", ""),
            first=_day(facts.get("first")),
            last=_day(facts.get("last")),
            currencies=listing(facts.get("currencies", ())),
            own=facts.get("own"),
        )
    )


def answer(asked: Question, option: str) -> str:
    """One possible answer in words."""
    facts = asked.facts
    if asked.code in {"which_customer", "which_date", "which_amount"}:
        example = facts.get("examples", {}).get(option)
        return option if example is None else _("{column} (such as {example})").format(column=option, example=example)
    if asked.code == "day_or_month":
        return option if facts.get(option) is None else _day(facts[option])
    if asked.code in _SUMS:
        return _money(facts[option])
    own_words = {"discount": _discounted, "phone_region": _region, "decimal_mark": _mark, "which_sheet": _sheet}
    if asked.code in own_words:
        return own_words[asked.code](asked, option)
    return {
        ("yen", "CNY"): _("yuan (CNY)"),
        ("yen", "JPY"): _("yen (JPY)"),
        ("amount_sign", "orders"): _("orders, written with a minus"),
        ("amount_sign", "refunds"): _("refunds: they take back what was bought before"),
        ("same_number", "one"): _("yes, one order over several days"),
        ("same_number", "another"): _("no, the numbers start anew: another day is another order"),
        ("file_kind", "orders"): _("orders: a row is an order or a part of one"),
        ("file_kind", "customers"): _("customers: a row is a person"),
    }.get((asked.code, option), option)


def _region(asked: Question, option: str) -> str:
    """A country, with what the example is there."""
    number = asked.facts.get(option)
    return country(option) if number is None else f"{country(option)}: {number}"


def _discounted(asked: Question, option: str) -> str:
    """What a row brought by one reading of its discount, and that reading."""
    return {
        "line": _("{sum}: {discount} is off the row"),
        "unit": _("{sum}: {discount} is off each piece"),
        "percent": _("{sum}: {discount}% is off"),
        "share": _("{sum}: that share is off"),
        "factor": _("{sum}: that share is paid"),
        "after": _("{sum}: the price is after the discount already"),
    }[option].format(sum=_money(asked.facts[option]), discount=_money(asked.facts["discount"]))


def _mark(asked: Question, option: str) -> str:
    """What the mark is for, with what the example is worth then."""
    facts = asked.facts
    is_smaller = abs(facts[option]) == min(abs(facts[each]) for each in asked.options)
    text = _("the decimals: {number}") if is_smaller else _("the thousands: {number}")
    return text.format(number=_money(facts[option]))


def _sheet(asked: Question, option: str) -> str:
    """A sheet with its first row, and whether it is hidden; or all of them as one."""
    facts = asked.facts
    if option == ALL_SHEETS:
        return _("all of them together: {sheets}").format(sheets=listing(facts.get("together", ())))
    row = facts.get("examples", {}).get(option)
    if row is None:
        return option
    text = (
        _("{sheet}, hidden (begins with {row})")
        if option in facts.get("hidden", ())
        else _("{sheet} (begins with {row})")
    )
    return text.format(sheet=option, row=listing(row))


def _which_currency(own: str | None) -> str:
    if own is None:
        return _("The amounts are in {currencies}. In which currency shall they be counted?")
    return _("Amounts are in {currencies}, those loaded before in {own}: what is one unit worth?")


def _rows(asked: Question) -> int:
    return int(asked.facts.get("rows", 1)) if asked.code == "amount_per" else 1


def _day(value: Any) -> str:
    return date_long(value if isinstance(value, date) else date.fromisoformat(str(value))) if value else ""


def _money(value: Any) -> str:
    return "" if value is None else money_full(Decimal(value), None)
