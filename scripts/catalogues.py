"""Bring the translation catalogues up to date with the texts in `dashboard/`, keeping every translation.

`--check` writes nothing and exits 1 when a catalogue is out of date, or when a text is missing, fuzzy, or has other
placeholders than its source. The files carry no line numbers and no dates: a diff shows texts only.
"""

from __future__ import annotations

import argparse
import ast
import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard"
KEYWORDS = {"_": 1, "ngettext": 2, "pgettext": 2}  # how many literal texts each takes


def calls(folder: Path) -> Iterator[tuple[str, str, list[str | None]]]:
    """Each call for a text under `folder`: where it stands, the keyword, its texts (None: not a literal)."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                texts = [getattr(argument, "value", None) for argument in node.args[: KEYWORDS[node.func.id]]]
                where = f"{path.relative_to(folder.parent)}:{node.lineno}"
                yield where, node.func.id, [text if isinstance(text, str) else None for text in texts]


def collect(folder: Path) -> Catalog:
    """The texts of the Python files under `folder`.

    Read from the syntax tree: Babel's own extractor does not see into f-strings before Python 3.12.
    """
    template = Catalog(charset="utf-8")
    for _where, keyword, texts in calls(folder):
        literal = [text for text in texts if text is not None]
        if len(literal) != KEYWORDS[keyword]:
            continue
        if keyword == "pgettext":
            template.add(literal[1], context=literal[0])
        else:
            template.add(literal[0] if keyword == "_" else (literal[0], literal[1]))
    return template


def write(catalogue: Catalog) -> bytes:
    """A catalogue as the bytes of its file."""
    out = BytesIO()
    write_po(out, catalogue, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    header = [r'"Content-Type: text/plain; charset=utf-8\n"']
    if catalogue.locale:
        header += [rf'"Language: {catalogue.locale}\n"', rf'"Plural-Forms: {catalogue.plural_forms}\n"']
    lines = "\n".join(['msgid ""', 'msgstr ""', *header])
    return f"{lines}\n\n".encode() + out.getvalue()


def catalogues(dashboard: Path = DASHBOARD) -> Iterator[tuple[Path, Catalog]]:
    """Every catalogue file with what should stand in it."""
    template = collect(dashboard)
    locales = dashboard / "locales"
    yield locales / "winback.pot", template
    for folder in sorted(path for path in locales.iterdir() if path.is_dir()):
        path = folder / "LC_MESSAGES" / "winback.po"
        old = path.read_bytes() if path.exists() else b""
        catalogue = read_po(BytesIO(old), locale=folder.name)
        # A guess from a similar text would pass for a translation.
        catalogue.update(template, no_fuzzy_matching=True)
        yield path, catalogue


def fields(text: str) -> set[str]:
    """The names of the placeholders of a text."""
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translated text, in words."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if not all(forms):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    wanted = [fields(source) for source in sources]
    if any(not name.isidentifier() for names in wanted for name in names):
        yield "a placeholder without a name"
    yield from (f"other placeholders: {form!r}" for form in forms if fields(form) not in wanted)


def problems() -> Iterator[str]:
    """Everything `--check` complains about."""
    for where, _keyword, texts in calls(DASHBOARD):
        if None in texts:
            yield f"{where}: only a literal text can be collected"
    for path, catalogue in catalogues():
        name = path.relative_to(DASHBOARD.parent)
        if not path.exists() or path.read_bytes() != write(catalogue):
            yield f"{name}: out of date, run python scripts/catalogues.py"
        if catalogue.locale:
            messages = (message for message in catalogue if message.id)
            yield from (f"{name}: {message.id!r}: {fault}" for message in messages for fault in faults(message))


def main() -> int:
    """Write the catalogues, or with `--check` only say what is wrong; either way list what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when something is wrong")
    check = parser.parse_args().check
    if not check:
        for path, catalogue in list(catalogues()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(write(catalogue))
    found = list(problems())
    print("\n".join(found) or "catalogues complete")
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
