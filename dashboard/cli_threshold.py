"""`winback threshold`: when is a customer lost, by the business's own history."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import labels
from dashboard.cli_shared import AsOf, Json, Kept, Lang, LostAfter, Map, opened, refuse, speak
from dashboard.formats import count, date_short, days, listing, percent
from dashboard.i18n import _
from metrics.threshold_report import threshold_report


def threshold(
    file: Annotated[Path | None, typer.Argument(help="An order file, or the folder of a workspace.")] = None,
    workspace: Kept = False,
    map_: Map = None,
    as_of: AsOf = None,
    lost_after: LostAfter = None,
    industry: Annotated[str, typer.Option(help="Industry preset.")] = "retail",
    count_zero: Annotated[bool, typer.Option("--count-zero", help="Count orders of zero.")] = False,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Say from when on a customer is lost, tested on the past of an order file or of the loaded orders."""
    speak(lang)
    if file is None and not workspace:
        refuse(_("Name an order file, or --workspace for the orders that are loaded."))
    chosen: dict[str, Any] = {}
    if as_of is not None:
        chosen["as_of"] = as_of.date()
    if lost_after is not None:
        chosen["lost_after_days"] = lost_after
    fresh = {"industry": industry, "count_zero_orders": count_zero}
    with opened(file, workspace, map_, fresh=fresh, chosen=chosen) as held:
        found = threshold_report(held)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _text(found))


def _text(found: dict[str, Any]) -> str:
    chosen = f"{_('A customer counts as lost after')}: {days(found['lost_after_days'])}"
    if "orders" in found["not_enough"]:
        return "\n".join([chosen, _("No order counts up to that day, so there is nothing to tell.")])
    lines = [
        f"{_('Seen up to')}: {date_short(date.fromisoformat(found['as_of']))}",
        chosen,
        *_gaps(found["gap_percentiles"]),
        *_suggested(found["suggested"]),
        *_curves(found["km"]),
        *(f"{labels.state(state)}: {count(customers)}" for state, customers in found["states"].items()),
        *_past(found["back_test"]),
    ]
    missing = {
        "chances": _("Who of the lost would come back anyway cannot be told: the history is too short for it."),
        "back_test": _("The chances to return cannot be tested on the past: the history is too short for it."),
    }
    return "\n".join([*lines, *(missing[code] for code in found["not_enough"] if code in missing)])


def _gaps(percentiles: dict[str, float | None]) -> list[str]:
    names = {
        "p50": _("Half of all gaps between orders last up to"),
        "p80": _("80% of them up to"),
        "p90": _("90% of them up to"),
    }
    return [f"{name}: {days(percentiles[key])}" for key, name in names.items() if percentiles[key] is not None]


def _suggested(suggested: dict[str, int | None]) -> list[str]:
    names = {
        "all": _("Suggested for all customers"),
        "one_time": _("Suggested for those who bought once"),
        "repeat": _("Suggested for those who bought more often"),
    }
    why = _("none, the history is too short")
    return [f"{name}: {why if suggested[key] is None else days(suggested[key])}" for key, name in names.items()]


def _curves(km: dict[str, dict[str, float | None]]) -> list[str]:
    """The share not yet back, by days since an order; only what the history tells."""
    names = {"all": _("All customers"), **{key: labels.order_number(key[0]) for key in km if key != "all"}}
    lines = []
    for group, shares in km.items():
        known = [
            _("{share} after {days}").format(share=percent(share), days=days(int(day), about=False))
            for day, share in shares.items()
            if share is not None
        ]
        if known:
            lines.append(f"  {names[group]}: {listing(known)}")
    return [_("Have not ordered again, by days since an order:"), *lines] if lines else []


def _past(bands: list[dict[str, Any]]) -> list[str]:
    lines = []
    for band in bands:
        if band["predicted"] is None or band["actual"] is None:
            continue  # nobody was silent for so long
        silence = f"{band['silence_from']}–{band['silence_to']}" if band["silence_to"] else f"{band['silence_from']}+"
        shares = _("predicted {predicted}, came back {actual}").format(
            predicted=percent(band["predicted"]), actual=percent(band["actual"])
        )
        lines.append(f"{_('Days of silence')} {silence}: {shares}")
    return lines
