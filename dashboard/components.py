"""Pieces that pages are made of: sentences, cards, charts, links onward, empty states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st

from dashboard.charts import PLOT_CONFIG, Chart
from dashboard.i18n import _
from dashboard.markdown import escape, firm
from dashboard.session import ON_WALL, address, show_flash

A_PAGE: Final = 25
"""Rows of a table that are shown at once."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure. `delta`: a change in words; `good`: is it good news; `note`: a line below; `spark`: its course.

    `is_loss`: the course is drawn in the colour of losses, whatever the change.
    """

    label: str
    value: str
    help: str
    delta: str | None = None
    good: bool | None = None
    note: str | None = None
    spark: Sequence[float] | None = None
    spark_type: Literal["line", "bar"] = "line"
    is_loss: bool = False


def head(title: str, sentence: str) -> None:
    """The page's question and the sentence that answers it."""
    show_flash()
    st.title(title, anchor=False)
    st.markdown(firm(sentence))


def cards(row: Sequence[Card]) -> None:
    """A row of cards; on a phone one below the other."""
    for place, (column, card) in enumerate(zip(st.columns(len(row)), row, strict=True)):
        key = f"loss_card_{place}" if card.is_loss else None
        with column, st.container(border=True, height="stretch", gap=None, key=key):
            st.metric(
                card.label,
                escape(card.value),
                delta=card.delta,
                delta_color=_delta_colour(card),
                delta_arrow=_arrow(card),
                help=card.help,
                chart_data=list(card.spark) if card.spark else None,
                chart_type=card.spark_type,
            )
            if card.note:
                st.caption(escape(card.note))


def chart(picture: Chart, key: str) -> None:
    """A chart with its finding as alt text."""
    st.plotly_chart(picture.figure, theme=None, config=PLOT_CONFIG, alt=picture.alt, key=key)


def onward(links: Sequence[tuple[str, str]], *, back: str | None = None) -> None:
    """The way onward: (page key, words) per link, and the words of the one `back` to the overview."""
    with st.container(horizontal=True):
        for page, words in links:
            st.page_link(page_of(page), label=f"{words} →")
        if back:
            st.page_link(page_of("overview"), label=f"← {back}")


def wall_link() -> None:
    """The way to the wall, in the same browser session: another would not have what is kept in this one alone."""
    st.page_link(
        page_of("overview"),
        label=f"{_('Show it on the wall')} →",
        query_params={**address(), **ON_WALL},
        help=_("Fills one screen of a projector or a TV, without names, and keeps itself up to date. F11 hides the "
               "browser's own bars."),
    )  # fmt: skip


def page_of(key: str) -> Any:
    """The page object of a key (`overview`, `threshold`, `money`, `data`) in this run."""
    return st.session_state["_pages"][key]


def table(rows: Sequence[dict[str, object]], key: str) -> None:
    """A small read-only table; its built-in download is off, for it neutralises no formulas."""
    st.dataframe(rows, hide_index=True, key=key, row_height=36)


def first_on_page(total: int, key: str) -> int:
    """The place, from 0, of the first row on the page that is open of a table of `total` rows."""
    return (min(int(st.session_state.get(key, 1)), _pages(total)) - 1) * A_PAGE


def page_picker(total: int, key: str) -> None:
    """The numbers of a table's pages, where there are several; what it holds under `key` is the chosen one."""
    pages = _pages(total)
    if pages == 1:
        return
    if int(st.session_state.get(key, 1)) > pages:
        st.session_state[key] = pages
    st.pagination(pages, key=key)


def _pages(total: int) -> int:
    return max(-(-total // A_PAGE), 1)


def explain(*, formula: str, behind: str, source: str | None = None) -> str:
    """The help of a card: formula, rows behind it, source."""
    parts = [formula, behind] + ([source] if source else [])
    return "\n\n".join(parts)


def theme_css() -> None:
    """Our few corrections of the standard look."""
    st.html(Path(__file__).with_name("style.css"))


def readable(language: str) -> None:
    """What a screen reader needs and Streamlit's page does not say; `language` is that of the page's words."""
    script = Path(__file__).with_name("readable.js").read_text("utf-8").replace("{language}", language)
    with st.container(key="readable"):
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def uploader_words(button: str, drop: str) -> None:
    """The words of the uploader, which Streamlit has in English only; the style sheet sets them in place of those."""
    upload, here = (json.dumps(text, ensure_ascii=False) for text in (button, drop))
    st.html(f"<style>:root {{ --upload-word: {upload}; --drop-word: {here}; }}</style>")


def _delta_colour(card: Card) -> Literal["green", "red", "off"]:
    if card.is_loss:
        return "red"
    if card.delta is None or card.good is None:
        return "off"
    return "green" if card.good else "red"


def _arrow(card: Card) -> Literal["up", "down", "off"]:
    if card.delta is None or card.good is None:
        return "off"
    return "down" if card.delta.startswith(("-", "−")) else "up"


def nothing_loaded() -> None:
    """What every page says before there are orders."""
    head(
        _("What does losing customers cost you?"),
        _("Show the tool your orders: it tells whom you lost, what that costs and what winning them back would bring. "
          "Nothing leaves this computer."),
    )  # fmt: skip
    if st.button(_("Add your own orders"), type="primary", key="own_orders"):
        st.switch_page(page_of("data"))
