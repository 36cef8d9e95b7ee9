"""Days with years of two digits: year first where that is certain, asked where two readings are left."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date, timedelta

import pytest

HEAD = "order_id;date;customer_id;amount\n"
DAYS = [date(2023, 11, 20) + timedelta(days=n) for n in range(60)]


def column(cells: list[str]) -> str:
    return HEAD + "".join(f"{n};{cell};C{n};5\n" for n, cell in enumerate(cells))


@pytest.mark.parametrize("pattern", ["%y/%m/%d", "%y-%m-%d", "%y.%m.%d", "%y/%m/%d 10:20:30"])
def test_many_days_tell_that_the_year_is_first(read, rows, pattern: str) -> None:
    reading = read(column([day.strftime(pattern) for day in DAYS]))
    assert reading.outcome == "ready"
    assert sorted(row["order_at"].date() for row in rows(reading.clean_path)) == DAYS


@pytest.mark.parametrize("pattern", ["%d.%m.%y", "%d/%m/%y", "%d-%m-%y", "%m/%d/%y"])
@pytest.mark.parametrize("n_days", [60, 15])
def test_everyday_short_years_are_not_asked_about(read, rows, pattern: str, n_days: int) -> None:
    reading = read(column([day.strftime(pattern) for day in DAYS[:n_days]]))
    assert reading.outcome == "ready"
    assert sorted(row["order_at"].date() for row in rows(reading.clean_path)) == DAYS[:n_days]


@pytest.mark.parametrize(
    "cells", [["05.01.24"], ["05.01.24", "06.01.24"], ["05.01.24", "07.02.23"], ["24.01.24"], ["5.1.24", "24.1.05"]]
)
def test_a_few_days_with_points_have_the_year_last(read, cells: list[str]) -> None:
    assert read(column(cells)).outcome == "ready"


@pytest.mark.parametrize(
    ("cells", "facts"),
    [
        (["24/01/05", "24/02/07", "24/12/10"], {"example": "24/01/05", "ymd": "2024-01-05", "dmy": "2005-01-24"}),
        (["24.01.05", "24.02.17", "23.12.31"], {"example": "23.12.31", "ymd": "2023-12-31", "dmy": "2031-12-23"}),
        (["12-01-05", "12-02-07"], {"example": "12-01-05", "ymd": "2012-01-05", "dmy": "2005-01-12", "mdy": "2005-12-01"}),
    ],
)  # fmt: skip
def test_two_readings_are_one_question_with_the_likelier_first(read, rows, cells: list[str], facts: dict) -> None:
    ((asked),) = read(column(cells)).questions
    assert (asked.code, asked.facts, asked.options[0]) == ("day_or_month", facts, "ymd")
    for order in asked.options:
        found = rows(read(column(cells), answers={"day_or_month": order}).clean_path)
        assert facts[order] in {str(row["order_at"].date()) for row in found}


def test_a_day_that_can_only_begin_with_its_year_settles_the_column(read) -> None:
    assert read(column(["24/01/05", "99/12/31"])).quality.first_on == date(1999, 12, 31)
