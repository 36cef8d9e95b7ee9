"""When is a customer lost?"""

from __future__ import annotations

import streamlit as st

from dashboard import charts, labels, story, story_past
from dashboard.charts import Mark
from dashboard.components import Card, cards, chart, explain, head, onward
from dashboard.formats import count, days, money, money_compact, percent
from dashboard.i18n import _
from dashboard.markdown import escape
from dashboard.session import colours, save, seed, settings, workspace
from dashboard.views.presets import industry_name, industry_reason, presets_section
from dashboard.views.rules import rules_section
from dashboard.views.threshold_past import past_section
from dashboard.views.threshold_suggested import suggestion, suggestion_marks, suggestion_section
from metrics.choice import chances_missing, meaning
from metrics.industries import benchmark
from metrics.results import LostMoney, Now, ThresholdChurn
from metrics.retention import now
from metrics.returns import Group, gap_percentiles, return_curves
from metrics.settings import Settings
from metrics.threshold import churn_by_threshold, churn_curve
from metrics.threshold_results import ChoiceMeaning, Suggested
from metrics.value import lost_money


def page() -> None:
    """The industry's days, the slider, and at once what a choice means."""
    held, chosen = workspace(), settings()
    days_chosen = chosen.threshold
    standing = now(held, days_chosen)
    if standing is None:
        return
    lost, means = lost_money(held, days_chosen), meaning(held, days_chosen)
    usual = churn_by_threshold(held, [days_chosen])[0]
    head(_("When is a customer lost?"), story.threshold(standing, lost, means, chosen.currency))
    _controls(chosen)
    cards([*_cards(standing, lost, usual, means, chosen)])
    suggested = suggestion()
    _return_curve(chosen, suggested, means)
    suggestion_section(suggested)
    rules_section()
    _churn_curve(chosen)
    past_section()
    presets_section()
    onward([("money", _("See what these customers cost you"))], back=_("Back to the overview"))


def _return_curve(chosen: Settings, suggested: Suggested, means: ChoiceMeaning | None) -> None:
    held = workspace()
    percentiles = gap_percentiles(held)
    marks = [Mark(chosen.threshold, _("your choice: {n}").format(n=days(chosen.threshold, about=False)), strong=True)]
    if chosen.preset.lost_after_days != chosen.threshold:
        marks.append(Mark(chosen.preset.lost_after_days, _("usual in your industry")))
    marks += suggestion_marks(suggested)
    if percentiles is not None:
        marks += [Mark(percentiles.p80, _("80% of gaps")), Mark(percentiles.p90, _("90%"))]
    names: dict[Group, str] = {
        "1": _("1st order"),
        "2": _("2nd"),
        "3": _("3rd"),
        "4+": _("4th and later"),
    }
    chart(charts.return_curve(return_curves(held), marks, names, colours()), "returns")
    st.caption(
        _("Share of customers who ordered again, by days since their 1st, 2nd, 3rd or a later order, with 95% bands. "
          "A line ends where the history is too short. The marks at 80% and 90% of gaps leave out who never came back: "
          "good to see who falls asleep, too short to call somebody lost.")
    )  # fmt: skip
    st.caption(_("Predictions count each customer once, this picture each gap: frequent buyers own most gaps."))
    if means is not None and means.late_returns is not None and means.delay_days is not None:
        st.caption(
            escape(
                _("With your choice {share} of all returns come from customers already called lost, "
                  "and you notice a loss {days} after the usual next order.").format(
                    share=percent(means.late_returns), days=days(means.delay_days, about=False))
            )
        )  # fmt: skip


def _churn_curve(chosen: Settings) -> None:
    st.subheader(_("What your churn rate would be"), anchor=False)
    curve = churn_curve(workspace(), *_range(chosen))
    chart(
        charts.churn_by_threshold(
            curve, chosen.threshold, chosen.preset.lost_after_days, benchmark(chosen.kind), colours()
        ),
        "curve",
    )
    st.caption(
        _("Each point: your usual monthly churn if customers counted as lost after that many days. "
          "The line is the benchmark: {share} a month for {kind}, measured by Recurly.").format(
            share=percent(benchmark(chosen.kind)), kind=labels.kind(chosen.kind))
    )  # fmt: skip


def _controls(chosen: Settings) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.selectbox(
            _("Your business"),
            list(chosen.industries),
            key=seed("industry", chosen.industry),
            format_func=industry_name,
            on_change=_take_industry,
        )
        st.caption(escape(industry_reason(chosen.industry)))
    with right:
        shortest, longest = _range(chosen)
        st.slider(
            _("Lost after so many days without an order"),
            shortest,
            longest,
            key=seed("lost_after", chosen.threshold),
            on_change=lambda: save(lost_after_days=st.session_state["lost_after"]),
        )
        st.caption(
            escape(_("Usual here: {preset}; sensible between {shortest} and {longest}.").format(
                preset=days(chosen.preset.lost_after_days),
                shortest=count(chosen.preset.shortest),
                longest=days(chosen.preset.longest, about=False)))
        )  # fmt: skip


def _take_industry() -> None:
    save(industry=st.session_state["industry"], lost_after_days=None)
    st.session_state["lost_after"] = settings().threshold


def _range(chosen: Settings) -> tuple[int, int]:
    preset = chosen.preset
    return min(preset.shortest, chosen.threshold), max(preset.longest, chosen.threshold)


def _cards(
    standing: Now, lost: LostMoney, usual: ThresholdChurn, means: ChoiceMeaning | None, chosen: Settings
) -> list[Card]:
    missing = chances_missing(workspace(), chosen.threshold)
    currency = chosen.currency
    share = standing.lost / standing.known if standing.known else None
    return [
        Card(
            label=_("Customers lost"),
            value=count(standing.lost),
            note=_("{share} of all {known}").format(share=percent(share), known=count(standing.known)),
            help=explain(
                formula=_("Customers whose last order is more than the chosen days before the last day of the data."),
                behind=escape(_("{active} are active.").format(active=count(standing.active))),
            ),
        ),
        Card(
            label=_("Lost money a year"),
            value=money_compact(lost.revenue, currency),
            note=_("lost in the last 12 months; {money} of all ever lost").format(
                money=money_compact(lost.all_revenue, currency)
            ),
            help=explain(
                formula=_("What these customers had bought in the year before their last order, less refunds."),
                behind=escape(
                    _("{n} customers, {money}.").format(n=count(lost.customers), money=money(lost.revenue, currency))
                ),
            ),
        ),
        Card(
            label=_("Churn in a usual month"),
            value=percent(usual.churn),
            note=_("benchmark {share}").format(share=percent(benchmark(chosen.kind))),
            help=explain(
                formula=_("The median of your last 12 whole months with enough history before them."),
                behind=_("Months behind it: {n}.").format(n=count(usual.months)),
            ),
        ),
        Card(
            label=_("Come back anyway"),
            value=percent(means.come_back_anyway if means else None),
            note=_("within half a year of being called lost")
            if missing is None
            else story_past.chances_missing(missing, chosen.threshold),
            help=explain(
                formula=_(
                    "By your return curve: the chance of an order in the 180 days after the chosen number of days, "
                    "for each number of orders, weighted with the customers lost now."
                ),
                behind=_(
                    "For each number of orders it takes 30 gaps that long: the chosen days and half a year more. "
                    "Without that for nine in ten of the lost there is no figure."
                ),
            ),
        ),
    ]
