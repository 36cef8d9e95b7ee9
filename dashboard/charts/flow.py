"""The customers that came, came back and went."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.frame import SMALL, Chart, Json, empty, figure, label, value_axis
from dashboard.charts.periods import names, time_axis, warm_up
from dashboard.formats import count, period_name
from dashboard.i18n import _, pgettext
from dashboard.palette import Palette, fade
from metrics.results import Period
from metrics.settings import PeriodKind


def customer_flow(periods: Sequence[Period], kind: PeriodKind, palette: Palette) -> Chart:
    """New and returned customers above the line, lost ones below, and the net change as a diamond.

    The bars obey the identity of a period: net = new still active + returned - lost.
    """
    if not any(one.known_at_start or one.new for one in periods):
        return empty(palette)
    places = list(range(len(periods)))
    net = [one.active_at_end - one.active_at_start for one in periods]
    parts = [
        (pgettext("customers", "new"), palette.new, [one.new_active for one in periods]),
        (pgettext("customers", "came back"), palette.returned, [one.returned for one in periods]),
        (pgettext("customers", "lost"), palette.lost, [-one.lost for one in periods]),
    ]
    bars: list[Json] = [
        {
            "type": "bar", "x": places, "y": sizes, "hoverinfo": "skip",
            "marker": {
                "color": [fade(colour, 0 if one.in_progress else 0.4 if one.warm_up else 1) for one in periods],
                "line": {"color": colour, "width": [1.5 if one.in_progress else 0 for one in periods]},
            },
        }
        for _name, colour, sizes in parts
    ]  # fmt: skip
    hover = [
        _("{period}<br>new {new}, came back {returned}, lost {lost}<br>active customers {before} → {after}").format(
            period=name, new=count(one.new_active), returned=count(one.returned), lost=count(one.lost),
            before=count(one.active_at_start), after=count(one.active_at_end),
        )
        for name, one in zip(names(periods, kind), periods, strict=True)
    ]  # fmt: skip
    diamonds = {
        "type": "scatter", "x": places, "y": net, "mode": "markers", "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": "diamond", "size": 8, "color": palette.text,
                   "line": {"color": palette.page, "width": 1.5}},
    }  # fmt: skip
    # A shop's first months are all new customers: they run off the top rather than press the others flat.
    measure = [one for one in periods if not one.warm_up] or periods
    high = max(max(one.new_active + one.returned for one in measure) * 1.12, 1)
    low = -max(one.lost for one in measure) * 1.12
    cut = [place for place, one in enumerate(periods) if one.new_active + one.returned > high]
    shapes, labels = warm_up(periods, palette, _("not enough history yet, ▲ runs off the top") if cut else None)
    shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
                   "line": {"color": palette.muted, "width": 1}})  # fmt: skip
    key = [f'<span style="color:{colour}">■</span> {name}' for name, colour, _sizes in parts]
    net_word = pgettext("customers", "net")
    key.append(f"◆ {net_word}")
    labels.append(
        label("   ".join(key), 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=22,
              font={"size": SMALL})
    )  # fmt: skip
    labels += [
        label("▲", place, 1, yref="paper", yanchor="top", font={"size": 10, "color": palette.text}) for place in cut
    ]
    fig = figure(
        palette, [*bars, diamonds], barmode="relative", shapes=shapes, annotations=labels,
        margin={"l": 8, "r": 12, "t": 46, "b": 8, "pad": 4},
        xaxis=time_axis([one.start for one in periods], kind),
        yaxis=value_axis(low, high, lambda value: count(abs(value)), about=5),
    )  # fmt: skip
    whole = [one for one in periods if one.comparable] or list(periods)
    alt = _("From {start} to {end}: {new} new customers, {returned} came back, {lost} lost.").format(
        start=period_name(whole[0].start, whole[0].end, kind), end=period_name(whole[-1].start, whole[-1].end, kind),
        new=count(sum(one.new_active for one in whole)), returned=count(sum(one.returned for one in whole)),
        lost=count(sum(one.lost for one in whole)),
    )  # fmt: skip
    return Chart(fig, alt)
