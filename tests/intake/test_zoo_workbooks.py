"""Workbooks as people make them: each ends with the exact orders or the exact question."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from metrics.intake import Limits, Reading, read_orders
from tests.intake.books import inline_rows, raw_xlsx, saved, sheet_of, xls, xlsb, xlsb_rows

HEADERS = ["Заказ", "Дата", "Код клиента", "Сумма"]
DAY = datetime(2024, 1, 5)
TABLE = [HEADERS, ["1", DAY, "C1", 5.5], ["2", datetime(2024, 1, 6, 10, 30), "C2", 7]]
CLEAN = [("1", "C1", "2024-01-05 00:00:00", Decimal("5.5")), ("2", "C2", "2024-01-06 10:30:00", Decimal(7))]


@pytest.fixture
def orders(rows) -> Callable[[Reading], list]:
    def reader(reading: Reading) -> list:
        return [(r["order_id"], r["customer_id"], str(r["order_at"]), r["amount"]) for r in rows(reading.clean_path)]

    return reader


def told(reading: Reading) -> dict[str, int]:
    return {each.code: each.rows for each in reading.quality.warnings}


def codes(reading: Reading) -> list[str]:
    return [question.code for question in reading.questions]


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ([datetime(2024, 1, 5, 10, 9, 59, 999999), None], "2024-01-05 10:10:00"), ([date(2024, 1, 5), None], "2024-01-05 00:00:00"),
        (["05.01.2024", None], "2024-01-05 00:00:00"), (["2024-01-05T10:00:00+03:00", None], "2024-01-05 10:00:00"), (["5 января 2024 г.", None], "2024-01-05 00:00:00"),
        ([45296, "0"], "2024-01-05 00:00:00"), ([45296.5, "General"], "2024-01-05 12:00:00"), (["45296", None], "2024-01-05 00:00:00"),
        ([20240105, "0"], "2024-01-05 00:00:00"), ([45296, "[$-419]D MMMM YYYY;@"], "2024-01-05 00:00:00"),
    ],
)  # fmt: skip
def test_days(read, orders, cells: list, at: str) -> None:
    book, sheet = sheet_of([HEADERS, *(["1", cells[0], "C1", 5.5] for _ in range(2))])
    for number in (2, 3):
        sheet[f"A{number}"] = str(number)
        if cells[1]:
            sheet[f"B{number}"].number_format = cells[1]
    assert orders(read(saved(book)))[0] == ("2", "C1", at, Decimal("5.5"))


@pytest.mark.parametrize("is_number", [False, True])
def test_days_counted_from_1904(read, orders, is_number: bool) -> None:
    book, sheet = sheet_of([HEADERS, ["1", DAY, "C1", 45296], ["2", datetime(2024, 2, 1), "C1", 7]])
    book.epoch = CALENDAR_MAC_1904
    if is_number:
        for row in sheet["B2:B3"]:
            row[0].number_format = "0"
    assert orders(read(saved(book))) == [
        ("1", "C1", "2024-01-05 00:00:00", Decimal(45296)), ("2", "C1", "2024-02-01 00:00:00", Decimal(7)),
    ]  # fmt: skip


def test_cells_of_every_kind(read, orders, rows) -> None:
    book, sheet = sheet_of([
        [*HEADERS, "Телефон", "Оплачен", "Скидка", "Время"],
        ["0012", DAY, 12362, "1 234,50", 79001234567, True, 0.25, time(10, 20)],
        [13, DAY, "00077", 0.1 + 0.2, "+7 900 123-45-68", True, 0, None],
        ["14", DAY, "C 3", "(5,00)", None, True, None, None],
    ])  # fmt: skip
    sheet["G2"].number_format = "0%"
    reading = read(saved(book), columns={"phone": "Телефон"})
    assert orders(reading) == [
        ("0012", "12362", "2024-01-05 00:00:00", Decimal("1234.5")), ("13", "00077", "2024-01-05 00:00:00", Decimal("0.3")),
        ("14", "C 3", "2024-01-05 00:00:00", Decimal(-5)),
    ]  # fmt: skip
    assert {row["phone"] for row in rows(reading.contacts_path)} >= {"79001234567"}
    assert reading.samples[0][5:8] == ("True", "0.25", "10:20:00")


def merged(*ranges: str, table: list) -> bytes:
    book, sheet = sheet_of(table)
    for each in ranges:
        sheet.merge_cells(each)
    return saved(book)


def test_merged_cells_go_for_all_their_rows_and_a_merged_amount_counts_once(read, orders) -> None:
    table = [
        ["Заказ", "Дата", "Код клиента", "Товар", "Сумма"],
        [1001, DAY, "C1", "Чай", 30.5], [None, None, None, "Кофе", None], [None, None, None, "Сок", None],
        [1002, datetime(2024, 1, 6), "C2", "Чай", 7], [1003, datetime(2024, 1, 7), "C1", "Вода", 2], [None, None, None, "Вода", None],
    ]  # fmt: skip
    ranges = [f"{letter}{rows}" for letter in "ABCE" for rows in ("2:{0}4", "6:{0}7")]
    reading = read(merged(*(each.format(each[0]) for each in ranges), table=table))
    assert orders(reading) == [
        ("1001", "C1", "2024-01-05 00:00:00", Decimal("30.5")), ("1002", "C2", "2024-01-06 00:00:00", Decimal(7)),
        ("1003", "C1", "2024-01-07 00:00:00", Decimal(2)),
    ]  # fmt: skip
    quality = reading.quality
    assert (quality.rows_read, quality.orders, quality.rows_merged, quality.rows_rejected) == (6, 3, 3, 0)


def test_merged_order_over_lines_with_their_own_amounts(read, orders) -> None:
    table = [
        ["Заказ", "Дата", "Код клиента", "Сумма"],
        ["A", DAY, "C1", 1],
        [None, None, None, 2],
        [None, None, None, 3],
        ["B", DAY, "C1", 4],
    ]
    reading = read(merged("A2:A4", "B2:B4", "C2:C4", table=table))
    assert [(each[0], each[3]) for each in orders(reading)] == [("A", Decimal(6)), ("B", Decimal(4))]


def test_a_header_of_two_lines(read, orders) -> None:
    table = [
        ["Продажи за январь"], ["Заказ", "Дата", "Клиент", None, "Сумма", None], [None, None, "Код", "Имя", "руб", "шт"],
        ["1", DAY, "C1", "Анна", 5.5, 2], ["2", DAY, "C2", "Борис", 7, 1],
    ]  # fmt: skip
    reading = read(merged("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", table=table))
    assert reading.headers == ("Заказ", "Дата", "Клиент Код", "Клиент Имя", "Сумма руб", "Сумма шт")
    assert [(each[1], each[3]) for each in orders(reading)] == [("C1", Decimal("5.5")), ("C2", Decimal(7))]


def test_a_table_in_the_middle_of_a_sheet_with_totals_and_notes(read, orders) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate([*TABLE, ["Итого", None, None, 12.5], [], ["Сформировано 07.01.2024"]], start=5):
        for c, value in enumerate(row, start=3):
            sheet.cell(r, c, value)
    reading = read(saved(book))
    assert (orders(reading), reading.quality.rejected_by_reason) == (CLEAN, {"total_row": 1, "footer_row": 1})
    sheet["A1"] = "Отчёт о продажах"
    sheet["K6"] = "заметка сбоку"
    assert orders(read(saved(book))) == CLEAN


def sheets(**tables: list) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    return book


def test_hidden_rows_and_columns_are_read(read, orders) -> None:
    book, sheet = sheet_of(TABLE)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    assert orders(read(saved(book))) == CLEAN


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_never_taken_silently(read, orders, state: str) -> None:
    book = sheets(Old=TABLE, Orders=TABLE[:2], Notes=[["всего", "слов"], ["ещё", "слова"]])
    book["Old"].sheet_state = state
    book["Notes"].sheet_state = "visible"
    (asked,) = read(saved(book)).questions
    assert (asked.code, asked.options) == ("which_sheet", ("Orders", "Old", "*"))
    assert (asked.facts["hidden"], asked.facts["examples"]["Old"]) == (["Old"], ["1", "2024-01-05", "C1", "5.5"])
    assert orders(read(saved(book), answers={"which_sheet": "Orders"})) == CLEAN[:1]
    del book["Orders"]
    book.active = 1
    reading = read(saved(book))
    assert (reading.outcome, codes(reading), reading.questions[0].options) == ("ask", ["which_sheet"], ("Notes", "Old"))
    assert orders(read(saved(book), answers={"which_sheet": "Old"})) == CLEAN
    del book["Notes"]
    book.create_sheet("Empty")
    reading = read(saved(book))
    assert (codes(reading), reading.questions[0].options) == (["which_sheet"], ("Old",))


def test_a_hidden_copy_of_what_is_shown_is_not_asked_about(read, orders) -> None:
    book = sheets(Orders=TABLE, Backup=TABLE[:2], Lists=[["город", "код"], ["Тверь", 69]])
    book["Backup"].sheet_state = book["Lists"].sheet_state = "hidden"
    assert orders(read(saved(book))) == CLEAN


def test_yearly_sheets_may_be_read_together(read, orders) -> None:
    later = [HEADERS, ["3", datetime(2025, 1, 5), "C1", 1]]
    book = sheets(**{"2024": TABLE, "2025": later, "Сводка": [["Месяц", "Сумма"], ["январь", 5]], "Chart": []})
    reading = read(saved(book))
    assert reading.questions[0].options == ("2024", "2025", "*")
    assert reading.questions[0].facts["together"] == ["2024", "2025"]
    assert reading.questions[0].facts["examples"]["2025"] == ["3", "2025-01-05", "C1", "1"]
    assert orders(read(saved(book), answers={"which_sheet": "*"})) == [
        *CLEAN,
        ("3", "C1", "2025-01-05 00:00:00", Decimal(1)),
    ]
    assert read(saved(book), answers={"which_sheet": "2025"}).quality.orders == 1
    assert codes(read(saved(book), answers={"which_sheet": "Сводка"})) == ["which_sheet"]


def test_sheets_of_other_headers_are_not_joined(read) -> None:
    other = [["order_id", "date", "customer_id", "amount"], ["1", DAY, "C1", 5]]
    assert read(saved(sheets(A=TABLE, B=other))).questions[0].options == ("A", "B")


@pytest.mark.parametrize(
    ("table", "reason"), [([], "file_empty"), ([HEADERS], "no_rows"), ([["слово"], ["ещё слово"]], "no_table")]
)
def test_workbooks_without_orders(read, table: list, reason: str) -> None:
    assert read(saved(sheets(Sheet=table, Empty=[]))).reasons == (reason,)


def test_formulas_with_values_are_their_values(read, orders) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>'
    cells += '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><f>DATE(2024,1,5)</f><v>45296</v></c><c r="C2" t="str"><f>"C"&amp;1</f><v>C1</v></c><c r="D2"><f t="shared" si="0" ref="D2:D3">2+3.5</f><v>5.5</v></c></row>'
    cells += '<row r="3"><c r="A3"><v>2</v></c><c r="B3" s="1"><v>45297.4375</v></c><c r="C3" t="str"><f>"C"&amp;2</f><v>C2</v></c><c r="D3"><f t="shared" si="0"/><v>7</v></c></row>'
    cells += '<row r="4"><c r="A4" t="str"><f>IF(1,"","")</f><v></v></c></row>'
    reading = read(raw_xlsx(f"<sheetData>{cells}</sheetData>", strings=HEADERS))
    assert (orders(reading), reading.outcome) == (CLEAN, "ready")


def test_formulas_without_values_are_told_with_what_to_do(read) -> None:
    table = [[*HEADERS, "Наценка"], *([str(n), DAY, "C1", n, f"=D{n}*2"] for n in range(2, 600))]
    assert told(read(saved(sheets(S=table)))) == {"formulas_without_values": 598}
    table = [HEADERS, *([str(n), DAY, "C1", f"={n}*2"] for n in range(2, 9))]
    reading = read(saved(sheets(S=table)))
    assert (reading.reasons, reading.facts) == (("formulas_without_values",), {"cells": 7})


def test_formulas_that_were_never_computed_hold_zeros(read) -> None:
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" s="1"><v>45296</v></c><c r="C{0}" t="inlineStr"><is><t>C1</t></is></c><c r="D{0}"><f>A{0}*2</f><v>{1}</v></c></row>'
    head = (
        '<row r="1">' + "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCD")) + "</row>"
    )
    rows = "".join(row.format(n, 0) for n in range(2, 6))
    asks = '<calcPr calcId="1" fullCalcOnLoad="1"/>'
    assert read(raw_xlsx(f"<sheetData>{head}{rows}</sheetData>", strings=HEADERS, book=asks)).reasons == (
        "formulas_without_values",
    )
    assert (
        read(
            raw_xlsx(f"<sheetData>{head}{rows}{row.format(6, 12)}</sheetData>", strings=HEADERS, book=asks)
        ).quality.orders
        == 1
    )


def test_error_cells_are_left_out_for_the_right_reason(read, rows) -> None:
    cells = [
        ("2", "45296", "#N/A", "5"),
        ("3", "#REF!", "C1", "5"),
        ("4", "45296", "C1", "#DIV/0!"),
        ("5", "45296", "C1", "7"),
        ("#NAME?", "45296", "C1", "8"),
    ]

    def cell(name: str, text: str) -> str:
        kind = ' t="e"' if text[0] == "#" else ' t="str"' if text[0] == "C" else ' s="1"' if name[0] == "B" else ""
        return f'<c r="{name}"{kind}><v>{text}</v></c>'

    body = "".join(
        f'<row r="{r}">' + "".join(cell(f"{'ABCD'[c]}{r}", text) for c, text in enumerate(row)) + "</row>"
        for r, row in enumerate(cells, start=2)
    )
    head = (
        '<row r="1">' + "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCD")) + "</row>"
    )
    reading = read(raw_xlsx(f"<sheetData>{head}{body}</sheetData>", strings=HEADERS))
    assert reading.quality.rejected_by_reason == {"no_customer": 1, "no_date": 1, "no_amount": 1}
    assert (reading.quality.orders, reading.quality.gross) == (2, Decimal(15))
    assert {(row["Сумма"], row["Дата"], row["reason"]) for row in rows(reading.rejected_path)} >= {
        ("#DIV/0!", "2024-01-05", "no_amount"),
        ("5", "#REF!", "no_date"),
    }


PLAIN = [HEADERS, ["1", "05.01.2024", "C1", 5.5], ["2", "06.01.2024 10:30", "C2", 7]]


@pytest.mark.parametrize(
    "content",
    [
        raw_xlsx(inline_rows(PLAIN)), raw_xlsx(inline_rows(PLAIN), strict=True), raw_xlsx(inline_rows(PLAIN), strings=[]),
        raw_xlsx('<dimension ref="A1"/>' + inline_rows(PLAIN)), raw_xlsx('<dimension ref="A1:XFD1048576"/>' + inline_rows(PLAIN)),
        raw_xlsx(inline_rows(PLAIN) + '<mergeCells><mergeCell ref="A9:A1048576"/></mergeCells>', shown="A &amp; B"), xls(TABLE), xls(TABLE, is_1904=True), xlsb_rows(PLAIN),
    ],
    ids=["inline", "strict", "no strings", "small dimension", "giant dimension", "names", "xls", "xls 1904", "xlsb"],
)  # fmt: skip
def test_files_of_every_make(read, orders, content: bytes) -> None:
    reading = read(content)
    assert (reading.outcome, orders(reading)) == ("ready", CLEAN)


@pytest.mark.parametrize(
    ("content", "reason", "facts"),
    [
        (xls(TABLE, locked=True), "file_encrypted", {}), (b"PARE" + bytes(80), "file_encrypted", {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "file_encrypted", {}),
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table>', "wrong_kind", {"kind": "html"}),
        (b"\xef\xbb\xbf\r\n<meta http-equiv='Content-Type'><table>", "wrong_kind", {"kind": "html"}), (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "wrong_kind", {"kind": "html"}),
        (saved(sheets(S=TABLE))[:-200], "file_broken", {}), (xlsb({(0, 0): "a", (1_048_575, 16_383): 1.0}), "sheet_span", {"rows": 1_048_576, "columns": 16_384}),
        (xls(TABLE)[:1500], "file_broken", {}),
    ],
)  # fmt: skip
def test_what_is_refused(read, content: bytes, reason: str, facts: dict) -> None:
    reading = read(content)
    assert (reading.reasons, reading.facts) == ((reason,), facts)


def test_names_say_nothing_about_the_kind(tmp_path: Path, orders) -> None:
    for name, content in (
        ("a.csv", saved(sheets(S=TABLE))),
        ("b.xlsx", "Заказ;Дата;Код клиента;Сумма\n1;05.01.2024;C1;5,50\n2;06.01.2024 10:30;C2;7\n".encode("cp1251")),
    ):
        (tmp_path / name).write_bytes(content)
        assert orders(read_orders(tmp_path / name, workdir=tmp_path / "work")) == CLEAN


def test_a_sheet_hidden_in_another_part_is_counted_too(read) -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = raw_xlsx(sheet).replace(b"worksheets/sheet1.xml", b"worksheets/theme9.dat")
    assert read(content).reasons[0] in {"sheet_span", "file_broken"}


def test_merges_without_end_cost_nothing(read, orders) -> None:
    merges = "".join(f'<mergeCell ref="A2:D{1_048_576 - n}"/>' for n in range(20_000))
    reading = read(raw_xlsx(f"{inline_rows(PLAIN)}<mergeCells>{merges}</mergeCells>"), limits=Limits(cpu_seconds=20))
    assert orders(reading) == CLEAN
