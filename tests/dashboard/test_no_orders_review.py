"""Files in which no order counts on the page of data: offered only where they can take something back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from metrics import Workspace
from metrics.value import totals
from tests.factories import add, numbered, order
from tests.serving import served

ORDERS = numbered([order("ann", "2024-01-05", 10), order("bob", "2024-01-06", 20)])
CANCELLED = "order_id,date,customer_id,amount,status\n{id},2024-01-05,ann,10,cancelled\n"


def uploaded(text: str) -> AppTest:
    app = AppTest.from_function(_data_page, default_timeout=60).run()
    app.file_uploader[0].upload("cancelled.csv", text.encode(), "text/csv").run()
    assert not app.exception
    return app


def _data_page() -> None:
    import importlib

    import streamlit as st

    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "threshold", "money", "data")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    importlib.import_module("dashboard.views.data").page()


@pytest.mark.parametrize("is_loaded", [True, False])
def test_cancelled_orders_are_taken_back_where_there_are_any(tmp_path: Path, is_loaded: bool) -> None:
    with Workspace.open(tmp_path / "data") as workspace:
        if is_loaded:
            add(workspace, ORDERS)
    with served(tmp_path / "data"):
        app = uploaded(CANCELLED.format(id=ORDERS[0].order_id))
        said = "\n".join(text.value for text in app.markdown)
        assert said.count("The file holds no order that counts") == 1
        assert "0 orders" not in said
        buttons = {button.label: button for button in app.button}
        assert ("Add these orders" in buttons, [each.value for each in app.warning] == []) == (is_loaded, is_loaded)
        if is_loaded:
            buttons["Add these orders"].click().run()
            assert not app.exception
            assert totals(session.workspace()).gross == 20
