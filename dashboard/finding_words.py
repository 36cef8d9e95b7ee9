"""The words of what is odd in the orders as a whole: what was seen, what it does to the figures, what mends it.

Plain text: a page escapes it, for it may name customers and files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.formats import amount, count, date_short, days, listing, money, month_and_year, percent, sentences
from dashboard.i18n import _, ngettext
from metrics.finding import Finding, FindingCode

LONGEST_NAME = 60


def title(code: FindingCode) -> str:
    """What is odd, as a few words to go on from."""
    return {
        "lone_late_date": _("orders dated far after all the others"),
        "silent_year": _("a year without a single order"),
        "short_history": _("a short history"),
        "giant_customer": _("one account with a large part of everything"),
        "no_refunds": _("not one refund"),
        "two_scales": _("amounts of two different sizes"),
    }[code]


def heading(code: FindingCode) -> str:
    """What is odd, as the beginning of a line."""
    words = title(code)
    return words[:1].upper() + words[1:]


def hint(found: Sequence[Finding]) -> str:
    """One line for a page whose figures the findings make wrong: the gravest, and how many more."""
    what, more = title(found[0].code), len({finding.code for finding in found}) - 1
    if not more:
        return _("These figures may be wrong: {what}.").format(what=what)
    return ngettext(
        "These figures may be wrong: {what}, and {n} thing more.",
        "These figures may be wrong: {what}, and {n} things more.",
        more,
    ).format(what=what, n=count(more))


def seen(finding: Finding, currency: str | None) -> str:
    """What was seen, with its numbers, and what it does to the figures."""
    facts = finding.facts
    if finding.code == "lone_late_date":
        return _lone_late_date(facts)
    if finding.code == "silent_year":
        return _silent_year(facts)
    if finding.code == "short_history":
        return _short_history(facts)
    if finding.code == "giant_customer":
        return _giant_customer(facts, currency)
    if finding.code == "no_refunds":
        return _no_refunds(facts)
    return _two_scales(facts)


def remedy(finding: Finding) -> str | None:
    """What the button does; None where nothing but the person can mend it."""
    if finding.remedy == "as_of":
        return _("Show everything as of {day}").format(day=date_short(_as_of(finding)))
    if finding.remedy == "lost_after_days":
        return _("Count customers as lost after {days}").format(days=days(_number(finding)))
    if finding.remedy == "leave_out":
        return _("Leave this account out")
    return _("Remove this file") if finding.remedy == "undo_file" else None


def mended(finding: Finding) -> str:
    """What has changed, and the way back."""
    if finding.remedy == "as_of":
        done = _("Everything is shown as of {day} now.").format(day=date_short(_as_of(finding)))
        return sentences(done, _("You can change the day under Settings."))
    if finding.remedy == "lost_after_days":
        done = _("A customer counts as lost after {days} now.").format(days=days(_number(finding)))
        return sentences(done, _("You can change that on the page about lost customers."))
    if finding.remedy == "leave_out":
        done = _("{customer} counts in no figure now.").format(customer=shortened(finding.value))
        return sentences(done, _("You can take the account back on this page."))
    return _("The file was taken back. To have it again, add it again.")


def shortened(name: object) -> str:
    """A customer id or file name that fits into a sentence."""
    text = str(name)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _as_of(finding: Finding) -> Any:
    return finding.value or finding.facts["last_on"]


def _number(finding: Finding) -> int:
    return int(str(finding.value))


def _lone_late_date(facts: dict[str, Any]) -> str:
    first, last = date_short(facts["first_on"]), date_short(facts["last_on"])
    what = ngettext(
        "{n} order is dated {dates}; all the others end on {until}, {gap} earlier.",
        "{n} orders are dated {dates}; all the others end on {until}, {gap} earlier.",
        facts["orders"],
    ).format(
        n=count(facts["orders"]),
        dates=first if first == last else f"{first} – {last}",
        until=date_short(facts["until"]),
        gap=days(facts["days"]),
    )
    effect = ngettext(
        "Seen from there {lost} of {n} customer counts as lost; on {until} it was {before}.",
        "Seen from there {lost} of {n} customers count as lost; on {until} it was {before}.",
        facts["customers"],
    )
    return sentences(
        what,
        effect.format(
            lost=count(facts["lost"]),
            n=count(facts["customers"]),
            until=date_short(facts["until"]),
            before=count(facts["lost_before"]),
        ),
    )


def _silent_year(facts: dict[str, Any]) -> str:
    last, until, gap = date_short(facts["last_on"]), date_short(facts["until"]), days(facts["days"])
    if not facts["orders_after"]:
        text = _("Everything is shown as of {until}, but the last order is of {last}, {gap} before.")
        effect = _("So nearly everybody counts as lost.")
    else:
        text = _("Nobody ordered anything between {last} and {until}: {gap} without a single order.")
        effect = _("All customers from before count as lost in that time, and those who ordered again as won back. "
                   "Perhaps a file is missing.")  # fmt: skip
    return sentences(text.format(last=last, until=until, gap=gap), effect)


def _short_history(facts: dict[str, Any]) -> str:
    if facts["nobody_lost"]:
        text = _("The orders cover {days}, and a customer counts as lost after {threshold}: so nobody can be lost yet.")
    else:
        text = _("The orders cover {days}, and a customer counts as lost after {threshold}: "
                 "so there is no whole month yet to say how fast you lose customers.")  # fmt: skip
    enough = ngettext(
        "Orders until {day} will do, {n} day more.", "Orders until {day} will do, {n} days more.", facts["missing_days"]
    )
    return sentences(
        text.format(days=days(facts["days"]), threshold=days(facts["lost_after_days"], about=False)),
        enough.format(day=date_short(facts["enough_on"]), n=count(facts["missing_days"])),
    )


def _giant_customer(facts: dict[str, Any], currency: str | None) -> str:
    what = ngettext(
        "The account {customer} has {n} order ({share} of all) for {money} ({money_share} of all).",
        "The account {customer} has {n} orders ({share} of all) for {money} ({money_share} of all).",
        facts["orders"],
    ).format(
        customer=shortened(facts["customer_id"]),
        n=count(facts["orders"]),
        share=percent(facts["orders_share"]),
        money=money(facts["money"], currency),
        money_share=percent(facts["money_share"]),
    )
    return sentences(
        what,
        _("If it stands for many people, such as guests, nobody behind it is ever lost, and what a customer is worth "
          "comes out too high."),
    )  # fmt: skip


def _no_refunds(facts: dict[str, Any]) -> str:
    what = ngettext(
        "{n} order, and neither a refund nor a cancelled order among them.",
        "{n} orders, and neither a refund nor a cancelled order among them.",
        facts["orders"],
    )
    return sentences(
        what.format(n=count(facts["orders"])),
        _("If there were any, your export leaves them out, and all money is shown before refunds."),
    )


def _two_scales(facts: dict[str, Any]) -> str:
    usual, others = money(facts["usual"], None), money(facts["others"], None)
    if facts["by"] == "files":
        names = listing(shortened(name) for name in facts["files"])
        what = ngettext(
            "A usual order in the file {files} is about {usual}, in the rest about {others}: {times} times apart.",
            "A usual order in the files {files} is about {usual}, in the rest about {others}: {times} times apart.",
            len(facts["files"]),
        ).format(files=names, usual=usual, others=others, times=amount(round(facts["times"])))
    else:
        first, last = month_and_year(facts["first"]), month_and_year(facts["last"])
        what = ngettext(
            "In {n} month ({months}) a usual order is about {usual}, in the rest about {others}: {times} times apart.",
            "In {n} months ({months}) a usual order is about {usual}, in the rest about {others}: {times} times apart.",
            facts["months"],
        ).format(
            n=count(facts["months"]),
            months=first if first == last else f"{first} – {last}",
            usual=usual,
            others=others,
            times=amount(round(facts["times"])),
        )
    return sentences(what, _("Perhaps some are in cents or in another currency; all sums of money mix the two."))
