"""How the cells of the chosen columns are read: which date notation, which decimal mark; undecided ones are asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import duckdb

from metrics.intake.columns import Choice
from metrics.intake.contract import Question, Warned
from metrics.intake.dates import DayOrMonth, read_date, reads_of
from metrics.intake.ids import Wrapping, has_lost_digits, wrapping_of
from metrics.intake.marks import marks_of
from metrics.intake.money import Mark
from metrics.intake.presets import Preset
from metrics.intake.reckoning import further_places, sums_of
from metrics.intake.source import Source, cell
from metrics.intake.sums import Sample, Sums
from metrics.intake.telling import NOTHING_MORE, Telling, telling_columns
from metrics.intake.words import normal
from metrics.intake.year_first import year_first
from metrics.intake.yen import Home, Yen, yen_of
from metrics.statements import statement

MONEY = ("amount", "quantity", "price", "refunded", "cost", "margin", "discount", "sale_price")
_REFUNDS = {"answers": "is_refunded", "list": "refund_items"}
_MOST_FORMATS = 4
_LONGEST_EXAMPLE = 40
_WHO = ("customer", "email", "phone", "name")
_GROUP = re.compile(r"\d[ ,.\u00a0\u202f]\d{3}(?!\d)")
_PARTS = {"dmy": ("%d", "%m", "%y"), "mdy": ("%m", "%d", "%y"), "ymd": ("%y", "%m", "%d")}
_NOWHERE = Home()
_TIME_PART = re.compile(r"(?P<gap>[T, ]+)\d{1,2}:\d{2}(?P<s>:\d{2})?(?P<ap>\s*[AaPp][Mm])?$")


@dataclass(frozen=True, slots=True)
class Plan:
    """How each field is read.

    `places`: field -> column number. `date_formats`: what DuckDB tries, beside a plain cast where dates are `iso`.
    `marks`: decimal mark of each money field; `assumed` ones are only a default, since no sampled cell has a mark.
    `grouped`: money fields with thousands set apart. `ids`: what is around the order ids of the sample.
    `n_lost_ids`: rows in which a spreadsheet has rounded these. `sums`: how the numbers of a row make up its amount and
    its cost. `yen`: the currency of the sign ¥.
    `telling`: what further columns say of a row. Of its refunds, only those that are sums of money are a money field.
    `preset` is the known export that the file is; `spare`: further columns of it that say the same, for rows in which
    the first one is blank.
    """

    places: dict[str, int]
    iso: bool = True
    date_formats: tuple[str, ...] = ()
    notation: str = "iso"
    day_order: DayOrMonth | None = None
    marks: dict[str, Mark] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    grouped: frozenset[str] = frozenset()
    ids: Wrapping = "none"
    n_lost_ids: int = 0
    sums: Sums = field(default_factory=Sums)
    yen: Yen = "CNY"
    telling: Telling = NOTHING_MORE
    questions: tuple[Question, ...] = ()
    preset: Preset | None = None
    spare: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What a person has to know of the way in which the columns are read."""
        lost = (Warned("order_digits_lost", self.n_lost_ids),) if self.n_lost_ids else ()
        return (*lost, *self.sums.warnings)

    @property
    def is_name_joined(self) -> bool:
        """Whether the name of the customer stands in several columns."""
        return "name" not in self.places and "last_name" in self.places


def make_plan(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    choice: Choice,
    rows: Sequence[Sequence[str]],
    answers: dict[str, str],
    preset: Preset | None = None,
    home: Home = _NOWHERE,
) -> Plan:
    """Decide from the sampled rows, and from the whole column (view `cells`) where the sample leaves it open."""
    places = {name: source.headers.index(each.source) for name, each in choice.columns.items()}
    telling = telling_columns(source.headers, rows, choice, preset)
    if "refunded" in places and telling.refunds != "money":
        places[_REFUNDS[telling.refunds]] = places.pop("refunded")
    questions = [_which(name, likely, source.headers, rows) for name, likely in choice.unclear.items()]
    plan = Plan(places)
    if "date" in places:
        plan = _with_dates(connection, plan, _column(rows, places["date"]), answers)
    is_settled = preset is None and "amount" not in choice.unclear
    places |= further_places(source.headers, rows, places) if is_settled else {}
    numbers = {name: (places[name], _column(rows, places[name])) for name in MONEY if name in places}
    marks = marks_of(connection, source, numbers, answers)
    find = partial(_rows_with_number, connection, len(source.headers))
    sample = Sample(source.headers, rows, places, marks.of, find)
    sums = sums_of(sample, answers) if is_settled and not marks.questions else Sums()
    money = [places[name] for name in ("amount", "price", "currency") if name in places]
    yen, asked = yen_of(source.headers, rows, money, home, answers)
    questions += [*marks.questions, *sums.questions, *([asked] if asked else [])]
    unique = {question.code: question for question in (*questions, *plan.questions)}
    ids = [row[places["order_id"]] for row in rows] if "order_id" in places else []
    return replace(
        plan,
        preset=preset,
        spare=_spare(preset, source.headers, choice),
        ids=wrapping_of(ids),
        n_lost_ids=_lost_ids(connection, places["order_id"]) if has_lost_digits(ids) else 0,
        telling=telling,
        marks=marks.of,
        sums=sums,
        yen=yen,
        grouped=frozenset(name for name, (_, cells) in numbers.items() if any(map(_GROUP.search, cells))),
        assumed=marks.assumed,
        questions=tuple(unique.values()),
    )


