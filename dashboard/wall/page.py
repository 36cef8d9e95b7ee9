"""The wall as HTML: text alone, no script, nothing from outside. Whatever is not ours is escaped."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final

from dashboard import goal_words
from dashboard.formats import count, month_name
from dashboard.i18n import _
from dashboard.palette import Palette, palette
from dashboard.wall import picture, words
from dashboard.wall.board import Board
from metrics.goals import GoalPath
from metrics.results import Period

STYLE: Final = Path(__file__).with_name("wall.css")


def colours_css() -> str:
    """The colours of both themes as CSS variables; the browser's scheme chooses."""
    return (
        f"<style>:root {{ {_variables(palette('light'))} }} "
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(palette('dark'))} }} }}</style>"
    )


def _variables(colours: Palette) -> str:
    names = ("page", "card", "text", "muted", "grid", "lost", "returned", "loss_text", "gain_text", "primary")
    return " ".join(f"--w-{name.replace('_', '-')}: {getattr(colours, name)};" for name in names)


def updated(moment: datetime) -> str:
    """When the wall was last brought up to date: apart, so that the rest stands still when nothing has changed."""
    return f'<p class="w-updated">{escape(words.updated(moment))}</p>'


def wall(board: Board | None, *, is_sample: bool, plays: int = 0) -> str:
    """The whole wall; another number of `plays` lets it count up again."""
    mark = f'<p class="w-sample">{escape(_("These are the figures of an invented shop."))}</p>' if is_sample else ""
    if board is None:
        body = f'<p class="w-plain">{escape(words.nothing_loaded())}</p>'
    else:
        body = (_sum(board) if board.customers else _plain(board)) + _below(board)
    return (
        f'<div class="w-wall" data-plays="{plays}"><header><h1>{escape(words.title())}</h1>{mark}</header>{body}</div>'
    )


def _plain(board: Board) -> str:
    return f'<p class="w-plain">{escape(words.nobody_lost(board))}</p>'


def _sum(board: Board) -> str:
    said = picture.figure(board.terms.money, board)
    people = f"<strong>{escape(count(board.customers))}</strong>"
    return (
        f'<section class="w-sum" style="--wide:{picture.width(said):.2f}">'
        f'<p class="w-figure"><span class="w-said">{escape(said)}</span>{picture.counting(board)}</p>'
        f'<p class="w-cost">{escape(words.cost(board)).format(n=people)}</p>{_assumed(board)}{_terms(board)}</section>'
        f"{_pile(board)}"
    )


def _assumed(board: Board) -> str:
    return "" if board.margin is None else f'<p class="w-small">{escape(words.margin(board.margin))}</p>'


def _pile(board: Board) -> str:
    if board.terms.money <= 0:
        return ""
    caption = escape(words.one_bundle(picture.note(board), board.settings.currency))
    return (
        f'<figure class="w-stack"><div role="img" aria-label="{escape(words.pile(board))}">{picture.pile(board)}</div>'
        f'<figcaption class="w-small">{caption}</figcaption></figure>'
    )


def _terms(board: Board) -> str:
    """The sum as months of rent and as salaries, one after the other, when the pile has grown up."""
    after, found = picture.ends_at(board) + 0.4, board.terms
    rents, salaries = words.in_rents(board), words.in_salaries(board)
    lines = []
    if rents and found.months_of_rent:
        per = picture.each_stands_for(found.months_of_rent)
        legend = words.one_house(per) if per > 1 else ""
        lines.append(_line(rents, legend, picture.row(found.months_of_rent, "house", after), after))
        after += 2.2
    if salaries and found.monthly_salaries:
        per = picture.each_stands_for(found.monthly_salaries)
        legend = words.one_person(per) if per > 1 else ""
        lines.append(_line(salaries, legend, picture.row(found.monthly_salaries, "person", after), after))
    return f'<div class="w-terms">{"".join(lines)}</div>' if lines else ""


def _line(text: str, legend: str, row: str, at: float) -> str:
    small = f' <small class="w-small">{escape(legend)}</small>' if legend else ""
    return f'<div class="w-line" style="--at:{at:.2f}s"><p>{escape(text)}{small}</p>{row}</div>'


def _below(board: Board) -> str:
    sentence = words.sentence(board) if board.customers else None
    closing = f'<p class="w-sentence">{escape(sentence)}</p>' if sentence else ""
    band = _month(board.month, board.running) + _goal(board.goal, board.settings.currency) + closing
    return (
        f'<section class="w-band">{band}</section>' if band else ""
    ) + f'<footer class="w-small">{escape(words.data_date(board))}</footer>'


def _month(whole: Period | None, running: Period | None) -> str:
    if whole is None:
        return ""
    so_far = f'<p class="w-small">{escape(words.running(running))}</p>' if running else ""
    return (
        f'<div class="w-now"><h2>{escape(month_name(whole.start))}</h2><div class="w-pair">'
        f'<p class="w-lost"><b>{escape(count(whole.lost))}</b> {escape(words.lost_word(whole.lost))}</p>'
        f'<p class="w-back"><b>{escape(count(whole.returned))}</b> {escape(words.returned_word(whole.returned))}</p>'
        f"</div>{so_far}</div>"
    )


def _goal(found: GoalPath | None, currency: str | None) -> str:
    if found is None:
        return ""
    stands = ""
    if found.latest and found.latest.actual is not None:
        actual = goal_words.value_compact(found.goal, found.latest.actual, currency)
        stands = f'<p class="w-stands"><b>{escape(actual)}</b> {escape(words.reached(found))}</p>'
    return (
        f'<div class="w-goal"><h2>{escape(words.goal(found))}</h2>'
        f'<p class="w-aim">{escape(goal_words.aim(found.goal, currency))}</p>{picture.way(found)}{stands}</div>'
    )
