"""Files in and out of a workspace: the figures depend on the orders alone, not on how they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import retention, threshold, value
from metrics.errors import WorkspaceError
from metrics.intake.contract import Reading
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, add, day, holding, order, reading_of, workspace_of
from tests.oracle import Row, Shop, rows_after
from tests.strategies import cases, days_around, few, histories

NAMELESS = tuple(row._replace(order_id=None) for row in DOZEN)


@pytest.fixture
def dozen() -> Iterator[Workspace]:
    with holding(DOZEN) as workspace:
        yield workspace


def everything(workspace: Workspace, lost_after: int) -> dict[str, Any]:
    """Every figure that the workspace can be asked for."""
    return {
        "totals": value.totals(workspace),
        "now": retention.now(workspace, lost_after),
        "months": retention.periods(workspace, "month", lost_after),
        "quarters": retention.periods(workspace, "quarter", lost_after),
        "lost money": value.lost_money(workspace, lost_after),
        "lost by month": value.lost_by_month(workspace, lost_after),
        "top lost": value.top_lost(workspace, lost_after, 1000, "ever"),
        "simple ltv": value.simple_ltv(workspace, lost_after),
        "historical ltv": value.historical_ltv(workspace),
        "cohorts": value.cohort_margin(workspace),
        "churn": threshold.churn_by_threshold(workspace, [lost_after, 45]),
    }


def of_rows(*files: Sequence[Row], lost_after: int, settings: Settings | None = None) -> dict[str, Any]:
    with holding(*files, settings=settings) as workspace:
        return everything(workspace, lost_after)


def test_ingest_says_what_it_loaded(tmp_path):
    reading = reading_of(DOZEN, tmp_path)
    with Workspace.open(None) as workspace:
        loaded = workspace.ingest(reading)
        assert workspace.batches() == (loaded.batch,)
    assert (loaded.added, loaded.replaced) == (13, 0)
    batch = loaded.batch
    assert (batch.file_name, batch.orders, batch.refunds, batch.superseded) == (reading.file_name, 12, 1, 0)
    assert (batch.first_on, batch.last_on, batch.has_order_ids) == (day("2024-01-10"), day("2024-06-30"), True)


@pytest.mark.parametrize("rows", [DOZEN, NAMELESS], ids=["with ids", "without ids"])
def test_ingest_the_same_file_again_adds_nothing(rows):
    with holding(rows) as workspace:
        before = everything(workspace, 30)
        loaded = add(workspace, rows)
        assert (loaded.added, loaded.replaced) == (0, 13)
        assert everything(workspace, 30) == before


def test_ingest_replaces_an_order_by_its_id(dozen):
    # Order 5 of bob (60 on 15 February) turns out to be ann's, of 65, in March.
    loaded = add(dozen, [order("ann", "2024-03-05", 65, "5"), order("gus", "2024-06-30", 1, "13")])
    assert (loaded.added, loaded.replaced) == (1, 1)
    assert value.totals(dozen).gross == 770 - 60 + 65 + 1
    assert retention.now(dozen, 30).known == 7
    assert [lost.customer_id for lost in value.top_lost(dozen, 30, 9, "ever")] == ["cat", "dan", "bob"]
    assert dozen.batches()[0].superseded == 1


def test_ingest_a_file_of_refunds_keeps_their_orders(dozen):
    loaded = add(dozen, [order("ann", "2024-06-30", -50, "3")])
    assert (loaded.added, loaded.replaced) == (1, 0)
    assert (value.totals(dozen).gross, value.totals(dozen).refunds) == (770, 70)


def test_ingest_never_adds_less_than_nothing():
    with holding([order("ann", "2024-01-01", 5, "1"), order("bob", "2024-01-01", 7, "1")]) as workspace:
        loaded = add(workspace, [order("ann", "2024-01-01", 6, "1")])
        assert (value.totals(workspace).customers, value.totals(workspace).gross) == (1, 6)
    assert (loaded.added, loaded.replaced) == (0, 1)


def test_ingest_without_ids_matches_equal_rows_one_to_one():
    one, other = order("ann", "2024-01-01T10:00", 5), order("ann", "2024-01-01T10:01", 5)
    with holding([one]) as workspace:
        assert (add(workspace, [other]).added, value.totals(workspace).orders) == (1, 2)
        assert (add(workspace, [one, one, other]).added, value.totals(workspace).orders) == (1, 3)
        assert (add(workspace, [one, other]).added, value.totals(workspace).orders) == (0, 3)


def test_ingest_refuses_a_reading_that_is_not_ready(dozen):
    before = everything(dozen, 30)
    with pytest.raises(ValueError, match="no clean orders"):
        dozen.ingest(Reading(outcome="ask", file_name="orders.csv", content_hash="0"))
    assert everything(dozen, 30) == before


def test_ingest_a_broken_file_changes_nothing(dozen, tmp_path):
    before, batches = everything(dozen, 30), dozen.batches()
    reading = reading_of(DOZEN[:3], tmp_path)
    reading.clean_path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(Exception, match=r"\w"):
        dozen.ingest(reading)
    assert (everything(dozen, 30), dozen.batches()) == (before, batches)


def test_undo_brings_replaced_versions_back(dozen):
    before = everything(dozen, 30)
    loaded = add(dozen, [order("ann", "2024-03-05", 65, "5"), order("gus", "2025-06-30", 1, "13")])
    assert everything(dozen, 30) != before
    dozen.undo(loaded.batch.batch_id)
    assert everything(dozen, 30) == before


def test_undo_of_everything_leaves_an_empty_workspace():
    with holding() as workspace:
        empty = everything(workspace, 30)
        workspace.undo(add(workspace, DOZEN).batch.batch_id)
        assert (workspace.as_of, workspace.batches(), everything(workspace, 30)) == (None, (), empty)


def test_as_of_is_the_last_counted_order_day(tmp_path):
    rows = [*DOZEN, order("ann", "2024-08-01", -5, "r1"), order("ann", "2024-07-15", 0, "z1")]
    with workspace_of(rows, tmp_path) as workspace:
        assert workspace.as_of == day("2024-06-30")
        workspace.save(Settings(count_zero_orders=True))
        assert workspace.as_of == day("2024-07-15")
        workspace.save(Settings(as_of=day("2024-03-31")))
        assert (workspace.as_of, value.totals(workspace).gross) == (day("2024-03-31"), 520)


def test_as_of_hides_later_refunds(dozen):
    dozen.save(Settings(as_of=day("2024-03-19")))
    assert (value.totals(dozen).refunds, value.totals(dozen).net) == (0, 520)
    dozen.save(Settings(as_of=day("2024-03-20")))
    assert (value.totals(dozen).refunds, value.totals(dozen).net) == (20, 500)


def test_save_of_other_settings_leaves_the_figures(dozen):
    before = everything(dozen, 30)
    dozen.save(Settings(industry="beauty", lost_after_days=14, monthly_rent=Decimal(100), window="ever"))
    assert everything(dozen, 30) == before


def test_open_finds_orders_and_settings_again(tmp_path):
    settings = Settings(lost_after_days=45, as_of=day("2024-05-31"), margin=0.5, monthly_rent=Decimal("12.50"))
    with Workspace.open(tmp_path / "shop") as workspace:
        add(workspace, DOZEN)
        workspace.save(settings)
        before, batches = everything(workspace, 30), workspace.batches()
    with Workspace.open(tmp_path / "shop") as workspace:
        assert (workspace.settings, workspace.as_of, workspace.batches()) == (settings, day("2024-05-31"), batches)
        assert everything(workspace, 30) == before


@few
@given(data=st.data(), case=cases())
def test_figures_do_not_depend_on_the_order_of_rows(data, case: tuple[list[Row], int]):
    rows, lost_after = case
    shuffled = data.draw(st.permutations(rows))
    assert of_rows(shuffled, lost_after=lost_after) == of_rows(rows, lost_after=lost_after)


@few
@given(case=cases(), with_ids=st.booleans())
def test_figures_are_the_same_from_one_file_twice(case: tuple[list[Row], int], with_ids: bool):
    rows, lost_after = case
    rows = rows if with_ids else [row._replace(order_id=None) for row in rows]
    assert of_rows(rows, rows, lost_after=lost_after) == of_rows(rows, lost_after=lost_after)


@few
@given(data=st.data(), case=cases(), with_ids=st.booleans())
def test_figures_are_the_same_from_two_halves(data, case: tuple[list[Row], int], with_ids: bool):
    rows, lost_after = case
    rows = rows if with_ids else [row._replace(order_id=None) for row in rows]
    # Equal rows without an id stay in one half: in two files they would be one and the same order.
    first = {row for row in rows if data.draw(st.booleans())}
    halves = [[row for row in rows if row in first], [row for row in rows if row not in first]]
    assert of_rows(*filter(None, halves), lost_after=lost_after) == of_rows(rows, lost_after=lost_after)


@few
@given(data=st.data(), case=cases())
def test_figures_as_of_a_day_are_those_of_the_file_cut_there(data, case: tuple[list[Row], int]):
    rows, lost_after = case
    as_of = data.draw(days_around(rows))
    past = [row for row in rows if row.day <= as_of]
    if Shop(past).days:
        at_that_day = Settings(as_of=as_of)
        expected = of_rows(past, lost_after=lost_after, settings=at_that_day)
        assert of_rows(rows, lost_after=lost_after, settings=at_that_day) == expected
        with holding(rows) as workspace:
            workspace.save(at_that_day)
            assert everything(workspace, lost_after) == expected


@few
@given(data=st.data(), rows=histories(customers=4))
def test_any_sequence_of_files_and_undos_equals_the_files_that_are_left(data, rows: list[Row]):
    files = [data.draw(_versions(rows)) for _ in range(data.draw(st.integers(2, 3)))]
    with holding(*files) as workspace:
        undone = data.draw(st.integers(0, len(files) - 1))
        workspace.undo(workspace.batches()[undone].batch_id)
        del files[undone]
        found = everything(workspace, 30)
        for batch in workspace.batches():
            workspace.undo(batch.batch_id)
        add(workspace, rows_after(files))
        assert found == everything(workspace, 30)


@few
@given(data=st.data(), rows=histories(customers=4))
def test_ingest_counts_what_was_there(data, rows: list[Row]):
    files: list[list[Row]] = []
    with holding() as workspace:
        for _ in range(3):
            here, rows_of_file = rows_after(files), data.draw(_versions(rows))
            ids = {(row.order_id, row.amount < 0) for row in here if row.order_id}
            nameless = Counter(row for row in rows_of_file if not row.order_id)
            repeated = sum((row.order_id, row.amount < 0) in ids for row in rows_of_file)
            repeated += (nameless & Counter(here)).total()
            loaded = add(workspace, rows_of_file)
            assert (loaded.added, loaded.replaced) == (len(rows_of_file) - repeated, repeated)
            files.append(rows_of_file)
            held = rows_after(files)
            assert sum(batch.orders + batch.refunds - batch.superseded for batch in workspace.batches()) == len(held)


@st.composite
def _versions(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    """Some of the rows, as one more export would have them: some changed, some repeated, some without their id."""
    some = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=8, unique=True))
    changed = [row._replace(amount=row.amount * draw(st.integers(1, 2))) for row in some]
    nameless = [row._replace(order_id=None) for row in draw(st.lists(st.sampled_from(some), max_size=3))]
    return changed + nameless


def test_a_change_that_is_interrupted_leaves_all_as_it_was(dozen):
    before = everything(dozen, 30)

    def stop(stage: str, _share: float) -> None:
        if stage == "customers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dozen.undo(1, settings={"industry": "fashion"}, on_progress=stop)
    assert everything(dozen, 30) == before
    assert dozen.settings == Settings()


def test_ingest_takes_others_back_and_changes_settings_in_one_step(dozen, tmp_path):
    loaded = dozen.ingest(
        reading_of([order("zoe", "2024-05-01", 5, "z1")], tmp_path), replacing=[1], settings={"currency": "EUR"}
    )
    assert (loaded.added, loaded.replaced) == (1, 0)
    assert [batch.batch_id for batch in dozen.batches()] == [2]
    assert value.totals(dozen).customers == 1
    assert dozen.settings.currency == "EUR"


def test_what_an_interrupted_run_left_in_the_inbox_goes(tmp_path):
    with Workspace.open(tmp_path / "data") as workspace:
        (workspace.inbox / "upload").write_text("somebody's customers")
    with Workspace.open(tmp_path / "data") as workspace:
        assert list(workspace.inbox.iterdir()) == []


def test_two_sessions_saving_at_once_keep_both_settings(dozen):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda change: dozen.update(**change), [{"monthly_rent": 5}, {"monthly_salary": 7}] * 5))
    assert (dozen.settings.monthly_rent, dozen.settings.monthly_salary) == (5, 7)


def test_a_folder_that_is_no_workspace_is_told_by_a_code(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workspace.duckdb").write_bytes(b"no database at all" * 1000)
    with pytest.raises(WorkspaceError) as refused:
        Workspace.open(tmp_path / "data")
    assert refused.value.code == "workspace_broken"


def test_amounts_beyond_counting_are_refused_and_nothing_changes(dozen, tmp_path):
    before = everything(dozen, 30)
    barcodes = [order("bar", f"2024-05-{day:02}", 99_000_000_000_000, f"x{day}") for day in range(1, 25)]
    same_day = [row._replace(at=barcodes[0].at) for row in barcodes]
    with pytest.raises(WorkspaceError) as refused:
        dozen.ingest(reading_of(same_day, tmp_path))
    assert refused.value.code == "amounts_too_large"
    assert everything(dozen, 30) == before
