"""Retention, lost money and win-back figures from a business's own orders; usable without the dashboard."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metrics.errors import Cancelled, IntakeError, WinbackError, WorkspaceError
    from metrics.settings import Settings
    from metrics.workspace import Workspace

__all__ = ["Cancelled", "IntakeError", "Settings", "WinbackError", "Workspace", "WorkspaceError"]

_PLACES = {"Settings": "metrics.settings", "Workspace": "metrics.workspace"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the child that reads a file needs neither numpy nor the workspace."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES.get(name, "metrics.errors")), name)
