"""What is odd in a history as a whole: each finding in a small history of its own, and in its negative twin not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.shops import load_shop
from metrics import sanity
from metrics.finding import Finding
from metrics.intake import read_orders
from metrics.retention import comparable, now, periods
from metrics.settings import Settings
from metrics.value import totals
from metrics.workspace import Workspace
from sample_data import sample_files
from tests.factories import add, day, holding, order, real_orders, shared_data, workspace_of
from tests.oracle import Row, Shop

START = date(2023, 1, 1)


def trade(days: int, *, start: date = START, every: int = 1, customers: int = 40, amount: float = 50) -> list[Row]:
    """One order every so many days, the customers by turns; now and then a refund."""
    rows = []
    for number in range(0, days, every):
        on = (start + timedelta(days=number)).isoformat()
        turn = number // every
        rows.append(order(f"c{turn % customers}", on, amount + turn % 7, f"{on}-{amount}"))
        if turn % 50 == 49:
            rows.append(order(f"c{turn % customers}", on, -5, f"r{on}"))
    return rows


def found(rows: Sequence[Row], *later: Sequence[Row], **settings: object) -> tuple[Finding, ...]:
    with holding(rows, *later, settings=Settings(**settings)) as workspace:
        return sanity.findings(workspace)


def codes(*files: Sequence[Row], **settings: object) -> list[str]:
    return [finding.code for finding in found(*files, **settings)]


def test_an_ordinary_history_raises_nothing():
    assert codes(trade(500)) == []
    assert codes([]) == []


LATE = order("late", "2029-01-01", 9, "late")


def test_a_lone_date_far_after_the_rest():
    rows = [*trade(500), LATE, order("c1", "2028-07-01", 9, "late2")]
    with holding(rows) as workspace:
        lost = now(workspace, 120).lost
        (finding,) = sanity.findings(workspace)
        facts = finding.facts
        assert (finding.code, finding.remedy, finding.value) == ("lone_late_date", "as_of", day("2024-05-14"))
        assert (facts["orders"], facts["first_on"], facts["last_on"]) == (2, day("2028-07-01"), day("2029-01-01"))
        assert (facts["customers"], facts["lost"], facts["lost_before"]) == (41, lost, 0)
        assert (lost, facts["days"]) == (40, (day("2028-07-01") - day("2024-05-14")).days)
        sanity.mend(workspace, finding)
        assert (workspace.as_of, sanity.findings(workspace)) == (day("2024-05-14"), ())
        assert now(workspace, 120).lost == 0 == Shop(rows, as_of=day("2024-05-14")).now(120)["lost"]
        workspace.update(as_of=None)
        assert [again.code for again in sanity.findings(workspace)] == ["lone_late_date"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*trade(500), order("late", "2024-07-13", 9, "l")], id="two months later"),
        pytest.param(
            [*trade(500), *(order("late", f"2024-08-{n:02}", 9, f"l{n}") for n in range(1, 5))], id="more than a few"
        ),
        pytest.param([*trade(12, every=4), order("late", "2024-01-01", 9, "l")], id="hardly any others"),
        pytest.param([*trade(900, every=30), order("late", "2025-10-01", 9, "l")], id="rarely anyway"),
        pytest.param([*trade(60), *trade(60, start=date(2023, 9, 1)), order("x", "2024-05-01", 9, "l")], id="a season"),
    ],
)
def test_late_orders_that_are_not_odd(rows: list[Row]):
    assert "lone_late_date" not in codes(rows)


def test_a_thousandth_of_all_orders_is_still_a_few():
    rows = [*trade(500), *(order(f"m{n}", "2023-05-05", 5, f"m{n}") for n in range(5000))]
    late = [order(f"late{n}", f"2025-01-0{n}", 9, f"l{n}") for n in range(1, 6)]
    assert codes([*rows, *late]) == ["lone_late_date"]


def test_a_year_of_silence_before_the_last_stretch():
    rows = [*trade(300), *trade(200, start=date(2025, 1, 1))]
    with holding(rows) as workspace:
        (finding,) = sanity.findings(workspace)
        assert (finding.code, finding.remedy, finding.value) == ("silent_year", "as_of", day("2023-10-27"))
        assert finding.facts == {
            "last_on": day("2023-10-27"),
            "until": day("2025-01-01"),
            "days": 432,
            "orders_before": 300,
            "orders_after": 200,
        }
        sanity.mend(workspace, finding)
        assert (workspace.as_of, sanity.findings(workspace)) == (day("2023-10-27"), ())


def test_the_year_is_365_days():
    last = START + timedelta(days=299)
    for gap, expected in ((365, ["silent_year"]), (364, [])):
        assert codes([*trade(300), *trade(200, start=last + timedelta(days=gap))]) == expected


def test_a_first_order_long_before_the_rest_is_no_stretch_to_go_back_to():
    (finding,) = found([order("early", "2020-01-01", 5, "e"), *trade(300)])
    assert (finding.code, finding.remedy) == ("silent_year", None)


def test_an_as_of_date_a_year_after_the_last_order():
    last = START + timedelta(days=499)
    with holding(trade(500), settings=Settings(as_of=last + timedelta(days=364))) as workspace:
        assert sanity.findings(workspace) == ()
        workspace.update(as_of=last + timedelta(days=365))
        (finding,) = sanity.findings(workspace)
        assert (finding.code, finding.remedy, finding.value) == ("silent_year", "as_of", None)
        assert (finding.facts["last_on"], finding.facts["days"], finding.facts["orders_after"]) == (last, 365, 0)
        sanity.mend(workspace, finding)
        assert (workspace.as_of, workspace.settings.as_of, sanity.findings(workspace)) == (last, None, ())


@pytest.mark.parametrize("length", [5, 29, 31, 32, 90, 120, 121, 122, 150, 180, 181, 182, 210])
@pytest.mark.parametrize("lost_after", [30, 90, 120])
def test_a_short_history_is_one_without_a_comparable_month(length: int, lost_after: int):
    start = date(2023, 1, 13)
    with holding(trade(length, start=start), settings=Settings(lost_after_days=lost_after)) as workspace:
        short = [finding for finding in sanity.findings(workspace) if finding.code == "short_history"]
        assert bool(short) == (comparable(periods(workspace, "month", lost_after)) == ())
        if not short:
            return
        (finding,) = short
        assert finding.facts["nobody_lost"] == (length - 1 <= lost_after)
        enough_on = finding.facts["enough_on"]
        assert finding.facts["missing_days"] == (enough_on - workspace.as_of).days
        workspace.update(as_of=enough_on)
        assert len(comparable(periods(workspace, "month", lost_after))) == 1
        workspace.update(as_of=enough_on - timedelta(days=1))
        assert comparable(periods(workspace, "month", lost_after)) == ()


def test_the_longest_threshold_that_helps_is_offered_within_the_industry():
    with holding(trade(155, start=date(2023, 1, 1))) as workspace:  # until June 4
        (finding,) = sanity.findings(workspace)
        assert (finding.code, finding.value) == ("short_history", (day("2023-04-30") - START).days)
        sanity.mend(workspace, finding)
        assert sanity.findings(workspace) == ()
        assert len(comparable(periods(workspace, "month", workspace.settings.threshold))) == 1
        workspace.update(lost_after_days=finding.value + 1)
        assert [again.code for again in sanity.findings(workspace)] == ["short_history"]
    for length in (100, 150):  # until 30 May the last whole month is April, which asks for 89 days; retail has 90
        (finding,) = found(trade(length))
        assert (finding.code, finding.remedy) == ("short_history", None)


def anonymous(orders: int, amount: float = 20) -> list[Row]:
    return [order("anonymous", f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", amount, f"a{n}") for n in range(orders)]


def test_one_account_with_a_third_of_all_orders():
    rows = [*trade(500), *anonymous(250)]
    with holding(rows) as workspace:
        (finding,) = sanity.findings(workspace)
        assert (finding.code, finding.remedy, finding.value) == ("giant_customer", "leave_out", "anonymous")
        assert (finding.facts["orders"], finding.facts["orders_share"]) == (250, pytest.approx(1 / 3))
        assert finding.facts["money"] == 5000
        sanity.mend(workspace, finding)
        assert (workspace.settings.left_out, sanity.findings(workspace)) == (("anonymous",), ())
        assert totals(workspace).gross == Shop(trade(500)).totals()["gross"]
        workspace.update(left_out=())
        assert [again.code for again in sanity.findings(workspace)] == ["giant_customer"]


def test_one_account_with_a_third_of_the_money_far_above_the_second():
    (finding,) = found([*trade(500), *anonymous(20, amount=1000)])
    assert (finding.code, finding.value, finding.facts["orders"]) == ("giant_customer", "anonymous", 20)
    assert finding.facts["money_share"] > 1 / 3
    assert finding.facts["money"] > 5 * finding.facts["second_money"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*trade(500), *anonymous(248)], id="less than a third"),
        pytest.param(trade(500, customers=2), id="few customers"),
        pytest.param([*trade(40, every=2), *anonymous(25)], id="few orders"),
        pytest.param(
            [*trade(500), *anonymous(20, 1000), *(row._replace(customer="b", order_id=f"b{row.order_id}")
                                                  for row in anonymous(10, 1000))], id="a second one"),
    ],
)  # fmt: skip
def test_large_accounts_that_are_not_odd(rows: list[Row]):
    assert "giant_customer" not in codes(rows)


def test_hundreds_of_orders_without_a_refund():
    sold = [row for row in trade(500) if row.amount > 0]
    (finding,) = found(sold)
    assert (finding.code, finding.remedy, finding.facts) == ("no_refunds", None, {"orders": 500})
    assert codes([row for row in trade(290, customers=30) if row.amount > 0]) == []
    assert codes(sold, [order("c1", "2023-05-05", -5, "r")]) == []


def test_rows_kept_out_by_their_status_are_refunds_enough(tmp_path: Path):
    lines = ["order,date,customer,amount,status"]
    lines += [f"{n},{START + timedelta(days=n)},c{n % 40},{50 + n % 7},paid" for n in range(400)]
    for name, last, expected in (("sold", "paid", ["no_refunds"]), ("some", "cancelled", [])):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([*lines, f"400,2023-06-01,c1,20,{last}"]))
        with Workspace.open(None) as workspace:
            workspace.ingest(read_orders(path, workdir=tmp_path))
            assert [finding.code for finding in sanity.findings(workspace)] == expected


def test_months_in_cents_among_months_in_whole():
    in_cents = {(2023, 5), (2023, 6)}
    rows = [
        row._replace(amount=row.amount * 100) if (row.day.year, row.day.month) in in_cents else row
        for row in trade(500)
    ]
    (finding,) = found(rows)
    assert (finding.code, finding.remedy) == ("two_scales", None)
    facts = finding.facts
    assert (facts["by"], facts["months"], facts["first"], facts["last"]) == (
        "months", 2, day("2023-05-01"), day("2023-06-01"),
    )  # fmt: skip
    assert facts["times"] == pytest.approx(100, rel=0.15)
    assert [float(facts[key]) for key in ("usual", "others")] == pytest.approx([5300, 53], rel=0.06)


def test_a_file_in_another_currency_is_taken_back():
    odd = [row._replace(amount=row.amount * 90, order_id=f"x{row.order_id}") for row in trade(500, every=3)]
    with holding(trade(300), [row for row in trade(500) if row.day >= date(2023, 10, 1)], odd) as workspace:
        before = workspace.batches()
        (finding,) = sanity.findings(workspace)
        assert (finding.code, finding.remedy, finding.value) == ("two_scales", "undo_file", before[2].batch_id)
        assert finding.facts["files"] == [before[2].file_name]
        sanity.mend(workspace, finding)
        assert [batch.batch_id for batch in workspace.batches()] == [batch.batch_id for batch in before[:2]]
        assert sanity.findings(workspace) == ()


def test_of_two_files_the_later_one_is_asked_about():
    cheap = [row._replace(amount=row.amount / 100, order_id=f"x{row.order_id}") for row in trade(500)]
    with holding(trade(200), cheap) as workspace:
        (finding,) = sanity.findings(workspace)
        assert finding.value == workspace.batches()[1].batch_id
        assert finding.facts["usual"] < finding.facts["others"]


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(lambda month: 20 if month % 12 == 11 else 1, id="a season"),
        pytest.param(lambda month: Decimal("1.26") ** month, id="prices that rise for years"),
    ],
)
def test_amounts_that_are_not_odd(factor: Callable[[int], int | Decimal]):
    rows = [row._replace(amount=row.amount * factor((row.day - START).days // 30)) for row in trade(720)]
    assert codes(rows) == []


def test_what_is_right_is_not_shown_again_until_something_else_is_odd():
    with holding(trade(500), anonymous(260)) as workspace:
        (finding,) = sanity.findings(workspace)
        sanity.dismiss(workspace, finding)
        assert sanity.findings(workspace) == ()
        add(workspace, [LATE])
        assert [one.code for one in sanity.findings(workspace)] == ["lone_late_date"]
        workspace.update(dismissed=("lone_late_date",))
        assert [one.code for one in sanity.findings(workspace)] == ["giant_customer"]


def test_several_findings_come_with_the_gravest_first():
    odd = [row._replace(amount=row.amount * 100) for row in anonymous(300)]
    rows = [*[row for row in trade(500) if row.amount > 0], *odd, LATE]
    assert codes(rows) == ["lone_late_date", "giant_customer", "no_refunds"]
    assert [one.code for one in found(rows) if one.code in sanity.SERIOUS] == ["lone_late_date", "giant_customer"]


def test_a_finding_without_a_remedy_is_not_mended():
    with holding(trade(500)) as workspace, pytest.raises(ValueError, match="nothing mends"):
        sanity.mend(workspace, Finding("no_refunds"))


@pytest.mark.parametrize("key", list(sample_files()))
def test_sample_shops_raise_nothing(key: str, tmp_path: Path):
    with Workspace.open(None) as workspace:
        load_shop(workspace, sample_files()[key], tmp_path)
        assert sanity.findings(workspace) == ()


@pytest.mark.parametrize("name", ["uci_or1", "cdnow_sample", "msft_sales"])
def test_real_shops_raise_only_what_is_true(name: str, tmp_path: Path):
    # These lists of orders were cleaned of refunds before we got them.
    with workspace_of(real_orders(name), tmp_path) as workspace:
        assert [finding.code for finding in sanity.findings(workspace)] == ["no_refunds"]


def test_a_real_shop_with_its_refunds_raises_nothing(tmp_path: Path):
    lines = shared_data() / "orders" / "uci_online_retail_1_lines.parquet"
    with Workspace.open(None) as workspace:
        workspace.ingest(read_orders(lines, workdir=tmp_path))
        assert sanity.findings(workspace) == ()
