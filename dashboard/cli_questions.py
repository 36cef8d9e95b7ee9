"""The command line's words for what a file leaves open: the question, what each answer means, how to give it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dashboard import question_words
from dashboard.formats import sentences
from dashboard.i18n import _
from metrics.intake.contract import RATE, Question, Reading


def lines(asked: Sequence[Question]) -> list[str]:
    """Every question with its possible answers, then how to answer; nothing for none."""
    told = []
    for question in asked:
        told.append(question_words.question(question))
        told += [f"  {_option(question, option)}" for option in question.options]
    return [*told, _how(asked)] if asked else []


def sentence(reading: Reading) -> str:
    """What a file leaves open and how to answer, in a row."""
    asked = map(question_words.question, reading.questions)
    return f"{reading.file_name}: {sentences(*asked, _how(reading.questions))}"


def _option(question: Question, option: str) -> str:
    said = question_words.answer(question, option)
    return option if said == option else f"{option}: {said}"


def _how(asked: Sequence[Question]) -> str:
    """The answers as `--map` takes them, the first of each question."""
    answers: dict[str, str] = {}
    for question in asked:
        answers[question.code] = question.options[0]
        if question.code == "which_currency":
            others = (code for code in question.facts["currencies"] if code != question.options[0])
            answers |= {f"{RATE}{code}": "1.25" for code in others}
    example = json.dumps({"answers": answers}, ensure_ascii=False)
    return _("Answer in a file for --map, such as {example}").format(example=example)
