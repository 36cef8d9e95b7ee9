"""Ways a table may be wrapped, quoted and encoded; questions and their answers; refusals."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from metrics.intake import Limits, Reading

HEADERS = ("Номер заказа", "Дата", "Код клиента", "Сумма", "Категория")
TABLE = [
    HEADERS,
    ("1", "05.01.2024 10:00", "C1", "1 234.50", "Чай; кофе, вода | сок"),
    ("2", "06.01.2024", "C2", "7.25", 'ООО "Ёж"'),
    ("3", "07.01.2024", "C1", "3", ""),
]


def delimited(delimiter: str, table=TABLE) -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if delimiter in text or '"' in text else text

    return "".join(delimiter.join(map(cell, row)) + "\r\n" for row in table)


def codes(reading: Reading) -> list[str]:
    return [question.code for question in reading.questions]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_every_encoding_and_delimiter(read, rows, codec: str, delimiter: str) -> None:
    reading = read(delimited(delimiter).encode(codec))
    assert (reading.outcome, reading.headers) == ("ready", HEADERS)
    assert [(row["order_id"], row["amount"], row["category"]) for row in rows(reading.clean_path)] == [
        ("1", Decimal("1234.5"), "Чай; кофе, вода | сок"), ("2", Decimal("7.25"), 'ООО "Ёж"'), ("3", Decimal(3), None),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_chinese_exports(read, delimiter: str) -> None:
    table = [
        ("订单编号", "订单付款时间", "买家会员名", "买家实际支付金额", "订单状态"),
        ("1", "2024-01-05 10:00:00", "张伟", "15.00", "交易成功"),
        ("2", "2024-01-06 10:00:00", "王芳", "20.00", "交易关闭"),
    ]
    reading = read(delimited(delimiter, table).encode("gb18030"))
    assert (reading.outcome, reading.quality.orders, reading.quality.rows_not_counted) == ("ready", 1, 1)


def test_packed_files(read) -> None:
    text = delimited(";").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export/orders.csv", text)
    for content in (gzip.compress(text), buffer.getvalue(), gzip.compress(buffer.getvalue())):
        assert read(content).quality.orders == 3


def test_text_that_is_quoted_badly(read) -> None:
    reading = read(
        'id;date;customer_id;amount\n1;2024-01-05;"ООО "Ёж"";5\n2;2024-01-05;"x" y;6\r\n3;2024-01-05;C3;7;8\n4;2024-01-05;C4\n5;2024-01-05;C5;9\n'
    )
    assert reading.quality.rejected_by_reason == {"no_amount": 1, "too_many_cells": 1}
    assert (reading.quality.orders, reading.quality.gross) == (3, Decimal(20))


def test_a_quote_that_never_closes_swallows_nothing(read) -> None:
    reading = read(
        'id,date,customer_id,amount\n1,2024-01-05,"Anna,5\n'
        + "".join(f"{n},2024-01-05,C{n},1\n" for n in range(2, 300))
    )
    assert (reading.quality.orders, reading.quality.rows_rejected) == (299, 0)


def test_line_breaks_in_cells_beside_short_rows(read) -> None:
    reading = read(
        'id,date,customer_id,amount,note\n1,2024-01-05,C1,5,"a\nb"\n2,2024-01-05,C2,6\n3,2024-01-05,"C\n3",7,x\n'
    )
    assert (reading.quality.orders, reading.quality.customers, reading.quality.rows_rejected) == (3, 3, 0)


def test_a_broken_byte_costs_one_letter(read) -> None:
    reading = read(
        "id;date;Код клиента;amount\n1;2024-01-05;Ёж;5\n".encode() * 1
        + "2;2024-01-05;Еж;6\n".encode() * 600
        + b"3;2024-01-05;\xff;7\n"
    )
    assert reading.quality.rows_read == 602
    assert ("bad_characters", 1) in {(each.code, each.rows) for each in reading.quality.warnings}


def test_titles_above_the_header(read) -> None:
    reading = read(
        "Отчёт о продажах\nПериод: 01.2024\n\nНомер заказа;Дата;Код клиента;Сумма\n1;05.01.2024;C1;5,00\nИтого;;;5,00\nСформировано автоматически;;;\n"
    )
    assert reading.headers == ("Номер заказа", "Дата", "Код клиента", "Сумма")
    assert (reading.quality.orders, reading.quality.rejected_by_reason) == (1, {"total_row": 1, "footer_row": 1})
    assert reading.samples[0] == ("1", "05.01.2024", "C1", "5,00")


def test_no_header_at_all(read) -> None:
    text = "7,2024-01-05,C1,5.50\n8,2024-01-06,C2,6.50\n"
    assert codes(read(text)) == ["which_customer"]
    reading = read(text, columns={"order_id": "column 1"}, answers={"which_customer": "column 3"})
    assert (reading.quality.orders, reading.quality.customers, reading.quality.rows_read) == (2, 2, 2)


def test_rejected_rows_are_the_rows_of_the_file_whatever_their_place(read, rows) -> None:
    lines = [f"{n},2024-01-05,C{n % 7},{n}" for n in range(1, 40_001)]
    for n in (3, 17_000, 39_999):
        lines[n - 1] = f"{n},2024-01-05,C1,bad {n}"
    lines[20_000] = "20001,2024-01-05,C1,1000 руб"
    reading = read("id,date,customer_id,amount\n" + "\n".join(lines) + "\n")
    assert {(row["id"], row["amount"]) for row in rows(reading.rejected_path)} == {
        ("3", "bad 3"),
        ("17000", "bad 17000"),
        ("39999", "bad 39999"),
    }
    assert reading.quality.orders == 39_997


def workbook(**sheets: list) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_excel_with_typed_cells_below_a_title(read, rows) -> None:
    table = [
        ["Продажи"],
        [],
        ["Заказ", "Дата", "Код клиента", "Сумма"],
        [1, datetime(2024, 1, 5, 10, 10), 12362, 22.2],
        [2, datetime(2024, 1, 6), "007", "1 000,50"],
        ["Итого", None, None, 1022.7],
    ]
    reading = read(workbook(Sheet=table, Empty=[]))
    assert [(r["order_id"], r["customer_id"], str(r["order_at"]), r["amount"]) for r in rows(reading.clean_path)] == [
        ("1", "12362", "2024-01-05 10:10:00", Decimal("22.2")), ("2", "007", "2024-01-06 00:00:00", Decimal("1000.5")),
    ]  # fmt: skip
    assert reading.quality.rejected_by_reason == {"total_row": 1}


def test_two_usable_sheets_are_asked(read) -> None:
    table = [["order_id", "date", "customer_id", "amount"], ["1", "2024-01-05", "C1", 5]]
    content = workbook(May=table, June=[*table, ["2", "2024-01-06", "C2", 6]], Notes=[["hello"], ["world"]])
    reading = read(content)
    assert (reading.outcome, codes(reading), reading.questions[0].options) == (
        "ask",
        ["which_sheet"],
        ("May", "June", "*"),
    )
    assert reading.headers == ("order_id", "date", "customer_id", "amount")
    assert read(content, answers={"which_sheet": "June"}).quality.orders == 2


def test_day_or_month_is_asked_and_the_answer_heeded(read) -> None:
    text = "date,customer_id,amount\n" + "".join(f"0{n}/0{m}/2024,C1,5\n" for n in range(1, 6) for m in range(1, 6))
    reading = read(text)
    assert (reading.outcome, codes(reading), reading.questions[0].options) == ("ask", ["day_or_month"], ("dmy", "mdy"))
    assert reading.questions[0].facts == {"example": "01/02/2024", "dmy": "2024-02-01", "mdy": "2024-01-02"}
    assert (reading.clean_path, reading.columns["date"].source) == (None, "date")
    assert read(text + "01/05/2024,C1,5\n", answers={"day_or_month": "dmy"}).quality.last_on.isoformat() == "2024-05-05"
    text = "date,customer_id,amount\n03/04/2024,C1,5\n"
    assert read(text, answers={"day_or_month": "dmy"}).quality.last_on.isoformat() == "2024-04-03"
    assert read(text, answers={"day_or_month": "mdy"}).quality.last_on.isoformat() == "2024-03-04"


def test_one_telling_date_far_down_decides(read) -> None:
    text = "date,customer_id,amount\n" + "03/04/2024,C1,5\n" * 3000 + "25/04/2024,C1,5\n"
    assert read(text).quality.first_on.isoformat() == "2024-04-03"


def test_a_column_that_proves_both_orders_is_asked(read) -> None:
    text = "date,customer_id,amount\n25/04/2024,C1,5\n04/25/2024,C1,5\n03/04/2024,C1,5\n"
    assert codes(read(text)) == ["day_or_month"]
    reading = read(text, answers={"day_or_month": "mdy"})
    assert (reading.quality.orders, reading.quality.first_on.isoformat()) == (3, "2024-03-04")
    assert "mixed_date_formats" in {each.code for each in reading.quality.warnings}


def test_dots_are_day_first_and_never_asked(read) -> None:
    assert read("date;customer_id;amount\n03.04.2024;C1;5\n").quality.first_on.isoformat() == "2024-04-03"


def test_decimal_mark_is_asked_where_every_value_leaves_it_open(read) -> None:
    text = "date;customer_id;amount\n2024-01-05;C1;1,234\n2024-01-05;C2;5,678\n"
    assert codes(read(text)) == ["decimal_mark"]
    assert read(text, answers={"decimal_mark": "comma"}).quality.gross == Decimal("6.912")
    assert read(text, answers={"decimal_mark": "point"}).quality.gross == Decimal(6912)
    assert read(text + "2024-01-05;C3;999\n").quality.gross == Decimal(7911)
    assert read(text + "2024-01-05;C3;0,5\n").quality.gross == Decimal("7.412")


def test_columns_that_cannot_be_found_are_asked(read) -> None:
    text = "foo,bar,baz\nx,2024-01-05,y\n"
    reading = read(text)
    assert sorted(codes(reading)) == ["which_amount", "which_customer"]
    assert reading.questions[0].options == ("foo", "bar", "baz")
    answered = read("foo,bar,baz\nx,2024-01-05,7\n", answers={"which_customer": "foo", "which_amount": "baz"})
    assert (answered.outcome, answered.quality.gross) == ("ready", Decimal(7))


def test_an_unknown_header_in_the_mapping_is_refused(read) -> None:
    reading = read("date,customer_id,amount\n2024-01-05,C1,5\n", columns={"amount": "Summe"})
    assert (reading.outcome, reading.reasons, reading.facts) == (
        "refused",
        ("mapping_unknown_column",),
        {"field": "amount", "column": "Summe"},
    )
    assert reading.headers == ("date", "customer_id", "amount")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"), (b"\n\n", "file_empty"), (b"just words\nand more words\n", "no_table"), (b"order_id,date,customer_id,amount\n", "no_rows"),
        (b"order_id,date,customer_id,amount\n1,soon,C1,5\n", "ask"), (b"PK\x03\x04garbage", "file_broken"), (b"PAR1garbagePAR1", "file_broken"), (b"%PDF-1.4", "wrong_kind"),
        (b"order_id,date,customer_id,amount\n1,2024-01-05,guest,5\n2,2024-01-05,-,5\n", "no_usable_rows"),
    ],
)  # fmt: skip
def test_refusals(read, content: bytes, reason: str) -> None:
    reading = read(content)
    assert (reading.outcome if reason == "ask" else reading.reasons[0]) == reason
    assert reading.clean_path is None


def test_files_over_the_limit(read) -> None:
    reading = read("date,customer_id,amount\n2024-01-05,C1,5\n", limits=Limits(file_bytes=10))
    assert reading.reasons == ("file_too_large",)


def test_headers_that_differ_by_case_only(read, rows) -> None:
    reading = read("ID,id,date,customer_id,amount,Reason\n1,a,2024-01-05,C1,5,x\n2,b,soon,C1,5,y\n")
    assert reading.quality.orders == 1
    (rejected,) = rows(reading.rejected_path)
    assert list(rejected.values()) == ["2", "b", "soon", "C1", "5", "y", "bad_date"]


def test_open_document_sheets(read, rows) -> None:
    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    table = [["Заказ", "Дата", "Код клиента", "Сумма"], ["1", "05.01.2024", "C1", 22.2], ["2", "06.01.2024", "C2", 7]]
    markup = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet><table:table table:name="S">{markup}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    reading = read(buffer.getvalue())
    assert (reading.outcome, reading.quality.orders, reading.quality.gross) == ("ready", 2, Decimal("29.2"))


def test_a_cell_too_long_for_any_table_is_refused(read) -> None:
    reading = read("id,date,customer_id,amount\n1,2024-01-05,C1,5\n2,2024-01-05," + "x" * 9_000_000 + ",5\n")
    assert reading.reasons == ("file_broken",)
