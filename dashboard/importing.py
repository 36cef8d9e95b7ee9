"""Bringing an order file in: read it in the child process, then add it to the workspace; with progress, cancellable.

Streamlit stops a running script at its next `st` call when the person clicks elsewhere; reporting progress is such a
call, so a click on Cancel ends the reading, and its child process with it, without any state between the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from dashboard import labels
from dashboard.i18n import _
from dashboard.session import forget_widgets, workspace
from dashboard.shops import sample_batches, shop_settings
from metrics.intake import read_orders
from metrics.intake.contract import ColumnMap, Reading
from metrics.prepare import prepare
from metrics.reason_notes import forget_reasons
from metrics.results import Loaded
from metrics.settled import settled_by

Progress = Callable[[str, float], None]


def read(path: Path, name: str, folder: Path, mapping: ColumnMap | None = None, *, is_afresh: bool = False) -> Reading:
    """Read a file into `folder` with a progress bar; `is_afresh`: without what was chosen for such files before."""
    target = folder / hashlib.sha256(f"{path}{mapping}".encode()).hexdigest()[:16]
    target.mkdir(exist_ok=True)
    settings = workspace().settings
    has_own = len(workspace().batches()) > len(sample_batches(workspace()))
    with progress() as report:
        return read_orders(
            path,
            file_name=name,
            mapping=mapping,
            workdir=target,
            on_progress=report,
            remembered=None if is_afresh else workspace().remembered(),
            currency=settings.currency if has_own else None,
            region=settings.phone_region,
        )


def add(reading: Reading, currency_of_file: str | None = None) -> Loaded:
    """Add a file that was read, with a progress bar; orders take the place of a sample shop, so that the two never mix.

    `currency_of_file` is what a person said of amounts that name none.
    """
    samples = sample_batches(workspace()) if reading.kind == "orders" else ()
    own = None if samples else workspace().settings.currency
    settings = {**(shop_settings(None) if samples else {}), **settled_by(reading, own, currency_of_file)}
    with progress() as report:
        loaded = workspace().ingest(reading, replacing=samples, settings=settings, on_progress=report)
        if samples:
            forget_reasons(workspace())
        forget_widgets()
        prepare(workspace(), lambda share: report("preparing", 0.9 + share / 10))
    return loaded


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar that speaks the stages' words and goes when the work is done."""
    bar = st.progress(0.0, text=_("Working"))

    def report(stage: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=labels.stage(stage))

    try:
        yield report
    finally:
        bar.empty()
