"""What every test starts from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of a test begins as English and ends with it."""
    i18n.use("en")
    yield
    i18n.use("en")
