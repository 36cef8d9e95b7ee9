"""Terms: what counts as an order, and when a customer is silent, lost, back."""

from __future__ import annotations

from dashboard.glossary.entry import Entry
from dashboard.i18n import _


def counts() -> tuple[Entry, ...]:
    """Orders, refunds, customers, days."""
    return (
        Entry(
            "order", "counts", _("Order"), page="data",
            what=_("A purchase that was not cancelled, left unpaid or wholly refunded, with an amount above zero."),
            formula=_("Lines of the same order number and customer are added up. Orders of exactly zero (gifts, "
                      "samples) count only if you say so in the settings."),
        ),
        Entry(
            "order_day", "counts", _("Order day"), page="data",
            what=_("A day on which a customer ordered. Several orders on one day are one visit."),
        ),
        Entry(
            "refund", "counts", _("Refund"), page="data",
            what=_("Money paid back. It lowers what the customer brought, on its own day, and is never a visit."),
        ),
        Entry(
            "row_account", "counts", _("Rows of a file"), page="data",
            what=_("Every row you upload is accounted for: nothing disappears silently."),
            formula=_("Rows read = accepted + merged into an order + not counted because of their status + rejected."),
        ),
        Entry(
            "as_of", "counts", _("As-of day"), page="data",
            what=_("The day on which all figures stand: the last order day of your data, or an earlier one that you "
                   "choose. Whatever is later is ignored."),
        ),
        Entry(
            "potential_contact", "counts", _("Contact without an order"), page="data",
            what=_("Somebody from your list of customers whose orders are in none of your files."),
        ),
    )  # fmt: skip


def lost() -> tuple[Entry, ...]:
    """Silence, the threshold, losses and returns, the return curve."""
    return (
        Entry(
            "silence", "lost", _("Silence"), page="threshold",
            what=_("How long ago a customer last ordered, in days."),
            formula=_("As-of day less the day of the last order."),
        ),
        Entry(
            "threshold", "lost", _("Lost threshold"), page="threshold",
            what=_("After how many days without an order you call a customer lost. No such number holds for every "
                   "business: each industry has a usual one, and you may choose your own."),
            source=_("The usual days of the industries come from practitioners; yours are the better ones."),
        ),
        Entry(
            "active", "lost", _("Active customer"), page="overview",
            what=_("Has ordered, and the last order is not older than the lost threshold."),
        ),
        Entry(
            "lost", "lost", _("Lost customer"), page="overview",
            what=_("Has ordered, but not for longer than the lost threshold."),
            formula=_("The day of the loss is the last order day + the threshold + 1 day."),
        ),
        Entry(
            "returned", "lost", _("Customer who came back"), page="overview",
            what=_("Was lost and ordered again. Only a new order is a return: promises do not count."),
        ),
        Entry(
            "reason", "lost", _("Reason for leaving"), page="reasons",
            what=_("Why a customer left, in their own words sorted into a few reasons. The one named first is often "
                   "not the real one: a reason that was confirmed goes before it."),
            formula=_("Shares of the lost customers whose reason is known."),
            source=_("Usual in the field: 65% service, 15% quality, 10% competitors' terms, 10% simply forget."),
        ),
        Entry(
            "gap", "lost", _("Gap between orders"), page="threshold",
            what=_("Days from one order of a customer to the next. The last gap is still open: we do not know yet how "
                   "it ends."),
        ),
        Entry(
            "return_curve", "lost", _("Return curve"), page="threshold",
            what=_("How likely a silent customer is to order again, read from all your customers. The longer the "
                   "silence, the smaller the chance."),
            formula=_("Kaplan-Meier over the gaps, apart for the first, second, third and later orders, with 95% "
                      "bands. Fewer than 30 customers left to watch: history too short. Predictions count each "
                      "customer once: frequent buyers own most gaps."),
        ),
        Entry(
            "come_back_anyway", "lost", _("Come back anyway"), page="threshold",
            what=_("Share of the customers called lost who order again without you doing anything."),
            formula=_("From the return curve, over the half year after the loss."),
        ),
        Entry(
            "suggested", "lost", _("Suggested threshold"), page="threshold",
            what=_("The day from which on hardly anyone comes back by themselves."),
            formula=_("The first day of silence with a chance under 10% to order within the next 90 days; both can be "
                      "changed."),
        ),
        Entry(
            "percentiles", "lost", _("80% and 90% of gaps"), page="threshold",
            what=_("So many of the gaps that ended were not longer. Good to see who falls asleep, too short to call "
                   "somebody lost: those who never came back are not in it."),
        ),
        Entry(
            "rhythm", "lost", _("Personal rhythm"), page="threshold",
            what=_("A threshold of its own for each frequent customer: who buys every week is missed sooner."),
            formula=_("2 x the customer's usual gap, at least the shortest you allow, + the grace; with five gaps or "
                      "more."),
        ),
        Entry(
            "back_test", "lost", _("Back-test"), page="threshold",
            what=_("We step 90 days back, predict who will return, and compare with what happened: so you see how "
                   "far to trust the chances."),
        ),
        Entry(
            "expected", "lost", _("Expected next order"), page="due",
            what=_("The day on which a customer usually would order again. From then on a reminder is due."),
            formula=_("Last order day + the customer's usual gap (the median of three gaps or more), else that of "
                      "customers with as many orders."),
        ),
        Entry(
            "grace", "lost", _("Grace"), page="due",
            what=_("How many days an expected order may be late before it is urgent: one to three weeks."),
        ),
        Entry(
            "fading", "lost", _("Fading"), page="segments",
            what=_("Still active, but orders get rarer or smaller: an early warning."),
            formula=_("The last two gaps longer than 1.5 x the usual one, or the last two orders under 0.7 x the usual "
                      "amount."),
        ),
    )  # fmt: skip
