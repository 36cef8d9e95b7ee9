"""The command line's words for an option that cannot be used: the option as it is typed, and what it takes."""

from __future__ import annotations

from typing import Any, Final, get_args

from pydantic import ValidationError

from dashboard.formats import count, date_short, listing
from dashboard.i18n import _
from metrics.industries import industries
from metrics.settings import PeriodKind, Settings

_OPTIONS: Final = {
    "lost_after_days": "--lost-after",
    "monthly_rent": "--rent",
    "monthly_salary": "--salary",
    "goals": "--goal",
    "count_zero_orders": "--count-zero",
    "phone_region": "--country",
}


def refused_option(error: ValidationError) -> str:
    """One sentence for the first setting that is refused."""
    place = error.errors()[0]["loc"]
    field = str(place[0]) if place else "industry"  # the settings as a whole only look whether the industry is known
    option = _OPTIONS.get(field, f"--{field.replace('_', '-')}")
    choices = {"industry": list(industries()), "period": list(get_args(PeriodKind))}
    if field in choices:
        return _("{option} takes one of: {values}.").format(option=option, values=listing(choices[field]))
    plain = {
        "currency": _("{option} takes three letters such as EUR."),
        "phone_region": _("{option} takes two letters such as US."),
        "goals": _("{option} may be given once for each kind of goal."),
    }
    if field in plain:
        return plain[field].format(option=option)
    least, above, most = (_bound(field, name) for name in ("ge", "gt", "le"))
    if most is None:
        return _("The value of {option} cannot be used.").format(option=option)
    if field == "as_of":
        text = _("{option} takes a day from {low} to {high}.")
        return text.format(option=option, low=date_short(least), high=date_short(most))
    text = (
        _("{option} takes a number above {low}, up to {high}.")
        if least is None
        else _("{option} takes a number from {low} to {high}.")
    )
    return text.format(option=option, low=count(above if least is None else least), high=count(most))


def _bound(field: str, name: str) -> Any:
    """A bound (`ge`, `gt`, `le`) that the settings have for a field, None where they have none."""
    held = (getattr(rule, name, None) for rule in Settings.model_fields[field].metadata)
    return next((bound for bound in held if bound is not None), None)
