"""The wall: one screen for a projector or a TV. `board` asks, `words` says, `picture` draws, `page` puts together."""

from __future__ import annotations

from dashboard.wall.board import Board, board
from dashboard.wall.page import STYLE, colours_css, updated, wall

__all__ = ["STYLE", "Board", "board", "colours_css", "updated", "wall"]
