"""Why a scenario that a person wrote as a file cannot be used: one sentence that names the field and what to do."""

from __future__ import annotations

from typing import Any

from dashboard import labels
from dashboard.formats import count, listing
from dashboard.i18n import _, ngettext
from metrics.errors import WinbackError

SHORT = 10
"""So many names are listed; of more only the one that was probably meant."""
LONGEST_NAME = 80


def refusal(problem: WinbackError) -> str:
    """One sentence for a scenario that cannot be used."""
    facts = {name: shown(value) if isinstance(value, str) else value for name, value in problem.facts.items()}
    if problem.code == "field_number":
        return _number(facts)
    if problem.code == "field_unknown":
        return _unknown(facts)
    if problem.code == "field_too_many":
        return _too_many(facts)
    template = {**_of_the_file(), **_of_a_field(), **_of_several()}.get(problem.code)
    if template is None:
        return labels.error(problem)
    if "known" in facts:
        facts["known"] = listing(facts["known"])
    return template.format(**facts)


def shown(text: str) -> str:
    """A text of the file as it may stand in a sentence: on one line, without control characters, not endless."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in text)
    return clean if len(clean) <= LONGEST_NAME else clean[:LONGEST_NAME] + "…"


def _of_the_file() -> dict[str, str]:
    return {
        "scenario_no_json": _("The scenario is no JSON: look at line {line}, character {column}."),
        "scenario_no_object": _("The scenario must be one JSON object: fields with their values between {{ and }}."),
        "segment_unknown": _("audience.segment: there is no segment “{segment}”; choose one of: {known}."),
        "segment_needs_file": _("{field} needs orders: name an order file, or --workspace for those that are loaded."),
        "segment_needs_orders": _("audience.segment is chosen from orders, and there are none; load orders first."),
    }


def _of_a_field() -> dict[str, str]:
    return {
        "field_needed": _("{field} is missing; add it."),
        "field_repeated": _("{field} is there twice in the same place; keep one of them."),
        "field_choice": _("{field} must be one of: {known}."),
        "field_too_long": _("{field} is too long; {max_length} characters are the most."),
        "field_text": _("{field} must be a text between quotation marks."),
        "field_yes_no": _("{field} must be true or false."),
        "field_list": _("{field} must be a list between [ and ]."),
        "field_object": _("{field} must be an object: fields with their values between {{ and }}."),
        "field_segment": _("{field} must be the name of a segment, or an object with its conditions."),
        "factor_above_1": _("{field} is a factor of the likely figure; for the low end it must be at most 1."),
        "factor_below_1": _("{field} is a factor of the likely figure; for the high end it must be at least 1."),
    }


def _of_several() -> dict[str, str]:
    return {
        "audience_needed": _("{field} is empty; give it a segment, or n, p0, p1 and value_after_return."),
        "audience_mixed": _(
            "{field} does not fit the rest: an audience is either a segment or plain numbers; leave out one of the two."
        ),
        "check_needed": _("{field} is missing; the offer is a share of the order, so add what an order is worth."),
        "stages_needed": _("Who comes back because of it is missing; add audience.p1 or stages."),
        "field_twice": _("{field} and {other} both say who comes back; leave out one of the two."),
        "field_above": _("{field} is above {other}; make it at most as large."),
        "field_below": _("{field} is below {other}; make it at least as large."),
        "field_not_with_kind": _(
            "{field} does not go with the kind “{kind}”; leave it out, or choose the kind: {known}."
        ),
        "margin_of_plain": _(
            "{field} is for segments; in plain numbers audience.value_after_return is what is left after the costs of "
            "the goods."
        ),
    }


def _number(facts: dict[str, Any]) -> str:
    low, high = count(facts["low"]), count(facts["high"])
    if facts["is_whole"]:
        template = _("{field} must be a whole number from {low} to {high}.")
    elif facts["is_above"]:
        template = _("{field} must be a number above {low} and up to {high}; 30% is 0.3.")
    elif facts["high"] == 1:
        template = _("{field} must be a number from {low} to {high}; 5% is 0.05.")
    else:
        template = _("{field} must be a number from {low} to {high}.")
    return template.format(field=facts["field"], low=low, high=high)


def _unknown(facts: dict[str, Any]) -> str:
    field, known, near = facts["field"], facts["known"], facts["near"]
    if near is not None and len(known) > SHORT:
        return _("{field} is not known; did you mean {near}?").format(field=field, near=near)
    return _("{field} is not known; known there: {known}.").format(field=field, known=listing(known))


def _too_many(facts: dict[str, Any]) -> str:
    most = facts["max_length"]
    template = ngettext("{field} holds too many; {n} is the most.", "{field} holds too many; {n} are the most.", most)
    return template.format(field=facts["field"], n=count(most))
