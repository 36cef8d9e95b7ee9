"""`winback simulate` without a browser: the figures, the sentence, and every refusal by the field's name."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dashboard import scenario_words
from dashboard.cli import app
from dashboard.cli_shared import REFUSED
from dashboard.story_winback import in_short, meeting_sentence
from metrics import Workspace
from metrics.lost_segments import lost_segments
from metrics.scenario import LostSegment, PlainAudience, Scenario, SegmentAudience, Stage
from metrics.scenario_file import ScenarioError, read_scenario
from metrics.settings import Settings
from metrics.simulator import estimate
from metrics.winback import Simulation
from sample_data import sample_files

KEYS = {
    *("contacted", "return_anyway", "return_because", "cost", "incremental_margin", "profit", "roi", "naive_roi"),
    *("break_even_uplift", "break_even_response", "largest_incentive", "largest_contact_cost", "smallest_list"),
    *("gift_to_those_who_would_come", "payback_days", "recommended_size", "interval_80", "interval_90"),
    *("chance_of_loss", "stand_ins", "undefined"),
}
COUNTS = ("contacted", "stand_ins", "smallest_list", "payback_days", "recommended_size")
SPICE = sample_files()["spice"].path
AUDIENCE: dict[str, Any] = {"n": 1000, "p0": 0.03, "p1": 0.08, "value_after_return": 1920}
PLAIN: dict[str, Any] = {
    "audience": AUDIENCE,
    "contact_cost": 5,
    "incentive": {"kind": "fixed", "amount": 300},
    "fixed_cost": 20000,
    "horizon_days": 180,
}
STAGE: dict[str, Any] = {"channel": "email", "unit_cost": 0.5, "reach": 0.6, "rate": 0.05}
SEGMENT: dict[str, Any] = {
    "audience": {"segment": "freshly_lost"},
    "stages": [STAGE],
    "incentive": {"kind": "percent", "percent": 10, "cap": 500},
}

Simulate = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Simulate:
    """Run the command with a scenario: a text, or what becomes JSON."""

    def simulate(scenario: object, *arguments: object) -> Result:
        path = tmp_path / "scenario.json"
        path.write_text(scenario if isinstance(scenario, str) else json.dumps(scenario), "utf-8")
        return CliRunner().invoke(app, ["simulate", "--scenario", str(path), *map(str, arguments)])

    return simulate


def refused(result: Result) -> str:
    """The one sentence of a refusal."""
    assert (result.exit_code, result.stdout) == (REFUSED, ""), result.output
    (sentence,) = result.stderr.splitlines()
    assert sentence.endswith((".", "?"))
    assert "{field" not in sentence
    return sentence


# -- what it prints ---------------------------------------------------------------------------------------------------


def test_the_worked_example(run: Simulate):
    result = run(PLAIN, "--json")
    found = json.loads(result.stdout)
    assert set(found) == KEYS
    assert {name: found[name] for name in ("contacted", "cost", "profit", "incremental_margin", "smallest_list")} == {
        "contacted": 1000, "cost": 49000, "profit": 47000, "incremental_margin": 96000, "smallest_list": 299,
    }  # fmt: skip
    assert (found["roi"], found["naive_roi"]) == (0.959183673469, 2.13469387755)
    assert (found["break_even_uplift"], found["break_even_response"]) == (0.020987654321, 0.050987654321)
    assert (found["return_anyway"], found["return_because"], found["largest_incentive"]) == (30, 50, 887.5)
    assert found["undefined"] == {}
    assert all(type(found[name]) is int for name in COUNTS)
    low, high = found["interval_80"]
    assert found["interval_90"][0] < low < found["profit"] < high < found["interval_90"][1]
    assert 0 < found["chance_of_loss"] < 0.1
    assert "00000000" not in result.stdout


def test_the_sentence_for_a_meeting(run: Simulate):
    lines = run(PLAIN).stdout.splitlines()
    assert lines[0] == "Spend 49,000 to earn 96,000; it pays if at least 51 of 1,000 come back."
    assert "Smallest list that pays: 299" in lines


def test_a_segment_of_a_file(run: Simulate):
    result = run(SEGMENT, SPICE, "--json")
    found = json.loads(result.stdout)
    assert set(found) == KEYS
    assert found["contacted"] > found["recommended_size"] > 0
    assert found["profit"] == pytest.approx(found["incremental_margin"] - found["cost"])
    assert found["return_because"] == pytest.approx((found["contacted"] - found["return_anyway"]) * 0.03, rel=1e-9)
    assert run(SEGMENT, SPICE, "--json").stdout == result.stdout


def test_plain_numbers_need_no_file_and_read_none(run: Simulate):
    assert run(PLAIN, SPICE, "--json").stdout == run(PLAIN, "--json").stdout


def test_own_conditions_are_a_segment(run: Simulate):
    all_lost = json.loads(run({**SEGMENT, "audience": {"segment": {}}}, SPICE, "--json").stdout)
    named = json.loads(run({**SEGMENT, "audience": {"segment": "lost"}}, SPICE, "--json").stdout)
    assert all_lost == named


def test_options_change_the_figures(run: Simulate):
    usual = json.loads(run(SEGMENT, SPICE, "--json").stdout)
    for option in (("--margin", 0.2), ("--lost-after", 45), ("--as-of", "2024-12-31"), ("--industry", "beauty")):
        assert json.loads(run(SEGMENT, SPICE, "--json", *option).stdout) != usual, option


def test_the_margin_of_the_command_line_is_stronger(run: Simulate):
    written = run({**SEGMENT, "margin": 0.2}, SPICE, "--json").stdout
    assert run({**SEGMENT, "margin": 0.4}, SPICE, "--json", "--margin", 0.2).stdout == written


def test_a_figure_that_is_undefined_says_why(run: Simulate):
    found = json.loads(run({**PLAIN, "incentive": {"kind": "gift", "amount": 2000}}, "--json").stdout)
    assert found["break_even_uplift"] is None
    assert found["undefined"]["break_even_uplift"] == "offer_eats_value"
    assert {name for name, value in found.items() if value is None} == set(found["undefined"])


def test_nobody_on_the_list(run: Simulate):
    arguments = (SPICE, "--lost-after", 1095)
    found = json.loads(run(SEGMENT, *arguments, "--json").stdout)
    assert (found["contacted"], found["cost"], found["chance_of_loss"]) == (0, 0, 0)
    assert found["undefined"]["roi"] == "no_cost"
    assert run(SEGMENT, *arguments).stdout.startswith("Nobody is on the list")


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
@pytest.mark.parametrize(("scenario", "arguments"), [(PLAIN, ()), (SEGMENT, (SPICE,))])
def test_people_read_lines(run: Simulate, lang: str, scenario: object, arguments: tuple[Path, ...]):
    result = run(scenario, *arguments, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert "{" not in result.stdout


def test_the_loaded_orders_are_left_as_they_were(run: Simulate, tmp_path: Path):
    folder = tmp_path / "data"
    with Workspace.open(folder) as held:
        held.save(Settings(lost_after_days=60, margin=0.25))
    sentence = refused(run(SEGMENT, folder, "--workspace", "--lost-after", 33, "--margin", 0.5))
    assert "there are none" in sentence
    with Workspace.open(folder) as held:
        assert (held.settings.lost_after_days, held.settings.margin) == (60, 0.25)


def test_the_loaded_orders_are_asked(run: Simulate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from dashboard.shops import load_shop  # noqa: PLC0415  (a second that the other tests do not need)

    with Workspace.open(tmp_path / "data") as held:
        load_shop(held, sample_files()["spice"], held.inbox)
        held.update(lost_after_days=75)
        settings = held.settings
    found = run(SEGMENT, tmp_path / "data", "--workspace", "--json", "--as-of", "2025-06-30")
    assert json.loads(found.stdout)["contacted"] > 0, found.output
    with Workspace.open(tmp_path / "data") as held:
        assert held.settings == settings
    monkeypatch.setattr("dashboard.cli_shared.own_folder", lambda name: tmp_path / "data")
    assert run(SEGMENT, "--workspace", "--json", "--as-of", "2025-06-30").stdout == found.stdout


# -- what it refuses --------------------------------------------------------------------------------------------------


def plain(**changes: object) -> dict[str, Any]:
    return {**PLAIN, **changes}


def of_numbers(**changes: object) -> dict[str, Any]:
    return {**PLAIN, "audience": {**AUDIENCE, **changes}}


def staged(**changes: object) -> dict[str, Any]:
    return {**SEGMENT, "stages": [STAGE, STAGE, {**STAGE, **changes}]}


def offer(**incentive: object) -> dict[str, Any]:
    return plain(incentive=incentive)


def without(scenario: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in scenario.items() if key != name}


REFUSALS: list[tuple[object, str, str]] = [
    # unknown
    (plain(contact_costs=5), "contact_costs", "did you mean contact_cost?"),
    (plain(zzz=5), "zzz", "known there: name, audience, stages"),
    (plain(**{"<plain>": 5}), "<plain>", "is not known"),
    (of_numbers(**{"<plain>": 5}), "audience.<plain>", "is not known"),
    (of_numbers(valeu=5), "audience.valeu", "known there: n, p0, p1, value_after_return, average_check, segment"),
    ({**SEGMENT, "audience": {"segmnt": "lost"}}, "audience.segmnt", "average_check, segment, min_orders"),
    ({**SEGMENT, "audience": {"segment": {"silent": 5}}}, "audience.segment.silent", "known there: states"),
    (staged(rates=0.1), "stages[2].rates", "known there: channel, subject, day"),
    (offer(kind="fixed", amount=3, sum=4), "incentive.sum", "known there: kind, amount, percent, cap, valid_days."),
    # impossible
    (of_numbers(p1=8), "audience.p1", "from 0 to 1; 5% is 0.05"),
    (of_numbers(p0=-0.1), "audience.p0", "from 0 to 1"),
    (of_numbers(n=0), "audience.n", "a whole number from 1 to 1,000,000,000"),
    (of_numbers(n=10.5), "audience.n", "a whole number"),
    (of_numbers(n=True), "audience.n", "a whole number"),
    (of_numbers(n=10**400), "audience.n", "a whole number"),
    (of_numbers(p1=0.01), "audience.p1", "is below audience.p0"),
    (of_numbers(value_after_return="1920"), "audience.value_after_return", "a number from 0 to 1,000,000,000,000"),
    (of_numbers(value_after_return=None), "audience.value_after_return", "a number from 0"),
    (plain(contact_cost=-1), "contact_cost", "a number from 0"),
    (plain(contact_cost=True), "contact_cost", "a number from 0"),
    (plain(fixed_cost=float("nan")), "fixed_cost", "a number from 0"),
    (plain(fixed_cost=float("inf")), "fixed_cost", "a number from 0"),
    (plain(fixed_cost=-float("inf")), "fixed_cost", "a number from 0"),
    (json.dumps(PLAIN).replace("20000", "1e999"), "fixed_cost", "a number from 0"),
    (json.dumps(PLAIN).replace("20000", "9" * 6000), "fixed_cost", "a number from 0"),
    (plain(horizon_days=731), "horizon_days", "a whole number from 1 to 730"),
    (plain(response_low=1.5), "response_low", "at most 1"),
    (plain(value_high=0.5), "value_high", "at least 1"),
    (plain(value_high=0), "value_high", "at least 1"),
    (plain(name="x" * 61), "name", "60 characters"),
    (plain(name=5), "name", "between quotation marks"),
    (plain(list_size="half"), "list_size", "one of: all, recommended."),
    ({**SEGMENT, "margin": 0}, "margin", "above 0 and up to 1"),
    (staged(rate=5), "stages[2].rate", "from 0 to 1"),
    (staged(reach="all"), "stages[2].reach", "from 0 to 1"),
    (staged(channel="fax"), "stages[2].channel", "one of: email, sms,"),
    (staged(rate_low=0.2), "stages[2].rate_low", "is above stages[2].rate;"),
    (staged(rate_high=0.01), "stages[2].rate_high", "is below stages[2].rate;"),
    ({**SEGMENT, "stages": [STAGE] * 11}, "stages", "10 are the most"),
    ({**SEGMENT, "stages": STAGE}, "stages", "a list"),
    ({**SEGMENT, "stages": ["email"]}, "stages[0]", "an object"),
    (offer(kind="percent", percent=101), "incentive.percent", "from 0 to 100."),
    ({**SEGMENT, "incentive": {"kind": "percent", "percent": 5, "cap": -1}}, "incentive.cap", "from 0 to"),
    (offer(kind="discount"), "incentive.kind", "one of: none, fixed,"),
    (plain(incentive="gift"), "incentive", "an object: fields with their values between { and }."),
    (plain(audience=[1000]), "audience", "an object"),
    ({**SEGMENT, "audience": {"segment": 5}}, "audience.segment", "the name of a segment"),
    ({**SEGMENT, "audience": {"segment": "lost", "min_orders": 0}}, "audience.min_orders", "from 1 to 1,000"),
    ({**SEGMENT, "audience": {"segment": "lost", "skip_problems": 7}}, "audience.skip_problems", "true or false"),
    ({**SEGMENT, "audience": {"segment": {"states": ["active"]}}}, "audience.segment.states[0]", "freshly_lost, lost"),
    (
        {**SEGMENT, "audience": {"segment": {"silence_from": 90, "silence_to": 30}}},
        "audience.segment.silence_from",
        "is above audience.segment.silence_to",
    ),
    # missing
    (without(PLAIN, "audience"), "audience", "is missing"),
    (plain(audience={}), "audience", "a segment, or n, p0, p1"),
    (of_numbers() | {"audience": without(AUDIENCE, "n")}, "audience.n", "is missing"),
    ({**SEGMENT, "audience": {"min_orders": 2}}, "audience.segment", "is missing"),
    ({**SEGMENT, "stages": [without(STAGE, "rate")]}, "stages[0].rate", "is missing"),
    (without(SEGMENT, "stages"), "stages", "is missing"),
    (of_numbers(p1=None), "", "audience.p1 or stages"),
    (offer(kind="fixed"), "incentive.amount", "is missing"),
    (offer(kind="commission"), "incentive.percent", "is missing"),
    (offer(kind="percent", percent=10), "audience.average_check", "a share of the order"),
    # contradictions
    (plain(stages=[STAGE]), "audience.p1", "and stages both say who comes back"),
    ({**SEGMENT, "audience": {"segment": "lost", "p1": 0.1}}, "audience.p1", "either a segment or plain numbers"),
    (of_numbers(min_orders=2), "audience.min_orders", "either a segment or plain numbers"),
    (offer(kind="fixed", amount=5, cap=2), "incentive.cap", "kind “fixed”; leave it out, or choose the kind: percent"),
    (offer(amount=300), "incentive.amount", "kind “none”"),
    (plain(margin=0.3), "margin", "is for segments"),
    ('{"fixed_cost": 1, "fixed_cost": 2}', "fixed_cost", "twice"),
    ({**SEGMENT, "audience": {"segment": "nobody"}}, "audience.segment", "“nobody”; choose one of: lost, freshly_lost"),
    # the file
    ("", "", "no JSON: look at line 1, character 1"),
    ('{\n"audience": }', "", "no JSON: look at line 2"),
    ("[]", "", "one JSON object"),
    ("5", "", "one JSON object"),
    ("[" * 100_000, "", "one JSON object"),
]


@pytest.mark.parametrize(("scenario", "field", "words"), REFUSALS)
def test_what_cannot_be_is_refused_by_name(run: Simulate, scenario: object, field: str, words: str):
    sentence = refused(run(scenario, SPICE))
    assert not field or sentence.startswith((f"{field} ", f"{field}: ")), sentence
    assert words in sentence, sentence


@pytest.mark.parametrize("lang", ["ru", "zh"])
def test_refusals_are_sentences_in_every_language(run: Simulate, lang: str):
    for scenario, field, _ in REFUSALS:
        result = run(scenario, SPICE, "--lang", lang)
        assert result.exit_code == REFUSED
        assert field in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_names_from_the_file_stay_on_one_line(run: Simulate):
    sentence = refused(run(plain(**{"a\nb\x1b[31m" + "c" * 500: 1})))
    assert sentence.startswith("a?b?[31mccc")
    assert len(sentence) < 400
    assert "\x1b" not in refused(run({**SEGMENT, "audience": {"segment": "\x1b[31mlost"}}, SPICE))


def test_a_segment_needs_orders(run: Simulate, tmp_path: Path):
    assert refused(run(SEGMENT)).startswith("audience.segment needs orders")
    assert "nowhere" in refused(run(SEGMENT, tmp_path / "nowhere", "--workspace"))


def test_files_that_do_not_exist(run: Simulate, tmp_path: Path):
    for scenario in (PLAIN, SEGMENT):
        assert "none.csv" in refused(run(scenario, tmp_path / "none.csv"))
    missing = CliRunner().invoke(app, ["simulate", "--scenario", str(tmp_path / "none.json")])
    assert "none.json" in refused(missing)


def test_a_scenario_in_another_encoding(run: Simulate, tmp_path: Path):
    path = tmp_path / "utf16.json"
    path.write_text(json.dumps(PLAIN), "utf-16")
    assert "UTF-8" in refused(CliRunner().invoke(app, ["simulate", "--scenario", str(path)]))


def test_a_byte_order_mark_and_whole_numbers_with_a_point_are_fine(run: Simulate):
    text = json.dumps(PLAIN).replace("1000", "1000.0").replace("180", "1.8e2")
    assert run("\ufeff" + text, "--json").stdout == run(PLAIN, "--json").stdout


def test_options_are_checked(run: Simulate):
    assert "margin" in refused(run(SEGMENT, SPICE, "--margin", 1.5))
    assert "lost-after" in refused(run(SEGMENT, SPICE, "--lost-after", 0))
    assert "industry" in refused(run(SEGMENT, SPICE, "--industry", "mining"))
    assert refused(run(PLAIN, "--margin", 0.3)).startswith("margin is for segments")
    assert refused(run(PLAIN, "--lang", "de"))


def test_an_order_file_that_cannot_be_read(run: Simulate, tmp_path: Path):
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert "empty" in refused(run(SEGMENT, path))


@pytest.mark.parametrize("arguments", [("simulate",), ("simulate", "--no-such-option"), ("no-such-command",)])
def test_a_wrong_call_ends_in_one_sentence(arguments: tuple[str, ...]):
    ended = subprocess.run([sys.executable, "-m", "dashboard", *arguments], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (REFUSED, "")
    assert len(ended.stderr.splitlines()) == 1


# -- scenarios are read as they were meant ----------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", [PLAIN, SEGMENT, {**SEGMENT, "audience": {"segment": {"silence_from": 5}}}])
def test_a_scenario_can_be_stored_and_read_again(scenario: dict[str, Any]):
    once = read_scenario(json.dumps(scenario))
    assert read_scenario(once.model_dump_json()) == once
    assert Scenario.model_validate(once.model_dump()) == once
    assert Scenario.model_validate_json(once.model_dump_json()) == once


def test_audiences_can_be_given_as_they_are():
    plain_one = Scenario(audience=PlainAudience(n=5, p0=0.1, p1=0.2, value_after_return=5))
    assert isinstance(plain_one.audience, PlainAudience)
    own = Scenario(audience=SegmentAudience(segment=LostSegment()), stages=(Stage(**STAGE),))
    assert isinstance(own.audience, SegmentAudience)
    assert own.audience.segment == lost_segments()["lost"]


def test_every_refusal_has_words():
    for scenario, _, _ in REFUSALS:
        text = scenario if isinstance(scenario, str) else json.dumps(scenario)
        try:
            read_scenario(text)
        except ScenarioError as problem:
            assert scenario_words.refusal(problem)


# -- the sentence -----------------------------------------------------------------------------------------------------


def simulated(**changes: object) -> Simulation:
    return estimate(None, Scenario.model_validate({**PLAIN, **changes})).simulation


def test_the_sentence_has_the_currency():
    assert meeting_sentence(simulated(), "USD").startswith("Spend $49,000 to earn $96,000; ")


def test_the_sentence_says_that_it_would_lose():
    text = meeting_sentence(simulated(fixed_cost=100_000), None)
    assert text == (
        "Spend 129,000 to earn 96,000; it pays if at least 101 of 1,000 come back. "
        "About 80 are expected to, so it would lose 33,000."
    )


def test_the_sentence_of_a_campaign_at_break_even_does_not_speak_of_a_loss():
    text = meeting_sentence(simulated(fixed_cost=67_000), None)
    assert text == "Spend 96,000 to earn 96,000; it pays if at least 80 of 1,000 come back."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"incentive": {"kind": "gift", "amount": 2000}}, "a return brings no more than the offer"),
        ({"fixed_cost": 1e9}, "even if everybody came back"),
        ({"audience": {**AUDIENCE, "p0": 1, "p1": 1}}, "everybody is expected to come back anyway"),
    ],
)
def test_the_sentence_of_what_cannot_pay(changes: dict[str, object], words: str):
    text = meeting_sentence(simulated(**changes), None)
    assert text.startswith("This cannot pay")
    assert words in text


def test_the_sentence_for_nothing_spent():
    free = {"contact_cost": 0, "fixed_cost": 0, "incentive": {}}
    assert meeting_sentence(simulated(**free), None) == "It costs nothing and earns 96,000."


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"budget": 10_000}, "The budget of 10,000 does not cover the fixed costs of 20,000"),
        ({"budget": 20_001}, "The budget of 20,001 does not pay for a single contact"),
        ({"fixed_cost": 70_000, "list_size": "recommended"}, "The contacts pay: the best list brings 67,000 more"),
        ({"contact_cost": 90, "list_size": "recommended"}, "No list of these customers pays"),
    ],
)
def test_why_there_is_no_list(changes: dict[str, object], begins: str):
    asked = Scenario.model_validate({**PLAIN, **changes})
    found = estimate(None, asked)
    assert found.simulation.contacted == 0
    assert in_short(found, asked, None).startswith(begins)


def test_one_comes_back():
    audience = {"n": 1, "p0": 0.03, "p1": 0.08, "value_after_return": 1920}
    text = meeting_sentence(simulated(audience=audience, fixed_cost=0), None)
    assert "at least 1 of 1 comes back." in text
