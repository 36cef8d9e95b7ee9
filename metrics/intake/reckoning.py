"""Decides how the numbers of a row make up its amount and its cost; where two ways are left, they are asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, pstdev
from typing import Any, cast

from metrics.intake.contract import Question, Warned
from metrics.intake.sums import (
    CostPer,
    Discount,
    MarginUnit,
    Row,
    Sample,
    Sums,
    factor_of,
    is_percent,
    number_of,
    says,
)

_SCALED = ("amount", "price", "refunded", "cost", "margin", "discount", "sale_price")
_NEARLY_ALL = 0.9
_HUNDRED = 100
_THIN = 0.1
_HARDLY_ANY = 0.02
_FAR_LESS = 0.7
_TELLING = 2
_MOST_ROWS = 200
_CENT = Decimal("0.01")


def further_places(headers: Sequence[str], rows: Sequence[Row], places: Mapping[str, int]) -> dict[str, int]:
    """The places of a discount and of a price after it, beside quantity and price where there is no amount."""
    if "amount" in places or not {"quantity", "price"} <= places.keys():
        return {}
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        if place in places.values() or not says(header, "discount") or says(header, "no_sum"):
            continue
        filled = [row[place] for row in rows if row[place].strip() not in {"", "-"}]
        if sum(number_of(cell) is not None for cell in filled) < _NEARLY_ALL * len(filled):
            continue
        found.setdefault("sale_price" if says(header, "price") else "discount", place)
    return found


def sums_of(sample: Sample, answers: Mapping[str, str]) -> Sums:
    """Decide from the words of the headers and from what the numbers prove."""
    decided = [each(sample, answers) for each in (_refund, _margin, _cost, _discount)]
    said = {each.field: each.value for each in decided}
    factors = _factors(sample)
    return Sums(
        is_net=said["refund"] == "net",
        margin=cast(MarginUnit, said["margin"]),
        cost_per=cast(CostPer, said["cost"]),
        discount=cast(Discount, said["discount"]),
        factors=factors,
        questions=tuple(each.question for each in decided if each.question is not None),
        warnings=(*_reduced(sample), *(_scaled(sample, name, factor) for name, factor in factors.items())),
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    field: str
    value: str
    question: Question | None = None


def _asked(field: str, asked: Question, answers: Mapping[str, str]) -> _Decided:
    answer = answers.get(asked.code, "")
    return _Decided(field, answer) if answer in asked.options else _Decided(field, asked.options[0], asked)


def _refund(sample: Sample, answers: Mapping[str, str]) -> _Decided:
    """Whether refunds are off the amount already: by its header, or as another column less the refund is the amount."""
    if not {"amount", "refunded"} <= sample.places.keys():
        return _Decided("refund", "gross")
    is_net = says(sample.header("amount"), "net")
    refunded = sample.rows_with("refunded", look_further=is_net)
    rows = [row for row in refunded[:_MOST_ROWS] if sample.number(row, "amount") is not None]
    if rows and _has_other(sample, rows, before=True) and (is_net or len(rows) >= _TELLING):
        return _Decided("refund", "net")
    if not rows or not is_net or _has_other(sample, rows, before=False):
        return _Decided("refund", "gross")
    if says(sample.header("amount"), "net_sales"):
        return _Decided("refund", "net")
    amount, refund = _known(sample, rows[0], "amount"), abs(_known(sample, rows[0], "refunded"))
    facts = {
        "column": sample.header("amount"),
        "amount": amount,
        "refund": refund,
        "net": amount,
        "gross": amount - refund,
    }
    return _asked("refund", Question("refund_in_amount", ("net", "gross"), facts), answers)


def _has_other(sample: Sample, rows: Sequence[Row], *, before: bool) -> bool:
    """Whether a further column is the amount before the refund (and a discount), or after it, in all `rows`."""
    own = {sample.places["amount"], sample.places["refunded"]}
    free = [place for place in range(len(sample.headers)) if place not in own]
    offs = [None, *(place for place in free if says(sample.headers[place], "discount"))]

    def fits(place: int, off: int | None) -> bool:
        for row in rows:
            other = number_of(row[place], sample.marks["amount"])
            less = (number_of(row[off], sample.marks["amount"]) if off is not None else None) or Decimal(0)
            amount, refund = _known(sample, row, "amount"), abs(_known(sample, row, "refunded"))
            if other is None:
                return False
            expected = amount + refund + abs(less) if before else amount - refund
            if abs(other - expected) >= _CENT:
                return False
        return True

    return any(fits(place, off) for place in free for off in (offs if before else [None]) if place != off)


def _margin(sample: Sample, answers: Mapping[str, str]) -> _Decided:
    """Whether a margin is money, per cent of the amount or a share of it."""
    if "margin" not in sample.places or "cost" in sample.places:
        return _Decided("margin", "money")
    header, cells = sample.header("margin"), [row[sample.places["margin"]] for row in sample.rows]
    pairs = [
        (amount, margin)
        for row in sample.rows
        if (amount := sample.product(row)) and (margin := sample.number(row, "margin")) and amount > 0
    ]
    if not pairs:
        return _Decided("margin", "percent" if is_percent(header, cells) else "money")
    is_small = all(abs(margin) <= 1 for _, margin in pairs)
    if is_percent(header, cells):
        has_sign = any("%" in cell for cell in cells)
        return _Decided("margin", "share" if is_small and not has_sign else "percent")
    if not _may_be_a_part(pairs):
        return _Decided("margin", "money")
    if is_small and median(margin / amount for amount, margin in pairs) < _HARDLY_ANY:
        return _Decided("margin", "share")
    part = "share" if is_small else "percent"
    amount, margin = pairs[0]
    facts = {"amount": amount, "margin": margin, "money": margin, part: amount * margin / (1 if is_small else _HUNDRED)}
    return _asked("margin", Question("margin_unit", (part, "money"), facts), answers)


def _may_be_a_part(pairs: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """Whether margins without a sign may be per cents: small, and not rising with the amounts as money does."""
    if any(abs(margin) > _HUNDRED for _, margin in pairs):
        return False
    ratios = [float(abs(margin) / amount) for amount, margin in pairs]
    if median(ratios) < _THIN or max(ratios) > 1:
        return True
    spread = pstdev([math.log(abs(margin)) for _, margin in pairs])
    return spread < _FAR_LESS * pstdev([math.log(amount) for amount, _ in pairs])


def _cost(sample: Sample, answers: Mapping[str, str]) -> _Decided:
    """Whether a cost is that of the row or of one piece, where the amount is quantity x price as well."""
    if not {"quantity", "cost"} <= sample.places.keys():
        return _Decided("cost", "line")
    header = sample.header("cost")
    if says(header, "per_unit"):
        return _Decided("cost", "unit")
    if "amount" in sample.places or says(header, "in_all"):
        return _Decided("cost", "line")
    numbers = [[sample.number(row, name) for name in ("quantity", "price", "cost")] for row in sample.rows_with("cost")]
    open_rows = [(q, price, cost) for q, price, cost in numbers if q is not None and q > 1 and price and cost]
    # Nobody sells nearly everything below its cost.
    if sum(cost > price for _, price, cost in open_rows) > len(open_rows) / 2:
        return _Decided("cost", "line")
    for quantity, price, cost in open_rows[:1]:
        facts = {"quantity": quantity, "price": price, "cost": cost, "line": cost, "unit": cost * quantity}
        return _asked("cost", Question("cost_per", ("line", "unit"), facts), answers)
    return _Decided("cost", "line")


def _discount(sample: Sample, answers: Mapping[str, str]) -> _Decided:
    """What a discount beside quantity x price takes off."""
    rows = sample.rows_with("discount") if "discount" in sample.places else []
    found = [(row, bring) for row in rows[:_MOST_ROWS] if (bring := _bring(sample, row))]
    if not found:
        return _Decided("discount", "after")
    row, worth = max(found, key=lambda each: len(set(each[1].values())))
    cells = [each[sample.places["discount"]] for each in rows]
    sizes = [abs(_known(sample, each, "discount")) for each, _ in found]
    if is_percent(sample.header("discount"), cells):
        options: tuple[Discount, ...] = ("percent", "after")
    elif max(sizes) <= 1:
        options = ("line", "share", "factor", "after")
    else:
        pieces: tuple[Discount, ...] = ("line", "unit") if sample.number(row, "quantity") != 1 else ("line",)
        options = (*pieces, "percent", "after") if max(sizes) <= _HUNDRED else (*pieces, "after")
    given: dict[str, Any] = {name: sample.number(row, name) for name in ("quantity", "price", "discount")}
    facts = given | {option: worth[option] for option in options}
    return _asked("discount", Question("discount", options, facts), answers)


def _bring(sample: Sample, row: Row) -> dict[Discount, Decimal]:
    """What a row is worth by each reading of its discount."""
    quantity, price, off = (sample.number(row, name) for name in ("quantity", "price", "discount"))
    if quantity is None or quantity <= 0 or not price or not off:
        return {}
    whole, off = quantity * price, abs(off)
    return {
        "after": whole,
        "line": whole - off,
        "unit": whole - quantity * off,
        "percent": whole - whole * off / _HUNDRED,
        "share": whole - whole * off,
        "factor": whole * off,
    }


def _factors(sample: Sample) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name in _SCALED:
        if name in sample.places:
            cells = [row[sample.places[name]] for row in sample.rows]
            factor = factor_of(sample.header(name), cells)
            found |= {name: factor} if factor is not None and not is_percent(sample.header(name), cells) else {}
    return found


def _reduced(sample: Sample) -> list[Warned]:
    return (
        [Warned("reduced_price", 0, {"column": sample.header("sale_price")})] if "sale_price" in sample.places else []
    )


def _scaled(sample: Sample, name: str, factor: Decimal) -> Warned:
    read = [(row[sample.places[name]], number) for row in sample.rows if (number := sample.number(row, name))]
    example, number = read[0] if read else ("1", Decimal(1))
    return Warned("scaled", 0, {"column": sample.header(name), "example": example.strip(), "amount": number * factor})


def _known(sample: Sample, row: Row, name: str) -> Decimal:
    return sample.number(row, name) or Decimal(0)
