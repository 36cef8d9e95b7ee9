"""Where customers stand, and who moved from state to state."""

from __future__ import annotations

from typing import Final

from dashboard import labels
from dashboard.charts.frame import SMALL, Chart, Json, empty, figure, label
from dashboard.formats import count, money, money_compact, month_name, sentences
from dashboard.i18n import _, ngettext, pgettext
from dashboard.palette import Palette, fade
from metrics.states import AUDIENCES, STATES, Lifecycle, Migration, Move, State

_BUYERS: Final[tuple[State, ...]] = (*AUDIENCES["active"], *AUDIENCES["repeat_sale"], *AUDIENCES["lost"])


def colour_of(state: State, palette: Palette) -> str:
    """The colour of a state: one meaning each (LOOK.md)."""
    if state in AUDIENCES["lost"]:
        return palette.lost
    if state in AUDIENCES["repeat_sale"]:
        return palette.due
    return {"new": palette.new, "returned": palette.returned, "potential": palette.benchmark}.get(state, palette.active)


def state_bars(found: Lifecycle, currency: str | None, palette: Palette) -> Chart:
    """Customers in each state, the states in groups of their audience, with what they bring or brought a year.

    Potential ones, who bring nothing yet, only where there are any.
    """
    potential = [one for one in found.states if one.state == "potential" and one.customers]
    shown = [*potential, *(found.by_state[state] for state in _BUYERS)]
    most = max((one.customers for one in shown), default=0)
    if not most:
        return empty(palette)
    bar = {"type": "bar", "orientation": "h", "y": list(range(len(shown)))}
    bars = {
        **bar, "x": [one.customers for one in shown], "width": 0.3, "hoverinfo": "skip",
        "marker": {"color": [colour_of(one.state, palette) for one in shown], "cornerradius": 3},
    }  # fmt: skip
    hover = [
        _("{state}: {customers}<br>{money} a year").format(
            state=labels.state(one.state), customers=_customers(one.customers), money=money(one.yearly_value, currency)
        )
        if one.yearly_value is not None
        else f"{labels.state(one.state)}: {_customers(one.customers)}"
        for one in shown
    ]
    # The bars are thin: the whole row, name and all, answers to the pointer.
    rows = {
        **bar, "x": [most] * len(shown), "width": 0.95, "customdata": hover,
        "marker": {"color": "rgba(0,0,0,0)"}, "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    names: list[Json] = []
    for at, one in enumerate(shown):
        value = _("no order yet")
        if one.yearly_value is not None:
            value = _("{money} a year").format(money=money_compact(one.yearly_value, currency))
        names += [
            label(f"{labels.state(one.state)} <b>{count(one.customers)}</b>", 0, at, xanchor="left", xshift=-3,
                  yanchor="bottom", yshift=4),
            label(value, 1, at, xref="paper", xanchor="right", yanchor="bottom", yshift=4,
                  font={"size": SMALL, "color": palette.muted}),
        ]  # fmt: skip
    fig = figure(
        palette, [bars, rows], barmode="overlay", height=40 + 36 * len(shown), annotations=names,
        margin={"l": 8, "r": 12, "t": 8, "b": 8, "pad": 0},
        xaxis={"visible": False, "range": [0, most]},
        yaxis={"visible": False, "range": [len(shown) - 0.5, -0.8]},
    )  # fmt: skip
    parts = [f"{labels.state(one.state)} {count(one.customers)}" for one in shown if one.customers]
    return Chart(fig, _("Customers by state: {states}.").format(states=", ".join(parts)))


def migration_flow(found: Migration, palette: Palette) -> Chart:
    """Who moved from which state into which other within a month; who stayed where they were is left out."""
    moved = [move for move in found.moves if move.from_state != move.to_state]
    if not moved:
        return empty(palette)
    left = [state for state in (None, *STATES) if any(move.from_state == state for move in moved)]
    right = [state for state in STATES if any(move.to_state == state for move in moved)]
    before = [sum(move.customers for move in moved if move.from_state == state) for state in left]
    after = [sum(move.customers for move in moved if move.to_state == state) for state in right]
    names = [f"{_name(state)} {count(n)}" for state, n in zip([*left, *right], [*before, *after], strict=True)]
    colours = [palette.benchmark if state is None else colour_of(state, palette) for state in [*left, *right]]
    flow = {
        "type": "sankey", "arrangement": "snap",
        # The flow of a thin node runs through its name: a ground behind the letters, as wide as they are.
        "textfont": {"color": palette.text, "size": SMALL, "shadow": ", ".join([f"0 0 3px {palette.page}"] * 8)},
        "node": {
            "label": names, "color": colours, "pad": 16, "thickness": 12, "line": {"width": 0},
            "hoverinfo": "skip",
        },
        "link": {
            "source": [left.index(move.from_state) for move in moved],
            "target": [len(left) + right.index(move.to_state) for move in moved],
            "value": [move.customers for move in moved],
            "color": [fade(colour_of(move.to_state, palette), 0.35) for move in moved],
            "customdata": [_said(move) for move in moved],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }  # fmt: skip
    fig = figure(palette, [flow], height=380, margin={"l": 4, "r": 4, "t": 12, "b": 12, "pad": 0})
    return Chart(fig, _alt(found, moved))


def _alt(found: Migration, moved: list[Move]) -> str:
    total = sum(move.customers for move in moved)
    text = ngettext(
        "{n} customer changed state in {month}.", "{n} customers changed state in {month}.", total
    ).format(n=count(total), month=month_name(found.month))  # fmt: skip
    largest = max(moved, key=lambda move: move.customers)
    return sentences(text, _("Most of all: {move}.").format(move=_said(largest)))


def _said(move: Move) -> str:
    return f"{_name(move.from_state)} → {_name(move.to_state)}: {_customers(move.customers)}"


def _name(state: State | None) -> str:
    """Short enough for two names beside each other on a phone."""
    if state is None:
        return pgettext("before any order", "First order")
    return pgettext("state of customers", "Returned") if state == "returned" else labels.state(state)


def _customers(n: int) -> str:
    return ngettext("{n} customer", "{n} customers", n).format(n=count(n))
