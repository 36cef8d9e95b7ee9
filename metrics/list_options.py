"""What can be chosen for a list that goes out, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from metrics.guard import Guard, Rules
from metrics.list_columns import ListWords
from metrics.targets.networks import networks
from metrics.targets.normal import Hashing

FILES: Final = {"xlsx": "xlsx", "csv": "csv", "csv_machine": "csv", "parquet": "parquet", "call_list": "xlsx"}
"""Targets beside the networks, and how their files end; a call list may be a CSV as well."""
CALLS_A_DAY: Final = 20


def targets() -> tuple[str, ...]:
    """All that a list can be written for."""
    return (*FILES, *networks())


@dataclass(frozen=True, slots=True)
class ListOptions:
    """`today`: the day the list is made (None: today). `separator`, `decimal`: those of the reader's spreadsheet.

    `hashing`: None for what the network hashes by; `country` (ISO 3166) of people and of phones that do not say it;
    `tag` for a mailing tool; `with_codes`: a promo code for each, beginning with `code_prefix`. For a call list: what
    is `offer`ed, who calls (`managers`; none: those of the orders), from which day on and how many calls a day each.
    `lost_after_days` is the threshold that lost days are counted from; `export` takes that of the workspace.
    `rejects`: where to write what no program may get. `name`: what the file's name begins with.
    """

    rules: Rules = field(default_factory=Rules)
    today: date | None = None
    words: ListWords = field(default_factory=ListWords)
    separator: str = ","
    decimal: str = "."
    hashing: Hashing | None = None
    country: str | None = None
    tag: str | None = None
    with_codes: bool = False
    code_prefix: str = ""
    offer: str = ""
    managers: tuple[str, ...] = ()
    calls_from: date | None = None
    calls_a_day: int = CALLS_A_DAY
    lost_after_days: int = 0
    rejects: Path | None = None
    name: str = ""

    @property
    def day(self) -> date:
        """The day the list is made."""
        return self.today or date.today()


@dataclass(frozen=True, slots=True)
class ListWarning:
    """What a person should know of a file: `below_minimum`, `above_maximum`, `too_large` (facts: rows or bytes, limit),
    `one_manager`, `no_manager`, `texts_cut` (fact: n), `nobody`."""

    code: str
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListWritten:
    """A file before it has its name: rows, customers left out and values left blank by reason."""

    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    blanked: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[ListWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A list that was made: who was kept off it (`guard`), what the file holds, its content hash and its name.

    `target` and `filter` (JSON) are what was asked; `export_id` its number in the log, None while it is not there.
    """

    guard: Guard
    written: int
    left_out: Mapping[str, int]
    blanked: Mapping[str, int]
    warnings: tuple[ListWarning, ...]
    sha256: str
    file_name: str
    target: str
    filter: str
    export_id: int | None = None
