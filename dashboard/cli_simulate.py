"""`winback simulate`: what a campaign described in a file would bring."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard import labels, scenario_words, winback_words
from dashboard.cli_shared import AsOf, Json, Kept, Lang, LostAfter, Map, must_exist, opened, refuse, settings_of, speak
from dashboard.formats import count, days, money, percent
from dashboard.i18n import _
from dashboard.story_winback import in_short
from metrics.errors import WinbackError
from metrics.results import Margin
from metrics.scenario import PlainAudience, Scenario
from metrics.scenario_file import ScenarioError, read_scenario
from metrics.simulator import Estimate, estimate, segment_of
from metrics.value import margin as margin_of
from metrics.workspace import Workspace

FIGURES = 12
"""Significant figures of a number in the JSON: more of them would only show how binary fractions are stored."""


def simulate(
    scenario: Annotated[Path, typer.Option(help="The campaign, as a JSON file.")],
    file: Annotated[
        Path | None, typer.Argument(help="An order file, or the folder of a workspace; not for plain numbers.")
    ] = None,
    workspace: Kept = False,
    map_: Map = None,
    as_of: AsOf = None,
    lost_after: LostAfter = None,
    industry: Annotated[str | None, typer.Option(help="Industry preset.")] = None,
    margin: Annotated[float | None, typer.Option(help="Margin as a share, such as 0.3.")] = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Say what a win-back campaign brings beyond what would come anyway."""
    speak(lang)
    options = {
        "as_of": as_of.date() if as_of else None,
        "lost_after_days": lost_after,
        "industry": industry,
        "margin": margin,
    }
    chosen = {name: value for name, value in options.items() if value is not None}
    if not workspace:
        settings_of(**chosen)
        if file is not None:
            must_exist(file)
    wanted = _read(scenario)
    if margin is not None:
        wanted = wanted.model_copy(update={"margin": margin})
    try:
        _must_fit(wanted, has_orders=file is not None or workspace)
        with _orders_for(wanted, file, workspace, map_, chosen) as held:
            found = estimate(held, wanted, today=date.today())
            text = "" if as_json else _text(found, held, wanted)
    except WinbackError as problem:
        refuse(scenario_words.refusal(problem))
        raise
    typer.echo(json.dumps(facts_of(found), ensure_ascii=False, indent=2) if as_json else text)


def _orders_for(
    scenario: Scenario, file: Path | None, is_kept: bool, map_: Path | None, chosen: dict[str, Any]
) -> AbstractContextManager[Workspace | None]:
    """The workspace that a segment is chosen from; plain numbers need none."""
    if isinstance(scenario.audience, PlainAudience):
        return nullcontext()
    return opened(file, is_kept, map_, fresh={}, chosen=chosen)


def facts_of(found: Estimate) -> dict[str, Any]:
    """The figures as JSON has them; `undefined` says why one is null."""
    figures = asdict(found.simulation)
    undefined = figures.pop("undefined")
    figures |= {
        "stand_ins": found.basis.stand_ins,
        "recommended_size": found.recommended_size,
        "interval_80": list(found.risk.interval_80),
        "interval_90": list(found.risk.interval_90),
        "chance_of_loss": found.risk.chance_of_loss,
        "undefined": undefined,
    }
    return {name: _rounded(value) for name, value in figures.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return float(f"{value:.{FIGURES}g}") + 0.0 if isinstance(value, float) else value


def _read(path: Path) -> Scenario:
    must_exist(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("{name} is no text in UTF-8; save it as such.").format(name=path.name))
        raise
    try:
        return read_scenario(text)
    except ScenarioError as problem:
        refuse(scenario_words.refusal(problem))
        raise


def _must_fit(scenario: Scenario, *, has_orders: bool) -> None:
    """Refuse what can be told before orders are read."""
    if isinstance(scenario.audience, PlainAudience):
        if scenario.margin is not None:
            raise ScenarioError("margin_of_plain", field="margin")
        return
    segment_of(scenario.audience)
    if not has_orders:
        raise ScenarioError("segment_needs_file", field="audience.segment")


def _text(found: Estimate, held: Workspace | None, scenario: Scenario) -> str:
    currency = None if held is None else held.settings.currency
    one, risk = found.simulation, found.risk
    roi = _("{share} (as most calculators say: {naive})").format(share=percent(one.roi), naive=percent(one.naive_roi))
    lines = {
        _("Contacted"): count(one.contacted),
        _("Come back anyway"): winback_words.or_why(one, "return_anyway", count(one.return_anyway)),
        _("Come back because of it"): count(one.return_because),
        _("What it costs"): money(one.cost, currency),
        _("Profit beyond what would come anyway"): money(one.profit, currency),
        _("Profit per unit of money spent (ROI)"): winback_words.or_why(one, "roi", roi),
        _("Spent on those who would come anyway"): winback_words.or_why(
            one, "gift_to_those_who_would_come", money(one.gift_to_those_who_would_come, currency)
        ),
        _("Largest offer that still pays"): winback_words.or_why(
            one, "largest_incentive", money(one.largest_incentive, currency)
        ),
        _("Largest cost of a contact that still pays"): winback_words.or_why(
            one, "largest_contact_cost", money(one.largest_contact_cost, currency)
        ),
        _("Smallest list that pays"): winback_words.or_why(one, "smallest_list", count(one.smallest_list)),
        _("The money is back after"): winback_words.or_why(one, "payback_days", days(one.payback_days)),
        _("List that brings most"): count(found.recommended_size),
        _(
            "Profit in 8 of 10 cases"
        ): f"{money(risk.interval_80[0], currency)} … {money(risk.interval_80[1], currency)}",
        _("Chance of a loss"): percent(risk.chance_of_loss),
    }
    listed = [f"{name}: {value}" for name, value in lines.items()]
    return "\n".join([in_short(found, scenario, currency), *listed, *_basis(found, held, scenario)])


def _basis(found: Estimate, held: Workspace | None, scenario: Scenario) -> list[str]:
    """What the figures of a segment rest on."""
    life = found.basis.second_life
    if held is None or life is None:
        return []
    used = margin_of(held) if scenario.margin is None else Margin(scenario.margin, "own")
    lines = [labels.margin_source(used)]
    if not found.basis.is_anyway_known:
        lines.append(_("Who would come back anyway is not known: the profit is the most that it can be."))
    elif found.basis.stand_ins:
        lines.append(winback_words.stand_ins(found.basis.stand_ins))
    if life.is_assumed:
        lines.append(_("Too few customers came back so far: what they bring afterwards is assumed."))
    return lines
