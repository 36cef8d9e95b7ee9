"""The customers of one list: asked of one snapshot, in one order, with their promo codes where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from metrics.list_columns import CODE, COLUMNS
from metrics.snapshot import Snapshot
from metrics.statements import Where
from metrics.targets.codes import promo_codes

_NUMBERED: Final = (
    "(select listed.*, codes.code from (select *, row_number() over (order by yearly_value desc nulls last, customer) "
    "as place from segment_base where {where}) as listed inner join read_csv($codes, header = false, "
    "columns = {{place: 'bigint', code: 'varchar'}}) as codes on listed.place = codes.place)"
)


class ListSource:
    """Who is on a list; `narrowed` for those whom a target can reach."""

    def __init__(self, snapshot: Snapshot, found: Where, codes: Path | None = None) -> None:
        self._snapshot = snapshot
        self._codes = codes
        self.found = found

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that there are."""
        return (*COLUMNS, CODE) if self._codes else tuple(COLUMNS)

    def narrowed(self, condition: str) -> ListSource:
        """Those who meet a condition besides."""
        return ListSource(
            self._snapshot, Where(f"({self.found.sql}) and ({condition})", self.found.parameters), self._codes
        )

    def count(self, **conditions: str) -> dict[str, int]:
        """How many there are (`customers`), and how many meet each condition."""
        counts = "".join(f", count(*) filter (where {sql}) as {name}" for name, sql in conditions.items())
        words = {"counts": counts, "listed": f"(select * from segment_base where {self.found.sql})"}
        (row,) = self._snapshot.ask("lists/counts", self.found, words)
        return {name: int(n) for name, n in row.items()}

    def make_codes(self, path: Path, n: int, prefix: str) -> ListSource:
        """The same list with a new code for each of its `n` customers."""
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{place},{code}\n" for place, code in enumerate(promo_codes(n, prefix), 1))
        return ListSource(self._snapshot, self.found, path)

    def copy(self, name: str, path: Path, columns: str, **words: str) -> int:
        """Copy columns into a file by `lists/<name>.sql`; how many rows."""
        (row,) = self._snapshot.ask(
            f"lists/{name}",
            self.found,
            {"columns": columns, **self._listed(), **words},
            path=str(path),
            **self._given(),
        )
        return int(row["Count"])

    def copy_keys(self, path: Path) -> None:
        """Copy the customers' keys into a file for the log."""
        self._snapshot.ask("lists/keys", self.found, path=str(path))

    def rows(self, columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of the columns, one by one."""
        return self._snapshot.stream("lists/rows", self.found, {"columns": columns, **self._listed()}, **self._given())

    def _listed(self) -> dict[str, str]:
        whole = "(select * from segment_base where {where})" if self._codes is None else _NUMBERED
        return {"listed": whole.format(where=self.found.sql)}

    def _given(self) -> dict[str, str]:
        return {} if self._codes is None else {"codes": str(self._codes)}
