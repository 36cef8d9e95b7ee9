"""The sentence about a win-back campaign for a meeting. Pure: figures in, plain text out (a page escapes it)."""

from __future__ import annotations

import math

from dashboard.formats import count, money, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.scenario import Scenario
from metrics.simulator import Estimate
from metrics.winback import Simulation


def meeting_sentence(simulation: Simulation, currency: str | None) -> str:
    """What is spent, what it earns beyond what would come anyway, and from how many returners on it pays."""
    figures = {"spend": money(simulation.cost, currency), "earn": money(simulation.incremental_margin, currency)}
    if simulation.undefined.get("break_even_response") == "history_too_short":
        return _("Spend {spend} to earn {earn} at most: your history is too short to say how many would come "
                 "anyway.").format(**figures)  # fmt: skip
    if simulation.break_even_response is None:
        return _cannot_pay(simulation, currency)
    if simulation.cost == 0:
        return _("It costs nothing and earns {earn}.").format(**figures)
    needed = _up(simulation.break_even_response * simulation.contacted)
    text = ngettext(
        "Spend {spend} to earn {earn}; it pays if at least {n} of {all} comes back.",
        "Spend {spend} to earn {earn}; it pays if at least {n} of {all} come back.",
        needed,
    ).format(**figures, n=count(needed), all=count(simulation.contacted))
    return text if simulation.roi is None or simulation.roi > -1e-9 else sentences(text, _loses(simulation, currency))


def in_short(found: Estimate, scenario: Scenario, currency: str | None) -> str:
    """The sentence for the meeting, or why there is no list; plain text."""
    if found.simulation.contacted:
        return meeting_sentence(found.simulation, currency)
    fixed, nobody = money(scenario.fixed_cost, currency), found.customers is not None and not len(found.customers)
    if found.recommended_size and scenario.budget is not None:
        budget = money(scenario.budget, currency)
        if scenario.budget < scenario.fixed_cost:
            return _(
                "The budget of {budget} does not cover the fixed costs of {fixed}, so nobody is contacted."
            ).format(budget=budget, fixed=fixed)
        return _("The budget of {budget} does not pay for a single contact.").format(budget=budget)
    if found.best_gain > 0 and not found.recommended_size:
        return _("The contacts pay: the best list brings {gain} more than it costs. But that does not cover the fixed "
                 "costs of {fixed}.").format(gain=money(found.best_gain, currency), fixed=fixed)  # fmt: skip
    if not found.recommended_size and not nobody:
        return _("No list of these customers pays with such costs and rates: every contact costs more than it is "
                 "expected to bring. Make the offer or the contact cheaper.")  # fmt: skip
    return _("Nobody is on the list, so there is nothing to spend and nothing to earn.")


def answer(found: Estimate, scenario: Scenario, currency: str | None) -> str:
    """Whom to contact, out of how many lost ones, and the sentence for the meeting; Markdown."""
    everyone = 0 if found.customers is None else len(found.customers)
    if not everyone:
        return _("Nobody has been lost in this segment, so there is nobody to win back. Choose another one below.")
    sentence = say("{sentence}", sentence=in_short(found, scenario, currency))
    if not found.size:
        return sentence
    whom = say(
        ngettext("Contact **{n}** of {all} lost customers.", "Contact **{n}** of {all} lost customers.", found.size),
        n=count(found.size),
        all=count(everyone),
    )
    return sentences(whom, sentence)


def _cannot_pay(simulation: Simulation, currency: str | None) -> str:
    if (simulation.return_anyway or 0.0) >= simulation.contacted:
        text = _(
            "This cannot pay, for everybody is expected to come back anyway: you would spend {spend} to earn {earn}."
        )
    elif simulation.undefined.get("break_even_response") == "offer_eats_value":
        text = _("This cannot pay, for a return brings no more than the offer for it costs: "
                 "you would spend {spend} to earn {earn}.")  # fmt: skip
    else:
        text = _("This cannot pay, even if everybody came back: you would spend {spend} to earn {earn}.")
    return text.format(spend=money(simulation.cost, currency), earn=money(simulation.incremental_margin, currency))


def _loses(simulation: Simulation, currency: str | None) -> str:
    """So many as are expected do not do: said, for the threshold alone reads like a promise."""
    # Rounded down: rounded up it could equal the number that would be enough.
    expected = math.floor(simulation.returners or 0.0)
    return ngettext(
        "About {n} is expected to, so it would lose {money}.",
        "About {n} are expected to, so it would lose {money}.",
        expected,
    ).format(n=count(expected), money=money(-simulation.profit, currency))


def _up(value: float) -> int:
    """The next whole number; what binary fractions add to a whole one does not count."""
    return math.ceil(value * (1 - 1e-12))
