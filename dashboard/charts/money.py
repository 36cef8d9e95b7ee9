"""Money by age of the loss, by customer, and by cohort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dashboard.charts.frame import (
    SMALL,
    Chart,
    Json,
    below,
    empty,
    figure,
    label,
    plain,
    shorten,
    two_lines,
    value_axis,
)
from dashboard.charts.periods import time_axis
from dashboard.formats import count, date_short, days, money, money_compact, month_and_year, month_name, months, percent
from dashboard.i18n import _, ngettext
from dashboard.palette import Palette, fade
from metrics.results import CohortMargin, LostCustomer, LostMonth
from metrics.settings import Window

_AGES = (3, 6, 12, 24)  # months; the last group is everything older
_TOP = 10
_COHORTS = 24
_NAME = 27


def _age_names() -> list[str]:
    return [
        _("under 3<br>months"), _("3–6<br>months"), _("6–12<br>months"), _("1–2<br>years"), _("over<br>2 years"),
    ]  # fmt: skip


def _group(month: date, as_of: date) -> int:
    age = (as_of.year - month.year) * 12 + as_of.month - month.month
    return sum(age >= bound for bound in _AGES)


def _tight(text: str, bars: int) -> str:
    return two_lines(text) if bars > 3 and len(text) > 8 else text


def lost_by_age(
    months: Sequence[LostMonth], as_of: date, currency: str | None, palette: Palette, *, window: Window = "ever"
) -> Chart:
    """The yearly value of the lost customers by how long ago they were lost, in calendar months before `as_of`.

    No group is older than the oldest loss, nor, with the window `year`, than a year.
    """
    latest = len(_AGES) if window == "ever" else _AGES.index(12)
    groups = [min(_group(one.month, as_of), latest) for one in months]
    names = _age_names()[: max(groups, default=0) + 1]
    sums, customers = [Decimal(0)] * len(names), [0] * len(names)
    for one, group in zip(months, groups, strict=True):
        sums[group] += one.revenue
        customers[group] += one.customers
    total = sum(sums, Decimal(0))
    if total <= 0:
        return empty(palette)
    many = [ngettext("{n} customer", "{n} customers", n).format(n=count(n)) for n in customers]
    hover = [
        _("lost {age} ago<br>{money}, {share} of all<br>{customers}").format(
            age=name.replace("<br>", " "), money=money(sums[at], currency), share=percent(sums[at] / total),
            customers=many[at],
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    bars = {
        "type": "bar", "x": list(range(len(names))), "y": [float(one) for one in sums], "customdata": hover,
        "marker": {"color": palette.lost, "cornerradius": 3}, "hovertemplate": "%{customdata}<extra></extra>",
        "text": [f"<b>{_tight(money_compact(one, currency), len(names))}</b>" if one else "" for one in sums],
        "textposition": "outside", "constraintext": "none",
        "textfont": {"color": palette.text, "size": 13 if len(names) < len(_AGES) else SMALL}, "cliponaxis": False,
        "width": [min(0.72, 0.16 * len(names) + 0.1)] * len(names),
    }  # fmt: skip
    fig = figure(
        palette, [bars], height=300,
        xaxis={"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names,
               "range": [-0.6, len(names) - 0.4]},
        yaxis={**value_axis(0, float(max(sums)) * 1.22, lambda _at: ""), "showgrid": False},
    )  # fmt: skip
    biggest = max(range(len(names)), key=lambda at: sums[at])
    alt = _("The largest part of the lost money, {money} of {total}, went with customers lost {age} ago.").format(
        money=money(sums[biggest], currency), total=money(total, currency), age=names[biggest].replace("<br>", " ")
    )
    return Chart(fig, alt)


def top_lost(customers: Sequence[LostCustomer], currency: str | None, palette: Palette) -> Chart:
    """The lost customers with the highest yearly value, at most ten, the first on top."""
    top = sorted(customers, key=lambda one: one.yearly_value, reverse=True)[:_TOP]
    if not top or top[0].yearly_value <= 0:
        return empty(palette)
    names = [one.name or one.customer_id for one in top]
    values = [float(one.yearly_value) for one in top]
    hover = [
        _("{name}<br>{money} a year, {orders}<br>last order {date}<br>silent for {days}").format(
            name=plain(shorten(name, 44)), money=money(one.yearly_value, currency), date=date_short(one.last_order_on),
            orders=ngettext("{n} order", "{n} orders", one.orders).format(n=count(one.orders)),
            days=days(one.silence, about=False),
        )
        for one, name in zip(top, names, strict=True)
    ]  # fmt: skip
    bar = {"type": "bar", "orientation": "h", "y": list(range(len(top)))}
    bars = {
        **bar, "x": values, "width": 0.3, "hoverinfo": "skip",
        "marker": {"color": palette.lost, "cornerradius": 3},
    }  # fmt: skip
    # The bars are thin: the whole row, name and all, answers to the pointer.
    rows = {
        **bar, "x": [values[0]] * len(top), "width": 0.95, "customdata": hover,
        "marker": {"color": "rgba(0,0,0,0)"}, "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    # The names stand above the bars: beside them they would leave no room for bars on a phone.
    shared = {"yanchor": "bottom", "yshift": 4}
    labels: list[Json] = []
    for at, name in enumerate(names):
        labels += [
            label(plain(shorten(name, _NAME)), 0, at, xanchor="left", xshift=-3, **shared),
            label(
                f"<b>{money_compact(top[at].yearly_value, currency)}</b>",
                1,
                at,
                xref="paper",
                xanchor="right",
                **shared,
            ),
        ]
    fig = figure(
        palette, [bars, rows], barmode="overlay", height=max(280, 40 + 34 * len(top)), annotations=labels,
        margin={"l": 8, "r": 12, "t": 8, "b": 8, "pad": 0},
        xaxis={"visible": False, "range": [0, values[0]]},
        yaxis={"visible": False, "range": [len(top) - 0.5, -0.8]},
    )  # fmt: skip
    alt = _("The most valuable lost customer: {name}, {money} a year.").format(
        name=plain(names[0]), money=money(top[0].yearly_value, currency)
    )
    return Chart(fig, alt)


def cohort_margin(cohorts: Sequence[CohortMargin], currency: str | None, palette: Palette) -> Chart:
    """Cumulative margin per customer by months since the first order; blank where a cohort is too young."""
    shown = [one for one in sorted(cohorts, key=lambda one: one.month) if one.cumulative][-_COHORTS:]
    if not shown:
        return empty(palette)
    width = max(len(one.cumulative) for one in shown)
    rows = [[*one.cumulative, *[None] * (width - len(one.cumulative))] for one in shown]
    hover = [
        [
            _("first order in {month}, {customers}<br>after {months}: {money} per customer").format(
                month=month_name(one.month), months=months(at), money=money(value, currency),
                customers=ngettext("{n} customer", "{n} customers", one.customers).format(n=count(one.customers)),
            )
            for at, value in enumerate(row)
        ]
        for one, row in zip(shown, rows, strict=True)
    ]  # fmt: skip
    values = [value for one in shown for value in one.cumulative]
    low, high = min(0.0, *values), max(values)
    scale = value_axis(low, high, lambda value: money_compact(value, currency), about=2)
    quiet = {"size": SMALL, "color": palette.muted}
    heat = {
        "type": "heatmap", "z": rows, "customdata": hover, "hovertemplate": "%{customdata}<extra></extra>",
        "hoverongaps": False, "xgap": 1, "ygap": 1, "zmin": low, "zmax": high if high > low else low + 1,
        "colorscale": [[0, fade(palette.returned, 0.06)], [1, palette.returned]],
        "colorbar": {
            "orientation": "h", "thickness": 8, "lenmode": "pixels", "len": 110,
            "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom",
            "outlinewidth": 0, "tickfont": quiet, "ticks": "", "tickmode": "array", "tickvals": scale["tickvals"],
            "ticktext": scale["ticktext"], "ypad": 4, "xpad": 0,
        },
    }  # fmt: skip
    counted, margin = below(palette, _("months since the first order"))
    rows_named = time_axis([one.month for one in shown], "month")["tickvals"]
    fig = figure(
        palette, [heat], height=380, margin={**margin, "t": 44},
        xaxis={"showgrid": False, "tickmode": "array", "tickvals": list(range(0, width, max(1, width // 6)))},
        yaxis={"range": [len(shown) - 0.5, -0.5], "showgrid": False, "tickmode": "array", "tickvals": rows_named,
               "ticktext": [month_and_year(shown[at].month) for at in rows_named]},
        annotations=[counted, label(_("margin per customer"), 0, 1, xref="paper", yref="paper", xanchor="left",
                                    yanchor="bottom", yshift=8, font=quiet)],
    )  # fmt: skip
    best = max(shown, key=lambda one: one.cumulative[-1])
    alt = _("Margin per customer by month of the first order; most so far: {money}, customers of {month}.").format(
        money=money(best.cumulative[-1], currency), month=month_name(best.month)
    )
    return Chart(fig, alt)
