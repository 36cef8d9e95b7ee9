"""A name that stands in two or three columns of an order file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.intake.columns import Choice
from metrics.intake.contract import ColumnChoice
from metrics.intake.people_columns import PARTS, SURE_NAME, choose_people_columns


def with_name_parts(
    choice: Choice,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    chosen: Mapping[str, str | None],
) -> Choice:
    """The choice with first and last name where they are columns of their own and no other column is the name.

    A first name is not whom an order is of: where it would be the customer, it is left open who that is.
    """
    if "name" in chosen or not {"first_name", "last_name"} <= (parts := _parts(headers, rows, chosen)).keys():
        return choice
    columns, sources = dict(choice.columns), {each.source for each in parts.values()}
    named = columns.get("name")
    if named is not None and named.source not in sources and named.confidence >= SURE_NAME:
        return choice
    columns.pop("name", None)
    unclear, kind = dict(choice.unclear), choice.customer_kind
    if "customer" in columns and columns["customer"].source in sources and "customer" not in chosen:
        del columns["customer"]
        unclear, kind = {**unclear, "customer": ()}, "id"
    return replace(choice, columns={**columns, **parts}, unclear=unclear, customer_kind=kind)


def joined_name(first: str, middle: str, last: str) -> str:
    """The SQL of a name made of its parts, in the order in which its script writes them; null where all are blank."""
    return (
        f"case when regexp_matches(concat({last}, {first}), '\\p{{Han}}') then nullif(concat({last}, {first}), '') "
        f"else nullif(concat_ws(' ', {first}, {middle}, {last}), '') end"
    )


def _parts(
    headers: Sequence[str], rows: Sequence[Sequence[str]], chosen: Mapping[str, str | None]
) -> dict[str, ColumnChoice]:
    found = choose_people_columns(headers, rows, chosen)
    return {name: found[name] for name in PARTS if name in found}
