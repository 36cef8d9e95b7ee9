"""What passes between an order file and the rest: the column map that goes in, the reading that comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

NEEDED = ("customer", "date", "amount")
"""Fields without which there is no retention; `amount` may be `quantity` x `price` instead."""

REASON_FIELDS = ("reason", "confirmed_reason", "fault")
"""Why a customer left: as they said it, as it proved to be, and whether a person or a system failed."""

OPTIONAL = (
    "order_id", "status", "cancelled", "paid", "quantity", "price", "refunded", "cost", "margin", "currency",
    "name", "email", "phone", "manager", "category", "channel", "region", "consent", "flags",
    *REASON_FIELDS,
)  # fmt: skip

FIELDS = NEEDED + OPTIONAL

CONTACT_NEEDED = ("customer", "email", "phone")
"""Fields of which a file of customers needs one."""

CUSTOMER_FIELDS = (
    *CONTACT_NEEDED, "name", "first_name", "middle_name", "last_name", "region", "manager", "consent", "flags",
    *REASON_FIELDS,
)  # fmt: skip
"""Fields of a file of customers; the parts of a name are joined into one."""

RULES = ("email_spelling", "phone_spelling", "guest_contact", "shared_email")
"""What makes two spellings one customer (`metrics.intake.identity` says what each does)."""

RATE = "rate_"
"""`answers["rate_EUR"]`: what one euro is worth in the currency chosen by `which_currency`."""

NOT_COLUMNS = ("answers", "columns", "kind", "outcome", "preset", "questions", "reasons", "rules", "quality")
"""Keys of `winback check --json` and of the long form that are no fields."""

ALL_SHEETS = "*"
"""The answer to `which_sheet` that joins all sheets of the same headers."""

Outcome = Literal["ready", "ready_with_warnings", "ask", "refused"]
Kind = Literal["orders", "customers"]


class ColumnMap(BaseModel):
    """A person's choices for one file: `columns` field -> header (None: leave the field out), `answers` question code
    -> chosen option, `rules` rule of identity -> on or off, `kind` whether the file holds orders or customers (None:
    as it looks).

    Also accepts the flat form `{"customer": "Email", ...}` and what `winback check --json` prints.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, str | None] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    rules: dict[str, bool] = Field(default_factory=dict)
    kind: Kind | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen at all."""
        return not (self.columns or self.answers or self.rules or self.kind)

    def but(self, **changes: Any) -> ColumnMap:
        """The same choices with some of them replaced, validated again."""
        return ColumnMap.model_validate({**self.model_dump(), **changes})

    @model_validator(mode="before")
    @classmethod
    def _accept_shorter_forms(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        columns = data.get("columns") if isinstance(data.get("columns"), dict) else None
        if columns is None:
            columns = {key: value for key, value in data.items() if key not in NOT_COLUMNS}
        plain = {key: value.get("source") if isinstance(value, dict) else value for key, value in columns.items()}
        rest = {key: data[key] for key in ("answers", "kind") if key in data}
        rules = data.get("rules", {})
        return {"columns": plain, "rules": rules if isinstance(rules, dict) else {}, **rest}

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        unknown = sorted(set(self.columns) - {*FIELDS, *CUSTOMER_FIELDS}) or sorted(set(self.rules) - set(RULES))
        if unknown:
            raise ValueError(f"unknown field {unknown[0]!r}")
        return self


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which header of the file a field is read from, with the confidence (0..1) and up to three example cells."""

    source: str
    confidence: float
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file leaves open. `options` are the possible answers; `facts` hold an example from the file."""

    code: str
    options: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the reader skipped, repaired or noticed: `rows` it touches, `facts` for its sentence."""

    code: str
    rows: int
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quality:
    """The account of every row read.

    `rows_read = orders + zero_orders + refunds + rows_merged + rows_not_counted + rows_rejected`. `rows_not_counted`
    are rows whose status says so; `zero_orders` (amount exactly zero) and the `zero_merged` part of `rows_merged`
    count only with the switch. `gross` sums orders, `net` takes refunds off, both before any as-of date.
    Of a file of customers `rows_read = people + rows_merged + rows_rejected`.
    """

    rows_read: int
    orders: int
    zero_orders: int
    refunds: int
    rows_merged: int
    zero_merged: int
    rows_not_counted: int
    rows_rejected: int
    rejected_by_reason: dict[str, int]
    warnings: tuple[Warned, ...]
    customers: int
    first_on: date | None
    last_on: date | None
    currency: str | None
    gross: Decimal
    net: Decimal
    people: int = 0

    def account(self, *, count_zero_orders: bool) -> dict[str, int]:
        """The row account as the reports show it: zero orders are orders with the switch, else not counted."""
        if self.people:
            return {
                "rows_read": self.rows_read,
                "people": self.people,
                "rows_of_people": self.rows_merged,
                "rows_rejected": self.rows_rejected,
            }
        zero_rows = self.zero_orders + self.zero_merged
        return {
            "rows_read": self.rows_read,
            "orders": self.orders + (self.zero_orders if count_zero_orders else 0),
            "refunds": self.refunds,
            "rows_merged": self.rows_merged - (0 if count_zero_orders else self.zero_merged),
            "rows_not_counted": self.rows_not_counted + (0 if count_zero_orders else zero_rows),
            "rows_rejected": self.rows_rejected,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file came to.

    `headers` and `samples` (the first rows as text) feed the mapping screen. `clean_path` is a Parquet file of orders,
    `contacts_path` one row per customer (None where the file has no contacts), `voided_path` the order ids whose
    status says that they do not count (earlier versions of them go), `rejected_path` a CSV of the rows that
    were rejected, with a `reason` column, and of the other rows of their orders (`same_order`): mended and loaded
    again, an order is replaced as a whole. They exist only when `outcome` is ready; `reasons` say why it was refused.
    A file of customers has contacts and no orders. `preset` names the known export that its headers are of,
    `header_key` stands for its headers, `mapping` is what it was read with; `is_remembered`: a part of that comes from
    an earlier file with the same headers.
    """

    outcome: Outcome
    file_name: str
    content_hash: str
    kind: Kind = "orders"
    preset: str | None = None
    header_key: str = ""
    mapping: ColumnMap = field(default_factory=ColumnMap)
    is_remembered: bool = False
    headers: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    columns: dict[str, ColumnChoice] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    reasons: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    quality: Quality | None = None
    clean_path: Path | None = None
    contacts_path: Path | None = None
    voided_path: Path | None = None
    rejected_path: Path | None = None
    has_order_ids: bool = True
