"""Dates as shops' programs write them: each notation to the exact moment, or to the exact question or rejection."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

HEAD = "order_id;order_date;customer_id;amount\n"


def column(cells: list[str]) -> str:
    return HEAD + "".join(f'{n};"{cell.replace(chr(34), chr(34) * 2)}";C{n};5\n' for n, cell in enumerate(cells, 1))


def moments(found: list[dict]) -> list[str]:
    return [
        str(row["order_at"]).removesuffix(" 00:00:00") for row in sorted(found, key=lambda row: int(row["order_id"]))
    ]


ONE_NOTATION = {
    "iso": ["2011-01-05 10:20:30", "2011-01-06"],
    "iso with T and Z": ["2011-01-05T10:20:30Z", "2011-01-06T00:00:00Z"],
    "iso with offsets, wall time as written": ["2011-01-05T10:20:30+03:00", "2011-01-06 00:00:00 -08:00"],
    "iso with zone names": ["2011-01-05 10:20:30 UTC", "2011-01-06 00:00 MSK"],
    "fractions of seconds": ["2011-01-05T10:20:30.000Z", "2011-01-06T00:00:00.000Z"],
    "slashes, year first": ["2011/01/05 10:20:30", "2011/1/6"],
    "points, year first": ["2011.01.05 10:20:30", "2011.01.06"],
    "blanks, year first": ["2011 01 05 10:20:30", "2011 01 06"],
    "points": ["05.01.2011 10:20:30", "06.01.2011"],
    "points, no zeros, two-digit years": ["5.1.11 10:20:30", "6.1.11"],
    "points and г.": ["05.01.2011 г. 10:20:30", "06.01.2011 г."],
    "time after a comma": ["05.01.2011, 10:20:30", "06.01.2011, 0:00"],
    "time with points": ["05.01.2011 10.20.30", "06.01.2011 0.00"],
    "long dashes": ["2011–01–05 10:20:30", "2011‑01‑06"],
    "compact": ["20110105102030", "20110106000000"],
    "compact with T and Z": ["20110105T102030Z", "20110106T000000+0300"],
    "Russian months": ["5 янв 2011 10:20:30", "6 января 2011 г."],
    "Russian months in capitals": ["5 ЯНВАРЯ 2011 ГОДА, 10:20:30", "06 ЯНВ. 2011"],
    "Russian months and в": ["5 января 2011 в 10:20:30", "6 января 2011"],
    "English months": ["05 Jan 2011 10:20:30", "6-Jan-11"],
    "English months first": ["Jan 5, 2011 10:20:30 AM", "January 6th, 2011"],
    "English months first with at": ["January 5, 2011 at 10:20:30 am", "Jan-06-2011"],
    "year, then month": ["2011-Jan-05 10:20:30", "2011 January 6"],
    "server logs": ["05/Jan/2011:10:20:30 +0300", "06/Jan/2011:00:00:00 +0300"],
    "Unix date": ["Wed Jan  5 10:20:30 2011", "Thu Jan 6 00:00:00 UTC 2011"],
    "JavaScript": ["Wed Jan 05 2011 10:20:30 GMT+0300 (Moscow Standard Time)", "Thu Jan 06 2011 00:00:00 GMT+0300 (MSK)"],
    "mail": ["Wed, 05 Jan 2011 10:20:30 +0000", "Thu, 6 Jan 2011 00:00:00 GMT"],
    "weekday and month in words": ["Wednesday, January 5, 2011 10:20:30", "Thursday, January 6, 2011"],
    "Russian weekday": ["среда, 5 января 2011 г. 10:20:30", "чт, 6 янв 2011"],
    "weekday behind": ["2011-01-05 10:20:30 (Wed)", "2011-01-06 чт"],
    "Chinese": ["2011年1月5日 10:20:30", "2011年01月06日"],
    "Chinese with a Chinese time": ["2011年1月5日10时20分30秒", "2011年1月6日0时00分"],
    "Chinese weekday and half of the day": ["2011年1月5日 星期三 上午10:20:30", "2011年1月6日 星期四"],
    "full-width digits": ["２０１１－０１－０５ １０：２０：３０", "２０１１－０１－０６"],
    "Arabic-Indic digits": ["٢٠١١-٠١-٠٥ ١٠:٢٠:٣٠", "۲۰۱۱-۰۱-۰۶"],
    "formula quotes": ['="2011-01-05 10:20:30"', '="2011-01-06"'],
    "apostrophes": ["'05.01.2011 10:20:30", "'06.01.2011"],
    "blanks and marks of direction around": [" 2011-01-05 10:20:30 ", "\u200e2011-01-06\u00a0"],
    "day counts of Excel": ["40548.43090277778", "40549"],
    "day counts with a decimal comma": ["40548,43090277778", "40549"],
    "seconds of Unix": ["1294222830", "1294272000"],
    "milliseconds of Unix": ["1294222830000", "1294272000000"],
    "AM and PM, the month proven": ["01/05/2011 10:20:30 AM", "01/06/2011 12:00 AM", "01/13/2011 3:04 PM"],
    "slashes, the day proven": ["05/01/2011 10:20:30", "06/01/2011", "13/01/2011 15:04"],
    "dashes, the day proven": ["05-01-11 10:20:30", "06-01-11", "13-01-11 15:04"],
}  # fmt: skip


@pytest.mark.parametrize("cells", ONE_NOTATION.values(), ids=ONE_NOTATION.keys())
def test_one_notation(read, rows, cells: list[str]) -> None:
    reading = read(column(cells))
    expected = ["2011-01-05 10:20:30", "2011-01-06", "2011-01-13 15:04:00"][: len(cells)]
    assert moments(rows(reading.clean_path)) == expected
    assert reading.quality.rejected_by_reason == {}


def test_the_whole_midnight_of_a_day(read, rows) -> None:
    reading = read(column(["05.01.2011 24:00", "2011-01-05T24:00:00", "05.01.2011 23:59:60"]))
    assert moments(rows(reading.clean_path)) == ["2011-01-06", "2011-01-06", "2011-01-06"]


def test_notations_mixed_in_one_column_are_told(read, rows) -> None:
    cells = [
        "2011-01-05", "05.01.2011", "2011/01/05", "5 янв 2011", "20110105", "05 Jan 2011", "40548", "2011-01-05T00:00",
        "Jan 5, 2011", "2011年1月5日", "5 января 2011 г.", "05.01.11", "Wed, 5 Jan 2011", "2011-Jan-05", "5/1/2011", "13/01/2011",
    ]  # fmt: skip
    reading = read(column(cells))
    assert moments(rows(reading.clean_path)) == ["2011-01-05"] * 15 + ["2011-01-13"]
    assert [warned.code for warned in reading.quality.warnings] == ["mixed_date_formats"]


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (["01/02/2011", "03/04/2011"], {"example": "01/02/2011", "dmy": "2011-02-01", "mdy": "2011-01-02"}),
        (["01-02-11 10:00", "03-04-11 11:00"], {"example": "01-02-11 10:00", "dmy": "2011-02-01", "mdy": "2011-01-02"}),
        (["2/1/2011 3:04 PM", "05/05/2011"], {"example": "2/1/2011 3:04 PM", "dmy": "2011-01-02", "mdy": "2011-02-01"}),
        (["2011-01-01", "01/02/2011"], {"example": "01/02/2011", "dmy": "2011-02-01", "mdy": "2011-01-02"}),
    ],
)
def test_two_readings_are_one_question(read, rows, cells: list[str], example: dict[str, str]) -> None:
    reading = read(column(cells))
    assert [(asked.code, asked.facts) for asked in reading.questions] == [("day_or_month", example)]
    for order in ("dmy", "mdy"):
        days = moments(rows(read(column(cells), answers={"day_or_month": order}).clean_path))
        assert any(day.startswith(example[order]) for day in days)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1899-12-30", "date_out_of_range"), ("30.12.1899 00:00:00", "date_out_of_range"), ("0001-01-01", "date_out_of_range"), ("01.01.0001 0:00:00", "date_out_of_range"),
        ("9999-12-31", "date_out_of_range"), ("2202-01-05", "date_out_of_range"), ("05.01.2202", "date_out_of_range"), ("05.01.0201", "date_out_of_range"), ("01.01.1900", "date_out_of_range"),
        ("2011-02-30", "bad_date"), ("31.04.2011", "bad_date"), ("2011-13-01", "bad_date"), ("05.01.2011 25:00", "bad_date"), ("soon", "bad_date"), ("1294222830", "bad_date"),
        ("", "no_date"), ("-", "no_date"), ("NULL", "no_date"), ("н/д", "no_date"), ("0", "no_date"), ("0000-00-00", "no_date"), ("0000-00-00 00:00:00", "no_date"), ("00.00.0000", "no_date"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("others", [["2011-01-05", "2011-01-06"], ["05.01.2011", "06.01.2011 10:00"]])
def test_days_that_are_none(read, rows, others: list[str], cell: str, reason: str) -> None:
    reading = read(column([*others, cell]))
    assert reading.quality.rejected_by_reason == {reason: 1}
    assert [row["order_date"] or "" for row in rows(reading.rejected_path)] == [cell]
    assert reading.quality.orders == 2


def test_a_day_ahead_of_time_stays(read) -> None:
    reading = read(column(["2011-01-05", "2031-01-05"]))
    assert (reading.quality.orders, str(reading.quality.last_on)) == (2, "2031-01-05")


def test_a_month_is_no_day(read) -> None:
    assert [asked.code for asked in read(column(["2011-01", "2011-02"])).questions] == ["which_date"]
