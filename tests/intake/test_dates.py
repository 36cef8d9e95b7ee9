"""Cells and the moments they hold."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.dates import read_date, reads_of

JAN5 = datetime(2011, 1, 5)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2011-01-05", JAN5), ("2011-1-5", JAN5), ("2011/01/05", JAN5), ("2011.01.05", JAN5), ("05.01.2011", JAN5), ("5.1.11", JAN5),
        ("20110105", JAN5), ("5 янв 2011", JAN5), ("5 января 2011 г.", JAN5), ("05 Jan 2011", JAN5), ("5-Jan-2011", JAN5), ("5-Jan-11", JAN5),
        ("Jan 5, 2011", JAN5), ("January 5 2011", JAN5), ("5th January 2011", JAN5), ("2011年1月5日", JAN5), ("40548", JAN5),
        ("Wed, 05 Jan 2011", JAN5), ("ср, 5 янв 2011", JAN5), (" 2011-01-05 ", JAN5),
        ("2011-01-05 10:20", JAN5.replace(hour=10, minute=20)), ("2011-01-05T10:20:30", datetime(2011, 1, 5, 10, 20, 30)),
        ("2011-01-05T10:20:30.123Z", datetime(2011, 1, 5, 10, 20, 30)), ("2011-01-05 23:59:59 +0300", datetime(2011, 1, 5, 23, 59, 59)),
        ("2011-01-05T23:59:59+03:00", datetime(2011, 1, 5, 23, 59, 59)), ("05.01.2011 9:05", JAN5.replace(hour=9, minute=5)),
        ("05.01.2011, 9:05:07", datetime(2011, 1, 5, 9, 5, 7)), ("2011年1月5日 10时20分", JAN5.replace(hour=10, minute=20)),
        ("2011年1月5日 下午3:04", JAN5.replace(hour=15, minute=4)), ("Jan 5, 2011 3:04 PM", JAN5.replace(hour=15, minute=4)),
        ("Jan 5, 2011 12:04 am", JAN5.replace(minute=4)), ("40548.5", JAN5.replace(hour=12)), ("40548,25", JAN5.replace(hour=6)),
        ("20110105T102030", datetime(2011, 1, 5, 10, 20, 30)), ("13/01/2011", datetime(2011, 1, 13)), ("01/13/2011", datetime(2011, 1, 13)),
        ("13-01-2011", datetime(2011, 1, 13)), ("5 мая 2011", datetime(2011, 5, 5)), ("05/05/2011", datetime(2011, 5, 5)),
    ],
)  # fmt: skip
def test_dates(text: str, moment: datetime) -> None:
    found = read_date(text)
    assert found is not None
    assert found.at == moment


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "12362", "999", "hello 5", "12.50", "1234567890", "5 foo 2011", "NULL", "1,234.50", "x" * 99],
)
def test_not_dates(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize("text", ["31.02.2011", "2011-13-01", "2011-01-05 25:00", "00.00.0000"])
def test_impossible_days_have_no_moment(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.at is None


def test_day_or_month_first_is_never_guessed() -> None:
    found = read_date("01/12/2009 10:10")
    assert found is not None
    assert (found.open_day, found.at) == (True, None)
    assert read_date("01/12/2009", "dmy").at == datetime(2009, 12, 1)
    assert read_date("01/12/2009", "mdy").at == datetime(2009, 1, 12)
    assert reads_of("01/12/2009") == {"dmy": "2009-12-01", "mdy": "2009-01-12"}


def test_day_counts_are_dates_only_where_asked() -> None:
    assert read_date("40148", serials=False) is None


def test_blank_dates_of_ledgers_are_out_of_range() -> None:
    assert [read_date(text).in_range for text in ("0001-01-01", "1899-12-30", "2202-01-01", "2020-01-01")] == [
        False, False, False, True,
    ]  # fmt: skip


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2050, 1, 1)))
def test_every_notation_of_a_moment_reads_as_the_moment(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%d.%m.%Y %H:%M:%S",
        "%d %b %Y %H:%M:%S",
        "%b %d, %Y %I:%M:%S %p",
        "%Y年%m月%d日 %H:%M:%S",
    ):
        assert read_date(moment.strftime(form)).at == moment
    assert read_date(moment.strftime("%d/%m/%Y %H:%M:%S"), "dmy").at == moment
    assert read_date(moment.strftime("%m/%d/%Y %I:%M:%S %p"), "mdy").at == moment


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_without_error(text: str) -> None:
    read_date(text)
