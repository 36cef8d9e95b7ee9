"""The only door to the orders: one database per business, opened by one process, asked named questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self, TypeVar

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics.connection import connect
from metrics.errors import WorkspaceError
from metrics.histograms import Histograms, day_number, from_columns
from metrics.intake.contract import ColumnMap, Reading
from metrics.marts import (
    BUILT_FROM,
    HISTOGRAMS,
    MADE,
    Progress,
    drop_made,
    prepare,
    rebuild,
    rebuild_profiles,
    resolve_as_of,
)
from metrics.results import Batch, Loaded
from metrics.settings import Settings
from metrics.snapshot import Rows, Snapshot, run
from metrics.statements import Where, statement
from metrics.storage import add_batch, drop_batch, last_batch, store_settings, stored_settings

T = TypeVar("T")


@dataclass(slots=True)
class _Change:
    """A transaction under way and what is published when it is committed."""

    cursor: duckdb.DuckDBPyConnection
    settings: Settings
    as_of: date | None
    marts: bool = False


class Workspace:
    """Orders, settings and marts of one business.

    Open with `Workspace.open`; close it or use it as a context manager. Reading is safe from several threads, changes
    are serialised. Every change is one transaction: when it fails, all is as it was before.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, inbox: Path | None) -> None:
        self._connection = connection
        self._changing = threading.Lock()
        # Held while something is built from the marts and while a change is published: neither sees half of the other.
        self._published = threading.RLock()
        self._derived: dict[Hashable, Any] = {}
        self.inbox = inbox
        """Folder from which clean files may be loaded; None: the machine's folder for temporary files."""
        self.settings = stored_settings(connection)
        self._as_of = resolve_as_of(connection, self.settings)

    @classmethod
    def open(cls, folder: Path | None, *, memory: str = "1500MB", threads: int | None = None) -> Self:
        """Open the workspace of a folder, made where there is none; None keeps everything in memory.

        Raises WorkspaceError: `workspace_in_use` (facts: pid), `workspace_newer`, `workspace_broken`.
        """
        try:
            connection, inbox = connect(folder, memory, threads)
            prepare(connection)
            return cls(connection, inbox)
        except (duckdb.Error, OSError):
            raise WorkspaceError("workspace_broken") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the database file."""
        self._connection.close()

    # -- asking ---------------------------------------------------------------------------------------------------

    def ask(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of `sql/answers/<name>.sql` as dictionaries."""
        with self._connection.cursor() as cursor:
            return run(cursor, f"answers/{name}", parameters)

    def ask_where(self, name: str, found: Where, /, words: Mapping[str, str] | None = None, **parameters: Any) -> Rows:
        """The rows of `sql/answers/<name>.sql` with `{where}` and other places filled with SQL of our own."""
        with self._connection.cursor() as cursor:
            return run(cursor, f"answers/{name}", {**parameters}, found, words)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The block is given what asks about the tables as they are at its first question, whatever changes then."""
        with self._connection.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield Snapshot(cursor)
            finally:
                cursor.execute("rollback")

    def ask_columns(self, name: str, **parameters: Any) -> dict[str, NDArray[np.generic]]:
        """The columns of `sql/answers/<name>.sql` as numpy arrays (masked where there are nulls)."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement(f"answers/{name}"), parameters)
            return {name: np.ma.asarray(column) for name, column in cursor.fetchnumpy().items()}

    @property
    def as_of(self) -> date | None:
        """The day up to which everything is seen; None while there is no counted order."""
        return self._as_of

    @property
    def histograms(self) -> Histograms | None:
        """The histograms of the marts, or None while there is no counted order up to the as-of date."""
        return self.derived("histograms", self._read_histograms)

    def derived(self, key: Hashable, build: Callable[[], T]) -> T:
        """`build()` once per version of the marts: for tables that do not depend on the threshold."""
        with self._published:
            if key not in self._derived:
                self._derived[key] = build()
            result: T = self._derived[key]
            return result

    def latest(self, slot: str, key: Hashable, build: Callable[[], T]) -> T:
        """`build()` unless it is what was built last in this slot, of the same marts: for what is too large to keep."""
        with self._published:
            held = self._derived.get(("latest", slot))
            if held is None or held[0] != key:
                held = self._derived[("latest", slot)] = (key, build())
            result: T = held[1]
            return result

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """No change is published until the block ends: several questions in it speak of the same orders."""
        with self._published:
            yield

    def make(self, name: str, parameters: Callable[[], dict[str, Any]] = dict) -> None:
        """Make the table of `sql/made/<name>.sql` when it is first needed: once per version of the marts."""

        def build() -> None:
            values = parameters()
            with self._connection.cursor() as cursor:
                cursor.execute(statement(f"made/{name}"), values)

        self.derived(("made", name), build)

    def make_again(self, name: str, **parameters: Any) -> None:
        """Make the table of `sql/made/<name>.sql` now, whatever was there."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement(f"made/{name}"), parameters)

    def put(self, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Make the table `name` (of `MADE`) of columns in memory."""
        if name not in MADE:
            raise ValueError(f"{name!r} is not a table that is made")
        with self._connection.cursor() as cursor:
            cursor.register("columns_in_memory", dict(columns))
            cursor.execute(f"create or replace table {name} as select * from columns_in_memory")
            cursor.unregister("columns_in_memory")

    def batches(self) -> tuple[Batch, ...]:
        """The loaded files, oldest first."""
        return self.derived("batches", lambda: tuple(Batch(**row) for row in self.ask("batches")))

    def remembered(self) -> dict[str, ColumnMap]:
        """What was chosen for files that were loaded, by the key of their headers; `read_orders` takes it."""
        return {row["header_key"]: ColumnMap.model_validate_json(row["json"]) for row in self.ask("mappings")}

    def ask_with(self, reading: Reading, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """What `ask` would answer if a file of customers that was read were added, as the batch `$batch_id`."""
        _must_be_ready(reading)
        with self._changing, self._connection.cursor() as cursor:
            cursor.execute("begin")
            try:
                batch_id = last_batch(cursor) + 1
                add_batch(cursor, batch_id, reading)
                rebuild_profiles(cursor, None)
                return run(cursor, f"answers/{name}", {"batch_id": batch_id, **parameters})
            finally:
                cursor.execute("rollback")

    # -- changing -------------------------------------------------------------------------------------------------

    def ingest(
        self,
        reading: Reading,
        *,
        replacing: Sequence[int] = (),
        settings: dict[str, Any] | None = None,
        on_progress: Progress | None = None,
    ) -> Loaded:
        """Add a file that was read; its orders, or people, replace earlier versions of themselves.

        In the same transaction the batches in `replacing` are taken back and `settings` are changed. Raises ValueError
        for a reading that is not ready, WorkspaceError `amounts_too_large`.
        """
        _must_be_ready(reading)
        with self._change() as change:
            last = last_batch(change.cursor)
            for batch_id in replacing:
                drop_batch(change.cursor, batch_id)
            add_batch(change.cursor, last + 1, reading)
            if settings:
                _store(change, change.settings.with_changes(**settings))
            if reading.kind == "orders" or replacing:
                self._rebuild(change, on_progress, orders_changed=True)
            else:
                self._rebuild_profiles(change, on_progress)
        batch = next(batch for batch in self.batches() if batch.batch_id == last + 1)
        if batch.kind == "customers":
            (row,) = self.ask("replaced_people", batch_id=batch.batch_id)
            return Loaded(batch=batch, added=row["n_people"] - row["n_replaced"], replaced=row["n_replaced"])
        replaced = int(self.ask("replaced_rows", batch_id=batch.batch_id)[0]["n_rows"]) if last else 0
        return Loaded(batch=batch, added=batch.orders + batch.refunds - replaced, replaced=replaced)

    def undo(
        self, *batch_ids: int, settings: dict[str, Any] | None = None, on_progress: Progress | None = None
    ) -> None:
        """Take loaded files back; versions that they had replaced count again. `settings` change with it."""
        with self._change() as change:
            for batch_id in batch_ids:
                drop_batch(change.cursor, batch_id)
            if settings:
                _store(change, change.settings.with_changes(**settings))
            self._rebuild(change, on_progress, orders_changed=True)

    def save(self, settings: Settings, *, on_progress: Progress | None = None) -> None:
        """Store all settings; the marts are rebuilt only when one of `BUILT_FROM` changes."""
        self.update(on_progress=on_progress, **settings.model_dump())

    def update(self, *, on_progress: Progress | None = None, **changes: Any) -> None:
        """Store some settings over those of this moment. Raises pydantic's ValidationError for values out of bounds."""
        with self._change() as change:
            old, new = change.settings, change.settings.with_changes(**changes)
            if new == old:
                return
            _store(change, new)
            if [getattr(new, name) for name in BUILT_FROM] != [getattr(old, name) for name in BUILT_FROM]:
                self._rebuild(change, on_progress, orders_changed=False)

    @contextmanager
    def noting(self) -> Iterator[Callable[..., Rows]]:
        """One transaction that no mart depends on: the block is given what runs `sql/notes/<name>.sql`."""
        with self._change() as change:
            yield lambda name, **values: run(change.cursor, f"notes/{name}", values)

    # -- inside ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _change(self) -> Iterator[_Change]:
        with self._changing, self._connection.cursor() as cursor:
            change = _Change(cursor, self.settings, self._as_of)
            cursor.execute("begin")
            try:
                yield change
                with self._published:
                    cursor.execute("commit")
                    self.settings, self._as_of = change.settings, change.as_of
                    if change.marts:
                        self._derived = {}
                        drop_made(cursor)
            except BaseException as error:
                cursor.execute("rollback")
                if isinstance(error, duckdb.ConversionException | duckdb.OutOfRangeException):
                    raise WorkspaceError("amounts_too_large") from None
                raise

    def _rebuild(self, change: _Change, on_progress: Progress | None, *, orders_changed: bool) -> None:
        change.as_of = rebuild(change.cursor, change.settings, on_progress, orders_changed=orders_changed)
        change.marts = True

    def _rebuild_profiles(self, change: _Change, on_progress: Progress | None) -> None:
        rebuild_profiles(change.cursor, on_progress)
        change.marts = True

    def _read_histograms(self) -> Histograms | None:
        if self._as_of is None:
            return None
        held = from_columns(day_number(self._as_of), {name: self.ask_columns(name) for name in HISTOGRAMS})
        return None if held.is_empty else held


def _store(change: _Change, settings: Settings) -> None:
    store_settings(change.cursor, settings)
    change.settings = settings


def _must_be_ready(reading: Reading) -> None:
    if (
        reading.quality is None
        or (reading.contacts_path if reading.kind == "customers" else reading.clean_path) is None
    ):
        raise ValueError("the reading has no clean orders or customers")
