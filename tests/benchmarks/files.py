"""The files that are measured, made once per folder: seeded, alike in content, unlike in wrapping."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from sample_data import write_orders
from tests.intake.bombs import BOMBS
from tests.intake.mutations import excel

_ROWS = """
    select order_id::varchar as order_id, 'К-' || customer_id as customer, order_at, amount,
        ['Чай', 'Кофе', 'Специи', 'Посуда'][1 + order_id % 4] as category
    from read_parquet($path)
"""
_CODE_PAGE = """
    select order_id as "Номер заказа", customer as "Код клиента", strftime(order_at, '%d.%m.%Y %H:%M') as "Дата",
        replace(amount::varchar, '.', ',') as "Сумма", category as "Категория" from rows
"""


def twins(folder: Path, n: int) -> tuple[Path, Path]:
    """The same orders as UTF-8 with ISO dates, and as cp1251 with `;`, days first and decimal commas."""
    plain, paged = folder / f"twin_{n}_utf8.csv", folder / f"twin_{n}_cp1251.csv"
    if not paged.exists():
        raw = folder / f"twin_{n}.parquet"
        write_orders(raw, n, seed=11)
        with duckdb.connect() as con:
            con.execute(f"create table rows as {_ROWS}", {"path": str(raw)})
            con.execute("copy rows to $path (format csv, header true)", {"path": str(plain)})
            con.execute(f"copy ({_CODE_PAGE}) to $path (format csv, header true, delim ';')", {"path": str(paged)})
        paged.write_bytes(paged.read_text("utf-8").encode("cp1251"))
    return plain, paged


def workbook(folder: Path, n: int) -> Path:
    """A sheet of n rows and eight columns of numbers, dates and texts."""
    path = folder / f"book_{n}.xlsx"
    if not path.exists():
        raw = folder / f"book_{n}.parquet"
        write_orders(raw, n, seed=13)
        with duckdb.connect() as con:
            rows = con.execute(_ROWS, {"path": str(raw)}).fetchall()
        headers = ["Order", "Customer", "Date", "Amount", "Category", "Channel", "Paid", "Note"]
        table = [
            [int(order), customer, _minute(at), amount, category, ("shop", "web")[number % 2], "paid", f"no. {number}"]
            for number, (order, customer, at, amount, category) in enumerate(rows)
        ]
        path.write_bytes(excel({"Orders": [headers, *table]}))
    return path


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def bomb(folder: Path, name: str) -> Path:
    """One of the seven bombs of the tests."""
    path = folder / f"bomb_{name.replace(' ', '_')}"
    if not path.exists():
        BOMBS[name][0](path)
    return path
