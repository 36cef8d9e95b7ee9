"""What was chosen for a file is chosen for the next one with the same headers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from metrics.intake.contract import RATE, ColumnMap
from metrics.intake.words import normal

_OF_ITS_DAY = ("which_currency",)


def header_key(headers: Sequence[str]) -> str:
    """What stands for the headers of a file: files with equal ones, whatever their case, are read alike."""
    return hashlib.sha256("\x1f".join(map(normal, headers)).encode()).hexdigest()[:16]


def with_remembered(mapping: ColumnMap, remembered: ColumnMap | None, headers: Sequence[str]) -> ColumnMap:
    """What a person chose now over what was chosen for such a file before, in the spelling of these `headers`."""
    if remembered is None:
        return mapping
    spelled = {normal(header): header for header in headers}
    columns = {
        name: None if source is None else spelled[normal(source)]
        for name, source in remembered.columns.items()
        if source is None or normal(source) in spelled
    }
    return ColumnMap(
        columns={**columns, **mapping.columns},
        answers={**remembered.answers, **mapping.answers},
        rules={**remembered.rules, **mapping.rules},
        kind=mapping.kind or remembered.kind,
    )


def worth_remembering(mapping: ColumnMap) -> ColumnMap:
    """The choices that hold for later files as well: all but rates, which are those of their day."""
    passing = {code for code in mapping.answers if code in _OF_ITS_DAY or code.startswith(RATE)}
    kept = {code: said for code, said in mapping.answers.items() if code not in passing}
    return ColumnMap(columns=mapping.columns, answers=kept, rules=mapping.rules, kind=mapping.kind)
