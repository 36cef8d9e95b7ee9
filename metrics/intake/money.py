"""Text to exact money: the parser for every cell that a plain cast cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

from metrics.intake.cells import folded

Mark = Literal["comma", "point"]

PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 13

_CURRENCIES: dict[str, tuple[str, ...]] = {
    "RUB": ("₽", "руб", "рублей", "рубля", "рубль", "р", "rub", "rur"),
    "USD": ("us$", "$", "usd", "долл", "долларов", "美元"),
    "EUR": ("€", "eur", "euro", "евро", "欧元"),
    "GBP": ("£", "gbp"),
    "CNY": ("¥", "元", "cny", "rmb", "cn¥", "人民币", "юаней", "圆"),
    "JPY": ("円", "jpy", "jp¥"),
    "KZT": ("₸", "kzt", "тг", "тенге"),
    "UAH": ("₴", "uah", "грн"),
    "BYN": ("byn", "бел.руб", "бел. руб"),
    "INR": ("₹", "inr", "rs"),
    "KRW": ("₩", "krw"),
    "TRY": ("₺", "try", "tl"),
    "PLN": ("zł", "zl", "pln"),
    "CHF": ("chf", "fr", "sfr"),
    "CAD": ("cad", "c$", "ca$"),
    "AUD": ("aud", "a$", "au$"),
    "HKD": ("hkd", "hk$"),
    "TWD": ("twd", "nt$"),
    "SGD": ("sgd", "s$"),
    "MXN": ("mxn", "mx$"),
    "NZD": ("nzd", "nz$"),
    "BRL": ("brl", "r$"),
    "ILS": ("ils", "₪"),
    "THB": ("thb", "฿"),
    "VND": ("vnd", "₫"),
    "PHP": ("php", "₱"),
    "CZK": ("czk", "kč"),
    "HUF": ("huf", "ft"),
    "RON": ("ron", "lei"),
    "BGN": ("bgn", "лв"),
    "SEK": ("sek",),
    "NOK": ("nok",),
    "DKK": ("dkk",),
    "AED": ("aed",),
    "SAR": ("sar",),
    "ZAR": ("zar",),
    "GEL": ("gel", "₾"),
    "AMD": ("amd", "֏"),
    "AZN": ("azn", "₼"),
    "KGS": ("kgs", "сом"),
    "UZS": ("uzs", "сум"),
    "MDL": ("mdl",),
    "TJS": ("tjs",),
    "": ("kr", "so'm"),  # money of one of several countries: an amount, but of no known currency
}
_CODE_OF = {word: code for code, words in _CURRENCIES.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_CODE_OF, key=len, reverse=True))
_CURRENCY = re.compile(rf"^(?P<before>{_WORDS})?\.?\s*(?P<rest>.*?)\s*(?P<after>{_WORDS})?\.?$", re.DOTALL)
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_KOPECKS = re.compile(r"(?<=\d)\s*(?:руб\w*|р|元)\.?\s*(\d{1,2})\s*(?:коп\w*|分)\.?$")
_NO_CENTS = re.compile(r"(?<=\d)[.,]-{1,2}(?=[^\d-]*$)")
_GROUPED = re.compile(r"\d{1,3}(?:[ '`]\d{3})+(?=[.,]|$)")
_NUMBER = re.compile(r"\d[\d.,]*|[.,]\d+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d{1,2}")
_THOUSANDS = {
    # Groups of two before the last three are Indian: 1,23,456.78.
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}
_OPEN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def parse_money(text: str, mark: Mark | None = None) -> Decimal | None:
    """The amount in `text` rounded half up to 4 places, or None where it is not one.

    `mark` settles `1,234` and `1.234` (a decimal mark or thousands?); without it such cells are None.
    """
    body, negative, _ = _taken_apart(text)
    if body is None:
        return None
    digits = _plain(body, mark)
    if digits is None:
        return None
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    if value >= LARGEST:
        return None
    value = value.quantize(PLACES, rounding=ROUND_HALF_UP)
    return -value if negative and value else value


def currency_of(text: str, yen: str = "CNY") -> str | None:
    """The ISO code of the currency that a cell such as `1 000 руб.` or `$5` names, else None; `yen` is that of ¥."""
    body, _, word = _taken_apart(text)
    return _code(word, yen) if body is not None and word is not None else None


def currency_code(text: str, yen: str = "CNY") -> str | None:
    """The ISO code that a cell of a currency column stands for, else None; `yen` is that of ¥."""
    word = folded(text).rstrip(".")
    if word in _CODE_OF:
        return _code(word, yen)
    return word.upper() if re.fullmatch(r"[a-z]{3}", word) else None


def _code(word: str, yen: str) -> str:
    return yen if word == "¥" else _CODE_OF[word]


def mark_of(text: str) -> Mark | Literal["open"] | None:
    """What one cell says about its column's decimal mark: a mark, `open` (`1,234` may be either), or None (nothing)."""
    body, _, _ = _taken_apart(text)
    if body is None or not ("," in body or "." in body):
        return None
    if _OPEN.fullmatch(body):
        return "open"
    sign = body[max(body.rfind(","), body.rfind("."))]
    said: Mark = "comma" if (sign == ",") == (body.count(sign) == 1) else "point"  # a mark used twice marks thousands
    return said if _plain(body, said) is not None else None


