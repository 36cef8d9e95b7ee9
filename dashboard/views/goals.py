"""Are you getting there?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import charts, goal_words, story_goals
from dashboard.components import chart, head, onward, table
from dashboard.formats import month_name, sentences
from dashboard.glossary import formula
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, settings, workspace
from dashboard.views.goal_controls import aimed, drop, put, removal, target_and_months
from metrics.goal import GOAL_KINDS, Goal, GoalKind
from metrics.goal_proposals import Proposal, first_judged, proposal
from metrics.goals import GoalMonth, GoalPath, path, paths


def page() -> None:
    """Each goal with its path month by month, and what the own figures suggest to aim for next."""
    held, chosen = workspace(), settings()
    found = paths(held, look_back=True)
    free = {kind: proposal(held, kind) for kind in GOAL_KINDS if kind not in {each.goal.kind for each in found}}
    offered = {kind: each for kind, each in free.items() if each is not None}
    title = _("Are you getting there?")
    if found:
        head(title, story_goals.goals(found, chosen.currency))
        for each in found:
            _goal(each, is_alone=len(found) == 1)
        if offered:
            with st.expander(_("Set another goal")):
                _draft(offered, is_alone=False)
    elif offered:
        _draft(offered, is_alone=True, title=title)
    else:
        head(title, story_goals.nothing_to_propose(first_judged(held)))
    onward(
        [("winback", _("See what winning them back would bring")), ("due", _("See who is due now"))],
        back=_("Back to the overview"),
    )


def _goal(found: GoalPath, *, is_alone: bool) -> None:
    """One goal that is set: how it stands, its chart, its controls, its months."""
    kind, currency = found.goal.kind, settings().currency
    st.subheader(goal_words.kind(kind), anchor=False)
    if not is_alone:
        st.markdown(story_goals.goal(found, currency))
    picture, controls = st.columns([5, 2], gap="large")
    with picture:
        chart(charts.goal_path(found, currency, colours()), f"goal_{kind}")
        _notes(found)
    with controls:
        target_and_months(found.goal, currency)
        removal(kind, lambda: drop(kind))
    with st.expander(_("The months as a table")):
        table([_row(month, found, currency) for month in [*found.before, *found.months]], f"goal_table_{kind}")


def _notes(found: GoalPath) -> None:
    if found.goal.kind == "churn":
        st.caption(escape(sentences(formula("churn"), _("The months before the goal lead up to the path."))))
    elif found.goal.kind == "returned":
        st.caption(escape(formula("came_back")))
    else:
        counted = _("Counted as margin.") if found.goal.money_as == "margin" else _("Counted as revenue.")
        slowly = _("It comes slowly at first: whoever is back goes on buying.")
        st.caption(escape(sentences(formula("goal_recovered"), counted, slowly)))
        beside = story_goals.against_before(found, settings().currency)
        if beside:
            st.caption(escape(beside))


def _draft(offered: dict[GoalKind, Proposal], *, is_alone: bool, title: str = "") -> None:
    """A goal to set: what the figures suggest, as a question, with its path."""
    held, currency = workspace(), settings().currency
    kinds = list(offered)
    kind: GoalKind = st.session_state.get("draft_kind", kinds[0])
    kind = kind if kind in offered else kinds[0]
    goal = aimed(offered[kind].goal)
    again = proposal(held, kind, start=goal.start, n_months=goal.n_months)
    suggested = again or offered[kind]
    goal = aimed(suggested.goal)
    sentence = story_goals.proposal(suggested, goal, currency)
    if is_alone:
        head(title, sentence)
    else:
        st.markdown(sentence)
    picture, controls = st.columns([5, 2], gap="large")
    with controls:
        _kinds(kinds)
        target_and_months(goal, currency, is_draft=True)
        if st.button(_("Set this goal"), type="primary", key="set_goal", width="stretch"):
            put(goal)
            st.rerun()
    with picture:
        found = path(held, goal, look_back=True)
        chart(charts.goal_path(found, currency, colours()), "goal_draft")
        _notes(found)


def _kinds(kinds: Sequence[GoalKind]) -> None:
    if st.session_state.get("draft_kind") not in kinds:
        st.session_state["draft_kind"] = kinds[0]
    st.selectbox(_("What to aim for"), kinds, key="draft_kind", format_func=goal_words.kind)


def _row(month: GoalMonth, found: GoalPath, currency: str | None) -> dict[str, object]:
    goal: Goal = found.goal
    return {
        _("Month"): month_name(month.month),
        _("Path"): goal_words.value(goal, month.planned, currency),
        goal_words.kind_short(goal.kind): goal_words.value(goal, month.actual, currency),
        _("Remark"): _("in progress") if month.in_progress else "",
    }
