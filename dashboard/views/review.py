"""What reading a file came to: the questions it leaves, the account of its rows, the columns to correct."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import intake_words as words
from dashboard import labels
from dashboard.downloads import rejected_rows
from dashboard.formats import count, listing, percent
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import settings
from dashboard.views import headline
from dashboard.views.asking import ask
from metrics.intake.contract import (
    CONTACT_NEEDED,
    CUSTOMER_FIELDS,
    FIELDS,
    NEEDED,
    RULES,
    ColumnMap,
    Quality,
    Reading,
)
from metrics.intake.presets import preset_title


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person decided in this run: read again (with `mapping`, or afresh), give the file up, add it (with all
    the others that raise no question)."""

    mapping: ColumnMap | None = None
    is_afresh: bool = False
    dropped: bool = False
    taken: bool = False
    taken_with_rest: bool = False


def review(reading: Reading, before: ColumnMap | None, *, n_more: int = 0) -> Choice:
    """Show a reading, made with the choices `before`, and return what the person decided; `n_more` files wait."""
    st.subheader(escape(reading.file_name), anchor=False)
    if reading.preset is not None and reading.outcome != "refused":
        st.caption(escape(_("Recognised: {export}").format(export=preset_title(reading.preset))))
    if reading.outcome == "refused":
        return _refused(reading, before)
    if reading.outcome == "ask" or reading.quality is None:
        return _asked(reading, before)
    return _ready(reading, reading.quality, before, n_more)


def _refused(reading: Reading, before: ColumnMap | None) -> Choice:
    st.error(escape(words.refusal(reading)))
    st.caption(_("Nothing was changed: what was loaded before is still there."))
    dropped = st.button(_("Choose another file"), type="primary")
    return Choice(mapping=_columns(reading, before) if reading.headers else None, dropped=dropped)


def _asked(reading: Reading, before: ColumnMap | None) -> Choice:
    answered = ask(reading, before)
    if answered is not None:
        return Choice(mapping=answered)
    mapping = _columns(reading, before) or _other_kind(reading, before)
    return Choice(mapping=mapping, dropped=mapping is None and st.button(_("Choose another file")))


def _ready(reading: Reading, quality: Quality, before: ColumnMap | None, n_more: int) -> Choice:
    is_people = reading.kind == "customers"
    if is_people:
        headline.of_people(reading)
    else:
        headline.of_orders(quality)
    can_take = is_people or headline.is_of_use(quality)
    with st.container(horizontal=True):
        of_people = _("Add these answers") if headline.is_survey(reading) else _("Add these contacts")
        take = can_take and st.button(of_people if is_people else _("Add these orders"), type="primary")
        rest = can_take and bool(n_more) and st.button(
            ngettext("Add these and the next file", "Add these and the next {n} files", n_more).format(n=count(n_more)),
            help=_("A file that raises a question is still shown to you."),
        )  # fmt: skip
        drop = st.button(_("Skip this file") if n_more else _("Choose another file"))
    afresh = _remembered(reading)
    for warning in quality.warnings:
        if warning.code not in {*RULES, "no_orders"}:
            st.markdown("- " + escape(words.warning(warning)))
    rules = _who_is_who(quality, before)
    if not reading.has_order_ids and not is_people:
        st.markdown("- " + _("The file has no order numbers: loaded again, equal rows (customer, time, amount) are "
                             "recognised and not doubled."))  # fmt: skip
    _account(reading, quality)
    mapping = _columns(reading, before) or rules or _other_kind(reading, before)
    return Choice(mapping=mapping, is_afresh=afresh, dropped=drop, taken=take, taken_with_rest=rest)


def _remembered(reading: Reading) -> bool:
    """Say that the file was read as one like it before; whether the person wants to be asked again."""
    if not reading.is_remembered:
        return False
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("Read with the choices that you made for a file with the same columns."))
        return st.button(_("Forget them for this file"), type="tertiary")


