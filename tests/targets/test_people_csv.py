"""CSV for people: nothing in it runs, everything in it is still there."""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import duckdb
import pytest

from metrics.targets.people_csv import Cell, write_people_csv
from metrics.targets.safe_text import (
    DANGEROUS,
    DANGEROUS_STARTS,
    LEADING_BLANKS,
    NUMBER,
    is_dangerous,
    spreadsheet_safe,
)
from tests.targets.people import GOLDEN, NUMBERS, PEOPLE, payloads

SIGNS = tuple("=+-@|%\t\r\n\0")


def written(header: list[str], rows: list[list[Cell]], separator: str = ",", decimal: str = ".") -> bytes:
    sink = BytesIO()
    assert write_people_csv(sink, header, rows, separator=separator, decimal=decimal) == len(rows)
    return sink.getvalue()


def test_the_file_of_the_made_up_people():
    header = ["=Customer", "Name", "E-mail", "Phone", "Last order", "Orders", "Yearly value", "Bought"]
    rows: list[list[Cell]] = [
        [p.customer_id, p.name, p.email, p.phone, p.last_order_on, p.orders, p.yearly_value, p.tag] for p in PEOPLE
    ]
    assert written(header, rows, ";", ",") == (GOLDEN / "people.csv").read_bytes()


def test_every_payload_in_every_text_column_is_neutral_and_intact():
    texts = payloads()
    file = written(["a", "b", "=c"], [[text, 1, text] for text in texts])
    assert file.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(file.decode("utf-8-sig"), newline=""))
    assert header == ["a", "b", "'=c"]
    assert [number for _, number, _ in rows] == ["1"] * len(texts)
    for text, (first, _, last) in zip(texts, rows, strict=True):
        assert first == last
        assert first in {text, f"'{text}"}
        seen = unicodedata.normalize("NFKC", first.strip(" \u200b\ufeff"))
        assert not seen.startswith(SIGNS) or seen.strip("+-%0123456789., ") == ""


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_phones_stay_untouched(text: str):
    assert spreadsheet_safe(text) == text


def test_every_field_is_quoted_and_typed_values_are_whole():
    rows: list[list[Cell]] = [
        [-12.5, Decimal("-1234.50"), 1e21, date(2025, 3, 1), datetime(2025, 3, 1, 9, 5), None, True, float("nan"), -7]
    ]
    file = written(list("abcdefghi"), rows, ";", ",").decode("utf-8-sig")
    assert file.splitlines()[1] == (
        '"-12,5";"-1234,50";"1000000000000000000000";"2025-03-01";"2025-03-01 09:05:00";"";"1";"";"-7"'
    )


def test_the_signs_are_all_that_unicode_knows():
    def found(is_one: Callable[[str], bool]) -> set[str]:
        every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
        return {c for c in every if is_one(c)}

    assert found(lambda c: unicodedata.normalize("NFKC", c).startswith(SIGNS)) == DANGEROUS_STARTS
    blanks = {"Zs", "Zl", "Zp", "Cc", "Cf"}
    assert found(lambda c: unicodedata.category(c) in blanks) - set("\t\r\n\0") == LEADING_BLANKS


def test_sql_finds_the_same_texts_dangerous():
    texts = [*payloads(), *NUMBERS, *(f"{c}1" for c in sorted(DANGEROUS_STARTS | LEADING_BLANKS)), "Ann", "a=b"]
    question = "select regexp_matches($text, $dangerous) and not regexp_full_match($text, $number)"
    with duckdb.connect() as connection:
        for text in texts:
            asked = connection.execute(question, {"text": text, "dangerous": DANGEROUS, "number": NUMBER}).fetchone()
            assert asked == (is_dangerous(text),), ascii(text)
