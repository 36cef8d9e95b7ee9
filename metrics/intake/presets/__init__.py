"""Exports of known systems as data: one file each, recognised by their headers."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from metrics.intake.words import normal


class Preset(BaseModel):
    """One known export, as its file says.

    `title` is the system's own name. `headers`: every group must have one of its headers in the file; `without`: none
    of these. `columns`: field -> headers, the first that the file has with anything in it is taken. `counted_statuses`:
    where given, only orders with one of these count. `is_first_row_only`: the fields of an order stand on its first row
    alone. `amount_per`: whether a row's amount is that of its order or its own. `refuse`: the code of why this export
    cannot be used, and what to export instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    kind: Literal["orders", "customers"] = "orders"
    headers: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    counted_statuses: tuple[str, ...] = ()
    is_first_row_only: bool = False
    amount_per: Literal["order", "line"] | None = None
    refuse: str | None = None

    def fits(self, headers: frozenset[str]) -> bool:
        """Whether a file with these headers (in their normal form) is this export."""
        return all(any(normal(each) in headers for each in group) for group in self.headers) and not any(
            normal(each) in headers for each in self.without
        )


@cache
def presets() -> tuple[Preset, ...]:
    """All known exports, by key."""
    held = (each for each in resources.files(__name__).iterdir() if each.name.endswith(".toml"))
    files = sorted(held, key=lambda each: each.name)
    return tuple(
        Preset(key=each.name.removesuffix(".toml"), **tomllib.loads(each.read_text(encoding="utf-8"))) for each in files
    )


def preset_of(headers: Sequence[str]) -> Preset | None:
    """The known export with these headers; where several fit, the one that asks for most of them."""
    held = frozenset(map(normal, headers))
    fitting = [preset for preset in presets() if preset.fits(held)]
    return max(fitting, key=lambda preset: len(preset.headers), default=None)


def preset_title(key: str) -> str:
    """The name of the system behind a preset; the key itself for one that is not known any more."""
    return next((preset.title for preset in presets() if preset.key == key), key)
