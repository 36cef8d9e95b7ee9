"""Sales reports of 1C: groups above their documents, in a tree, on stairs, with managers, items and totals."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from metrics.intake import Reading, read_orders
from tests.intake.books import saved

D1, D2, D3 = (f"Реализация товаров и услуг УТ-00012{n} от {13 + n}.03.2024 12:30:00" for n in (1, 2, 3))
D4 = "Возврат товаров от покупателя УТ-000001 от 20.03.2024 0:00:00"
CLEAN = [
    ("УТ-000121", "ООО Ромашка", "2024-03-14 12:30:00", Decimal(5000)), ("УТ-000122", "ООО Ромашка", "2024-03-15 12:30:00", Decimal("10000.5")),
    ("УТ-000123", "ИП Иванов", "2024-03-16 12:30:00", Decimal(3000)),
]  # fmt: skip

TREE = f"""Продажи по контрагентам;;
Период: 01.03.2024 - 31.03.2024;;

Контрагент;Количество;Сумма
Регистратор;;
ООО Ромашка;10;15 000,50
{D1};4;5 000,00
{D2};6;10 000,50
ИП Иванов;3;3 000,00
{D3};3;3 000,00
Итого;13;18 000,50
"""
SHAPES = {
    "tree": TREE,
    "tree, one name": TREE.replace("Регистратор;;\n", ""),
    "tree, names in one cell": TREE.replace("Регистратор;;\n", "").replace("Контрагент;", "Контрагент / Документ;"),
    "tree, only documents named": TREE.replace("Контрагент;К", "Документ;К").replace("Регистратор;;\n", ""),
    "tree without sums of groups": TREE.replace("ООО Ромашка;10;15 000,50", "ООО Ромашка;;").replace("ИП Иванов;3;3 000,00", "ИП Иванов;;"),
    "tree without totals": TREE.replace("Итого;13;18 000,50\n", ""),
    "tree with notes": TREE + "\nОтветственный;;\nГлавный бухгалтер;;\n",
    "tree, subtotals": TREE.replace("ИП Иванов;3", "Итого по ООО Ромашка;10;15 000,50\nИП Иванов;3"),
    "managers": f"""Менеджер;Сумма
Контрагент;
Регистратор;
Петров;15000,50
ООО Ромашка;15000,50
{D1};5000
{D2};10000,50
Сидоров;3000
ИП Иванов;3000
{D3};3000
Итого;18000,50
""",
    "items": f"""Контрагент;Сумма
Регистратор;
Номенклатура;
ООО Ромашка;15000,50
{D1};5000
Чай;2000
Кофе;3000
{D2};10000,50
Чай;10000,50
ИП Иванов;3000
{D3};3000
Сок;3500
Скидка;-500
Итого;18000,50
""",
    "items without a name": f"""Контрагент;Сумма
ООО Ромашка;15000,50
{D1};5000
Чай;2000
Кофе;3000
{D2};10000,50
Чай;10000,50
ИП Иванов;3000
{D3};3000
Сок;3000
""",
    "items bring the sums": f"""Контрагент;Сумма
Документ;
Номенклатура;
ООО Ромашка;15000,50
{D1};
Чай;2000
Кофе;3000
{D2};
Чай;10000,50
ИП Иванов;3000
{D3};
Чай;3000
""",
    "stairs": f"""Контрагент;Документ;Дата;Сумма
ООО Ромашка;;;15000,50
;{D1};14.03.2024 12:30:00;5000
;{D2};15.03.2024 12:30:00;10000,50
ИП Иванов;;;3000
;{D3};16.03.2024 12:30:00;3000
Итого;;;18000,50
""",
    "stairs, dates in the texts": f"""Контрагент;Документ;Сумма
ООО Ромашка;;15000,50
;{D1};5000
;{D2};10000,50
ИП Иванов;;3000
;{D3};3000
""",
    "stairs, first row": f"""Контрагент;Документ;Сумма
ООО Ромашка;{D1};5000
;{D2};10000,50
ИП Иванов;{D3};3000
Итого;;18000,50
""",
    "stairs, numbers": """Контрагент;Документ;Дата;Сумма
