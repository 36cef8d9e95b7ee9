"""The pictures of the report: whole files of their own, drawn within their frame, as true as their figures."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import i18n
from dashboard.report import picture_size, pictures, standalone
from dashboard.report.data import ReportData
from dashboard.report.markup import bare, lines, text, told, width
from dashboard.report.people import by_age
from dashboard.report.returns import profit
from dashboard.report.stack import stack
from metrics.results import LostMonth
from tests.dashboard.report_text import report_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def supplier() -> ReportData:
    return report_of("supplier")


def numbers(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_each_picture_is_a_file_of_its_own_within_its_frame(supplier: ReportData, language: str):
    i18n.use(language)
    found = pictures(supplier)
    assert [one.key for one in found] == [
        "churn", "lost-money", "customers", "ages", "spend-and-earn", "list", "plan"
    ]  # fmt: skip
    for picture in found:
        svg = standalone(picture, supplier)
        root = ElementTree.fromstring(svg)
        wide, high = picture_size(svg)
        assert root.find(f"{SVG}title").text == picture.title
        assert {"en": "invented", "ru": "вымышленного", "zh": "虚构"}[language] in svg
        assert root.find(f"{SVG}desc").text == root.get("aria-label") == picture.finding
        for words in root.iter(f"{SVG}text"):
            x, y, size = numbers(words, "x", "y", "font-size")
            reach = width(words.text or "", size)
            left = {"start": x, "middle": x - reach / 2, "end": x - reach}[words.get("text-anchor")]
            assert left >= -8, words.text
            assert left + reach <= wide + 8, words.text
            assert 0 <= y <= high
        for box in root.iter(f"{SVG}rect"):
            if (box.get("width") or "").endswith("%"):
                continue
            x, y, across, down = numbers(box, "x", "y", "width", "height")
            assert x >= 0 <= y
            assert x + across <= 680
            assert y + down <= high


def test_bars_are_as_long_as_their_figures(supplier: ReportData):
    svg = next(one for one in pictures(supplier) if one.key == "customers").svg()
    bars = [float(box.get("width")) for box in ElementTree.fromstring(svg).iter(f"{SVG}rect")]
    shown = [one.customers for one in supplier.states.states if one.customers and one.state != "potential"]
    longest = max(bars)
    expected = sorted(max(longest * n / max(shown), 2) for n in shown)
    assert sorted(bars) == pytest.approx(expected, abs=0.06)


def test_ages_add_up_to_all_that_was_lost(supplier: ReportData):
    sums, customers = by_age(supplier.lost_ever, supplier.basis.as_of)
    assert sum(sums) == supplier.lost.all_revenue
    assert sum(customers) == supplier.lost.all_customers
    month = LostMonth(date(2024, 1, 1), 3, Decimal(7))
    found = [by_age([month], date(2024 + n // 12, n % 12 + 1, 5))[1].index(3) for n in (0, 2, 3, 5, 6, 11, 12, 23, 24)]
    assert found == [0, 0, 1, 1, 2, 2, 3, 3, 4]


def test_a_stack_has_a_note_for_each_round_sum():
    months = [LostMonth(date(2024, month, 1), 1, Decimal(1000)) for month in (1, 2, 3)]
    picture = stack(months, "USD", Decimal(500), None)
    assert picture is not None
    assert "one note = $100" in picture.marks
    drawn = [path.count("z") for path in re.findall(r'<path d="([^"]*)" fill="#C44E00"', picture.marks)]
    assert drawn == [10 + 20, 10 * 3]  # pale: lost before; bright: newly lost
    assert ">6</text>" in picture.marks  # 3000 of lost money at a rent of 500
    assert stack([], "USD", None, None) is None
    assert stack([LostMonth(date(2024, 1, 1), 1, Decimal(0))], "USD", None, None) is None


def test_the_curve_of_profit_peaks_where_it_says():
    values = np.array([1.0, 4.0, 9.0, 6.0, 2.0])
    picture = profit(values, 3, None)
    assert picture is not None
    points = [tuple(map(float, pair.split(","))) for pair in re.findall(r'points="([^"]*)" fill="none"',
              picture.marks)[0].split()]  # fmt: skip
    spot = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture.marks)
    assert spot
    assert (float(spot[1]), float(spot[2])) == min(points, key=lambda point: point[1])
    assert profit(np.zeros(0), 0, None) is None


def test_told_sentences_keep_their_bold_figures_and_nothing_else():
    assert told(r"**1\.5** \<b\> \*x\* & more") == "<strong>1.5</strong> &lt;b&gt; *x* &amp; more"
    assert bare(r"**1\.5** \<b\> a_b") == "1.5 <b> a_b"
    assert told("**open") == "<strong>open</strong>"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60), st.integers(20, 300))
def test_broken_lines_hold_the_whole_text(words: str, room: int):
    found = lines(words, room, 12, most=1000)
    assert "".join("".join(found).split()) == "".join(words.split())
    assert ElementTree.fromstring(f"<a>{text(words)}</a>").text in {words, None}


def test_lines_break_where_a_reader_would():
    assert lines("折合房租（月）", 76, 11.5, 2) == ["折合房租", "（月）"]
    assert lines("usual month 7,2\u00a0%", 50, 10, 3) == ["usual", "month", "7,2\u00a0%"]
    assert lines("one two three four", 30, 10, 2) == ["one", "two…"]
