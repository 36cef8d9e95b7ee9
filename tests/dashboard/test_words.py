"""Every code that `metrics` can speak has words in the dashboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import intake_words, labels, question_words
from metrics.industries import industries
from metrics.intake.contract import CUSTOMER_FIELDS, FIELDS, RULES, Question, Reading, Warned
from metrics.intake.money import parse_money

METRICS = Path(__file__).resolve().parents[2] / "metrics"
SOURCES = "".join(path.read_text("utf-8") for path in METRICS.rglob("*.py"))
REFUSALS = (
    set(re.findall(r"(?:IntakeError|WorkspaceError)\(\s*\"([a-z_]+)\"", SOURCES))
    | set(re.findall(r"reasons=\(\"([a-z_]+)\"", SOURCES))
    | set(re.findall(r"_refused\(job, \"([a-z_]+)\"", SOURCES))
    | {"reader_crashed", "out_of_memory"}
)
FACTS = {"kind": "pdf", "limit_mb": 5, "files": 2, "rows": 1, "columns": 2, "parts": 3, "ratio": 9, "field": "date",
         "column": "x", "cells": 3, "pid": 7}  # fmt: skip


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_is_one_sentence_that_says_what_to_do(code: str):
    sentence = intake_words.refusal(Reading("refused", "x.csv", "", reasons=(code,), facts=FACTS))
    assert sentence.endswith(".")
    assert code not in sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    "code", sorted(set(re.findall(r"Warned\(\s*\"([a-z_]+)\"", SOURCES)) | set(intake_words.REJECTED) | set(RULES))
)
def test_every_warning_is_a_sentence(code: str):
    facts = {"statuses": ["void"], "currencies": ["USD"], "amount": 12.5}
    for rows in (1, 26):
        sentence = intake_words.warning(Warned(code, rows, facts))
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_every_question_and_answer_has_words():
    codes = set(re.findall(r"Question\(\s*\"([a-z_]+)\"", SOURCES)) | {"which_customer", "which_date", "which_amount"}
    for code in codes:
        asked = Question(code, ("a",), {"example": "01/02/2025", "dmy": "2025-02-01", "mdy": "2025-01-02"})
        assert question_words.question(asked).endswith("?")
    asked = Question(
        "day_or_month", ("dmy", "mdy"), {"example": "01/02/2025", "dmy": "2025-02-01", "mdy": "2025-01-02"}
    )
    assert [question_words.answer(asked, option) for option in asked.options] == ["February 1, 2025", "January 2, 2025"]


def test_the_questions_about_orders_and_money_read_well():
    amount = Question("amount_per", ("order", "line"), {"example": "A1", "rows": 3, "order": "30.0000", "line": "90"})
    assert question_words.question(amount) == "Order A1 stands in 3 rows of 30 each. What was it worth in all?"
    assert [question_words.answer(amount, option) for option in amount.options] == ["30", "90"]
    number = Question("same_number", ("one", "another"), {"example": "7", "first": "2024-01-05", "last": "2024-02-05"})
    assert "January 5, 2024" in question_words.question(number)
    column = Question("which_date", ("Paid at", "Day"), {"examples": {"Paid at": "2024-01-05"}})
    assert question_words.answer(column, "Paid at") == "Paid at (such as 2024-01-05)"
    assert question_words.answer(column, "Day") == "Day"
    region = Question("phone_region", ("GB", "DE"), {"example": "02079460958", "GB": "+442079460958", "DE": None})
    assert "such as 02079460958?" in question_words.question(region)
    assert [question_words.answer(region, each) for each in ("GB", "DE")] == [
        "United Kingdom: +442079460958",
        "Germany",
    ]
    sheet = Question("which_sheet", ("A", "B"), {"hidden": ["B"], "examples": {"A": ["1", "x"], "B": ["2", "y"]}})
    assert [question_words.answer(sheet, each) for each in "AB"] == [
        "A (begins with 1, x)",
        "B, hidden (begins with 2, y)",
    ]


@pytest.mark.parametrize(("example", "first"), [("1,234", "the decimals: 1.23"), ("1.234", "the thousands: 1,234")])
def test_the_decimal_mark_is_asked_with_both_amounts(example: str, first: str):
    facts = {"example": example, "comma": parse_money(example, "comma"), "point": parse_money(example, "point")}
    asked = Question("decimal_mark", ("comma", "point"), facts)
    answers = [question_words.answer(asked, option) for option in asked.options]
    assert answers[0] == first
    assert set(answers) == {"the decimals: 1.23", "the thousands: 1,234"}


def test_every_rule_of_who_is_who_has_words():
    assert all(intake_words.rule(code) for code in RULES)


def test_every_field_and_industry_has_a_name():
    fields = {*FIELDS, *CUSTOMER_FIELDS}
    assert len({labels.field(key) for key in fields}) == len(fields)
    assert len({labels.industry(key) for key in industries()}) == len(industries())
    assert all(labels.industry_reason(key).endswith(".") for key in industries())


def test_every_stage_has_words():
    for code in set(re.findall(r"on_progress\(\"([a-z_]+)\"", SOURCES)):
        assert labels.stage(code) != labels.stage("unknown")
