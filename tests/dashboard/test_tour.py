"""The first tour: it shows itself until it is over, says each step in every language, and can be called back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deployment, i18n, session
from dashboard.tour_words import steps
from metrics import Workspace
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")


@pytest.fixture
def shop(spice: Path) -> Iterator[Workspace]:
    with served(spice), mock.patch("gc.freeze"):
        yield session.workspace()
        session.workspace().update(tour_seen=False, language="en")


def overview(language: str = "en") -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.query_params["lang"] = language
    return app.run()


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key and button.key.startswith("tour")}


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_tour_goes_step_by_step_and_ends_for_good(shop, language: str):
    app = overview(language)
    i18n.use(language)
    every = steps()
    for place, step in enumerate(every):
        assert not app.exception
        shown = [each.value.replace("\\", "") for each in app.markdown]
        # The page's own answer stays first.
        assert [step.text in text for text in shown[:2]] == [False, True]
        links = [each.proto.label.replace("\\", "") for each in app.get("page_link")]
        assert step.link is None or f"{step.link} →" in links
        if place < len(every) - 1:
            assert keys(app) == {"tour_next", "tour_skip"}
            app.button(key="tour_next").click().run()
    assert keys(app) == {"tour_done"}
    app.button(key="tour_done").click().run()
    assert keys(app) == set()
    assert shop.settings.tour_seen
    assert keys(overview(language)) == set()


def test_the_tour_can_be_skipped_at_once_and_called_back(shop):
    app = overview()
    app.button(key="tour_next").click().run()
    app.button(key="tour_skip").click().run()
    assert (keys(app), shop.settings.tour_seen) == (set(), True)
    glossary = AppTest.from_function(_glossary, default_timeout=30).run()
    glossary.button(key="tour_again").click().run()
    assert not shop.settings.tour_seen
    assert steps()[0].text in app.run().markdown[1].value.replace("\\", "")


def _glossary() -> None:
    import streamlit as st

    from dashboard.views import glossary

    pages = {"overview": st.Page(lambda: None, title="overview", url_path="overview", default=True)}
    pages["glossary"] = st.Page(glossary.page, title="glossary", url_path="glossary")
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    glossary.page()


def test_the_wall_has_no_tour(shop):
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.query_params["view"] = "wall"
    assert not app.run().exception
    assert keys(app) == set()


def test_each_step_leads_to_a_page_of_the_app():
    keys_of_app = set(re.findall(r'(?:, |url_path=)"([a-z]+)"\)', APP.read_text("utf-8")))
    assert {step.page for step in steps()} - {None} <= keys_of_app
    assert len(steps()) == 5
