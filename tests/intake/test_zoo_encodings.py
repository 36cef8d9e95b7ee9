"""Texts in every encoding, line end and wrapping that shops' programs write: always the same three orders."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from metrics.intake import Reading

RUSSIAN = """Номер заказа;Дата;Код клиента;Клиент;Сумма
1;05.01.2011 10:00;C1;Ёлочный мир;1234,50
2;06.01.2011 11:00;C2;ООО Щит;7,25
3;07.01.2011 12:00;C1;Ёлочный мир;3,00
"""
WESTERN = """order_id;date;customer_id;customer_name;total
1;2011-01-05 10:00;C1;Café Zoë;1234,50
2;2011-01-06 11:00;C2;Müller & Söhne;7,25
3;2011-01-07 12:00;C1;Café Zoë;3,00
"""
CHINESE = """订单编号,订单付款时间,客户编号,客户姓名,实付金额
1,2011-01-05 10:00,C1,张伟,1234.50
2,2011-01-06 11:00,C2,王芳,7.25
3,2011-01-07 12:00,C1,张伟,3.00
"""
TRADITIONAL = "訂單編號,日期,客戶編號,客戶姓名,金額\n1,2011-01-05 10:00,C1,張偉,1234.50\n"
PLAIN = "order_id,date,customer_id,amount\n1,2011-01-05 10:00,C1,1234.50\n2,2011-01-06 11:00,C2,7.25\n3,2011-01-07 12:00,C1,3.00\n"
THREE = [
    ("1", "C1", "2011-01-05 10:00:00", "1234.5000"),
    ("2", "C2", "2011-01-06 11:00:00", "7.2500"),
    ("3", "C1", "2011-01-07 12:00:00", "3.0000"),
]


def table(rows, reading: Reading) -> list[tuple[str, ...]]:
    return [(r["order_id"], r["customer_id"], str(r["order_at"]), str(r["amount"])) for r in rows(reading.clean_path)]


@pytest.mark.parametrize(
    ("text", "codec", "names"),
    [
        *((RUSSIAN, codec, ["Ёлочный мир", "ООО Щит"]) for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")),
        *((WESTERN, codec, ["Café Zoë", "Müller & Söhne"]) for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "iso8859-15")),
        *((CHINESE, codec, ["张伟", "王芳"]) for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(read, rows, text: str, codec: str, names: list[str], line_end: str) -> None:
    reading = read(text.replace("\n", line_end).encode(codec))
    assert (reading.outcome, table(rows, reading)) == ("ready", THREE)
    assert sorted(row["name"] for row in rows(reading.contacts_path)) == names


def test_a_traditional_chinese_header_can_be_read(read) -> None:
    assert read(TRADITIONAL.encode("big5")).headers == ("訂單編號", "日期", "客戶編號", "客戶姓名", "金額")


@pytest.mark.parametrize("broken", [b"\xff", b"\xc0", b"\xd0", b"\xe2\x82"])
@pytest.mark.parametrize("text", [RUSSIAN, WESTERN])
def test_broken_bytes_in_sound_utf_8_cost_their_letters_only(read, rows, text: str, broken: bytes) -> None:
    damaged = text.encode().replace("ООО".encode(), "ОО".encode() + broken).replace("Müller".encode(), b"M" + broken)
    reading = read(damaged)
    assert table(rows, reading) == THREE
    assert [(told.code, told.rows) for told in reading.quality.warnings] == [("bad_characters", 1)]


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN.replace("\n", "\r\n", 2), RUSSIAN.replace("\n", "\r", 2), RUSSIAN.replace("\n", "\r\n", 1).replace("11:00;C2;ООО Щит;7,25\n", "11:00;C2;ООО Щит;7,25\r"),
        RUSSIAN.replace("\n", "\r\r\n"), RUSSIAN.replace("\n", "\n\n"), RUSSIAN.rstrip("\n"), RUSSIAN + "\n\n\n", "\n\n" + RUSSIAN,
    ],
    ids=["crlf then lf", "cr then lf", "all three", "cr cr lf", "blank lines between", "no last line end", "blank lines below", "blank lines above"],
)  # fmt: skip
def test_line_ends_of_every_kind(read, rows, text: str) -> None:
    reading = read(text)
    assert (reading.outcome, table(rows, reading)) == ("ready", THREE)


@pytest.mark.parametrize("declared", ["sep=;\n", "sep=;\r\n", "SEP=;\n", '"sep=;"\n', "\ufeffsep=;\n", "sep=;;;;\n"])
def test_a_declared_delimiter(read, rows, declared: str) -> None:
    reading = read(declared + RUSSIAN)
    assert (reading.outcome, table(rows, reading)) == ("ready", THREE)
    assert reading.headers == ("Номер заказа", "Дата", "Код клиента", "Клиент", "Сумма")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_delimiters_declared_or_not(read, rows, delimiter: str) -> None:
    text = PLAIN.replace(",", delimiter)
    for content in (text, f"sep={delimiter}\n{text}"):
        assert table(rows, read(content)) == THREE


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines()),
        "\n".join(",".join(f"'{cell}'" for cell in line.split(",")) for line in PLAIN.splitlines()),
        PLAIN.replace(",", ", "), PLAIN.replace("\n", ",\n"), PLAIN.replace("\n", ",,,\n"), PLAIN.replace("\n1,", ",\n1,"), PLAIN.replace(",", "||").replace("||", "|"),
        "".join(f",{line}\n" for line in PLAIN.splitlines()), "".join(f"{n or ''},{line}\n" for n, line in enumerate(PLAIN.splitlines())), PLAIN.upper(), PLAIN + "\x1a",
    ],
    ids=[
        "all quoted", "single quotes", "blanks after commas", "a comma at each end", "three commas at each end", "a comma at the header's end", "bars", "a comma at each start", "row numbers", "capitals", "Ctrl-Z",
    ],
)  # fmt: skip
def test_wrappings_of_a_plain_table(read, rows, text: str) -> None:
    reading = read(text)
    assert table(rows, reading) == THREE
    assert reading.quality.rows_rejected <= text.endswith("\x1a")


def test_quotes_behind_backslashes(read, rows) -> None:
    text = 'id,date,customer_id,customer_name,amount\n1,2011-01-05,C1,"Anna \\"A\\" Li",5.5\n2,2011-01-06,C2,"x, \\"y\\", z",6.5\n3,2011-01-07,C3,"",7\n'
    reading = read(text)
    assert (reading.quality.orders, reading.quality.rows_rejected, str(reading.quality.gross)) == (3, 0, "19.0000")
    assert [row["name"] for row in rows(reading.contacts_path)] == ['Anna "A" Li', 'x, "y", z', None]


def test_line_breaks_inside_quotes(read, rows) -> None:
    text = 'id,"order\ndate",customer_id,note,amount\n1,2011-01-05,C1,"a\nb",5.5\n2,2011-01-06,C2,"a\r\nb, ""c""\n\nd",6.5\n3,2011-01-07,C3,x,7\n'
    reading = read(text)
    assert reading.headers[1] == "order date"
    assert [(row[0], row[1], row[3]) for row in table(rows, reading)] == [
        ("1", "C1", "5.5000"),
        ("2", "C2", "6.5000"),
        ("3", "C3", "7.0000"),
    ]
