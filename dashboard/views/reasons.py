"""Why do they leave?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import advice_words, charts, labels, story, story_reasons
from dashboard import reason_words as words
from dashboard.components import cards, chart, head, onward
from dashboard.formats import NOTHING, count, listing, money, percent
from dashboard.i18n import _, ngettext, pgettext
from dashboard.markdown import escape, say
from dashboard.session import colours, save, seed, settings, workspace
from dashboard.views.reason_cards import reason_cards
from dashboard.views.reason_texts import texts_section
from dashboard.views.segment_builder import open_list
from dashboard.views.survey import survey_section
from metrics.advice import means_for
from metrics.reason_codes import field_shares
from metrics.reasons import Part, ReasonPart, Reasons, reasons
from metrics.settings import MoneyAs, Settings, Window
from metrics.survey import lost_for
from metrics.value import margin

AT_ONCE = 20_000
"""Up to so many lost customers those to ask are found in the blink of an eye."""
WINDOWS: tuple[Window, ...] = ("year", "ever")


def page() -> None:
    """Own reasons against the field's, what each costs and suggests to do, and how to learn more of them."""
    held, chosen = workspace(), settings()
    share = margin(held).share if chosen.money_as == "margin" else None
    asked = reasons(held, chosen.threshold, chosen.window)
    if asked is None:
        return
    found = _in_money(asked, share)
    head(_("Why do they leave?"), story_reasons.reasons(found, chosen.window, chosen.currency))
    if not found.known.customers:
        _nothing_known(found, chosen)
        return
    cards(reason_cards(found, chosen))
    st.subheader(_("What they left for"), anchor=False)
    picture, controls = st.columns([3, 1], gap="large")
    with picture:
        chart(charts.reason_bars(found, chosen.currency, colours()), "reasons")
    with controls:
        _controls(found, chosen)
    onward(
        [("winback", _("See what winning them back would bring")), ("data", _("Add a survey"))],
        back=_("Back to the overview"),
    )
    st.subheader(_("What each suggests to do"), anchor=False)
    _suggestions(found, chosen)
    _asked_again(found)
    texts_section()
    _survey(is_open=False)


def _nothing_known(found: Reasons, chosen: Settings) -> None:
    """How to begin."""
    others: Window = "ever" if chosen.window == "year" else "year"
    elsewhere = reasons(workspace(), chosen.threshold, others)
    if elsewhere is not None and elsewhere.known.customers:
        _window(chosen)
    texts_section()
    if found.lost.customers:
        usual = listing(f"{words.reason(code)} {percent(share)}" for code, share in field_shares().items())
        st.caption(escape(_("What the lost of other businesses left for: {shares}.").format(shares=usual)))
        _survey(is_open=found.lost.customers <= AT_ONCE)
    onward([("data", _("Add a survey"))], back=_("Back to the overview"))


def _survey(*, is_open: bool) -> None:
    """Whom to ask: looked for once somebody wants to see it."""
    ask = st.expander(_("Ask those who have not told you why"), is_open, key="reason_survey", on_change="rerun")
    if ask.open:
        with ask:
            survey_section()


def _in_money(found: Reasons, share: float | None) -> Reasons:
    """The same with what went as margin, where that is chosen."""

    def part(one: Part) -> Part:
        return replace(one, revenue=story.in_money(one.revenue, share))

    return replace(
        found,
        lost=part(found.lost),
        by_reason=tuple(replace(one, revenue=story.in_money(one.revenue, share)) for one in found.by_reason),
        unsorted=part(found.unsorted),
        unknown=part(found.unknown),
        by_fault={fault: part(one) for fault, one in found.by_fault.items()},
    )


def _controls(found: Reasons, chosen: Settings) -> None:
    _window(chosen)
    names: dict[MoneyAs, str] = {
        "revenue": pgettext("money as", "Revenue"), "margin": pgettext("money as", "Margin"),
    }  # fmt: skip
    st.radio(
        _("Money as"), list(names), key=seed("money", chosen.money_as), format_func=lambda key: names[key],
        on_change=lambda: save(money_as=st.session_state["money"]),
    )  # fmt: skip
    if found.is_enough:
        st.caption(_("Dashed: the usual shares, from an article on lost customers. Yours may differ, so ask."))


def _window(chosen: Settings) -> None:
    st.radio(
        _("Which losses"), WINDOWS, key=seed("window", chosen.window), format_func=labels.window,
        on_change=lambda: save(window=st.session_state["window"]),
    )  # fmt: skip


def _suggestions(found: Reasons, chosen: Settings) -> None:
    """The reasons with what helps, two beside each other."""
    for first in range(0, len(found.ranked), 2):
        for column, one in zip(st.columns(2, gap="large"), found.ranked[first : first + 2], strict=False):
            with column:
                _suggestion(one, chosen)


def _suggestion(one: ReasonPart, chosen: Settings) -> None:
    st.markdown(
        say(_("**{reason}**, {money} a year"), reason=words.reason(one.code), money=money(one.revenue, chosen.currency))
    )
    st.markdown("\n".join(f"- {escape(advice_words.means(code))}" for code in means_for(one.code)))
    text = ngettext("List the {n} customer", "List the {n} customers", one.customers).format(n=count(one.customers))
    if st.button(f"{text} →", key=f"reason_list_{one.code}", type="tertiary"):
        open_list(lost_for(one.code, chosen.threshold, chosen.window))


def _asked_again(found: Reasons) -> None:
    st.subheader(_("Is the reason they name the real one?"), anchor=False)
    if not found.asked:
        st.markdown(_("Nobody was asked again yet. The reason named first is often not the real one: ask why five "
                      "times, and keep the last answer as the confirmed reason."))  # fmt: skip
        return
    st.markdown(story_reasons.asked(found.asked))
    rows = [
        {
            _("They named"): words.short(one.named),
            _("It was so"): _("{real} of {n}").format(real=count(one.real), n=count(one.customers)),
            _("Otherwise mostly"): NOTHING if one.instead is None else words.short(one.instead),
        }
        for one in found.asked
    ]
    st.table(rows, border="horizontal", hide_index=True)
    st.caption(_("The reason named first is often not the real one: ask why five times."))