ООО Ромашка;;;15000,50
;УТ-000121;14.03.2024 12:30:00;5000
;УТ-000122;15.03.2024 12:30:00;10000,50
ИП Иванов;;;3000
;УТ-000123;16.03.2024 12:30:00;3000
""",
    "tree, numbers": """Контрагент / Документ;Дата;Сумма
ООО Ромашка;;15000,50
УТ-000121;14.03.2024 12:30:00;5000
УТ-000122;15.03.2024 12:30:00;10000,50
ИП Иванов;;3000
УТ-000123;16.03.2024 12:30:00;3000
Итого;;18000,50
""",
    "stairs with items": f"""Регион;Контрагент;Документ;Номенклатура;Сумма
Пермь;;;;18000,50
;ООО Ромашка;;;15000,50
;;{D1};;5000
;;;Чай;2000
;;;Кофе;3000
;;{D2};;10000,50
;;;Кофе;10000,50
;ИП Иванов;;;3000
;;{D3};;3000
;;;Чай;3000
Итого;;;;18000,50
""",
    "items on the row of the document": f"""Контрагент;Документ;Номенклатура;Сумма
ООО Ромашка;;;15000,50
;{D1};Чай;2000
;;Кофе;3000
;{D2};Кофе;10000,50
ИП Иванов;;;3000
;{D3};Чай;3000
""",
}  # fmt: skip


@pytest.fixture
def orders(rows) -> Callable[[Reading], list]:
    def reader(reading: Reading) -> list:
        found = [(r["order_id"], r["customer_id"], str(r["order_at"]), r["amount"]) for r in rows(reading.clean_path)]
        return sorted(found, key=lambda each: each[2])

    return reader


def told(reading: Reading) -> dict[str, int]:
    return {each.code: each.rows for each in reading.quality.warnings}


def workbook(text: str) -> bytes:
    """The report as a workbook: amounts are numbers."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        cells = [cell or None for cell in row]
        amounts = [
            float(cell.replace(" ", "").replace(",", "."))
            if cell
            and cell[-1].isdigit()
            and place
            and ":" not in cell
            and not cell.startswith("УТ")
            and len(cell) < 12
            else cell
            for place, cell in enumerate(cells)
        ]
        book.active.append(amounts)
    return saved(book)