def _who_is_who(quality: Quality, before: ColumnMap | None) -> ColumnMap | None:
    """The rules that make several spellings one customer, each with a switch; the mapping once one was switched."""
    touched = [warning for warning in quality.warnings if warning.code in RULES]
    if not touched:
        return None
    with st.expander(_("Who is who"), expanded=True):
        chosen = {}
        for warning in touched:
            is_on = bool(warning.facts.get("on"))
            chosen[warning.code] = st.toggle(words.rule(warning.code), value=is_on, key=f"rule_{warning.code}_{is_on}")
            st.caption(escape(words.warning(warning)))
    if all(chosen[warning.code] == bool(warning.facts.get("on")) for warning in touched):
        return None
    held = before or ColumnMap()
    return held.but(rules={**held.rules, **chosen})


def _account(reading: Reading, quality: Quality) -> None:
    account = quality.account(count_zero_orders=settings().count_zero_orders)
    with st.expander(_("Every row accounted for"), expanded=bool(quality.rows_rejected)):
        _two_columns(_("Rows"), _("Number"), {words.account_line(key): value for key, value in account.items()})
        if quality.rejected_by_reason:
            reasons = {words.reject_reason(code): rows for code, rows in quality.rejected_by_reason.items()}
            _two_columns(_("Left out because"), _("Rows"), reasons)
        if reading.rejected_path is not None and quality.rows_rejected:
            rejected_rows(reading.rejected_path, quality.rows_rejected)


def _two_columns(left: str, right: str, rows: dict[str, int]) -> None:
    st.table(
        [{left: name, right: count(number)} for name, number in rows.items()], border="horizontal", hide_index=True
    )


def _other_kind(reading: Reading, before: ColumnMap | None) -> ColumnMap | None:
    """A button for a file that was taken for orders, or for customers, and is none; the mapping once it was pressed."""
    if any(question.code == "file_kind" for question in reading.questions):
        return None
    is_people = reading.kind == "customers"
    if not st.button(
        _("These are orders, not customers") if is_people else _("These are customers, not orders"), type="tertiary"
    ):
        return None
    held = before or ColumnMap()
    answers = {code: said for code, said in held.answers.items() if code == "which_sheet"}
    return held.but(kind="orders" if is_people else "customers", columns={}, answers=answers)


def _columns(reading: Reading, before: ColumnMap | None) -> ColumnMap | None:
    is_people = reading.kind == "customers"
    found = {field: choice.source for field, choice in reading.columns.items()}
    needed = CONTACT_NEEDED if is_people else NEEDED
    optional = [field for field in (CUSTOMER_FIELDS if is_people else FIELDS) if field not in needed]
    groups = {
        _("One of these is needed") if is_people else _("Needed"): list(needed),
        _("Also found"): [field for field in optional if field in found],
        _("Not found"): [field for field in optional if field not in found],
    }
    chosen: dict[str, str | None] = {}
    unclear = any(question.code.removeprefix("which_") in NEEDED for question in reading.questions)
    with st.expander(_("Which column is what"), expanded=unclear), st.form("columns", border=False):
        for title, fields in groups.items():
            if fields:
                st.caption(title)
            for column, field in zip(_grid(len(fields)), fields, strict=True):
                with column:
                    chosen[field] = _column_of(reading, field)
        if not st.form_submit_button(_("Read the file again with these columns")):
            return None
    changed = {field: source for field, source in chosen.items() if source != found.get(field)}
    held = before or ColumnMap()
    return held.but(columns={**found, **changed}, kind=reading.kind if is_people else held.kind)


def _column_of(reading: Reading, field: str) -> str | None:
    nothing = _("not in the file")
    held = reading.columns.get(field)
    answer = st.selectbox(
        labels.field(field),
        [nothing, *reading.headers],
        index=1 + reading.headers.index(held.source) if held and held.source in reading.headers else 0,
        key=f"column_{field}",
    )
    if held is not None:
        st.caption(_evidence(held.confidence, held.examples))
    return None if answer == nothing else answer


def _grid(n: int) -> list[st.delta_generator.DeltaGenerator]:
    cells: list[st.delta_generator.DeltaGenerator] = []
    while len(cells) < n:
        cells.extend(st.columns(3))
    return cells[:n]


def _evidence(confidence: float, examples: tuple[str, ...]) -> str:
    sure = escape(_("sure to {share}").format(share=percent(confidence)))
    return f"{sure} · {escape(listing(examples[:2]))}" if examples else sure
