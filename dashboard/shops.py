"""Loading a sample shop, from a page or from the command line."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from metrics import Workspace
from metrics.intake import ColumnMap, read_orders
from metrics.marts import Progress
from metrics.reason_notes import forget_reasons
from metrics.settings import Settings
from sample_data import SampleShop, sample_files


def load_shop(workspace: Workspace, shop: SampleShop, folder: Path, on_progress: Progress | None = None) -> None:
    """Load a sample shop in place of any other one, with settings that suit it; `folder` is for files on their way."""
    target = folder / shop.key
    target.mkdir(exist_ok=True)
    reading = read_orders(shop.path, workdir=target, on_progress=on_progress)
    others = sample_batches(workspace)
    workspace.ingest(reading, replacing=others, settings=shop_settings(shop), on_progress=on_progress)
    if others:
        forget_reasons(workspace)
    if shop.survey is not None:
        answers = folder / f"{shop.key}_survey"
        answers.mkdir(exist_ok=True)
        workspace.ingest(read_orders(shop.survey, mapping=ColumnMap(kind="customers"), workdir=answers))


def shop_settings(shop: SampleShop | None) -> dict[str, Any]:
    """The settings that go with a sample shop; without one those of a fresh start."""
    fresh: dict[str, Any] = {
        "lost_after_days": None,
        "margin": None,
        "as_of": None,
        "left_out": (),
        "dismissed": (),
        "goals": (),
        "reason_words": {},
    }
    if shop is None:
        own = {"industry": Settings().industry, "currency": None, "monthly_rent": None, "monthly_salary": None}
        return {**fresh, **own}
    return {
        **fresh,
        "industry": shop.industry,
        "currency": shop.currency,
        "monthly_rent": shop.monthly_rent,
        "monthly_salary": shop.monthly_salary,
    }


def sample_batches(workspace: Workspace) -> tuple[int, ...]:
    """The batches that hold a sample shop, told by their content."""
    known = _keys_by_hash()
    return tuple(batch.batch_id for batch in workspace.batches() if batch.content_hash in known)


def loaded_samples(workspace: Workspace) -> frozenset[str]:
    """The keys of the sample shops that are loaded."""
    known = _keys_by_hash()
    return frozenset(known[batch.content_hash] for batch in workspace.batches() if batch.content_hash in known)


@cache
def _keys_by_hash() -> dict[str, str]:
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): key
        for key, shop in sample_files().items()
        for path in (shop.path, shop.survey)
        if path is not None
    }
