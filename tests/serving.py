"""The app without a browser: a folder of data open in the server's place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from dashboard import deployment, session


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """The folder as the server's own until the block ends; what was held before is let go and opens again when asked.

    The collector is not frozen: that is for servers, a test process would hold objects past the interpreter's end.
    """
    with mock.patch.dict(os.environ, {deployment.DATA: str(folder)}), mock.patch("gc.freeze"):
        session._shared_workspace.clear()
        try:
            yield
        finally:
            session._shared_workspace.clear()
