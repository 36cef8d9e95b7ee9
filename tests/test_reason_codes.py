"""What texts say about why customers left, in three languages."""

# A table of literal cells reads better in rows.

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.packaged import packaged
from metrics.reason_codes import (
    FAULTS,
    LONGEST,
    REASONS,
    UNSORTED,
    field_shares,
    reason_key,
    sort_fault,
    sort_reason,
)
from tests.strategies import few


@pytest.mark.parametrize(
    ("text", "reason", "fault"),
    [
        ("Service", "service", None),
        ("The manager was RUDE to me!", "service", "human"),
        ("they didn't call back", "service", "human"),
        ("your site crashed", "service", "technical"),
        ("Too expensive", "competitors", None),
        ("found a cheaper shop", "competitors", None),
        ("delivery is expensive", "competitors", None),
        ("the tea tastes stale", "quality", None),
        ("I simply forgot", "forgot", None),
        ("moved", "forgot", None),
        ("moved to another city", "natural", None),
        ("no longer needed", "natural", None),
        ("Other", "other", None),
        ("Сервис", "service", None),
        ("Нахамили по телефону", "service", "human"),
        ("Не перезвонили.", "service", "human"),
        ("сайт не работал", "service", "technical"),
        ("дорого", "competitors", None),
        ("Дорогая доставка", "competitors", None),
        ("ушла к конкурентам", "competitors", None),
        ("Плохое качество", "quality", None),
        ("забыл про вас", "forgot", None),
        ("переехали", "forgot", None),
        ("переехала в другой город", "natural", None),
        ("Ребёнок вырос", "natural", None),
        ("другая причина", "other", None),
        ("服务态度差", "service", "human"),
        ("网站打不开", "service", "technical"),
        ("太贵了", "competitors", None),
        ("质量不好", "quality", None),
        ("忘记了", "forgot", None),
        ("搬家", "forgot", None),
        ("搬到外地了", "natural", None),
        ("孩子长大了", "natural", None),
        ("其他", "other", None),
        # of two reasons none is guessed
        ("rude and expensive", UNSORTED, "human"),
        ("Сервис плохой, да и дорого", UNSORTED, None),
        ("服务差而且太贵", UNSORTED, None),
        # what only begins or ends like a word of ours
        ("I appreciate your apple tea", UNSORTED, None),
        ("lately I drink coffee", UNSORTED, None),
        ("центр города далеко", UNSORTED, None),
        # nothing said
        ("", None, None),
        (" — ", None, None),
        ("N/A", None, None),
        ("Don't know", None, None),
        ("не знаю", None, None),
        ("不知道", None, None),
    ],
)  # fmt: skip
def test_what_a_text_means(text, reason, fault):
    assert (sort_reason(text, {}), sort_fault(text)) == (reason, fault)


def test_every_name_and_code_means_itself():
    for kind, codes in (("reasons", REASONS), ("faults", FAULTS)):
        rows = packaged("reasons")[kind]
        assert tuple(rows) == codes
        for code, row in rows.items():
            found = [sort_reason(name, {}) if kind == "reasons" else sort_fault(name) for name in (code, *row["names"])]
            assert found == [code] * len(found), code


def test_every_word_alone_means_its_code():
    for kind in ("reasons", "faults"):
        for code, row in packaged("reasons")[kind].items():
            for word in row["words"]:
                assert (sort_reason(word, {}) if kind == "reasons" else sort_fault(word)) == code, word
                assert word == reason_key(word) and word.strip()


def test_what_a_person_said_of_a_text_goes_first():
    own = {reason_key("Too EXPENSIVE!"): "quality", reason_key("n/a"): "forgot"}
    assert sort_reason("too expensive", own) == "quality"
    assert sort_reason("N/A", own) == "forgot"
    assert sort_reason("expensive", own) == "competitors"


def test_the_shares_of_the_field():
    assert field_shares() == {"service": 0.65, "quality": 0.15, "competitors": 0.10, "forgot": 0.10}


@few
@given(st.text(max_size=3 * LONGEST))
def test_any_text_has_a_key_that_is_its_own(text):
    key = reason_key(text)
    assert len(key) <= LONGEST
    assert reason_key(key) == key
    assert sort_reason(text, {}) in {*REASONS, UNSORTED, None}
    assert sort_fault(text) in {*FAULTS, None}
