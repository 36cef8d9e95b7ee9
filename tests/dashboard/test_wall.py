"""The wall: its figures are those of the questions, it names nobody, and whatever is not ours is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import deployment, i18n
from dashboard.formats import count, money, months_of_rent, salaries
from dashboard.palette import contrast, palette
from dashboard.shops import load_shop
from dashboard.wall import STYLE, Board, board, colours_css, picture, updated, wall
from dashboard.wall.board import Growth, growing
from metrics import Workspace
from metrics.goal import Goal
from metrics.results import LostMonth
from metrics.retention import periods
from metrics.value import in_my_terms, lost_money
from sample_data import sample_files
from tests.factories import DOZEN, add, order
from tests.serving import served

APP = Path(deployment.__file__).with_name("app.py")
LANGUAGES = list(i18n.LANGUAGES)


@pytest.fixture(scope="module")
def shops() -> Iterator[Callable[[str], Workspace]]:
    """The sample shops in memory, each loaded when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def load(key: str) -> Workspace:
            workspace = stack.enter_context(Workspace.open(None))
            load_shop(workspace, sample_files()[key], Path(stack.enter_context(TemporaryDirectory())))
            return workspace

        yield load


@pytest.fixture(params=list(sample_files()))
def a_shop(request: pytest.FixtureRequest, shops: Callable[[str], Workspace]) -> Workspace:
    return shops(request.param)


@pytest.fixture
def dozen() -> Iterator[Workspace]:
    with Workspace.open(None) as workspace:
        add(workspace, DOZEN)
        workspace.update(lost_after_days=30)
        yield workspace


def found(workspace: Workspace) -> Board:
    result = board(workspace)
    assert result is not None
    return result


def text_of(html: str) -> str:
    """What a person reads: the words between the tags, without those that pass while it counts."""
    passing = re.sub(r'<span class="w-count".*?</span></span>', "", html)
    return unescape(re.sub(r"<[^>]+>", " ", passing)).replace("\u2060", "")


