"""The words of lists that go out: who is kept off them, their columns, what a file lacks, why one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard import labels, reason_words, scenario_words, winback_words
from dashboard.formats import count, date_short, days, listing
from dashboard.i18n import _, current, ngettext
from metrics.errors import WinbackError
from metrics.guard import STEPS, Guard, Step
from metrics.list_columns import COLUMNS, ListWords
from metrics.list_options import Exported, ListWarning
from metrics.reason_codes import REASONS
from metrics.settings import Settings
from metrics.states import STATES
from metrics.targets.normal import Hashing
from metrics.winback_list import GRADES

SEPARATORS: Mapping[str, tuple[str, str]] = {"en": (",", "."), "ru": (";", ","), "zh": (",", ".")}


def separators() -> tuple[str, str]:
    """What spreadsheets in this language set between columns, and before decimals."""
    return SEPARATORS.get(current(), (",", "."))


def guard_sentence(counts: Guard) -> str:
    """How many were chosen, less those kept off, step by step: it always adds up."""
    if counts.left == counts.chosen:
        return ngettext("{n} customer, nobody is left out", "{n} customers, nobody is left out", counts.left).format(
            n=count(counts.left)
        )
    parts = [_("{n} chosen").format(n=count(counts.chosen))]
    kept_off: list[tuple[Step, int]] = [(each, getattr(counts, each)) for each in STEPS]
    parts += [step(each, n) for each, n in kept_off if n]
    return " − ".join(parts) + f" = {count(counts.left)}"


def step(code: Step, n: int) -> str:
    """How many of the chosen one step keeps off."""
    return {
        "opted_out": _("{n} opted out"),
        "no_consent": _("{n} without consent"),
        "suppressed": _("{n} on the list of those never to contact"),
        "lost_twice": _("{n} lost twice"),
        "held_out": _("{n} held out of a running campaign"),
        "cooled_down": _("{n} contacted not long ago"),
    }[code].format(n=count(n))


def kept_off_by(code: Step) -> str:
    """What keeps people off a list, for a row of its own."""
    return {
        "opted_out": _("Opted out"),
        "no_consent": _("Without consent"),
        "suppressed": _("On the list of those never to contact"),
        "lost_twice": _("Lost twice"),
        "held_out": _("Held out of a running campaign"),
        "cooled_down": _("Contacted not long ago"),
    }[code]


def target(key: str) -> str:
    """What a list is written for."""
    return {
        "xlsx": _("Excel"),
        "csv": _("CSV for people"),
        "csv_machine": _("CSV for programs"),
        "parquet": "Parquet",
        "call_list": _("Call list"),
        "klaviyo": "Klaviyo",
        "mailchimp": "Mailchimp",
        "google": "Google Customer Match",
        "meta": "Meta",
        "meta_value": _("Meta, with values"),
        "yandex": _("Yandex Audience"),
        "vk_emails": _("VK, e-mails"),
        "vk_phones": _("VK, phones"),
        "winback": _("Win-back list"),
        "survey": _("Survey: why they left"),
        "due": _("List of whom to remind"),
        "calendar": _("Calendar of whom to remind"),
    }[key]


def hashing(code: Hashing) -> str:
    """How contacts are written for a network."""
    return {"none": _("as they are"), "sha256": _("hashes (SHA-256)"), "md5": _("hashes (MD5)")}[code]


def account(found: Exported) -> list[str]:
    """What a file holds, what is not in it and why, what to know of it: a sentence each."""
    lines = [ngettext("{n} customer is in the file.", "{n} customers are in the file.", found.written).format(
        n=count(found.written))]  # fmt: skip
    if found.left_out:
        parts = (f"{reason(code)}: {count(n)}" for code, n in found.left_out.items())
        lines.append(_("Not in the file: {parts}.").format(parts=listing(parts)))
    if found.blanked:
        parts = (f"{reason(code)}: {count(n)}" for code, n in found.blanked.items())
        lines.append(_("Left blank in the file: {parts}.").format(parts=listing(parts)))
    return [*lines, *(warning(one) for one in found.warnings)]


def reason(code: str) -> str:
    """Why a customer is not in a file, or which of their values is not."""
    known = {
        "no_contact": _("nothing to reach them by"),
        "no_phone": _("no phone"),
        "bad_email": _("no usable e-mail"),
        "bad_phone": _("no phone with its country code"),
        "duplicate": _("an e-mail or phone that somebody has already"),
        "bad_text": _("a text that must not go out"),
        "incomplete_name": _(
            "a name without all that the network takes with it (both names, for Google country and zip too)"
        ),
        "bad_id": _("a customer id that a spreadsheet would run"),
    }
    return known.get(code) or titles()[code]


def warning(one: ListWarning) -> str:
    """What to know of a file before it is used."""
    facts = {name: count(value) for name, value in one.facts.items()}
    return {
        "below_minimum": _("The network wants {limit} rows or more; the file has {rows}."),
        "above_maximum": _("The network takes {limit} rows at most; the file has {rows}."),
        "too_large": _("The network takes {limit} bytes at most; the file has {bytes}."),
        "one_manager": _("There is only one manager, so nobody else can call: the calls are given to nobody."),
        "no_manager": _("No manager is known: the calls are given to nobody."),
        "texts_cut": _("Texts too long for a cell were cut: {n}."),
        "nobody": _("Nobody is left for the file."),
    }[one.code].format(**facts)


def titles() -> dict[str, str]:
    """The titles of the columns of a file for people."""
    return {
        "customer_id": _("Customer"), "name": _("Name"), "email": _("E-mail"), "phone": _("Phone"),
        "state": _("Where they stand"), "grade": _("Class"), "silence": _("Silent for, days"),
        "last_order_on": _("Last order"), "orders": _("Orders"), "revenue": _("Revenue in all"),
        "yearly_value": _("Revenue a year"), "average_order": _("Average order"), "category": _("Bought last"),
        "channel": _("Channel"), "region": _("Region"), "manager": _("Manager"), "consent": _("May be written to"),
        "code": _("Promo code"), "offer": _("Offer"), "due_on": _("Call on"), "what": _("What"), "value": _("Value"),
        "lost_days": _("Lost for, days"), "reason": _("Why they left"),
    }  # fmt: skip


def meanings() -> dict[str, str]:
    """What the columns mean that do not speak for themselves."""
    return {
        "grade": _("A brings the first 80% of the expected profit of contacts, B the next 15%, C the rest."),
        "silence": _("Whole days from the last order to the day up to which the orders were read."),
        "revenue": _("Orders less refunds."),
        "yearly_value": _("What they bought in the year up to their last order, less refunds."),
        "category": _("The category of the latest order."),
        "consent": _(
            "What the files say; who said no is on no list, who said nothing in no file of a mailing tool or network."
        ),
    }


def list_words(
    chosen: Settings, asked: str = "", as_of: date | None = None, *, made_on: date | None = None
) -> ListWords:
    """The words of a file: its money is in the currency of the settings; `asked` is the segment in words.

    The summary says what the file stands on: when it was made (None: today), up to which day (`as_of`) the orders were
    read, and after how many days a customer counts as lost.
    """
    currency = chosen.currency

    def summary(counts: Guard) -> list[tuple[str, str | int]]:
        kept_off: list[tuple[Step, int]] = [(each, getattr(counts, each)) for each in STEPS]
        rows: list[tuple[str, str | int]] = [(_("Segment"), asked)] if asked else []
        rows += [(_("Chosen"), counts.chosen)]
        rows += [(kept_off_by(each), -n) for each, n in kept_off if n]
        rows += [(_("On the list"), counts.left), (_("Made on"), date_short(made_on or date.today()))]
        rows += [(_("Orders up to"), date_short(as_of))] if as_of else []
        rows += [(_("Lost after"), days(chosen.threshold, about=False))]
        return rows + ([(_("Currency"), currency)] if currency else [])

    headed = {
        key: f"{title}, {currency}" if currency and COLUMNS.get(key) == "money" else title
        for key, title in titles().items()
    }
    return ListWords(
        titles=headed,
        values={
            "state": {one: labels.state(one) for one in STATES},
            "grade": {one: winback_words.grade(one) for one in GRADES},
            "reason": {one: reason_words.reason(one) for one in REASONS},
            "consent": {"yes": _("yes"), "no": _("no"), "unknown": _("not known")},
        },
        sheets=(_("Customers"), _("Summary"), _("Definitions")),
        summary=summary,
        definitions=[
            *((labels.state(one), labels.state_meaning(one)) for one in STATES),
            *((headed[key], text) for key, text in meanings().items()),
        ],
    )


def refusal(problem: WinbackError) -> str:
    """One sentence for a list, or a filter, that cannot be used; it names the field."""
    facts = {name: scenario_words.shown(one) if isinstance(one, str) else one for name, one in problem.facts.items()}
    template = {**_of_the_filter(), **_of_the_list()}.get(problem.code)
    if template is None:
        return scenario_words.refusal(problem)
    known = facts.get("known")
    if isinstance(known, Iterable):
        facts["known"] = listing(known)
    return template.format(**facts)


def _of_the_filter() -> dict[str, str]:
    return {
        "filter_no_json": _("The filter is no JSON: look at line {line}, character {column}."),
        "filter_no_object": _("The filter must be a JSON object with conditions, or a list of conditions."),
        "filter_range": _("{field}: “{asked}” is asked by low, high or both, and nothing else."),
        "filter_bounds": _("{field}: low is above high; make it at most as large."),
        "filter_no_range": _("{field}: “{asked}” has no low and high; leave them out."),
        "filter_flag": _("{field}: “{asked}” is yes or no and takes no values; for no, set is_not to true."),
        "filter_values": _("{field}: “{asked}” needs values; add them."),
        "field_number_any": _("{field} must be a number."),
    }


def _of_the_list() -> dict[str, str]:
    return {
        "target_unknown": _("format: “{target}” is not known; choose one of: {known}."),
        "hashing_unknown": _("hash: this format does not take “{hashing}”; it takes: {known}."),
        "list_needs_orders": _("A list is made from orders, and there are none; load orders first."),
        "sheet_full": _("A sheet of Excel holds {limit} customers at most; choose CSV."),
        "preset_unknown": _("preset: “{preset}” is not known; choose one of: {known}."),
    }
