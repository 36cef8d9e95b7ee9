"""Terms: retention, states of customers, goals."""

from __future__ import annotations

from dashboard import labels
from dashboard.formats import percent
from dashboard.glossary.entry import Entry
from dashboard.i18n import _
from metrics.industries import benchmark
from metrics.states import STATES


def keeping() -> tuple[Entry, ...]:
    """Churn and its relatives."""
    return (
        Entry(
            "churn", "keeping", _("Churn rate"), page="overview",
            what=_("How fast you lose customers: the share of them that a month (or quarter, or year) takes away."),
            formula=_("Customers active at the start of the period and lost at its end, of all active at the start."),
        ),
        Entry(
            "crr", "keeping", _("Retention (CRR)"), page="overview",
            what=_("How many customers you still have, set against those you began with."),
            formula=_("(Active at the end less new customers) of those active at the start. Customers who came back "
                      "count in it, so it can pass 100%; the strict rate leaves them out and is 1 less churn."),
        ),
        Entry(
            "balance", "keeping", _("Who came and who went"), page="overview",
            what=_("Every customer of a period is in one place, so the figures always add up."),
            formula=_("Active at the end = active at the start - lost + new + came back."),
        ),
        Entry(
            "new", "keeping", _("New customer"), page="overview",
            what=_("Ordered for the first time in the period and is active at its end."),
        ),
        Entry(
            "came_back", "keeping", _("Came back in a period"), page="overview",
            what=_("Customers won back, by you or by themselves."),
            formula=_("Customers who were lost when the period began and are active again at its end."),
        ),
        Entry(
            "reactivation", "keeping", _("Reactivation rate"), page="overview",
            what=_("How many of those who were away came back."),
            formula=_("Came back / known customers not active when the period began."),
        ),
        Entry(
            "benchmark", "keeping", _("Benchmark"), page="overview",
            what=_("What other businesses lose in a month. Use it as a direction: your own churn hangs mostly on the "
                   "threshold you chose."),
            formula=_("{b2c} a month for businesses that sell to people, {b2b} for those that sell to businesses; over "
                      "m months 1 - (1 - benchmark)^m, so {b2c_year} and {b2b_year} a year.")
            .format(b2c=percent(benchmark("b2c")), b2b=percent(benchmark("b2b")),
                    b2c_year=percent(benchmark("b2c", 12)), b2b_year=percent(benchmark("b2b", 12))),
            source=_("Measured by Recurly, among subscription businesses. 10-25% a year are called bearable; the best "
                     "lose about 10%."),
        ),
        Entry(
            "usual_month", "keeping", _("Your usual month"), page="threshold",
            what=_("What you lose in a month, with good and bad months evened out."),
            formula=_("The median churn of your last 12 whole months."),
        ),
        Entry(
            "warm_up", "keeping", _("Not enough history yet"), page="overview",
            what=_("At the beginning of your data nobody can be lost yet, so these months are grey and left out of "
                   "averages."),
            formula=_("Periods that begin before the first order day + the threshold."),
        ),
        Entry(
            "in_progress", "keeping", _("Period in progress"), page="overview",
            what=_("A month that is not over. It is drawn hollow and never compared with whole ones."),
        ),
    )  # fmt: skip


def states() -> tuple[Entry, ...]:
    """Each state of customers, as the pages name it; the first that fits holds."""
    formulas = {
        "potential": _("A contact without a counted order."),
        "lost_twice": _("Two losses or more, and lost now."),
        "finally_lost": _("A chance under 2% to order within a year, by the return curve."),
        "freshly_lost": _("Lost, and silent for up to twice the threshold."),
        "lost": _("Lost, and silent for longer than twice the threshold."),
        "returned": _("A return within as many days as the threshold has."),
        "at_risk": _("Silent for 80% of the threshold or more."),
        "due": _("Silent for longer than the expected gap + the grace."),
        "new": _("One order day, and none of the above."),
        "active": _("All others."),
    }
    return tuple(
        Entry(
            f"state_{state}", "states", labels.state(state), page="lifecycle",
            what=labels.state_meaning(state), formula=formulas[state],
        )
        for state in STATES
    )  # fmt: skip


def goals() -> tuple[Entry, ...]:
    """The business's own targets."""
    return (
        Entry(
            "goal", "goals", _("Goal and its path"), page="goals",
            what=_("A target of your own with a month by which to reach it. The path says where each month on the way "
                   "should be."),
            formula=_("A straight line from your usual month to the target; recovered money grows by the same sum each "
                      "month."),
        ),
        Entry(
            "goal_recovered", "goals", _("Recovered money"), page="goals",
            what=_("What customers who came back have brought since the goal began."),
            formula=_("Orders less refunds of the first 180 days after a return, of customers who came back since the "
                      "goal began, added up."),
        ),
    )  # fmt: skip
