"""The fourth page of the report: what winning customers back would bring."""

from __future__ import annotations

from dashboard import advice_words, story_winback, winback_words
from dashboard.formats import NOTHING, count, days, listing, money, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.report.data import ReportData
from dashboard.report.parts import Figure, Page, drawn, figures, hero, small, warning
from dashboard.report.returns import profit, spend_and_earn
from dashboard.report.svg import Picture


def winning_back(data: ReportData) -> Page:
    """The ready campaign: what it costs and earns, how long its list is best, how sure that is."""
    found, currency = data.campaign.found, data.currency
    answer = story_winback.answer(found, data.campaign.scenario, currency)
    question = _("What would winning them back bring?")
    if not found.simulation.contacted:
        return Page("winning-back", question, answer, small(_("So there is no campaign to show.")))
    low, high = found.risk.interval_80
    against = [advice_words.caution(one, currency) for one in data.campaign.cautions]
    gains = found.simulation.profit > 0
    body = [
        hero(
            Figure(
                _("of profit beyond what would come anyway"),
                money(found.simulation.profit, currency),
                _("8 of 10 times between {low} and {high}").format(
                    low=money(low, currency), high=money(high, currency)),
                _("Incremental profit: margin of those who come back because of it, less contacts, offers and fixed "
                  "costs, within {days}.").format(days=days(data.campaign.scenario.horizon_days)),
            ),
            "gain" if gains else "loss",
        ),
        drawn(money_of(data)),
        drawn(best_list(data)),
        figures([_roi(data), _pays_from(data), _chance_of_loss(data)]),
        warning(sentences(_("Look at this before you begin:"), against[0])) if against else "",
        small(sentences(_offer(data), _assumed(data))),
    ]  # fmt: skip
    return Page("winning-back", question, answer, "".join(body), is_full=bool(against))


def money_of(data: ReportData) -> Picture | None:
    """What the campaign costs and earns."""
    return spend_and_earn(data.campaign.found.simulation, data.currency)


def best_list(data: ReportData) -> Picture | None:
    """The profit by the length of the list."""
    found = data.campaign.found
    return None if found.ranking is None else profit(found.ranking.profit, found.recommended_size, data.currency)


def _roi(data: ReportData) -> Figure:
    sums = data.campaign.found.simulation
    if sums.roi is None:
        return Figure(_("Return on the money spent"), NOTHING, winback_words.undefined("no_cost"),
                      _("Incremental profit / cost."))  # fmt: skip
    return Figure(
        _("Return on the money spent"),
        percent(sums.roi),
        "" if sums.naive_roi is None else _("most calculators say {naive}").format(naive=percent(sums.naive_roi)),
        _("Incremental profit / cost. Most calculators count those, too, who would have come anyway."),
    )


def _pays_from(data: ReportData) -> Figure:
    found = data.campaign.found
    sums, meaning = found.simulation, _("The share of the list that has to come back so that nothing is lost.")
    needed = sums.break_even_response
    if needed is None:
        why = winback_words.undefined(sums.undefined.get("break_even_response", "no_customers"))
        return Figure(_("Pays from"), NOTHING, why, meaning)
    expected, anyway = sums.returners or 0.0, sums.return_anyway or 0.0
    note = _("expected {expected}, anyway {anyway}").format(
        expected=percent(expected / found.size), anyway=percent(anyway / found.size)
    )
    return Figure(_("Pays from"), percent(needed), note, meaning)


def _chance_of_loss(data: ReportData) -> Figure:
    risk = data.campaign.found.risk
    return Figure(
        _("Chance of a loss"),
        percent(risk.chance_of_loss),
        _("of {n} cases drawn").format(n=count(risk.profits.size)),
        _("Response and value are drawn between their low and high figures, and who comes back is chance."),
    )


def _offer(data: ReportData) -> str:
    scenario, currency = data.campaign.scenario, data.currency
    channels = listing(dict.fromkeys(winback_words.channel(one.channel) for one in scenario.stages))
    n = len(scenario.stages)
    contacts = ngettext(
        "The campaign: {n} contact ({channels}).", "The campaign: {n} contacts ({channels}).", n
    ).format(n=count(n), channels=channels)
    offer = winback_words.incentive(scenario.incentive.kind)
    if scenario.incentive.amount is None:
        return sentences(contacts, _("Offered for a return: {offer}.").format(offer=offer))
    amount = money(scenario.incentive.amount, currency)
    return sentences(contacts, _("Offered for a return: {offer}, {amount}.").format(offer=offer, amount=amount))


def _assumed(data: ReportData) -> str:
    """What of the figures is nobody's measurement yet."""
    basis = data.campaign.found.basis
    parts = [_("how many come back because of it, until you have measured a campaign of your own")]
    if not basis.is_anyway_known:
        parts.append(_("that nobody would come anyway, for your history is too short to say"))
    if data.basis.margin.source == "assumed":
        parts.append(_("a margin of {share}").format(share=percent(data.basis.margin.share)))
    if basis.second_life is not None and basis.second_life.is_assumed:
        parts.append(_("that returned customers bring half of what they brought before"))
    return _("Assumed: {what}.").format(what=listing(parts))
