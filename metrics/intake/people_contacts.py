"""E-mails and phones of a file of customers: the few that the quick expressions leave open, each distinct one once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import duckdb

from metrics.intake.contacts import international, region_of, usual_email

_USUAL_EMAIL: Final = r"[a-z0-9_%+''-]+(?:\.[a-z0-9_%+''-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_LIKE_EMAIL: Final = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+\.[^\s<>()\[\],;:\"@.]+")
_NATIONAL: Final = {"RU": (r"9\d{9}", "+7"), "CN": (r"1[3-9]\d{9}", "+86"), "US": (r"[2-9]\d{2}[2-9]\d{6}", "+1")}
"""Numbers as they are dialled at home that need no look at a table."""
_BETWEEN: Final = re.compile(r"[,;/\n|]|\bили\b|\bor\b|\s{2,}")
_SAMPLE: Final = 200
_CHUNK: Final = 50_000


def mend_emails(connection: duckdb.DuckDBPyConnection) -> None:
    """In `email_keys`: the first e-mail of a cell in its usual form, null where there is none."""
    _mend(connection, "email_keys", f"not regexp_full_match(customer_id, '{_USUAL_EMAIL}')", email_of)


def mend_phones(connection: duckdb.DuckDBPyConnection, region: str | None) -> None:
    """In `phone_keys`: numbers of a known region in E.164, the first of several in a cell, null where there is none.

    Where no `region` (ISO 3166) is given, it is that of the numbers with a country code, if they are all of one.
    """
    region = region or _region_of_all(connection)
    if region in _NATIONAL:
        shape, code = _NATIONAL[region]
        connection.execute(
            f"update phone_keys set customer_id = '{code}' || customer_id "
            f"where regexp_full_match(customer_id, '{shape}')"
        )
    is_odd = "strlen(replace(customer_id, '+', '')) not between 7 and 15"
    is_open = is_odd if region is None else f"customer_id not like '+%' or {is_odd}"
    _mend(connection, "phone_keys", is_open, lambda written: phone_of(written, region))


def email_of(cell: str) -> str | None:
    """The first e-mail in a cell, None where there is none."""
    for found in _LIKE_EMAIL.findall(cell):
        return usual_email(found) or str(found).casefold()
    return None


def phone_of(cell: str, region: str | None) -> str | None:
    """The first phone of a cell in E.164, or its bare digits where its region is unknown; None where there is none."""
    for part in (cell, *_BETWEEN.split(cell)):
        digits = re.sub(r"\D", "", part)
        if not 7 <= len(digits) <= 15:
            continue
        if part.strip().startswith("+"):
            return f"+{digits}"
        return (international(part, region) if region else None) or _as_dialled(digits)
    return None


def _as_dialled(digits: str) -> str:
    """Russian numbers are known by their shape; others stay as they are dialled at home."""
    return f"+7{digits[1:]}" if re.fullmatch(r"(?:89|79)\d{9}", digits) else digits


def _region_of_all(connection: duckdb.DuckDBPyConnection) -> str | None:
    query = f"select distinct customer_id from phone_keys where customer_id like '+%' order by 1 limit {_SAMPLE}"
    regions = {region_of(number) for (number,) in connection.execute(query).fetchall()} - {None}
    return regions.pop() if len(regions) == 1 else None


def _mend(connection: duckdb.DuckDBPyConnection, table: str, where: str, mended: Callable[[str], str | None]) -> None:
    """Put `mended(written)` in the place of the keys that match."""
    query = f"select written from {table} where customer_id is not null and ({where}) order by written"
    texts = [written for (written,) in connection.execute(query).fetchall()]
    for start in range(0, len(texts), _CHUNK):
        some = texts[start : start + _CHUNK]
        connection.execute(
            f"update {table} set customer_id = given.mended from (select unnest($old::varchar[]) as written, "
            f"unnest($new::varchar[]) as mended) as given where {table}.written = given.written",
            {"old": some, "new": [mended(text) for text in some]},
        )
