"""`winback report`: the figures of order files as text or JSON, and the report as HTML and PDF."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.cli_goals import Goals, goals_of
from dashboard.cli_shared import (
    Json,
    Kept,
    Lang,
    LostAfter,
    Map,
    ingest_files,
    mapping_of,
    must_exist,
    opened,
    refuse,
    scratch,
    settings_of,
    speak,
)
from dashboard.cli_text import report_text
from dashboard.i18n import _
from dashboard.report_words import print_error
from metrics.intake.contract import Quality
from metrics.report import report
from metrics.sanity import findings
from metrics.stored_accounts import stored_accounts
from metrics.workspace import Workspace


def report_files(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Order files; later ones replace orders of earlier ones.")
    ] = None,
    map_: Map = None,
    lost_after: LostAfter = None,
    period: Annotated[str | None, typer.Option(help="month, quarter or year.")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ignore what is later.")] = None,
    margin: Annotated[float | None, typer.Option(help="Margin as a share, such as 0.3.")] = None,
    rent: Annotated[float | None, typer.Option(help="Monthly rent.")] = None,
    salary: Annotated[float | None, typer.Option(help="One monthly salary.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of the sums, as three letters such as EUR.")] = None,
    industry: Annotated[str | None, typer.Option(help="Industry preset.")] = None,
    count_zero: Annotated[bool, typer.Option("--count-zero", help="Count orders of zero.")] = False,
    leave_out: Annotated[
        list[str] | None, typer.Option(help="A customer whose orders count in no figure; may be given several times.")
    ] = None,
    goal: Goals = None,
    html: Annotated[Path | None, typer.Option(help="Write the report in five pages as an HTML file.")] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Write it as a PDF file; needs Chrome, Chromium or Edge on this machine.")
    ] = None,
    workspace: Kept = False,
    data: Annotated[Path | None, typer.Option("--data", help="Folder that keeps your data.")] = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Print the figures of one or more order files, or of what is loaded; with --html and --pdf the report as well."""
    speak(lang)
    chosen = {
        "currency": currency.upper() if currency else None,
        "industry": industry,
        "lost_after_days": lost_after,
        "period": period,
        "as_of": as_of.date() if as_of else None,
        "margin": margin,
        "monthly_rent": rent,
        "monthly_salary": salary,
        "count_zero_orders": count_zero or None,
        "left_out": tuple(leave_out) if leave_out else None,
        "goals": goals_of(goal) if goal else None,
    }
    given = {name: value for name, value in chosen.items() if value is not None}
    kept = _kept_folder(files or [], data) if workspace or data else None
    if not files and kept is None and not workspace:
        refuse(_("Name an order file, or --workspace for the orders that are loaded."))
    with _held(files or [], kept, workspace or data is not None, map_, given, lang) as (held, qualities):
        found = report(held, qualities)
        text = "" if as_json else report_text(found, findings(held))
        failure = _write(held, qualities, html, pdf)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else text)
    if failure:
        refuse(failure)


def _kept_folder(files: list[Path], data: Path | None) -> Path | None:
    """The folder of the workspace to open: named by --data or as the only argument; None: the dashboard's own."""
    if len(files) > 1 or (files and data):
        refuse(_("Name either order files or one folder of loaded orders."))
    return data or (files[0] if files else None)


@contextmanager
def _held(
    files: list[Path], kept: Path | None, is_kept: bool, map_: Path | None, given: dict[str, Any], lang: str
) -> Iterator[tuple[Workspace, Sequence[Quality]]]:
    """The workspace to ask, with the accounts of its files."""
    if is_kept:
        with opened(kept, True, None, fresh={}, chosen=given) as held:
            yield held, stored_accounts(held)
        return
    settings, mapping = settings_of(**given, language=lang), mapping_of(map_)
    for path in files:
        must_exist(path)
    with scratch() as folder, Workspace.open(None) as held:
        held.save(settings)
        yield held, ingest_files(held, files, mapping, folder)


def _write(held: Workspace, qualities: Sequence[Quality], html: Path | None, pdf: Path | None) -> str | None:
    """Write what is asked for; the HTML file even where no PDF can be made. Returns what went wrong."""
    if html is None and pdf is None:
        return None
    # Charts take a second to load, and figures alone need none.
    from dashboard.browser_print import PrintError, pdf_of  # noqa: PLC0415
    from dashboard.report import collect, document  # noqa: PLC0415

    data = collect(held, date.today(), qualities)
    if data is None:
        return _("There are no orders that count, so there is nothing to report.")
    page = document(data)
    if html is not None:
        _replace(html, page.encode("utf-8"))
    if pdf is not None:
        try:
            _replace(pdf, pdf_of(page))
        except PrintError as problem:
            return print_error(problem.code)
    return None


def _replace(path: Path, content: bytes) -> None:
    """Put a whole file in the place of what was there; readers never see half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        refuse(_("{name} cannot be written: {why}.").format(name=path.name, why=why))
    finally:
        part.unlink(missing_ok=True)
