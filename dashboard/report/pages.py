"""The first three pages of the report: where the business stands, what is lost in its own terms, who was lost."""

from __future__ import annotations

from dashboard import labels, story, story_states
from dashboard.formats import (
    NOTHING,
    amount,
    count,
    days,
    money,
    month_and_year,
    months,
    people_paid,
    percent,
    period_name,
    sentences,
    two_decimals,
)
from dashboard.i18n import _, ngettext
from dashboard.report import churn as churn_picture
from dashboard.report.basis import basis
from dashboard.report.data import ReportData
from dashboard.report.markup import bare
from dashboard.report.parts import Figure, Page, drawn, figures, hero, small
from dashboard.report.people import ages, states
from dashboard.report.stack import stack
from dashboard.report.svg import Picture
from metrics.results import LostMonth, Period


def standing(data: ReportData) -> Page:
    """How fast customers are lost, how many stay, what one is worth, and what all figures stand on."""
    body = [
        _churn_hero(data),
        drawn(churn(data), _("There is no whole period yet with enough history before it.")),
        figures([_active(data), _retention(data.last), _value(data)]),
        basis(data),
    ]
    answer = story.overview(data.last, data.settings.period, data.benchmark, data.lost, data.currency)
    return Page("standing", _("Where do you stand?"), answer, "".join(body))


def lost(data: ReportData) -> Page:
    """The lost money in notes, rents and salaries."""
    body = [
        hero(
            Figure(_("of margin a year went with them") if data.money_share else _("of revenue a year went with them"),
                   money(data.terms.money, data.currency), _since(data), _lost_meaning(data)),
            "loss",
        ),
        drawn(lost_stack(data), _("Nobody was lost in this time, so there is no lost money to show.")),
        figures([*_own_terms(data), _rule_of_thumb(data)]),
    ]  # fmt: skip
    answer = story.lost_money(data.terms, data.lost, data.settings, is_printed=True)
    return Page("lost", _("What have you lost, in your own terms?"), answer, "".join(body))


def who(data: ReportData) -> Page:
    """Where all customers stand, how long ago the lost ones left, and which of them to treat differently."""
    lost_now, known = data.standing.lost, data.standing.known
    body = [
        hero(
            Figure(
                ngettext("of {n} customer is lost", "of {n} customers are lost", known).format(n=count(known)),
                count(lost_now),
                _("{share} of all who ever ordered").format(share=percent(lost_now / known if known else None)),
                _("Lost: no order for more than {days}.").format(days=days(data.standing.lost_after_days)),
            ),
            "loss",
        ),
        drawn(customers(data)),
        drawn(lost_ages(data), _("Nobody is lost, so there is no age of a loss to show.")),
        figures([_state(data, "freshly_lost"), _state(data, "lost_twice"), _state(data, "returned")]),
        small(_("Brought a year: what a customer bought in the year up to the last order, less refunds.")),
    ]
    return Page("who", _("Whom have you lost?"), story_states.lifecycle(data.states, data.currency), "".join(body))


def churn(data: ReportData) -> Picture | None:
    """The churn rate of each period."""
    return churn_picture.churn(data.periods, data.settings.period, data.benchmark, data.usual)


def lost_stack(data: ReportData) -> Picture | None:
    """The stack of banknotes, in revenue or margin as the business chose."""
    told = [LostMonth(one.month, one.customers, story.in_money(one.revenue, data.money_share))
            for one in data.lost_months]  # fmt: skip
    return stack(told, data.currency, data.settings.monthly_rent, data.settings.monthly_salary)


def customers(data: ReportData) -> Picture | None:
    """The customers by state."""
    return states(data.states, data.currency)


def lost_ages(data: ReportData) -> Picture | None:
    """What the lost brought, by the age of the loss."""
    return ages(data.lost_ever, data.basis.as_of, data.currency)


def _churn_hero(data: ReportData) -> str:
    last = data.last
    if last is None or last.churn is None:
        return hero(Figure(
            ngettext("of {n} customer is active", "of {n} customers are active", data.standing.known).format(
                n=count(data.standing.known)),
            count(data.standing.active),
            meaning=_("Active: ordered within the last {days}.").format(days=days(data.standing.lost_after_days)),
        ))  # fmt: skip
    name = period_name(last.start, last.end, data.settings.period)
    return hero(
        Figure(
            _("of the active customers were lost in {period}").format(period=name),
            percent(last.churn),
            _("benchmark {share}").format(share=percent(data.benchmark)),
            _("Churn rate: customers active at the start of the period and lost at its end, of all active at the "
              "start. Benchmark: {kind}, measured by Recurly.").format(kind=labels.kind(data.settings.kind)),
        ),
        "loss" if last.churn > data.benchmark else "gain",
    )  # fmt: skip


