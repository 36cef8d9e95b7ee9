"""`winback threshold`: when is a customer lost, by the business's own history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import labels
from dashboard.cli_shared import (
    Json,
    Lang,
    Map,
    ingest_files,
    mapping_of,
    must_exist,
    refuse,
    scratch,
    settings_of,
    speak,
)  # fmt: skip
from dashboard.deployment import own_folder
from dashboard.formats import count, days, percent
from dashboard.i18n import _
from metrics.threshold_report import threshold_report
from metrics.workspace import Workspace


def threshold(
    file: Annotated[Path | None, typer.Argument(help="An order file, or the folder of a workspace.")] = None,
    workspace: Annotated[bool, typer.Option("--workspace", help="The orders loaded in the dashboard.")] = False,
    map_: Map = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ignore what is later.")] = None,
    lost_after: Annotated[
        int | None, typer.Option(help="Days without an order after which a customer is lost.")
    ] = None,
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
    with _opened(file, workspace, map_, industry=industry, count_zero_orders=count_zero) as held:
        before = held.settings
        changed = settings_of(**{**before.model_dump(), **chosen})
        try:
            held.save(changed)
            found = threshold_report(held)
        finally:
            if workspace:
                held.save(before)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _text(found))


@contextmanager
def _opened(file: Path | None, is_kept: bool, map_: Path | None, **settings: Any) -> Iterator[Workspace]:
    """The workspace to ask: the kept one (in the folder `file`, else the dashboard's own), or one made of the file."""
    if is_kept:
        folder = file or own_folder("workspace")
        if not folder.is_dir():
            refuse(_("There is no folder {name}.").format(name=folder.name))
        with Workspace.open(folder) as held:
            yield held
        return
    if file is None:
        return
    must_exist(file)
    with scratch() as folder, Workspace.open(None) as held:
        held.save(settings_of(**settings))
        ingest_files(held, [file], mapping_of(map_), folder)
        yield held


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
