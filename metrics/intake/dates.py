"""Text to dates: every notation an order file has been seen with, read exactly or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

DayOrMonth = Literal["dmy", "mdy"]

EARLIEST = datetime(1980, 1, 1)
LATEST = datetime(2101, 1, 1)
"""Dates outside [EARLIEST, LATEST) are refused as out of range: blank dates of ledgers (0001-01-01), slips (2202)."""

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january янв января январь", "feb february фев февр февраля февраль", "mar march мар марта март",
            "apr april апр апреля апрель", "may мая май", "jun june июн июня июнь", "jul july июл июля июль",
            "aug august авг августа август", "sep sept september сен сент сентября сентябрь",
            "oct october окт октября октябрь", "nov november ноя нояб ноября ноябрь",
            "dec december дек декабря декабрь",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_TIME = (
    r"(?:(?:\s*t\s*|[\s,]+)(?P<half>上午|下午)?\s*(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<ap>am|pm|a\.m\.|p\.m\.)?\s*(?:z|utc|gmt)?(?:[+-]\d{2}:?(?:\d{2})?)?)?"
)
_DAY = r"(?P<d>\d{1,2})"
_MONTH = r"(?P<m>\d{1,2})"
_WORD = r"(?P<w>[^\W\d_]{3,9})\.?"
_SHAPES = {
    "iso": re.compile(rf"(?P<y>\d{{4}})(?P<sep>[-/.]){_MONTH}(?P=sep){_DAY}{_TIME}"),
    "dotted": re.compile(rf"{_DAY}\.{_MONTH}\.(?P<y>\d{{4}}|\d{{2}})(?:\s*г\.?)?{_TIME}"),
    "slashed": re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[-/])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}"),
    "compact": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[\st]?(?P<h>\d{2}):?(?P<mi>\d{2}):?(?P<s>\d{2})?)?"),
    "day_word": re.compile(rf"{_DAY}(?:st|nd|rd|th)?[\s.-]*{_WORD}[\s.,-]*(?P<y>\d{{4}}|\d{{2}})(?:\s*г\.?)?{_TIME}"),
    "word_day": re.compile(rf"{_WORD}\s*{_DAY}(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_TIME}"),
    "chinese": re.compile(rf"(?P<y>\d{{4}})年{_MONTH}月{_DAY}[日号]?{_TIME}"),
}
_SERIAL = re.compile(r"(?P<n>[2-7]\d{4})(?:[.,](?P<part>\d{1,12}))?")
_WEEKDAY = re.compile(r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|пн|вт|ср|чт|пт|сб|вс)\.?,\s*")
_CHINESE_TIME = re.compile(r"(?<=\d)[时点](?=\d)|(?<=\d)分(?=\d)")


@dataclass(frozen=True, slots=True)
class DateCell:
    """One cell read as a date. `open_day` marks `01/12/2009`: `at` is None until day or month first is known."""

    notation: str
    at: datetime | None
    open_day: bool = False

    @property
    def in_range(self) -> bool:
        """Whether the date can be the day of an order."""
        return self.at is not None and EARLIEST <= self.at < LATEST


def read_date(text: str, order: DayOrMonth | None = None, *, serials: bool = True) -> DateCell | None:
    """`text` as a date and time as written (offsets are not applied), or None where it is not a date.

    `order` settles `01/02/2009`; a cell that settles itself (`13/02/2009`) is read by itself. With `serials` a bare
    number such as 40149 or 40149,5 is a day count of Excel.
    """
    clean = unicodedata.normalize("NFKC", text).strip().casefold().strip("'\"")
    if not clean or len(clean) > 60 or not any(char.isdigit() for char in clean):
        return None
    clean = _CHINESE_TIME.sub(":", _WEEKDAY.sub("", clean)).removesuffix("秒").removesuffix("分")
    for notation, shape in _SHAPES.items():
        found = shape.fullmatch(clean)
        if found is None:
            continue
        parts = found.groupdict()
        if notation != "slashed":
            month = _MONTHS.get(parts["w"]) if "w" in parts else int(parts["m"])
            return DateCell(notation, _built(parts, month, int(parts["d"]))) if month is not None else None
        return _slashed(parts, order)
    if serials and (found := _SERIAL.fullmatch(clean)):
        day = datetime(1899, 12, 30) + timedelta(days=int(found["n"]))
        seconds = round(float(f"0.{found['part'] or 0}") * 86400)
        return DateCell("serial", day + timedelta(seconds=seconds))
    return None


def _slashed(parts: dict[str, str | None], order: DayOrMonth | None) -> DateCell:
    first, second = int(parts["a"] or 0), int(parts["b"] or 0)
    if first > 12 or (order == "dmy" and second <= 12):
        return DateCell("slashed_dmy", _built(parts, second, first))
    if second > 12 or order == "mdy":
        return DateCell("slashed_mdy", _built(parts, first, second))
    if first == second:
        return DateCell("slashed", _built(parts, second, first))
    return DateCell("slashed", None, open_day=True)


def _built(parts: dict[str, str | None], month: int, day: int) -> datetime | None:
    year = int(parts["y"] or 0)
    if len(parts["y"] or "") == 2:
        year += 2000 if year < 69 else 1900
    hour = int(parts.get("h") or 0)
    half = (parts.get("ap") or parts.get("half") or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half in {"pm", "下午"} else 0)
    try:
        return datetime(year, month, day, hour, int(parts.get("mi") or 0), int(parts.get("s") or 0))
    except ValueError:
        return None


def reads_of(cell: str) -> dict[str, str]:
    """Both readings of an open cell as ISO dates, for the question `day_or_month`."""
    orders: tuple[DayOrMonth, DayOrMonth] = ("dmy", "mdy")
    found = {order: read_date(cell, order) for order in orders}
    return {order: read.at.date().isoformat() for order, read in found.items() if read is not None and read.at}
