"""Charts: the marks that are drawn, the words beside them, and what must never come out."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dashboard import charts, i18n
from dashboard.charts.frame import plain, shorten, steps, two_lines
from dashboard.charts.periods import time_axis
from dashboard.palette import palette
from metrics.customer_card import CardOrder
from metrics.results import CohortMargin, LostCustomer, LostMonth, Period, ThresholdChurn

LIGHT = palette("light")
BAD = '<a href="http://x.example">click</a> & <b>Co</b>'


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


def month(at):
    return date(2024 + at // 12, at % 12 + 1, 1)


def period(at, *, warm_up=False, in_progress=False, s=100, n=20, lost=8, r=3):
    e = s - lost + n + r
    return Period(
        start=month(at), end=month(at + 1) - timedelta(1), active_at_start=s, active_at_end=e, new_active=n, lost=lost,
        returned=r, new=n, known_at_start=s, churn=lost / s if s else None, crr=(e - n) / s if s else None,
        strict_crr=(e - n - r) / s if s else None, reactivation=None, warm_up=warm_up, in_progress=in_progress,
    )  # fmt: skip


PERIODS = [
    period(0, warm_up=True, s=0, lost=0, r=0), period(1, warm_up=True), *[period(at) for at in range(2, 13)],
    period(13, in_progress=True, lost=2),
]  # fmt: skip
MONTHS = [LostMonth(month(at), 10, Decimal(100_000)) for at in range(12)]
CURVE = [ThresholdChurn(days, None if days < 30 else 3 / days, 12) for days in range(10, 361, 10)]
TOP = [
    LostCustomer(f"C{at}", None if at else BAD, date(2026, 1, 5), date(2026, 4, 6), 120, 5, Decimal(9000 - at))
    for at in range(14)
]
COHORTS = [CohortMargin(month(at), 40, tuple(10.0 + at for at in range(6 - at))) for at in range(6)]


def every_chart():
    return {
        "churn": charts.churn_series(PERIODS, "month", 0.065, 0.08, LIGHT),
        "retention": charts.retention_series(PERIODS, "month", LIGHT),
        "flow": charts.customer_flow(PERIODS, "month", LIGHT),
        "threshold": charts.churn_by_threshold(CURVE, 90, 120, 0.065, LIGHT),
        "stack": charts.lost_stack(
            MONTHS, Decimal(50_000), "USD", LIGHT, unit_money=Decimal(80_000), unit_word="months of rent"
        ),
        "age": charts.lost_by_age(MONTHS, date(2024, 12, 31), "USD", LIGHT),
        "top": charts.top_lost(TOP, "USD", LIGHT),
        "cohorts": charts.cohort_margin(COHORTS, "USD", LIGHT),
    }


def nothing():
    return [
        charts.churn_series([], "month", 0.065, None, LIGHT), charts.retention_series([], "month", LIGHT),
        charts.customer_flow([], "month", LIGHT), charts.churn_by_threshold([], 90, 120, 0.065, LIGHT),
        charts.lost_stack([], Decimal(1), "USD", LIGHT), charts.lost_by_age([], date(2026, 1, 1), "USD", LIGHT),
        charts.top_lost([], "USD", LIGHT), charts.cohort_margin([], "USD", LIGHT),
    ]  # fmt: skip


def words(chart):
    layout = chart.figure.layout
    return " | ".join([one.text for one in layout.annotations])


def test_every_chart_is_clean_json_of_the_right_height_with_an_alt_text():
    for name, chart in every_chart().items():
        spec = chart.figure.to_json()
        json.loads(spec, parse_constant=lambda constant: pytest.fail(f"{name}: {constant}"))  # noqa: B023
        assert 280 <= chart.figure.layout.height <= 380, name
        assert chart.alt.endswith(".") and "{" not in chart.alt and "<" not in chart.alt.replace(BAD, ""), name
        assert chart.figure.layout.template.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_nothing_to_show_is_said():
    assert {(len(chart.figure.data), chart.alt) for chart in nothing()} == {
        (0, "Not enough data for this picture yet.")
    }


def test_a_margin_below_zero_draws_no_money():
    months = [LostMonth(one.month, one.customers, -one.revenue) for one in MONTHS]
    assert (
        charts.lost_by_age(months, date(2024, 12, 31), "USD", LIGHT).alt
        == charts.lost_by_age([], date.max, "USD", LIGHT).alt
    )


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_no_english_is_left(language):
    english = every_chart()
    i18n.use(language)
    for name, chart in every_chart().items():
        assert chart.alt != english[name].alt, name
        assert "month" not in words(chart).replace("months of rent", ""), name


def test_churn_names_its_references_and_the_last_whole_value():
    chart = charts.churn_series(PERIODS, "month", 0.065, 0.08, LIGHT)
    for text in (
        "benchmark<br>6.5%",
        "your usual<br>month 8.0%",
        "<b>8.0%</b>",
        "2.0% so far",
        "not enough history yet",
    ):
        assert text in words(chart)
    assert chart.alt == "Churn rate in January 2025: 8.0%, above the benchmark of 6.5%. Your usual month: 8.0%."
    assert chart.figure.layout.yaxis.range[0] == 0


def test_the_warm_up_is_shaded_and_the_period_in_progress_hollow():
    fig = charts.churn_series(PERIODS, "month", 0.065, None, LIGHT).figure
    shade = next(shape for shape in fig.layout.shapes if shape.type == "rect")
    assert (shade.x0, shade.x1) == (-0.6, 1.5)
    grey, solid, _dots, hollow = fig.data
    assert list(grey.y[:3]) == [None, 0.08, None]
    assert solid.y[1] is None and solid.y[2] == 0.08 and solid.y[13] is None
    assert (hollow.x[0], hollow.marker.color, hollow.marker.line.color) == (13, LIGHT.page, LIGHT.lost)


def test_flow_obeys_the_identity_and_draws_losses_downwards():
    fig = charts.customer_flow(PERIODS, "month", LIGHT).figure
    new, returned, lost, net = fig.data
    assert (new.y[2], returned.y[2], lost.y[2], net.y[2]) == (20, 3, -8, 15)
    assert new.marker.color[13].endswith(",0)") and new.marker.line.width[13] > 0


def test_flow_takes_its_scale_from_periods_with_enough_history():
    rush = [period(0, warm_up=True, s=0, n=500, lost=0, r=0), *PERIODS[1:]]
    chart = charts.customer_flow(rush, "month", LIGHT)
    assert chart.figure.layout.yaxis.range[1] < 30
    assert words(chart).endswith("▲") and "▲ runs off the top" in words(chart)
    assert "▲" not in words(charts.customer_flow(PERIODS, "month", LIGHT))


def test_threshold_marks_the_choice_and_finds_the_crossing():
    chart = charts.churn_by_threshold(CURVE, 90, 120, 0.065, LIGHT)
    assert "<b>your choice: 90 days</b><br>churn rate 3.3%" in words(chart)
    assert "usual in your industry:<br>120 days" in words(chart)
    assert (
        chart.alt == "Lost after 90 days: churn rate 3.3% a month. It comes down to the benchmark of 6.5% at 50 days."
    )
    assert "usual" not in words(charts.churn_by_threshold(CURVE, 90, 90, 0.065, LIGHT))
    far = charts.churn_by_threshold(CURVE, 1095, 120, 0.065, LIGHT)
    assert far.figure.layout.xaxis.range[1] == 1095


def test_the_stack_grows_and_names_its_note():
    chart = every_chart()["stack"]
    heights = list(chart.figure.data[1].y)
    assert heights == sorted(heights) and heights[-1] == 24
    assert "one note = $50,000" in words(chart) and "<b>$1.2M</b>" in words(chart)
    emblems = chart.figure.data[0]
    assert len(emblems.x) == sum(2 * at for at in range(1, 13))
    assert chart.figure.layout.yaxis2.ticktext[0] == "0"
    assert chart.alt.endswith("In months of rent: 15.")


@pytest.mark.parametrize("many", [1, 3, 12, 13, 40, 120])
def test_the_stack_stays_drawable(many):
    months = [LostMonth(date(2016 + at // 12, at % 12 + 1, 1), 1, Decimal(7_777)) for at in range(many)]
    note = charts.note_value(sum((one.revenue for one in months), Decimal(0)), many)
    fig = charts.lost_stack(months, note, "USD", LIGHT).figure
    assert len(fig.layout.shapes) + len(fig.data[0].x) < 500
    assert fig.data[1].y[-1] == pytest.approx(7_777 * many / float(note))


@pytest.mark.parametrize(
    ("total", "months", "note"),
    [
        ("1200000", 12, "50000"), ("600", 12, "20"), ("1500000", 12, "50000"), ("1500001", 12, "100000"),
        ("26", 18, "1"), ("27", 18, "2"), ("0.9", 1, "0.05"), ("0", 12, "1"),
    ],
)  # fmt: skip
def test_note_value(total, months, note):
    assert charts.note_value(Decimal(total), months) == Decimal(note)


def test_ages_fall_into_their_groups():
    ages = [0, 2, 3, 5, 6, 11, 12, 23, 24, 60]
    months = [LostMonth(date(2026 - at // 12, 12 - at % 12, 1), 1, Decimal(10**5)) for at in ages]
    (bars,) = charts.lost_by_age(months, date(2026, 12, 15), "USD", LIGHT).figure.data
    assert list(bars.y) == [2e5] * 5


def test_ages_end_with_the_oldest_loss_and_with_the_window():
    months = [LostMonth(date(2025, 12, 1), 1, Decimal(10**5)), LostMonth(date(2026, 8, 1), 1, Decimal(10**5))]

    def bars(window):
        (found,) = charts.lost_by_age(months, date(2026, 12, 15), "USD", LIGHT, window=window).figure.data
        return list(found.y)

    assert bars("ever") == [0, 1e5, 0, 1e5]
    assert bars("year") == [0, 1e5, 1e5]


def test_customers_words_never_become_markup():
    chart = charts.top_lost(TOP, "USD", LIGHT)
    spec = chart.figure.to_json()
    assert "<a " not in spec and "<b>Co" not in spec and r"\u003ca " not in spec
    assert "&lt;a href" in words(chart)
    assert len(chart.figure.data[0].y) == 10
    assert chart.figure.layout.yaxis.range[0] > chart.figure.layout.yaxis.range[1]  # the first on top


def test_young_cohorts_stay_blank():
    (heat,) = charts.cohort_margin(COHORTS, "USD", LIGHT).figure.data
    assert [sum(value is not None for value in row) for row in heat.z] == [6, 5, 4, 3, 2, 1]


def test_only_the_picture_can_be_saved():
    assert charts.PLOT_CONFIG["modeBarButtons"] == [["toImage"]]
    assert charts.PLOT_CONFIG["showSendToCloud"] is False


def test_text_helpers():
    assert plain("a<b>\n\tc & d\x00") == "a&lt;b&gt; c &amp; d"
    assert shorten("Acme", 4) == "Acme" and shorten("上海新星贸易", 8) == "上海新…"
    assert two_lines("not enough history yet") == "not enough<br>history yet" and two_lines("历史") == "历史"
    assert two_lines("35,5\u00a0тыс.\u00a0$") == "35,5<br>тыс.\u00a0$"
    assert steps(-0.02, 0.1) == [0.0, 0.05, 0.1] and steps(0, 0) == [0]


@pytest.mark.parametrize("many", [1, 5, 13, 26, 60, 200])
@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_the_time_axis_has_few_labels_and_never_none(kind, many):
    step = {"month": 1, "quarter": 3, "year": 12}[kind]
    starts = [date(1900 + (4 * step + at * step) // 12, (4 * step + at * step) % 12 + 1, 1) for at in range(many)]
    axis = time_axis(starts, kind)
    assert 1 <= len(axis["tickvals"]) <= 7
    assert kind == "year" or any("<br>" in text for text in axis["ticktext"][:2])
    assert time_axis(starts, kind, to_last=True)["tickvals"][-1] == many - 1


def test_years_never_stand_side_by_side():
    starts = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(10, 22)]
    assert time_axis(starts, "month", to_last=True)["ticktext"][:2] == ["Dec", "Feb<br>2026"]
    assert time_axis(starts[:6], "month")["ticktext"][:4] == ["Nov<br>2025", "Dec", "Jan<br>2026", "Feb"]


@pytest.mark.parametrize(("language", "month"), [("en", "Feb"), ("ru", "февр"), ("zh", "2月")])
def test_a_customer_s_time_line_speaks_the_language_and_its_names_have_room(language: str, month: str):
    i18n.use(language)
    bought = [date(2024, 1, 10), date(2024, 6, 20), date(2025, 2, 1)]
    orders = [
        CardOrder(day, None, Decimal(sign * 50), sign < 0, None, None, None) for day in bought for sign in (1, -1)
    ]
    events = [(date(2024, 6, 15), "lost"), (date(2024, 6, 20), "returned"), (date(2025, 5, 3), "lost")]
    chart = charts.order_line(orders, events, "USD", LIGHT)
    assert any(month in text for text in chart.figure.layout.xaxis.ticktext)
    assert [note.x for note in chart.figure.layout.annotations] == [date(2025, 5, 3), date(2024, 6, 20)]
    assert len(chart.figure.layout.shapes) == 3
    assert chart.figure.layout.annotations[0].xanchor == "right"
