"""Who was contacted lately or is held out of a campaign: nobody writes to them again before their time."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metrics.workspace import Workspace

COOL_DOWN_DAYS: Final = 182
"""Half a year: who was contacted within it is left alone."""


@dataclass(frozen=True, slots=True)
class Resting:
    """The keys of the customers who are held out of a running campaign, and of those contacted within the cool-down."""

    held_out: NDArray[np.uint64]
    contacted: NDArray[np.uint64]


def contacts_version(workspace: Workspace) -> Hashable:
    """Something that changes with the marks of who was contacted or is held out; None without any."""
    (row,) = workspace.ask("contacted_version")
    return tuple(row.values()) if row["marks"] else None


def make_contacted(workspace: Workspace) -> None:
    """Make the table `contacted_customers`, unless it is that of the marks as they are."""
    version = contacts_version(workspace)
    workspace.latest("contacted_customers", version, lambda: workspace.make_again("contacted_customers"))


def resting(workspace: Workspace, today: date) -> Resting:
    """Who is to be left alone on a day."""
    make_contacted(workspace)
    found = workspace.ask_columns("resting_customers", today=today, cool_down=COOL_DOWN_DAYS)
    keys = np.asarray(found["customer"]).astype(np.uint64)
    is_held_out = np.asarray(found["is_held_out"]).astype(np.bool_)
    is_contacted = np.asarray(found["is_contacted"]).astype(np.bool_)
    return Resting(keys[is_held_out], keys[is_contacted])
