"""`winback segment`: a list of customers as a file, without a browser."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import export_words, segment_words
from dashboard.cli_shared import (
    AsOf,
    Json,
    Kept,
    Lang,
    LostAfter,
    Map,
    must_exist,
    opened,
    refuse,
    scratch,
    settings_of,
    speak,
)
from dashboard.cli_suppress import entries_in
from dashboard.i18n import _
from metrics.errors import WinbackError
from metrics.filter_file import read_filter
from metrics.guard import Rules
from metrics.list_columns import ListWords
from metrics.list_export import export
from metrics.list_options import CALLS_A_DAY, FILES, Exported, ListOptions, targets
from metrics.segment import Segment, preset_segments
from metrics.suppression import suppress
from metrics.targets.normal import Hashing
from metrics.workspace import Workspace

HASHES: dict[str, Hashing] = {"none": "none", "sha256": "sha256", "md5": "md5"}
SHORT = {"vk": "vk_phones"}
"""Formats that people name shorter than they are."""


def segment(
    format_: Annotated[str, typer.Option("--format", help="Such as xlsx, csv, klaviyo or call_list.")],
    out: Annotated[Path, typer.Option(help="The file to write, or a folder for a file with a name of its own.")],
    file: Annotated[Path | None, typer.Argument(help="An order file, or the folder of a workspace.")] = None,
    workspace: Kept = False,
    map_: Map = None,
    as_of: AsOf = None,
    lost_after: LostAfter = None,
    industry: Annotated[str | None, typer.Option(help="Industry preset.")] = None,
    preset: Annotated[str | None, typer.Option(help="A ready segment, such as freshly_lost.")] = None,
    filter_: Annotated[Path | None, typer.Option("--filter", help="A segment, as a JSON file.")] = None,
    hash_: Annotated[str | None, typer.Option("--hash", help="sha256, md5 or none.")] = None,
    suppress_: Annotated[
        Path | None,
        typer.Option("--suppress", help="Whom never to contact: e-mails, phones, ids; they stay with the workspace."),
    ] = None,
    need_consent: Annotated[
        bool | None,
        typer.Option(
            "--with-consent/--any-consent",
            help="Only who agreed to be written to; usual for mailing tools and networks.",
        ),
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Country of phones without a country code, as two letters such as US.")
    ] = None,
    with_codes: Annotated[bool, typer.Option("--with-codes", help="A promo code for each customer.")] = False,
    offer: Annotated[str, typer.Option(help="What the callers offer.")] = "",
    manager: Annotated[list[str] | None, typer.Option(help="Who calls; may be given several times.")] = None,
    calls_a_day: Annotated[int, typer.Option(min=1, help="Calls of each manager a day.")] = CALLS_A_DAY,
    calls_from: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day of calls.")] = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Write the customers of a segment who may be contacted as a file."""
    speak(lang)
    given = {
        "as_of": as_of.date() if as_of else None,
        "lost_after_days": lost_after,
        "industry": industry,
        "phone_region": country.upper() if country else None,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    target = SHORT.get(format_, format_)
    try:
        wanted = _segment(preset, filter_)
        _must_fit(target, hash_, out)
        if file is None and not workspace:
            refuse(_("Name an order file, or --workspace for the orders that are loaded."))
        if not workspace:
            settings_of(**chosen)
        with opened(file, workspace, map_, fresh={}, chosen=chosen) as held:
            if suppress_ is not None:
                suppress(held, entries_in(held, suppress_))
            separator, decimal = export_words.separators()
            options = ListOptions(
                words=_words(held, wanted), rules=Rules(need_consent=need_consent),
                separator=separator, decimal=decimal, hashing=HASHES[hash_] if hash_ else None,
                country=held.settings.phone_region, with_codes=with_codes, offer=offer, managers=tuple(manager or ()),
                calls_from=calls_from.date() if calls_from else None, calls_a_day=calls_a_day, name=preset or "segment",
            )  # fmt: skip
            found, path = _written(held, wanted, target, out, options)
    except WinbackError as problem:
        refuse(export_words.refusal(problem))
        raise
    typer.echo(json.dumps(facts_of(found), ensure_ascii=False, indent=2) if as_json else _text(found, path))


def facts_of(found: Exported) -> dict[str, Any]:
    """What went out, as JSON has it."""
    return {
        **asdict(found.guard),
        "written": found.written,
        "left_out": dict(found.left_out),
        "warnings": [one.code for one in found.warnings],
        "sha256": found.sha256,
    }


def _text(found: Exported, path: Path) -> str:
    named = _("Written: {name}").format(name=path.name)
    return "\n".join([export_words.guard_sentence(found.guard), *export_words.account(found), named])


def _segment(preset: str | None, filter_: Path | None) -> Segment:
    if (preset is None) == (filter_ is None):
        refuse(_("Choose the customers by either --preset or --filter."))
    if preset is not None:
        if preset not in preset_segments():
            raise WinbackError("preset_unknown", preset=preset, known=tuple(preset_segments()))
        return preset_segments()[preset]
    path = filter_ or Path()
    must_exist(path)
    try:
        return read_filter(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        refuse(_("{name} is no text in UTF-8; save it as such.").format(name=path.name))
        raise


def _words(held: Workspace, wanted: Segment) -> ListWords:
    asked = segment_words.sentence(wanted, held.settings.currency)
    return export_words.list_words(held.settings, asked, held.as_of)


def _must_fit(target: str, hash_: str | None, out: Path) -> None:
    """Refuse what can be told before orders are read."""
    if target not in targets():
        raise WinbackError("target_unknown", target=target, known=targets())
    if hash_ is not None and hash_ not in HASHES:
        raise WinbackError("hashing_unknown", hashing=hash_, known=tuple(HASHES))
    if not out.parent.is_dir():
        refuse(_("There is no folder {name}.").format(name=out.parent.name))


def _written(
    held: Workspace, wanted: Segment, target: str, out: Path, options: ListOptions
) -> tuple[Exported, Path]:  # fmt: skip
    """Write the file where it is wanted; in a folder under the name that says its content."""
    if not out.is_dir():
        return export(held, wanted, target, out, options), out
    with scratch() as folder:
        made = folder / f"list.{FILES.get(target, 'csv')}"
        found = export(held, wanted, target, made, options)
        path = out / found.file_name
        shutil.copyfile(made, path)
    return found, path
