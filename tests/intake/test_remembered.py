"""What was chosen once holds for the next file with the same headers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from metrics import Workspace
from metrics.intake import ColumnMap, read_orders
from metrics.intake.remembered import header_key, with_remembered, worth_remembering

HEADERS = ("Order Id", "Day", "Who", "Sum A", "Sum B")


def test_headers_are_alike_whatever_their_case() -> None:
    assert header_key(("Order Id", "Day")) == header_key(("order_id", " DAY "))
    assert header_key(("Order Id", "Day")) != header_key(("Day", "Order Id"))


def test_what_is_chosen_now_goes_before_what_was() -> None:
    before = ColumnMap(columns={"amount": "sum_a", "date": "Gone", "cost": None}, answers={"day_or_month": "dmy"})
    now = ColumnMap(columns={"cost": "Sum B"})
    assert with_remembered(now, before, HEADERS) == ColumnMap(
        columns={"amount": "Sum A", "cost": "Sum B"}, answers={"day_or_month": "dmy"}
    )
    assert with_remembered(now, None, HEADERS) is now


def test_rates_are_those_of_their_day() -> None:
    chosen = ColumnMap(answers={"which_currency": "USD", "rate_EUR": "1.1", "day_or_month": "mdy"}, kind="orders")
    assert worth_remembering(chosen) == ColumnMap(answers={"day_or_month": "mdy"}, kind="orders")


def test_an_answer_is_given_once(tmp_path: Path) -> None:
    path = tmp_path / "january.csv"
    path.write_text("order_id,date,customer_id,amount\n1,01/02/2024,C1,5\n2,03/02/2024,C2,7\n")
    later = tmp_path / "february.csv"
    later.write_text("Order_ID,Date,Customer_ID,Amount\n3,05/03/2024,C1,9\n")
    with Workspace.open(None) as held:
        asked = read_orders(path, workdir=tmp_path / "a")
        assert [each.code for each in asked.questions] == ["day_or_month"]
        answered = read_orders(path, workdir=tmp_path / "b", mapping=ColumnMap(answers={"day_or_month": "mdy"}))
        assert not answered.is_remembered
        held.ingest(answered)
        assert read_orders(later, workdir=tmp_path / "c").outcome == "ask"
        again = read_orders(later, workdir=tmp_path / "d", remembered=held.remembered())
        assert (again.outcome, again.is_remembered, again.quality.net) == ("ready", True, Decimal(9))
        assert str(again.quality.first_on) == "2024-05-03"
