"""`winback threshold`: when is a customer lost, by the business's own history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import labels
from dashboard.cli_shared import AsOf, Json, Kept, Lang, LostAfter, Map, opened, refuse, speak
from dashboard.formats import count, days, percent
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
    suggested = found["suggested"]
    lines = [
        f"{_('Suggested for all customers')}: {days(suggested['all'])}",
        f"{_('Suggested for those who bought once')}: {days(suggested['one_time'])}",
        f"{_('Suggested for those who bought more often')}: {days(suggested['repeat'])}",
        *(f"{labels.state(state)}: {count(customers)}" for state, customers in found["states"].items()),
    ]
    for band in found["back_test"]:
        silence = f"{band['silence_from']}–{band['silence_to']}" if band["silence_to"] else f"{band['silence_from']}+"
        shares = _("predicted {predicted}, came back {actual}").format(
            predicted=percent(band["predicted"]), actual=percent(band["actual"])
        )
        lines.append(f"{_('Days of silence')} {silence}: {shares}")
    return "\n".join(lines)
