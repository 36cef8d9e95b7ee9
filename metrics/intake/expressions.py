"""The SQL that turns raw text columns into typed ones; null for every cell that is not of the common shape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from metrics.intake.arithmetic import cost, product, scaled
from metrics.intake.dates import EARLIEST, LATEST
from metrics.intake.ids import LOST_DIGITS, bare_id
from metrics.intake.money import Mark
from metrics.intake.name_parts import joined_name
from metrics.intake.people_columns import PARTS
from metrics.intake.plan import Plan
from metrics.intake.source import cell
from metrics.intake.words import no_pattern, payment_pattern, refund_pattern

TEXTS = (
    "status", "category", "channel", "manager", "region", "name", "email", "phone", "consent", "flags", "currency",
    "reason", "confirmed_reason", "fault",
)  # fmt: skip
_VOIDING = frozenset({"cancelled", "paid", "refunded", "is_refunded", "refund_items"})
PART = "\x1f"
"""What stands between the cells of several further statuses."""
_GAPS = " \u00a0\u202f"
_NO_ID = "'-{0,4}|0|null|nan|none|n/a|na|#n/a'"


def voiding(plan: Plan) -> list[int]:
    """The columns beside the statuses that can say that a row does not count."""
    return [*(place for name, place in plan.places.items() if name in _VOIDING), *plan.telling.documents]


def staged_columns(plan: Plan) -> Iterator[str]:
    """The expressions of the staged columns, in the order of clean orders."""
    places = plan.places
    yield f"{_order_id(plan)} as order_id"
    # As written: the few distinct customers are cleaned later, which is cheaper than trimming every row.
    yield f"case when not is_overlong then {_first(plan, 'customer')} end as customer_id"
    yield "date_read as order_at"
    amount = _amount(plan)
    yield f"{amount} as amount"
    yield f"coalesce({amount} < 0, false) as is_refund"
    yield "1::integer as n_lines"
    if (cost_of_row := cost(plan, amount)) is not None:
        yield f"{cost_of_row} as cost"
    for name in TEXTS:
        if name in places:
            yield f"nullif(trim({_first(plan, name)}), '') as {name}"
    if plan.is_name_joined:
        yield f"{_joined_name(plan)} as name"
    if plan.telling.statuses:
        cells = ", ".join(f"trim(coalesce({cell(place)}, ''))" for place in plan.telling.statuses)
        yield f"nullif(concat_ws('{PART}', {cells}), '{PART * (len(plan.telling.statuses) - 1)}') as more_status"
    if voiding(plan):
        yield f"{_is_void(plan)} as is_void"


def _first(plan: Plan, name: str) -> str:
    """The cell of a field, or where it is blank the next one that says the same."""
    text = cell(plan.places[name])
    if name not in plan.spare:
        return text
    cells = [f"nullif(trim({each}), '')" for each in (text, *map(cell, plan.spare[name]))]
    return f"coalesce({', '.join(cells)})"


def _joined_name(plan: Plan) -> str:
    """The name that stands in several columns."""
    first, middle, last = (
        f"nullif(trim({cell(plan.places[name])}), '')" if name in plan.places else "null::varchar" for name in PARTS
    )
    return joined_name(first, middle, last)


def _amount(plan: Plan) -> str:
    """What the row brought; null also where its refund cannot be read."""
    places = plan.places
    amount = product(plan)
    if plan.telling.operations:
        said = " or ".join(_begins(place, refund_pattern()) for place in plan.telling.operations)
        amount = f"case when {said} then -abs({amount}) else {amount} end"
    if "refund_items" in places:
        return f"{amount} - {_listed_refunds(plan)}"
    if "refunded" not in places or plan.sums.is_net:
        return amount
    given = f"trim(coalesce({cell(places['refunded'])}, ''))"
    return f"{amount} - case when {given} in ('', '-') then 0 else abs(refunded_read) end"


def _begins(place: int, pattern: str) -> str:
    return f"coalesce(regexp_matches(lower(trim({cell(place)})), '{pattern}'), false)"


def _listed_refunds(plan: Plan) -> str:
    """The sum of the refunds of a cell such as `amount:20.00|reason:torn;amount:5.00|reason:late`."""
    text = f"coalesce({cell(plan.places['refund_items'])}, '')"
    found = rf"regexp_extract_all({text}, '(?:^|[|;])\s*amount:\s*-?([0-9.]+)', 1)"
    return f"coalesce(list_sum(list_transform({found}, lambda each: try_cast(each as decimal(18, 4)))), 0)"


def _is_void(plan: Plan) -> str:
    """Whether the row says by a column of its own that it does not count: cancelled, not paid, wholly refunded."""
    places = plan.places
    reasons = [_begins(place, payment_pattern()) for place in plan.telling.documents]
    for name in ("cancelled", "is_refunded"):
        if name in places:
            said = f"lower(trim({cell(places[name])}))"
            reasons.append(f"({said} <> '' and not regexp_full_match({said}, '{no_pattern()}'))")
    if "paid" in places:
        reasons.append(f"regexp_full_match(lower(trim({cell(places['paid'])})), '{no_pattern()}')")
    if "refunded" in places and "amount" in places:
        reasons.append(
            "(amount_read = 0 and refunded_read <> 0)"
            if plan.sums.is_net
            else "(amount_read > 0 and abs(refunded_read) >= amount_read)"
        )
    if "refund_items" in places and "amount" in places:
        reasons.append(f"(amount_read > 0 and {_listed_refunds(plan)} >= amount_read)")
    return f"coalesce({' or '.join(reasons)}, false)"


def _literal(moment: datetime) -> str:
    return f"timestamp '{moment:%Y-%m-%d}'"


def _order_id(plan: Plan) -> str:
    if "order_id" not in plan.places:
        return "null::varchar"
    text = cell(plan.places["order_id"])
    if plan.n_lost_ids:
        bare = bare_id(text, "padded" if plan.ids == "none" else plan.ids)
        return f"case when not regexp_full_match({bare}, '{LOST_DIGITS}|(?i:{_NO_ID[1:-1]})') then {bare} end"
    if plan.ids != "none":
        bare = bare_id(text, plan.ids)
        return f"case when not regexp_full_match(lower({bare}), {_NO_ID}) then {bare} end"
    # Longer texts need no look at the words for "none". A pattern, not `in (...)`: DuckDB makes a join of a list, and a
    # join gives up the order of the rows, by which rejected rows are found again.
    return (
        f"case when strlen({text}) > 4 then {text} "
        f"when regexp_full_match(lower(trim({text})), {_NO_ID}) then null else trim({text}) end"
    )


def value(plan: Plan, name: str, is_repaired: bool) -> str:
    """The typed value of a field; with `is_repaired` the table fixed_<field> fills what the quick expression leaves."""
    expression = quick(plan, name)
    return scaled(plan, name, f"coalesce({expression}, fixed_{name}.value)" if is_repaired else expression)


def quick(plan: Plan, name: str) -> str:
    """The expression that reads the common shape of a column; null for every other cell."""
    text = cell(plan.places[name])
    if name in {"margin", "discount"}:
        text = f"rtrim({text}, '% ')"
    if name != "date":
        return _money(text, plan.marks[name], is_grouped=name in plan.grouped)
    if not plan.iso and not plan.date_formats:
        return "null::timestamp"
    read = f"try_cast({text} as timestamp)" if plan.iso else f"try_strptime({text}, getvariable('date_formats'))"
    # What is out of range may be a two-digit year of another notation: the exact parser tells.
    return f"case when {read} >= {_literal(EARLIEST)} and {read} < {_literal(LATEST)} then {read} end"


def _money(text: str, mark: Mark, *, is_grouped: bool) -> str:
    """Plain numbers by a cast; with `is_grouped` also those with whole groups of three, set apart in one way."""
    point = mark == "point"
    plain = text if point else f"case when not contains({text}, '.') then replace({text}, ',', '.') end"
    plain = f"try_cast({plain} as decimal(18, 4))"
    if not is_grouped:
        return plain
    other, decimal = (",", r"\.") if point else (".", ",")
    groups = f"(?:[{other}]\\d{{3}})+|(?:[{_GAPS}]\\d{{3}})+"
    shape = f"-?\\d{{1,3}}(?:{groups})(?:{decimal}\\d+)?"
    bare = f"translate({text}, '{other}{_GAPS}', '')"
    bare = bare if point else f"replace({bare}, ',', '.')"
    return (
        f"coalesce({plain}, case when regexp_full_match({text}, '{shape}') then try_cast({bare} as decimal(18, 4)) end)"
    )
