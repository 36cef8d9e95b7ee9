"""The sentences about what the business's own past could tell, and what not. Pure: figures in, Markdown out."""

from __future__ import annotations

from dashboard import labels
from dashboard.formats import count, date_long, days, listing, percent_points, sentences
from dashboard.i18n import _
from dashboard.markdown import say
from metrics.choice import HALF_YEAR
from metrics.threshold_results import BackTest, ChancesMissing


def chances_missing(found: ChancesMissing, lost_after_days: int) -> str:
    """What is missing to say who comes back anyway, and when it can be there."""
    if found.order_number is None:
        return _("nobody counts as lost")
    text = {
        "1": _("too few were silent for {length} after their 1st order"),
        "2": _("too few were silent for {length} after their 2nd order"),
        "3": _("too few were silent for {length} after their 3rd order"),
        "4+": _("too few were silent for {length} after a 4th or later order"),
    }[found.order_number]
    missing = text.format(length=days(lost_after_days + HALF_YEAR, about=False))
    if found.days is None:
        return missing
    return _("{missing}; enough in {days} at the earliest").format(missing=missing, days=days(found.days, about=False))


def back_test_missing(days_missing: int) -> str:
    """Why there is no back-test, and when there will be."""
    if not days_missing:
        return _("Too few of your customers fell silent long enough to test this: it takes 30 of them.")
    return say(
        _("Your history is too short to test this yet: it takes half a year of orders, that is **{days}** more."),
        days=days(days_missing),
    )


def back_test(found: BackTest, lost_after_days: int) -> str:
    """How well the return curve had known, a horizon ago, who would come back; and of whom that was not tested."""
    stepped = say(
        _("We stepped {days} back, to {day}, and predicted who would return."),
        days=days(found.horizon, about=False),
        day=date_long(found.stepped_to),
    )
    if not any(band.silence_to is None or band.silence_to > lost_after_days for band in found.judged):
        return sentences(stepped, *_nothing_of_the_lost(found, lost_after_days))
    if _untested(found):
        return sentences(stepped, _verdict(found), _limits(found))
    return sentences(stepped, _verdict(found))


def _verdict(found: BackTest) -> str:
    worst = found.worst or 0.0
    points = percent_points(worst)
    if worst >= 0.1:
        return say(
            _("The prediction was off by **up to {points}**: your business has seasons or is changing, so take the "
              "chances to return with care."),
            points=points,
        )  # fmt: skip
    if worst >= 0.05:
        return say(_("The prediction was off by **up to {points}**: good for orders of magnitude."), points=points)
    if _untested(found):
        return say(
            _("The prediction was right **within {points}** where it could be tested: there you can rely on it."),
            points=points,
        )
    return say(_("The prediction was right **within {points}** in every group: you can rely on it."), points=points)


def _limits(found: BackTest) -> str:
    return say(
        _("Tested were customers silent for **{bands} days**; {n} of {all} customers could not be: too few of a kind, "
          "or silent for too long."),
        bands=_spans(found), n=count(_untested(found)), all=count(found.customers),
    )  # fmt: skip


def _nothing_of_the_lost(found: BackTest, lost_after_days: int) -> tuple[str, str]:
    tested = say(
        _("Only customers silent for **{bands} days** could be tested: the prediction for them was off by **{points}** "
          "at most."),
        bands=_spans(found), points=percent_points(found.worst),
    )  # fmt: skip
    unknown = say(
        _("**Nothing is known yet about those you call lost**, silent for more than {days}: {n} of {all} customers "
          "could not be tested."),
        days=days(lost_after_days, about=False), n=count(_untested(found)), all=count(found.customers),
    )  # fmt: skip
    return tested, unknown


def _untested(found: BackTest) -> int:
    return found.customers - sum(band.customers for band in found.judged)


def _spans(found: BackTest) -> str:
    """The silences that were tested, bands that touch taken together."""
    spans: list[tuple[int, int | None]] = []
    for band in found.judged:
        if spans and spans[-1][1] == band.silence_from - 1:
            spans[-1] = (spans[-1][0], band.silence_to)
        else:
            spans.append((band.silence_from, band.silence_to))
    return listing(labels.day_band(*span) for span in spans)
