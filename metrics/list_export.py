"""The one place from which a list of customers leaves: whoever must not be on it is not, and it is noted."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metrics.errors import WinbackError
from metrics.export_log import log_export
from metrics.guard import Guard, Rules, allowed, guard, ready
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
from metrics.segment import Segment, where
from metrics.statements import Where
from metrics.targets.networks import networks
from metrics.workspace import Workspace

HASH_IN_NAME: Final = 12
_Written = tuple[ListWritten, ListSource]
"""What a file holds, and those of the list whom it reaches: only they can be marked as contacted."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Customers picked one by one, and what writes the file about those of them who may be on it.

    `what` names the list in the log. `customers` are keys in `segment_base`, in the order of the file; `write` is given
    those that are left, in that order, and where to write.
    """

    what: str
    customers: NDArray[np.uint64]
    write: Callable[[NDArray[np.uint64], Path], ListWritten]


def export(
    workspace: Workspace, segment: Segment, target: str, path: Path, options: ListOptions | None = None, *,
    is_logged: bool = True,
) -> Exported:  # fmt: skip
    """Write those of a segment who may be contacted to `path`, and note the list in the log.

    Nothing is at `path` unless all went well. Where it is not logged, `log_made` does it once it is handed out;
    `path` is then in a folder that the workspace may read from. Raises WinbackError `target_unknown` (facts: target,
    known), `hashing_unknown` (facts: hashing, known), `sheet_full` (fact: limit), `list_needs_orders`.
    """
    chosen = options or ListOptions()
    _must_fit(target, chosen)
    chosen = replace(chosen, lost_after_days=workspace.settings.threshold, rules=_rules(target, chosen.rules))

    def write(source: ListSource, made: Path, counts: Guard) -> _Written:
        return _write(source, target, made, chosen, counts), _reached(source, target)

    return _send(workspace, segment, target, path, chosen, write, is_logged=is_logged)


def export_picked(workspace: Workspace, picked: Picked, path: Path, options: ListOptions | None = None) -> Exported:
    """Write those of customers picked one by one who may be contacted to `path`; `log_made` notes it in the log.

    `path` is in a folder that the workspace may read from. Nothing is there unless all went well. Raises WinbackError
    `list_needs_orders`, `sheet_full` (fact: limit).
    """

    def write(source: ListSource, made: Path, counts: Guard) -> _Written:
        del counts
        kept = [key for (key,) in source.rows("customer")]
        left = picked.customers[np.isin(picked.customers, np.array(kept, np.uint64))]
        return picked.write(left, made), source

    return _send(workspace, picked, picked.what, path, options or ListOptions(), write, is_logged=False)


def log_made(workspace: Workspace, made: Exported, path: Path) -> Exported:
    """Note a list that was made at `path` in the log, unless it is there already."""
    if made.export_id is not None:
        return made
    keys = _keys_of(path)
    logged = _log(workspace, made, keys)
    keys.unlink()
    return logged


def _send(
    workspace: Workspace, asked: Segment | Picked, target: str, path: Path, chosen: ListOptions,
    write: Callable[[ListSource, Path, Guard], _Written], *, is_logged: bool,
) -> Exported:  # fmt: skip
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="winback-", dir=workspace.inbox)))
        # The lock is held until the snapshot stands, not while a large file is written.
        with workspace.unchanged():
            if not ready(workspace):
                raise WinbackError("list_needs_orders")
            found = _condition(workspace, asked)
            counts = guard(workspace, found, chosen.rules, today=chosen.day)
            snapshot = stack.enter_context(workspace.snapshot())
            source = ListSource(snapshot, allowed(found, chosen.rules, today=chosen.day))
            source.count()
        if chosen.with_codes:
            source = source.make_codes(folder / "codes", counts.left, chosen.code_prefix)
        made = folder / f"list{path.suffix}"
        written, reached = write(source, made, counts)
        reached.copy_keys(folder / "keys")
        digest = _publish(made, path)
        warnings = written.warnings if written.rows else (*written.warnings, ListWarning("nobody"))
        exported = Exported(
            counts, written.rows, written.left_out, written.blanked, warnings, digest,
            f"{chosen.name or target}-{digest[:HASH_IN_NAME]}.{_ending(target, path)}", target, _filter(asked, chosen),
        )  # fmt: skip
        if is_logged:
            return _log(workspace, exported, folder / "keys")
        (folder / "keys").replace(_keys_of(path))
        return exported


def _rules(target: str, rules: Rules) -> Rules:
    """What mailing tools and networks get wants a consent that was given, unless somebody said otherwise."""
    return rules if rules.need_consent is not None else rules.model_copy(update={"need_consent": target in networks()})


def _log(workspace: Workspace, made: Exported, keys: Path) -> Exported:
    number = log_export(
        workspace, keys, target=made.target, customers=made.written, filter_json=made.filter, content_hash=made.sha256
    )
    return replace(made, export_id=number)


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


def _keys_of(path: Path) -> Path:
    """The keys of the customers of a list, beside it until it is in the log."""
    return path.with_name(f"{path.name}.keys")


def _ending(target: str, path: Path) -> str:
    own = path.suffix.removeprefix(".")
    if target in networks():
        return "csv"
    return own if target not in FILES or (target, own) == ("call_list", "csv") else FILES[target]


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


def _condition(workspace: Workspace, asked: Segment | Picked) -> Where:
    if isinstance(asked, Segment):
        return where(asked)
    workspace.put("picked_customers", {"customer": asked.customers})
    return Where("customer in (select customer from picked_customers)", {})


def _filter(asked: Segment | Picked, options: ListOptions) -> str:
    """What was asked, as JSON. Names of customers are in no condition; values that name groups are."""
    rules = {"rules": options.rules.model_dump(mode="json")}
    if isinstance(asked, Picked):
        return json.dumps({"picked": asked.customers.size, **rules})
    return json.dumps({"segment": asked.model_dump(mode="json"), **rules}, ensure_ascii=False, default=str)
