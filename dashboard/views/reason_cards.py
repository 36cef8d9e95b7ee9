"""The cards of why customers left."""

from __future__ import annotations

from dashboard import reason_words as words
from dashboard.components import Card, explain
from dashboard.formats import count, money, money_compact, percent
from dashboard.i18n import _
from dashboard.markdown import escape
from metrics.reasons import Reasons
from metrics.settings import Settings


def reason_cards(found: Reasons, chosen: Settings) -> list[Card]:
    """How many told why, what went with them, how often the named reason was real, who failed: those that are known."""
    known, lost = found.known, found.lost
    a_year = _("revenue a year") if chosen.money_as == "revenue" else _("margin a year")
    row = [
        Card(
            label=_("Told you why"),
            value=count(known.customers),
            note=_("{share} of {lost} lost").format(
                share=percent(known.customers / lost.customers), lost=count(lost.customers)
            ),
            help=explain(
                formula=_("Lost customers with a reason: said in the program, in a survey or in an order file. The "
                          "confirmed reason counts before the named one."),
                behind=escape(_("Not sorted yet: {unsorted}. Nothing known: {unknown}.").format(
                    unsorted=count(found.unsorted.customers), unknown=count(found.unknown.customers))),
            ),
        ),
        Card(
            label=_("They took along"),
            value=money_compact(known.revenue, chosen.currency),
            note=a_year,
            help=explain(
                formula=_("What they had bought in the year before their last order, less refunds."),
                behind=escape(_("{money} of {total} of the lost money has a known reason.").format(
                    money=money(known.revenue, chosen.currency), total=money(lost.revenue, chosen.currency))),
            ),
        ),
    ]  # fmt: skip
    return [*row, *_real_card(found), *_fault_card(found, chosen)]


def _real_card(found: Reasons) -> list[Card]:
    real, customers = sum(one.real for one in found.asked), sum(one.customers for one in found.asked)
    if not customers:
        return []
    return [
        Card(
            label=_("Named the real reason"),
            value=count(real),
            note=_("of {n} asked again").format(n=count(customers)),
            help=_("Customers whose confirmed reason is the one they named first, of all with both."),
        )
    ]


def _fault_card(found: Reasons, chosen: Settings) -> list[Card]:
    by_fault = {fault: found.by_fault.get(fault) for fault in ("human", "technical")}
    human, technical = (part.customers if part else 0 for part in by_fault.values())
    if not human + technical:
        return []
    parts = [
        _("{fault}: {money} a year").format(fault=words.fault(fault), money=money(part.revenue, chosen.currency))
        for fault, part in found.by_fault.items()
    ]
    return [
        Card(
            label=_("A person failed"),
            value=count(human),
            note=_("a system failed: {n}").format(n=count(technical)),
            help=explain(
                formula=_(
                    "The failure of a system is forgiven more easily than rudeness: begin with whom a system failed."
                ),
                behind=escape("\n\n".join(parts)),
            ),
        )
    ]
