"""The page on why customers leave, the survey it hands out, and what is said of one customer on their card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import advice_words, charts, i18n, reason_words, session
from dashboard.palette import palette
from dashboard.shops import load_shop
from dashboard.views import samples
from dashboard.views.survey import columns
from metrics import Workspace
from metrics.advice import means_for
from metrics.export_log import exports
from metrics.intake import ColumnMap, Limits
from metrics.intake.job import Job
from metrics.intake.pipeline import read_file
from metrics.reason_codes import FAULTS, REASONS, sort_fault, sort_reason
from metrics.reason_notes import ReasonNote, give_reason, reason_of
from metrics.reasons import reasons
from metrics.segment import Segment
from metrics.segments import segment_rows, segment_totals
from metrics.suppression import release, suppress
from metrics.survey import lost_for, to_ask
from metrics.value import margin
from sample_data import sample_files
from tests.serving import served

SAID = ("rude manager", "site down", "too expensive", "bad taste", "forgot", "child grew up", "**hm** $5")
CONFIRMED = ("", "service", "quality")


@pytest.fixture
def shop(spice: Path) -> Iterator[Path]:
    with served(spice):
        workspace = session.workspace()
        without_answers(workspace)
        yield spice
        without_answers(workspace)
        workspace.update(reason_words={}, window="year", money_as="revenue")


def without_answers(workspace: Workspace) -> None:
    """Take the shop's own survey back, and what a test added."""
    if added := [batch.batch_id for batch in workspace.batches()[1:]]:
        workspace.undo(*added)


def test_the_sample_shop_s_own_survey_is_told(spice: Path):
    with served(spice):
        app = opened()
        found = reasons(session.workspace(), session.settings().threshold)
        assert found is not None and found.is_enough
        assert app.metric[0].value == str(found.known.customers)
        assert found.ranked[0].code == "service"
        assert app.metric[2].value == str(sum(one.real for one in found.asked)), "a longer value would be cut off"


def load(content: str, folder: Path) -> None:
    """Read a file as the intake would and add it."""
    home = session.workspace().inbox or folder
    (home / "temp").mkdir(exist_ok=True)
    path = home / "survey.csv"
    path.write_text(content, "utf-8")
    job = Job(path, "survey.csv", ColumnMap(), home, home / "temp", Limits())
    reading = read_file(job, lambda _stage, _share: None)
    assert (reading.kind, reading.questions) == ("customers", ())
    session.workspace().ingest(reading)


def answers(n: int, folder: Path) -> None:
    people = to_ask(session.workspace(), session.settings().threshold)[:n]
    rows = (
        f'{row["customer_id"]},"{SAID[place % len(SAID)]}",{CONFIRMED[place % len(CONFIRMED)]}\n'
        for place, row in enumerate(people)
    )
    load("customer id,reason,confirmed reason\n" + "".join(rows), folder)


def _page(language: str) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import reasons

    i18n.use(language)
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in ("overview", "winback", "data", "segments")}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    reasons.page()


def opened(language: str = "en") -> AppTest:
    i18n.use(language)  # the options of a select are told in the test's own thread, too
    app = AppTest.from_function(_page, args=(language,), default_timeout=60).run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown).replace("\\", "")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_before_anybody_told_it_says_how_to_ask(shop, language: str):
    app = opened(language)
    assert app.title[0].value
    assert not app.metric and not app.get("plotly_chart")
    assert "**432**" in app.markdown[0].value
    assert app.button(key="survey_make")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("n", [12, 120])
def test_few_and_many_reasons_in_every_language(shop, tmp_path, language: str, n: int):
    answers(n, tmp_path)
    app = opened(language)
    found = reasons(session.workspace(), session.settings().threshold)
    assert found is not None and found.is_enough == (n > 100)
    assert f"**{found.known.customers}**" in app.markdown[0].value
    assert app.metric[0].value == str(found.known.customers)
    assert len(app.metric) == 4
    assert "{" not in text(app)
    (picture,) = app.get("plotly_chart")
    assert all(reason_words.short(one.code) in picture.proto.alt for one in found.ranked)
    assert ("65" in picture.proto.alt) == found.is_enough
    for one in found.ranked:
        assert f"**{reason_words.reason(one.code)}**" in text(app)
        assert all(advice_words.means(each) in text(app) for each in means_for(one.code))
    assert len(app.table[0].value) == len(found.asked)