def column_mark(cells: Iterable[str]) -> tuple[Mark | None, bool]:
    """The decimal mark that most telling cells show (None without such), and whether some cell is open."""
    votes = {"comma": 0, "point": 0}
    is_open = False
    for cell in cells:
        said = mark_of(cell)
        if said == "open":
            is_open = True
        elif said is not None:
            votes[said] += 1
    if not any(votes.values()):
        return None, is_open
    return ("comma" if votes["comma"] > votes["point"] else "point"), is_open


def shows_both_marks(cells: Iterable[str]) -> bool:
    """Whether some cells have a decimal comma and some a decimal point beyond doubt."""
    return {"comma", "point"} <= {mark_of(cell) for cell in cells}


def _taken_apart(text: str) -> tuple[str | None, bool, str | None]:
    """Digits and marks, whether negative, the currency as written; (None, ...) where it is no amount at all."""
    if _PLAIN.fullmatch(text):
        return text.removeprefix("-"), text[0] == "-", None
    clean = _NO_CENTS.sub("", _KOPECKS.sub(lambda part: f",{part[1]:0>2} руб", folded(text)))
    clean = re.sub(r"(?<=\d)\s+(?=[.,]\d)", "", clean)
    currency: str | None = None
    negative = False
    for _ in range(3):  # signs, brackets and currencies nest: -$5, $-5, ($5), -5 руб
        if clean.startswith("(") and clean.endswith(")"):
            negative, clean = True, clean[1:-1].strip()
        elif clean.startswith(("-", "+")):
            negative, clean = negative or clean[0] == "-", clean[1:].strip()
        elif clean.endswith("-"):
            negative, clean = True, clean[:-1].strip()
        found = _CURRENCY.match(clean)
        if found and (word := found["before"] or found["after"]):
            currency, clean = word, found["rest"]
    if _SCIENTIFIC.fullmatch(clean):
        return clean.replace(",", "."), negative, currency
    clean = _GROUPED.sub(lambda group: re.sub(r"[ '`]", "", group[0]) + "\x00", clean)
    # \x00 remembers that thousands are already marked, so one more mark can only be the decimal one.
    body, _, tail = clean.partition("\x00")
    if tail and not re.fullmatch(r"[.,]\d+", tail):
        return None, negative, currency
    if tail:
        return f"{body.zfill(4)}{tail}", negative, currency
    return (body if _NUMBER.fullmatch(body) else None), negative, currency


def _plain(body: str, mark: Mark | None) -> str | None:
    """`body` as a plain number with a decimal point, or None."""
    commas, points = body.count(","), body.count(".")
    sign = "," if commas else "."
    if _SCIENTIFIC.fullmatch(body) or commas + points == 0:
        plain: str | None = body
    elif commas and points:
        plain = _with_both(body)
    elif commas + points > 1:
        plain = body.replace(sign, "") if _THOUSANDS[sign].fullmatch(body) else None
    elif _OPEN.fullmatch(body) and mark is None:
        plain = None
    elif _OPEN.fullmatch(body):
        plain = body.replace(sign, "." if (mark == "comma") == (sign == ",") else "")
    else:
        plain = body.replace(sign, ".")
    return plain


def _with_both(body: str) -> str | None:
    """`1,234.5` or `1.234,5`: the last mark is the decimal one, the other must stand between groups of three."""
    decimal, thousands = (",", ".") if body.rfind(",") > body.rfind(".") else (".", ",")
    whole, _, part = body.rpartition(decimal)
    if not part.isdigit() or not (whole.isdigit() or _THOUSANDS[thousands].fullmatch(whole)):
        return None
    return f"{whole.replace(thousands, '')}.{part}"
