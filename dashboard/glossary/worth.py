"""Terms: what customers are worth, what their loss costs, what winning them back brings."""

from __future__ import annotations

from dashboard.glossary.entry import Entry
from dashboard.i18n import _


def money() -> tuple[Entry, ...]:
    """Average order, margin, values, lost money and its own terms."""
    return (
        Entry(
            "aov", "money", _("Average order"), page="overview",
            what=_("What a customer leaves with you in one purchase."),
            formula=_("The amounts of all orders / their number."),
        ),
        Entry(
            "margin", "money", _("Margin"), page="money",
            what=_("What is left of 100 in sales after the goods are paid."),
            formula=_("From the costs in your file; else the percentage you type; else 30%, marked as an assumption."),
        ),
        Entry(
            "yearly_value", "money", _("Yearly value"), page="money",
            what=_("What a customer used to bring in a year. Nothing is extrapolated."),
            formula=_("Orders of the 365 days up to the customer's last order, less refunds, never below 0."),
        ),
        Entry(
            "lost_money", "money", _("Lost money"), page="money",
            what=_("The revenue or margin a year that stopped with the customers you lost."),
            formula=_("What the customers lost in the last 12 months had bought in the year before their last order, "
                      "less refunds. Nothing is extrapolated."),
        ),
        Entry(
            "recoverable", "money", _("Could come back"), page="money",
            what=_("A quick estimate of what winning back could bring, before you plan anything."),
            formula=_("Customers lost in the last 12 months x 25% x average order: revenue, even where you "
                      "chose margin."),
            source=_("A quick estimate from a building firm's five years, not from your own history. What your own "
                     "history says of those who come back by themselves stands under “When is a customer lost?”, what "
                     "one campaign adds to them under “Win back”."),
        ),
        Entry(
            "rent", "money", _("Months of rent"), page="money",
            what=_("The lost money in a measure that everybody on your team knows."),
            formula=_("Lost money / one month's rent."),
        ),
        Entry(
            "salaries", "money", _("Monthly salaries"), page="money",
            what=_("How many salaries the lost money would have paid."),
            formula=_("Lost money / one monthly salary; for a whole year / 12 salaries."),
        ),
        Entry(
            "ltv", "money", _("Lifetime value (LTV)"), page="overview",
            what=_("What an average customer brings in all the time with you. Do not spend more on winning one back."),
            formula=_("Average order x orders a month per active customer x margin x lifespan (1 / churn, at most "
                      "36 months)."),
            source=_("This formula tends to promise too much: by 61% on a public data set."),
        ),
        Entry(
            "historical_ltv", "money", _("Brought so far"), page="overview",
            what=_("What an average customer has brought until today, and by how old the acquaintance is."),
            formula=_("Net revenue x margin / customers."),
        ),
        Entry(
            "second_life", "money", _("Second life"), page="winback",
            what=_("What customers bring after they came back, set against what they brought before."),
            formula=_("Revenue in the days after a return / yearly value at the loss, over your past returns; with "
                      "fewer than 30 of them half of what they brought before is assumed."),
        ),
        Entry(
            "rfm", "money", _("RFM"), page="segments",
            what=_("Three scores per customer: how recently, how often and for how much they bought."),
            formula=_("Five equal groups for each; equal values share a score."),
        ),
    )  # fmt: skip


def winback() -> tuple[Entry, ...]:
    """The economics of a campaign."""
    return (
        Entry(
            "response", "winback", _("Response"), page="winback",
            what=_("Of the contacted customers: the share that orders because of the campaign."),
            formula=_("Over all stages: those reached x those who answer, added up so that nobody counts twice."),
        ),
        Entry(
            "incremental_profit", "winback", _("Incremental profit"), page="winback",
            what=_("What the campaign earns beyond what would have come anyway."),
            formula=_("Margin of those who come back because of it, less contacts, offers and fixed costs."),
        ),
        Entry(
            "gift", "winback", _("Gift to those who would come anyway"), page="winback",
            what=_("Offers that go to customers who would have returned without one."),
        ),
        Entry(
            "roi", "winback", _("Return on the money spent"), page="winback",
            what=_("What each unit of money spent on the campaign earns on top."),
            formula=_("Incremental profit / cost."),
            source=_("The other figure counts the margin of everybody who returns, also of those who would have "
                     "come without a letter."),
        ),
        Entry(
            "break_even", "winback", _("Pays if so many come back"), page="winback",
            what=_("If a smaller share of the list comes back, counting those who would come anyway, the campaign "
                   "costs more than it earns."),
            formula=_("The share of the list that has to come back so that nothing is lost."),
        ),
        Entry(
            "largest_offer", "winback", _("Largest offer that still pays"), page="winback",
            what=_("How much you may give to each who returns before the profit is gone."),
        ),
        Entry(
            "smallest_list", "winback", _("Smallest list"), page="winback",
            what=_("So many customers must be contacted to earn the fixed costs back."),
        ),
        Entry(
            "recommended", "winback", _("Recommended size of the list"), page="winback",
            what=_("Contact the best ones first and stop where the next one would cost more than they bring."),
        ),
        Entry(
            "grades", "winback", _("Classes A, B, C"), page="winback",
            what=_("Whom to win back first. A bring the first 80% of the expected profit, B the next 15%, C the rest; "
                   "the others are not worth it or must never be contacted."),
        ),
        Entry(
            "never_contact", "winback", _("Never to contact"), page="data",
            what=_("Who opted out or is on your own list of those not to be contacted is in no file. Who was lost "
                   "twice or contacted not long ago is not either, unless you switch it off; reminders and surveys go "
                   "to them too. A campaign leaves out whom you tagged as a problem as well."),
        ),
        Entry(
            "chance_of_loss", "winback", _("Chance of a loss"), page="winback",
            what=_("How often the campaign would lose money if response and value turn out lower or higher."),
            formula=_("10,000 drawn cases."),
        ),
        Entry(
            "acquisition", "winback", _("New customers instead"), page="winback",
            what=_("What the same money would bring if it were spent on new customers."),
            source=_("By practitioners' experience a new customer costs 2-3 times as much as one won back."),
        ),
    )  # fmt: skip
