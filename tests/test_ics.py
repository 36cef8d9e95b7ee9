"""Calendar files, read back by a small reader of RFC 5545."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from metrics.ics import Event, calendar_file
from tests.strategies import few

STAMP = date(2026, 10, 31)


def read(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The calendar's own properties and those of each event, unfolded and unescaped."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    unfolded = b"\n".join(lines).replace(b"\n ", b"").decode().split("\n")
    calendar, events, inside = {}, [], None
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in unfolded[1:-1]:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            events.append(inside)
            inside = None
        else:
            (calendar if inside is None else inside)[name] = unescaped(value)
    return calendar, events


def unescaped(value: str) -> str:
    text, signs = "", iter(value)
    for sign in signs:
        text += {"n": "\n", "N": "\n"}.get(after := next(signs), after) if sign == "\\" else sign
    return text


def test_an_event_lasts_the_whole_day():
    calendar, (event,) = read(
        calendar_file([Event("c1 2026-09-01", STAMP, "Call Ann", "Tea, green; 3 orders")], "Ivan", STAMP)
    )
    assert (calendar["VERSION"], calendar["X-WR-CALNAME"]) == ("2.0", "Ivan")
    uid = event.pop("UID")
    assert uid.endswith("@winback")
    assert event == {
        "DTSTAMP": "20261031T000000Z",
        "DTSTART;VALUE=DATE": "20261031",
        "DTEND;VALUE=DATE": "20261101",
        "SUMMARY": "Call Ann",
        "DESCRIPTION": "Tea, green; 3 orders",
        "TRANSP": "TRANSPARENT",
    }


def test_the_same_event_keeps_its_id_in_a_later_file():
    ids = {read(calendar_file([Event("c1", day, text)], "", day))[1][0]["UID"]
           for day in (STAMP, date(2026, 11, 5)) for text in ("a", "b")}  # fmt: skip
    assert len(ids) == 1
    assert read(calendar_file([Event("c2", STAMP, "a")], "", STAMP))[1][0]["UID"] not in ids


@few
@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.text())
def test_no_text_breaks_out_of_its_line(texts, name):
    bad = [("x\r\nEND:VEVENT\r\nBEGIN:VALARM", "a\\nb\x00"), ("王" * 60 + "\u2028;,", "")]
    events = [Event(str(at), STAMP, summary, description) for at, (summary, description) in enumerate([*texts, *bad])]
    calendar, found = read(calendar_file(events, name, STAMP))
    assert len(found) == len(events)
    assert set(calendar) == {"VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME"}
    for event, shown in zip(events, found, strict=True):
        assert plain(shown["SUMMARY"]) == plain(event.summary)
        assert plain(shown.get("DESCRIPTION", "")) == plain(event.description)


def plain(text: str) -> str:
    """The letters of a text: what control characters become is not what is asked."""
    return "".join(sign for sign in text if sign.isprintable() and sign != " ")
