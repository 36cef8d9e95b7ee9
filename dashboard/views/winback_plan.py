"""Advice on a campaign: what speaks against it, what fits the reason, and a plan with dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import advice_words as words
from dashboard import labels, reason_words, winback_words
from dashboard.downloads import content_download
from dashboard.formats import NOTHING, count, date_pattern, date_short, money, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape, say
from dashboard.session import settings, workspace
from metrics.advice import means_for, means_for_state, offer_hints, states_on_list
from metrics.campaign_plan import Step, plan, rest_until
from metrics.cautions import cautions
from metrics.ics import Event, calendar_file
from metrics.lost_segments import LostState
from metrics.reason_codes import REASONS, field_shares
from metrics.reasons import reasons
from metrics.scenario import Scenario
from metrics.simulator import Estimate


def section(found: Estimate, scenario: Scenario) -> None:
    """What speaks against the campaign, advice by reason and state, and the plan to take away."""
    against = st.container()
    _advice(found, scenario)
    start, last_contact = _days()
    with against:
        _cautions(found, scenario, start, last_contact)
    _plan(found, scenario, start)


def _cautions(found: Estimate, scenario: Scenario, start: date, last_contact: date | None) -> None:
    if not found.simulation.contacted:
        st.markdown(_("Nobody is on the list, so there is nothing to check yet."))
        return
    currency = settings().currency
    against = cautions(scenario, found, start, last_contact)
    if not against:
        st.markdown(_("Nothing that can be checked here speaks against this campaign."))
        return
    st.markdown(_("Look at this before you begin:"))
    _bullets(words.caution(one, currency) for one in against)


def _advice(found: Estimate, scenario: Scenario) -> None:
    st.subheader(_("What helps"), anchor=False)
    asked, shares = st.columns(2, gap="large")
    with asked:
        reason = st.selectbox(
            _("Why did they leave, as far as you know?"),
            [None, *REASONS],
            format_func=reason_words.reason,
            key="plan_reason",
        )
        _bullets(words.means(code) for code in means_for(reason))
    with shares:
        _shares()
    _by_state(states_on_list(found, settings().threshold))
    hints = offer_hints(scenario.incentive)
    if hints:
        st.markdown(say(_("**Your offer.** {advice}"), advice=sentences(*(words.offer_hint(one) for one in hints))))


def _shares() -> None:
    """The reference beside the business's own reasons, where enough customers told theirs."""
    chosen = settings()
    found = reasons(workspace(), chosen.threshold, chosen.window)
    own = {} if found is None or not found.is_enough else {one.code: one.share for one in found.by_reason}
    rows = [
        {_("Why customers leave"): reason_words.reason(one), _("Share"): percent(share)}
        | ({_("Yours"): percent(own[one])} if own else {})
        for one, share in field_shares().items()
    ]
    st.table(rows, border="horizontal", hide_index=True)
    st.caption(_("Shares from an article on lost customers; yours may differ, so ask."))


def _by_state(states: dict[LostState, int]) -> None:
    lines = [
        say(
            _("**{state}** ({n}): {advice}"),
            state=labels.state(state), n=count(n), advice=words.advice(means_for_state(state)),
        )
        for state, n in states.items()
    ]  # fmt: skip
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))


def _days() -> tuple[date, date | None]:
    """The first day of the campaign, and when the same customers were last contacted."""
    st.subheader(_("The plan"), anchor=False)
    left, right = st.columns(2, gap="large")
    today = date.today()
    with left:
        start = st.date_input(
            _("The campaign begins on"),
            value=today + timedelta(days=7 - today.weekday()), format=date_pattern(), key="plan_start",
        )  # fmt: skip
    with right:
        last_contact = st.date_input(
            _("Contacted before without a reaction on"),
            value=None, format=date_pattern(), key="plan_last_contact",
            help=_("The last contact of an earlier campaign to the same customers. Empty: there was none."),
        )  # fmt: skip
    return start, last_contact


def _plan(found: Estimate, scenario: Scenario, start: date) -> None:
    if not scenario.stages:
        st.markdown(_("This campaign is given by its result alone. Describe its contacts to get a plan with dates."))
        return
    people, currency = found.simulation.contacted, settings().currency
    steps = plan(scenario, start)
    rest = date_short(rest_until(steps))
    st.markdown(_sentence(steps))
    st.table([_row(one, people, currency) for one in steps], border="horizontal", hide_index=True)
    st.markdown(
        say(
            _("Leave those who did not react in peace until **{day}**: half a year, then come with novelties."),
            day=rest,
        )
    )
    st.caption(escape(_notes(scenario, steps, people, currency)))
    content_download(
        _("Download the plan as a calendar"), _calendar(scenario, steps, people, currency), "plan", "ics",
        "text/calendar",
    )  # fmt: skip


def _sentence(steps: Sequence[Step]) -> str:
    contacts = [one.on for one in steps if one.stage is not None]
    return say(
        ngettext(
            "**{n}** contact on **{first}**; the result stands on **{end}**.",
            "**{n}** contacts from **{first}** to **{last}**; the result stands on **{end}**.",
            len(contacts),
        ),
        n=count(len(contacts)), first=date_short(contacts[0]), last=date_short(contacts[-1]),
        end=date_short(steps[-1].on),
    )  # fmt: skip


def _row(one: Step, people: int, currency: str | None) -> dict[str, str]:
    """Three columns, for a phone has no room for more."""
    day, step, stage = date_short(one.on), words.step(one), one.stage
    if stage is not None:
        day = _("{day}, {hours}").format(day=day, hours=words.hours(one.hours))
        step = _("{step} ({channel})").format(step=step, channel=winback_words.channel(stage.channel))
    cost = NOTHING if stage is None else money(stage.unit_cost * people, currency)
    return {_("Day"): day, _("Step"): step, _("Cost for all"): cost}


def _notes(scenario: Scenario, steps: Sequence[Step], people: int, currency: str | None) -> str:
    parts = [
        _("The hours are those at which an article found e-mails read most: promotions in the early evening, news at "
          "noon; promotions before noon were ignored."),
    ]  # fmt: skip
    if any(one.is_moved for one in steps):
        parts.append(_("Calls and meetings that fell on a weekend are moved to Monday."))
    if scenario.contact_cost:
        more = _("Besides, contacting all costs {money} that belong to no single contact.")
        parts.append(more.format(money=money(scenario.contact_cost * people, currency)))
    return sentences(*parts)


def _calendar(scenario: Scenario, steps: Sequence[Step], people: int, currency: str | None) -> bytes:
    """The steps and the end of the rest, one all-day event each; a plan with other dates moves them."""
    name = scenario.name.strip() or _("Win customers back")
    key = f"{scenario.name} {scenario.audience.model_dump_json()}"
    events = [
        Event(f"{key} {number}", one.on, f"{name}: {words.step(one)}", _description(one, people, currency))
        for number, one in enumerate(steps)
    ]
    until = rest_until(steps)
    if until is not None:
        text = _("those who did not react may be contacted again, with novelties")
        events.append(Event(f"{key} rest", until, f"{name}: {text}"))
    return calendar_file(events, name, date.today())


def _description(one: Step, people: int, currency: str | None) -> str:
    if one.stage is None:
        return ""
    whom = ngettext("{n} customer", "{n} customers", people).format(n=count(people))
    cost = money(one.stage.unit_cost * people, currency)
    return ", ".join((winback_words.channel(one.stage.channel), words.hours(one.hours), whom, cost))


def _bullets(texts: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {escape(text)}" for text in texts))
