"""Opening a database and locking it down: no network, no extensions, no files but those on their way in."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from metrics.errors import WorkspaceError

FILE_NAME = "workspace.duckdb"
INBOX = "inbox"

CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
    "python_enable_replacements": "false",
}


def connect(folder: Path | None, memory: str, threads: int | None) -> tuple[duckdb.DuckDBPyConnection, Path | None]:
    """The database of a folder, made where there is none, and the inbox from which it may read files.

    Without a folder it is kept in memory, has no inbox and may read from the machine's folder for temporary files.
    Raises WorkspaceError `workspace_in_use` (facts: pid), duckdb.Error and OSError.
    """
    config: dict[str, Any] = {**CONFIG, "memory_limit": memory}
    if threads:
        config["threads"] = str(threads)
    if folder is None:
        config["temp_directory"] = tempfile.gettempdir()
    elif not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
    connection = _connect(folder, config)
    inbox = None if folder is None else _empty_inbox(folder)
    _lock_down(connection, inbox)
    return connection, inbox


def _connect(folder: Path | None, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(":memory:" if folder is None else str(folder / FILE_NAME), config=config)
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder or "lock" in str(error).lower():
            raise WorkspaceError("workspace_in_use", pid=int(holder[1]) if holder else None) from None
        raise


def _empty_inbox(folder: Path) -> Path:
    """The folder for files on their way in; what an interrupted run left there is somebody's customers: it goes."""
    inbox = folder / INBOX
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(mode=0o700)
    return inbox


def _lock_down(connection: duckdb.DuckDBPyConnection, inbox: Path | None) -> None:
    folder = inbox or Path(tempfile.gettempdir())
    connection.execute(f"set allowed_directories = ['{_quoted(folder)}/']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _quoted(path: Path) -> str:
    return str(path.resolve()).replace("'", "''")
