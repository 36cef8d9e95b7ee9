"""A segment that a person wrote as JSON: read, or refused by the name of the field that is wrong."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from metrics.errors import WinbackError
from metrics.segment import RANGES, Condition, Segment, segment_fields

_CODES: Final = {
    "missing": "field_needed", "string_type": "field_text", "bool_type": "field_yes_no", "bool_parsing": "field_yes_no",
    "tuple_type": "field_list", "model_type": "field_object", "too_long": "field_too_many",
    "string_too_long": "field_too_long",
}  # fmt: skip


class FilterError(WinbackError):
    """A filter that cannot be used; the fact `field` says where."""


def read_filter(text: str) -> Segment:
    """The segment in a JSON text: its fields, or only the list of its conditions. Raises FilterError."""
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise FilterError("filter_no_json", line=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):
        raise FilterError("filter_no_object") from None
    if isinstance(held, list):
        held = {"conditions": held}
    if not isinstance(held, dict):
        raise FilterError("filter_no_object")
    try:
        return Segment.model_validate(held)
    except ValidationError as error:
        raise _problem(error) from None


def _problem(error: ValidationError) -> FilterError:
    faults = error.errors(include_url=False)
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    where = fault["loc"]
    if fault["type"] == "extra_forbidden":
        place = Condition if "conditions" in where[-3:-1] else Segment
        known = list(place.model_fields)
        return _unknown(_written(where), str(where[-1]), known)
    if fault["type"] == "value_error":
        return _misfit(fault["input"], _written(where))
    code = _CODES.get(fault["type"], "field_number_any")
    facts = {name: value for name, value in fault.get("ctx", {}).items() if name == "max_length"}
    return FilterError(code, field=_written(where), **facts)


def _misfit(given: dict[str, Any], place: str) -> FilterError:  # noqa: PLR0911  (one return per fault)
    """Why a condition does not fit what it asks of."""
    field = segment_fields().get(given["field"])
    if field is None:
        return _unknown(f"{place}.field", given["field"], list(segment_fields()))
    low, high, values = given.get("low"), given.get("high"), given.get("values", ())
    facts = {"field": place, "asked": field.key}
    if field.kind in RANGES:
        if low is not None and high is not None and low > high:
            return FilterError("filter_bounds", **facts)
        return FilterError("filter_range", **facts)
    if low is not None or high is not None:
        return FilterError("filter_no_range", **facts)
    if field.kind == "flag":
        return FilterError("filter_flag", **facts)
    if not values:
        return FilterError("filter_values", **facts)
    return FilterError("field_choice", field=f"{place}.values", known=field.options)


def _unknown(place: str, name: str, known: list[str]) -> FilterError:
    near = get_close_matches(str(name), known, 1)
    return FilterError("field_unknown", field=place, near=near[0] if near else None, known=known)


def _written(path: tuple[int | str, ...]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
