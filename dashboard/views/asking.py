"""What a file leaves open, asked with examples from it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import question_words
from dashboard.components import table
from dashboard.formats import count
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from metrics.intake.contract import RATE, ColumnMap, Question, Reading


def ask(reading: Reading, before: ColumnMap | None) -> ColumnMap | None:
    """Ask what a reading, made with the choices `before`, leaves open; the choices with the answers once given."""
    n = len(reading.questions)
    st.markdown(ngettext("The file leaves one thing open:", "The file leaves {n} things open:", n).format(n=count(n)))
    with st.form("questions"):
        answers: dict[str, str | None] = {}
        for question in reading.questions:
            answers[question.code] = _choice(question)
            answers |= _rates(question)
        _head_of_file(reading)
        again = st.form_submit_button(_("Go on"), type="primary")
    if not again:
        return None
    if any(answers[question.code] is None for question in reading.questions):
        st.warning(_("Please answer first."))
        return None
    held = before or ColumnMap()
    given = {**held.answers, **{code: answer for code, answer in answers.items() if answer}}
    if any(question.code == "which_sheet" for question in reading.questions):
        return held.but(answers=given, columns={})  # the columns chosen so far are another sheet's
    return held.but(answers=given)


def _choice(question: Question) -> str | None:
    text = escape(question_words.question(question))
    if len(question.options) == 1:
        st.markdown(text)
        return question.options[0]
    return st.radio(
        text, question.options, index=None, format_func=partial(_answer, question), key=f"answer_{question.code}"
    )


def _answer(asked: Question, option: str) -> str:
    return escape(question_words.answer(asked, option))


def _rates(question: Question) -> dict[str, str | None]:
    """What the other currencies are worth, for amounts in several; left empty, their rows are left out."""
    if question.code != "which_currency":
        return {}
    own = question.facts.get("own")
    if own is None:
        st.caption(_("To count the other currencies as well, say what one unit of each is worth in the chosen one."))
    answers: dict[str, str | None] = {}
    for code in question.facts["currencies"]:
        label = f"1 {code} =" if own is None else _("1 {code} in {own}").format(code=code, own=own)
        answers[f"{RATE}{code}"] = st.text_input(escape(label), key=f"rate_{code}", width=200).strip() or None
    return answers


def _head_of_file(reading: Reading) -> None:
    if reading.samples:
        st.caption(_("The file begins like this:"))
        table([dict(zip(reading.headers, row, strict=False)) for row in reading.samples[:5]], "head")
