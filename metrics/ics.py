"""Calendar files (RFC 5545): all-day events that any calendar can take in."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_LONGEST_LINE: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event. Equal `key`s are the same event in every file, so that a later file moves it."""

    key: str
    day: date
    summary: str
    description: str = ""


def calendar_file(events: Iterable[Event], name: str, stamp: date) -> bytes:
    """A calendar with these events, as the bytes of an .ics file; `stamp` is the day its content is of.

    Texts may hold anything: they cannot end their line or begin a property of their own.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Winback//Reminders//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: Event, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(event.key.encode()).hexdigest()[:32]}@winback"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Line breaks become `\\n`, other control characters blanks, and what separates values is escaped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(sign if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"} else " " for sign in lines)
    return kept.translate(_ESCAPES)


def _folded(line: str) -> str:
    """At most 75 octets per line, the next ones begin with a blank; never inside a character."""
    parts, length = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > _LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += sign
        length += octets
    return "\r\n".join(parts)
