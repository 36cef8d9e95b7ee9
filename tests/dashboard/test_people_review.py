"""A file of customers on the page of data, from the upload to the list of files, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import i18n, session
from metrics import Workspace
from metrics.people import people_counts
from metrics.reason_notes import ReasonNote, reason_of
from metrics.segment import Segment
from metrics.segments import segment_rows
from tests.factories import DOZEN, add
from tests.serving import served

CUSTOMERS = """\
Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Phone,Total Spent,Total Orders,Tags
ann,Ann,Lee,ann@example.com,yes,'+447700900101,250.00,3,vip
bob,Bob,Moor,,no,'+447700900123,100.00,2,
zoe,Zoe,Kim,zoe@example.com,,,0.00,0,
,,,,,,0.00,0,
"""
SUMS = """\
name,email,orders count,total spent,last order date
Ann,a@x.co,2,50.00,2024-01-05
Bob,b@x.co,1,20.00,2024-01-06
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Path]:
    """The dozen orders, open in the server's place."""
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, DOZEN)
    with served(tmp_path / "data"):
        yield tmp_path


def uploaded(text: str, language: str = "en") -> AppTest:
    app = AppTest.from_function(_data_page, args=(language,), default_timeout=60).run()
    app.file_uploader[0].upload("customers.csv", text.encode(), "text/csv").run()
    assert not app.exception
    return app


def _data_page(language: str) -> None:
    import importlib

    import streamlit as st

    from dashboard import i18n

    i18n.use(language)
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "threshold", "money", "data")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    importlib.import_module("dashboard.views.data").page()


def words(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_file_of_customers_from_review_to_undo(shop: Path):
    app = uploaded(CUSTOMERS)
    assert "**3** contacts: **2** have bought, **1** never did (potential)" in words(app)
    reach = dict(app.table[0].value.itertuples(index=False))
    assert [reach[name] for name in ("With an e-mail", "With a phone", "Agreed to mailing", "Refused mailing")] == [
        "2", "2", "1", "1",
    ]  # fmt: skip
    assert "no customer number, e\\-mail or phone" in words(app)
    assert people_counts(session.workspace()).people == 0
    press(app, "Add these contacts")
    assert "**customers\\.csv** · 3 contacts" in words(app)
    assert "**3** contacts: **2** have bought" in words(app)
    assert people_counts(session.workspace()).potential == 1
    app.button(key="undo_2").click().run()
    assert not app.exception
    assert "contact" not in words(app)


def test_a_file_that_could_be_either_is_asked_and_can_be_said_otherwise(shop: Path):
    app = uploaded(SUMS)
    (asked,) = app.radio
    assert asked.label.startswith("The file has the column orders count")
    asked.set_value("customers")
    press(app, "Go on")
    assert "**2** contacts: **0** have bought" in words(app)
    press(app, "These are orders, not customers")
    assert "**2** orders of **2** customers" in words(app)
    press(app, "These are customers, not orders")
    assert "**2** contacts" in words(app)


def test_a_column_of_customers_can_be_corrected(shop: Path):
    app = uploaded(CUSTOMERS)
    app.selectbox(key="column_flags").set_value("Total Orders")
    press(app, "Read the file again with these columns")
    assert "**3** contacts: **2** have bought" in words(app)
    assert app.selectbox(key="column_flags").value == "Total Orders"


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_review_speaks_every_language(shop: Path, language: str):
    app = uploaded(CUSTOMERS, language)
    assert len(app.table) >= 2
    assert "{" not in words(app)


def test_a_survey_is_added_like_any_file_and_taken_back(shop: Path):
    (row,) = segment_rows(session.workspace(), Segment(), limit=1)
    app = uploaded(f"customer id,why they left,real reason\n{row['customer_id']},too expensive,quality\nnobody,rude,\n")
    assert not [radio.label for radio in app.radio]
    assert app.selectbox(key="column_reason").value == "why they left"
    press(app, "Add these answers")
    assert app.toast[0].value.endswith("What they left for is on the page Why do they leave?")
    found = reason_of(session.workspace(), row["customer"])
    assert found.of_files == ReasonNote("competitors", "quality", None)
    app.button(key="undo_2").click().run()
    assert not app.exception
    assert reason_of(session.workspace(), row["customer"]).is_empty
