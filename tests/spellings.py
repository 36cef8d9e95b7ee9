"""People, and every way in which somebody may write their e-mail, phone or customer id."""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import strategies as st

_LOCALS = st.from_regex(r"[a-z][a-z0-9]{0,8}([._+-][a-z0-9]{1,6})?", fullmatch=True)
_DOMAINS = st.sampled_from(("x.co", "gmail.com", "googlemail.com", "mail.example.org", "почта.рф", "bücher.example"))
_NATIONAL = {"RU": ("7", "8", r"9\d{9}"), "GB": ("44", "0", r"7[7-9]\d{8}"), "US": ("1", "1", r"2125\d{6}"),
             "CN": ("86", "0", r"13[1-9]\d{8}"), "DE": ("49", "0", r"171\d{7}")}  # fmt: skip
_IDS = st.one_of(
    st.from_regex(r"[A-Za-z]{1,3}-?[0-9]{1,6}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{0,11}", fullmatch=True),
    st.sampled_from(("Иван Петров", "王小明", "Straße 5", "Ｃ１", "№ 17", "a_b.c", "O'Neil", "x@y")),
)
_WIDE = str.maketrans("0123456789+@", "０１２３４５６７８９＋＠")


class Person(NamedTuple):
    """Somebody as a file has them; `region` is that of the business."""

    customer_id: str
    email: str | None
    phone: str | None
    region: str | None


@st.composite
def persons(draw: st.DrawFn) -> Person:
    country = draw(st.sampled_from(sorted(_NATIONAL)))
    code, trunk, shape = _NATIONAL[country]
    number = draw(st.from_regex(re.compile(shape, re.ASCII), fullmatch=True))
    phone = draw(st.sampled_from((f"+{code}{number}", f"{trunk if trunk != '1' else ''}{number}", None)))
    email = draw(st.none() | st.builds(lambda box, domain: f"{box}@{domain}", _LOCALS, _DOMAINS))
    return Person(draw(_IDS), email, phone, draw(st.sampled_from((country, None))))


@st.composite
def spelled(draw: st.DrawFn, person: Person) -> str:
    """One of the things they are known by, written some way."""
    ways = [_id(person.customer_id)]
    if person.email:
        ways.append(_email(person.email))
    if person.phone:
        ways.append(_phone(person.phone))
    blank = draw(st.sampled_from(("", " ", "\t", "\u00a0", "\u200b", "\ufeff")))
    end = draw(st.sampled_from(("", " ", "\r")))
    return blank + draw(st.one_of(ways)) + end


def _id(text: str) -> st.SearchStrategy[str]:
    ways = [text, text.upper() if len(text.upper()) == len(text) else text, text.lower(), f" {text}", f"'{text}"]
    if text.isascii() and text.isdigit():
        ways += [f"{text}.0", text.translate(_WIDE)]
    return st.sampled_from(ways)


def _email(text: str) -> st.SearchStrategy[str]:
    local, _, domain = text.partition("@")
    ways = [text, text.upper() if text.isascii() else text, text.title() if text.isascii() else text, f"<{text}>",
            f"mailto:{text}", f"Ann Lee <{text}>", f'"Lee, Ann" <{text}>', f"{text};", text.replace("@", "＠"),
            f"{local}@{domain.encode('idna').decode()}"]  # fmt: skip
    if domain in ("gmail.com", "googlemail.com"):
        box = local.partition("+")[0]
        ways += [f"{'.'.join(box.replace('.', ''))}@gmail.com", f"{box}+other@googlemail.com"]
    return st.sampled_from(ways)


def _phone(text: str) -> st.SearchStrategy[str]:
    digits = text.removeprefix("+")
    plus = "+" if text.startswith("+") else ""
    ways = [text, f"{plus}{digits[:-7]} {digits[-7:-4]}-{digits[-4:-2]}-{digits[-2:]}", f"tel:{text}",
            f"{plus}{digits[:-7]} ({digits[-7:-4]}) {digits[-4:]}", text.translate(_WIDE), f"{text} доб. 12",
            f"{plus}{digits[:-6]}.{digits[-6:-3]}.{digits[-3:]}"]  # fmt: skip
    if plus:
        ways += [f"00{digits}", f"00 {digits}"]
        country = next(key for key, row in _NATIONAL.items() if digits.startswith(row[0]))
        code, trunk, _ = _NATIONAL[country]
        national = digits.removeprefix(code)
        ways += [f"{trunk} {national[:3]} {national[3:]}", f"({trunk}{national[:3]}) {national[3:]}",
                 f"+{code} (0){national}" if trunk == "0" else text]  # fmt: skip
    return st.sampled_from(ways)
