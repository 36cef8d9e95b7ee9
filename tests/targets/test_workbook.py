"""Excel for people, read again by openpyxl: typed cells, no formula, every value intact."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from metrics.errors import WinbackError
from metrics.targets import workbook
from metrics.targets.workbook import Column, Sheet, WorkbookWritten, write_workbook
from tests.targets.people import payloads


def saved(*sheets: Sheet) -> tuple[WorkbookWritten, Any]:
    sink = BytesIO()
    counted = write_workbook(sink, sheets)
    return counted, openpyxl.load_workbook(sink)


def test_cells_have_types_and_formats():
    columns = [Column("Customer"), Column("Orders", "whole"), Column("Value", "money"), Column("Last order", "date"),
               Column("Share", "share"), Column("Seen", "moment", 30)]  # fmt: skip
    rows = [
        ["007", 3, Decimal("-120.50"), date(2025, 3, 1), 0.25, datetime(2025, 3, 1, 9, 5)],
        ["+79001234567", None, float("nan"), None, "", None],
        ["x", True, 7, date(1899, 1, 1), None, None],
    ]
    counted, book = saved(
        Sheet("Customers", columns, rows), Sheet("Summary", [Column("a"), Column("b")], [["n", 2]], False)
    )
    page = book["Customers"]
    assert counted == WorkbookWritten((3, 1), 0)
    assert [cell.value for cell in page[2]] == [
        "007",
        3,
        -120.5,
        datetime(2025, 3, 1),
        0.25,
        datetime(2025, 3, 1, 9, 5),
    ]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "n", "d", "n", "d"]
    assert [cell.number_format for cell in page[2]] == [
        "General", "#,##0", "#,##0.00", "yyyy-mm-dd", "0.0%", "yyyy-mm-dd hh:mm:ss",
    ]  # fmt: skip
    assert [cell.value for cell in page[3]] == ["+79001234567", None, None, None, None, None]
    assert [cell.value for cell in page[4]][:4] == ["x", True, 7, "1899-01-01"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F4"
    assert page.column_dimensions["F"].width == pytest.approx(30, abs=1)
    assert page.column_dimensions["A"].width > 20
    assert page["A1"].font.bold
    assert book.sheetnames == ["Customers", "Summary"]
    assert book["Summary"].auto_filter.ref is None


def test_every_payload_in_every_text_column_is_text_and_intact():
    texts = payloads()
    columns = [Column(title) for title in ("=a", "b", "c")]
    _, book = saved(
        Sheet("=1+1", columns, [[text] * 3 for text in texts]), Sheet("@x", columns, [[text] * 3 for text in texts])
    )
    for page in book:
        assert page["A1"].value == "=a"
        for text, cells in zip(texts, page.iter_rows(min_row=2), strict=True):
            for cell in cells:
                assert cell.data_type == "s"
                assert cell.hyperlink is None
                assert unescape(cell.value) == text.replace("\ufffe", "\ufffd")


def test_what_looks_like_a_formula_stays_text_when_its_cell_is_edited():
    _, book = saved(Sheet("a", [Column("a")], [["=1+1"], ["＝1+1"], ["Ann"], ["-5"]]))
    assert [cell.quotePrefix for (cell,) in book["a"].iter_rows(min_row=2)] == [True, True, False, False]


def test_a_text_too_long_for_a_cell_is_cut_in_sight_and_counted():
    rows = [["x" * 32_767], ["x" * 32_768], ["😀" * 16_384], ["a" + "😀" * 16_383], ["😀" * 20_000]]
    counted, book = saved(Sheet("a", [Column("a")], rows))
    values = [cell.value for (cell,) in book["a"].iter_rows(min_row=2)]
    assert counted.cut == 3
    assert [values[0], values[3]] == [rows[0][0], rows[3][0]]
    assert values[1] == "x" * 32_766 + "…"
    assert values[2] == values[4] == "😀" * 16_383 + "…"


def test_a_list_longer_than_a_sheet_is_refused_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(workbook, "MAXIMUM_ROWS", 4)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sink = BytesIO()
    with pytest.raises(WinbackError) as refused:
        write_workbook(sink, [Sheet("a", [Column("a")], ([str(n)] for n in range(4)))])
    assert (refused.value.code, refused.value.facts) == ("sheet_full", {"limit": 3})
    assert sink.getvalue() == b""
    assert list(tmp_path.iterdir()) == []
    counted, _ = saved(Sheet("a", [Column("a")], ([str(n)] for n in range(3))))
    assert counted.rows == (3,)


def test_any_name_becomes_a_name_of_a_sheet():
    names = ["a/b:c*?[d]\\", "x" * 40, "X" * 40, "", "'quoted'", "History", "客户", "\0", "😀" * 20, "😀" * 20]
    _, book = saved(*(Sheet(name, [Column("a")], []) for name in names))
    assert book.sheetnames[:4] == ["a b c   d", "x" * 31, "X" * 29 + " 2", "-"]
    assert book.sheetnames[4:] == ["quoted", "History 2", "客户", "- 2", "😀" * 15, "😀" * 14 + " 2"]


def test_the_same_rows_are_the_same_bytes():
    sinks = BytesIO(), BytesIO()
    for sink in sinks:
        write_workbook(sink, [Sheet("a", [Column("a")], [["Ann"]])])
    assert sinks[0].getvalue() == sinks[1].getvalue()
