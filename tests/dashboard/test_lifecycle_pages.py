"""Where customers stand and who is due: the pages, their words, and the files to take away."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts, i18n, labels, session, story_states
from dashboard.formats import count
from dashboard.palette import palette
from dashboard.reminders import calendar_of, calendars_of, columns, rows
from metrics import Workspace
from metrics.export_log import exports
from metrics.lifecycle import lifecycle, migrations, n_fading
from metrics.list_files import write_table
from metrics.list_options import ListOptions
from metrics.segments import segment_totals
from metrics.states import AUDIENCES, LATENESS, STATES, DueCounts, DueCustomer, Migration, Move
from metrics.suppression import suppress
from tests.dashboard.test_pages import shop_folder, thawed  # noqa: F401  (fixtures)
from tests.factories import add, numbered, order
from tests.serving import served
from tests.test_ics import read
from tests.test_people import add_people

BAD = '=cmd|"x"!A1\r\nEND:VCALENDAR'
LATE = DueCustomer(
    customer=1, customer_id="c1",
    name=BAD, state="due", lateness="escalated", expected_on=date(2026, 10, 1), days_late=30,
    last_order_on=date(2026, 9, 1), orders=3, yearly_value=Decimal("120.2500"), is_fading=True, category="Tea; green",
    manager="Ivan / ../Petrov", email="ann@x.example", phone="+7 900", has_consent=False,
)  # fmt: skip
SOON = DueCustomer(
    customer=2, customer_id="c2",
    name=None, state="active", lateness="this_week", expected_on=date(2026, 11, 3), days_late=-3,
    last_order_on=date(2026, 10, 3), orders=1, yearly_value=Decimal(7), is_fading=False, category=None,
    manager=None, email=None, phone=None, has_consent=None,
)  # fmt: skip
AS_OF = date(2026, 10, 31)


def _one_page(view: str, language: str) -> None:
    import importlib

    import streamlit as st

    from dashboard import i18n

    i18n.use(language)
    keys = ("overview", "threshold", "money", "lifecycle", "due", "data", "segments")
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in keys}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    importlib.import_module(f"dashboard.views.{view}").page()


def show(view: str, language: str = "en") -> AppTest:
    return AppTest.from_function(_one_page, args=(view, language), default_timeout=30).run()


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("view", ["lifecycle", "due"])
def test_a_page_opens_with_its_question_and_figures(shop_folder, view: str, language: str):  # noqa: F811
    app = show(view, language)
    assert not app.exception
    assert app.title[0].value
    assert "{" not in "".join(text.value for text in app.markdown)
    assert len(app.metric) >= 3
    assert all(metric.value not in {"", "nan", "None"} for metric in app.metric)


def test_the_cards_say_what_the_states_add_up_to(shop_folder):  # noqa: F811
    held = session.workspace()
    found = lifecycle(held, held.settings.threshold)
    values = [metric.value for metric in show("lifecycle").metric]
    assert values[:3] == [count(found.customers(*AUDIENCES[one])) for one in ("active", "repeat_sale", "lost")]
    assert values[3:] == [count(n) for n in [found.customers("potential")] if n]


def test_every_state_leads_to_its_customers(two_managers):
    held = session.workspace()
    standing = lifecycle(held, 90)
    app = show("lifecycle")
    lists = [one.key for one in app.button if str(one.key).startswith("state_list_")]
    assert {key.removeprefix("state_list_all_") for key in lists if "_all_" in key} == {
        one.state for one in standing.states if one.customers and one.state not in {"returned", "lost_twice"}
    }
    for key in lists:
        app = show("lifecycle")
        with mock.patch("dashboard.views.segment_builder.st.switch_page"):
            app.button(key=key).click().run()
        assert not app.exception
        n = segment_totals(held, app.session_state[session.SEGMENT]).customers
        state = key.removeprefix("state_list_").removeprefix("all_")
        assert n == (n_fading(held, 90) if state == "fading" else standing.by_state[state].customers) > 0
    assert "state_list_fading" in lists


@pytest.fixture
def two_managers(tmp_path: Path):
    """30 customers who bought twice 30 days apart and are 10 days late, one who fades; nobody knows their manager."""
    rows = [order(f"c{n:02d}", at, 100 + n) for n in range(30) for at in ("2024-05-01", "2024-05-31")]
    rows += [order("z", at, 1) for at in ("2024-03-01", "2024-04-10", "2024-05-20", "2024-07-10")]
    checks = {"2024-02-01": 100, "2024-03-02": 100, "2024-04-01": 100, "2024-05-01": 10, "2024-05-31": 10}
    rows += [order("fading", at, check) for at, check in checks.items()]
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, numbered(rows))
        workspace.update(lost_after_days=90)
    with served(tmp_path / "data"):
        yield


def test_the_list_turns_its_pages_and_follows_the_grace(two_managers):
    app = show("due")
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["0", "31"]
    first = app.dataframe[0].value
    assert len(first) == 25
    assert list(first.columns) == [
        "Customer", "Remind", "Late", "Expected on", "Last order", "Orders", "Revenue a year", "Fading",
    ]  # fmt: skip
    assert first["Revenue a year"].tolist()[:2] == ["320", "258"]
    assert first["Fading"].tolist() == ["orders rarer or smaller"] + [""] * 24
    app.session_state["due_page"] = 2
    assert len(app.run().dataframe[0].value) == 6


def test_states_and_audiences_and_lateness_have_words_of_their_own():
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert len({labels.state(state) for state in STATES}) == len(STATES)
        assert len({labels.state_meaning(state) for state in STATES}) == len(STATES)
        assert len({labels.audience(audience) for audience in AUDIENCES}) == len(AUDIENCES)
        assert len({labels.lateness(code) for code in LATENESS}) == len(LATENESS)
    assert sorted(state for states in AUDIENCES.values() for state in states) == sorted(STATES)


def test_the_sentence_about_who_is_due():
    found = DueCounts(this_week=1, due=4, escalated=2, yearly_value=Decimal(1200))
    assert story_states.due(found, 14, "USD", AS_OF, AS_OF) == (
        "**6** customers should have ordered by now. Late by more than 14 days, so urgent: **2**. "
        "**1** more is expected within a week. Together they bring **\\$1,200** a year."
    )
    assert "nobody to remind" in story_states.due(DueCounts(0, 0, 0, Decimal(0)), 14, None, AS_OF, AS_OF)


def test_a_day_in_the_past_is_named_and_old_data_are_warned_of():
    found = DueCounts(this_week=1, due=4, escalated=2, yearly_value=Decimal(1200))
    last_week = story_states.due(found, 14, "USD", AS_OF, date(2026, 11, 7))
    assert last_week.startswith(
        "By October 31, 2026, the day these figures are of, **6** customers should have ordered."
    )
    assert "**1** more is expected in the week after." in last_week
    assert "ago" not in last_week
    assert "That day is **8 days** ago" in story_states.due(found, 14, "USD", AS_OF, date(2026, 11, 8))
    nobody = story_states.due(DueCounts(0, 0, 0, Decimal(0)), 14, None, AS_OF, date(2026, 11, 8))
    assert nobody.startswith("These figures are of October 31, 2026.")


def test_the_list_is_safe_to_open_in_a_spreadsheet(tmp_path):
    path = tmp_path / "due.csv"
    write_table(path, columns("USD"), rows([LATE, SOON]), ListOptions())
    with path.open(encoding="utf-8-sig", newline="") as file:
        late, soon = csv.DictReader(file)
    assert late["Name"] == f"'{BAD}"
    assert (late["Remind"], late["Expected on"], late["Days late"]) == ("urgent", "2026-10-01", "30")
    assert (late["May be written to"], late["Fading"], late["Revenue a year, USD"]) == ("no", "yes", "120.25")
    assert (soon["Customer"], soon["Name"], soon["May be written to"]) == ("c2", "", "")


def test_nobody_is_reminded_who_refused_or_must_never_be_contacted(tmp_path):
    held = [order(who, f"2024-0{month}-01", 10) for who in ("ann", "bob", "cat") for month in (1, 2, 3, 4)]
    with Workspace.open(tmp_path / "data") as workspace:
        add(workspace, numbered([*held, order("last", "2024-05-10", 10)]))
        workspace.update(lost_after_days=60)
        add_people(workspace, [SimpleNamespace(customer_id="ann", consent="no")])
        suppress(workspace, ["cat"])
    with served(tmp_path / "data"):
        app = show("due")
        assert not app.exception
        assert "3 chosen − 1 opted out − 1 on the list of those never to contact = 1" in [
            each.value for each in app.caption
        ]
        listed, dated = app.session_state["_made_files"]["due"][2]
        assert [row[0].value for row in openpyxl.load_workbook(listed.path).active.rows][1:] == ["bob"]
        assert [one["SUMMARY"] for one in read(dated.path.read_bytes())[1]] == ["Remind bob"]
        assert exports(session.workspace()) == ()
        assert not [one for one in app.button if one.key == "due_mark"]
        listed.log()
        listed.log()
        assert [(one.target, one.customers) for one in exports(session.workspace())] == [("due", 1)]


def test_who_is_late_by_today_stands_on_today_in_the_calendar():
    for today, days in (("2026-11-02", ["20261102", "20261103"]), ("2026-11-20", ["20261120", "20261120"])):
        _calendar, events = read(calendar_of([LATE, SOON], "Ivan", AS_OF, date.fromisoformat(today), "USD"))
        assert [one["DTSTART;VALUE=DATE"] for one in events] == days


def test_late_customers_stand_on_the_as_of_date_of_the_calendar_others_on_their_day():
    _calendar, (late, soon) = read(calendar_of([LATE, SOON], "Ivan", AS_OF, AS_OF, "USD"))
    assert (late["DTSTART;VALUE=DATE"], soon["DTSTART;VALUE=DATE"]) == ("20261031", "20261103")
    assert soon["SUMMARY"] == "Remind c2"
    assert late["DESCRIPTION"].splitlines() == [
        "Expected on October 1, 2026. Last order on September 1, 2026, 3 orders, $120 a year. "
        "Bought last: Tea; green. Does not want to be written to.",
        "+7 900, ann@x.example",
    ]


def test_each_manager_has_a_calendar_of_their_own():
    packed = calendars_of([LATE, SOON], AS_OF, AS_OF, "USD")
    assert packed == calendars_of([LATE, SOON], AS_OF, AS_OF, "USD")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["01-no-manager.ics", "02-Ivan------Petrov.ics"]
        assert len(read(archive.read("02-Ivan------Petrov.ics"))[1]) == 1


def test_the_flow_leaves_out_who_stayed():
    moves = (Move(None, "new", 3), Move("active", "active", 90), Move("active", "at_risk", 5))
    picture = charts.migration_flow(Migration(date(2026, 9, 1), moves), palette("light"))
    assert palette("light").page in picture.figure.data[0]["textfont"]["shadow"], "flows run through the names"
    link = picture.figure.data[0].link
    assert list(link.value) == [3, 5]
    assert picture.alt == (
        "8 customers changed state in September 2026. Most of all: Regular → At risk: 5 customers."
    )  # fmt: skip


def test_bars_speak_of_every_state(shop_folder):  # noqa: F811
    held = session.workspace()
    found = lifecycle(held, held.settings.threshold)
    picture = charts.state_bars(found, "USD", palette("dark"))
    assert len(picture.figure.data[0].x) == len(STATES) - (not found.customers("potential"))
    assert sum(picture.figure.data[0].x) == found.customers()
    assert migrations(held, held.settings.threshold)
