"""Text to dates: every notation an order file has been seen with, read exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from metrics.intake.cells import folded
from metrics.intake.words import data

DayOrMonth = Literal["dmy", "mdy", "ymd"]

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

_ZONE = r"(?:z|utc|gmt|msk|мск|[ecmp][sd]t|bst|ce?s?t|ee?s?t)"
_CLOCK = (
    r"(?P<half>上午|下午)?\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    rf"\s*(?P<ap>am|pm|a\.m\.|p\.m\.)?\s*{_ZONE}?\s*(?:[+-]\d{{2}}:?(?:\d{{2}})?)?"
)
_TIME = rf"(?:(?:\s*t\s*|[\s,]+(?:at\s|в\s)?\s*|(?<=[日号]))(?:{_CLOCK}))?"
_DAY = r"(?P<d>\d{1,2})"
_MONTH = r"(?P<m>\d{1,2})"
_YEAR = r"(?P<y>\d{4})"
_SHORT_YEAR = r"(?P<y>\d{4}|\d{2})(?:\s*(?:года?|г)\b\.?)?"
_WORD = r"(?P<w>[^\W\d_]{3,9})\.?"
_SHAPES = {
    "iso": re.compile(rf"{_YEAR}(?P<sep>[-/. ]){_MONTH}(?P=sep){_DAY}{_TIME}"),
    "dotted": re.compile(rf"{_DAY}\.{_MONTH}\.{_SHORT_YEAR}{_TIME}"),
    "slashed": re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[-/])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}"),
    "spaced": re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[ ,])(?P<b>\d{{1,2}})(?P=sep){_YEAR}{_TIME}"),
    "compact": re.compile(
        rf"{_YEAR}(?P<m>\d{{2}})(?P<d>\d{{2}})(?:[\st]?(?P<h>\d{{2}}):?(?P<mi>\d{{2}}):?(?P<s>\d{{2}})?)?"
        rf"{_ZONE}?(?:[+-]\d{{2}}:?\d{{2}})?"
    ),
    "day_word": re.compile(rf"{_DAY}(?:st|nd|rd|th)?[\s./-]*{_WORD}[\s.,/-]*{_SHORT_YEAR}{_TIME}"),
    "word_day": re.compile(rf"{_WORD}[\s-]*{_DAY}(?:st|nd|rd|th)?(?:,?\s+|-){_YEAR}{_TIME}"),
    "year_word": re.compile(rf"{_YEAR}[\s./-]+{_WORD}[\s./-]+{_DAY}{_TIME}"),
    "unix": re.compile(rf"{_WORD}\s+{_DAY}\s+{_CLOCK}\s+{_YEAR}"),
    "chinese": re.compile(rf"{_YEAR}年{_MONTH}月{_DAY}[日号]?{_TIME}"),
}
_SERIAL = re.compile(r"(?P<n>[2-7]\d{4})(?:[.,](?P<part>\d{1,12}))?")
_EPOCH = re.compile(r"(?P<s>\d{9,10})(?P<ms>\d{3})?(?:\.\d+)?")
_AROUND = re.compile(r"\s*\([^()]*\)$")
_CHINESE_WEEKDAY = re.compile(r"\s*(?:星期|周)[一二三四五六日天]")
_LOG_TIME = re.compile(r"(?<=/\d{4}):(?=\d\d:)")
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


def read_date(
    text: str, order: DayOrMonth | None = None, *, serials: bool = True, epochs: bool = False
) -> DateCell | None:
    """`text` as a date and time as written (offsets are not applied), or None where it is not a date.

    `order` settles `01/02/2009`; a cell that settles itself (`13/02/2009`) is read by itself, and `ymd` is the order of
    24/01/05 and 24.01.05 alone. With `serials` a bare
    number such as 40149 or 40149,5 is a day count of Excel; with `epochs` 1294223400 is a second of Unix, as UTC, and
    1294223400000 a millisecond.
    """
    clean = folded(text)
    if not clean or len(clean) > 60 or not any(char.isdigit() for char in clean):
        return None
    if (epochs or serials) and (found := _number(clean, serials, epochs)):
        return found
    if not clean.isascii():
        clean = _CHINESE_TIME.sub(":", _CHINESE_WEEKDAY.sub("", clean)).removesuffix("秒").removesuffix("分")
    clean = _without_weekday(_AROUND.sub("", _LOG_TIME.sub(" ", clean)))
    for notation, shape in _SHAPES.items():
        match = shape.fullmatch(clean)
        if match is None:
            continue
        parts = match.groupdict()
        if order == "ymd" and (found := _year_first(notation, parts)):
            return found
        if "a" in parts:
            return _slashed(parts, order)
        month = _MONTHS.get(parts["w"]) if "w" in parts else int(parts["m"])
        if month is not None:
            return DateCell(notation, _built(parts, month, int(parts["d"])))
    return None


def _number(clean: str, serials: bool, epochs: bool) -> DateCell | None:
    if serials and (found := _SERIAL.fullmatch(clean)):
        day = datetime(1899, 12, 30) + timedelta(days=int(found["n"]))
        seconds = round(float(f"0.{found['part'] or 0}") * 86400)
        return DateCell("serial", day + timedelta(seconds=seconds))
    if epochs and (found := _EPOCH.fullmatch(clean)):
        return DateCell("epoch", datetime(1970, 1, 1) + timedelta(seconds=int(found["s"])))
    return None


def _without_weekday(clean: str) -> str:
    """The text without the name of a weekday before or after the date."""
    if clean[:1].isdigit() and clean[-1:].isdigit():
        return clean
    names = data("words.toml")["weekdays"]
    for name in names:
        if clean.startswith(name):
            rest = clean[len(name) :]
            if not rest[:1].isalpha():
                return rest.lstrip(" .,")
        if clean.endswith(name) and not clean[-len(name) - 1 : -len(name)].isalpha():
            return clean[: -len(name)].rstrip(" .,")
    return clean


def _year_first(notation: str, parts: dict[str, str | None]) -> DateCell | None:
    """A day that begins with the two digits of its year; None for all other notations."""
    first, second, third = (parts.get("a") or parts.get("d"), parts.get("b") or parts.get("m"), parts["y"] or "")
    if notation not in {"slashed", "dotted"} or len(first or "") + len(third) != 4:
        return None
    return DateCell(f"{notation}_ymd", _built({**parts, "y": first}, int(second or 0), int(third)))


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
    hour, minute, second = (int(parts.get(part) or 0) for part in ("h", "mi", "s"))
    half = (parts.get("ap") or parts.get("half") or "").replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in {"pm", "下午"} else 0)
    # 24:00 is the midnight that ends the day, 23:59:60 a leap second.
    over = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta(seconds=second == 60)
    try:
        return datetime(year, month, day, hour if hour < 24 or not over else 0, minute, min(second, 59)) + over
    except (ValueError, OverflowError):
        return None


def reads_of(cell: str, orders: Sequence[DayOrMonth] = ("dmy", "mdy")) -> dict[str, str]:
    """The readings of an open cell as ISO dates, for the question `day_or_month`."""
    found = {order: read_date(cell, order) for order in orders}
    return {order: read.at.date().isoformat() for order, read in found.items() if read is not None and read.at}