def _lost_ids(connection: duckdb.DuckDBPyConnection, place: int) -> int:
    query = statement("staging/lost_order_ids").replace("{cell}", cell(place))
    return int(connection.execute(query).fetchall()[0][0])


def _rows_with_number(connection: duckdb.DuckDBPyConnection, width: int, place: int) -> list[list[str]]:
    cells = ", ".join(cell(each) for each in range(width))
    query = statement("staging/rows_with_number").replace("{cells}", cells).replace("{cell}", cell(place))
    return [found for (found,) in connection.execute(query).fetchall()]


def _spare(preset: Preset | None, headers: Sequence[str], choice: Choice) -> dict[str, tuple[int, ...]]:
    held = {normal(header): place for place, header in reversed(list(enumerate(headers)))}
    spare: dict[str, tuple[int, ...]] = {}
    for name in _WHO:
        listed = [normal(each) for each in preset.columns.get(name, ())] if preset is not None else []
        source = choice.source(name)
        if source is not None and normal(source) in listed:
            rest = tuple(held[each] for each in listed if each in held and each != normal(source))
            spare |= {name: rest} if rest else {}
    for name in _WHO[1:]:
        # The customer of an export without customer numbers is told by one of its contacts.
        if name in spare and choice.source(name) == choice.source("customer"):
            spare["customer"] = spare[name]
    return spare


def _which(name: str, likely: Sequence[str], headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Question:
    """The question for the column of a needed field: between the likely ones, or all where none is."""
    options = tuple(likely or headers)
    examples = {
        header: cells[0][:_LONGEST_EXAMPLE] for header in options if (cells := _column(rows, headers.index(header)))
    }
    return Question(f"which_{name}", options, {"likely": list(likely), "examples": examples})


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if row[place].strip()]


def _with_dates(
    connection: duckdb.DuckDBPyConnection, plan: Plan, cells: Sequence[str], answers: dict[str, str]
) -> Plan:
    counted = Counter(
        found.notation.split("_dmy")[0].split("_mdy")[0] for text in cells if (found := read_date(text, epochs=True))
    )
    notation = counted.most_common(1)[0][0] if counted else "iso"
    order: DayOrMonth | None = None
    questions: tuple[Question, ...] = ()
    if counted["slashed"] or counted["dotted"]:
        orders, example = year_first(connection, plan.places["date"], cells)
        if not orders:
            orders, example = (
                _day_orders(connection, plan.places["date"], cells) if counted["slashed"] else (("dmy",), "")
            )
        answered = [each for each in orders if each == answers.get("day_or_month")]
        if len(orders) > 1 and not answered:
            questions = (Question("day_or_month", orders, {"example": example, **reads_of(example, orders)}),)
        order = (answered or orders)[0]
    formats = Counter(made for text in cells if (made := _format(text.strip(), notation, order)))
    return Plan(
        plan.places,
        iso=notation == "iso",
        date_formats=tuple(each for each, _ in formats.most_common(_MOST_FORMATS)),
        notation=notation,
        day_order=order,
        questions=questions,
    )


def _day_orders(
    connection: duckdb.DuckDBPyConnection, place: int, cells: Sequence[str]
) -> tuple[tuple[DayOrMonth, ...], str]:
    """The order that the column proves, or those that it leaves with an example of a cell that stays open."""
    found = [read_date(text, serials=False) for text in cells]
    sides = {each.notation for each in found if each} & {"slashed_dmy", "slashed_mdy"}
    if len(sides) == 1:
        return (("dmy",) if "slashed_dmy" in sides else ("mdy",)), ""
    open_cells = [text for text, each in zip(cells, found, strict=True) if each and each.open_day]
    if not sides:
        for telling in _first_cell(connection, "staging/telling_date", place):
            # A column sorted by date tells in its second week, not in its first rows.
            read = read_date(telling, serials=False)
            if read is not None and read.notation in {"slashed_dmy", "slashed_mdy"}:
                return (("dmy",) if read.notation == "slashed_dmy" else ("mdy",)), ""
    examples = open_cells[:1] or _first_cell(connection, "staging/open_date", place)
    return (("dmy", "mdy"), examples[0]) if examples else (("dmy",), "")


def _first_cell(connection: duckdb.DuckDBPyConnection, name: str, place: int) -> list[str]:
    rows = connection.execute(statement(name).replace("{cell}", cell(place))).fetchall()
    return [text for (text,) in rows]


def _format(text: str, notation: str, order: DayOrMonth | None) -> str | None:
    """The strptime format of a cell, None where DuckDB has none for it."""
    time = _TIME_PART.search(text)
    day = text[: time.start()] if time else text
    if notation == "slashed" and (found := re.fullmatch(r"\d{1,2}([-/])\d{1,2}[-/](\d+)", day)):
        first, second, third = _PARTS[order or "dmy"]
        made = f"{first}{found[1]}{second}{found[1]}{'%Y' if len(found[2]) == 4 else third}"
    elif notation == "dotted" and (found := re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d+)", day)):
        made = "%y.%m.%d" if order == "ymd" else f"%d.%m.{'%Y' if len(found[1]) == 4 else '%y'}"
    elif notation == "compact" and re.fullmatch(r"\d{8}", day):
        made = "%Y%m%d"
    else:
        return None
    if time is None:
        return made
    hour = "%I" if time["ap"] else "%H"
    half = ("" if time["ap"] == time["ap"].lstrip() else " ") + "%p" if time["ap"] else ""
    return f"{made}{time['gap']}{hour}:%M{':%S' if time['s'] else ''}{half}"
