"""One currency for all amounts: what the file names, the question where it names several, the conversion."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb

from metrics.intake.contract import RATE, Question, Warned
from metrics.intake.money import currency_code
from metrics.intake.stage import Staged, restage
from metrics.statements import statement

_MOST = 2000
_LONGEST = 12
_LEAST, _GREATEST = Decimal("0.0000001"), Decimal(10) ** 8


@dataclass(frozen=True, slots=True)
class Money:
    """The staged rows in one currency (None where nothing names it), or the question that settles it."""

    staged: Staged
    currency: str | None
    question: Question | None = None
    warnings: tuple[Warned, ...] = ()


def settle_currency(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    named: str | None,
    own: str | None,
    answers: dict[str, str],
    temp: Path,
    yen: str = "CNY",
) -> Money:
    """Bring all amounts into one currency; `named` is that of the header or the sampled cells, `own` the workspace's,
    `yen` that of ¥.

    Where there are several, the person chooses one (`which_currency`) and may give rates for the others (`rate_XXX`);
    rows without a rate have no amount afterwards. A file that is not in the workspace's currency needs a rate. Creates
    the table `rates` (currency as written, rate).
    """
    connection.execute("create or replace temp table rates (written varchar, rate decimal(18, 9))")
    counts, written = _counted(connection, yen)
    if named is None and len(staged.currencies) == 1:
        named = next(iter(staged.currencies))  # a cell past the sample names it
    if not counts and named:
        counts, written = {named: staged.n_rows}, {named: named}
    if not counts or set(counts) == {own} or (own is None and len(counts) == 1):
        return Money(staged, next(iter(counts), None))
    others = [code for code in counts if code != own]
    offered = tuple(counts) if own is None else (own,)
    chosen = answers.get("which_currency", "")
    rates = {code: _rate(answers.get(f"{RATE}{code}")) for code in counts if code != chosen}
    if chosen not in offered or (own is not None and None in rates.values()):
        facts = {"currencies": others, "rows": counts, "own": own}
        return Money(staged, None, Question("which_currency", offered, facts))
    connection.execute("set variable default_currency = $code", {"code": named or chosen})
    connection.executemany(
        "insert into rates values ($written, $rate)",
        [{"written": text, "rate": rates[code]} for text, code in written.items() if code != chosen],
    )
    staged = restage(connection, staged, statement("staging/converted"), temp / "converted.parquet")
    converted = {code: str(rate) for code, rate in rates.items() if rate is not None}
    n_converted = sum(counts[code] for code in converted)
    warnings = (Warned("converted", n_converted, {"currency": chosen, "rates": converted}),) if converted else ()
    return Money(staged, chosen, warnings=warnings)


def _counted(connection: duckdb.DuckDBPyConnection, yen: str) -> tuple[dict[str, int], dict[str, str]]:
    """Rows of each currency, most first, and the currency of each way to write it."""
    rows = connection.execute(statement("staging/currencies"), {"most": _MOST}).fetchall()
    written = {text: currency_code(text, yen) or text.strip().upper()[:_LONGEST] for text, _ in rows}
    counts: dict[str, int] = {}
    for text, n_rows in rows:
        counts[written[text]] = counts.get(written[text], 0) + n_rows
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))), written


def _rate(text: str | None) -> Decimal | None:
    """A rate above zero with up to nine places, as a person writes it; None where there is none."""
    try:
        value = Decimal((text or "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if _LEAST < value < _GREATEST else None
