"""Who is who: numbers, e-mails, phones, names; the rules that a person can switch."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

import re

import pytest

from metrics.intake.contacts import international, region_of, usual_email
from metrics.intake.words import data, placeholders
from metrics.statements import statement


def customers(rows, reading) -> list[str]:
    by_order = {row["order_id"]: row["customer_id"] for row in rows(reading.clean_path)}
    return [by_order[key] for key in sorted(by_order)]


def told(reading) -> dict[str, tuple[int, dict]]:
    return {each.code: (each.rows, each.facts) for each in reading.quality.warnings}


def lines(head: str, *cells: str) -> str:
    return (
        head
        + "\n"
        + "".join(
            f"{place},2024-01-{place + 1:02},{place + 10}.5,{each}\n" for place, each in enumerate(cells, start=1)
        )
    )


def test_one_e_mail_under_several_spellings(read, rows) -> None:
    text = lines(
        "order_id,date,amount,email",
        "Ann@Shop.com",
        "ann@shop.com",
        " ann@SHOP.com ",
        "bob@shop.com",
        "Юля@Почта.рф",
        "юля@почта.рф",
    )
    reading = read(text)
    assert customers(rows, reading) == ["ann@shop.com"] * 3 + ["bob@shop.com"] + ["юля@почта.рф"] * 2
    assert told(reading) == {"email_spelling": (3, {"on": True})}
    as_written = read(text, rules={"email_spelling": False})
    assert customers(rows, as_written) == [
        "Ann@Shop.com",
        "ann@shop.com",
        "ann@SHOP.com",
        "bob@shop.com",
        "Юля@Почта.рф",
        "юля@почта.рф",
    ]
    assert told(as_written)["email_spelling"][1] == {"on": False}


def test_one_phone_under_several_spellings(read, rows) -> None:
    text = lines(
        "order_id,date,amount,phone", "+7 (900) 123-45-67", "8 900 123 45 67", "79001234567", "+7 900 765-43-21"
    )
    assert customers(rows, read(text)) == ["+79001234567"] * 3 + ["+79007654321"]
    assert len(set(customers(rows, read(text, rules={"phone_spelling": False})))) == 4


def test_national_numbers_are_those_of_the_only_region_in_the_file(read, rows) -> None:
    text = lines("order_id,date,amount,phone", "+44 20 7946 0958", "020 7946 0958", "020 7946 0111")
    assert customers(rows, read(text)) == ["+442079460958"] * 2 + ["+442079460111"]
    alone = lines("order_id,date,amount,phone", "020 7946 0958", "(020) 7946-0958", "020 7946 0111")
    assert customers(rows, read(alone)) == ["02079460958"] * 2 + ["02079460111"]


def test_the_region_is_asked_where_the_file_has_several(read, rows) -> None:
    text = lines("order_id,date,amount,phone", "+44 20 7946 0958", "020 7946 0958", "+49 30 901820111", "030 901820111")
    (asked,) = read(text).questions
    assert (asked.code, set(asked.options)) == ("phone_region", {"GB", "DE"})
    assert asked.facts == {"example": "02079460958", "GB": "+442079460958", "DE": "+492079460958"}
    assert customers(rows, read(text, region="GB"))[:2] == ["+442079460958"] * 2
    assert customers(rows, read(text, answers={"phone_region": "DE"}))[2:] == ["+4930901820111"] * 2


def test_guests_are_known_by_their_contact(read, rows) -> None:
    text = lines(
        "order_id,date,amount,customer_id,email,phone",
        "12,ann@shop.com,", "0,ANN@shop.com,", "0,bob@shop.com,+79001112233", ",,8 900 111-22-33", "0,,+7 900 555 44 33", "0,,", "13,,+79005554433",
    )  # fmt: skip
    reading = read(text)
    assert customers(rows, reading) == ["12", "12", "bob@shop.com", "bob@shop.com", "13", "13"]
    assert reading.quality.rejected_by_reason == {"no_customer": 1}
    assert told(reading)["guest_contact"] == (3, {"on": True})
    apart = read(text, rules={"guest_contact": False})
    assert customers(rows, apart) == ["12", "ann@shop.com", "bob@shop.com", "+79001112233", "+79005554433", "13"]


def test_a_name_never_stands_in_for_a_number(read) -> None:
    reading = read(lines("order_id,date,amount,customer_id,customer_name", "12,Ann", ",Bob", "0,Bob"))
    assert reading.quality.rejected_by_reason == {"no_customer": 2}


def test_numbers_that_share_an_e_mail_are_one_customer_only_when_asked_for(read, rows) -> None:
    text = lines(
        "order_id,date,amount,customer_id,email", "1,a@x.com", "2,A@x.com", "2,b@x.com", "3,b@x.com", "4,c@x.com"
    )
    reading = read(text)
    assert customers(rows, reading) == ["1", "2", "2", "3", "4"]
    assert told(reading)["shared_email"] == (2, {"on": False})
    assert customers(rows, read(text, rules={"shared_email": True})) == ["1", "1", "1", "1", "4"]


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("8 (900) 123-45-67", "RU", "+79001234567"),
        ("0171 1234567", "DE", "+491711234567"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("12", "RU", None),
        ("", "RU", None),
        ("abc", "US", None),
    ],
)
def test_international_numbers(text: str, region: str, number: str | None) -> None:
    assert international(text, region) == number


def test_regions_and_e_mails() -> None:
    assert (region_of("+79001234567"), region_of("+8613800138000"), region_of("abc")) == ("RU", "CN", None)
    assert (usual_email("Юля@Почта.рф"), usual_email("no mail")) == ("юля@почта.рф", None)


def test_a_known_export_has_several_columns_for_one_contact(read, rows) -> None:
    head = "Name,Email,Financial Status,Created at,Total,Lineitem quantity,Phone,Billing Phone,Billing Name"
    text = (
        head + "\n#1,,paid,2024-01-05 10:00:00 +0000,10.00,1,+79001112233,,Ann\n"
        "#2,,paid,2024-01-06 10:00:00 +0000,12.00,1,,8 900 111-22-33,Ann B\n#3,,paid,2024-01-07 10:00:00 +0000,9.00,1,,,Bob\n"
    )
    reading = read(text)
    assert (reading.preset, customers(rows, reading)) == ("shopify_orders", ["+79001112233"] * 2 + ["Bob"])


def test_no_word_for_nobody_looks_like_an_id() -> None:
    # Such ids are taken as they are without a look at these words.
    (plain,) = re.findall(r"regexp_full_match\(written, '(.*)'\)", statement("staging/customer_check"))
    assert re.fullmatch(plain, "C-1042")
    words = [*placeholders(), *data("words.toml")["totals"]]
    assert not [word for word in words if re.fullmatch(plain, word)]
