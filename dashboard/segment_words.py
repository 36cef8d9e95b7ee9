"""The words of segments: fields, values, and a filter as a sentence. One entry per field of `segment_fields.toml`."""

from __future__ import annotations

from dashboard import labels, reason_words, winback_words
from dashboard.formats import count, days, listing, money
from dashboard.i18n import _, ngettext
from metrics.reason_codes import FAULTS, REASONS, UNSORTED
from metrics.rfm import RFM_NAMES, RfmName
from metrics.segment import Condition, Segment, segment_fields
from metrics.states import STATES
from metrics.winback_list import GRADES


def preset(key: str) -> str:
    """A preset segment."""
    return {
        "freshly_lost": _("Freshly lost"),
        "silent_3_6_months": _("Lost, silent for 3 to 6 months"),
        "silent_1_2_years": _("Lost, silent for 1 to 2 years, 2 or more orders"),
        "best_of_lost": _("The best of the lost (class A)"),
        "due_now": _("Due now"),
        "at_risk": _("At risk"),
        "returned": _("Came back, to watch"),
        "one_time": _("Bought once"),
    }[key]


def field(key: str) -> str:
    """What can be asked of a customer."""
    return {
        "state": _("Where they stand"),
        "grade": _("Worth a contact (class)"),
        "silence": _("Days since the last order"),
        "days_late": _("Days late for the next order"),
        "orders": _("Orders"),
        "yearly_value": _("Revenue a year"),
        "revenue": _("Revenue in all"),
        "average_order": _("Average order"),
        "rfm": _("Named by recency, frequency, money"),
        "recency": _("Recency score"),
        "frequency": _("Frequency score"),
        "monetary": _("Money score"),
        "reason": _("Reason for leaving"),
        "fault": _("Whose fault"),
        "category": _("Category"),
        "channel": _("Channel"),
        "region": _("Region"),
        "manager": _("Manager"),
        "consent": _("May be written to"),
        "has_email": _("Has an e-mail"),
        "has_phone": _("Has a phone"),
        "is_fading": _("Orders rarer or smaller"),
        "is_strategic": _("Tagged as strategic"),
    }[key]


def value(key: str, one: str) -> str:
    """A value of a field; those of the data stand as they are."""
    if key == "state":
        return next(labels.state(state) for state in STATES if state == one)
    if key == "grade":
        return next(winback_words.grade(grade) for grade in GRADES if grade == one)
    if key == "rfm":
        return next(rfm(name) for name in RFM_NAMES if name == one)
    if key == "consent":
        return {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}[one]
    return _reason(key, one) if key in {"reason", "fault"} else one


def _reason(key: str, one: str) -> str:
    said: dict[str, str] = {"unknown": _("not known"), UNSORTED: _("not sorted yet")}
    if key == "reason":
        said |= {code: reason_words.reason(code) for code in REASONS}
    else:
        said |= {code: reason_words.fault(code) for code in FAULTS}
    return said[one]


def rfm(key: RfmName) -> str:
    """A named segment of recency, frequency and money."""
    return {
        "champions": _("Champions"),
        "loyal": _("Loyal"),
        "big_spenders": _("Big spenders"),
        "newcomers": _("Newcomers"),
        "promising": _("Promising"),
        "need_attention": _("Need attention"),
        "falling_asleep": _("Falling asleep"),
        "must_not_lose": _("Must not be lost"),
        "slipping_away": _("Slipping away"),
        "asleep": _("Asleep"),
        "gone": _("Gone"),
    }[key]


def sentence(segment: Segment, currency: str | None) -> str:
    """The segment in words; everybody where nothing is asked. Plain text."""
    parts = [phrase(one, currency) for one in segment.conditions]
    parts += [_("also: {conditions}").format(conditions=_part(one, currency)) for one in segment.and_in]
    parts += [_("but not: {conditions}").format(conditions=_part(one, currency)) for one in segment.but_not]
    return "; ".join(parts) if parts else _("everybody with an order")


def phrase(one: Condition, currency: str | None) -> str:
    """One condition in words."""
    kind, name = segment_fields()[one.field].kind, field(one.field)
    if kind == "flag":
        return _("{field}: {value}").format(field=name, value=_("no") if one.is_not else _("yes"))
    if kind in {"choice", "text"}:
        values = listing(value(one.field, each) for each in one.values)
        said = _("{field}: other than {value}") if one.is_not else _("{field}: {value}")
        return said.format(field=name, value=values)
    return _("{field}: {value}").format(field=name, value=_range(one, kind, currency))


def _range(one: Condition, kind: str, currency: str | None) -> str:
    low, high = (None if each is None else _amount(each, kind, currency) for each in (one.low, one.high))
    if low is None:
        return _("{high} at most").format(high=high)
    if high is None:
        return _("{low} or more").format(low=low)
    return low if one.low == one.high else _("{low} to {high}").format(low=low, high=high)


def _amount(number: float, kind: str, currency: str | None) -> str:
    if kind == "money":
        return money(number, currency)
    if kind == "days":
        return days(number, about=False)
    return count(number)


def _part(one: Segment, currency: str | None) -> str:
    """A segment within another one."""
    if one.and_in or one.but_not:
        return f"({sentence(one, currency)})"
    return listing(phrase(each, currency) for each in one.conditions) or sentence(one, currency)


def in_words(customers: int) -> str:
    """A number of customers."""
    return ngettext("{n} customer", "{n} customers", customers).format(n=count(customers))
