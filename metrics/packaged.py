"""The data files of this package: presets, words and rules that are no code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def packaged(name: str) -> dict[str, Any]:
    """The content of `metrics/<name>.toml`. Raises FileNotFoundError for an unknown name."""
    return tomllib.loads(files("metrics").joinpath(f"{name}.toml").read_text("utf-8"))
