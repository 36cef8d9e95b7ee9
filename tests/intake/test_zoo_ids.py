"""Order numbers and customers as programs write and spreadsheets spoil them: to the exact key, or to nobody."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from metrics.intake import Reading


def column(header: str, cells: list[str], *, ids: list[str] | None = None) -> str:
    numbers = ids or [str(n) for n in range(1, len(cells) + 1)]
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    rows = [
        f"{number};2011-01-{day:02};{cell};{day}\n"
        for day, (number, cell) in enumerate(zip(numbers, quoted, strict=True), 1)
    ]
    return f"order_id;order_date;{header};amount\n" + "".join(rows)


def customers(rows, reading: Reading) -> list[str]:
    return [row["customer_id"] for row in sorted(rows(reading.clean_path), key=lambda row: row["amount"])]


def order_ids(rows, reading: Reading) -> list[str | None]:
    return [row["order_id"] for row in sorted(rows(reading.clean_path), key=lambda row: row["amount"])]


SAME = {
    "leading zeros": (["00123", "0123", "123"], ["00123", "0123", "123"]),
    "long numbers": (["2000000000017", "2000000000018"], ["2000000000017", "2000000000018"]),
    "floats": (["12362.0", "12363.0", ""], ["12362", "12363"]),
    "floats with two noughts": (["12362.00", "12363.00"], ["12362", "12363"]),
    "floats with a comma": (["12362,0", "12363,0"], ["12362", "12363"]),
    "only some are floats": (["12362.0", "0007"], ["12362.0", "0007"]),
    "blanks of every kind around": ([" C1", "C1 ", "\u00a0C1", "C1\t", "\u200bC1", "C1\ufeff", "\u3000C1"], ["C1"] * 7),
    "formula quotes": (['="00123"', '="00124"', "00123"], ["00123", "00124", "00123"]),
    "formula quotes with blanks": (['= "00123"', '=" 00124 "'], ["00123", "00124"]),
    "apostrophes": (["'00123", "'75008", "75008"], ["00123", "75008", "75008"]),
    "text like a number": (["1E5", "7E+01", "0x10"], ["1E5", "7E+01", "0x10"]),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "keys"), SAME.values(), ids=SAME.keys())
def test_customers(read, rows, cells: list[str], keys: list[str]) -> None:
    assert customers(rows, read(column("customer_id", cells))) == keys


def test_headers_and_totals_say_nothing_about_the_column(read, rows) -> None:
    text = "order_id;order_date;customer_id;amount\n"
    reading = read(text + "1;2011-01-05;12362.0;5\n" + text + "2;2011-01-06;12363.0;6\nИтого;;все клиенты;11\n")
    assert customers(rows, reading) == ["12362", "12363"]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["0001", "000002", "0010"], ["0001", "000002", "0010"]), (["489447.0", "489448.0", "489449.0"], ["489447", "489448", "489449"]), (["489447.0", "", "489449.0"], ["489447", None, "489449"]),
        (['="00001"', '="000002"', '="3"'], ["00001", "000002", "3"]), (["'00001", "'00002", "3"], ["00001", "00002", "3"]), ([" 100001", "100002 ", "\u00a03\t"], ["100001", "100002", "3"]),
        (["№A1", "#1001", "C489449"], ["№A1", "#1001", "C489449"]), (["-", "NULL", "0"], [None, None, None]), (["1001", "1001.5", "1001.0"], ["1001", "1001.5", "1001.0"]),
    ],
)  # fmt: skip
def test_order_ids(read, rows, ids: list[str], expected: list[str | None]) -> None:
    assert order_ids(rows, read(column("customer_id", ["C1", "C2", "C3"], ids=ids))) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        "Anna@Mail.RU",
        " anna@mail.ru ",
        "anna@mail.ru\u00a0",
        "mailto:anna@mail.ru",
        "<anna@mail.ru>",
        "anna@mail.ru,",
        "ANNA@MAIL.RU",
    ],
)
def test_e_mails_in_every_spelling_are_one_customer(read, rows, spelling: str) -> None:
    assert set(customers(rows, read(column("Email", ["anna@mail.ru", spelling, "b@mail.ru"])))) == {
        "anna@mail.ru",
        "b@mail.ru",
    }


@pytest.mark.parametrize(
    "spelling", ["+7 (900) 123-45-67", "8 900 123 45 67", "79001234567", "79001234567.0", "'+79001234567", '="89001234567"', "8(900)123-45-67 доб. 12", "007 900 123 45 67"]
)  # fmt: skip
def test_phones_in_every_spelling_are_one_customer(read, rows, spelling: str) -> None:
    reading = read(column("Телефон", ["+79001234567", spelling, "+7 900 765-43-21"]))
    assert set(customers(rows, reading)) == {"+79001234567", "+79007654321"}


@pytest.mark.parametrize("lost", ["7,90000E+10", "7.9E+10", "7.90012e+10", "8E+10", "7,90012E+10"])
@pytest.mark.parametrize("header", ["Телефон", "customer_id"])
def test_a_number_whose_digits_are_lost_is_nobody(read, rows, header: str, lost: str) -> None:
    reading = read(column(header, ["+79001234567", lost, lost, "+79007654321"]))
    assert len(customers(rows, reading)) == 2
    assert reading.quality.rejected_by_reason == {"phone_digits_lost": 2}
    assert {row["reason"] for row in rows(reading.rejected_path)} == {"phone_digits_lost"}
    assert [told.code for told in reading.quality.warnings] == ["phone_digits_lost"]


def test_where_all_phones_are_lost_the_file_is_refused_for_it(read) -> None:
    reading = read(column("Телефон", ["7,9E+10", "7,9E+10"]))
    assert (reading.reasons, reading.facts["rejected"]) == (("no_usable_rows",), {"phone_digits_lost": 2})


def test_lost_phones_beside_the_customer_are_left_blank_and_told(read, rows) -> None:
    text = "id;date;customer_id;phone;amount\n1;2011-01-05;C1;7,90000E+10;5\n2;2011-01-05;C2;+79001234567;5\n3;2011-01-06;C2;7.9E+10;5\n"
    reading = read(text)
    assert (reading.outcome, reading.quality.orders) == ("ready_with_warnings", 3)
    assert [(row["customer_id"], row["phone"]) for row in rows(reading.contacts_path)] == [
        ("C1", None),
        ("C2", "+79001234567"),
    ]
    assert [(told.code, told.rows, told.facts) for told in reading.quality.warnings] == [
        ("phone_digits_lost", 2, {"column": "phone"})
    ]


@pytest.mark.parametrize(
    "nobody",
    [
        "", " ", "-", "--", "—", "_", ".", "...", "…", "?", "???", "0", "0.0", "0,00", "0000", "00000000", "-1", "NULL", "null", "<null>", "(null)", "\\N", "None", "nil", "nan", "NaN", "N/A", "n/a", "#N/A", "#Н/Д", "#REF!", "#ЗНАЧ!", "NA", "N.A.", "undefined", "unknown",
        "(blank)", "(none)", "(not set)", "not specified", "guest", "Guest checkout", "GUEST USER", "anonymous", "Anonymous customer", "walk-in", "Walk-in customer", "no name", "Cash customer", "'-", "='", "false",
        "Гость", "ГОСТЬ", "Гость (без регистрации)", "Аноним", "Анонимный покупатель", "Розничный покупатель", "Розничный клиент", "Розница", "Частное лицо", "Физическое лицо", "Физлицо", "не указан", "Клиент не указан", "Неизвестно", "нет", "Нет данных", "н/д", "Без карты", "Покупатель", "Прочие",
        "游客", "匿名", "匿名用户", "匿名买家", "散客", "零售客户", "未知", "无", "空", "未注册", "非会员", "Итого", "Total:", "合计",
    ],
)  # fmt: skip
def test_nobody(read, rows, nobody: str) -> None:
    reading = read(column("customer_id", ["C1", nobody, nobody, "C2"]))
    assert customers(rows, reading) == ["C1", "C2"]
    (told,) = reading.quality.warnings
    assert told.rows == 2
    assert told.code == "total_row" or (told.code, told.facts) == ("no_customer", {"amount": Decimal(5)})
