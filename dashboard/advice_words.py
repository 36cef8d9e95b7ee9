"""The words of the advice on a win-back campaign: reasons, means, what speaks against it, the steps of its plan.

Plain text: a page escapes it.
"""

from __future__ import annotations

from typing import Any

from dashboard import winback_words
from dashboard.formats import count, date_short, days, money, percent, sentences
from dashboard.i18n import _, ngettext
from metrics.advice import Means, OfferHint
from metrics.campaign_plan import HOURS, Hours, Step
from metrics.cautions import Caution


def means(code: Means) -> str:
    """What helps to win a customer back."""
    return {**_means_by_reason(), **_means_by_state()}[code]


def _means_by_reason() -> dict[Means, str]:
    return {
        "ask_why": _("Ask them, and ask on: the reason named first is often not the real one."),
        "test_means": _("Try two means on a small part of the list each: which one works differs per business."),
        "another_manager": _("Give them to another manager: the one who lost them does not win them back."),
        "apology": _("Apologise. A failure of the system is forgiven more easily than rudeness."),
        "small_first": _("Begin with the small problems: they are easier to make good than large ones."),
        "let_them_go": _("Nobody is to blame: children grow up, people move. Let them go."),
        "follow_their_life": _("If you have something for their life as it is now, show just that."),
        "news_of_mending": _("Mend the cause first, then tell them what has changed."),
        "extra_service": _("Offer an extra service rather than a discount."),
        "replacement_or_gift": _("Replace what was bad, or add a gift to the next order."),
        "fixed_sum": _("Take a fixed sum off for a stated time rather than a deep percentage."),
        "instalments": _("Offer payment in instalments."),
        "free_first_delivery": _("Make the first delivery free."),
        "wait_half_a_year": _("If they do not react, wait half a year, then come with novelties."),
        "reminder": _("A friendly reminder comes first: who forgot you needs no discount yet."),
        "novelties_by_history": _("Then show novelties that fit what they bought before."),
        "remind_in_time": _("And remind the others in time, before they are lost: that is cheaper."),
    }


def _means_by_state() -> dict[Means, str]:
    return {
        "act_now": _("Act now: the less time has passed, the better the chance."),
        "reminder_without_discount": _("Begin with a reminder, without a discount."),
        "stages": _("Plan several contacts with one person in charge: the first attempt rarely succeeds."),
        "promotion_from_two_orders": _("Keep promotions for those with two orders or more."),
        "last_invitation": _("Send one last invitation that costs next to nothing."),
        "leave_them": _("Or leave them: a new customer may be cheaper."),
        "do_not_win_back": _("Do not win them back once more."),
    }


def advice(codes: tuple[Means, ...]) -> str:
    """What helps, as sentences in a row."""
    return sentences(*(means(code) for code in codes))


def offer_hint(code: OfferHint) -> str:
    """How the offer is made better."""
    return {
        "sum_not_percent": _("A fixed sum is safer than a percentage: you know beforehand what a return costs."),
        "name_an_end": _("Say until which day the offer holds."),
    }[code]


def caution(found: Caution, currency: str | None) -> str:
    """What speaks against a campaign, with its figures and a way out."""
    return {
        "loses": _loses,
        "offer_above_largest": _offer_above_largest,
        "short_list": _short_list,
        "offer_eats_first_order": _offer_eats_first_order,
        "most_return_anyway": _most_return_anyway,
        "deep_percent": _deep_percent,
        "no_cap": _no_cap,
        "offer_ends_before_stage": _offer_ends_before_stage,
        "horizon_before_stage": _horizon_before_stage,
        "too_frequent": _too_frequent,
        "cool_down": _cool_down,
    }[found.code](found.facts, currency)


def _loses(facts: dict[str, Any], currency: str | None) -> str:
    text = _("The campaign loses {money}: it costs more than it brings beyond what would come anyway.").format(
        money=money(facts["loss"], currency)
    )
    if facts["paying_size"]:
        way_out = ngettext(
            "With only the {n} customer most worth a contact it would pay.",
            "With only the {n} customers most worth a contact it would pay.",
            facts["paying_size"],
        ).format(n=count(facts["paying_size"]))
        return sentences(text, way_out)
    return sentences(text, _("It would lose even without an offer.")) if facts["even_for_nothing"] else text


