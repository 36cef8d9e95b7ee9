"""What is odd in the orders: the words of each finding, its remedy clicked through on the pages, the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deployment, finding_words, i18n, session
from dashboard.markdown import escape
from metrics import Workspace, sanity
from metrics.finding import FINDING_CODES, Finding
from metrics.settings import Settings
from metrics.value import totals
from tests.factories import add, day, order
from tests.oracle import Row
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")
GUEST = "guest_[x](http://a.b)*"
NO_DAY = date(2024, 1, 31)
FINDINGS = [
    Finding("lone_late_date", {"orders": 1, "first_on": NO_DAY, "last_on": NO_DAY, "until": NO_DAY, "days": 90,
                               "customers": 21, "lost": 20, "lost_before": 3}, "as_of", NO_DAY),
    Finding("lone_late_date", {"orders": 3, "first_on": NO_DAY, "last_on": date(2024, 2, 2), "until": NO_DAY,
                               "days": 61, "customers": 1, "lost": 1, "lost_before": 0}, "as_of", NO_DAY),
    Finding("silent_year", {"last_on": NO_DAY, "until": NO_DAY, "days": 400, "orders_before": 9, "orders_after": 9},
            "as_of", NO_DAY),
    Finding("silent_year", {"last_on": NO_DAY, "until": NO_DAY, "days": 400, "orders_before": 9, "orders_after": 0},
            "as_of"),
    *(Finding("short_history", {"days": 50, "lost_after_days": 60, "nobody_lost": nobody, "enough_on": NO_DAY,
                                "missing_days": missing}, "lost_after_days", 30)
      for nobody, missing in ((True, 1), (False, 25))),
    *(Finding("giant_customer", {"customer_id": GUEST, "customers": 90, "orders": orders, "orders_share": 0.4,
                                 "money": Decimal(5), "money_share": 0.5}, "leave_out", GUEST) for orders in (1, 500)),
    *(Finding("no_refunds", {"orders": orders}) for orders in (301, 5000)),
    *(Finding("two_scales", {"by": "months", "months": months, "first": NO_DAY, "last": NO_DAY,
                             "usual": Decimal(5300), "others": Decimal("53.123"), "times": 99.77})
      for months in (1, 3)),
    *(Finding("two_scales", {"by": "files", "files": ["x" * 999, "b.csv"][:files], "usual": Decimal(5300),
                             "others": Decimal(53), "times": 100.0}, "undo_file", 2) for files in (1, 2)),
]  # fmt: skip


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_finding_is_told_in_whole_sentences(language):
    i18n.use(language)
    try:
        assert {finding.code for finding in FINDINGS} == set(FINDING_CODES)
        for finding in FINDINGS:
            text = finding_words.seen(finding, "EUR")
            assert text.endswith((".", "。"))
            assert not re.search(r"[{}]|None", text)
            assert len(text) < 420
            button = finding_words.remedy(finding)
            assert (button is None) == (finding.remedy is None)
            if button:
                assert finding_words.mended(finding).endswith((".", "。"))
        assert len({finding_words.heading(code) for code in FINDING_CODES}) == len(FINDING_CODES)
    finally:
        i18n.use("en")


def trade(days: int) -> list[Row]:
    start = date(2023, 1, 1).toordinal()
    return [
        order(f"c{n % 40}", date.fromordinal(start + n).isoformat(), -5 if n % 50 == 49 else 50 + n % 7, f"o{n}")
        for n in range(days)
    ]


ODD = [
    *trade(500),
    *(order(GUEST, f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", 20, f"g{n}") for n in range(300)),
    order("c5", "2029-01-01", 9, "late"),
]


@contextmanager
def shop(folder: Path, *files: Sequence[Row], **settings: object) -> Iterator[None]:
    """A data folder with these files, open in the server's place."""
    with Workspace.open(folder) as workspace:
        for rows in files:
            add(workspace, rows)
        workspace.save(Settings(**settings))
    with served(folder):
        yield


def app() -> AppTest:
    """The app on its overview."""
    return AppTest.from_file(str(APP), default_timeout=60).run()


def data_page() -> AppTest:
    """The data page alone."""
    return AppTest.from_function(_data_page, default_timeout=60).run()


def _data_page() -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import data

    i18n.use("en")
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "threshold")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    data.page()


def said(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(text.value for text in page.markdown)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def click(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(label)).click()
    return page.run()


def hints(page: AppTest) -> list[str]:
    assert not page.exception
    return [text.value for text in page.caption if text.value.startswith("These figures may be wrong")]


def test_remedies_clicked_through_and_taken_back(tmp_path: Path):
    with shop(tmp_path / "data", ODD):
        (hint,) = hints(app())
        assert hint == "These figures may be wrong\\: orders dated far after all the others, and 1 thing more\\."
        page = data_page()
        text = said(page)
        assert escape(GUEST) in text
        assert GUEST not in text
        assert "Left out or marked as right" not in [head.value for head in page.subheader]

        page = click(page, "Show everything as of")
        assert session.workspace().as_of == day("2024-05-13")
        assert "Everything is shown as of" in page.toast[0].value
        assert "Orders after" in said(page)

        page = click(page, "Leave this account out")
        assert session.workspace().settings.left_out == (GUEST,)
        assert escape(GUEST) in page.toast[0].value
        assert totals(session.workspace()).orders == 490
        assert sanity.findings(session.workspace()) == ()
        assert hints(app()) == []

        page = click(page, "Take back")
        assert session.workspace().settings.left_out == ()
        page = click(page, "Count them")
        assert session.workspace().settings.as_of is None
        assert len(hints(app())) == 1
        assert "Left out or marked as right" not in [head.value for head in page.subheader]


def test_what_is_right_goes_and_can_be_shown_again(tmp_path: Path):
    with shop(tmp_path / "data", ODD):
        page = data_page()
        assert labels(page).count("It is right") == 2
        page = click(click(page, "It is right"), "It is right")
        assert [label for label in labels(page) if label in {"It is right", "Leave this account out"}] == []
        assert hints(app()) == []
        assert said(page).count("Marked as right") == 2
        page = click(page, "Show again")
        assert labels(page).count("It is right") == 1


def test_an_odd_file_is_taken_back(tmp_path: Path):
    cents = [row._replace(amount=row.amount * 100, order_id=f"x{row.order_id}") for row in trade(400)]
    with shop(tmp_path / "data", trade(500), cents):
        page = click(data_page(), "Remove this file")
        assert len(session.workspace().batches()) == 1
        assert sanity.findings(session.workspace()) == ()
        assert "add it again" in page.toast[0].value


def test_a_shorter_threshold_is_one_click(tmp_path: Path):
    with shop(tmp_path / "data", trade(155)):
        assert hints(app()) == []
        page = click(data_page(), "Count customers as lost after 119 days")
        assert session.workspace().settings.lost_after_days == 119
        assert "A customer counts as lost after" in page.toast[0].value


def test_an_as_of_date_after_all_files_does_no_harm(tmp_path: Path):
    with shop(tmp_path / "data", trade(500), as_of=day("2026-12-31")):
        assert len(hints(app())) == 1
        page = data_page()
        assert "nearly everybody counts as lost" in said(page)


def test_accounts_left_out_can_be_taken_back_when_nothing_else_is_left(tmp_path: Path):
    with shop(tmp_path / "data", [order("ann", "2024-01-01", 5, "1")], left_out=("ann",)):
        assert not app().exception
        page = click(data_page(), "Take back")
        assert totals(session.workspace()).orders == 1
        assert not page.exception
