"""Why customers left: own shares against the field's."""

from __future__ import annotations

from typing import Final

from dashboard import reason_words as words
from dashboard.charts.frame import SMALL, Chart, Json, empty, figure, label
from dashboard.formats import count, listing, money, money_compact, percent, sentences
from dashboard.i18n import _, ngettext
from dashboard.palette import Palette
from metrics.reasons import ReasonPart, Reasons

_BAR: Final = 0.24
_BELOW: Final = 0.25
"""The height of a bar, and how far below its middle the field's line is, in rows."""


def reason_bars(found: Reasons, currency: str | None, palette: Palette) -> Chart:
    """A bar per reason with its customers and yearly value, the field's share dashed below it.

    With too few known reasons the bars are customers, and the field's shares are left out.
    """
    shown = _shown(found)
    if not found.known.customers:
        return empty(palette)
    values = [float(one.share or 0) if found.is_enough else float(one.customers) for one in shown]
    fields = [one.field if found.is_enough else None for one in shown]
    most = max([*values, *(share for share in fields if share is not None)])
    bar = {"type": "bar", "orientation": "h", "y": list(range(len(shown)))}
    bars = {
        **bar, "x": values, "width": _BAR, "hoverinfo": "skip",
        "marker": {"color": palette.lost, "cornerradius": 3},
    }  # fmt: skip
    # The bars are thin: the whole row, name and all, answers to the pointer.
    rows = {
        **bar, "x": [most] * len(shown), "width": 0.95,
        "customdata": [_hover(one, field, currency) for one, field in zip(shown, fields, strict=True)],
        "marker": {"color": "rgba(0,0,0,0)"}, "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    names: list[Json] = []
    for at, one in enumerate(shown):
        names += _names(at, one, currency, palette, is_enough=found.is_enough)
    marks, notes = _field(fields, most, palette)
    fig = figure(
        palette, [bars, rows], barmode="overlay", height=30 + (58 if marks else 44) * len(shown),
        annotations=[*names, *notes], shapes=marks, margin={"l": 8, "r": 12, "t": 8, "b": 8, "pad": 0},
        xaxis={"visible": False, "range": [0, most * 1.02]},
        yaxis={"visible": False, "range": [len(shown) - 0.5, -0.55]},
    )  # fmt: skip
    return Chart(fig, _alt(found, shown))


def _shown(found: Reasons) -> list[ReasonPart]:
    """The field's four and those that anybody left for, the most frequent first."""
    some = [one for one in found.by_reason if one.customers or one.field is not None]
    return sorted(some, key=lambda one: (-one.customers, -one.revenue))


def _names(at: int, one: ReasonPart, currency: str | None, palette: Palette, *, is_enough: bool) -> list[Json]:
    share = percent(one.share) if is_enough else count(one.customers)
    value = _("{money} a year").format(money=money_compact(one.revenue, currency)) if one.customers else ""
    above = {"yanchor": "bottom", "yshift": 8}
    return [
        label(f"{words.short(one.code)} <b>{share}</b>", 0, at, xanchor="left", xshift=-3, **above),
        label(value, 1, at, xref="paper", xanchor="right", font={"size": SMALL, "color": palette.muted}, **above),
    ]


def _field(shares: list[float | None], most: float, palette: Palette) -> tuple[list[Json], list[Json]]:
    """The field's share as a dashed line below each bar, with its name on it."""
    lines: list[Json] = []
    notes: list[Json] = []
    for at, share in enumerate(shares):
        if share is None:
            continue
        look = {"color": palette.benchmark, "width": 2, "dash": "4px,3px"}
        lines.append({"type": "line", "x0": 0, "x1": share, "y0": at + _BELOW, "y1": at + _BELOW, "line": look})
        is_long = share > 0.6 * most
        notes.append(
            label(
                _("usual {share}").format(share=percent(share, whole=True)), share, at + _BELOW, yanchor="middle",
                xanchor="right" if is_long else "left", xshift=4, borderpad=1,
                font={"size": SMALL, "color": palette.muted}, bgcolor=palette.page if is_long else None,
            )
        )  # fmt: skip
    return lines, notes


def _hover(one: ReasonPart, field: float | None, currency: str | None) -> str:
    customers = ngettext("{n} customer", "{n} customers", one.customers).format(n=count(one.customers))
    lines = [words.reason(one.code), customers, _("{money} a year").format(money=money(one.revenue, currency))]
    if field is not None:
        lines.append(
            _("{share} of the known reasons, usual {field}").format(
                share=percent(one.share), field=percent(field, whole=True)
            )
        )
    return "<br>".join(lines)


def _alt(found: Reasons, shown: list[ReasonPart]) -> str:
    parts = [
        _("{reason} {share}").format(
            reason=words.short(one.code), share=percent(one.share) if found.is_enough else count(one.customers)
        )
        for one in shown
        if one.customers
    ]
    text = _("Why customers left: {reasons}.").format(reasons=listing(parts))
    if not found.is_enough:
        return text
    fields = [
        _("{reason} {share}").format(reason=words.short(one.code), share=percent(one.field, whole=True))
        for one in shown
        if one.field is not None
    ]
    return sentences(text, _("Usual shares: {reasons}.").format(reasons=listing(fields)))
