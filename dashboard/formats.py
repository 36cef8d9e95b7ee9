"""Numbers, money and dates as the person reads them, in the current language (Babel).

Shares are fractions (0.065 is 6.5%). What is not known, `None` as much as NaN or infinity, is an en dash.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from unicodedata import east_asian_width

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
)

from dashboard import i18n
from dashboard.i18n import _, ngettext, pgettext
from metrics.settings import PeriodKind

Number = int | float | Decimal

NOTHING: Final = "–"
_MINUS: Final = "−"
_NO_BREAK: Final = "\u00a0"
_WORD_JOINER: Final = "\u2060"
_DAYS_A_MONTH: Final = Decimal("30.4375")

# Where Babel prints a bare code or a foreign form in some language; a workspace has one currency, so signs are clear.
_SIGNS: Final = {
    "RUB": "₽", "CNY": "¥", "KZT": "₸", "UAH": "₴", "BYN": "Br", "GEL": "₾", "AMD": "֏", "AZN": "₼", "TRY": "₺",
    "PLN": "zł", "CZK": "Kč", "THB": "฿", "NGN": "₦", "MNT": "₮",
}  # fmt: skip


def _locale() -> Locale:
    return i18n.babel_locale(i18n.current())


def _known(value: Number | None) -> Decimal | None:
    number = None if value is None else Decimal(str(value))
    return number if number is not None and number.is_finite() else None


def _round(number: Decimal, digits: int) -> Decimal:
    """Half away from zero, and never a negative zero."""
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def _minus(text: str) -> str:
    return text.replace("-", _MINUS)


def _signed(number: Decimal, text: str) -> str:
    return f"+{text}" if number > 0 else text


def currency_sign(currency: str) -> str:
    """The sign of a currency, else its code: for the label of a field."""
    return _SIGNS.get(currency) or str(get_currency_symbol(currency, _locale()))


def _with_sign(text: str, currency: str) -> str:
    sign = currency_sign(currency)
    text = text.replace(get_currency_symbol(currency, _locale()), sign)
    # Babel glues a code to the figure: RUB5.
    glued = sign[-1].isalpha() and text.lstrip("-").startswith(sign) and text.partition(sign)[2][:1].isdigit()
    return text.replace(sign, sign + _NO_BREAK) if glued else text


def _money(number: Decimal, currency: str | None, minor: bool) -> str:
    if currency is None:
        return _minus(format_decimal(number, format="#,##0.##" if minor else "#,##0", locale=_locale()))
    pattern = _locale().currency_formats["standard"].pattern
    text = format_currency(
        number, currency, pattern if minor else pattern.replace(".00", ""), _locale(), currency_digits=minor
    )
    return _minus(_with_sign(text, currency))


def money(amount: Number | None, currency: str | None) -> str:
    """Money in a sentence, all figures; minor units only below 100, and only where there are any."""
    number = _known(amount)
    if number is None:
        return NOTHING
    minor = abs(_round(number, 2)) < 100 and _round(number, 2) != _round(number, 0)
    return _money(_round(number, 2 if minor else 0), currency, minor)


def money_full(amount: Number | None, currency: str | None) -> str:
    """Money to the minor unit, for tables that must add up to the file."""
    number = _known(amount)
    return NOTHING if number is None else _money(_round(number, 2), currency, minor=True)


def _three_figures(number: Decimal) -> Decimal:
    """Babel picks the unit before it rounds (999,950 would be "1000K"), so round first."""
    return _round(number, 2 - number.adjusted()) if number else number


def money_compact(amount: Number | None, currency: str | None) -> str:
    """Money for a card, in three figures: 1.23M, 1,23 млн, 3.55万; all figures below 10,000."""
    number = _known(amount)
    if number is None or abs(number) < 10_000:
        return money(amount, currency)
    if currency is None:
        return count_compact(number)
    text = format_compact_currency(_three_figures(number), currency, locale=_locale(), fraction_digits=2)
    return _minus(_with_sign(text, currency))


def signed_money(change: Number | None, currency: str | None) -> str:
    """A change of money, compact, with its sign."""
    number = _known(change)
    return NOTHING if number is None else _signed(number, money_compact(change, currency))


def count(n: Number | None) -> str:
    """A number of things, all figures."""
    number = _known(n)
    return NOTHING if number is None else _minus(format_decimal(_round(number, 0), locale=_locale()))


def count_compact(n: Number | None) -> str:
    """A number of things for a card; all figures below 10,000."""
    number = _known(n)
    if number is None or abs(number) < 10_000:
        return count(n)
    return _minus(format_compact_decimal(_three_figures(number), locale=_locale(), fraction_digits=2))


def _one_decimal_under_10(number: Decimal) -> tuple[Decimal, str]:
    rounded = _round(number, 1)
    return (rounded, "0.0") if 0 < abs(rounded) < 10 or (number and not rounded) else (_round(number, 0), "#,##0")


def percent(share: Number | None, *, whole: bool = False) -> str:
    """A share as per cent, with one decimal under 10% and none above; `whole` is for the round values of an axis."""
    number = _known(share)
    if number is None:
        return NOTHING
    rounded, digits = (_round(number * 100, 0), "#,##0") if whole else _one_decimal_under_10(number * 100)
    pattern = _locale().percent_formats[None].pattern.replace("#,##0", digits)
    return _minus(format_percent(rounded / 100, format=pattern, locale=_locale()))


def percent_points(difference: Number | None) -> str:
    """The difference of two shares, in percentage points."""
    number = _known(difference)
    if number is None:
        return NOTHING
    rounded, digits = _one_decimal_under_10(number * 100)
    return _("{n} points").format(n=_minus(format_decimal(rounded, format=digits, locale=_locale())))


def signed_percent_points(difference: Number | None) -> str:
    """The change of a share, in percentage points, with its sign."""
    number = _known(difference)
    return NOTHING if number is None else _signed(_round(number * 100, 1), percent_points(difference))


def amount(n: Number | None) -> str:
    """How much of something that can be divided: one decimal under 10 unless it is whole, none above."""
    number = _known(n)
    return NOTHING if number is None else _amount(number)[1]


def _amount(number: Decimal) -> tuple[float, str]:
    """The rounded number, which decides the plural form, and its text."""
    rounded = _round(number, 1 if abs(number) < 10 else 0)
    return float(rounded), _minus(format_decimal(rounded, format="#,##0.#", locale=_locale()))


def days(n: Number | None, *, about: bool = True) -> str:
    """A stretch of days; from 60 up also in months, unless `about` is off."""
    number = _known(n)
    if number is None:
        return NOTHING
    whole = int(_round(number, 0))
    text = ngettext("{n} day", "{n} days", whole).format(n=count(whole))
    if whole < 60 or not about:
        return text
    near = int(_round(whole / _DAYS_A_MONTH, 0))
    months_text = ngettext("about {n} month", "about {n} months", near).format(n=count(near))
    return _("{days} ({about_months})").format(days=text, about_months=months_text)


def months(n: Number | None) -> str:
    """A stretch of months."""
    number = _known(n)
    if number is None:
        return NOTHING
    rounded, text = _amount(number)
    return ngettext("{n} month", "{n} months", rounded).format(n=text)


def months_of_rent(n: Number | None) -> str:
    """A sum of money in months of rent."""
    number = _known(n)
    if number is None:
        return NOTHING
    rounded, text = _amount(number)
    return ngettext("{n} month of rent", "{n} months of rent", rounded).format(n=text)


def salaries(n: Number | None) -> str:
    """A sum of money in monthly salaries."""
    number = _known(n)
    if number is None:
        return NOTHING
    rounded, text = _amount(number)
    return ngettext("{n} monthly salary", "{n} monthly salaries", rounded).format(n=text)


def people_paid(n: Number | None) -> str:
    """A sum of money in people whose salary it pays for a year."""
    number = _known(n)
    if number is None:
        return NOTHING
    rounded, text = _amount(number)
    return ngettext("{n} person paid for a whole year", "{n} people paid for a whole year", rounded).format(n=text)


def date_short(day: date | None) -> str:
    """A day with its month in letters, so that nobody has to guess the order: 5 Mar 2026."""
    return NOTHING if day is None else str(format_date(day, "medium", locale=_locale())).replace(" ", _NO_BREAK)


def date_cell(day: date | None) -> str:
    """A day in a narrow column of a table, where Russian needs no "г." after the year."""
    return date_short(day).removesuffix("г.").rstrip()


def whole(text: str) -> str:
    """A text that no line break may divide: Chinese may break after any sign."""
    text = text.replace(" ", _NO_BREAK)
    return _WORD_JOINER.join(text) if any(east_asian_width(sign) == "W" for sign in text) else text


def sentences(*parts: str) -> str:
    """Sentences in a row, nothing for none; Chinese sets no blank between them."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = _("{first} {second}").format(first=text, second=part)
    return text


