"""Whom never to contact, from a file that is named on the command line."""

from __future__ import annotations

from pathlib import Path

from dashboard import suppression_files
from dashboard.cli_shared import must_exist, refuse, scratch
from dashboard.i18n import _
from metrics.intake import Limits
from metrics.workspace import Workspace


def entries_in(held: Workspace, path: Path) -> list[str]:
    """Whom a file names; one that names nobody is refused."""
    must_exist(path)
    with scratch(held.inbox) as folder:
        found = suppression_files.entries_in(held, path, folder, Limits.of_command_line())
    if not found:
        refuse(_("{name} names nobody: write an e-mail, a phone or a customer id a line.").format(name=path.name))
    return found
