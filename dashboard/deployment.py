"""How this server was started: the command line sets the environment, the pages read it here."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

DATA: Final = "WINBACK_DATA"
EPHEMERAL: Final = "WINBACK_EPHEMERAL"
FILES: Final = "WINBACK_FILES"


@dataclass(frozen=True, slots=True)
class Deployment:
    """How this server was started: `folder` None keeps each browser session's data in memory."""

    folder: Path | None
    files: tuple[Path, ...]


def own_folder(name: str) -> Path:
    """A folder of the person's own data folder."""
    return user_data_path("winback") / name


def deployment() -> Deployment:
    """The deployment, from the environment that the command line set."""
    folder = Path(os.environ.get(DATA) or own_folder("workspace"))
    files = json.loads(os.environ.get(FILES, "[]"))
    return Deployment(
        folder=None if os.environ.get(EPHEMERAL) else folder,
        files=tuple(Path(name) for name in files),
    )
