"""What the commands share: options, files, and ending with one sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ValidationError

from dashboard import cli_questions, i18n, intake_words
from dashboard.cli_refusals import refused_option
from dashboard.deployment import own_folder
from dashboard.i18n import _
from metrics.intake import Limits, read_orders
from metrics.intake.contract import ColumnMap, Quality, Reading
from metrics.settings import Settings
from metrics.settled import settled_by
from metrics.workspace import Workspace

REFUSED, ASKED = 2, 3

Map = Annotated[Path | None, typer.Option("--map", help="A JSON file that says which column is what.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ignore what is later.")]
LostAfter = Annotated[int | None, typer.Option(help="Days without an order after which a customer is lost.")]
Kept = Annotated[bool, typer.Option("--workspace", help="The orders loaded in the dashboard.")]
Lang = Annotated[str, typer.Option("--lang", help="en, ru or zh.")]


def speak(lang: str) -> None:
    """Use a language; refuse an unknown one."""
    known = next((code for code in i18n.LANGUAGES if code == lang), None)
    if known is None:
        refuse(_("Choose a language: en, ru or zh."))
    else:
        i18n.use(known)


def must_exist(path: Path) -> None:
    """Refuse a path that is no file."""
    if not path.is_file():
        refuse(_("There is no file {name}.").format(name=path.name))


def must_be_ready(reading: Reading) -> Reading:
    """The reading, or an end with the sentence of why it cannot be used, or of what it leaves open."""
    if reading.outcome == "refused":
        refuse(intake_words.refusal(reading))
    if reading.outcome == "ask":
        refuse(cli_questions.sentence(reading))
    return reading


def mapping_of(path: Path | None) -> ColumnMap | None:
    """The column map in a JSON file."""
    if path is None:
        return None
    must_exist(path)
    try:
        return ColumnMap.model_validate_json(path.read_text("utf-8"))
    except (ValidationError, UnicodeDecodeError):
        refuse(_("{name} is no column map: it needs fields and column names as JSON.").format(name=path.name))
    return None


def settings_of(**values: Any) -> Settings:
    """Settings from options, or an end that says what the wrong one takes."""
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        refuse(refused_option(error))
        raise


def refuse(sentence: str) -> None:
    """Say one sentence and end with exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(REFUSED)


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """A folder for files on their way, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="winback-", dir=parent) as folder:
        yield Path(folder)


def ingest_files(held: Workspace, files: Sequence[Path], mapping: ColumnMap | None, folder: Path) -> list[Quality]:
    """Read files one after another and add them; the account of each. Ends where one cannot be used."""
    qualities = []
    for number, path in enumerate(files):
        target = folder / str(number)
        target.mkdir()
        reading = must_be_ready(_read(path, mapping, target, held.settings))
        if reading.quality is not None:
            qualities.append(reading.quality)
        held.ingest(reading, settings=settled_by(reading, held.settings.currency))
    idle = [one for one in qualities if not (one.people or one.orders or one.zero_orders)]
    if idle and len(idle) == len(qualities):
        refuse(_("No order counts: only cancelled orders and refunds, and none that they could take back."))
    return qualities


@contextmanager
def opened(
    file: Path | None, is_kept: bool, map_: Path | None, *, fresh: dict[str, Any], chosen: dict[str, Any]
) -> Iterator[Workspace]:
    """The workspace to ask: the kept one (in the folder `file`, else the dashboard's own), or one made of the file.

    The settings `chosen` hold while it is open; the kept one has its own again afterwards. `fresh` are for a new one.
    """
    if is_kept:
        folder = file or own_folder("workspace")
        if not folder.is_dir():
            refuse(_("There is no folder {name}.").format(name=folder.name))
        with Workspace.open(folder) as held:
            before = held.settings
            try:
                held.save(settings_of(**{**before.model_dump(), **chosen}))
                yield held
            finally:
                held.save(before)
        return
    if file is None:
        return
    must_exist(file)
    settings = settings_of(**fresh, **chosen)
    with scratch() as folder, Workspace.open(None) as held:
        held.save(settings)
        ingest_files(held, [file], mapping_of(map_), folder)
        yield held


def _read(path: Path, mapping: ColumnMap | None, target: Path, settings: Settings) -> Reading:
    """A file by the column map, in the currency and with the country of phones that the files before it settled.

    A list of customers among orders may have other columns than those the map is for.
    """
    read = partial(
        read_orders, path, workdir=target, limits=Limits.of_command_line(), currency=settings.currency,
        region=settings.phone_region,
    )  # fmt: skip
    reading = read(mapping=mapping)
    if reading.reasons == ("mapping_unknown_column",):
        alone = read()
        return alone if alone.kind == "customers" else reading
    return reading


def plain(value: object) -> object:
    """What `json.dumps` writes for dates, money and models."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"no JSON for {type(value).__name__}")
