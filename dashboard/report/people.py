"""The pictures of the third page: where the customers stand, and how long ago the lost ones left. No names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from dashboard import labels
from dashboard.charts.states import colour_of
from dashboard.formats import count, money, money_compact, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.report.markup import width
from dashboard.report.svg import INK, SIZE, SMALL, WIDE, Picture, box, fitting, write
from metrics.results import LostMonth
from metrics.states import AUDIENCES, Audience, Lifecycle

SHOWN: Final[tuple[Audience, ...]] = ("active", "repeat_sale", "lost")
AGES: Final = (3, 6, 12, 24)
"""Months since the loss that part the groups; the last group is everything older."""
_NAMES, _ROW, _ROOM = 196.0, 23.0, 128.0


def states(found: Lifecycle, currency: str | None) -> Picture | None:
    """Customers of each state, in the groups of their audience, with what they bring a year."""
    most = max((one.customers for one in found.states), default=0)
    if not most:
        return None
    marks, y = [], 6.0
    for audience in SHOWN:
        y += 14
        marks.append(write(0, y, labels.audience(audience), is_bold=True))
        marks.append(write(_NAMES, y, count(found.customers(*AUDIENCES[audience])), is_bold=True))
        y += 7
        for state in AUDIENCES[audience]:
            one = found.by_state[state]
            value = _("{money} a year").format(money=money_compact(one.yearly_value, currency)) if one.customers else ""
            marks += _bar(y, labels.state(state), one.customers / most, colour_of(state, INK), count(one.customers),
                          value)  # fmt: skip
            y += _ROW
        y += 10
    return Picture("customers", _("Where your customers stand"), _finding(found), y - 4, "".join(marks))


def _finding(found: Lifecycle) -> str:
    known = found.customers() - found.customers("potential")
    return ngettext(
        "Of {known} customer: buying as usual {active}, going quiet {repeat}, lost {lost}.",
        "Of {known} customers: buying as usual {active}, going quiet {repeat}, lost {lost}.",
        known,
    ).format(
        known=count(known),
        active=count(found.customers(*AUDIENCES["active"])),
        repeat=count(found.customers(*AUDIENCES["repeat_sale"])),
        lost=count(found.customers(*AUDIENCES["lost"])),
    )


def ages(months: Sequence[LostMonth], as_of: date, currency: str | None) -> Picture | None:
    """What the lost brought a year, by how long ago they were lost; None where nobody was."""
    sums, customers = by_age(months, as_of)
    total = sum(sums, Decimal(0))
    if total <= 0:
        return None
    names, most = _age_names(), max(sums)
    shown = max(at for at, n in enumerate(customers) if n) + 1
    sums, customers = sums[:shown], customers[:shown]
    marks, y = [], 4.0
    for name, value, people in zip(names, sums, customers, strict=False):
        many = ngettext("{n} customer", "{n} customers", people).format(n=count(people))
        marks += _bar(y, name, float(value / most), INK.lost, money_compact(value, currency), many)
        y += _ROW
    at = sums.index(most)
    finding = _("The largest part of the lost money, {money} of {total}, went with customers lost {age} ago.").format(
        money=money(most, currency), total=money(total, currency), age=names[at]
    )
    share = _("That is {share} of it.").format(share=percent(most / total))
    return Picture("ages", _("How long ago they were lost"), sentences(finding, share), y + 4, "".join(marks))


def by_age(months: Sequence[LostMonth], as_of: date) -> tuple[list[Decimal], list[int]]:
    """Yearly value and customers of each group of `AGES`, in calendar months between the loss and `as_of`."""
    sums, customers = [Decimal(0)] * (len(AGES) + 1), [0] * (len(AGES) + 1)
    for one in months:
        age = (as_of.year - one.month.year) * 12 + as_of.month - one.month.month
        group = sum(age >= bound for bound in AGES)
        sums[group] += one.revenue
        customers[group] += one.customers
    return sums, customers


def _age_names() -> list[str]:
    names = [
        _("under 3<br>months"), _("3–6<br>months"), _("6–12<br>months"), _("1–2<br>years"), _("over<br>2 years"),
    ]  # fmt: skip
    return [name.replace("<br>", " ") for name in names]


def _bar(y: float, name: str, share: float, colour: str, figure: str, more: str) -> list[str]:
    """A row: the name, the bar, its figure at its end, what else is to be said at the right edge."""
    longest = WIDE - _NAMES - _ROOM - 64
    end = _NAMES + (max(longest * share, 2) if share else 0)
    size = fitting(name, _NAMES - 22)
    return [
        write(12, y + 15, name, size=size),
        box(_NAMES, y + 4, end - _NAMES, _ROW - 9, colour) if share else "",
        write(end + 8, y + 15, figure, size=SIZE, is_bold=True),
        write(WIDE, y + 15, more, size=fitting(more, WIDE - end - 16 - width(figure, SIZE), SMALL), fill=INK.muted,
              anchor="end"),
    ]  # fmt: skip
