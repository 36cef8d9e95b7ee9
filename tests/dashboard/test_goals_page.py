"""The page of goals: what it proposes, what it says, how goals are set, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deployment, i18n, session, story_goals
from dashboard.charts import goal_path
from dashboard.palette import palette
from metrics import Workspace
from metrics.calendar import add_months
from metrics.goal import GOAL_KINDS, Goal
from metrics.goal_proposals import proposal
from metrics.goals import GoalMonth, GoalPath, path
from tests.factories import DOZEN, add
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def shop(spice: Path) -> Iterator[Workspace]:
    """The spice shop without goals, open in the server's place."""
    with served(spice), mock.patch("gc.freeze"):
        yield session.workspace()
        session.workspace().update(goals=(), language="en", money_as="revenue")


def show(language: str = "en") -> AppTest:
    return AppTest.from_function(_page, args=(language,), default_timeout=30).run()


def _page(language: str) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import goals

    i18n.use(language)
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "winback", "due", "goals")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    goals.page()


def text_of(page: AppTest) -> str:
    return "\n".join(each.value for each in page.markdown).replace("\\", "")


def all_goals(workspace: Workspace) -> tuple[Goal, ...]:
    start = add_months(workspace.as_of, -4)
    found = [proposal(workspace, kind, start=start, n_months=8) for kind in GOAL_KINDS]
    return tuple(each.goal for each in found)


def test_without_goals_it_proposes_one_and_a_button_sets_it(shop):
    page = show()
    assert not page.exception
    assert page.title[0].value == "Are you getting there?"
    assert "Your usual month loses **7.2%** of the customers; the benchmark is 6.5%" in text_of(page)
    assert "Aim for **6.5%** by April 2027?" in text_of(page)
    page.button(key="set_goal").click().run()
    assert not page.exception
    assert shop.settings.goals == (
        Goal(kind="churn", start=date(2026, 11, 1), by=date(2027, 4, 1), target=Decimal("0.065")),
    )
    assert "The first month to judge it by is November 2026" in text_of(page)


def test_another_kind_a_target_and_months_of_ones_own(shop):
    page = show()
    page.selectbox(key="draft_kind").select("recovered").run()
    assert "**$7,121**" in text_of(page)
    page.selectbox(key="draft_recovered_start").select(date(2026, 6, 1)).run()
    assert page.selectbox(key="draft_recovered_by").value == date(2026, 11, 1)
    page.number_input(key="draft_recovered_target").set_value(5000.0).run()
    page.selectbox(key="draft_recovered_by").select(date(2026, 10, 1)).run()
    assert page.number_input(key="draft_recovered_target").value == 5000
    page.button(key="set_goal").click().run()
    assert not page.exception
    assert shop.settings.goals == (
        Goal(kind="recovered", start=date(2026, 6, 1), by=date(2026, 10, 1), target=Decimal(5000)),
    )
    assert "brought **$5,566** up to the end of October 2026" in text_of(page)
    assert "The goal of $5,000 is **reached**" in text_of(page)


def test_a_goal_is_changed_and_removed_in_its_place(shop):
    shop.update(goals=all_goals(shop))
    page = show()
    assert not page.exception
    assert page.markdown[0].value == "**1** of 3 goals are reached or on their way, **2** behind their path."
    assert len(page.get("plotly_chart")) == 3
    page.number_input(key="goal_churn_target").set_value(9.5).run()
    assert shop.settings.goals[0].target == Decimal("0.095")
    assert page.markdown[0].value.startswith("**2** of 3 goals")
    page.selectbox(key="goal_churn_by").select(date(2026, 12, 1)).run()
    assert shop.settings.goals[0].by == date(2026, 12, 1)
    page.button(key="drop_goal_returned").click().run()
    assert [goal.kind for goal in shop.settings.goals] == ["churn", "recovered"]
    assert not page.exception
    # The kind that is free again is offered.
    assert page.selectbox(key="draft_kind").value == "returned"


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_it_speaks_every_language(shop, language: str):
    shop.update(goals=all_goals(shop))
    page = show(language)
    assert not page.exception
    assert "{" not in text_of(page)
    tables = [each.value for each in page.dataframe]
    assert [len(one) for one in tables] == [20, 20, 16]
    assert "None" not in str(tables)


