"""The glossary: every term has its words in every language and is found; the page shows the own figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deployment, glossary, i18n, session
from dashboard.goal_words import standing
from dashboard.views.glossary_figures import figures
from metrics import Workspace
from metrics.goal_proposals import proposal
from metrics.goals import paths
from metrics.states import STATES
from tests.factories import DOZEN, add
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")
PAGES = set(re.findall(r'(?:, |url_path=)"([a-z]+)"\)', APP.read_text("utf-8"))) | {"overview"}


@pytest.fixture
def shop(spice: Path) -> Iterator[Workspace]:
    with served(spice), mock.patch("gc.freeze"):
        before = session.workspace().settings
        yield session.workspace()
        session.workspace().save(before)


def show(language: str = "en", term: str | None = None) -> AppTest:
    app = AppTest.from_function(_page, args=(language, sorted(PAGES)), default_timeout=30)
    if term:
        app.query_params["term"] = term
    return app.run()


def _page(language: str, keys: list[str]) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import glossary

    i18n.use(language)
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in keys}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    glossary.page()


def titles(page: AppTest) -> list[str]:
    return [
        found.group(1).replace("\\", "")
        for each in page.markdown
        if (found := re.match(r"\*\*(.+?)\*\*  \n", each.value))
    ]


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_term_is_complete_and_told_once(language: str):
    i18n.use(language)
    found = glossary.entries()
    assert max(Counter(each.key for each in found).values()) == 1
    assert max(Counter(each.title for each in found).values()) == 1
    assert {each.group for each in found} == set(glossary.GROUPS)
    assert [each.group for each in found] == sorted((each.group for each in found), key=glossary.GROUPS.index)
    for each in found:
        assert each.title
        assert each.what.endswith((".", "。"))
        assert each.page in PAGES
        assert "{" not in each.what + each.formula + each.source
    assert {f"state_{state}" for state in STATES} <= {each.key for each in found}
    assert all(glossary.group(group) for group in glossary.GROUPS)


def test_no_term_is_left_in_english():
    english = {each.key: (each.title, each.what) for each in glossary.entries()}
    for language in ("ru", "zh"):
        i18n.use(language)
        same = [each.key for each in glossary.entries() if each.title == english[each.key][0] and each.key != "rfm"]
        assert same == []
        assert [each.key for each in glossary.entries() if each.what == english[each.key][1]] == []


def test_a_word_finds_its_terms_those_named_so_first():
    found = [each.key for each in glossary.matching("Churn")]
    assert found[0] == "churn"
    assert "ltv" in found
    assert glossary.matching("no such word") == ()
    assert glossary.nearest("chrun rate").key == "churn"
    assert glossary.entry("nothing") is None
    with pytest.raises(KeyError):
        glossary.formula("nothing")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_page_shows_every_term(shop, language: str):
    page = show(language)
    assert not page.exception
    i18n.use(language)
    assert titles(page) == [each.title for each in glossary.entries()]
    assert not page.get("page_link")


def test_the_page_searches_and_offers_the_nearest(shop):
    page = show()
    page.text_input(key="glossary_search").input("margin").run()
    assert not page.exception
    assert titles(page)[0] == "Margin"
    assert len(titles(page)) < 20
    assert len(page.get("page_link")) == len(titles(page))
    page.text_input(key="glossary_search").input("*retentoin*").run()
    assert titles(page) == ["Retention (CRR)"]
    assert any("No term has “\\*retentoin\\*” in it" in each.value for each in page.markdown)


def test_an_address_asks_for_a_term(shop):
    page = show(term="lost_money")
    assert not page.exception
    assert titles(page)[0] == "Lost money"
    assert titles(page).count("Lost money") == 2
    assert page.session_state["_page_address"] == {"term": "lost_money"}
    unknown = show(term="nothing")
    assert not unknown.exception
    assert titles(unknown)[0] == "Order"


def test_own_figures_stand_beside_their_terms(shop):
    shop.update(monthly_rent="1000", monthly_salary=None, goals=(proposal(shop, "churn").goal,))
    found = figures()
    assert found["churn"] == "7.4% in October 2026"
    assert found["balance"] == "834 = 793 - 59 + 72 + 28 in October 2026"
    assert (found["lost_money"], found["rent"]) == ("$35,547 a year", "36 months of rent")
    assert found["goal"] == f"{standing(paths(shop)[0], 'USD')}."
    assert "salaries" not in found
    assert "goal_recovered" not in found
    assert set(found) <= {each.key for each in glossary.entries()}
    assert any("You: **7\\.4% in October 2026**" in each.value for each in show().markdown)


def test_without_data_the_terms_stand_alone(tmp_path):
    with served(tmp_path / "data"), mock.patch("gc.freeze"):
        page = show()
        assert not page.exception
        assert len(titles(page)) == len(glossary.entries())
        assert figures() == {}


def test_without_a_whole_month_there_is_no_figure_of_one(tmp_path):
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
        workspace.update(lost_after_days=200)
    with served(tmp_path / "data"), mock.patch("gc.freeze"):
        found = figures()
    assert {"churn", "crr", "usual_month", "ltv"} & set(found) == set()
    assert found["active"] == "6"


def test_cards_explain_themselves_in_the_glossarys_words(shop):
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not app.exception
    helps = {metric.label: metric.proto.help for metric in app.metric}
    assert glossary.formula("churn") in helps["Churn rate"]
    assert glossary.formula("crr") in helps["Retention (CRR)"]
    assert glossary.formula("ltv") in helps["Lifetime value (LTV)"]
    assert glossary.source("ltv") in helps["Lifetime value (LTV)"]
    assert glossary.formula("lost_money") in helps["Lost money a year"]