def _active(data: ReportData) -> Figure:
    return Figure(
        _("Active customers"),
        count(data.standing.active),
        _("of {n} who ever ordered").format(n=count(data.standing.known)),
        _("Ordered within the last {days}.").format(days=days(data.standing.lost_after_days)),
    )


def _retention(last: Period | None) -> Figure:
    meaning = _("(Active at the end less new customers) of those active at the start. Customers who came back count in "
                "it; the strict rate leaves them out.")  # fmt: skip
    if last is None or last.crr is None:
        return Figure(_("Retention (CRR)"), NOTHING, _("No whole period with enough history before it yet."), meaning)
    note = _("{share} without those who came back").format(share=percent(last.strict_crr))
    return Figure(_("Retention (CRR)"), percent(last.crr), note, meaning)


def _value(data: ReportData) -> Figure:
    ltv = data.ltv
    if ltv.value is None:
        return Figure(_("Lifetime value (LTV)"), NOTHING, _("No whole month with enough history before it yet."),
                      _("What a customer brings in margin from the first order to the last."))  # fmt: skip
    return Figure(
        _("Lifetime value (LTV)"),
        money(ltv.value, data.currency),
        _("rough, over {months}").format(months=months(ltv.lifespan_months)),
        _("Average order {aov} x {orders} orders a month x margin {margin} x lifespan (1 / churn, at most 36 months).")
        .format(aov=money(ltv.aov, data.currency), orders=two_decimals(ltv.orders_per_month),
                margin=percent(ltv.margin)),
    )  # fmt: skip


def _since(data: ReportData) -> str:
    people = _lost_people(data)
    many = ngettext("{n} customer", "{n} customers", people).format(n=count(people))
    if data.settings.window == "ever":
        return _("{customers}, ever lost and still away").format(customers=many)
    return _("{customers}, lost in the last 12 months and still away").format(customers=many)


def _lost_meaning(data: ReportData) -> str:
    if data.money_share is None:
        text = _("What the lost customers had bought in the year before their last order, less refunds.")
    else:
        text = _("What the lost customers had bought in the year before their last order, less refunds, x margin of "
                 "{share}.").format(share=percent(data.money_share))  # fmt: skip
    return sentences(text, _("Nothing is extrapolated."))


def _own_terms(data: ReportData) -> list[Figure]:
    """The money in rents and salaries: two figures. What is not entered leaves its place to what the orders tell."""
    entered = []
    if data.terms.months_of_rent is not None:
        entered.append(_rent(data))
    if data.terms.monthly_salaries is not None:
        entered.append(_salaries(data))
    return [*entered, _each(data), _worst_month(data)][:2]


def _rent(data: ReportData) -> Figure:
    note = _("at {money} a month").format(money=money(data.settings.monthly_rent, data.currency))
    return Figure(_("In months of rent"), amount(data.terms.months_of_rent), note, _("Lost money / one month's rent."))


def _salaries(data: ReportData) -> Figure:
    return Figure(
        _("In monthly salaries"),
        amount(data.terms.monthly_salaries),
        people_paid(data.terms.salaries_for_a_year),
        _("Lost money / one monthly salary; for a whole year / 12 salaries."),
    )


def _each(data: ReportData) -> Figure:
    people = _lost_people(data)
    return Figure(
        _("Each lost customer"),
        money(data.terms.money / people if people else None, data.currency),
        _("margin a year, on average") if data.money_share else _("revenue a year, on average"),
        _("Lost money / customers who took it with them."),
    )


def _worst_month(data: ReportData) -> Figure:
    meaning = _("The month in which the customers went who brought most together.")
    worst = max(data.lost_months, key=lambda one: one.revenue, default=None)
    if worst is None:
        return Figure(_("The worst month"), NOTHING, "", meaning)
    people = ngettext("{n} customer", "{n} customers", worst.customers).format(n=count(worst.customers))
    sum_lost = money(story.in_money(worst.revenue, data.money_share), data.currency)
    note = _("{customers}, {money} a year").format(customers=people, money=sum_lost)
    return Figure(_("The worst month"), month_and_year(worst.month), note, meaning)


def _lost_people(data: ReportData) -> int:
    return data.lost.customers if data.settings.window == "year" else data.lost.all_customers


def _rule_of_thumb(data: ReportData) -> Figure:
    return Figure(
        _("Could come back"),
        money(data.lost.recoverable_by_rule, data.currency),
        _("rule of thumb, revenue"),
        _("Customers lost in the last 12 months x 25% x average order: a building firm's five years, not your own "
          "history."),
    )  # fmt: skip


def _state(data: ReportData, code: str) -> Figure:
    one = next(each for each in data.states.states if each.state == code)
    note = _("{money} a year").format(money=money(one.yearly_value, data.currency)) if one.customers else ""
    return Figure(labels.state(one.state), count(one.customers), note, bare(labels.state_meaning(one.state)))
