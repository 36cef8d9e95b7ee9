"""A scenario from text that a person wrote: what cannot be used is refused with a code and the field's own path."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from metrics.errors import WinbackError
from metrics.lost_segments import LostSegment
from metrics.scenario import OWN, PLAIN, SEGMENT, TAGS, Incentive, PlainAudience, Scenario, SegmentAudience, Stage

Path = tuple[int | str, ...]

PLACES: Final[dict[Path, type[BaseModel]]] = {
    (): Scenario,
    ("audience", PLAIN): PlainAudience,
    ("audience", SEGMENT): SegmentAudience,
    ("audience", SEGMENT, "segment", OWN): LostSegment,
    ("stages",): Stage,
    ("incentive",): Incentive,
}
"""What stands where, by the location that pydantic reports, without the numbers of list entries."""

OTHER_AUDIENCE: Final[dict[type[BaseModel], type[BaseModel]]] = {
    PlainAudience: SegmentAudience,
    SegmentAudience: PlainAudience,
}

_NUMBERS = re.compile(r"(int|float|finite|greater|less)_")
_CODES: Final = {
    "missing": "field_needed",
    "literal_error": "field_choice",
    "too_long": "field_too_many",
    "string_too_long": "field_too_long",
    "string_type": "field_text",
    "bool_type": "field_yes_no",
    "bool_parsing": "field_yes_no",
    "tuple_type": "field_list",
    "model_type": "field_object",
    "model_attributes_type": "field_object",
}


class ScenarioError(WinbackError):
    """A scenario that cannot be used. The fact `field` is the path as the person wrote it: `stages[2].rate`."""


def read_scenario(text: str) -> Scenario:
    """The scenario in a JSON text. Raises ScenarioError."""
    found = _parsed(text)
    if not isinstance(found, dict):
        raise ScenarioError("scenario_no_object")
    try:
        return Scenario.model_validate(found)
    except ValidationError as error:
        raise _problem(error) from None


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_float=_number, parse_int=_whole, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise ScenarioError("scenario_no_json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise ScenarioError("scenario_no_object") from None


def _number(text: str) -> float:
    """JSON has one kind of numbers: 1000.0 is as whole as 1000."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _whole(text: str) -> float:
    """Python refuses to read very long numbers; as infinity they are out of any bounds, and refused by their field."""
    return int(text) if len(text) < 300 else float(text)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ScenarioError("field_repeated", field=name)
    return dict(pairs)


def _problem(error: ValidationError) -> ScenarioError:
    """The fault to speak of: a name that is unknown first, for it is often the one that something else lacks."""
    faults = error.errors(include_url=False)
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    if fault["type"] == "extra_forbidden":
        return _unknown(fault["loc"])
    facts = dict(fault.get("ctx", {}))
    path = (*fault["loc"], *_parts(facts))
    if path == ("audience", PLAIN, "n") and fault["input"] == {}:
        return ScenarioError("audience_needed", field="audience")
    if _NUMBERS.match(fault["type"]):
        return _number_needed(path)
    if "other" in facts:
        facts["other"] = _written((*fault["loc"], facts["other"]))
    if fault["type"] == "literal_error":
        facts["known"] = re.findall(r"'([^']*)'", facts.pop("expected"))
    return ScenarioError(_CODES.get(fault["type"], fault["type"]), **{**facts, "field": _written(path)})


def _parts(facts: dict[str, Any]) -> Path:
    """The field that a validator of our own names, seen from where it stands."""
    return (facts["field"],) if "field" in facts else ()


def _unknown(location: Path) -> ScenarioError:
    *above, name = location
    place = _place(tuple(above))
    known = list(place.model_fields)
    if place in OTHER_AUDIENCE:
        others = OTHER_AUDIENCE[place].model_fields
        if name in others:
            return ScenarioError("audience_mixed", field=_written(location))
        known += others
    near = get_close_matches(str(name), known, 1)
    return ScenarioError("field_unknown", field=_written(location), known=known, near=near[0] if near else None)


def _number_needed(path: Path) -> ScenarioError:
    """The bounds are read from the schema, which has them however the field is annotated."""
    *above, name = path
    described = _place(tuple(above)).model_json_schema()["properties"][name]
    options = [each for each in (described, *described.get("anyOf", ())) if "maximum" in each]
    bounds = options[0]
    low = bounds.get("minimum", bounds.get("exclusiveMinimum"))
    return ScenarioError(
        "field_number",
        field=_written(path),
        low=low,
        high=bounds["maximum"],
        is_whole=bounds["type"] == "integer",
        is_above="minimum" not in bounds,
    )


def _place(location: Path) -> type[BaseModel]:
    return PLACES[tuple(part for part in location if isinstance(part, str))]


def _written(path: Path) -> str:
    """A location as a person writes it."""
    text = ""
    for before, part in zip((None, *path), path, strict=False):
        if isinstance(part, int):
            text += f"[{part}]"
        elif part not in TAGS or before not in {"audience", "segment"}:
            text += f".{part}" if text else part
    return text
