"""The decimal mark of several columns of numbers: what one proves holds for the others, the rest is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

HEAD = "order_id;date;customer_id;quantity;price\n"


def goods(*lines: str, head: str = HEAD) -> str:
    return head + "".join(f"{n};2024-01-05;C{n};{line}\n" for n, line in enumerate(lines, 1))


@pytest.mark.parametrize(
    ("lines", "gross"),
    [
        (["1,500;1 000,00", "2;500,00", "12;80,00"], "3460"),
        (["1.500;100.00", "2.250;950.50", "3;5.00"], "2303.625"),
        (["1,500;100.00", "2;950.50"], "151901"),
        (["1.500;100,00", "2;950,50"], "151901"),
        (["1,500;100", "0,5;200"], "250"),
    ],
)
def test_a_quantity_has_the_mark_that_the_file_proves(read, lines: list[str], gross: str) -> None:
    reading = read(goods(*lines))
    assert (reading.outcome, reading.quality.gross) == ("ready", Decimal(gross))


@pytest.mark.parametrize("lines", [["1,500;100", "2;90"], ["1.500;100", "950;90"]])
def test_a_quantity_that_may_be_weighed_is_asked(read, lines: list[str]) -> None:
    ((asked),) = read(goods(*lines)).questions
    assert (asked.code, asked.facts["comma"] * asked.facts["point"]) == ("decimal_mark", Decimal(2250))


def test_whole_numbers_far_below_a_thousand_say_nothing_about_amounts(read) -> None:
    head = "order_id;date;customer_id;amount\n"
    assert [asked.code for asked in read(goods("1,500", "12", head=head)).questions] == ["decimal_mark"]
    assert read(goods("1,500", "120", head=head)).quality.gross == 1620


def test_a_column_that_contradicts_its_file_is_asked(read) -> None:
    head = "order_id;date;customer_id;amount;cost\n"
    assert read(goods("1,500;0.75", "950;600.25", head=head)).quality.gross == 2450
    assert [asked.code for asked in read(goods("1,500;0,75", "950;600,25", head=head)).questions] == ["decimal_mark"]


def test_nothing_is_asked_of_columns_that_the_amount_makes_idle(read) -> None:
    text = goods("1,500;1,250;1875", "2,500;1,300;3250", head="order_id;date;customer_id;quantity;price;amount\n")
    assert (read(text).outcome, read(text).quality.gross) == ("ready", 5125)