def test_too_short_a_history_says_from_when_on(tmp_path):
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
        workspace.update(lost_after_days=200)
    with served(tmp_path / "data"), mock.patch("gc.freeze"):
        page = show()
    assert not page.exception
    assert "not enough history yet" in text_of(page)
    assert "**August 2024**" in text_of(page)
    assert not page.button


def test_the_overview_says_where_each_goal_stands(shop):
    def links() -> list[str]:
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        assert not app.exception
        return [each.proto.label for each in app.get("page_link")]

    assert "Set a goal →" in links()
    shop.update(goals=all_goals(shop)[:2])
    assert links()[:2] == [
        "Churn rate 6\\.5% by Jan 2027\\: behind the path →", "17 customers back a month by Jan 2027\\: reached →",
    ]  # fmt: skip


# --- sentences and pictures ---


def standing(kind: str, actual: str, planned: str, target: str, verdict: str, *, is_over: bool = False) -> GoalPath:
    goal = Goal(kind=kind, start=MARCH, by=JUNE, target=Decimal(target))
    month = GoalMonth(MARCH, Decimal(planned), Decimal(actual), in_progress=False)
    gap = Decimal(planned) - Decimal(actual) if kind == "churn" else Decimal(actual) - Decimal(planned)
    return GoalPath(goal, None, (), (month,), month, verdict, None, gap, is_over)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (standing("churn", "0.06", "0.07", "0.065", "reached"), "6.5% is **reached**: keep it until June 2026."),
        (standing("churn", "0.06", "0.07", "0.065", "reached", is_over=True), "6.5% is **reached**."),
        (standing("churn", "0.07", "0.07", "0.065", "on_path"), "asks for 7.0%: you are **on the way** to 6.5%"),
        (standing("churn", "0.08", "0.07", "0.065", "behind"), "allows 7.0%: **1.0 points too many**"),
        (standing("returned", "8", "10", "12", "behind"), "asks for 10: **2 are missing**"),
        (standing("recovered", "80", "100", "120", "behind", is_over=True), "The time is up: the goal was $120."),
    ],
)
def test_a_goal_is_told_in_a_sentence(found: GoalPath, said: str):
    assert said in story_goals.goal(found, "USD").replace("\\", "")


@pytest.mark.parametrize("kind", GOAL_KINDS)
def test_the_picture_draws_the_path_to_its_target(shop, kind: str):
    goal = next(goal for goal in all_goals(shop) if goal.kind == kind)
    found = path(shop, goal, look_back=True)
    picture = goal_path(found, "USD", palette("light"))
    dashed, diamond = (trace for trace in picture.figure.data if trace.line.dash == "dash" or trace.mode == "markers")
    assert list(dashed.y) == [float(month.planned) for month in found.months]
    assert (diamond.y[0], diamond.x[0]) == (float(goal.target), dashed.x[-1])
    actual = picture.figure.data[0]
    shown = found.months if kind == "recovered" else (*found.before, *found.months)
    assert list(actual.y) == [None if month.actual is None else float(month.actual) for month in shown]
    assert "path to" in picture.alt


def test_a_running_month_is_hollow(shop):
    shop.update(as_of=date(2026, 10, 20))
    found = path(shop, all_goals(shop)[1])
    shop.update(as_of=None)
    picture = goal_path(found, "USD", palette("light"))
    hollow = [trace for trace in picture.figure.data if trace.marker.line.width]
    assert [list(trace.x) for trace in hollow] == [[12 + 4]]
    assert picture.figure.data[0].y[16] is None
    assert any("so far" in each.text for each in picture.figure.layout.annotations)
