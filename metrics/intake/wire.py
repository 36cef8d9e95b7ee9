"""A job and a Reading as JSON, the only thing that passes between the two processes."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from metrics.intake.contract import ColumnChoice, ColumnMap, Quality, Question, Reading, Warned
from metrics.intake.job import Job
from metrics.intake.limits import Limits


def reading_to_json(reading: Reading) -> str:
    """A Reading on one line."""
    raw = asdict(reading) | {"mapping": reading.mapping.model_dump()}
    return json.dumps(raw, default=_tagged, ensure_ascii=True)


def reading_from_json(text: str) -> Reading:
    """The Reading that `reading_to_json` wrote."""
    raw: dict[str, Any] = json.loads(text, object_hook=_untagged)
    raw["mapping"] = ColumnMap(**raw["mapping"])
    raw["headers"] = tuple(raw["headers"])
    raw["samples"] = tuple(tuple(row) for row in raw["samples"])
    raw["reasons"] = tuple(raw["reasons"])
    raw["columns"] = {
        name: ColumnChoice(each["source"], each["confidence"], tuple(each["examples"]))
        for name, each in raw["columns"].items()
    }
    raw["questions"] = tuple(Question(each["code"], tuple(each["options"]), each["facts"]) for each in raw["questions"])
    if (quality := raw["quality"]) is not None:
        quality["warnings"] = tuple(Warned(**each) for each in quality["warnings"])
        raw["quality"] = Quality(**quality)
    return Reading(**raw)


def job_to_json(job: Job) -> str:
    """A Job as JSON."""
    remembered = {key: mapping.model_dump() for key, mapping in job.remembered.items()}
    raw = asdict(job) | {"mapping": job.mapping.model_dump(), "remembered": remembered}
    return json.dumps(raw, default=_tagged, ensure_ascii=True)


def job_from_json(text: str) -> Job:
    """The Job that `job_to_json` wrote."""
    raw: dict[str, Any] = json.loads(text, object_hook=_untagged)
    raw["mapping"] = ColumnMap(**raw["mapping"])
    raw["remembered"] = {key: ColumnMap(**each) for key, each in raw["remembered"].items()}
    raw["limits"] = Limits(**raw["limits"])
    return Job(**raw)


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Path):
        return {"$path": str(value)}
    raise TypeError(type(value).__name__)


_UNTAG: dict[str, Any] = {
    "$decimal": Decimal,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$path": Path,
}


def _untagged(raw: dict[str, Any]) -> Any:
    if len(raw) == 1:
        ((tag, value),) = raw.items()
        if tag in _UNTAG:
            return _UNTAG[tag](value)
    return raw
