"""The report: its figures are those of `winback report`, its text is kept, nothing in it comes from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard import i18n
from dashboard.formats import amount, count, money, month_and_year, percent
from dashboard.report import collect, document, pictures, standalone
from dashboard.report.data import ReportData, first_day
from dashboard.shops import load_shop
from metrics import Workspace
from metrics.default_campaign import default_campaign
from metrics.goal import Goal
from metrics.industries import Industry
from metrics.reason_notes import ReasonNote, give_reason
from metrics.report import report
from metrics.results import Period
from metrics.retention import comparable
from metrics.scenario import SegmentAudience
from metrics.segment import preset_segments
from metrics.segments import segment_totals
from metrics.simulator import estimate
from metrics.stored_accounts import stored_accounts
from sample_data import sample_files
from tests.dashboard.report_text import GOLDEN, MADE_ON, Seen, report_of, told
from tests.factories import DOZEN, add, order

HOSTILE = """<script>alert(1)</script><img src="http://x.example/a.png" onerror='x()'>&amp;]]>"""


@pytest.fixture(scope="module")
def spice() -> ReportData:
    return report_of("spice")


def held(rows, **settings) -> Workspace:
    workspace = Workspace.open(None)
    add(workspace, rows)
    workspace.update(**settings)
    return workspace


def made(rows, **settings) -> ReportData:
    with held(rows, **settings) as workspace:
        data = collect(workspace, MADE_ON)
    assert data is not None
    return data


def lines(data: ReportData) -> list[str]:
    return Seen(document(data)).lines


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("shop", list(sample_files()))
def test_the_text_of_a_sample_shop(shop: str, language: str, spice: ReportData):
    data = spice if shop == "spice" else report_of(shop)
    assert told(data, language) == (GOLDEN / f"{shop}-{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_nothing_english_is_left_in_the_other_languages(language: str, spice: ReportData):
    allowed = {"CRR", "LTV", "ROI", "B2C", "B2B", "Recurly", "USD", "A", "E-mail", "SMS", "US"}
    words = set(re.findall(r"[A-Za-z][A-Za-z-]+", told(spice, language)))
    assert words <= allowed


def test_every_figure_is_that_of_the_plain_report():
    with held(DOZEN, lost_after_days=30, monthly_rent=100, monthly_salary=50, currency="USD") as workspace:
        data, plain = collect(workspace, MADE_ON), report(workspace, stored_accounts(workspace))
    assert data is not None
    assert data.basis.as_of.isoformat() == plain["as_of"]
    assert data.settings.threshold == plain["lost_after_days"]
    rows = {key: n for key, n in plain["quality"].items() if isinstance(n, int)}
    assert data.basis.account == rows
    totals = plain["totals"]
    assert (data.basis.totals.customers, data.basis.totals.orders) == (totals["customers"], totals["orders"])
    assert (data.standing.active, data.standing.lost) == (plain["now"]["active"], plain["now"]["lost"])
    assert float(data.lost.revenue) == plain["now"]["lost_money_window"]
    assert float(data.lost.recoverable_by_rule or 0) == plain["now"]["recoverable_by_rule"]
    assert data.terms.months_of_rent == plain["now"]["months_of_rent"]
    assert data.terms.monthly_salaries == plain["now"]["monthly_salaries"]
    assert data.ltv.value == plain["ltv"]["simple"]
    assert [(one.churn, one.crr) for one in data.periods] == [(one["churn"], one["crr"]) for one in plain["periods"]]
    seen = lines(data)
    last = comparable(data.periods)[-1]
    for shown in (
        percent(last.churn), percent(last.crr), money(plain["ltv"]["simple"], "USD"), money(data.lost.revenue, "USD"),
        amount(plain["now"]["months_of_rent"]), amount(plain["now"]["monthly_salaries"]),
        money(plain["now"]["recoverable_by_rule"], "USD"), count(plain["now"]["lost"]), count(plain["now"]["active"]),
    ):  # fmt: skip
        assert shown in seen


def test_the_lists_are_those_of_the_segments_and_of_their_own_campaigns(tmp_path: Path):
    with Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()["spice"], tmp_path)
        data = collect(workspace, MADE_ON)
        assert data is not None
        assert [one.key for one in data.audiences] == [
            "freshly_lost", "silent_3_6_months", "silent_1_2_years", "best_of_lost",
        ]  # fmt: skip
        for one in data.audiences:
            totals = segment_totals(workspace, preset_segments()[one.key])
            assert (one.customers, one.yearly_value) == (totals.customers, pytest.approx(float(totals.yearly_value)))
            alone = SegmentAudience(segment=one.key)
            own = estimate(workspace, default_campaign(workspace).model_copy(update={"audience": alone}))
            assert one.worth_contact == own.size > 0


def test_rows_of_the_account_add_up(spice: ReportData):
    account = dict(spice.basis.account)
    assert account.pop("rows_read") == sum(account.values()) > 6000


def test_the_campaign_begins_on_the_monday_after():
    assert [first_day(date(2026, 11, day)) for day in (2, 3, 8)] == [date(2026, 11, 9)] * 3
    assert first_day(date(2026, 12, 31)) == date(2027, 1, 4)


def test_five_pages_that_need_nothing_from_elsewhere(spice: ReportData):
    page = document(spice)
    seen = Seen(page)
    assert seen.tags.count("section") - page.count('class="basis"') == page.count('class="sheet"') == 5
    assert [line for line in seen.lines if re.fullmatch(r"\d of 5", line)] == [f"{n} of 5" for n in range(1, 6)]
    assert not {"script", "iframe", "object", "embed", "link", "img", "form", "base"} & set(seen.tags)
    assert {name for name, _value in seen.attributes} & {"src", "href", "onclick", "onload", "srcset"} == set()
    assert set(re.findall(r"https?://[^\"' <>]+", page)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import", page)
    assert page.count("<h1") == 1
    named = set(re.findall(r"var\(--([a-z-]+)\)", page))
    assert named == set(re.findall(r"--([a-z-]+):#", page))
    assert page.count('role="img"') == len(pictures(spice)) == 7


def test_no_customer_is_named_and_what_people_wrote_is_escaped():
    names = [f"{HOSTILE}{n}" for n in range(40)]
    rows = [order(name, f"2024-{month:02}-{n % 27 + 1:02}", 10 + n)
            for n, name in enumerate(names) for month in range(1, 2 + n % 9)]  # fmt: skip
    own = Industry(key="own/1", kind="b2c", lost_after_days=45, shortest=1, longest=90, name=HOSTILE[:60])
    data = made(rows, own_industries=(own,), industry="own/1")
    page = document(data)
    assert Seen(page).tags.count("script") == 0
    for text in (page, *(standalone(one, data) for one in pictures(data))):
        assert "<script" not in text
        assert "onerror='x()'" not in text
    # The one text of theirs is the preset's name, once, as it was written.
    assert page.count("alert(1)") == 1
    assert any(HOSTILE[:60] in line for line in Seen(page).lines)


def test_too_short_a_history_says_what_is_missing():
    data = made([order("ann", "2024-06-01", 10), order("bob", "2024-06-20", 20)])
    seen = lines(data)
    assert data.last is None
    assert "There is no whole period yet with enough history before it." in seen
    assert "Nobody was lost in this time, so there is no lost money to show." in seen
    assert "Nobody has been lost in this segment, so there is nobody to win back. Choose another one below." in seen
    assert "No whole period with enough history before it yet." in seen
    assert seen.count("–") >= 3
    assert not any("None" in line or "nan" in line for line in seen)
    assert [one.key for one in pictures(data)] == ["customers"]


def test_without_orders_there_is_no_report():
    with Workspace.open(None) as workspace:
        assert collect(workspace, MADE_ON) is None


def test_rent_and_salary_that_nobody_entered_leave_their_place_to_what_the_orders_tell():
    data = made(DOZEN, lost_after_days=30)
    seen = lines(data)
    assert {"Each lost customer", "The worst month", "The currency is not named in the data."} <= set(seen)
    assert not {"In months of rent", "In monthly salaries"} & set(seen)
    assert not any("Enter your rent" in line for line in seen), "paper cannot be filled in"
    each = seen[seen.index("Each lost customer") + 1]
    assert each == money(data.lost.revenue / data.lost.customers, None)
    worst = max(data.lost_months, key=lambda one: one.revenue)
    place = seen.index("The worst month")
    assert seen[place + 1] == month_and_year(worst.month)
    assert money(worst.revenue, None) in seen[place + 2]


@pytest.mark.parametrize(("window", "money_as"), [("year", "margin"), ("ever", "revenue")])
def test_the_lost_money_follows_the_choice(window: str, money_as: str):
    data = made(DOZEN, lost_after_days=30, window=window, money_as=money_as, margin=0.5)
    revenue = data.lost.revenue if window == "year" else data.lost.all_revenue
    shown = revenue / 2 if money_as == "margin" else revenue
    seen = lines(data)
    assert data.terms.money == shown == {"margin": Decimal("172.5"), "revenue": Decimal(345)}[money_as]
    assert seen.count(money(shown, None)) == 2  # the large figure and the top of the stack
    assert f"of {money_as} a year went with them" in seen


def test_goals_stand_on_the_last_page():
    goal = Goal(kind="returned", start=date(2024, 5, 1), by=date(2024, 8, 1), target=Decimal(2))
    seen = lines(made(DOZEN, lost_after_days=30, goals=(goal,)))
    at = seen.index("Goals")
    assert seen[at : at + 3] == ["Goals", "So far", "How it stands"]
    assert seen[at + 3] == "2 customers back a month by Aug 2024"
    assert "Goals" not in lines(made(DOZEN, lost_after_days=30))


def test_known_reasons_are_to_be_mended():
    with held(DOZEN, lost_after_days=30) as workspace:
        give_reason(workspace, "bob", ReasonNote(confirmed="service"))
        data = collect(workspace, MADE_ON)
    assert data is not None
    seen = lines(data)
    assert seen[seen.index("Mend what they left for.") + 1].startswith(
        "Of 3 lost customers 1 told you why. Most often: "
    )
    assert "Find out why they left." not in seen


def test_what_makes_figures_wrong_comes_first():
    rows = [order(f"c{n % 60}", f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", 10) for n in range(200)]
    found = lines(made([*rows, order("c2", "2031-01-01", 10)]))
    assert any(line.startswith("These figures may be wrong: orders dated far after all the others") for line in found)
    assert not any(line.startswith("These figures may be wrong") for line in lines(made(rows)))


def test_accounts_that_a_person_left_out_are_counted_not_named():
    data = made(DOZEN, lost_after_days=30, left_out=("ann", "bob"))
    assert lines(data)[lines(data).index("Left out by you") + 1] == "2 accounts, in no figure"
    assert "ann" not in lines(data)
    assert "Left out by you" not in lines(made(DOZEN, lost_after_days=30))


def test_a_rate_of_a_period_in_progress_is_marked(spice: ReportData):
    cut: Period = replace(spice.periods[-1], in_progress=True, churn=0.03)
    data = replace(spice, periods=(*spice.periods[:-1], cut))
    words = lines(data)
    assert "3.0% so far" in words
    assert data.last == spice.periods[-2]
