"""The sentences about why customers left. Pure: figures in, Markdown out."""

from __future__ import annotations

from dashboard import reason_words as words
from dashboard.formats import count, money, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from metrics.reasons import LEAST_KNOWN, Asked, Reasons
from metrics.settings import Window


def reasons(found: Reasons, window: Window, currency: str | None) -> str:
    """How many told why, and what most left for."""
    lost, known = found.lost.customers, found.known.customers
    if not lost:
        return _("Nobody is lost, so nobody has to be asked.") if window == "ever" else _(
            "Nobody was lost in the last 12 months, so nobody has to be asked.")  # fmt: skip
    if not known:
        return _nobody(lost, found.unsorted.customers)
    told = say(
        ngettext(
            "Of **{lost}** lost customer **{known}** told you why.",
            "Of **{lost}** lost customers **{known}** told you why.",
            lost,
        ),
        lost=count(lost), known=count(known),
    )  # fmt: skip
    first = found.ranked[0]
    if not found.is_enough:
        few = say(
            _("Most often: **{reason}** ({n}). Too few to tell shares: from {least} on they say something."),
            reason=words.reason(first.code), n=count(first.customers), least=count(LEAST_KNOWN),
        )  # fmt: skip
        return sentences(told, few)
    most = say(
        _("Most often: **{reason}**, **{share}** of them, which cost you **{money} a year**."),
        reason=words.reason(first.code), share=percent(first.share), money=money(first.revenue, currency),
    )  # fmt: skip
    return sentences(told, most)


def _nobody(lost: int, unsorted: int) -> str:
    text = say(
        ngettext(
            "Of **{lost}** lost customer nobody knows why they left.",
            "Of **{lost}** lost customers nobody knows why they left.",
            lost,
        ),
        lost=count(lost),
    )
    if unsorted:
        more = ngettext(
            "**{n}** answer is not sorted yet: say below what it means.",
            "**{n}** answers are not sorted yet: say below what they mean.",
            unsorted,
        )
        return sentences(text, say(more, n=count(unsorted)))
    return sentences(text, _("Ask them: what you do not know you cannot mend, and the next one leaves for the same."))


def asked(found: tuple[Asked, ...]) -> str:
    """How often the named reason was the real one."""
    real, customers = sum(one.real for one in found), sum(one.customers for one in found)
    text = ngettext(
        "Of **{n}** customer who was asked again, the reason named first was the real one for **{real}**.",
        "Of **{n}** customers who were asked again, the reason named first was the real one for **{real}**.",
        customers,
    )
    return say(text, n=count(customers), real=count(real))
