"""What earlier versions kept in the settings, taken over into the suppression list."""

from __future__ import annotations

import json
from typing import Final

import duckdb

from metrics.contact_keys import entries_of
from metrics.statements import statement
from metrics.suppression_rows import columns_of

_FIELD: Final = "never_contact"


def take_over(cursor: duckdb.DuckDBPyConnection) -> None:
    """Move the names in the stored settings to the table `suppressed`; nothing to do where there are none."""
    for (text,) in cursor.execute("select json from settings").fetchall():
        settings = json.loads(text)
        if _FIELD not in settings:
            continue
        names, region = settings.pop(_FIELD), settings.get("phone_region")
        found = [entry for name in names for entry in entries_of(name, region)]
        cursor.execute(statement("notes/suppress"), columns_of(found))
        cursor.execute("update settings set json = $json", {"json": json.dumps(settings)})