def attribute(html: str, kind: str, name: str) -> list[float]:
    return [float(one) for one in re.findall(rf'class="{kind}"[^>]*--{name}:([\d.]+)', html)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shop_reads_its_lost_money_its_rents_its_salaries_and_its_month(a_shop: Workspace, language: str):
    i18n.use(language)
    chosen = a_shop.settings
    lost = lost_money(a_shop, chosen.threshold)
    terms = in_my_terms(lost.revenue, chosen.monthly_rent, chosen.monthly_salary)
    html = wall(found(a_shop), is_sample=True)
    ElementTree.fromstring(html)
    read = text_of(html)
    whole = [one for one in periods(a_shop, "month", chosen.threshold) if one.comparable][-1]
    assert money(lost.revenue, chosen.currency) in read
    assert f"= {months_of_rent(terms.months_of_rent)}" in read
    assert f"= {salaries(terms.monthly_salaries)}" in read
    for people in (lost.customers, whole.lost, whole.returned):
        assert f" {count(people)} " in read
    assert money(lost.recoverable_by_rule, chosen.currency) in read
    assert {"en": "invented shop", "ru": "вымышленного магазина", "zh": "虚构店铺"}[language] in read
    assert "{" not in read
    assert html.count("<h1>") == 1


def test_no_customer_is_named(a_shop: Workspace):
    read = text_of(wall(found(a_shop), is_sample=True))
    rows = a_shop.ask("top_lost", today=a_shop.histograms.today, lost_after_days=1, window_start=0, row_limit=10**6)
    names = {str(row[field]) for row in rows for field in ("customer_id", "name") if row[field]}
    assert len(names) > 100
    assert not [name for name in names if not name.isdigit() and name in read]


def test_the_figure_counts_up_to_the_sum_and_the_pile_with_it(a_shop: Workspace):
    result = found(a_shop)
    frames = re.findall(r'class="w-(?:frame|final)"[^>]*>([^<]+)<', picture.counting(result))
    shown = [int(re.sub(r"\D", "", frame)) for frame in frames]
    assert shown == sorted(shown)
    assert shown[0] == 0
    assert frames[-1] == money(result.terms.money, result.settings.currency)
    starts, lasts = (attribute(picture.counting(result), "w-frame", name) for name in ("at", "long"))
    assert all(abs(at + long - after) < 0.02 for at, long, after in zip(starts, lasts, starts[1:], strict=False))

    pile = picture.pile(result)
    lands = attribute(pile, "w-bundle", "at")
    assert lands == sorted(lands)
    assert lands[-1] == pytest.approx(picture.ends_at(result), abs=0.2)
    in_bundles = sum(Decimal(part) for part in re.findall(r"--part:([\d.]+)", pile)) * picture.note(result)
    assert abs(in_bundles - result.terms.money) <= picture.note(result) * Decimal("0.15")
    assert 12 <= len(lands) <= 30


def test_each_bundle_lands_when_the_sum_has_reached_it(a_shop: Workspace):
    result = found(a_shop)
    one, sums = picture.note(result), [result.before, *(each.total for each in result.growth)]
    for place, at in enumerate(attribute(picture.pile(result), "w-bundle", "at")):
        month = min(int((at - picture.START) / picture.A_MONTH + 1e-6), len(sums) - 2)
        wanted = min((place + 1) * one, result.terms.money)
        assert sums[month] <= wanted <= sums[month + 1] or wanted == pytest.approx(sums[month], rel=0.02)


@pytest.mark.parametrize("window", ["year", "ever"])
@pytest.mark.parametrize("money_as", ["revenue", "margin"])
def test_the_settings_say_which_losses_and_which_money(dozen: Workspace, window: str, money_as: str):
    dozen.update(window=window, money_as=money_as, margin=0.5, as_of="2024-06-30")
    result = found(dozen)
    lost = lost_money(dozen, 30)
    revenue = lost.revenue if window == "year" else lost.all_revenue
    assert result.terms.money == revenue * (Decimal("0.5") if money_as == "margin" else 1)
    assert result.growth[-1].total == result.terms.money
    read = text_of(wall(result, is_sample=False))
    assert f"of {money_as} a year" in read
    assert ("At a margin of 50%." in read) == (money_as == "margin")
    assert "invented" not in read


def test_an_assumed_margin_is_called_one(dozen: Workspace):
    dozen.update(money_as="margin")
    assert "The margin of 30% is assumed." in text_of(wall(found(dozen), is_sample=False))


def test_without_rent_and_salary_their_lines_are_left_out(dozen: Workspace):
    read = text_of(wall(found(dozen), is_sample=False))
    assert "rent" not in read
    assert "salar" not in read
    assert "345" in read


def test_a_month_in_progress_stands_beside_the_last_whole_one(dozen: Workspace):
    dozen.update(as_of="2024-06-21")
    read = " ".join(text_of(wall(found(dozen), is_sample=False)).split())
    assert "May 2024" in read
    assert "June 2024 so far: lost" in read
    assert "Orders up to Jun\u00a021,\u00a02024".replace("\u00a0", " ") in read


def test_what_is_not_ours_is_escaped(dozen: Workspace):
    result = found(dozen)
    hostile = result.settings.model_construct(**{**result.settings.model_dump(), "currency": '<img src=x>"&'})
    html = wall(replace(result, settings=hostile), is_sample=True)
    ElementTree.fromstring(html)
    assert "<img" not in html


def test_nothing_loaded_and_nobody_lost_are_said_in_words():
    with Workspace.open(None) as workspace:
        assert board(workspace) is None
        assert "No orders are loaded yet." in text_of(wall(None, is_sample=False))
        add(workspace, [order("ann", "2024-01-01", 10), order("ann", "2024-01-20", 10)])
        workspace.update(lost_after_days=30)
        read = text_of(wall(found(workspace), is_sample=False))
        assert "after 30 days without an order, and the orders cover 20 days." in read
        add(workspace, [order("ann", "2024-02-15", 10)])
        read = text_of(wall(found(workspace), is_sample=False))
        assert "We lost no customer in the last 12 months who is still away." in read
        workspace.update(window="ever")
        read = text_of(wall(found(workspace), is_sample=False))
        assert "No customer we ever had is lost." in read
        assert "As a rule" not in read


@pytest.mark.parametrize(
    ("goal", "said", "filled"),
    [
        ({"kind": "churn", "target": "0.01"}, ("7.4%", "October 2026", "behind the path"), 0),
        ({"kind": "churn", "target": "0.5"}, ("reached",), None),
        ({"kind": "recovered", "target": "1000000"}, ("behind the path",), 0.0),
        ({"kind": "returned", "target": "28"}, ("28 customers came back, October 2026", "reached"), 1.0),
        ({"kind": "returned", "target": "5", "start": "2026-11-01"}, ("too early to tell",), None),
    ],
)
def test_the_first_goal_says_where_it_stands(
    shops: Callable[[str], Workspace], goal: dict[str, str], said: tuple[str, ...], filled: float | None
):
    wanted = Goal.model_validate({"start": "2026-08-01", "by": "2026-12-01", **goal})
    workspace = shops("spice")
    workspace.update(goals=(wanted,))
    html = wall(found(workspace), is_sample=True)
    workspace.update(goals=())
    ElementTree.fromstring(html)
    goal_html = html[html.index('class="w-goal"') :]
    assert all(words in " ".join(text_of(goal_html).split()) for words in ("Our goal", *said))
    assert attribute(goal_html, "w-way", "gone") == ([] if filled is None else [pytest.approx(filled, abs=0.05)])


def test_without_a_goal_nothing_stands_in_its_place(dozen: Workspace):
    assert "goal" not in wall(found(dozen), is_sample=False)


@given(
    st.dictionaries(st.integers(0, 40), st.integers(0, 10**9), max_size=20),
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
)
def test_the_sums_grow_to_all_that_was_lost(values: dict[int, int], as_of: date):
    first = as_of.year * 12 + as_of.month - 1
    months = [
        LostMonth(date((first - ago) // 12, (first - ago) % 12 + 1, 1), 1, Decimal(value))
        for ago, value in values.items()
    ]
    before, growth = growing(months, as_of, None)
    total = sum((one.revenue for one in months), Decimal(0))
    assert (growth[-1].total if growth else before) == total
    assert [before, *(one.total for one in growth)] == sorted([before, *(one.total for one in growth)])
    assert len(growth) <= 13
    assert [one.month for one in growth] == sorted({one.month for one in growth})


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=13))
def test_names_of_months_beside_the_pile_do_not_overlap(losses: list[int]):
    total, growth = 0, []
    for place, loss in enumerate(losses):
        total += loss
        growth.append(Growth(date(2024 + place // 12, place % 12 + 1, 1), Decimal(total)))
    if not total:
        return
    kept = picture.labelled(growth, Decimal(total))
    assert kept[-1][2] is growth[-1]
    heights = [up for _place, up, _one in kept]
    assert all(after - before >= 0.06 for before, after in pairwise(heights))


@given(st.floats(0.05, 10**7))
def test_a_row_has_at_most_30_marks_and_as_many_as_its_words_say(n: float):
    html, per = picture.row(n, "house", 0), float(picture.each_stands_for(n))
    (shown,) = re.findall(r"--n:([\d.]+)", html)
    (marks,) = re.findall(r"--marks:(\d+)", html)
    assert float(shown) == pytest.approx(n / per, abs=0.51)
    assert float(shown) <= int(marks) <= 31
    assert per >= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_are_those_of_the_palette_and_its_texts_can_be_read(theme: str):
    colours = palette(theme)
    css = colours_css()
    ground = css[css.index("dark") :] if theme == "dark" else css[: css.index("dark")]
    for name in ("text", "muted", "loss_text", "gain_text"):
        assert f"--w-{name.replace('_', '-')}: {getattr(colours, name)};" in ground
        assert contrast(getattr(colours, name), colours.page) >= 4.5
    used = set(re.findall(r"var\(--w-([a-z-]+)\)", STYLE.read_text("utf-8")))
    given_names = set(re.findall(r"--w-([a-z-]+):", css))
    assert used - {"em", "mark"} <= given_names


def test_the_time_is_told_as_the_person_tells_it():
    for language, said in {"en": "Updated at 2:05 PM", "ru": "Обновлено в 14:05", "zh": "14:05 更新"}.items():
        i18n.use(language)
        assert " ".join(text_of(updated(datetime(2026, 11, 22, 14, 5))).split()) == said


def show(**query: str) -> AppTest:
    """The app at an address, in the folder that is served."""
    app = AppTest.from_file(str(APP), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def drawn(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize(("language", "title"), [("en", "What losing"), ("ru", "Во что нам"), ("zh", "流失客户")])
def test_the_address_of_the_wall_draws_it_and_nothing_else(spice: Path, language: str, title: str):
    with served(spice):
        app = show(view="wall", lang=language)
        assert not app.exception
        assert "w-figure" in drawn(app)
        assert (len(app.sidebar), len(app.title), len(app.metric)) == (0, 0, 0)
        assert title in drawn(app)
        again = app.button[1].click().run()
        assert 'data-plays="1"' in drawn(again)
        assert title in drawn(again)
        assert again.query_params["view"] == "wall"


def test_the_address_of_an_empty_workspace_says_so(tmp_path: Path):
    with served(tmp_path / "data"):
        app = show(view="wall")
    assert not app.exception
    assert "No orders are loaded yet." in drawn(app)


def test_another_view_is_the_page_itself(spice: Path):
    with served(spice):
        app = show(view="another")
    assert "view" not in app.query_params
    assert len(app.metric) == 4
