"""The words: languages apart, plural forms, catalogues complete."""

import pytest
from babel.messages.catalog import Message

from dashboard import i18n
from scripts import catalogues


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


def test_each_language_speaks_for_itself():
    said = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        said[language] = i18n._("not enough history yet")
    assert said == {"en": "not enough history yet", "ru": "истории ещё мало", "zh": "历史数据不足"}


def test_an_unknown_language_is_refused_and_an_unknown_text_stays_english():
    with pytest.raises(ValueError, match="unknown language"):
        i18n.use("de")
    i18n.use("ru")
    assert i18n._("nobody wrote this text") == "nobody wrote this text"


@pytest.mark.parametrize(
    ("language", "n", "form"),
    [
        ("en", 1, "{n} day"), ("en", 2.5, "{n} days"),
        ("ru", 1, "{n} день"), ("ru", 3, "{n} дня"), ("ru", 5, "{n} дней"), ("ru", 11, "{n} дней"),
        ("ru", 21, "{n} день"), ("ru", -1, "{n} день"), ("ru", 2.5, "{n} дня"), ("ru", 1.0, "{n} день"),
        ("zh", 1, "{n}\u00a0天"), ("zh", 5, "{n}\u00a0天"),
    ],
)  # fmt: skip
def test_plural_forms(language, n, form):
    i18n.use(language)
    assert i18n.ngettext("{n} day", "{n} days", n) == form


def test_a_word_is_translated_in_its_context():
    i18n.use("ru")
    assert i18n.pgettext("customers", "new") == "новые"


def test_catalogues_are_complete_and_up_to_date():
    assert list(catalogues.problems()) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("{n} rows", ""), "not translated"),
        (Message("{n} rows", "{m} строк"), "other placeholders: '{m} строк'"),
        (Message("{n} rows", "строк"), "other placeholders: 'строк'"),
        (Message("{} rows", "{} строк"), "a placeholder without a name"),
        (Message("{n} rows", "{n} строк", flags=["fuzzy"]), "fuzzy"),
        (Message(("{n} row", "{n} rows"), ("{n} строка", "", "{n} строк")), "not translated"),
        (Message(("one row", "{n} rows"), ("одна строка", "{n} строки", "{n} строк")), None),
    ],
)
def test_faults_of_a_translation(message, fault):
    assert next(catalogues.faults(message), None) == fault


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path):
    folder = tmp_path / "dashboard" / "locales" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    page = tmp_path / "dashboard" / "page.py"
    page.write_text('_("kept"); _("gone"); f"{pgettext("c", "inside")}"'.replace('"c", "inside"', "'c', 'inside'"))
    for _path, catalogue in catalogues.catalogues(page.parent):
        for message in catalogue:
            if message.id:
                message.string = f"перевод {message.id}"
        _path.write_bytes(catalogues.write(catalogue))
    page.write_text('_("kept"); _("fresh")')
    written = {
        path.suffix: catalogues.write(catalogue).decode() for path, catalogue in catalogues.catalogues(page.parent)
    }
    assert 'msgid "kept"\nmsgstr "перевод kept"' in written[".po"]
    assert 'msgid "fresh"\nmsgstr ""' in written[".po"]
    assert "gone" not in written[".po"] and "inside" not in written[".po"]
    assert "page.py" not in written[".pot"] and "Date" not in written[".pot"]
