"""Named segments of recency, frequency and money, by rules in data (METRICS.md 5)."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final, Literal, get_args

from metrics.packaged import packaged

RfmName = Literal[
    "champions", "loyal", "big_spenders", "newcomers", "promising", "need_attention", "falling_asleep",
    "must_not_lose", "slipping_away", "asleep", "gone",
]  # fmt: skip
RFM_NAMES: Final[tuple[RfmName, ...]] = get_args(RfmName)
SCORES: Final = range(1, 6)


@cache
def rfm_names() -> tuple[str, ...]:
    """The name of each combination of scores, by place: `25 (recency - 1) + 5 (frequency - 1) + monetary - 1`."""
    rules = packaged("rfm")
    asked = ("recency", "frequency", "monetary")

    def name(scores: tuple[int, ...]) -> str:
        of = dict(zip(asked, scores, strict=True))
        return next(
            key for key, rule in rules.items() if all(low <= of[what] <= high for what, (low, high) in rule.items())
        )

    return tuple(name(scores) for scores in product(SCORES, repeat=len(asked)))
