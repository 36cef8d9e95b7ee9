"""Goals as the command line names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from dashboard.cli_shared import refuse
from dashboard.i18n import _
from metrics.goal import Goal

Goals = Annotated[
    list[str] | None,
    typer.Option(
        "--goal",
        help="A goal as kind:target:first month:last month, such as churn:0.065:2026-01:2026-06; the kinds are churn, "
        "returned and recovered; may be given once for each.",
    ),
]


def goals_of(texts: Sequence[str]) -> tuple[Goal, ...]:
    """The goals in options, or an end that says how one is written."""
    return tuple(_goal(text) for text in texts)


def _goal(text: str) -> Goal:
    try:
        kind, target, start, by = text.split(":")
        return Goal.model_validate({"kind": kind, "target": target, "start": f"{start}-01", "by": f"{by}-01"})
    except ValueError:  # pydantic's own error is one
        refuse(_("{goal} is no goal: write kind:target:first month:last month, such as churn:0.065:2026-01:2026-06.")
               .format(goal=text))  # fmt: skip
        raise
