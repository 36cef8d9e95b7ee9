"""Pages with a table that go by the name of a spreadsheet: what CRMs call an export to Excel."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from metrics.errors import IntakeError
from metrics.intake import Limits
from metrics.intake.html_table import open_html
from tests.intake.preset_examples import BITRIX24_DEALS

REFUSED = (("wrong_kind",), {"kind": "html"})
PLAIN = [
    ["Заказ", "Дата", "Код клиента", "Сумма"],
    ["1", "05.01.2024", "C1", "5,50"],
    ["2", "06.01.2024", "C2", "7,00"],
]


def page(rows, charset: str = "UTF-8", cell: str = "td") -> str:
    body = "".join("<tr>" + "".join(f"<{cell}>{each}</{cell}>" for each in row) + "</tr>\n" for row in rows)
    return (
        f'<meta http-equiv="Content-type" content="text/html;charset={charset}" />\n'
        f"<style>td {{mso-number-format:\\@;}} .n {{mso-number-format:0}}</style><table border='1'>{body}</table>"
    )


def deals() -> list[list[str]]:
    return [line.split(";") for line in BITRIX24_DEALS.text.splitlines()]


def orders(rows, reading):
    return [(row["order_id"], row["customer_id"], row["amount"]) for row in rows(reading.clean_path)]


@pytest.mark.parametrize(
    "content",
    [
        page(deals()).encode(), page(deals(), "windows-1251").encode("cp1251"), page(deals()).encode("cp1251"), b"\xef\xbb\xbf" + page(deals()).encode(),
        page(deals(), "windows-1251").encode(), f"<html><head><title>Сделки</title></head><body>{page(deals(), cell='th')}</body></html>".encode(),
        page(deals()).replace("</td>", "").replace("</tr>", "").encode(),
        page([[cell.replace("А", "&#1040;").replace(" ", "&nbsp;\n").replace("@", "<b>@</b>") for cell in row] for row in deals()]).encode(),
    ],
    ids=["utf-8", "cp1251", "cp1251 that says utf-8", "bom", "utf-8 that says cp1251", "whole page", "open ends", "entities"],
)  # fmt: skip
def test_deals_of_bitrix24(read, rows, content: bytes) -> None:
    reading = read(content)
    assert (reading.preset, reading.questions, reading.reasons) == ("bitrix24_deals", (), ())
    expected = [(number, customer, Decimal(amount)) for number, customer, _, amount, _ in BITRIX24_DEALS.orders]
    assert orders(rows, reading) == expected
    assert reading.quality.rows_not_counted == BITRIX24_DEALS.not_counted


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><body><h1>Вход</h1><form><input name=login></form></body></html>",
        "<html><table><tr><td>Меню</td></tr><tr><td>Статья</td></tr></table></html>",
        "<html><table><tr><td>Меню</td><td>Статья</td></tr></table></html>",
        "<html><table></table><table><tr></tr></table></html>",
        "<html><script>document.write('<table><tr><td>1</td><td>2</td></tr><tr><td>1</td><td>2</td></tr></table>')</script>",
        "<html><!-- <table><tr><td>1<td>2<tr><td>3<td>4</table>",
        "<div>" * 50_000,
    ],
)  # fmt: skip
def test_a_page_saved_by_accident_is_refused_as_before(read, content: str) -> None:
    reading = read(content)
    assert (reading.reasons, reading.facts) == REFUSED


@pytest.mark.parametrize(
    "content",
    [
        "<table><tr><td>" * 200_000, "<html>" + "<a " + "x=" * 3_000_000, "<table><tr><td " + "a " * 3_000_000, "<html>" + "<" * 3_000_000,
        "<html>" + "<div>" * 2_000_000, "<html>" + "<!--" * 1_000_000, "<html><style>" + "</" * 2_000_000, "<table><tr><td>" + "&" * 3_000_000, "<html>" + "<![" * 1_000_000,
        "<table><tr><td " + " " * 3_000_000, "<table><tr><td x='" + '"' * 3_000_000, "<table><tr><td>1" + "<tr><td rowspan=65534 colspan=1000>" * 100_000,
    ],
    ids=["tables", "attribute", "attributes", "brackets", "lead", "comment", "style", "entities", "declaration", "blanks", "quotes", "spans"],
)  # fmt: skip
def test_hostile_pages_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "page.xls"
    path.write_text(content)
    with pytest.raises(IntakeError) as refusal:
        open_html(path, tmp_path, Limits())
    assert refusal.value.code in {"wrong_kind", "sheet_span", "too_many_columns"}


def test_the_largest_table_merged_cells_and_breaks(read, rows) -> None:
    inner = "".join(
        "<tr>" + "".join(f"<td>{each}</td>" for each in row) + "</tr>"
        for row in (["2", "06.01.2024", "C2", "7,00", "x"], ["3", "07.01.2024", "C&amp;<br>3", "8,00", "y"])
    )
    content = f"""<!DOCTYPE html><html><body><table><tr><td>Магазин</td><td>Отчёт</td></tr><tr><td colspan=2>
    <table><thead><tr><th rowspan=2>Заказ<th rowspan="2">Дата<th colspan=2>Клиент<th rowspan=2>Сумма<tr><th>Код<th>Имя</thead>
    <tr><td rowspan=2>1<td rowspan=2>05.01.2024<td rowspan=2>C1<td>a<td rowspan=2>5,50<tr><td>b
    {inner.replace("<td>7,00</td><td>x", "<td>x</td><td>7,00").replace("<td>8,00</td><td>y", "<td>y</td><td>8,00")}</table></td></tr>
    <tr><td>1</td><td>2</td></tr></table><table><tr><td>a</td><td>b</td></tr></table></body></html>"""
    reading = read(content)
    assert reading.headers == ("Заказ", "Дата", "Клиент Код", "Клиент Имя", "Сумма")
    assert reading.samples[:2] == (("1", "05.01.2024", "C1", "a", "5,50"), ("1", "05.01.2024", "C1", "b", "0"))
    assert orders(rows, reading) == [("1", "C1", Decimal("5.5")), ("2", "C2", Decimal(7)), ("3", "C& 3", Decimal(8))]


def test_headers_alone_are_no_orders(read) -> None:
    assert read(page(PLAIN[:1])).reasons == ("wrong_kind",)
    assert read(page([PLAIN[0], ["", "", "", ""]])).reasons == ("wrong_kind",)


def test_more_cells_than_a_sheet_may_have(read) -> None:
    reading = read(page(PLAIN), limits=Limits(cells=8))
    assert (reading.reasons, reading.facts) == (("sheet_span",), {"rows": 3, "columns": 4})
    assert read(page(PLAIN), limits=Limits(workbook_bytes=100)).reasons == ("file_too_large",)


def test_a_table_longer_than_what_is_kept_in_memory(read, rows) -> None:
    lines = [[str(place), "05.01.2024", f"C{place % 7}", f"{place},50"] for place in range(1, 3_501)]
    reading = read(page([["Выгрузка"], PLAIN[0], *lines]))
    assert (reading.quality.rows_read, reading.quality.orders, reading.quality.customers) == (3_500, 3_500, 7)
    assert {row["order_id"] for row in rows(reading.clean_path)} == {str(place) for place in range(1, 3_501)}


def test_marks_of_excel_are_passed_over(read, rows) -> None:
    start = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><!--[if gte mso 9]><xml><x:Table></x:Table></xml><![endif]--><![if !x]><body>"
    assert orders(rows, read(start + page(PLAIN) + "<![endif]></body></html>")) == [
        ("1", "C1", Decimal("5.5")),
        ("2", "C2", Decimal(7)),
    ]


def test_text_of_cells_is_text(read, rows) -> None:
    odd = '<script>alert(1)</script>&lt;b&gt; "a";b\0&#0;&unknown;'
    reading = read(page([PLAIN[0], [odd, "05.01.2024", "C1", "5,50"], PLAIN[2]]))
    assert orders(rows, reading)[1][0] == '<b> "a";b\ufffd&unknown;'
