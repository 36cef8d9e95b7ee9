"""The mailing tools and advertising networks as data: columns, hashing, sizes, consent."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from metrics.targets.normal import EmailForm, Hashing, PhoneForm

Identifier = Literal["email", "phone"]
FieldName = Literal["", "email", "phone", "first_name", "last_name", "country", "zip", "value", "tag", "code",
                    "last_order_on", "orders", "yearly_value"]  # fmt: skip
TextForm = Literal["written", "lower", "letters"]
Consent = Literal["messages", "advertising"]


class Network(BaseModel):
    """One file format. Sizes: rows without the header and bytes; `None` where the network names none.

    `columns`: header and field in the order of the file. `hashing`: what may be chosen. `passes_hashes`: whether an
    e-mail or phone that is a hash already goes out as it is. `consent`: what people must have agreed to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    columns: tuple[tuple[str, FieldName], ...]
    identifiers: tuple[Identifier, ...]
    consent: Consent
    hashing: tuple[Hashing, ...] = ("none",)
    hashed: frozenset[FieldName] = frozenset()
    together: tuple[FieldName, ...] = ()
    email: EmailForm = "plain"
    phone: PhoneForm = "plus"
    text: TextForm = "written"
    passes_hashes: bool = False
    minimum_rows: int | None = Field(default=None, ge=1)
    maximum_rows: int | None = Field(default=None, ge=1)
    maximum_bytes: int | None = Field(default=None, ge=1)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, exactly as the network wants them."""
        return tuple(name for name, _ in self.columns)

    @property
    def fields(self) -> tuple[FieldName, ...]:
        """The fields of the columns, "" for a column that stays empty."""
        return tuple(field for _, field in self.columns)


@cache
def networks() -> dict[str, Network]:
    """All networks by key, in the order in which they are offered."""
    rows = tomllib.loads(files("metrics.targets").joinpath("networks.toml").read_text("utf-8"))
    return {key: Network.model_validate({"key": key, **row}) for key, row in rows.items()}
