"""A list of customers as a file of each kind; what is large is copied by the database itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from metrics.guard import Guard
from metrics.intake.contacts import country_prefix, international
from metrics.list_columns import for_machines, for_people, refused, sheet_kind, typed
from metrics.list_options import ListOptions, ListWarning, ListWritten
from metrics.list_source import ListSource
from metrics.targets.contact import Contact
from metrics.targets.network_file import write_network
from metrics.targets.networks import Network
from metrics.targets.people_csv import Cell, write_people_csv
from metrics.targets.workbook import Column, Sheet, write_workbook

Rows = Iterable[Sequence[Cell]]
_CONTACT = ("customer_id", "name", "email", "phone", "category", "last_order_on", "silence", "orders", "yearly_value")


def write_csv(source: ListSource, path: Path, options: ListOptions) -> ListWritten:
    """A CSV for people: UTF-8 with its mark, everything quoted, nothing runs."""
    with path.open("wb") as file:
        titles = [options.words.title(key) for key in source.keys]
        write_people_csv(file, titles, (), separator=options.separator)
    columns = for_people(options.words, source.keys, options.decimal)
    return ListWritten(_copy_rows(source, path, columns, options.separator, ", force_quote *"))


def write_csv_machine(source: ListSource, path: Path, options: ListOptions) -> ListWritten:
    """A CSV for programs: keys as headers, nothing escaped; values of no known form are blank, and counted."""
    counts = source.count(**{key: f"coalesce({refused(key)}, false)" for key in source.keys})
    kept = source.narrowed(f"not ({refused('customer_id')})")
    path.write_text(",".join(source.keys) + "\n", "utf-8")
    rows = _copy_rows(kept, path, for_machines(source.keys), ",", "")
    if options.rejects is not None:
        _write_rejects(source, options.rejects)
    total = counts.pop("customers")
    bad_ids = counts.pop("customer_id")
    left_out = {"bad_id": bad_ids} if bad_ids else {}
    if rows + bad_ids != total:
        raise RuntimeError("rows of a list got lost")
    return ListWritten(rows, left_out, {key: n for key, n in counts.items() if n})


def write_parquet(source: ListSource, path: Path, options: ListOptions) -> ListWritten:
    """Parquet with the columns' own types and their codes."""
    del options
    return ListWritten(source.copy("parquet", path, ", ".join(source.keys)))


def write_xlsx(source: ListSource, path: Path, options: ListOptions, counts: Guard) -> ListWritten:
    """A workbook for people: the customers, what the list is, what its columns mean."""
    words = options.words
    columns = [Column(words.title(key), sheet_kind(key)) for key in source.keys]
    sheets = [Sheet(words.sheets[0], columns, source.rows(typed(words, source.keys)))]
    plain = [Column(words.title("what"), width=40), Column(words.title("value"), width=60)]
    if words.summary is not None:
        sheets.append(Sheet(words.sheets[1], plain, words.summary(counts), has_filter=False))
    if words.definitions:
        sheets.append(Sheet(words.sheets[2], plain, words.definitions, has_filter=False))
    return workbook(path, sheets)


def write_for_network(source: ListSource, path: Path, options: ListOptions, network: Network) -> ListWritten:
    """The file that a mailing tool or an advertising network takes."""
    hashing = options.hashing or network.hashing[-1]
    with path.open("wb") as file:
        if options.rejects is None:
            found = write_network(_contacts(source, options), network, hashing, file)
        else:
            with options.rejects.open("wb") as rejects:
                found = write_network(_contacts(source, options), network, hashing, file, rejects)
    warnings = tuple(ListWarning(limit.code, limit.facts) for limit in found.limits)
    left_out = {str(reason): n for reason, n in found.left_out.items()}
    blanked = {str(reason): n for reason, n in found.blanked.items()}
    return ListWritten(found.rows, left_out, blanked, warnings)


def write_table(path: Path, columns: Sequence[Column], rows: Rows, options: ListOptions) -> ListWritten:
    """A table for people: a workbook where the path ends in .xlsx, else a CSV; nothing in it runs."""
    if path.suffix == ".xlsx":
        return workbook(path, [Sheet(options.words.sheets[0], columns, rows)])
    titles = [one.title for one in columns]
    with path.open("wb") as file:
        return ListWritten(write_people_csv(file, titles, rows, separator=options.separator, decimal=options.decimal))


def workbook(path: Path, sheets: Sequence[Sheet]) -> ListWritten:
    """Write sheets as a workbook; its rows are those of the first one."""
    with path.open("wb") as file:
        found = write_workbook(file, sheets)
    return ListWritten(found.rows[0], {}, {}, (ListWarning("texts_cut", {"n": found.cut}),) if found.cut else ())


def body_of(path: Path) -> Path:
    """The rows of a file whose header is in `path`, where the database copied them."""
    return path.with_name(f"{path.name}.rows")


def _copy_rows(source: ListSource, path: Path, columns: str, separator: str, quoting: str) -> int:
    return source.copy("csv", body_of(path), columns, separator=separator.replace("'", "''"), quoting=quoting)


def _contacts(source: ListSource, options: ListOptions) -> Iterator[Contact]:
    keys = [key for key in source.keys if key in {*_CONTACT, "code"}]
    prefix = country_prefix(options.country) if options.country else ""
    for row in source.rows(typed(options.words, keys)):
        known = dict(zip(keys, row, strict=True))
        phone = known["phone"]
        if phone and not phone.startswith("+") and options.country:
            known["phone"] = international(phone, options.country) or phone
        is_at_home = not known["phone"] or known["phone"].startswith(prefix)
        country = options.country if is_at_home else None
        yield Contact(**known, value=known["yearly_value"], country=country, tag=options.tag)


def _write_rejects(source: ListSource, path: Path) -> None:
    """What no program may get, for people: the customer, the column, whether the customer is in the file even so."""
    reasons = [(key, refused(key)) for key in source.keys if refused(key) != "false"]
    bad = source.narrowed(" or ".join(sql for _, sql in reasons))
    with path.open("wb") as file:
        columns = ", ".join(["customer_id", *(f"coalesce({sql}, false)" for _, sql in reasons)])
        rows = (
            (row[0], key, "customer_id" not in wrong)
            for row in bad.rows(columns)
            if (wrong := [key for (key, _), is_bad in zip(reasons, row[1:], strict=True) if is_bad])
            for key in wrong
        )
        write_people_csv(file, ("customer_id", "column", "in_file"), rows)