def test_the_sentence_names_the_first_reason_with_its_share_and_money(shop, tmp_path):
    answers(120, tmp_path)
    first = reasons(session.workspace(), session.settings().threshold).ranked[0]
    sentence = opened().markdown[0].value.replace("\\", "")
    assert f"**{reason_words.reason(first.code)}**" in sentence
    assert f"**{first.share * 100:.0f}%**" in sentence
    assert f"**${first.revenue:,.0f} a year**" in sentence
    session.workspace().update(money_as="margin")
    in_margin = float(first.revenue) * margin(session.workspace()).share
    assert f"**${in_margin:,.0f} a year**" in opened().markdown[0].value.replace("\\", "")


def test_a_button_leads_to_the_very_customers_that_are_counted(shop, tmp_path):
    answers(120, tmp_path)
    held, threshold = session.workspace(), session.settings().threshold
    for window in ("year", "ever"):
        held.update(window=window)
        found = reasons(held, threshold, window)
        for one in found.by_reason:
            listed = segment_totals(held, lost_for(one.code, threshold, window))
            assert (listed.customers, listed.yearly_value) == (one.customers, one.revenue)
        rest = {"unsorted": found.unsorted, "unknown": found.unknown}
        for code, part in rest.items():
            assert segment_totals(held, lost_for(code, threshold, window)).customers == part.customers
    app = opened()
    with mock.patch("dashboard.views.segment_builder.st.switch_page") as leave:
        app.button(key="reason_list_service").click().run()
    assert leave.called
    assert app.session_state["_segment"] == lost_for("service", threshold, "ever")


def _advice() -> None:
    from dashboard import i18n
    from dashboard.session import workspace
    from dashboard.views.winback_plan import section
    from metrics.default_campaign import default_campaign
    from metrics.simulator import estimate

    i18n.use("en")
    campaign = default_campaign(workspace())
    section(estimate(workspace(), campaign), campaign)


def test_a_campaign_s_advice_has_the_own_shares_once_they_are_enough(shop, tmp_path):
    answers(12, tmp_path)
    table = AppTest.from_function(_advice, default_timeout=60).run().table[0].value
    assert list(table.columns) == ["Why customers leave", "Share"]
    answers(120, tmp_path)
    table = AppTest.from_function(_advice, default_timeout=60).run().table[0].value
    found = reasons(session.workspace(), session.settings().threshold)
    own = {reason_words.reason(one.code): f"{one.share * 100:.0f}%" for one in found.by_reason if one.share >= 0.1}
    told = dict(zip(table["Why customers leave"], table["Yours"], strict=True))
    assert own and {name: told[name] for name in own if name in told} == {n: s for n, s in own.items() if n in told}


def test_an_answer_is_sorted_and_taken_back(shop, tmp_path):
    answers(120, tmp_path)
    app = opened()
    before = reasons(session.workspace(), session.settings().threshold)
    assert "“**hm** $5”" in text(app)
    app.selectbox(key="reason_text_hm 5").set_value("other").run()
    assert not app.exception
    assert session.settings().reason_words == {"hm 5": "other"}
    after = reasons(session.workspace(), session.settings().threshold)
    assert before.unsorted.customers > after.unsorted.customers == 0
    assert after.known.customers == before.known.customers + before.unsorted.customers
    app.multiselect(key="reason_own").set_value(["hm 5"]).run()
    app.button(key="reason_forget").click().run()
    assert not app.exception
    assert session.settings().reason_words == {}


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_survey_leaves_and_comes_back(shop, tmp_path, language: str):
    held, threshold = session.workspace(), session.settings().threshold
    never = to_ask(held, threshold)[0]
    suppress(held, [never["customer_id"]])
    app = opened(language)
    app.button(key="survey_make").click().run()
    assert not app.exception
    (made,) = app.session_state["_made_files"]["survey"][2]
    content = made.path.read_text("utf-8-sig")
    lines = content.splitlines()
    separator = ";" if language == "ru" else ","
    assert lines[0] == separator.join(f'"{one.title}"' for one in columns())
    assert len(lines) == 1 + made.made.written
    assert f'"{never["customer_id"]}"' not in content
    made.log()
    assert exports(held)[0].target == "survey"
    words = {"named": reason_words.reason("competitors"), "confirmed": reason_words.short("quality"),
             "fault": reason_words.fault("technical")}  # fmt: skip
    nothing = separator.join(['""'] * 3)
    answered = [line.replace(nothing, separator.join(f'"{one}"' for one in words.values())) for line in lines[1:]]
    load("\n".join([lines[0], *answered]), tmp_path)
    found = reasons(held, threshold)
    assert found.known.customers == made.made.written
    assert [(one.named, one.customers, one.instead) for one in found.asked] == [
        ("competitors", made.made.written, "quality")
    ]
    assert found.by_fault["technical"].customers == made.made.written
    release(held, [never["customer_id"]])


