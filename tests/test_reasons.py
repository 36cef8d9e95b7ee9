"""Why customers left: the figures against a slow oracle, whatever files and people say; nothing gets lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intake.contract import Quality, Reading
from metrics.list_export import export
from metrics.list_options import FILES, ListOptions
from metrics.reason_codes import FAULTS, REASONS, field_shares
from metrics.reason_notes import ReasonNote, give_reason, reason_of
from metrics.reason_tables import unsorted_texts
from metrics.reasons import LEAST_KNOWN, Reasons, reasons
from metrics.report import report
from metrics.segment import Condition, Segment
from metrics.segments import segment_rows, segment_totals
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import DOZEN, add, holding, order, reading_of
from tests.oracle import Row, Shop
from tests.strategies import cases, few

COLUMNS = ("customer_id", "email", "phone", "reason", "confirmed_reason", "fault")
MEANT = {
    "rude": ("service", "human"), "site down": ("service", "technical"), "bad quality": ("quality", None),
    "too dear, too expensive": ("competitors", None), "forgot": ("forgot", None), "child grew up": ("natural", None),
    "hm": ("unsorted", None), "n/a": (None, None), None: (None, None),
}  # fmt: skip
FAILED = {"human": "human", "a system": "technical", "who knows": None, None: None}


class Said(NamedTuple):
    """A row of a survey."""

    customer: str
    reason: str | None = None
    confirmed: str | None = None
    fault: str | None = None


def survey(rows: Sequence[Said], folder: Path) -> Reading:
    """A survey with a row per customer, as the intake hands it on."""
    path = folder / f"survey-{len(list(folder.iterdir()))}.parquet"
    columns = {
        "customer_id": [row.customer for row in rows],
        "reason": [row.reason for row in rows],
        "confirmed_reason": [row.confirmed for row in rows],
        "fault": [row.fault for row in rows],
    }
    empty = pa.nulls(len(rows), pa.string())
    rest = dict.fromkeys(("email", "phone", "name", "region", "manager", "consent", "flags"), empty)
    pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in (columns | rest).items()}), path)
    n, nothing = len(rows), Decimal(0)
    quality = Quality(n, 0, 0, 0, 0, 0, 0, 0, {}, (), n, None, None, None, nothing, nothing, people=n)
    return Reading("ready", "survey.csv", "hash", kind="customers", quality=quality, contacts_path=path)


def add_survey(workspace: Workspace, *rows: Said) -> None:
    with TemporaryDirectory(dir=workspace.inbox) as folder:
        workspace.ingest(survey(rows, Path(folder)))


@pytest.fixture
def dozen() -> Iterator[Workspace]:
    """On 30 June with 30 days bob, cat and dan are lost: they brought 100, 200 and 45 a year."""
    with holding(DOZEN, settings=Settings(lost_after_days=30)) as workspace:
        yield workspace
        forget(workspace)


def forget(workspace: Workspace) -> None:
    for customer in ("bob", "cat", "dan", "ann", "nobody"):
        give_reason(workspace, customer, ReasonNote())


def counts(found: Reasons | None) -> dict[str, tuple[int, Decimal]]:
    assert found is not None
    parts = {one.code: (one.customers, one.revenue) for one in found.by_reason if one.customers}
    rest = {"unsorted": found.unsorted, "unknown": found.unknown}
    return parts | {name: (part.customers, part.revenue) for name, part in rest.items() if part.customers}


# -- the oracle ---------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """What is known of one customer."""

    named: str | None
    confirmed: str | None
    fault: str | None

    @property
    def reason(self) -> str:
        return self.confirmed or self.named or "unknown"


def known_of(said: Sequence[Said], given: Mapping[str, ReasonNote]) -> dict[str, Known]:
    """The latest text of each column, in files of this order, below what was said in the program."""
    found = {}
    for who in {row.customer for row in said} | given.keys():
        texts = [
            next((row[place] for row in reversed(said) if row.customer == who and row[place] is not None), None)
            for place in (1, 2, 3)
        ]
        (named, blames), (confirmed, also_blames) = MEANT[texts[0]], MEANT[texts[1]]
        note = given.get(who, ReasonNote())
        found[who] = Known(
            note.named or named, note.confirmed or confirmed, note.fault or FAILED[texts[2]] or also_blames or blames
        )
    return found


def check(found: Reasons, known: Mapping[str, Known], lost: Mapping[str, Decimal]) -> None:
    """Every figure against a plain count of the lost customers, one by one."""
    nobody = Known(None, None, None)
    of_each = {who: known.get(who, nobody) for who in lost}

    def part(wanted: str) -> tuple[int, Decimal]:
        inside = [who for who, one in of_each.items() if one.reason == wanted]
        return len(inside), sum((lost[who] for who in inside), Decimal(0))

    n_known = sum(part(code)[0] for code in REASONS)
    assert found.known.customers == n_known
    for one in found.by_reason:
        assert (one.customers, one.revenue) == part(one.code)
        assert one.share == (one.customers / n_known if n_known else None)
        assert one.field == field_shares().get(one.code)
    assert (found.unsorted.customers, found.unsorted.revenue) == part("unsorted")
    assert (found.unknown.customers, found.unknown.revenue) == part("unknown")
    for fault in FAULTS:
        inside = [who for who, one in of_each.items() if one.fault == fault]
        held = found.by_fault.get(fault)
        assert (held.customers if held else 0) == len(inside)
        assert (held.revenue if held else 0) == sum((lost[who] for who in inside), Decimal(0))
    pairs = Counter((one.named, one.confirmed) for one in of_each.values())
    asked = {one.named: one for one in found.asked}
    for named in REASONS:
        told = {confirmed: pairs[named, confirmed] for confirmed in REASONS if pairs[named, confirmed]}
        assert (named in asked) == bool(told)
        if told:
            others = {code: n for code, n in told.items() if code != named}
            assert (asked[named].customers, asked[named].real) == (sum(told.values()), told.get(named, 0))
            instead = asked[named].instead
            assert others.get(instead, 0) == max(others.values(), default=0) if instead else not others


texts = st.sampled_from(list(MEANT))


@st.composite
def surveys(draw: st.DrawFn, rows: Sequence[Row]) -> list[list[Said]]:
    people = sorted({row.customer for row in rows} | {"nobody"})

    def one_file() -> list[Said]:
        some = draw(st.lists(st.sampled_from(people), max_size=8, unique=True))
        return [Said(who, draw(texts), draw(texts), draw(st.sampled_from(list(FAILED)))) for who in some]

    return [told for told in (one_file() for _ in range(2)) if told]


notes = st.builds(
    ReasonNote, named=st.none() | st.sampled_from(REASONS), confirmed=st.none() | st.sampled_from(REASONS),
    fault=st.none() | st.sampled_from(FAULTS),
)  # fmt: skip


@few
@given(cases(), st.data())
def test_every_figure_equals_the_oracle_and_nothing_gets_lost(case, data: st.DataObject):
    rows, lost_after = case
    files = data.draw(surveys(rows))
    window = data.draw(st.sampled_from(["year", "ever"]))
    given_notes = data.draw(st.dictionaries(st.sampled_from(sorted({row.customer for row in rows})), notes, max_size=3))
    with holding(rows, settings=Settings(lost_after_days=lost_after)) as workspace:
        for told in files:
            add_survey(workspace, *told)
        for who, note in given_notes.items():
            give_reason(workspace, who, note)
        found = reasons(workspace, lost_after, window)
        for who in given_notes:
            give_reason(workspace, who, ReasonNote())
        shop = Shop(rows)
        if not shop.days:
            assert found is None
            return
        assert found is not None
        lost = {one["customer_id"]: one["yearly_value"] for one in shop.lost_customers(lost_after, window)}
        assert (found.lost.customers, found.lost.revenue) == (len(lost), sum(lost.values(), Decimal(0)))
        check(found, known_of([row for told in files for row in told], given_notes), lost)
        parts = [*found.by_reason, found.unsorted, found.unknown]
        assert sum(one.revenue for one in parts) == found.lost.revenue
        assert sum(one.customers for one in parts) == found.lost.customers


# -- by hand ------------------------------------------------------------------------------------------------------


def test_the_lost_of_the_dozen(dozen):
    assert counts(reasons(dozen, 30)) == {"unknown": (3, Decimal(345))}
    add_survey(dozen, Said("bob", "rude"), Said("cat", "too expensive", "quality"), Said("ann", "forgot"))
    found = reasons(dozen, 30)
    assert counts(found) == {
        "service": (1, Decimal(100)), "quality": (1, Decimal(200)), "unknown": (1, Decimal(45)),
    }  # fmt: skip
    assert [(one.named, one.customers, one.real, one.instead) for one in found.asked] == [
        ("competitors", 1, 0, "quality")
    ]
    assert {fault: part.customers for fault, part in found.by_fault.items()} == {"human": 1}
    assert not found.is_enough
    assert [one.code for one in found.ranked] == ["quality", "service"]
    # Another threshold needs nothing anew: at 60 days dan is not lost yet, nor is eve.
    assert counts(reasons(dozen, 60)) == {"service": (1, Decimal(100)), "quality": (1, Decimal(200))}


def test_files_taken_back_take_their_reasons_along(dozen):
    add_survey(dozen, Said("bob", "rude"))
    add_survey(dozen, Said("bob", "forgot"), Said("cat", None, None, "human"))
    assert counts(reasons(dozen, 30))["forgot"] == (1, Decimal(100))
    dozen.undo(dozen.batches()[-1].batch_id)
    assert counts(reasons(dozen, 30))["service"] == (1, Decimal(100))
    assert reasons(dozen, 30).by_fault.keys() == {"human"}
    dozen.undo(dozen.batches()[-1].batch_id)
    assert counts(reasons(dozen, 30)) == {"unknown": (3, Decimal(345))}


def test_a_blank_in_a_later_survey_says_nothing(dozen):
    add_survey(dozen, Said("bob", "rude", "quality"))
    add_survey(dozen, Said("bob", "forgot", None), Said("cat", None, None, "human"))
    found = reason_of(dozen, key(dozen, "bob"))
    assert (found.of_files, found.named_text) == (ReasonNote("forgot", "quality", None), "forgot")


def key(workspace: Workspace, customer: str) -> int:
    return next(row["customer"] for row in segment_rows(workspace, Segment()) if row["customer_id"] == customer)


def test_what_is_said_in_the_program_goes_first_until_it_is_taken_back(dozen):
    add_survey(dozen, Said("bob", "rude", None, "human"))
    give_reason(dozen, "bob", ReasonNote(confirmed="forgot", fault="technical"))
    give_reason(dozen, "cat", ReasonNote(named="natural"))
    found = reasons(dozen, 30)
    assert counts(found) == {"forgot": (1, Decimal(100)), "natural": (1, Decimal(200)), "unknown": (1, Decimal(45))}
    assert found.by_fault.keys() == {"technical"}
    told = reason_of(dozen, key(dozen, "bob"))
    assert told.given == ReasonNote(None, "forgot", "technical")
    assert told.of_files == ReasonNote("service", None, "human")
    dozen.undo(dozen.batches()[-1].batch_id)
    assert counts(reasons(dozen, 30))["forgot"] == (1, Decimal(100))
    give_reason(dozen, "bob", ReasonNote())
    give_reason(dozen, "cat", ReasonNote())
    assert counts(reasons(dozen, 30)) == {"unknown": (3, Decimal(345))}


def test_a_person_sorts_texts_that_no_rule_reads(dozen):
    add_survey(dozen, Said("bob", "Hm..."), Said("cat", "hm"), Said("dan", "hm"), Said("ann", "rude and expensive"))
    assert [(one.key, one.text, one.customers) for one in unsorted_texts(dozen)] == [
        ("hm", "hm", 3), ("rude and expensive", "rude and expensive", 1),
    ]  # fmt: skip
    assert counts(reasons(dozen, 30)) == {"unsorted": (3, Decimal(345))}
    dozen.update(reason_words={"hm": "quality"})
    assert counts(reasons(dozen, 30)) == {"quality": (3, Decimal(345))}
    assert [one.key for one in unsorted_texts(dozen)] == ["rude and expensive"]


def test_segments_ask_for_reasons_and_faults(dozen):
    add_survey(dozen, Said("bob", "rude"), Said("cat", "hm"), Said("ann", "forgot", "quality"))
    give_reason(dozen, "dan", ReasonNote(named="service"))

    def inside(field: str, *values: str, is_not: bool = False) -> set[str]:
        segment = Segment(conditions=(Condition(field=field, values=values, is_not=is_not),))
        found = {row["customer_id"] for row in segment_rows(dozen, segment)}
        assert segment_totals(dozen, segment).customers == len(found)
        return found

    assert inside("reason", "service") == {"bob", "dan"}
    assert inside("reason", "quality", "unsorted") == {"ann", "cat"}
    assert inside("reason", "unknown") == {"eve", "fay"}
    assert inside("reason", "unknown", is_not=True) == {"ann", "bob", "cat", "dan"}
    assert inside("fault", "human") == {"bob"}
    give_reason(dozen, "dan", ReasonNote())
    assert inside("reason", "service") == {"bob"}


def test_accounts_left_out_have_no_reasons(dozen):
    add_survey(dozen, Said("bob", "rude"), Said("cat", "forgot"))
    dozen.update(left_out=["bob"])
    assert counts(reasons(dozen, 30)) == {"forgot": (1, Decimal(200)), "unknown": (1, Decimal(45))}


def test_an_order_file_says_it_of_its_customers_also_of_those_it_knows_by_a_contact():
    rows = [order("ann@x.co", "2024-01-01", 10, "1"), order("bob", "2024-01-02", 20, "2")]
    with holding() as workspace:
        with_reasons(workspace, rows, {"ann@x.co": "rude", "bob": "forgot"})
        add(workspace, [order("eve", "2024-06-30", 5, "3")])
        assert counts(reasons(workspace, 30)) == {"service": (1, Decimal(10)), "forgot": (1, Decimal(20))}
        give_reason(workspace, "ann@x.co", ReasonNote(fault="technical"))
        contacts(workspace, [order("7", "2024-01-03", 40, "4")], {"7": "ann@x.co"})
        found = reasons(workspace, 30)
        assert counts(found) == {"service": (1, Decimal(50)), "forgot": (1, Decimal(20))}
        assert found.by_fault["technical"].customers == 1
        assert reason_of(workspace, key(workspace, "7")).given == ReasonNote(fault="technical")
        give_reason(workspace, "7", ReasonNote())
        assert reasons(workspace, 30).by_fault["human"].customers == 1


def with_reasons(workspace: Workspace, rows: Sequence[Row], told: Mapping[str, str]) -> None:
    columns = {"customer_id": list(told), "reason": list(told.values())}
    _add(workspace, rows, columns)


def contacts(workspace: Workspace, rows: Sequence[Row], emails: Mapping[str, str]) -> None:
    _add(workspace, rows, {"customer_id": list(emails), "email": list(emails.values())})


def _add(workspace: Workspace, rows: Sequence[Row], columns: Mapping[str, list[str]]) -> None:
    with TemporaryDirectory(dir=workspace.inbox) as folder:
        path = Path(folder) / "contacts.parquet"
        pq.write_table(pa.table(dict(columns)), path)
        workspace.ingest(replace(reading_of(rows, Path(folder)), contacts_path=path))


def test_enough_is_told():
    rows = [order(f"c{n}", "2024-01-01", 10, str(n)) for n in range(LEAST_KNOWN)] + [
        order("z", "2024-12-30", 1, "z")
    ]  # fmt: skip
    with holding(rows, settings=Settings(lost_after_days=30)) as workspace:
        add_survey(workspace, *(Said(f"c{n}", "forgot") for n in range(LEAST_KNOWN - 1)))
        assert not reasons(workspace, 30).is_enough
        add_survey(workspace, Said(f"c{LEAST_KNOWN - 1}", "rude"))
        assert reasons(workspace, 30).is_enough


def test_without_orders_there_is_no_answer():
    with Workspace.open(None) as workspace:
        add_survey(workspace, Said("bob", "rude"))
        assert reasons(workspace, 30) is None


def test_a_workspace_from_before_reasons_opens(tmp_path: Path):
    folder = tmp_path / "data"
    with Workspace.open(folder) as workspace:
        add(workspace, DOZEN)
        add_survey(workspace, Said("bob", "rude"))
    with duckdb.connect(str(folder / "workspace.duckdb")) as connection:
        for table in ("reasons", "file_reasons", "given_reasons"):
            connection.execute(f"drop table {table}")
    with Workspace.open(folder) as workspace:
        assert counts(reasons(workspace, 30)) == {"unknown": (3, Decimal(345))}
        add_survey(workspace, Said("bob", "rude"))
        assert counts(reasons(workspace, 30))["service"] == (1, Decimal(100))
    with Workspace.open(folder) as workspace:
        assert counts(reasons(workspace, 30))["service"] == (1, Decimal(100))


def test_a_reason_is_of_the_customer_whatever_the_day_they_are_seen_from(dozen):
    add_survey(dozen, Said("bob", "rude"))
    dozen.update(as_of=dozen.as_of - timedelta(days=150))
    assert counts(reasons(dozen, 30)) == {}
    dozen.update(as_of=None)
    assert counts(reasons(dozen, 30))["service"] == (1, Decimal(100))


def test_the_report_has_a_part_on_reasons_once_somebody_told(dozen):
    assert report(dozen, [])["reasons"] is None
    add_survey(dozen, Said("bob", "rude"), Said("cat", "too expensive", "quality"))
    found = report(dozen, [])["reasons"]
    assert found == json.loads(json.dumps(found))
    assert found["lost"] == {"customers": 3, "money": 345.0}
    assert found["by_reason"]["service"] == {"customers": 1, "money": 100.0, "share": 0.5, "field": 0.65}
    assert found["by_reason"]["natural"] == {"customers": 0, "money": 0.0, "share": 0.0, "field": None}
    assert (found["known"]["customers"], found["unknown"]["customers"], found["enough"]) == (2, 1, False)
    assert found["asked_again"] == [{"named": "competitors", "customers": 1, "real": 0, "instead": "quality"}]
    assert found["faults"] == {"human": {"customers": 1, "money": 100.0}}


def test_a_list_of_those_who_left_for_a_reason_leaves_in_every_form(dozen, tmp_path: Path):
    add_survey(dozen, Said("bob", "rude"), Said("cat", "forgot"))
    segment = Segment(
        conditions=(Condition(field="reason", values=("service",)),),
        but_not=(Segment(conditions=(Condition(field="fault", values=("technical",)),)),),
    )
    for target, more in (("csv", {}), ("csv_machine", {"with_codes": True}), ("xlsx", {}), ("parquet", {})):
        path = tmp_path / f"list.{FILES[target]}"
        made = export(dozen, segment, target, path, ListOptions(**more))
        assert (made.guard.chosen, made.written) == (1, 1), target
    assert pq.read_table(tmp_path / "list.parquet")["customer_id"].to_pylist() == ["bob"]
