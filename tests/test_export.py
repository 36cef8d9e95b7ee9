"""Files that leave the program are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from metrics.export import csv_for_people, spreadsheet_safe
from tests.factories import shared_data


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", " =1", "\t=1", "＝1+1", "|x", "%0A=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str):
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.50", "+7 900", "1,234.50", "-1 234,56", "12%", "Ann", "", "a=b", "№A1"])
def test_numbers_and_plain_text_stay_as_they_are(text: str):
    assert spreadsheet_safe(text) == text


def test_every_known_payload_is_neutralised():
    for payload in (shared_data() / "dirty" / "csv-injection" / "payloads.txt").read_text("utf-8").splitlines():
        written = csv_for_people(["name"], [[payload]]).decode("utf-8-sig")
        ((_,), (cell,)) = csv.reader(StringIO(written))
        assert cell.lstrip("'") == payload.lstrip("'")
        assert not cell.startswith(("=", "+", "-", "@", "|", "%"))
