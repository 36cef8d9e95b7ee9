"""The last page of the report: what to do this month, without names, and how the business's own goals stand."""

from __future__ import annotations

from dashboard import advice_words, goal_words, labels, story_reasons, winback_words
from dashboard.formats import NOTHING, count, date_short, days, money, sentences
from dashboard.i18n import _, ngettext
from dashboard.markdown import say
from dashboard.report.data import ReportData
from dashboard.report.markup import bare
from dashboard.report.parts import Figure, Page, drawn, hero, numbered, small, table
from dashboard.report.returns import timeline
from dashboard.report.svg import Picture
from metrics.advice import means_for, means_for_state
from metrics.campaign_plan import rest_until
from metrics.goals import GoalPath


def to_do(data: ReportData) -> Page:
    """Whom to remind, whom to write to and when, whom to watch; without names."""
    body = [
        hero(
            Figure(
                ngettext("customer to remind now", "customers to remind now", data.due.now),
                count(data.due.now),
                _("they and those of this week bring {money} a year").format(
                    money=money(data.due.yearly_value, data.currency)),
                _("Their next order is expected by now: last order + the customer's own usual gap (the median of three "
                  "gaps or more), else what is usual. Lost customers are not among them."),
            ),
        ),
        numbered(_steps(data)),
        drawn(calendar(data), _("The campaign is given by its result alone, so it has no days.")),
        _audiences(data),
        _goals(data),
        small(_("The lists with names and contacts are in the program, on its pages; this report holds none.")),
    ]  # fmt: skip
    return Page("to-do", _("What to do this month?"), _in_short(data), "".join(body), is_full=bool(data.goals))


def calendar(data: ReportData) -> Picture | None:
    """The days of the campaign; without a list there is nothing to begin."""
    return timeline(data.campaign.steps) if data.campaign.found.simulation.contacted else None


def _in_short(data: ReportData) -> str:
    return say(
        _("Remind **{due}** before they are lost, write to **{contacted}** of the lost, and watch the **{returned}** "
          "who came back."),
        due=count(data.due.now),
        contacted=count(data.campaign.found.simulation.contacted),
        returned=count(data.states.by_state["returned"].customers),
    )  # fmt: skip


def _steps(data: ReportData) -> list[tuple[str, str]]:
    return [_remind(data), _win_back(data), _watch(data), _ask(data)]


def _remind(data: ReportData) -> tuple[str, str]:
    what = say(
        ngettext("**Remind {n} customer** whose order is late.", "**Remind {n} customers** whose orders are late.",
                 data.due.now),
        n=count(data.due.now),
    )  # fmt: skip
    late = _("Late by more than {grace}, so first: {n}.").format(
        grace=days(data.settings.grace_days), n=count(data.due.escalated)
    )
    week = _("Expected within a week: {n}.").format(n=count(data.due.this_week))
    return what, sentences(late, week) if data.due.escalated else week


def _win_back(data: ReportData) -> tuple[str, str]:
    found, steps = data.campaign.found, data.campaign.steps
    if not found.simulation.contacted:
        return _("**Win nobody back just now.**"), _("No list of the lost customers pays with the ready campaign.")
    n = found.simulation.contacted
    what = say(
        ngettext("**Write to {n} lost customer**, beginning on {day}.",
                 "**Write to {n} lost customers**, beginning on {day}.", n),
        n=count(n), day=date_short(steps[0].on),
    )  # fmt: skip
    rest = _("Leave those who did not react in peace until {day}.").format(day=date_short(rest_until(steps)))
    freshest = next(iter(data.campaign.states), None)
    advice = advice_words.means(means_for_state(freshest)[0]) if freshest else ""
    return what, sentences(*filter(None, (advice, rest)))


def _watch(data: ReportData) -> tuple[str, str]:
    n = data.states.by_state["returned"].customers
    what = say(
        ngettext("**Watch {n} customer** who came back.", "**Watch {n} customers** who came back.", n), n=count(n)
    )
    return what, labels.state_meaning("returned")


def _ask(data: ReportData) -> tuple[str, str]:
    """To ask the lost, or, once some have said why they left, to mend that."""
    found = data.reasons
    if found is None or not found.known.customers:
        return _("**Find out why they left.**"), advice_words.means(means_for(None)[0])
    return _("**Mend what they left for.**"), bare(story_reasons.reasons(found, data.settings.window, data.currency))


def _audiences(data: ReportData) -> str:
    heads = (_("Of the lost"), _("Customers"), _("Brought a year"), _("Worth a contact"))
    rows = [
        (winback_words.segment(one.key), count(one.customers), money(one.yearly_value, data.currency),
         count(one.worth_contact))
        for one in data.audiences
    ]  # fmt: skip
    return table(heads, rows)


def _goals(data: ReportData) -> str:
    """How each goal of the business stands; nothing where it has none."""
    if not data.goals:
        return ""
    heads = (_("Goals"), _("So far"), _("How it stands"))
    return table(heads, (_goal(one, data.currency) for one in data.goals))


def _goal(found: GoalPath, currency: str | None) -> tuple[str, str, str]:
    reached = found.latest.actual if found.latest else None
    so_far = NOTHING if reached is None else goal_words.value(found.goal, reached, currency)
    return goal_words.aim(found.goal, currency), so_far, goal_words.verdict(found.verdict)
