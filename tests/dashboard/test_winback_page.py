"""The campaign's page: its controls, figures, words and files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts, i18n, session, winback_words
from dashboard.formats import count, money
from dashboard.palette import palette
from dashboard.views import taking
from metrics.default_campaign import default_campaign
from metrics.errors import WinbackError
from metrics.export_log import exports, mark_contacted, unmark_contacted
from metrics.list_export import Picked, export_picked
from metrics.list_options import ListWritten
from metrics.lost_segments import LostSegment, lost_segments
from metrics.scenario import Scenario, SegmentAudience, Stage
from metrics.scenario_presets import PRESETS
from metrics.simulator import estimate
from metrics.suppression import release, suppress, suppressed
from metrics.winback_list import GRADE_OF_REASON, GRADES, REASONS
from metrics.winback_people import listed
from metrics.winback_risk import DRIVERS, Swing
from tests.serving import served


@pytest.fixture
def shop(spice: Path) -> Iterator[Path]:
    with served(spice):
        yield spice
        held = session.workspace()
        held.update(scenarios=())
        release(held, [one.key for one in suppressed(held).rows])


def _page(language: str) -> None:
    import streamlit as st

    from dashboard import i18n
    from dashboard.views import winback

    i18n.use(language)
    keys = ("overview", "threshold", "due", "money", "segments")
    pages = {key: st.Page(lambda: None, title=key, url_path=key) for key in keys}
    st.session_state["_pages"] = pages
    st.navigation(list(pages.values()))
    winback.page()


def opened(language: str = "en") -> AppTest:
    i18n.use(language)  # the options of a select are told in the test's own thread, too
    app = AppTest.from_function(_page, args=(language,), default_timeout=60).run()
    assert not app.exception
    return app


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state["wb_tab"] = name
    app.run()
    assert not app.exception
    return app


def scenario(**changes: object) -> Scenario:
    values = {
        "audience": SegmentAudience(segment="lost"),
        "stages": (Stage(channel="email", unit_cost=0.1, rate=0.05),),
        "list_size": "recommended",
        **changes,
    }
    return Scenario.model_validate(values)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_tab_opens_in_every_language(shop, language: str):
    app = opened(language)
    names = [each.label for each in app.tabs]
    assert len(names) == 5
    for name in names:
        tab(app, name)
        texts = [each.value for kind in (app.markdown, app.caption, app.metric) for each in kind]
        assert not any(bad in text for text in texts for bad in ("{", "nan", "None"))


def test_the_cards_are_the_figures_of_the_simulator(shop):
    app = opened()
    found = estimate(session.workspace(), app.session_state["_winback_draft"])
    sums = found.simulation
    i18n.use("en")
    assert app.metric[0].value.replace("\\", "") == money(sums.profit, "USD")
    assert f"Contact **{count(found.size)}** of {count(len(found.customers))}" in app.markdown[0].value
    assert found.size == found.recommended_size > 0


def test_a_budget_cuts_the_list(shop):
    app = opened()
    whole = estimate(session.workspace(), app.session_state["_winback_draft"])
    app.radio(key="wb_size").set_value("budget").run()
    app.slider(key="wb_budget").set_value(10.0).run()
    assert not app.exception
    cut = estimate(session.workspace(), app.session_state["_winback_draft"])
    assert cut.simulation.cost <= 10 < whole.simulation.cost
    assert 0 < cut.size < whole.size
    assert list(cut.chosen) == list(whole.chosen[: cut.size])


def test_nothing_is_a_figure_too(shop):
    app = opened()
    app.number_input(key="wb_amount").set_value(50.0).run()
    app.number_input(key="wb_amount").set_value(0.0).run()
    app.radio(key="wb_size").set_value("budget").run()
    app.slider(key="wb_budget").set_value(20.0).run()
    app.slider(key="wb_budget").set_value(0.0).run().run()
    assert not app.exception
    held = app.session_state["_winback_draft"]
    assert (held.incentive.amount, held.budget) == (0.0, 0.0)
    assert app.number_input(key="wb_amount").value == app.slider(key="wb_budget").value == 0.0


def test_a_ready_campaign_is_taken_over_with_its_source(shop):
    app = opened()
    app.selectbox(key="wb_preset").set_value("coupon_and_gift").run()
    assert not app.exception
    held = app.session_state["_winback_draft"]
    assert [(one.channel, one.rate) for one in held.stages] == [("mail", 0.2)]
    assert held.incentive.amount == 25
    assert any("spice shop" in each.value for each in app.caption)


def test_own_conditions_choose_whom(shop):
    app = opened()
    app.selectbox(key="wb_segment").set_value("own").run()
    app.number_input(key="wb_orders_from").set_value(3).run()
    app.number_input(key="wb_silence_to").set_value(300).run()
    assert not app.exception
    held = app.session_state["_winback_draft"]
    assert held.audience.segment == LostSegment(orders_from=3, silence_to=300)
    customers = estimate(session.workspace(), held).customers
    assert customers is not None
    assert customers.orders.min() >= 3
    assert customers.silence.max() <= 300


def test_a_segment_of_nobody_is_a_sentence(shop):
    app = opened()
    app.selectbox(key="wb_segment").set_value("own").run()
    app.number_input(key="wb_orders_from").set_value(900).run()
    assert not app.exception
    assert "nobody to win back" in app.markdown[0].value
    assert not app.get("download_button")


def test_whom_never_to_contact_stays_off_the_list(shop):
    app = opened()
    before = estimate(session.workspace(), app.session_state["_winback_draft"])
    first = listed(session.workspace(), before, before.chosen[:1])[0]
    suppress(session.workspace(), [first.customer_id])
    app.run()
    assert not app.exception
    after = estimate(session.workspace(), app.session_state["_winback_draft"])
    assert after.basis.by_reason["excluded"] == 1
    assert first.customer_id not in {one.customer_id for one in listed(session.workspace(), after, after.chosen)}


def test_who_is_not_on_the_list_is_told_why(shop):
    app = tab(opened(), "Who is on the list")
    found = estimate(session.workspace(), app.session_state["_winback_draft"])
    assert set(app.dataframe[-1].value["Class"]) <= {"A", "B", "C"}
    app.segmented_control(key="wb_on_list").set_value(False).run()
    assert not app.exception
    assert set(app.dataframe[-1].value["Class"]) <= {"Not worth it", "Never"}
    told = {
        winback_words.reason(one) for one in found.basis.by_reason if GRADE_OF_REASON[one] in {"not_worth_it", "never"}
    }
    assert set(app.dataframe[-1].value["Why"]) <= told
    assert len(found.not_chosen) == sum(
        n for one, n in found.basis.by_reason.items() if winback_words.reason(one) in told
    )
    assert sorted([*found.chosen, *found.not_chosen]) == list(range(len(found.customers)))


def test_campaigns_are_saved_compared_taken_up_again_and_deleted(shop):
    app = tab(opened(), "Compare")
    app.text_input(key="wb_name").set_value("Spring **").run()
    app.button(key="wb_save").click().run()
    assert not app.exception
    assert [each.name for each in session.settings().scenarios] == ["Spring **"]
    app.selectbox(key="wb_preset").set_value("dormant_calls").run()
    table = app.table[-1].value
    assert list(table.columns)[1:] == ["this one", "Spring **"]
    assert table.iloc[3, 1] != table.iloc[3, 2]
    app.button(key="wb_go_on_0").click().run()
    assert [each.channel for each in app.session_state["_winback_draft"].stages] == ["email"] * 3
    app.button(key="wb_delete_0").click().run()
    assert not app.exception
    assert session.settings().scenarios == ()


def test_the_ranges_change_how_sure_it_is_and_nothing_else(shop):
    app = tab(opened(), "How sure is it?")
    before = estimate(session.workspace(), app.session_state["_winback_draft"])
    app.slider(key="wb_value_range").set_value((10, 200)).run()
    assert not app.exception
    after = estimate(session.workspace(), app.session_state["_winback_draft"])
    assert after.simulation == before.simulation
    wide, narrow = (one.risk.interval_80[1] - one.risk.interval_80[0] for one in (after, before))
    assert wide > narrow * 1.2


def test_the_list_is_safe_to_open_and_in_the_ranking_s_order(shop):
    app = opened()
    app.session_state["wb_file_kind"] = "csv"
    app.run()
    assert not app.exception
    held = session.workspace()
    found = estimate(held, default_campaign(held))
    (made,) = app.session_state["_made_files"]["winback"][2]
    with made.path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found.size == made.made.written
    assert {row["Class"] for row in rows} == {"A", "B", "C"}
    profits = [float(row["Expected profit of a contact, USD"]) for row in rows]
    assert profits == sorted(profits, reverse=True)
    assert sum(profits) == pytest.approx(found.simulation.profit, abs=0.005 * found.size)


def test_whoever_was_contacted_not_long_ago_or_is_never_to_be_is_not_in_the_file(shop):
    app = opened()
    held = session.workspace()
    (made,) = app.session_state["_made_files"]["winback"][2]
    n = made.made.written
    assert (made.path.suffix, made.made.guard.chosen) == (".xlsx", n)
    first = openpyxl.load_workbook(made.path).active["B2"].value
    suppress(held, [str(first)])
    app.run()
    (made,) = app.session_state["_made_files"]["winback"][2]
    ids = [row[1].value for row in openpyxl.load_workbook(made.path).active.rows]
    assert str(first) not in ids
    n = made.made.written
    app.button(key="winback_mark").click().run()
    assert [(one.target, one.customers) for one in exports(held)] == [("winback", n)]
    found = estimate(held, default_campaign(held))
    keys = found.customers.customer[found.chosen]
    picked = Picked("winback", keys, lambda left, path: ListWritten(path.write_bytes(b"") + left.size))
    after = export_picked(held, picked, made.path)
    assert (after.guard.chosen, after.guard.cooled_down, after.written) == (n, n, 0)
    unmark_contacted(held, exports(held)[0].export_id)


def test_a_made_file_goes_once_somebody_in_it_is_held_out_or_contacted_elsewhere(shop):
    app = opened()
    held = session.workspace()
    (made,) = app.session_state["_made_files"]["winback"][2]
    first = str(openpyxl.load_workbook(made.path).active["B2"].value)
    drawn = taking._as_drawn(held, made.path)
    assert drawn() == made.path.read_bytes()
    made.log()
    number = exports(held)[0].export_id
    end = date.today() + timedelta(days=30)
    mark_contacted(held, number, date.today() - timedelta(days=400), until=end, controls=[first])
    with pytest.raises(WinbackError) as refused:
        drawn()
    assert refused.value.code == "list_changed"
    app.run()
    (after,) = app.session_state["_made_files"]["winback"][2]
    assert (after.made.guard.chosen, after.made.written) == (made.made.written - 1,) * 2
    assert first not in [str(row[1].value) for row in openpyxl.load_workbook(after.path).active.rows]
    unmark_contacted(held, number)


def test_a_made_file_stays_whatever_others_look_at(shop):
    app = opened()
    (made,) = app.session_state["_made_files"]["winback"][2]
    held = session.workspace()
    estimate(held, scenario(stages=(Stage(channel="call", unit_cost=9, reach=0.5, rate=0.3),)))
    app.run()
    (after,) = app.session_state["_made_files"]["winback"][2]
    assert after is made


def test_every_code_has_words():
    i18n.use("en")
    for key in lost_segments():
        assert winback_words.segment(key)
    for preset in PRESETS:
        assert winback_words.preset(preset)
        assert winback_words.preset_source(preset)
    assert len({winback_words.reason(one) for one in REASONS}) == len(REASONS)
    assert len({winback_words.grade(one) for one in GRADES}) == len(GRADES)
    assert len({winback_words.driver(one) for one in DRIVERS}) == len(DRIVERS)
    told = winback_words.conditions(LostSegment(silence_from=30, orders_to=2, value_from=10), "USD")
    assert told == "silent for 30 days or longer, 2 orders at most, $10 a year or more"


def test_the_pictures_say_what_they_show():
    i18n.use("en")
    colours = palette("light")
    profit = np.array([5.0, 9.0, 7.0])
    assert "9" in charts.profit_curve(profit, 2, 3, None, colours).alt
    assert "2 customers" in charts.profit_curve(profit, 2, 3, None, colours).alt
    draws = np.sort(np.random.default_rng(1).normal(100, 50, 1000))
    spread = charts.profit_spread(draws, (36.0, 164.0), 0.023, None, colours)
    assert "between 36 and 164; in 2.3%" in spread.alt
    heights = spread.figure.data[0]["y"]
    assert 0.97 < sum(heights) <= 1
    swings = [("Response", Swing("response", -10.0, 30.0)), ("Value", Swing("value", 5.0, 12.0))]
    assert "Response; the profit goes from −10 to 30" in charts.tornado(swings, 9.0, None, colours).alt
