"""Promo codes: unguessable, different, read without mistakes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.targets.codes import ALPHABET, LENGTH, is_code, promo_codes
from tests.strategies import many


def test_codes_are_different_and_readable():
    codes = promo_codes(20_000)
    assert len(set(codes)) == 20_000
    assert all(len(code) == LENGTH + 1 and is_code(code) for code in codes)
    assert not set("".join(codes)) & set("0O1IL")
    assert not set(promo_codes(20_000)) & set(codes)


def test_every_character_is_as_likely_as_the_others():
    counts = Counter("".join(code[:LENGTH] for code in promo_codes(31_000)))
    assert set(counts) == set(ALPHABET)
    # Ten standard deviations either way: chance does not come here.
    assert all(9_000 < count < 11_000 for count in counts.values())


def test_a_prefix_and_codes_that_are_taken():
    taken = promo_codes(5, "WIN")
    codes = promo_codes(5, "WIN", taken)
    assert all(code.startswith("WIN-") and is_code(code) and is_code(f" {code.lower()} ") for code in codes)
    assert not set(taken) & set(codes)
    assert promo_codes(0) == []


@pytest.mark.parametrize(("n", "prefix"), [(-1, ""), (1, "win"), (1, "=A"), (1, "A B"), (1, "ПРИЗ")])
def test_what_is_no_prefix_or_number(n: int, prefix: str):
    with pytest.raises(ValueError):
        promo_codes(n, prefix)


@many
@given(st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_one_wrong_or_swapped_character_is_noticed(place: int, other: str):
    (code,) = promo_codes(1)
    wrong = code[:place] + other + code[place + 1 :]
    assert is_code(wrong) == (wrong == code)
    swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :] if place else code
    assert is_code(swapped) == (swapped == code)


@pytest.mark.parametrize("text", ["", "-", "ABC", "0" * 11, "2222222222", "22222222222-", "２" * 11])
def test_what_is_no_code(text: str):
    assert not is_code(text)
