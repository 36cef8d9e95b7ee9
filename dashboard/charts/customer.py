"""One customer's orders on a time line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from dashboard.charts.frame import SMALL, Chart, Json, bare_ground, empty, figure, label, value_axis
from dashboard.formats import count, date_short, money, money_compact, month_short, year_name
from dashboard.i18n import _
from dashboard.palette import Palette
from metrics.calendar import add_months
from metrics.customer_card import CardOrder, Event

TICKS: Final = 4
LEAST_APART: Final = 0.25
"""Share of the time line that a name needs beside the next one."""


def order_line(
    orders: Sequence[CardOrder], events: Sequence[tuple[date, Event]], currency: str | None, palette: Palette
) -> Chart:
    """Each order as a bar on its day, refunds below zero; the days of loss and return marked."""
    if not orders:
        return empty(palette)
    traces: list[Json] = [{
        "type": "bar", "x": [one.ordered_on for one in orders], "y": [float(one.amount) for one in orders],
        "width": 86_400_000 * 3,
        "marker": {"color": [palette.lost if one.is_refund else palette.active for one in orders]},
        "customdata": [_hover(one, currency) for one in orders], "hovertemplate": "%{customdata}<extra></extra>",
    }]  # fmt: skip
    top = max(float(one.amount) for one in orders)
    low = min(0.0, *(float(one.amount) for one in orders))
    colours = {"lost": palette.lost, "returned": palette.returned}
    names = {"lost": _("called lost"), "returned": _("came back")}
    marked = [(day, event) for day, event in events if event in colours]
    shapes = [
        {"type": "line", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 0.9, "layer": "below",
         "line": {"color": colours[event], "width": 1.5, "dash": "dot"}}
        for day, event in marked
    ]  # fmt: skip
    days = [*(one.ordered_on for one in orders), *(day for day, _event in marked)]
    first, last = min(days), max(days)
    length = (last - first).days
    notes = [
        label(names[event], day, 0.9, yref="paper", yanchor="bottom", bgcolor=bare_ground(palette), borderpad=1,
              xanchor="right" if (last - day).days * 8 < length else "center",
              font={"size": SMALL, "color": colours[event]})
        for day, event in _apart(marked, length * LEAST_APART)
    ]  # fmt: skip
    fig = figure(
        palette, traces, height=240, shapes=shapes, annotations=notes, barmode="overlay",
        xaxis=_months(first, last),
        yaxis=value_axis(low * 1.2, max(top, 0.0) * 1.35 or 1.0, lambda at: money_compact(at, currency), 3),
    )  # fmt: skip
    alt = _("{n} orders from {first} to {last}.").format(
        n=count(sum(not one.is_refund for one in orders)),
        first=date_short(orders[0].ordered_on),
        last=date_short(orders[-1].ordered_on),
    )
    return Chart(fig, alt)


def _apart(marked: Sequence[tuple[date, Event]], least: float) -> list[tuple[date, Event]]:
    """Those whose names have room, the latest ones first; the others keep their line."""
    kept: list[tuple[date, Event]] = []
    for day, event in reversed(marked):
        if not kept or (kept[-1][0] - day).days >= least:
            kept.append((day, event))
    return kept


def _months(first: date, last: date) -> Json:
    """An axis of days with a few months named in the person's language."""
    months = [first.replace(day=1)]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    shown = months[1 :: max(len(months) // TICKS, 1)][:TICKS]
    names = [f"{month_short(month)}<br>{year_name(month)}" for month in shown]
    return {
        "range": [first - timedelta(days=10), last + timedelta(days=10)],
        "tickmode": "array", "tickvals": shown, "ticktext": names,
    }  # fmt: skip


def _hover(one: CardOrder, currency: str | None) -> str:
    return f"{date_short(one.ordered_on)}<br>{money(one.amount, currency)}"
