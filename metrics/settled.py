"""What one loaded file settles for the files after it."""

from __future__ import annotations

from metrics.intake.contract import Reading

_LETTERS = 3


def settled_by(reading: Reading, own: str | None, said: str | None = None) -> dict[str, str]:
    """Settings to change when a file that was read is added: the currency where the workspace has none (`own`), and the
    country of phones without a country code where a person answered it. `said`: the currency that a person chose.

    A currency that no ISO code stands for, such as points, is none to count in.
    """
    found: dict[str, str] = {}
    currency = (reading.quality.currency if reading.quality else None) or said
    if own is None and currency and len(currency) == _LETTERS and currency.isascii() and currency.isalpha():
        found["currency"] = currency.upper()
    if (region := reading.mapping.answers.get("phone_region")) is not None:
        found["phone_region"] = region
    return found
