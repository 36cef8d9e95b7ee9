"""Large order files for measurements: exact in number, in order of time, the same for the same seed."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from sample_data import write_orders
from sample_data.orders import BATCH


def query(sql: str) -> list[tuple]:
    with duckdb.connect() as connection:
        return connection.sql(sql).fetchall()


def test_numbers_are_exact_and_rows_in_order_of_time(tmp_path):
    path = tmp_path / "orders.parquet"
    write_orders(path, 60_000, seed=1, n_customers=9_000)
    assert query(f"select count(*), count(distinct order_id), count(distinct customer_id) from '{path}'") == [
        (60_000, 60_000, 9_000)
    ]
    assert query(
        f"select min(order_at)::date, max(order_at)::date, min(amount) > 0, any_value(typeof(amount)) from '{path}'"
    ) == [(date(2023, 11, 1), date(2026, 10, 31), True, "DECIMAL(12,2)")]
    assert query(f"""
        with steps as (select order_at < lag(order_at) over (order by order_id) as goes_back from '{path}')
        select count(*) from steps where goes_back
    """) == [(0,)]


def test_same_seed_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_orders(tmp_path / f"{name}.parquet", 20_000, seed)
    a, b, c = ((tmp_path / f"{name}.parquet").read_bytes() for name in "abc")
    assert a == b != c


def test_csv_holds_the_same_orders(tmp_path):
    write_orders(tmp_path / "orders.parquet", 5_000, seed=3)
    write_orders(tmp_path / "orders.csv", 5_000, seed=3)
    columns = "order_id, customer_id, order_at::timestamp, amount::decimal(12, 2)"
    parquet, text = (f"select {columns} from '{tmp_path}/orders.{kind}'" for kind in ("parquet", "csv"))
    assert query(f"{parquet} except {text}") == []
    assert query(f"select count(*) from ({text})") == [(5_000,)]


def test_customers_repeat_as_in_a_shop(tmp_path):
    path = tmp_path / "orders.parquet"
    write_orders(path, 60_000, seed=1)
    [(one_time, most)] = query(
        f"select avg((n = 1)::int), max(n) from (select count(*) as n from '{path}' group by customer_id)"
    )
    assert 0.25 < one_time < 0.4
    assert 40 < most < 200


def test_batches_join_without_a_seam(tmp_path):
    path = tmp_path / "orders.parquet"
    n_orders = BATCH + 1
    write_orders(path, n_orders, seed=2)
    assert query(f"select count(*), min(order_id), max(order_id) from '{path}'") == [(n_orders, 1, n_orders)]


def test_each_customer_may_have_a_single_order(tmp_path):
    path = tmp_path / "orders.parquet"
    write_orders(path, 3, seed=2, n_customers=3)
    assert query(f"select count(distinct customer_id) from '{path}'") == [(3,)]


@pytest.mark.parametrize(("n_orders", "n_customers"), [(0, None), (5, 0), (5, 6)])
def test_impossible_numbers_are_refused(tmp_path, n_orders, n_customers):
    with pytest.raises(ValueError, match="n_customers"):
        write_orders(tmp_path / "orders.parquet", n_orders, 1, n_customers)
