"""The words of a win-back campaign: segments, presets, channels, offers, reasons, what a figure is missing."""

from __future__ import annotations

from dashboard.formats import count, days, listing, money
from dashboard.i18n import _, ngettext, pgettext
from metrics.lost_segments import LostSegment
from metrics.scenario import Channel, IncentiveKind, Subject
from metrics.scenario_presets import Preset
from metrics.winback import Simulation
from metrics.winback_list import Grade, Reason
from metrics.winback_risk import Driver


def segment(key: str) -> str:
    """A preset segment of lost customers."""
    return {
        "lost": _("All lost customers"),
        "freshly_lost": _("Freshly lost"),
        "silent_3_6_months": _("Silent for 3 to 6 months"),
        "silent_1_2_years": _("Silent for 1 to 2 years, 2 or more orders"),
        "best_of_lost": _("The best of the lost (class A)"),
        "one_time": _("Bought once"),
    }[key]


def conditions(one: LostSegment, currency: str | None) -> str:
    """The conditions of an own segment, as one phrase."""
    parts = []
    if one.silence_from is not None:
        parts.append(_("silent for {days} or longer").format(days=days(one.silence_from, about=False)))
    if one.silence_to is not None:
        parts.append(_("silent for {days} at most").format(days=days(one.silence_to, about=False)))
    if one.orders_from is not None:
        parts.append(ngettext("{n} order or more", "{n} orders or more", one.orders_from).format(
            n=count(one.orders_from)))  # fmt: skip
    if one.orders_to is not None:
        parts.append(ngettext("{n} order at most", "{n} orders at most", one.orders_to).format(n=count(one.orders_to)))
    if one.value_from is not None:
        parts.append(_("{money} a year or more").format(money=money(one.value_from, currency)))
    return listing(parts) or segment("lost")


def preset(key: Preset) -> str:
    """A ready campaign."""
    return {
        "email_series": _("Three e-mails"),
        "staged_promotion": _("Promotion in stages"),
        "coupon_and_gift": _("Coupon and a small gift by post"),
        "dormant_calls": _("Personal calls to the dormant"),
    }[key]


def preset_source(key: Preset) -> str:
    """Where the rates of a ready campaign come from."""
    return {
        "email_series": _("3-8% of lapsed customers come back after a series: what sellers of mailing tools claim."),
        "staged_promotion": _("15-20% become regulars again after a promotion in planned stages: practitioners' "
                              "articles."),
        "coupon_and_gift": _("About 20% came back within two weeks: a spice shop with a coupon of $20 and a small "
                             "gift."),
        "dormant_calls": _("25% of dormant customers can come back: a building firm over five years."),
    }[key]  # fmt: skip


def channel(key: Channel) -> str:
    """How a customer is contacted."""
    return {
        "email": pgettext("contact", "E-mail"),
        "sms": _("SMS"),
        "push": _("Push notice"),
        "messenger": _("Messenger"),
        "call": _("Call"),
        "mail": _("Letter by post"),
        "ads": _("Ads to a list"),
        "meeting": _("Meeting"),
    }[key]


def subject(key: Subject) -> str:
    """What a contact is about."""
    return {
        "reminder": pgettext("contact", "Reminder"),
        "novelties": pgettext("contact", "Novelties"),
        "promo_code": pgettext("contact", "Promo code"),
        "invitation": pgettext("contact", "Invitation"),
    }[key]


def incentive(key: IncentiveKind) -> str:
    """What is offered for a return."""
    return {
        "none": _("nothing"),
        "fixed": _("a fixed sum off"),
        "percent": _("a percentage off"),
        "gift": _("a gift"),
        "commission": _("a commission for the manager"),
        "delivery": _("free delivery"),
    }[key]


def grade(key: Grade) -> str:
    """How much a customer is worth a contact."""
    return {
        "A": _("A: contact first"),
        "B": _("B: contact"),
        "C": _("C: contact if there is time"),
        "not_worth_it": _("Not worth it"),
        "not_now": _("Not now"),
        "never": _("Never"),
    }[key]


def reason(key: Reason) -> str:
    """Why a customer is in their class."""
    return {
        "strategic": _("tagged as strategic: lifted to A"),
        "first_80": _("among those who bring the first 80% of the profit"),
        "next_15": _("among those who bring the next 15% of the profit"),
        "last_5": _("brings a little more than the contact costs"),
        "brings_less_than_it_costs": _("the contact costs more than it is expected to bring"),
        "excluded": _("on your list of those never to contact"),
        "opted_out": _("does not want to be written to"),
        "problem": _("tagged as a problem"),
        "lost_twice": _("came back once and was lost again"),
        "held_out": _("held out of a running campaign to compare"),
        "contacted_lately": _("contacted within the last half year"),
    }[key]


def driver(key: Driver) -> str:
    """A figure that the profit hangs on."""
    return {
        "response": _("How many come back because of it"),
        "value": _("What they bring afterwards"),
        "return_anyway": _("How many come back anyway (a fifth fewer or more)"),
        "incentive": _("What the offer costs (a fifth less or more)"),
        "contact_cost": _("What a contact costs (a fifth less or more)"),
        "fixed_cost": _("Fixed costs (a fifth less or more)"),
    }[key]


def or_why(found: Simulation, figure: str, text: str) -> str:
    """The figure as it is told, or why there is none."""
    return undefined(found.undefined[figure]) if figure in found.undefined else text


def stand_ins(n: int) -> str:
    """For how many customers another chance to come back anyway than their own is taken."""
    return ngettext(
        "For {n} of them the history is too short; the nearest chance that it knows stands in.",
        "For {n} of them the history is too short; the nearest chance that it knows stands in.",
        n,
    ).format(n=count(n))


def undefined(code: str) -> str:
    """Why a figure of a campaign is missing."""
    return {
        "no_customers": _("nobody is on the list"),
        "nobody_returns": _("nobody is expected to come back"),
        "no_cost": _("nothing is spent"),
        "offer_eats_value": _("the offer costs more than a return brings"),
        "beyond_everyone": _("would not pay even if everybody came back"),
        "pays_at_no_price": _("loses even if that cost nothing"),
        "every_contact_loses": _("a longer list only loses more"),
        "not_within_horizon": _("not within the chosen time"),
        "history_too_short": _("your history is too short to say"),
    }[code]
