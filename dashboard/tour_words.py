"""The steps of the first tour: what to look at, and the page for it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.i18n import _


@dataclass(frozen=True, slots=True)
class Step:
    """One step in a sentence or two; `page` and `link` lead there (None: it is about this page)."""

    text: str
    page: str | None = None
    link: str | None = None


def steps() -> tuple[Step, ...]:
    """What one does first, in order."""
    return (
        Step(
            _("This page says how well you keep your customers. The ? on a card tells how its figure is counted."),
        ),
        Step(
            _("Every figure hangs on this: after how many days without an order is a customer lost? Choose your "
              "business and its days."),
            "threshold", _("When is a customer lost?"),
        ),
        Step(
            _("Put in your rent and a salary: then the lost money can be said in terms that everybody knows."),
            "money", _("Lost money"),
        ),
        Step(
            _("See whom to remind and whom to win back, and take the list with you: for a manager, a mailing tool or "
              "an advertising network."),
            "winback", _("Win back"),
        ),
        Step(
            _("Show it to your staff: on the wall, or as a report of five pages."),
            "show", _("Show it"),
        ),
    )  # fmt: skip
