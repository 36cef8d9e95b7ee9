"""What several page tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.shops import load_shop
from metrics import Workspace
from sample_data import sample_files


@pytest.fixture(scope="module")
def spice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the spice shop, closed; whoever changes its settings sets them back."""
    folder = tmp_path_factory.mktemp("spice") / "data"
    with Workspace.open(folder) as workspace:
        load_shop(workspace, sample_files()["spice"], workspace.inbox)
    return folder
