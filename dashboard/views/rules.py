"""Thresholds that are not the same for all, side by side with the one."""

from __future__ import annotations

import streamlit as st

from dashboard import labels, story
from dashboard.formats import count, days, money, percent
from dashboard.i18n import _
from dashboard.markdown import escape, say
from dashboard.session import save, settings, workspace
from metrics.grid import LONGEST_THRESHOLD
from metrics.rule import KINDS, NUMBERS, GroupColumn, Rule
from metrics.rule_classes import group_columns, group_values
from metrics.rules import compare, suggested_by_class
from metrics.settings import Settings
from metrics.threshold_results import RuleFigures


def rules_section() -> None:
    """Choose a rule, set it, and see its figures beside those of the one threshold, with which all pages count."""
    st.subheader(_("Not the same days for everybody?"), anchor=False)
    chosen = settings()
    st.markdown(
        say(
            _("This only compares: every page counts with the one number of days chosen above, **{days}**."),
            days=days(chosen.threshold, about=False),
        )
    )
    columns = group_columns(workspace())
    kinds = [kind for kind in KINDS if kind != "group" or columns]
    rule = chosen.rule if chosen.rule.kind in kinds else chosen.rule.model_copy(update={"kind": "one"})
    if st.session_state.get("rule_kind") not in kinds:
        st.session_state["rule_kind"] = rule.kind
    kind = st.segmented_control(
        _("Compare days that depend on"), kinds, format_func=labels.rule_kind, required=True, key="rule_kind"
    )
    kind = kind or rule.kind
    st.caption(escape(labels.rule_meaning(kind)))
    changed = _parameters(chosen, rule.model_copy(update={"kind": kind}), columns)
    if changed != chosen.rule:
        save(rule=changed.model_dump())
    found = compare(workspace(), changed)
    st.markdown(story.rules(found, changed.kind, chosen.currency))
    _table(found, chosen)


def _parameters(chosen: Settings, rule: Rule, columns: tuple[GroupColumn, ...]) -> Rule:
    if rule.kind == "number":
        return _by_number(chosen, rule)
    if rule.kind == "group":
        return _by_group(chosen, rule, columns)
    if rule.kind == "rhythm":
        return _by_rhythm(chosen, rule)
    return rule


def _by_number(chosen: Settings, rule: Rule) -> Rule:
    suggested = suggested_by_class(workspace(), rule)
    values = {}
    for column, number in zip(st.columns(len(NUMBERS)), NUMBERS, strict=True):
        with column:
            values[number] = _days_input(
                labels.order_number(number), rule.by_number.get(number, chosen.threshold), f"rule_number_{number}"
            )
            _suggestion(suggested.get(number))
    return rule.model_copy(update={"by_number": values})


def _by_group(chosen: Settings, rule: Rule, columns: tuple[GroupColumn, ...]) -> Rule:
    held = rule.group_column if rule.group_column in columns else columns[0]
    column = st.selectbox(
        _("Groups by"), columns, index=columns.index(held), format_func=labels.field, key="rule_column"
    )
    rule = rule.model_copy(update={"group_column": column})
    suggested = suggested_by_class(workspace(), rule)
    values = dict(rule.by_group)
    places = st.columns(3)
    for place, (value, customers) in enumerate(group_values(workspace(), column)):
        with places[place % 3]:
            label = _("{group} ({n} customers)").format(group=escape(value[:40]), n=count(customers))
            values[value] = _days_input(label, rule.by_group.get(value, chosen.threshold), f"rule_{column}_{place}")
            _suggestion(suggested.get(value))
    return rule.model_copy(update={"by_group": values})


def _by_rhythm(chosen: Settings, rule: Rule) -> Rule:
    left, middle, right = st.columns(3)
    with left:
        multiplier = st.number_input(
            _("Times the customer's usual gap"), 1.0, 5.0, rule.multiplier, 0.5, format="%.1f", key="rule_multiplier"
        )
    with middle:
        shortest = _days_input(_("At least, days"), rule.shortest, "rule_shortest")
    with right:
        grace = st.number_input(_("Grace, days"), 7, 21, chosen.grace_days, 1, key="rule_grace")
    if grace != chosen.grace_days:
        save(grace_days=grace)
    return rule.model_copy(update={"multiplier": multiplier, "shortest": shortest})


def _days_input(label: str, value: int, key: str) -> int:
    st.session_state.setdefault(key, value)
    return int(st.number_input(label, 1, LONGEST_THRESHOLD, step=1, key=key))


def _suggestion(suggested: int | None) -> None:
    words = _("history too short to suggest") if suggested is None else _("suggested: {n}").format(n=count(suggested))
    st.caption(escape(words))


def _table(found: tuple[RuleFigures, ...], chosen: Settings) -> None:
    rows = [
        {
            _("The days depend on"): _("nothing: used on every page")
            if each.kind == "one"
            else labels.rule_kind(each.kind),
            _("Customers lost"): count(each.lost),
            _("Lost money"): money(each.lost_money, chosen.currency),
            _("Churn rate"): percent(each.churn),
        }
        for each in found
    ]
    st.table(rows, border="horizontal", hide_index=True)
