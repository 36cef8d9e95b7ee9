"""The threshold page: the suggestion taken, rules compared, own presets kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session, story
from dashboard.shops import load_shop
from metrics import Workspace
from metrics.returns import suggested_threshold
from metrics.settings import Settings
from metrics.threshold_results import Suggested
from sample_data import sample_files
from tests.factories import DOZEN, add
from tests.serving import served


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    with Workspace.open(folder) as workspace:
        load_shop(workspace, sample_files()["spice"], workspace.inbox)
    with served(folder):
        yield folder


def _page() -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import threshold

    i18n.use("en")
    st.session_state["_pages"] = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("money", "overview")}
    threshold.page()


def opened() -> AppTest:
    return AppTest.from_function(_page, default_timeout=60).run()


def stored() -> Settings:
    return session.workspace().settings


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label.startswith(label))


def test_a_short_history_says_what_is_missing_and_until_when(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    with Workspace.open(folder) as workspace:
        add(workspace, DOZEN)  # from 10 January to 30 June: eight days short of two horizons
        workspace.update(lost_after_days=30)
    with served(folder):
        app = opened()
    assert not app.exception
    assert any("that is **8 days** more" in each.value for each in app.markdown)
    assert any(each.value.startswith("too few were silent for 210 days") for each in app.caption)


def test_a_suggestion_before_the_usual_gap_is_none() -> None:
    found = Suggested(all=1, one_time=1, repeat=None)
    assert story.is_too_soon(found, 289)
    assert "289 days" in story.suggested(found, 289, 90)
    assert story.suggested(found, 0.5, 90).startswith("After **1 day**")


def test_the_suggestion_is_taken_by_a_click(shop: Path) -> None:
    app = opened()
    button(app, "Take").click().run()
    assert not app.exception
    assert stored().lost_after_days == app.slider[0].value > 120


def test_both_suggestions_are_compared_by_a_click(shop: Path) -> None:
    app = opened()
    found = suggested_threshold(session.workspace())
    button(app, f"Compare {found.one_time} and {found.repeat} days").click().run()
    assert not app.exception
    assert stored().rule.kind == app.session_state["rule_kind"] == "number"
    assert stored().rule.by_number == {"1": found.one_time, **dict.fromkeys("234", found.repeat)}
    assert [each.value for each in app.number_input if str(each.key).startswith("rule_number")] == [
        found.one_time, *[found.repeat] * 3
    ]  # fmt: skip
    assert stored().lost_after_days is None  # every page counts as before


def test_rules_are_compared_and_kept(shop: Path) -> None:
    app = opened()
    app.session_state["rule_kind"] = "number"
    app.run()
    first = next(each for each in app.number_input if each.key == "rule_number_1")
    first.set_value(60).run()
    assert not app.exception
    assert (stored().rule.kind, stored().rule.by_number["1"]) == ("number", 60)
    (sentence,) = [each.value for each in app.markdown if each.value.startswith("With this rule")]
    assert "instead of 654" in sentence
    table = app.table[0].value
    assert list(table["The days depend on"])[:2] == ["nothing: used on every page", "the number of orders"]
    assert any(each.value.startswith("This only compares: every page counts with") for each in app.markdown)
    one, other, *_ = table["Customers lost"]
    assert one == "654" != other
    app.session_state["rule_kind"] = "rhythm"
    app.run()
    assert not app.exception
    assert stored().rule.kind == "rhythm"


def test_an_own_preset_is_added_chosen_changed_and_deleted(shop: Path) -> None:
    app = opened()
    name = next(each for each in app.text_input if each.label == "Name")
    name.set_value("Tea *club*")
    button(app, "Save this preset").click().run()
    assert [(each.key, each.name, each.lost_after_days) for each in stored().own_industries] == [
        ("own/1", "Tea *club*", 90)
    ]
    app.selectbox(key="industry").set_value("own/1").run()
    assert (stored().industry, stored().threshold) == ("own/1", 90)
    app.selectbox(key="preset_edited").set_value("own/1").run()
    next(each for each in app.number_input if each.label == "Lost after, days").set_value(500)
    button(app, "Save this preset").click().run()
    assert [each.value for each in app.warning] == [
        "A preset needs a name, and its days must lie between the two bounds."
    ]
    button(app, "Delete").click().run()
    assert (stored().own_industries, stored().industry) == ((), "retail")
    assert not app.exception