def listing(parts: Iterable[str]) -> str:
    """Things in a row, none of them stressed."""
    return _(", ").join(parts)


def date_pattern() -> str:
    """How a date is typed into a field, in Streamlit's letters."""
    return {"en": "MM/DD/YYYY", "ru": "DD.MM.YYYY", "zh": "YYYY/MM/DD"}[i18n.current()]


def two_decimals(n: Number | None) -> str:
    """A small number such as orders a month."""
    number = _known(n)
    return NOTHING if number is None else _minus(str(format_decimal(number, format="0.00", locale=_locale())))


def date_long(day: date | None) -> str:
    """A day with the month's full name."""
    return NOTHING if day is None else str(format_date(day, "long", locale=_locale()))


def time_of_day(moment: datetime) -> str:
    """The hour and minute of a moment, as its own clock shows them."""
    return str(format_time(moment, "short", locale=_locale())).replace("\u202f", _NO_BREAK).replace(" ", _NO_BREAK)


def _skeleton(name: str, day: date | None) -> str:
    # Babel 2.18 hands a locale the stand-alone month pattern (LLLL) of another one; skeletons are right.
    return NOTHING if day is None else str(format_skeleton(name, day, locale=_locale()))


def month_name(day: date | None) -> str:
    """The month a day lies in, with its year."""
    return _skeleton("yMMMM", day)


def month_short(day: date | None) -> str:
    """The month a day lies in, short and without its year: for an axis."""
    return _skeleton("MMM", day)


def month_and_year(day: date | None) -> str:
    """The month a day lies in, short, with its year."""
    return _skeleton("yMMM", day)


def quarter_name(day: date | None) -> str:
    """The quarter a day lies in, with its year."""
    return _skeleton("yQQQ", day)


def year_name(day: date | None) -> str:
    """The year a day lies in."""
    return _skeleton("y", day)


def period_name(start: date, end: date, kind: PeriodKind | None) -> str:
    """The name of a period; any other stretch (`kind` None) by its first and last day."""
    if kind is None:
        return f"{date_short(start)} – {date_short(end)}"
    if kind == "year":
        return pgettext("a whole year", "{year}").format(year=year_name(start))
    return {"month": month_name, "quarter": quarter_name}[kind](start)


def country(code: str) -> str:
    """The name of a country (ISO 3166) in the current language; the code itself where it has none."""
    return str(_locale().territories.get(code, code))
