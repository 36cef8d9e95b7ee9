"""The words of why customers leave: reasons, whose fault, what texts mean."""

from __future__ import annotations

from dashboard.i18n import _, pgettext
from metrics.reason_codes import Fault, Reason


def reason(code: Reason | None) -> str:
    """Why customers left."""
    if code is None:
        return _("Not known")
    return {
        "service": _("Poor service"),
        "quality": _("Poor quality"),
        "competitors": _("Better prices or terms elsewhere"),
        "forgot": _("They simply forgot"),
        "natural": _("No longer needed, or moved away"),
        "other": _("Another reason"),
    }[code]


def short(code: Reason) -> str:
    """The same where there is little room."""
    return {
        "service": pgettext("reason for leaving", "Service"),
        "quality": pgettext("reason for leaving", "Quality"),
        "competitors": pgettext("reason for leaving", "Competitors"),
        "forgot": pgettext("reason for leaving", "Forgot"),
        "natural": pgettext("reason for leaving", "No longer needed"),
        "other": pgettext("reason for leaving", "Other"),
    }[code]


def fault(code: Fault | None) -> str:
    """Who failed."""
    if code is None:
        return _("Not known")
    return {"human": _("A person"), "technical": _("A system")}[code]
