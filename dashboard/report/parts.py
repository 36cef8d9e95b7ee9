"""The parts that a page of the report is made of, as HTML: what is given is plain text, or told (`markup.told`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.i18n import _
from dashboard.report.markup import text, told, width
from dashboard.report.svg import Picture

LONG: Final = 7.0
"""From so many times its height on a large figure is set smaller, or its words would have no room."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is called, its value, a line about it, and its definition. Plain text."""

    label: str
    value: str
    note: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One of the five pages: its question, the sentence that answers it (Markdown of `say`), and its body as HTML.

    `is_full`: it holds so much that its parts stand closer together.
    """

    key: str
    question: str
    answer: str
    body: str
    is_full: bool = False


def hero(figure: Figure, tone: str = "") -> str:
    """The one large figure of a page; `tone` is loss, gain or nothing."""
    note = f'<p class="note">{text(figure.note)}</p>' if figure.note else ""
    length = " long" if width(figure.value, 1) > LONG else ""
    return (
        f'<div class="hero {tone}{length}"><p class="big">{text(figure.value)}</p><div>'
        f'<p class="what">{text(figure.label)}</p>{note}<p class="meaning">{text(figure.meaning)}</p></div></div>'
    )


def figures(row: Sequence[Figure]) -> str:
    """Figures side by side, each with its definition."""
    return f'<div class="row">{"".join(map(_figure, row))}</div>'


def _figure(one: Figure) -> str:
    note = f'<p class="note">{text(one.note)}</p>' if one.note else ""
    return (
        f'<div class="figure"><p class="label">{text(one.label)}</p><p class="value">{text(one.value)}</p>{note}'
        f'<p class="meaning">{text(one.meaning)}</p></div>'
    )


def drawn(picture: Picture | None, missing: str | None = None) -> str:
    """A picture under its heading, or the sentence of what is missing for it."""
    if picture is None:
        return f'<p class="missing">{text(missing or _("Not enough data for this picture yet."))}</p>'
    return f"<figure><figcaption>{text(picture.title)}</figcaption>{picture.svg()}</figure>"


def small(*sentences: str) -> str:
    """Small print below what it is about; plain text."""
    return "".join(f'<p class="small">{text(one)}</p>' for one in sentences if one)


def warning(sentence: str) -> str:
    """Something that the reader must know before believing a figure; plain text."""
    return f'<p class="warning">{text(sentence)}</p>'


def numbered(steps: Iterable[tuple[str, str]]) -> str:
    """Things to do in their order: what (Markdown of `say`) and how (plain text)."""
    return f"<ol>{''.join(f'<li><p>{told(what)}</p><p>{text(how)}</p></li>' for what, how in steps)}</ol>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table: words to the left, figures to the right."""
    top = "".join(f"<th>{text(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def listed(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    """Names with their values, small, under a heading."""
    body = "".join(f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in rows)
    return f'<section class="basis"><h3>{text(heading)}</h3><dl>{body}</dl></section>'
