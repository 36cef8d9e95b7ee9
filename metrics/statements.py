"""Our SQL, by name: every statement is a file under `metrics/sql`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final


@cache
def statement(name: str) -> str:
    """The text of `sql/<name>.sql`, for example `answers/top_lost`. Raises FileNotFoundError for an unknown name."""
    return files("metrics").joinpath("sql", *f"{name}.sql".split("/")).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL made of our own words and parameters, and the parameters' values."""

    sql: str
    parameters: Mapping[str, Any]


EVERYBODY: Final = Where("true", {})


def statement_where(name: str, found: Where, **words: str) -> str:
    """A statement whose `{where}`, and other places by name, are filled with SQL of our own."""
    text = statement(name).replace("{where}", found.sql)
    for place, sql in words.items():
        text = text.replace(f"{{{place}}}", sql)
    return text
