"""What the report says, as plain figures: the questions that the pages ask, asked once and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from dashboard.shops import sample_batches
from metrics.advice import states_on_list
from metrics.calendar import MONTHS
from metrics.campaign_plan import Step, plan
from metrics.cautions import Caution, cautions
from metrics.default_campaign import default_campaign
from metrics.due import due_by_manager, together
from metrics.finding import Finding
from metrics.goals import GoalPath, paths
from metrics.industries import benchmark
from metrics.intake.contract import Quality
from metrics.lifecycle import lifecycle
from metrics.lost_customers import matches
from metrics.lost_segments import LostState, lost_segments
from metrics.reasons import Reasons, reasons
from metrics.results import InMyTerms, LostMoney, LostMonth, Margin, Now, Period, SimpleLtv, Totals
from metrics.retention import comparable, now, periods
from metrics.sanity import serious
from metrics.scenario import Scenario
from metrics.settings import Settings
from metrics.simulator import Estimate, estimate
from metrics.states import DueCounts, Lifecycle
from metrics.stored_accounts import stored_accounts
from metrics.threshold import churn_by_threshold
from metrics.value import covered, in_my_terms, lost_by_month, lost_money, margin, simple_ltv, totals
from metrics.workspace import Workspace

TO_WIN_BACK = ("freshly_lost", "silent_3_6_months", "silent_1_2_years", "best_of_lost")
"""The segments of lost customers that the last page counts."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures stand on: days covered by the files, their rows, what counts, the margin."""

    as_of: date
    first_on: date | None
    last_on: date | None
    files: int
    account: dict[str, int]
    totals: Totals
    margin: Margin
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """A segment of lost customers: how many, what they brought a year, how many of them are worth a contact."""

    key: str
    customers: int
    yearly_value: float
    worth_contact: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """The ready campaign for all lost customers at the size that pays best, its days, and what speaks against it."""

    scenario: Scenario
    found: Estimate
    steps: tuple[Step, ...]
    cautions: tuple[Caution, ...]
    states: dict[LostState, int]


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything the five pages say; money in the currency of `settings`, shares as fractions.

    `usual`: the median churn of the last 12 whole months. `lost_months` are of the window of `settings`, `lost_ever` of
    all time; both in revenue.
    """

    made_on: date
    settings: Settings
    basis: Basis
    periods: tuple[Period, ...]
    benchmark: float
    usual: float | None
    standing: Now
    ltv: SimpleLtv
    lost: LostMoney
    terms: InMyTerms
    lost_months: tuple[LostMonth, ...]
    lost_ever: tuple[LostMonth, ...]
    states: Lifecycle
    campaign: Campaign
    due: DueCounts
    audiences: tuple[Audience, ...]
    reasons: Reasons | None
    goals: tuple[GoalPath, ...]
    findings: tuple[Finding, ...]

    @property
    def last(self) -> Period | None:
        """The last period that is whole and has enough history before it."""
        whole = comparable(self.periods)
        return whole[-1] if whole else None

    @property
    def currency(self) -> str | None:
        """The currency of all sums."""
        return self.settings.currency

    @property
    def money_share(self) -> float | None:
        """The margin that lost money is told in; None where it is told as revenue."""
        return self.basis.margin.share if self.settings.money_as == "margin" else None


def collect(workspace: Workspace, made_on: date, qualities: Sequence[Quality] | None = None) -> ReportData | None:
    """The figures of the report as of the workspace's settings; None without counted orders.

    `made_on` is the day the report is made: the campaign begins on the Monday after it. `qualities` are the accounts of
    the files; None takes those that the workspace keeps.
    """
    with workspace.unchanged():
        chosen = workspace.settings
        standing, states = now(workspace, chosen.threshold), lifecycle(workspace, chosen.threshold)
        if workspace.as_of is None or standing is None or states is None:
            return None
        lost = lost_money(workspace, chosen.threshold)
        campaign = _campaign(workspace, made_on)
        basis = _basis(workspace, workspace.as_of, stored_accounts(workspace) if qualities is None else qualities)
        return ReportData(
            made_on=made_on,
            settings=chosen,
            basis=basis,
            periods=periods(workspace, chosen.period, chosen.threshold),
            benchmark=benchmark(chosen.kind, MONTHS[chosen.period]),
            usual=churn_by_threshold(workspace, [chosen.threshold])[0].churn,
            standing=standing,
            ltv=simple_ltv(workspace, chosen.threshold),
            lost=lost,
            terms=_terms(lost, chosen, basis.margin),
            lost_months=lost_by_month(workspace, chosen.threshold, chosen.window),
            lost_ever=lost_by_month(workspace, chosen.threshold),
            states=states,
            campaign=campaign,
            audiences=_audiences(campaign.found, chosen.threshold),
            due=together(due_by_manager(workspace, chosen.threshold)),
            reasons=reasons(workspace, chosen.threshold, chosen.window),
            goals=paths(workspace),
            findings=serious(workspace),
        )


def first_day(made_on: date) -> date:
    """The day the campaign begins: the Monday after the report is made."""
    return made_on + timedelta(days=7 - made_on.weekday())


def _basis(workspace: Workspace, as_of: date, qualities: Sequence[Quality]) -> Basis:
    account: Counter[str] = Counter()
    for quality in qualities:
        if not quality.people:
            account.update(quality.account(count_zero_orders=workspace.settings.count_zero_orders))
    first_on, last_on = covered(workspace)
    return Basis(
        as_of=as_of,
        first_on=first_on,
        last_on=last_on,
        files=len(workspace.batches()),
        account=dict(account),
        totals=totals(workspace),
        margin=margin(workspace),
        is_sample=bool(sample_batches(workspace)),
    )


def _terms(lost: LostMoney, chosen: Settings, share: Margin) -> InMyTerms:
    revenue = lost.revenue if chosen.window == "year" else lost.all_revenue
    told = revenue * Decimal(str(share.share)) if chosen.money_as == "margin" else revenue
    return in_my_terms(told, chosen.monthly_rent, chosen.monthly_salary)


def _audiences(found: Estimate, lost_after_days: int) -> tuple[Audience, ...]:
    """The segments of the lost, counted in the campaign for all of them: one ranking tells who is worth a contact."""
    customers, ranking = found.customers, found.ranking
    if customers is None or ranking is None:
        return ()
    is_chosen = np.zeros(len(customers), np.bool_)
    is_chosen[found.chosen] = True
    audiences = []
    for key in TO_WIN_BACK:
        segment = lost_segments()[key]
        inside = ranking.is_of("A") if segment.best_only else matches(customers, segment, lost_after_days)
        value = float(customers.yearly_value[inside].sum())
        audiences.append(Audience(key, int(inside.sum()), value, int((inside & is_chosen).sum())))
    return tuple(audiences)


def _campaign(workspace: Workspace, made_on: date) -> Campaign:
    scenario = default_campaign(workspace)
    found, start = estimate(workspace, scenario, today=made_on), first_day(made_on)
    return Campaign(
        scenario=scenario,
        found=found,
        steps=plan(scenario, start),
        cautions=cautions(scenario, found, start),
        states=states_on_list(found, workspace.settings.threshold),
    )