def _card(customer: int) -> None:
    from dashboard import i18n
    from dashboard.views.customer_card import card_section

    i18n.use("en")
    card_section(customer, is_shown=False)


def test_a_reason_is_said_on_the_customer_s_card_and_cleared(shop, tmp_path):
    answers(1, tmp_path)
    held, threshold = session.workspace(), session.settings().threshold
    (row,) = segment_rows(held, lost_for("service", threshold, "year"))
    key = int(row["customer"])
    app = AppTest.from_function(_card, args=(key,), default_timeout=60).run()
    assert not app.exception
    assert app.selectbox(key=f"reason_named_{key}").placeholder == "by the file: Poor service"
    assert "They named: “rude manager”." in " ".join(each.value.replace("\\", "") for each in app.caption)
    app.selectbox(key=f"reason_confirmed_{key}").set_value("forgot").run()
    app.selectbox(key=f"reason_fault_{key}").set_value("technical").run()
    assert not app.exception
    assert reason_of(held, key).given == ReasonNote(None, "forgot", "technical")
    assert reasons(held, threshold).ranked[0].code == "forgot"
    app.selectbox(key=f"reason_confirmed_{key}").set_value(None).run()
    app.selectbox(key=f"reason_fault_{key}").set_value(None).run()
    assert reason_of(held, key).given == ReasonNote()
    assert reasons(held, threshold).ranked[0].code == "service"


def test_what_is_said_of_a_sample_shop_s_customers_goes_with_it(tmp_path: Path):
    with Workspace.open(None) as held:
        load_shop(held, sample_files()["supplier"], tmp_path)
        (row,) = segment_rows(held, Segment(), limit=1)
        give_reason(held, row["customer_id"], ReasonNote(named="quality"))
        load_shop(held, sample_files()["supplier"], tmp_path)
        assert reason_of(held, row["customer"]).is_empty
        give_reason(held, row["customer_id"], ReasonNote(named="quality"))
        with mock.patch("dashboard.views.samples.workspace", return_value=held):
            samples.remove()
        load_shop(held, sample_files()["supplier"], tmp_path)
        assert reason_of(held, row["customer"]).is_empty


def test_who_is_not_lost_is_not_asked_why_they_left(shop):
    held = session.workspace()
    row = next(row for row in segment_rows(held, lost_for("unknown", 0, "ever"), limit=500) if row["state"] == "active")
    key = int(row["customer"])
    app = AppTest.from_function(_card, args=(key,), default_timeout=60).run()
    assert not app.exception and not app.selectbox
    give_reason(held, row["customer_id"], ReasonNote(named="quality"))
    app = AppTest.from_function(_card, args=(key,), default_timeout=60).run()
    assert app.selectbox(key=f"reason_named_{key}").value == "quality"
    give_reason(held, row["customer_id"], ReasonNote())


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_words_of_codes_are_read_back_as_these_codes(language: str):
    i18n.use(language)
    names: tuple[Callable[..., str], ...] = (reason_words.reason, reason_words.short)
    for name in names:
        assert [sort_reason(name(code), {}) for code in REASONS] == list(REASONS)
        assert len({name(code) for code in REASONS}) == len(REASONS)
    assert [sort_fault(reason_words.fault(code)) for code in FAULTS] == list(FAULTS)


def test_nothing_known_is_an_empty_picture(shop):
    found = reasons(session.workspace(), session.settings().threshold)
    assert "Not enough data" in charts.reason_bars(found, "USD", palette("light")).alt