def _offer_above_largest(facts: dict[str, Any], currency: str | None) -> str:
    text = _("The offer costs {amount} per customer who comes back; above {largest} the campaign earns nothing.")
    return text.format(amount=money(facts["amount"], currency), largest=money(facts["largest"], currency))


def _short_list(facts: dict[str, Any], currency: str | None) -> str:
    return ngettext(
        "The list is too short for its fixed cost of {cost}: with {n} customer like these it would pay.",
        "The list is too short for its fixed cost of {cost}: with {n} customers like these it would pay.",
        facts["smallest"],
    ).format(cost=money(facts["fixed_cost"], currency), n=count(facts["smallest"]))


def _offer_eats_first_order(facts: dict[str, Any], currency: str | None) -> str:
    text = _("The offer costs {offer} on average, and an average order of these customers leaves {left}: the first "
             "order earns nothing, only later ones do.")  # fmt: skip
    return text.format(offer=money(facts["offer"], currency), left=money(facts["left"], currency))


def _most_return_anyway(facts: dict[str, Any], currency: str | None) -> str:
    return sentences(
        _("{share} of what the offers cost ({gift}) is paid for customers who would come back anyway.").format(
            share=percent(facts["share"]), gift=money(facts["gift"], currency)
        ),
        _("Send a reminder first and make the offer only to those who do not answer it."),
    )


def _deep_percent(facts: dict[str, Any], _currency: str | None) -> str:
    text = _("A discount of {share} is deep.").format(share=percent(facts["share"]))
    if facts["margin"]:
        part = _("With a margin of {margin} it takes {part} of what an order leaves you.").format(
            margin=percent(facts["margin"]), part=percent(facts["share"] / facts["margin"])
        )
        text = sentences(text, part)
    return sentences(text, _("A fixed sum for a stated time is the safer offer."))


def _no_cap(facts: dict[str, Any], _currency: str | None) -> str:
    text = _("The discount of {share} has no upper limit: set the most that it may take off one order.")
    return text.format(share=percent(facts["share"]))


def _offer_ends_before_stage(facts: dict[str, Any], _currency: str | None) -> str:
    text = _("The offer ends {days} before the last contact that speaks of it: let it last longer, or write sooner.")
    return text.format(days=days(facts["days"], about=False))


def _horizon_before_stage(facts: dict[str, Any], _currency: str | None) -> str:
    text = _("Returns are counted for {horizon}, but the last contact comes {days} after the start: count them for "
             "longer, or write sooner.")  # fmt: skip
    return text.format(horizon=days(facts["horizon"], about=False), days=days(facts["day"], about=False))


def _too_frequent(facts: dict[str, Any], _currency: str | None) -> str:
    least = days(facts["least"])
    channel = winback_words.channel(facts["channel"])
    if not facts["days"]:
        text = _("{channel}: two contacts on the same day. Leave at least {least} between them.")
        return text.format(channel=channel, least=least)
    text = _("{channel}: two contacts only {days} apart. Leave at least {least} between them.")
    return text.format(channel=channel, days=days(facts["days"]), least=least)


def _cool_down(facts: dict[str, Any], _currency: str | None) -> str:
    text = _("You contacted them on {last}, and they did not react: leave them in peace until {until}, half a year "
             "from then, and come back with novelties.")  # fmt: skip
    return text.format(last=date_short(facts["last"]), until=date_short(facts["until"]))


def step(one: Step) -> str:
    """What is done on a day of the plan."""
    if one.stage is None:
        return _("Measure the result: a new order counts, a promise does not")
    subject = winback_words.subject(one.stage.subject)
    if one.offer_until is None:
        return subject
    return _("{subject}, valid until {day}").format(subject=subject, day=date_short(one.offer_until))


def hours(code: Hours | None) -> str:
    """When on its day a contact is best made."""
    if code is None:
        return _("any time")
    if code == "working":
        return _("working hours")
    first, last = HOURS[code]
    if last is None:
        return _("from {hour}").format(hour=f"{first}:00")
    return f"{first}:00–{last}:00"
