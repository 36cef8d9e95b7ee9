"""Our SQL, by name: every statement is a file under `metrics/sql`, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of `sql/<name>.sql`, for example `answers/top_lost`. Raises FileNotFoundError for an unknown name."""
    return files("metrics").joinpath("sql", *f"{name}.sql".split("/")).read_text("utf-8")
