"""The files of lists as text, to be kept and compared; `python -m tests.list_text` writes what is kept anew."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import openpyxl
import pyarrow.parquet as pq

from dashboard import i18n
from dashboard.export_words import list_words
from metrics.guard import Rules
from metrics.list_export import export
from metrics.list_options import FILES, ListOptions
from metrics.reason_notes import ReasonNote, give_reason
from metrics.segment import Segment
from metrics.settings import Settings
from metrics.workspace import Workspace
from tests.factories import holding, numbered, order
from tests.test_people import add_people

GOLDEN = Path(__file__).resolve().parent / "golden" / "lists"
KINDS = tuple(FILES)
TODAY = date(2025, 3, 1)
HELD = Settings(lost_after_days=60)
PEOPLE = {
    "ann": {"name": "Ann Lee", "email": "ann@x.co", "phone": "+79001234567", "manager": "Kim"},
    "bob": {"name": "=2+5", "email": "bad@", "phone": "9001234567", "manager": "Kim"},
    "cat": {"email": "cat@x.co", "consent": "no"},
    "dan": {"phone": "+442079460958", "manager": "Lee"},
}


@contextmanager
def shop_of_lists() -> Iterator[Workspace]:
    """A shop of six customers, one of whom opted out; T = 60."""
    rows = [order(who, "2024-01-01", amount) for who, amount in zip(PEOPLE, (40, 30, 20, 10), strict=True)]
    rows += [order("@x", "2024-02-01", 5), order("today", "2024-12-31", 1)]
    with holding(numbered(rows), settings=HELD) as workspace:
        add_people(workspace, [SimpleNamespace(customer_id=who, **known) for who, known in PEOPLE.items()])
        yield workspace


def text_of(workspace: Workspace, target: str) -> str:
    """A file with everybody of the shop, as lines: the cells of a workbook, the columns of Parquet, the text itself."""
    i18n.use("en")
    words = list_words(Settings(lost_after_days=60, currency="EUR"), "Everybody", date(2024, 12, 31), made_on=TODAY)
    give_reason(workspace, "ann", ReasonNote(named="competitors", confirmed="service"))
    options = ListOptions(today=TODAY, words=words, offer="10%", rules=Rules(skip_lost_twice=False), name="everybody")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{FILES[target]}"
        export(workspace, Segment(), target, path, options, is_logged=False)
        content = path.read_bytes()
        give_reason(workspace, "ann", ReasonNote())
    if path.suffix == ".xlsx":
        return _of_workbook(content)
    if path.suffix == ".parquet":
        table = pq.read_table(io.BytesIO(content))
        return "\n".join([*map(str, table.schema.remove_metadata()), *map(str, table.to_pylist()), ""])
    return content.decode("utf-8")


def _of_workbook(content: bytes) -> str:
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        lines += [f"[{sheet.title}] frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"]
        lines += [" | ".join(f"{cell.data_type}:{cell.value}" for cell in row) for row in sheet.iter_rows()]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write what is kept anew."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for target in KINDS:
        with shop_of_lists() as workspace:
            (GOLDEN / f"{target}.txt").write_bytes(text_of(workspace, target).encode("utf-8"))


if __name__ == "__main__":
    main()
