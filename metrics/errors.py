"""What can go wrong, as codes and facts; the words for each code live in the dashboard's catalogues."""

from __future__ import annotations

from typing import Any


class WinbackError(Exception):
    """A refusal that a person can act on.

    `code` is a stable key (for example `file_empty`); `facts` are the values that its sentence needs
    (for example `{"limit_mb": 200}`). Never holds personal data.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class IntakeError(WinbackError):
    """A file that cannot become orders: wrong kind, broken, too large, nothing usable inside."""


class WorkspaceError(WinbackError):
    """The workspace cannot be opened or changed: held by another process, newer format, nothing loaded."""


class Cancelled(WinbackError):  # noqa: N818  (a choice of the person, not a fault)
    """The person stopped a long task; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled")
