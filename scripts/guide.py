"""The user guide in docs/, one file per language, from the same texts as the app.

`--check` writes nothing and exits 1 when a guide is out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from dashboard import export_words, glossary, guide_words, i18n, labels, question_words, segment_words
from dashboard.formats import count, listing
from dashboard.i18n import LANGUAGES
from metrics.intake.contract import Question
from metrics.segment import preset_segments
from metrics.settings import Language
from metrics.states import STATES
from metrics.targets.networks import Network, networks

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURES = ("overview", "money", "winback")
KINDS = ("xlsx", "csv", "csv_machine", "parquet", "call_list")
REFUSALS = ("file_encrypted", "file_broken", "wrong_kind", "no_table", "no_usable_rows", "grouped_report_unclear")
QUESTIONS = (
    Question("day_or_month", (), {"example": "03/04/2026"}),
    Question("decimal_mark", (), {"example": "1,234"}),
    Question("which_customer", (), {}),
    Question("which_date", (), {}),
    Question("which_amount", (), {}),
    Question("which_sheet", (), {}),
    Question("amount_per", (), {"example": "1001", "rows": 3, "order": "1500"}),
    Question("refund_in_amount", (), {"column": "Net total", "amount": "1500", "refund": "300"}),
    Question("discount", (), {"quantity": "2", "price": "1000", "discount": "50"}),
    Question("cost_per", (), {"quantity": "2", "price": "1000", "cost": "600"}),
    Question("margin_unit", (), {"amount": "1500", "margin": "40"}),
    Question("yen", (), {"example": "¥1500"}),
    Question("amount_sign", (), {"amount": "-1500"}),
    Question("same_number", (), {"example": "1001", "first": date(2026, 1, 5), "last": date(2026, 3, 9)}),
    Question("which_currency", (), {"currencies": ("EUR", "USD")}),
    Question("phone_region", (), {"example": "020 7946 0958"}),
    Question("file_kind", (), {"example": "Email"}),
)


def main() -> None:
    """Write the guides, or with `--check` compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    stale = []
    for language in LANGUAGES:
        path, text = DOCS / f"guide-{language}.md", guide(language)
        if is_check and (not path.is_file() or path.read_text("utf-8") != text):
            stale.append(path.name)
        elif not is_check:
            path.write_text(text, "utf-8")
    if stale:
        sys.exit(f"out of date, run `make guide`: {', '.join(stale)}")


def guide(language: Language) -> str:
    """The whole guide in a language, as Markdown."""
    before = i18n.current()
    i18n.use(language)
    try:
        return "\n\n".join(_blocks()) + "\n"
    finally:
        i18n.use(before)


def _blocks() -> Iterator[str]:
    yield f"# {guide_words.title()}"
    yield " · ".join(f"[{name}](guide-{code}.md)" for code, name in LANGUAGES.items())
    yield from guide_words.intro()
    yield f"## {guide_words.path_title()}"
    yield "\n".join(f"{place}. {step}" for place, step in enumerate(guide_words.first_steps(), start=1))
    yield from _pages()
    yield from _files()
    yield from _customers()
    yield from _downloads()
    yield from _figures()
    yield f"## {guide_words.commands_title()}"
    yield _listed(f"`{command}` – {what}" for command, what in guide_words.commands())
    yield f"## {guide_words.privacy_title()}"
    yield _listed(guide_words.privacy())


def _pages() -> Iterator[str]:
    yield f"## {guide_words.pages_title()}"
    for key, name, answer in guide_words.pages():
        yield f"### {name}"
        yield answer
        if key in PICTURES:
            yield f"![{name}]({picture(key, i18n.current())})"


def picture(page: str, language: Language) -> str:
    """The file of a page's picture in docs/; that of the English screen is the README's too."""
    return f"{page}.png" if language == "en" else f"{page}-{language}.png"


def _files() -> Iterator[str]:
    yield f"## {guide_words.uploads_title()}"
    yield from guide_words.uploads()
    yield guide_words.systems().format(systems=listing(guide_words.SYSTEMS))
    yield f"### {guide_words.questions_title()}"
    yield _listed(question_words.question(asked) for asked in QUESTIONS)
    yield f"### {guide_words.refusals_title()}"
    yield _listed(labels.reason(code, {}) for code in REFUSALS)


def _customers() -> Iterator[str]:
    yield f"## {guide_words.states_title()}"
    yield _listed(f"**{labels.state(state)}** – {labels.state_meaning(state)}" for state in reversed(STATES))
    yield f"### {guide_words.lists_title()}"
    yield guide_words.lists()
    yield _listed(
        f"**{segment_words.preset(key)}** – {segment_words.sentence(segment, None)}"
        for key, segment in preset_segments().items()
    )


def _downloads() -> Iterator[str]:
    yield f"## {guide_words.downloads_title()}"
    kinds = listing(export_words.target(kind) for kind in KINDS)
    for text in guide_words.downloads():
        yield text.format(kinds=kinds)
    yield f"### {guide_words.networks_title()}"
    yield _table(guide_words.network_heads(), [_network(one) for one in networks().values()])


def _network(one: Network) -> tuple[str, ...]:
    titles = export_words.titles()
    least, most = (None if n is None else count(n) for n in (one.minimum_rows, one.maximum_rows))
    return (
        export_words.target(one.key),
        listing(titles[each] for each in one.identifiers),
        listing(export_words.hashing(each) for each in one.hashing),
        guide_words.network_rows(least, most),
        guide_words.consent(one.consent),
    )


def _figures() -> Iterator[str]:
    yield f"## {guide_words.figures_title()}"
    for group in glossary.GROUPS:
        yield f"### {glossary.group(group)}"
        for each in glossary.entries():
            if each.group == group:
                rest = [f"*{text}*" for text in (each.formula, each.source) if text]
                yield "  \n".join([f"**{each.title}** – {each.what}", *rest])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *body])


if __name__ == "__main__":
    main()
