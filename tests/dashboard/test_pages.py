"""Every page, in every language, on every sample shop, without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deployment, i18n, session
from dashboard.shops import load_shop
from metrics import Workspace
from metrics.settings import Settings
from sample_data import sample_files
from tests.factories import DOZEN, add
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")
PAGES = ("overview", "threshold", "money", "data")


@pytest.fixture(scope="module", params=list(sample_files()))
def shop_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a sample shop, open in the server's place."""
    folder = tmp_path_factory.mktemp(request.param) / "data"
    with Workspace.open(folder) as workspace:
        load_shop(workspace, sample_files()[request.param], workspace.inbox)
    with served(folder):
        yield folder


@pytest.fixture
def dozen(tmp_path: Path) -> Iterator[Path]:
    """The dozen orders of the worked example, lost after 30 days, open in the server's place."""
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
        workspace.update(lost_after_days=30)
    with served(tmp_path / "data"):
        yield tmp_path / "data"


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Freezing the collector is for servers: in a test process it would hold objects past the interpreter's end."""
    with mock.patch("gc.freeze"):
        yield


def show(page: str, language: str) -> AppTest:
    if page == "overview":
        app = AppTest.from_file(str(APP), default_timeout=30)
        app.query_params["lang"] = language
        return app.run()
    return AppTest.from_function(_one_page, args=(page, language), default_timeout=30).run()


def _one_page(view: str, language: str) -> None:
    import importlib

    import streamlit as st

    from dashboard import i18n

    i18n.use(language)
    keys = ("overview", "threshold", "money", "lifecycle", "reasons", "due", "winback", "segments", "data")
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in keys}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    importlib.import_module(f"dashboard.views.{view}").page()


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_question_and_figures(shop_folder: Path, page: str, language: str):
    app = show(page, language)
    assert not app.exception
    assert app.title[0].value
    assert "{" not in "".join(text.value for text in app.markdown)
    values = [metric.value for metric in app.metric]
    assert all(value not in {"", "nan", "None"} for value in values)
    assert len(values) == {"overview": 4, "threshold": 4, "money": 4, "data": 0}[page]


@pytest.mark.parametrize(
    ("choice", "total", "newest", "largest"), [("revenue", "345", "245", "200"), ("margin", "173", "123", "100")]
)
def test_every_figure_of_the_lost_money_follows_the_choice(dozen, choice: str, total: str, newest: str, largest: str):
    session.workspace().update(money_as=choice, margin=0.5)
    page = show("money", "en")
    assert not page.exception
    assert page.metric[0].value == total
    assert f"**{total}** a year" in page.markdown[0].value
    stack, top, age = (one.proto.alt for one in page.get("plotly_chart"))
    assert f"reached {total} by June 2024" in stack
    assert f"cat, {largest} a year" in top
    assert f"{newest} of {total}" in age
    assert page.dataframe[0].value[f"{choice.capitalize()} a year"][0] == largest
    captions = [caption.value for caption in page.caption]
    assert sum(text.endswith(f"{choice} a year") for text in captions) == 4
    assert (page.metric[3].value, captions[3]) == ("52\\.5", "rule of thumb, revenue\\: every fourth places one order")


def test_cards_of_a_period_stand_only_where_there_is_a_whole_one(dozen):
    def labels() -> list[str]:
        return [metric.label for metric in show("overview", "en").metric]

    of_any_time = ["Lifetime value (LTV)", "Lost money a year"]
    assert labels() == ["Churn rate", "Retention (CRR)", *of_any_time]
    session.workspace().update(period="year")
    assert labels() == of_any_time
    session.workspace().update(period="month", lost_after_days=365)
    assert labels() == ["Lost money a year"]


def test_nothing_loaded_is_a_sentence_and_the_sample_shops(tmp_path: Path):
    with served(tmp_path / "data"):
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        assert not app.exception
        assert [button.label for button in app.button] == [
            "Add your own orders", "Spice shop", "Fashion shop", "B2B supplier",
        ]  # fmt: skip


def test_a_folder_held_by_another_process_is_told_in_a_sentence(tmp_path: Path):
    folder = tmp_path / "data"
    code = (
        "import sys, time; from pathlib import Path; from metrics import Workspace\n"
        f"held = Workspace.open(Path({str(folder)!r})); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with served(folder):
            app = AppTest.from_file(str(APP), default_timeout=30).run()
        assert app.title[0].value == "Your data cannot be opened"
        assert str(other.pid) in "".join(text.value for text in app.markdown)
        assert other.stdin is not None
        other.stdin.close()


def test_settings_survive_a_restart(tmp_path: Path):
    folder = tmp_path / "data"
    with Workspace.open(folder) as workspace:
        workspace.save(Settings(industry="fashion", monthly_rent="1200", language="ru"))
    with Workspace.open(folder) as workspace:
        assert workspace.settings == Settings(industry="fashion", monthly_rent="1200", language="ru")


def test_ephemeral_sessions_do_not_see_each_other():
    with mock.patch.dict(os.environ, {deployment.EPHEMERAL: "1"}):
        mine, theirs = (AppTest.from_file(str(APP), default_timeout=60).run() for _ in range(2))
        mine.button(key="sample_spice").click().run()
        assert not mine.exception
        assert len(mine.metric) == 4
        assert len(theirs.run().metric) == 0
