"""Order histories for Hypothesis: a few customers whose orders come in bursts, rarely, once, or not at all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.oracle import Row

few = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
many = settings(few, max_examples=60)

# Days from one order to the next: the same day, a burst, a usual month, a long silence.
_steps = st.one_of(
    st.just(0),
    st.integers(1, 3),
    st.integers(1, 45),
    st.integers(28, 32),
    st.integers(60, 200),
    st.integers(350, 800),
)
_times = st.sampled_from([time(0), time(9, 30), time(12), time(23, 59, 59, 999_999)])
_names = ("ann", "Ann", "b", "1", "01", "Анна", "王 芳", "o'neil", "z z")


def _money(smallest: int) -> st.SearchStrategy[Decimal]:
    """Amounts in cents, now and then with four decimals, now and then the same one again."""
    cents = st.integers(smallest, 50_000).map(lambda number: Decimal(number).scaleb(-2))
    fractions = st.integers(max(smallest, 1), 999_999).map(lambda number: Decimal(number).scaleb(-4))
    return cents | fractions | st.just(Decimal(5))


@st.composite
def _visits(draw: st.DrawFn, start: date) -> list[datetime]:
    """The order times of one customer, oldest first."""
    on = start + timedelta(days=draw(st.integers(0, 40) | st.integers(0, 500)))
    visits = []
    for step in draw(st.lists(_steps, min_size=1, max_size=9)):
        on += timedelta(days=step)
        visits.append(datetime.combine(on, draw(_times)))
    return visits


@st.composite
def histories(draw: st.DrawFn, *, customers: int = 8, with_costs: bool = False) -> list[Row]:
    """Rows with order ids in file order: orders, gifts of zero, refunds of an order or out of nowhere, at any time."""
    start = date(2023, 1, 1) + timedelta(days=draw(st.integers(0, 430)))
    rows: list[Row] = []
    for customer in draw(st.lists(st.sampled_from(_names), min_size=1, max_size=customers, unique=True)):
        for at in draw(_visits(start)):
            amount = draw(st.one_of(_money(1), _money(1), _money(1), st.just(Decimal(0))))
            cost = draw(st.none() | _money(0)) if with_costs else None
            rows.append(Row(customer, at, amount, f"o{len(rows)}", cost))
    for _ in range(draw(st.integers(0, 3))):
        rows.append(draw(_refund(rows, start))._replace(cost=draw(_money(0)) if with_costs else None))
    return rows


@st.composite
def _refund(draw: st.DrawFn, rows: list[Row], start: date) -> Row:
    """A refund under the id of an order of the same customer, or under an id of its own; sometimes of a stranger."""
    order = draw(st.sampled_from(rows))
    at = datetime.combine(start + timedelta(days=draw(st.integers(-60, 1500))), draw(_times))
    customer = draw(st.sampled_from([order.customer, order.customer, "stranger"]))
    own_id = customer != order.customer or draw(st.booleans())
    return Row(customer, at, -draw(_money(1)), f"r{len(rows)}" if own_id else order.order_id)


@st.composite
def years_apart(draw: st.DrawFn) -> list[Row]:
    """Rows of two customers, a year apart give or take a day: refunds among orders, as large as they."""
    amounts = st.sampled_from([-30, -7, 1, 10, 20, 30])
    places = st.tuples(st.sampled_from(_names[:2]), st.sampled_from([0, 1, 364, 365, 366, 367]), amounts)
    return [
        Row(customer, datetime(2023, 1, 1, 12) + timedelta(days=day), Decimal(amount), f"o{number}")
        for number, (customer, day, amount) in enumerate(draw(st.lists(places, min_size=4, max_size=12)))
    ]


def thresholds(rows: list[Row]) -> st.SearchStrategy[int]:
    """Any T from 1, and the ones at the edge: a day around the distances between the rows of a customer."""
    distances = {
        abs((one.day - other.day).days) + nudge
        for one in rows
        for other in rows
        if one.customer == other.customer
        for nudge in (-2, -1, 0)
    }
    edges = sorted(distance for distance in distances if 1 <= distance <= 1095)
    # About as long as a month, a quarter or a year: where being lost and back within a period begins to be possible.
    periods = st.sampled_from([27, 28, 29, 30, 31, 88, 89, 90, 91, 92, 363, 364, 365, 366])
    anywhere = st.integers(1, 31) | st.integers(1, 400) | periods
    return anywhere | st.sampled_from(edges) if edges else anywhere


@st.composite
def cases(draw: st.DrawFn, **kinds: bool | int) -> tuple[list[Row], int]:
    """A history and a threshold for it."""
    rows = draw(histories(**kinds))
    return rows, draw(thresholds(rows))


def days_around(rows: list[Row]) -> st.SearchStrategy[date]:
    """Days from a little before the first row to long after the last; often exactly a row's own day."""
    days = sorted({row.day for row in rows})
    return st.sampled_from(days) | st.dates(days[0] - timedelta(days=40), days[-1] + timedelta(days=400))
