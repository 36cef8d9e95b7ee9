"""The advice on a campaign: its words, its page in every language, and the plan to take away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import advice_words, i18n, reason_words
from dashboard.views.winback_plan import _calendar
from metrics.advice import Means, OfferHint
from metrics.campaign_plan import HOURS, plan
from metrics.cautions import Caution, CautionCode
from metrics.reason_codes import REASONS
from metrics.scenario import Scenario
from tests.dashboard.test_pages import shop_folder, thawed  # noqa: F401  (fixtures)
from tests.test_ics import read

FACTS = {
    "loss": 12_000.0, "paying_size": 21, "even_for_nothing": True, "amount": 300, "largest": 120.5, "smallest": 299,
    "fixed_cost": 20_000, "contacted": 40, "offer": 300, "left": 250.0, "gift": 9000.0, "share": 0.61, "margin": 0.4,
    "days": 3, "horizon": 14, "day": 21, "channel": "email", "least": 5, "last": date(2026, 9, 1),
    "until": date(2027, 3, 2),
}  # fmt: skip
MONDAY = date(2026, 11, 2)
STAGES = [
    {"channel": "email", "subject": "reminder", "day": 0, "unit_cost": 0.5, "rate": 0.05},
    {"channel": "call", "subject": "novelties", "day": 6, "unit_cost": 2.5, "rate": 0.05},
    {"channel": "email", "subject": "promo_code", "day": 21, "unit_cost": 0.5, "rate": 0.05},
]
LOST = {"audience": {"segment": "lost", "skip_lost_twice": False}, "stages": STAGES, "contact_cost": 0.1}
PLAIN = {"n": 1000, "p0": 0.03, "p1": 0.08, "value_after_return": 1920}


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


def scenario(**more: Any) -> Scenario:
    return Scenario.model_validate({**LOST, **more})


def _section(given: str, language: str) -> None:
    from dashboard import i18n
    from dashboard.session import workspace
    from dashboard.views import winback_plan
    from metrics.scenario import Scenario
    from metrics.simulator import estimate

    i18n.use(language)
    campaign = Scenario.model_validate_json(given)
    winback_plan.section(estimate(workspace(), campaign), campaign)


def show(campaign: Scenario, language: str = "en") -> AppTest:
    app = AppTest.from_function(_section, args=(campaign.model_dump_json(), language), default_timeout=30)
    app.session_state["plan_start"] = MONDAY
    return app.run()


def text(app: AppTest) -> str:
    return "\n".join(one.value for one in [*app.markdown, *app.caption])


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_section_speaks_of_a_costly_campaign(shop_folder, language: str):  # noqa: F811
    i18n.use(language)  # the options of a select are told in the test's own thread, too
    costly = scenario(incentive={"kind": "percent", "percent": 60}, name="50% *off* $5 and $6")
    app = show(costly, language)
    assert not app.exception
    assert "{" not in text(app) and "None" not in text(app)
    assert len(app.table) == 2
    steps = app.table[1].value
    assert len(steps) == 4
    assert len(app.get("download_button")) == 1
    reason = app.selectbox(key="plan_reason")
    assert len(reason.options) == len(REASONS) + 1
    for one in REASONS:
        assert not reason.set_value(one).run().exception
    app.date_input(key="plan_last_contact").set_value(MONDAY - timedelta(days=30)).run()
    assert not app.exception


def test_the_advice_follows_the_reason_and_the_earlier_contact(shop_folder):  # noqa: F811
    app = show(scenario())
    assert "Ask them, and ask on" in text(app)
    assert "**Lost for good**" in text(app) or "**Lost for longer**" in text(app)
    app.selectbox(key="plan_reason").set_value("service").run()
    assert "another manager" in text(app) and "Ask them" not in text(app)
    assert "did not react" not in app.markdown[0].value + app.markdown[1].value
    app.date_input(key="plan_last_contact").set_value(date(2026, 10, 1)).run()
    assert "leave them in peace until Apr 1, 2027" in text(app).replace("\u00a0", " ").replace("\\", "")


def test_the_table_has_days_hours_and_costs(shop_folder):  # noqa: F811
    app = show(scenario(incentive={"kind": "fixed", "amount": 1, "valid_days": 7}))
    rows = app.table[1].value.replace("\u00a0", " ", regex=True)
    assert rows["Day"].tolist() == [
        "Nov 2, 2026, from 12:00", "Nov 9, 2026, working hours", "Nov 23, 2026, 17:00–19:00", "May 1, 2027",
    ]  # fmt: skip
    assert rows["Step"].tolist()[2] == "Promo code, valid until Nov 30, 2026 (E-mail)"
    assert rows["Cost for all"].tolist()[3] == "–"
    assert "moved to Monday" in text(app) and "belong to no single contact" in text(app)


def test_plain_numbers_have_neither_states_nor_steps(shop_folder):  # noqa: F811
    app = show(Scenario.model_validate({"audience": PLAIN}))
    assert not app.exception
    assert "Nothing that can be checked here speaks against" in text(app)
    assert "Describe its contacts" in text(app)
    assert len(app.table) == 1


def test_an_empty_list_says_so(shop_folder):  # noqa: F811
    app = show(scenario(budget=0))
    assert not app.exception
    assert "Nobody is on the list" in text(app)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_code_has_words_of_its_own(language: str):
    i18n.use(language)
    ends = (".", "。")
    said = [advice_words.caution(Caution(code, FACTS), "USD") for code in get_args(CautionCode)]
    said += [advice_words.means(code) for code in get_args(Means)]
    said += [advice_words.offer_hint(code) for code in get_args(OfferHint)]
    assert all(one.endswith(ends) and "{" not in one for one in said)
    assert len(set(said)) == len(said)
    assert len({reason_words.reason(code) for code in (None, *REASONS)}) == len(REASONS) + 1
    assert len({advice_words.hours(code) for code in (None, "working", *HOURS)}) == len(HOURS) + 2


def test_cautions_say_figures_and_a_way_out():
    assert advice_words.caution(Caution("loses", FACTS), "USD") == (
        "The campaign loses $12,000: it costs more than it brings beyond what would come anyway. "
        "With only the 21 customers most worth a contact it would pay."
    )
    assert advice_words.caution(Caution("deep_percent", {"share": 0.3, "margin": 0.4}), "USD") == (
        "A discount of 30% is deep. With a margin of 40% it takes 75% of what an order leaves you. "
        "A fixed sum for a stated time is the safer offer."
    )
    same_day = advice_words.caution(Caution("too_frequent", {**FACTS, "days": 0}), None)
    assert same_day == "E-mail: two contacts on the same day. Leave at least 5 days between them."


def test_the_calendar_has_every_step_and_the_end_of_the_rest():
    one = scenario(name="Spring; again\r\nEND:VCALENDAR")
    _properties, events = read(_calendar(one, plan(one, MONDAY), 120, "USD"))
    assert [event["DTSTART;VALUE=DATE"] for event in events] == [
        "20261102", "20261109", "20261123", "20270501", "20270524",
    ]  # fmt: skip
    assert events[0]["DESCRIPTION"] == "E-mail, from 12:00, 120 customers, $60"
    later = read(_calendar(one, plan(one, MONDAY + timedelta(days=7)), 120, "USD"))[1]
    assert [event["UID"] for event in later] == [event["UID"] for event in events]
    assert len({event["UID"] for event in events}) == 5