@pytest.mark.parametrize("make", [lambda text: text.encode("cp1251"), workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(read, orders, shape: str, make: Callable[[str], bytes]) -> None:
    reading = read(make(SHAPES[shape]))
    assert orders(reading) == CLEAN
    n_groups = {"managers": 4, "stairs with items": 3}.get(shape, 2)
    assert told(reading)["grouped_report"] == n_groups
    assert reading.quality.rejected_by_reason == {}


def test_managers_and_regions_stay_with_their_orders(read, rows) -> None:
    assert {row["manager"] for row in rows(read(SHAPES["managers"]).clean_path)} == {"Петров", "Сидоров"}
    assert {row["region"] for row in rows(read(SHAPES["stairs with items"]).clean_path)} == {"Пермь"}


def test_refunds(read, orders) -> None:
    reading = read(
        TREE.replace("ИП Иванов;3;3 000,00", "ИП Иванов;2;2 500,00")
        .replace("Итого", f"{D4};-1;-500,00\nИтого")
        .replace("18 000,50", "17 500,50")
    )
    assert orders(reading) == [*CLEAN, ("УТ-000001", "ИП Иванов", "2024-03-20 00:00:00", Decimal(-500))]
    assert (reading.quality.orders, reading.quality.refunds) == (3, 1)


def test_numbers_that_start_anew_each_year_are_other_documents(read) -> None:
    reading = read("Контрагент;Сумма\nАнна;30\nРеализация 1 от 05.01.2023;10\nРеализация 1 от 05.01.2024;20\n")
    assert (reading.quality.orders, reading.quality.gross) == (2, Decimal(30))


def test_a_flat_list_of_documents_without_a_date_of_their_own(read, orders) -> None:
    reading = read(
        f"Документ;Контрагент;Сумма\n{D1};ООО Ромашка;5000\n{D2};ООО Ромашка;10000,50\n{D3};ИП Иванов;3000\n"
    )
    assert orders(reading) == CLEAN
    assert "grouped_report" not in told(reading)


def test_contacts_of_a_group_row_go_down(read, rows) -> None:
    text = f"Контрагент;ИНН;Телефон;Сумма\nООО Ромашка;5902123456;+7 900 123-45-67;15000,50\n{D1};;;5000\n{D2};;;10000,50\n"
    reading = read(text, columns={"phone": "Телефон", "customer": "ИНН"})
    assert {row["customer_id"] for row in rows(reading.clean_path)} == {"5902123456"}
    assert reading.contacts_path is not None


UNCLEAR = {
    "a group that does not add up": TREE.replace("15 000,50", "15 000,60"),
    "a document is missing": TREE.replace(f"{D1};4;5 000,00\n", ""),
    "the grand total says otherwise": SHAPES["tree without sums of groups"].replace("18 000,50", "18 000"),
    "items that do not add up": SHAPES["items"].replace("Кофе;3000", "Кофе;2999"),
    "two levels, one name": SHAPES["managers"]
    .replace("Контрагент;\nРегистратор;\n", "")
    .replace("Менеджер;", "Контрагент;"),
    "managers without customers": TREE.replace("Контрагент", "Менеджер"),
    "documents before any group": SHAPES["tree, one name"].replace("ООО Ромашка;10;15 000,50\n", ""),
    "stairs that do not add up": SHAPES["stairs"].replace(";10000,50", ";9000,50"),
}


@pytest.mark.parametrize("shape", UNCLEAR)
def test_what_cannot_be_read_for_sure_is_refused(read, shape: str) -> None:
    assert read(UNCLEAR[shape].encode("cp1251")).reasons == ("grouped_report_unclear",)


@pytest.mark.parametrize("error", [False, True])
def test_a_long_report_is_checked_to_its_end(read, error: bool) -> None:
    lines, n, total = ["Контрагент;Сумма"], 0, 0
    for group in range(700):
        amounts = [10 + group + each for each in range(3)]
        total += sum(amounts)
        lines.append(f"Клиент {group:04d};{sum(amounts) + (error and group == 690)}")
        for amount in amounts:
            n += 1
            lines.append(f"Реализация УТ-{n:06d} от {1 + n % 28:02d}.{1 + group % 12:02d}.2024;{amount}")
    reading = read("\n".join([*lines, f"Итого;{total}"]))
    if error:
        assert reading.reasons == ("grouped_report_unclear",)
    else:
        assert (
            reading.quality.orders,
            reading.quality.customers,
            reading.quality.gross,
            told(reading)["grouped_report"],
        ) == (2100, 700, Decimal(total), 700)


ORDINARY = {
    "blanks here and there": "Клиент;Заказ;Дата;Сумма\nАнна;1;01.02.2024;5\n;2;02.02.2024;6\nАнна;3;03.02.2024;7\nБорис;4;01.02.2024;5\nВера;5;;5\n;6;01.02.2024;5\n",
    "documents with customers and dates": f"Дата;Контрагент;Документ;Сумма\n14.03.2024;А;{D1};1\n15.03.2024;Б;{D2};2\n16.03.2024;А;{D3};3\n",
    "comments that look like documents": "Заказ;Дата;Клиент;Сумма;Комментарий\n1;01.02.2024;Анна;5;по договору 7 от 01.01.2024\n2;02.02.2024;Борис;6;\n3;03.02.2024;Анна;7;срочно\n",
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_tables_stay_as_they_are(read, name: str) -> None:
    reading = read(ORDINARY[name])
    assert "grouped_report" not in told(reading)
    assert reading.headers == tuple(ORDINARY[name].split("\n", 1)[0].split(";"))


def test_through_the_real_child(tmp_path: Path, orders) -> None:
    path = tmp_path / "report.xls"
    path.write_bytes(TREE.encode("cp1251"))
    assert orders(read_orders(path, workdir=tmp_path / "work")) == CLEAN
