"""E-mails, phones, names and hashes in the form in which each network compares them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.targets.contact import split_name
from metrics.targets.networks import FieldName, Network, networks
from metrics.targets.normal import EmailForm, Hashing, hashed, looks_hashed, normal_email, normal_phone
from metrics.targets.values import field_of
from tests.strategies import many

emails = st.emails() | st.from_regex(r"\s?[A-Za-z0-9._+'=-]{1,12}@(gmail|Googlemail|example)\.com\s?", fullmatch=True)
phones = st.from_regex(r"\+?[ ]?[0-9]{1,4}[ (-]{0,2}[0-9]{2,6}[ )-]?[0-9]{2,6}", fullmatch=True)
texts = st.text(max_size=40) | st.sampled_from(
    ["O'Neil-Brown", "İpek", "ſtraße", "Ａnn", "e\u0301", "90210-1234", "us"]
)


def test_the_published_hashes_of_one_phone():
    assert hashed(normal_phone("+79001234567") or "", "sha256").startswith("091ac1171e86")
    assert hashed(normal_phone("+79001234567", "digits") or "", "sha256").startswith("da3cc66efc5e")


def test_the_check_values_that_yandex_names():
    assert hashed(normal_email("Mail@Yandex.ru ") or "", "md5") == "3c56ff8fef0f6c65b36b2d25720fe276"
    assert hashed(normal_phone("+7 (999) 555-11-11", "digits") or "", "md5") == "f09f2c3d48f31e2a802944ade2e5aec5"


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [
        (" Ann.Smith@GMail.com ", "google", "annsmith@gmail.com"),
        ("a.b.c@googlemail.com", "google", "abc@googlemail.com"),
        ("Ann.Smith@example.com", "google", "ann.smith@example.com"),
        (" Ann.Smith@GMail.com ", "plain", "ann.smith@gmail.com"),
        ("ann+shop@gmail.com", "google", "ann+shop@gmail.com"),
        ("info@пример.рф", "plain", "info@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_email_of_each_network(written: str, form: EmailForm, expected: str):
    assert normal_email(written, form) == expected


@pytest.mark.parametrize(
    "written",
    ["", "@", "a@", "@b.com", "a b@c.com", "a..b@c.com", ".a@c.com", "a.@c.com", "a@localhost", "a@b@c.com",
     "=1+1@c.com", "+a@c.com", "-a@c.com", "|a@c.com", "%a@c.com", "'a@c.com", "jörg@c.com", "a@c.com\nb@c.com",
     '"a b"@c.com', "a@[1.2.3.4]", "x" * 65 + "@c.com", "Ann <a@c.com>", "a@c.com,b@c.com"],
)  # fmt: skip
def test_what_is_no_email(written: str):
    assert normal_email(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+79001234567", "+79001234567"),
        (" +7 (900) 123-45-67", "+79001234567"),
        ("+44 (0)20 7946 0000", "+442079460000"),
    ],
)
def test_a_phone_with_its_country_code(written: str, expected: str):
    assert normal_phone(written) == expected
    assert normal_phone(written, "digits") == expected[1:]


@pytest.mark.parametrize(
    "written",
    ["", "+", "89001234567", "8 (900) 123-45-67", "+7900", "+999123456789", "+0123456789", "+7900123456789012",
     "++79001234567", "+7900CALLNOW", "+７９００１２３４５６７", "=+79001234567", "+79001234567;+79001234568",
     "00 7 900 1234567"],
)  # fmt: skip
def test_what_is_no_phone(written: str):
    assert normal_phone(written) is None


@many
@given(emails, st.sampled_from(["plain", "google"]))
def test_a_normal_email_is_its_own(written: str, form: EmailForm):
    normal = normal_email(written, form)
    if normal is not None:
        assert normal_email(normal, form) == normal
        assert re.fullmatch(r"[a-z0-9_][!-?A-~]*@[a-z0-9.-]+", normal)


@many
@given(phones | phones.map(lambda text: f"+{text}"))
def test_a_normal_phone_is_its_own(written: str):
    normal = normal_phone(written)
    if normal is not None:
        assert normal_phone(normal) == normal
        assert normal_phone(normal, "digits") == normal[1:]
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}", normal)


@many
@given(
    texts, st.sampled_from(["first_name", "zip", "country", "tag", "code"]), st.sampled_from(list(networks().values()))
)
def test_other_fields_are_their_own_too(written: str, field: FieldName, network: Network):
    normal = field_of(field, written, network)
    if normal is not None:
        assert field_of(field, normal, network) == normal
        assert not set(normal) & set('=@|%"\t\r\n\0;,')


@many
@given(emails | texts, st.sampled_from(["sha256", "md5"]), st.sampled_from(["none", "sha256", "md5"]))
def test_no_hash_is_hashed_again(written: str, first: Hashing, second: Hashing):
    once = hashed(written, first)
    assert looks_hashed(once)
    assert hashed(once, second) == once
    assert hashed(once.upper(), second) == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Smith", ("Ann", "Smith")),
        ("  Jörg   O'Neil-Brown ", ("Jörg", "O'Neil-Brown")),
        ("J. Smith", ("J.", "Smith")),
        ("Anna", ("Anna", "")),
        ("Анна Смирнова", ("Анна Смирнова", "")),
        ("Иванов Иван Иванович", ("Иванов Иван Иванович", "")),
        ("王芳", ("王芳", "")),
        ("Ana Maria Lopez", ("Ana Maria Lopez", "")),
        ("Smith, Ann", ("Smith, Ann", "")),
        ("Acme GmbH", ("Acme GmbH", "")),
        ("Acme Inc.", ("Acme Inc.", "")),
        ("Bar 7", ("Bar 7", "")),
        ("=a b", ("=a b", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_split_only_where_its_order_is_certain(name: str, expected: tuple[str, str]):
    assert split_name(name) == expected
