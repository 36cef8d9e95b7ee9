"""The user guide: it is up to date, names every page, term, state and list in its language, and leaves nothing open."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboard import deployment, glossary, guide_words, i18n, labels, question_words, segment_words
from metrics.segment import preset_segments
from metrics.settings import Language
from metrics.states import STATES
from metrics.targets.networks import networks
from scripts import guide as script

APP = Path(deployment.__file__).with_name("app.py")


def pages() -> dict[str, str]:
    """The app's own pages: key -> English title."""
    found = {}
    for node in ast.walk(ast.parse(APP.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        words = [each.args[0].value for each in ast.walk(node) if _is_text(each)]
        is_page = getattr(node.func, "id", getattr(node.func, "attr", "")) in {"page", "Page"}
        if is_page and len(words) == 1:
            keys = [*node.args[2:], *(each.value for each in node.keywords if each.arg == "url_path")]
            found[next((key.value for key in keys if isinstance(key, ast.Constant)), "overview")] = words[0]
    return found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_guide_is_up_to_date(language: Language):
    written = (script.DOCS / f"guide-{language}.md").read_text("utf-8")
    assert written == script.guide(language), "run `make guide`"
    assert i18n.current() == "en"


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_guide_tells_every_page_and_every_term(language: Language):
    text = script.guide(language)
    i18n.use(language)
    titles = pages()
    assert len(titles) > 9
    assert set(titles) == {key for key, _name, _answer in guide_words.pages()}
    for title in titles.values():
        assert f"\n### {i18n.gettext(title)}\n" in text
    for each in glossary.entries():
        assert f"\n**{each.title}** – {each.what}" in text
        assert each.formula in text
        assert each.source in text
    assert all(f"**{labels.state(state)}** – {labels.state_meaning(state)}" in text for state in STATES)
    assert all(f"**{segment_words.preset(key)}**" in text for key in preset_segments())
    assert text.count("\n|") == 2 + len(networks())


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_guide_leaves_no_place_open(language: Language):
    text = script.guide(language)
    assert not re.search(r"\{\w*\}", text)
    links = re.findall(r"\]\(([\w.-]+)\)", text)
    assert {f"guide-{code}.md" for code in i18n.LANGUAGES} < set(links)
    assert all((script.DOCS / link).is_file() for link in links)


def test_every_question_of_the_intake_is_in_it():
    source = ast.parse(Path(question_words.__file__).read_text("utf-8"))
    texts = next(
        node.value for node in ast.walk(source) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    )
    codes = {key.value for key in texts.keys}
    assert {asked.code for asked in script.QUESTIONS} == codes


def test_a_check_tells_which_guide_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(script, "DOCS", tmp_path)
    monkeypatch.setattr("sys.argv", ["guide"])
    script.main()
    monkeypatch.setattr("sys.argv", ["guide", "--check"])
    script.main()
    (tmp_path / "guide-ru.md").write_text("other", "utf-8")
    with pytest.raises(SystemExit, match=r"guide-ru\.md"):
        script.main()


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_each_guide_shows_the_screen_in_its_own_language(language: Language):
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", script.guide(language))
    assert shown == [script.picture(page, language) for page in script.PICTURES]
    assert all((script.DOCS / name).is_file() for name in shown)
    assert len({script.picture("overview", each) for each in i18n.LANGUAGES}) == len(i18n.LANGUAGES)
