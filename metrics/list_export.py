"""The one place from which a list of customers leaves: whoever must not be on it is not, and it is noted."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from metrics.errors import WinbackError
from metrics.export_log import log_export
from metrics.guard import Guard, allowed, guard, ready
from metrics.list_calls import write_calls
from metrics.list_files import (
    body_of,
    write_csv,
    write_csv_machine,
    write_for_network,
    write_parquet,
    write_xlsx,
)
from metrics.list_options import FILES, Exported, ListOptions, ListWarning, ListWritten, targets
from metrics.list_source import ListSource
from metrics.segment import Segment
from metrics.targets.networks import networks
from metrics.workspace import Workspace

HASH_IN_NAME: Final = 12


def export(
    workspace: Workspace, segment: Segment, target: str, path: Path, options: ListOptions | None = None
) -> Exported:
    """Write those of a segment who may be contacted to `path`, and note the list in the log.

    Nothing is at `path` unless all went well. Raises WinbackError `target_unknown` (facts: target, known),
    `hashing_unknown` (facts: hashing, known), `sheet_full` (fact: limit), `list_needs_orders`.
    """
    chosen = options or ListOptions()
    _must_fit(target, chosen)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="winback-", dir=workspace.inbox)))
        # The lock is held until the snapshot stands, not while a large file is written.
        with workspace.unchanged():
            if not ready(workspace):
                raise WinbackError("list_needs_orders")
            counts = guard(workspace, segment, chosen.rules, today=chosen.day)
            snapshot = stack.enter_context(workspace.snapshot())
            source = ListSource(snapshot, allowed(segment, chosen.rules, today=chosen.day))
            source.count()
        if chosen.with_codes:
            source = source.make_codes(folder / "codes", counts.left, chosen.code_prefix)
        made = folder / f"list{path.suffix}"
        written = _write(source, target, made, chosen, counts)
        _reached(source, target).copy_keys(folder / "keys")
        digest = _publish(made, path)
        number = log_export(
            workspace, folder / "keys", target=target, customers=written.rows,
            filter_json=_filter(segment, chosen), content_hash=digest,
        )  # fmt: skip
    ending = (
        path.suffix.removeprefix(".") if target == "call_list" and path.suffix == ".csv" else FILES.get(target, "csv")
    )
    warnings = written.warnings if written.rows else (*written.warnings, ListWarning("nobody"))
    return Exported(
        counts, written.rows, written.left_out, written.blanked, warnings, digest,
        f"{chosen.name or target}-{digest[:HASH_IN_NAME]}.{ending}", number,
    )  # fmt: skip


def _must_fit(target: str, options: ListOptions) -> None:
    if target not in targets():
        raise WinbackError("target_unknown", target=target, known=targets())
    known = networks()[target].hashing if target in networks() else ("none",)
    if options.hashing is not None and options.hashing not in known:
        raise WinbackError("hashing_unknown", hashing=options.hashing, known=known)


def _write(source: ListSource, target: str, path: Path, options: ListOptions, counts: Guard) -> ListWritten:
    match target:
        case "csv":
            return write_csv(source, path, options)
        case "csv_machine":
            return write_csv_machine(source, path, options)
        case "parquet":
            return write_parquet(source, path, options)
        case "xlsx":
            return write_xlsx(source, path, options, counts)
        case "call_list":
            return write_calls(source, path, options)
        case _:
            return write_for_network(source, path, options, networks()[target])


def _reached(source: ListSource, target: str) -> ListSource:
    """Those of a list whom its target can reach at all: only they can be marked as contacted."""
    needed = ("phone",) if target == "call_list" else networks()[target].identifiers if target in networks() else ()
    return source.narrowed(" or ".join(f"{key} is not null" for key in needed)) if needed else source


def _publish(made: Path, path: Path) -> str:
    """Copy a finished file, its rows after its header, to its place; the hash of its content."""
    content = hashlib.sha256()
    part = path.with_name(f"{path.name}.part")
    pieces = [piece for piece in (made, body_of(made)) if piece.exists()]
    try:
        with part.open("wb") as target:
            for piece in pieces:
                with piece.open("rb") as source:
                    while block := source.read(1 << 20):
                        content.update(block)
                        target.write(block)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return content.hexdigest()


def _filter(segment: Segment, options: ListOptions) -> str:
    """What was asked, as JSON. Names of customers are in no condition; values that name groups are."""
    asked = {"segment": segment.model_dump(mode="json"), "rules": options.rules.model_dump(mode="json")}
    return json.dumps(asked, ensure_ascii=False, default=str)
