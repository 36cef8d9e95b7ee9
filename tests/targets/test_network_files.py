"""Files for mailing tools and networks: each as it is kept, and read again by the network's own rules."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.targets.contact import Contact
from metrics.targets.network_file import write_network
from metrics.targets.networks import networks
from metrics.targets.normal import Hashing
from metrics.targets.written import Limit, Written
from tests.strategies import many
from tests.targets.people import ELSEWHERE, GOLDEN, PEOPLE, payloads

FORMATS = [(key, hashing) for key, network in networks().items() for hashing in network.hashing]
META = "email,phone,fn,ln,ct,st,zip,country,dob,gen,madid,uid"
HEADERS = {
    "klaviyo": "Email,Phone Number,First Name,Last Name,Last Order Date,Orders,Yearly Value,Promo Code",
    "mailchimp": "Email Address,First Name,Last Name,Phone Number,Tags",
    "google": "Email,Phone,First Name,Last Name,Country,Zip",
    "meta": META,
    "meta_value": f"{META},value",
    "yandex": "phone,email,external_id,gender,birthdate",
    "vk_emails": "id",
    "vk_phones": "id",
}
LENGTHS = {"sha256": 64, "md5": 32}
PLAIN_EMAIL = r"[a-z0-9_][!-+\--?^-~]*@(?:[a-z0-9-]+\.)+[a-z0-9-]+"
OWN_RULES = {
    "google": {"Phone": r"\+[1-9]\d{6,14}", "First Name": r"\w[\w '.-]*", "Last Name": r"\w[\w '.-]*",
               "Country": "[A-Z]{2}", "Zip": r"[\w -]{1,12}"},
    "klaviyo": {"Phone Number": r"\+[1-9]\d{6,14}", "Last Order Date": r"\d{4}-\d\d-\d\d", "Orders": r"\d+",
                "Yearly Value": r"\d+\.\d\d", "Promo Code": r"[\w-]+", "First Name": r"\w.*", "Last Name": r"\w.*"},
    "mailchimp": {"Phone Number": r"\+[1-9]\d{6,14}", "Tags": r"[\w -]+", "First Name": r"\w.*", "Last Name": r"\w.*"},
    "meta": {"phone": r"[1-9]\d{6,14}", "fn": r"[^\W\d_]+( [^\W\d_]+)*", "ln": r"[^\W\d_]+( [^\W\d_]+)*",
             "zip": r"[a-z0-9]{1,12}", "country": "[a-z]{2}", "value": r"\d+\.\d\d"},
    "yandex": {"phone": r"[1-9]\d{6,14}"},
    "vk_emails": {"id": PLAIN_EMAIL},
    "vk_phones": {"id": r"[1-9]\d{6,14}"},
}  # fmt: skip
NEVER_HASHED = {"Country", "Zip", "value"}


def made(
    people: Iterable[Contact], key: str, hashing: Hashing = "none", rejects: BytesIO | None = None
) -> tuple[Written, str]:
    sink = BytesIO()
    counted = write_network(people, networks()[key], hashing, sink, rejects)
    assert counted.size == len(sink.getvalue())
    return counted, sink.getvalue().decode("utf-8")


def is_valid(key: str, name: str, cell: str, hashing: Hashing) -> bool:
    """Whether a network takes a cell, by rules of this test alone."""
    if cell == "":
        return True
    is_hash = re.fullmatch("[0-9a-f]{32}|[0-9a-f]{64}", cell) is not None
    if key.startswith("meta") and name in {"email", "phone"} and is_hash:
        return True
    if hashing != "none" and name not in NEVER_HASHED:
        return is_hash and len(cell) == LENGTHS[hashing]
    rules = OWN_RULES[key.removesuffix("_value")]
    return re.fullmatch(rules.get(name, PLAIN_EMAIL if "mail" in name.lower() else ""), cell) is not None


def check(key: str, hashing: Hashing, text: str) -> list[dict[str, str]]:
    """The rows of a file that keeps the rules of its network."""
    assert "\r" not in text
    assert text.startswith(HEADERS[key] + "\n")
    rows = list(csv.DictReader(StringIO(text)))
    for row in rows:
        assert None not in row.values(), "a row is shorter than the header"
        assert None not in row, "a row is longer than the header"
        for name, cell in row.items():
            assert is_valid(key, name, cell, hashing), (key, hashing, name, cell)
        assert any(cell for name, cell in row.items() if re.search("mail|phone|^id$", name.lower()))
    for name in {"Email", "Email Address", "email", "Phone", "phone", "id"} & set(HEADERS[key].split(",")):
        cells = [row[name] for row in rows if row[name]]
        assert len(cells) == len(set(cells))
    return rows


@pytest.mark.parametrize(("key", "hashing"), FORMATS)
def test_the_file_of_the_made_up_people(key: str, hashing: Hashing):
    _, text = made(PEOPLE, key, hashing)
    assert text == (GOLDEN / f"{key}.{hashing}.csv").read_bytes().decode("utf-8")
    assert len(check(key, hashing, text)) > 1


@pytest.mark.parametrize(("key", "hashing"), FORMATS)
def test_no_naughty_text_in_any_field_breaks_a_rule(key: str, hashing: Hashing):
    fields = ("name", "first_name", "last_name", "email", "phone", "country", "zip", "tag", "code")
    people = [
        replace(Contact(customer_id=text, email=f"a{n}@example.com", phone=f"+7900{n:07}"), **{field: text})
        for n, text in enumerate(payloads())
        for field in fields
    ]
    rows = check(key, hashing, made(people, key, hashing)[1])
    assert len(rows) > 600


words = st.text(max_size=12) | st.sampled_from(["Ann", "=1", "7", "US", "90210", "a" * 32, "0" * 64])
people = st.lists(
    st.builds(
        Contact,
        customer_id=st.text(max_size=5),
        name=words,
        first_name=st.none() | words,
        last_name=st.none() | words,
        email=st.none() | words | st.emails() | st.sampled_from(["a@gmail.com", "A@Gmail.com", "a.@gmail.com"]),
        phone=st.none() | words | st.sampled_from(["+79001234567", "+7 900 123-45-67", "89001234567", "+12025550100"]),
        country=st.none() | words,
        zip=st.none() | words,
        value=st.none() | st.decimals() | st.floats(),
        tag=st.none() | words,
        code=st.none() | words,
    ),
    max_size=8,
)


@many
@given(people, st.sampled_from(FORMATS))
def test_whatever_the_people_the_file_keeps_the_rules_and_the_counts_add_up(
    listed: list[Contact], chosen: tuple[str, Hashing]
):
    rejects = BytesIO()
    counted, text = made(listed, *chosen, rejects)
    assert len(check(*chosen, text)) == counted.rows
    assert counted.rows + sum(counted.left_out.values()) == len(listed)
    refused = list(csv.reader(StringIO(rejects.getvalue().decode("utf-8-sig"), newline="")))[1:]
    assert len(refused) == sum(counted.left_out.values()) + sum(counted.blanked.values())
    assert sum(row[2] == "0" for row in refused) == sum(counted.left_out.values())


def test_one_phone_has_two_hashes():
    person = [Contact(customer_id="1", phone="+79001234567")]
    assert made(person, "google", "sha256")[1].splitlines()[1].startswith(",091ac1171e86")
    assert made(person, "meta", "sha256")[1].splitlines()[1].startswith(",da3cc66efc5e")


def test_names_go_to_google_only_with_country_and_zip():
    ann = Contact(customer_id="1", name="Ann Smith", email="a@example.com", country="US", zip="90210")
    assert made([ann], "google")[1].splitlines()[1] == "a@example.com,,ann,smith,US,90210"
    for incomplete in (replace(ann, zip=None), replace(ann, country=None), replace(ann, name="Ann")):
        counted, text = made([incomplete], "google")
        assert text.splitlines()[1] == "a@example.com,,,,,"
        assert counted.blanked == {"incomplete_name": 1}


def test_a_hash_from_elsewhere_passes_to_meta_alone_and_only_once():
    listed = [Contact(customer_id="1", email=ELSEWHERE.upper()), Contact(customer_id="2", email="Hash@example.com")]
    counted, text = made(listed, "meta", "sha256")
    assert text.splitlines()[1:] == [f"{ELSEWHERE},,,,,,,,,,,"]
    assert counted.left_out == {"duplicate": 1}
    counted, text = made(listed, "google", "sha256")
    assert counted.left_out == {"bad_email": 1}
    assert text.splitlines()[1].startswith(hashlib.sha256(b"hash@example.com").hexdigest())


def test_what_did_not_go_out_is_counted_and_named():
    rejects = BytesIO()
    counted, _ = made(PEOPLE, "klaviyo", rejects=rejects)
    assert counted.rows == 10
    assert counted.left_out == {
        "bad_email": 2,
        "no_contact": 1,
        "duplicate": 1,
    }
    assert counted.blanked == {"bad_phone": 2, "bad_email": 2, "bad_text": 3, "duplicate": 1}
    assert rejects.getvalue() == (GOLDEN / "klaviyo.rejects.csv").read_bytes()


def test_sizes_that_a_network_does_not_keep_are_named():
    listed = [Contact(customer_id=str(n), email=f"a{n}@example.com") for n in range(2_000)]
    assert made(listed[:99], "meta")[0].limits == (Limit("below_minimum", {"rows": 99, "limit": 100}),)
    assert made(listed[:100], "meta")[0].limits == ()
    assert made(listed[:1_999], "vk_emails")[0].limits == (Limit("below_minimum", {"rows": 1_999, "limit": 2_000}),)
    assert made(listed, "vk_emails")[0].limits == ()
    small = networks()["vk_emails"].model_copy(update={"maximum_rows": 10, "minimum_rows": 1, "maximum_bytes": 100})
    with mock.patch.dict(networks(), {"vk_emails": small}):
        counted, _ = made(listed[:11], "vk_emails")
    assert [limit.code for limit in counted.limits] == ["above_maximum", "too_large"]
    assert counted.limits[1].facts == {"bytes": counted.size, "limit": 100}


def test_a_hashing_that_the_network_does_not_take_is_refused():
    with pytest.raises(ValueError, match="klaviyo"):
        made([], "klaviyo", "sha256")


def test_the_sizes_are_those_of_the_networks():
    sizes = {k: (n.minimum_rows, n.maximum_rows, n.maximum_bytes) for k, n in networks().items()}
    vk = (2_000, 5_000_000, 20_000_000)
    assert sizes == {
        "klaviyo": (None, None, 50_000_000), "mailchimp": (None, None, None), "google": (None, None, None),
        "meta": (100, None, None), "meta_value": (100, None, None), "yandex": (100, None, 1_000_000_000),
        "vk_emails": vk, "vk_phones": vk,
    }  # fmt: skip
