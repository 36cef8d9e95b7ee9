"""Retention, lost money and win-back figures from a business's own orders; usable without the dashboard."""

from metrics.errors import Cancelled, IntakeError, WinbackError, WorkspaceError
from metrics.settings import Settings
from metrics.workspace import Workspace

__all__ = ["Cancelled", "IntakeError", "Settings", "WinbackError", "Workspace", "WorkspaceError"]
