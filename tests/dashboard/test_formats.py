"""Numbers, money and dates in three languages."""

from datetime import date
from decimal import Decimal

import pytest

from dashboard import formats, i18n

MARCH = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def english():
    yield
    i18n.use("en")


def in_all(function, *arguments, **how):
    texts = []
    for language in ("en", "ru", "zh"):
        i18n.use(language)
        texts.append(function(*arguments, **how).replace("\u00a0", " ").replace("\u202f", " "))
    return tuple(texts)


@pytest.mark.parametrize(
    ("amount", "currency", "texts"),
    [
        (Decimal("1234567.5"), "USD", ("$1,234,568", "1 234 568 $", "US$1,234,568")),
        (1234.5, "RUB", ("₽1,235", "1 235 ₽", "₽1,235")),
        (-1234, "CNY", ("−¥1,234", "−1 234 ¥", "−¥1,234")),
        (99.5, "EUR", ("€99.50", "99,50 €", "€99.50")),
        (50, "EUR", ("€50", "50 €", "€50")),
        (99.999, "EUR", ("€100", "100 €", "€100")),
        (1500, "UZS", ("UZS 1,500", "1 500 UZS", "UZS 1,500")),
        (1234.5, None, ("1,235", "1 235", "1,235")),
        (-0.001, "USD", ("$0", "0 $", "US$0")),
    ],
)
def test_money(amount, currency, texts):
    assert in_all(formats.money, amount, currency) == texts


@pytest.mark.parametrize(
    ("amount", "currency", "texts"),
    [
        (1_234_567, "USD", ("$1.23M", "1,23 млн $", "US$123万")),
        (1_200_000, "RUB", ("₽1.2M", "1,2 млн ₽", "₽120万")),
        (999_950, "CNY", ("¥1M", "1 млн ¥", "¥100万")),
        (-45_678, "CNY", ("−¥45.7K", "−45,7 тыс. ¥", "−¥4.57万")),
        (9_999, "CNY", ("¥9,999", "9 999 ¥", "¥9,999")),
        (123_456, None, ("123K", "123 тыс.", "12.3万")),
        (0, "USD", ("$0", "0 $", "US$0")),
    ],
)
def test_money_compact(amount, currency, texts):
    assert in_all(formats.money_compact, amount, currency) == texts


def test_a_whole_text_cannot_be_broken():
    assert in_all(lambda: formats.whole(formats.date_short(MARCH))) == (
        "Mar 5, 2026", "5 мар. 2026 г.", "\u2060".join("2026年3月5日"),
    )  # fmt: skip


def test_money_full_keeps_the_minor_unit():
    assert in_all(formats.money_full, Decimal("1234.5"), "EUR") == ("€1,234.50", "1 234,50 €", "€1,234.50")


@pytest.mark.parametrize(
    ("share", "texts"),
    [
        (0.065, ("6.5%", "6,5 %", "6.5%")),
        (0.0996, ("10%", "10 %", "10%")),
        (0.5549, ("55%", "55 %", "55%")),
        (-0.0321, ("−3.2%", "−3,2 %", "−3.2%")),
        (0, ("0%", "0 %", "0%")),
        (0.0001, ("0.0%", "0,0 %", "0.0%")),
    ],
)
def test_percent(share, texts):
    assert in_all(formats.percent, share) == texts


def test_points_carry_their_sign():
    assert in_all(formats.signed_percent_points, 0.012) == ("+1.2 points", "+1,2 п. п.", "+1.2 个百分点")
    assert in_all(formats.signed_percent_points, -0.25)[0] == "−25 points"
    assert in_all(formats.signed_percent_points, 0)[0] == "0 points"


def test_counts():
    assert in_all(formats.count, 12345) == ("12,345", "12 345", "12,345")
    assert in_all(formats.count_compact, 1_234_567) == ("1.23M", "1,23 млн", "123万")


@pytest.mark.parametrize(
    ("n", "texts"),
    [
        (1, ("1 day", "1 день", "1 天")),
        (59, ("59 days", "59 дней", "59 天")),
        (60, ("60 days (about 2 months)", "60 дней (около 2 месяцев)", "60 天（约 2 个月）")),
        (632, ("632 days (about 21 months)", "632 дня (около 21 месяца)", "632 天（约 21 个月）")),
    ],
)
def test_days(n, texts):
    assert in_all(formats.days, n) == texts


def test_units_of_money():
    assert in_all(formats.months, 4.56) == ("4.6 months", "4,6 месяца", "4.6 个月")
    assert in_all(formats.months_of_rent, 21.4) == ("21 months of rent", "21 месяц аренды", "21 个月房租")
    assert in_all(formats.salaries, 2.5) == ("2.5 monthly salaries", "2,5 зарплаты", "2.5 份月工资")


def test_dates():
    assert in_all(formats.date_short, MARCH) == ("Mar 5, 2026", "5 мар. 2026 г.", "2026年3月5日")
    assert in_all(formats.date_long, MARCH) == ("March 5, 2026", "5 марта 2026 г.", "2026年3月5日")
    assert in_all(formats.month_name, MARCH) == ("March 2026", "март 2026 г.", "2026年3月")
    assert in_all(formats.quarter_name, MARCH) == ("Q1 2026", "1-й кв. 2026 г.", "2026年第1季度")
    assert in_all(formats.month_name, MARCH)[0] == "March 2026"  # no month pattern leaked from the Chinese locale


def test_period_names():
    first, last = date(2026, 1, 1), date(2026, 3, 31)
    assert formats.period_name(first, last, "month") == "January 2026"
    assert formats.period_name(first, last, "quarter") == "Q1 2026"
    assert formats.period_name(first, last, "year") == "2026"
    assert formats.period_name(first, last, None) == "Jan\u00a01,\u00a02026 – Mar\u00a031,\u00a02026"


NUMBERS = [
    formats.percent, formats.percent_points, formats.signed_percent_points, formats.count, formats.count_compact,
    formats.days, formats.months, formats.amount, formats.months_of_rent, formats.salaries,
    lambda value: formats.money(value, "USD"), lambda value: formats.money_compact(value, "USD"),
    lambda value: formats.money_full(value, "USD"),
]  # fmt: skip


@pytest.mark.parametrize("function", NUMBERS)
@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_the_unknown_is_a_dash(function, value):
    assert function(value) == "–"
    assert formats.month_name(None) == "–"


def test_a_chinese_line_breaks_neither_before_a_measure_word_nor_at_a_blank_after_a_bracket():
    i18n.use("zh")
    assert formats.salaries(12) == "12\u00a0份月工资"
    assert formats.days(120) == "120\u00a0天（约 4\u00a0个月）"
    bold = i18n.gettext("After **{days}** without an order you call a customer lost: **{lost}** of {known} are.")
    assert "{days}**未下单" in bold
    assert "**{lost}**\u00a0位" in bold


def test_a_date_in_a_table_is_short():
    i18n.use("ru")
    assert formats.date_cell(MARCH).replace("\u00a0", " ") == "5 мар. 2026"
    i18n.use("en")
    assert formats.date_cell(MARCH) == formats.date_short(MARCH)


def test_a_whole_text_has_no_blank_to_break_at():
    assert formats.whole("1 клиент") == "1\u00a0клиент"
