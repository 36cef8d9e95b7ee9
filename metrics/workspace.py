"""The only door to DuckDB: one database per business, opened by one process, asked named questions."""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics.errors import Cancelled, WorkspaceError
from metrics.histograms import Histograms, day_number, from_columns
from metrics.intake.contract import Reading
from metrics.results import Batch, Loaded
from metrics.settings import Settings
from metrics.statements import statement
from metrics.storage import add_contacts, add_orders, choose_current_orders, drop_batch

T = TypeVar("T")
Progress = Callable[[str, float], None]

FORMAT = 1
FILE_NAME = "workspace.duckdb"
INBOX = "inbox"

MARTS = ("steps", "customers", "gap_histogram", "last_day_histogram", "day_totals", "costs")
WITH_AS_OF = {"steps", "customers", "day_totals", "costs"}
WITH_ZERO_ORDERS = {"steps", "costs"}

CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
    "python_enable_replacements": "false",
}


class Workspace:
    """Orders, settings and marts of one business.

    Open with `Workspace.open`; close it or use it as a context manager. Reading is safe from several threads, changes
    are serialised. Every change is one transaction: when it fails, all is as it was before.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, inbox: Path | None) -> None:
        self._connection = connection
        self._changing = threading.RLock()
        self._running: duckdb.DuckDBPyConnection | None = None
        self._derived: dict[Hashable, Any] = {}
        self._histograms: Histograms | None = None
        self.inbox = inbox
        """Folder from which clean files may be loaded; None: the machine's folder for temporary files."""
        self.version = 0
        """Grows with every change of the marts."""
        self.settings = self._stored_settings()
        self._as_of: date | None = self._resolve_as_of()

    @classmethod
    def open(cls, folder: Path | None, *, memory: str = "1500MB", threads: int | None = None) -> Self:
        """Open the workspace of a folder, made where there is none; None keeps everything in memory.

        Raises WorkspaceError: `workspace_in_use` (facts: pid), `workspace_newer`, `workspace_broken`.
        """
        config: dict[str, Any] = {**CONFIG, "memory_limit": memory}
        if threads:
            config["threads"] = str(threads)
        inbox = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            inbox = folder / INBOX
            inbox.mkdir(exist_ok=True)
        connection = _connect(folder, config)
        _lock_down(connection, inbox)
        _prepare(connection)
        return cls(connection, inbox)

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
            cursor.execute(statement(f"answers/{name}"), parameters)
            columns = [column[0] for column in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

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
        """The histograms of the marts, or None while there is no counted order."""
        if self._as_of is None:
            return None
        held = self._histograms
        if held is None:
            names = ("gap_histogram", "last_day_histogram", "day_totals", "costs")
            held = from_columns(day_number(self._as_of), {name: self.ask_columns(name) for name in names})
            self._histograms = held
        return None if held.is_empty else held

    def derived(self, key: Hashable, build: Callable[[], T]) -> T:
        """`build()` once per version of the marts: for tables that do not depend on the threshold."""
        held = self._derived
        if key not in held:
            held[key] = build()
        result: T = held[key]
        return result

    def batches(self) -> tuple[Batch, ...]:
        """The loaded files, oldest first."""
        return tuple(Batch(**row) for row in self.ask("batches"))

    # -- changing -------------------------------------------------------------------------------------------------

    def ingest(self, reading: Reading, *, on_progress: Progress | None = None) -> Loaded:
        """Add a file that was read (`reading.clean_path`), replacing earlier versions of the same orders.

        Raises ValueError for a reading that is not ready, Cancelled when `cancel` was called meanwhile.
        """
        if reading.clean_path is None or reading.quality is None:
            raise ValueError("the reading has no clean orders")
        with self._change(on_progress) as cursor:
            (last,) = cursor.execute("select coalesce(max(batch_id), 0) from batches").fetchall()[0]
            batch_id = last + 1
            cursor.execute(
                "insert into batches values ($id, $name, $hash, $at, $has_ids, $quality)",
                {
                    "id": batch_id,
                    "name": reading.file_name,
                    "hash": reading.content_hash,
                    "at": datetime.now(UTC).replace(tzinfo=None),
                    "has_ids": reading.has_order_ids,
                    "quality": json.dumps(asdict(reading.quality), default=str),
                },
            )
            add_orders(cursor, batch_id, reading.clean_path)
            if reading.contacts_path is not None:
                add_contacts(cursor, batch_id, reading.contacts_path)
            self._rebuild(cursor, on_progress, orders_changed=True)
        batch = next(batch for batch in self.batches() if batch.batch_id == batch_id)
        replaced = int(self.ask("replaced_rows", batch_id=batch_id)[0]["n_rows"]) if last else 0
        return Loaded(batch=batch, added=batch.orders + batch.refunds - replaced, replaced=replaced)

    def undo(self, batch_id: int, *, on_progress: Progress | None = None) -> None:
        """Take a loaded file back; versions that it had replaced count again."""
        with self._change(on_progress) as cursor:
            drop_batch(cursor, batch_id)
            self._rebuild(cursor, on_progress, orders_changed=True)

    def save(self, settings: Settings, *, on_progress: Progress | None = None) -> None:
        """Store the settings; the marts are rebuilt only when the as-of date or the zero orders change."""
        old = self.settings
        if settings == old:
            return
        rebuild = (settings.as_of, settings.count_zero_orders) != (old.as_of, old.count_zero_orders)
        with self._change(on_progress, marts=rebuild) as cursor:
            cursor.execute("delete from settings")
            cursor.execute("insert into settings values ($json)", {"json": settings.model_dump_json()})
            self.settings = settings
            if rebuild:
                self._rebuild(cursor, on_progress, orders_changed=False)

    def cancel(self) -> None:
        """Stop the change that runs in another thread; it raises Cancelled there and leaves all as it was."""
        running = self._running
        if running is not None:
            running.interrupt()

    # -- inside ---------------------------------------------------------------------------------------------------

    @contextmanager
    def _change(self, on_progress: Progress | None, *, marts: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._changing, self._connection.cursor() as cursor:
            kept = (self.settings, self._as_of)
            cursor.execute("begin")
            self._running = cursor
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException as error:
                cursor.execute("rollback")
                self.settings, self._as_of = kept
                if isinstance(error, duckdb.InterruptException):
                    raise Cancelled from None
                raise
            finally:
                self._running = None
            if marts:
                self._forget()
            if on_progress:
                on_progress("ready", 1.0)

    def _forget(self) -> None:
        self._histograms = None
        self._derived = {}
        self.version += 1

    def _rebuild(
        self, cursor: duckdb.DuckDBPyConnection, on_progress: Progress | None, *, orders_changed: bool
    ) -> None:
        steps = ["current_orders"] if orders_changed else []
        stages = [*steps, *MARTS]
        for index, name in enumerate(stages):
            if on_progress:
                on_progress(name, index / len(stages))
            if name == "current_orders":
                choose_current_orders(cursor)
                self._as_of = self._resolve_as_of(cursor)
                continue
            if name == "steps" and not orders_changed:
                self._as_of = self._resolve_as_of(cursor)
            cursor.execute(statement(f"marts/{name}"), self._mart_parameters(name))

    def _mart_parameters(self, name: str) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        if name in WITH_AS_OF:
            parameters["as_of"] = self._as_of or date.min
        if name in WITH_ZERO_ORDERS:
            parameters["count_zero_orders"] = self.settings.count_zero_orders
        return parameters

    def _resolve_as_of(self, cursor: duckdb.DuckDBPyConnection | None = None) -> date | None:
        latest = (cursor or self._connection).execute(
            statement("answers/latest_order_day"), {"count_zero_orders": self.settings.count_zero_orders}
        )
        (day,) = latest.fetchall()[0]
        return None if day is None else (self.settings.as_of or day)

    def _stored_settings(self) -> Settings:
        rows = self._connection.execute("select json from settings").fetchall()
        return Settings.model_validate_json(rows[0][0]) if rows else Settings()


def _connect(folder: Path | None, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(":memory:" if folder is None else str(folder / FILE_NAME), config=config)
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder or "lock" in str(error).lower():
            raise WorkspaceError("workspace_in_use", pid=int(holder[1]) if holder else None) from None
        raise WorkspaceError("workspace_broken") from None


def _lock_down(connection: duckdb.DuckDBPyConnection, inbox: Path | None) -> None:
    folder = inbox or Path(tempfile.gettempdir())
    connection.execute(f"set allowed_directories = ['{_quoted(folder)}/']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(statement("workspace/schema"))
    rows = connection.execute("select format from meta").fetchall()
    if not rows:
        connection.execute("insert into meta values ($format)", {"format": FORMAT})
        choose_current_orders(connection)
        for name in MARTS:
            values = {"as_of": date.min} if name in WITH_AS_OF else {}
            connection.execute(
                statement(f"marts/{name}"),
                {**values, "count_zero_orders": False} if name in WITH_ZERO_ORDERS else values,
            )
    elif rows[0][0] > FORMAT:
        raise WorkspaceError("workspace_newer")


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")
