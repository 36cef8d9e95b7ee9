"""A survey to take away: whom to ask why they left, with columns that are read back as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.formats import count
from dashboard.i18n import _, ngettext
from dashboard.markdown import escape
from dashboard.session import scratch, settings, workspace
from dashboard.views.taking import MadeFile, people_options, take_away
from metrics.guard import Rules
from metrics.list_export import Picked, export_picked
from metrics.list_files import write_table
from metrics.list_options import ListWritten
from metrics.survey import to_ask
from metrics.targets.workbook import Column


def columns() -> list[Column]:
    """The columns of a survey; the last three are for the answers."""
    titles = (_("Customer id"), _("Name"), _("Named reason"), _("Confirmed reason"), _("Whose fault"))
    return [Column(title) for title in titles]


def survey_section() -> None:
    """What to ask, the file with whom to ask, and where it goes once it is filled in."""
    held, threshold = workspace(), settings().threshold
    with st.spinner(_("Looking at all customers")), held.unchanged():
        people = to_ask(held, threshold)
    if not people:
        st.markdown(
            _("There is nobody to ask: everybody lost in the last 12 months said something, or nobody was lost.")
        )
        return
    text = ngettext(
        "The file has the {n} lost customer with the highest revenue of whom no reason is known.",
        "The file has the {n} lost customers with the highest revenue of whom no reason is known.",
        len(people),
    )
    st.markdown(escape(text.format(n=count(len(people)))))
    steps = (
        _("Ask each why they left, and ask on: the first answer is often not the real one."),
        _("Write their answer as the named reason and what proved true as the confirmed one, in their words or as: "
          "service, quality, competitors, forgot, no longer needed."),
        _("As whose fault write a person or a system, if anybody's."),
        _("Add the file under Your data, like any other."),
    )  # fmt: skip
    st.markdown("\n".join(f"{number}. {escape(step)}" for number, step in enumerate(steps, start=1)))
    keys = [row["customer"] for row in people]
    take_away("survey", len(people), (tuple(keys),), lambda: _made(people), can_mark=False)


def _made(people: list[dict[str, Any]]) -> list[MadeFile]:
    keys = np.array([row["customer"] for row in people], np.uint64)
    # To ask why is no campaign: who was lost twice, or contacted lately, may tell it as well as others.
    options = people_options(rules=Rules(skip_lost_twice=False, cool_down_days=None), name="survey")

    def write(kept: NDArray[np.uint64], path: Path) -> ListWritten:
        left = set(kept.tolist())
        rows = ((row["customer_id"], row["name"] or "", "", "", "") for row in people if row["customer"] in left)
        return write_table(path, columns(), rows, options)

    path = scratch() / "survey.csv"
    return [MadeFile(path, export_picked(workspace(), Picked("survey", keys, write), path, options))]
