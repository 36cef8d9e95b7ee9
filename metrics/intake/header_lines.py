"""Headers of several lines: `Клиент` over `Код` and `Имя`, or `Контрагент` over `Регистратор`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metrics.intake.columns import is_known_header
from metrics.intake.levels import level_of

Rows = Sequence[Sequence[str]]
IsData = Callable[[str], bool]

_MOST_LINES = 4


def header_lines(rows: Rows, header: int, is_data: IsData) -> list[int]:
    """The rows that make up the header whose likeliest row is `header`.

    A row belongs to the one under it, where its cells stand over several columns (blanks to the right of a cell, each
    with a name below). Further rows belong to it that only hold names of fields below names, as reports write their
    levels.
    """
    lines = [header]
    if header and _spans(rows, header - 1, header, is_data):
        lines = [header - 1, header]
    while len(lines) < _MOST_LINES and lines[-1] + 2 < len(rows):
        below = lines[-1] + 1
        is_second = len(lines) == 1 and _spans(rows, header, below, is_data)
        if not is_second and not _holds_only_names(rows, lines, below):
            break
        lines.append(below)
    return lines


def joined_lines(lines: Rows) -> list[str]:
    """One name for each column: `Клиент` over `Код` is `Клиент Код`; a cell alone in its column is the name."""
    joined = list(lines[-1])
    for line in reversed(lines[:-1]):
        above, children = "", [cell.strip() for cell in joined]
        for place, cell in enumerate(line):
            above = cell.strip() or (above if place and children[place] and children[place - 1] else "")
            below = children[place]
            joined[place] = below if above.casefold() == below.casefold() else f"{above} {below}".strip()
    return joined


def _spans(rows: Rows, upper: int, lower: int, is_data: IsData) -> bool:
    """Whether the upper row is a header over the lower one, with at least one cell over several columns."""
    above, below = _stripped(rows[upper]), _stripped(rows[lower])
    width = max(len(above), len(below))
    above, below = ([*row, *[""] * (width - len(row))] for row in (above, below))
    filled = [cell for cell in above if cell]
    if len(filled) < 2 or any(":" in cell or is_data(cell) for cell in filled) or any(map(is_data, below)):
        return False
    after = next((row for row in rows[lower + 1 :] if any(cell.strip() for cell in row)), ())
    if not any(map(is_data, after)):
        return False
    spanned = [place for place in range(1, len(below)) if below[place] and not above[place]]
    if not spanned or any(not below[place - 1] for place in spanned):
        return False
    is_alone = any(cell and not under for cell, under in zip(above, below, strict=True))
    n_known = sum(map(is_known_header, filled))
    return n_known * 2 >= len(filled) if is_alone else n_known == len(filled)


def _holds_only_names(rows: Rows, lines: Sequence[int], below: int) -> bool:
    """Whether a row holds nothing but names of fields, fewer than the header, each below a name."""
    names, cells = _stripped(rows[lines[0]]), _stripped(rows[below])
    filled = [place for place, cell in enumerate(cells) if cell]
    return (
        0 < len(filled) < sum(map(bool, names))
        and all(place < len(names) and names[place] and names[place] != cells[place] for place in filled)
        and all(is_known_header(cells[place]) or level_of(cells[place]) for place in filled)
    )


def _stripped(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row]
