"""What customers who came back brought afterwards: the second-life ratio (METRICS.md 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.histograms import Histograms, Ints
from metrics.scenario import LONGEST_HORIZON
from metrics.workspace import Workspace

LEAST_RETURNERS = 30


@dataclass(frozen=True, slots=True)
class SecondLife:
    """`ratio`: revenue in the days after a return / yearly value at the loss, over `returners` past returns.

    `is_assumed`: fewer than 30 of them could be followed for so long, so half a first life is taken.
    """

    ratio: float
    returners: int
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class _Comebacks:
    """Past returns by the days since then, and what came in by days from the return (ten-thousandths)."""

    age: Ints
    customers: Ints
    yearly_value: Ints
    flow_age: Ints
    flow_place: Ints
    flow_amount: Ints


def second_life(workspace: Workspace, lost_after_days: int, horizon_days: int) -> SecondLife:
    """`rho_H`: net revenue in the `horizon_days` from the return day / yearly value at the loss.

    Over the past returns that lie back at least that long; their sums are divided, so large customers weigh more.
    """
    held = workspace.histograms
    found = None if held is None else workspace.derived(
        ("comebacks", lost_after_days), lambda: _comebacks(workspace, held, lost_after_days)
    )  # fmt: skip
    if found is None:
        return SecondLife(assumed_ratio(horizon_days), 0, is_assumed=True)
    followed = found.age >= horizon_days - 1
    returners = int(found.customers[followed].sum())
    before = int(found.yearly_value[followed].sum())
    if returners < LEAST_RETURNERS or before <= 0:
        return SecondLife(assumed_ratio(horizon_days), returners, is_assumed=True)
    inside = (found.flow_age >= horizon_days - 1) & (found.flow_place < horizon_days)
    return SecondLife(max(int(found.flow_amount[inside].sum()), 0) / before, returners, is_assumed=False)


def assumed_ratio(horizon_days: int) -> float:
    """`H / 365 / 2`: half as much as before."""
    return horizon_days / 365 / 2


def _comebacks(workspace: Workspace, held: Histograms, lost_after_days: int) -> _Comebacks:
    of = {"today": held.today, "lost_after_days": lost_after_days}
    values = workspace.ask_columns("comeback_values", **of)
    flows = workspace.ask_columns("comeback_flows", **of, longest=LONGEST_HORIZON)

    def ints(column: np.ndarray[tuple[int], np.dtype[np.generic]]) -> Ints:
        return np.asarray(column).astype(np.int64)

    return _Comebacks(
        age=ints(values["age"]),
        customers=ints(values["customers"]),
        yearly_value=ints(values["yearly_value"]),
        flow_age=ints(flows["age"]),
        flow_place=ints(flows["place"]),
        flow_amount=ints(flows["amount"]),
    )
