"""The sign ¥ is that of the yuan and of the yen: which of them a file means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.intake.contract import Question
from metrics.intake.money import parse_money

Yen = Literal["CNY", "JPY"]

_SIGN = re.compile(r"(?<![a-zA-Z])[¥￥]")
_JAPANESE = re.compile("[\u3040-\u30ff円]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_OF_REGION: dict[str | None, Yen] = {"CN": "CNY", "JP": "JPY"}
_OF_CURRENCY: dict[str | None, Yen] = {"CNY": "CNY", "JPY": "JPY"}


@dataclass(frozen=True, slots=True)
class Home:
    """Where the workspace is at home: the currency of its orders and the region of its phones, where known."""

    currency: str | None = None
    region: str | None = None


def yen_of(
    headers: Sequence[str], rows: Sequence[Sequence[str]], places: Iterable[int], home: Home, answers: Mapping[str, str]
) -> tuple[Yen, Question | None]:
    """What ¥ stands for in the columns of money at `places`, or the question for it.

    The language of the file tells; so does a part of one, since yen have no cents; then the workspace.
    """
    held = [cell for place in places for cell in (headers[place], *(row[place] for row in rows))]
    signed = [cell for cell in held if _SIGN.search(cell)]
    if not signed:
        return "CNY", None
    texts = "\n".join([*headers, *("\n".join(row) for row in rows)])
    known = _OF_CURRENCY.get(home.currency) or _OF_REGION.get(home.region) or _OF_CURRENCY.get(answers.get("yen"))
    if _JAPANESE.search(texts):
        return "JPY", None
    if _CHINESE.search(texts) or any((sum_ := parse_money(cell, "point")) is not None and sum_ % 1 for cell in signed):
        return "CNY", None
    if known is not None:
        return known, None
    return "CNY", Question("yen", ("CNY", "JPY"), {"example": signed[0].strip()})
