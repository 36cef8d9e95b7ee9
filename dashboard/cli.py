"""The command line: `winback demo`, `winback open`, and without a browser `winback check` and `winback report`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from dashboard import labels
from dashboard.cli_report import report_files
from dashboard.cli_segment import segment
from dashboard.cli_shared import (
    ASKED,
    REFUSED,
    Json,
    Lang,
    Map,
    mapping_of,
    must_exist,
    plain,
    refuse,
    scratch,
    speak,
)  # fmt: skip
from dashboard.cli_simulate import simulate
from dashboard.cli_text import check_text
from dashboard.cli_threshold import threshold
from dashboard.deployment import DATA, EPHEMERAL, FILES, own_folder
from dashboard.i18n import _
from dashboard.shops import load_shop
from metrics.errors import WinbackError, WorkspaceError
from metrics.intake import Limits, read_orders
from metrics.intake.contract import Reading
from metrics.report import quality_account
from metrics.workspace import Workspace
from sample_data import sample_files

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=_("What losing customers costs, and what winning them back brings."),
)

EXIT_CODES = {"ready": 0, "ready_with_warnings": 0, "ask": ASKED, "refused": REFUSED}

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on; 0 takes the first free one from 8501 on.")]
Browser = Annotated[bool, typer.Option(help="Open the browser.")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder that keeps your data.")]


def main() -> None:
    """Entry point of the `winback` command: whatever is wrong ends in one sentence and exit code 2."""
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as problem:
        sys.exit(_told(problem.format_message()))
    except WinbackError as problem:
        sys.exit(_told(labels.error(problem)))
    except OSError as problem:
        sys.exit(_told(_("A file cannot be read: {why}.").format(why=problem.strerror or type(problem).__name__)))


def _told(sentence: str) -> int:
    typer.echo(sentence, err=True)
    return REFUSED


@app.command()
def demo(host: Host = "127.0.0.1", port: Port = 0, browser: Browser = False, data: Data = None) -> None:
    """Start the dashboard with a sample shop."""
    folder = data or own_folder("demo")
    _load_demo(folder)
    _serve(host, port, browser, folder)


@app.command("open")
def open_files(
    files: Annotated[list[Path] | None, typer.Argument(help="Order files to read.")] = None,
    host: Host = "127.0.0.1",
    port: Port = 0,
    browser: Browser = True,
    data: Data = None,
    ephemeral: Annotated[bool, typer.Option(help="Keep everything in memory, per browser session.")] = False,
) -> None:
    """Start the dashboard with your own data."""
    for path in files or []:
        must_exist(path)
    os.environ[FILES] = json.dumps([str(path.resolve()) for path in files or []])
    if ephemeral:
        os.environ[EPHEMERAL] = "1"
    _serve(host, port, browser, data or own_folder("workspace"))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="An order file.")],
    map_: Map = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Read an order file and say what was found in it. Exit code 0: ready, 3: a question is open, 2: refused."""
    speak(lang)
    must_exist(file)
    with scratch() as folder:
        reading = read_orders(file, mapping=mapping_of(map_), workdir=folder, limits=Limits.of_command_line())
    found = _check_facts(reading)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2, default=plain) if as_json else check_text(reading))
    raise typer.Exit(EXIT_CODES[reading.outcome])


app.command("report")(report_files)
app.command("threshold")(threshold)
app.command("simulate")(simulate)
app.command("segment")(segment)


def _load_demo(folder: Path) -> None:
    try:
        with Workspace.open(folder) as held, scratch(held.inbox) as inbox:
            if not held.batches():
                load_shop(held, sample_files()["spice"], inbox)
    except WorkspaceError as problem:
        refuse(labels.error(problem))


def _serve(host: str, port: int, browser: bool, folder: Path) -> None:
    from dashboard.server import free_port, serve  # noqa: PLC0415  (Streamlit takes a second; check and report need none)

    os.environ[DATA] = str(folder)
    chosen = port or free_port(host)
    address = f"http://{host}:{chosen}{'/data' if os.environ.get(FILES, '[]') != '[]' else ''}"
    typer.echo(address)
    serve(host=host, port=chosen, open_at=address if browser else None)


def _check_facts(reading: Reading) -> dict[str, Any]:
    return {
        "outcome": reading.outcome,
        "kind": None if any(each.code == "file_kind" for each in reading.questions) else reading.kind,
        "columns": {
            field: {"source": choice.source, "confidence": choice.confidence}
            for field, choice in reading.columns.items()
        },
        "questions": [
            {"code": question.code, "options": list(question.options), **question.facts}
            for question in reading.questions
        ],
        "reasons": list(reading.reasons),
        "quality": _quality_facts(reading),
    }


def _quality_facts(reading: Reading) -> dict[str, Any] | None:
    quality = reading.quality
    if quality is None:
        return None
    return {
        **quality_account(quality),
        "customers": quality.customers,
        "first_on": quality.first_on,
        "last_on": quality.last_on,
        "currency": quality.currency,
        "gross": quality.gross,
        "net": quality.net,
    }
