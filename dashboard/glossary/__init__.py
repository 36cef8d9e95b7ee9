"""What every figure means, in plain words: the one source of the glossary, of the guide and of the cards' help.

The definitions are those of METRICS.md. Texts are in the current language.
"""

from __future__ import annotations

from difflib import get_close_matches

from dashboard.glossary.counting import counts, lost
from dashboard.glossary.entry import GROUPS, Entry, Group
from dashboard.glossary.keeping import goals, keeping, states
from dashboard.glossary.worth import money, winback
from dashboard.i18n import _

__all__ = ["GROUPS", "Entry", "Group", "entries", "entry", "formula", "group", "matching", "nearest", "source"]


def group(key: Group) -> str:
    """The name of a group of terms."""
    return {
        "counts": _("What counts"),
        "lost": _("Silent, lost, back"),
        "keeping": _("Keeping customers"),
        "money": _("Worth and lost money"),
        "states": _("Where a customer stands"),
        "winback": _("Winning back"),
        "goals": _("Goals"),
    }[key]


def entries() -> tuple[Entry, ...]:
    """All terms, group by group."""
    return (*counts(), *lost(), *keeping(), *money(), *states(), *winback(), *goals())


def entry(key: str) -> Entry | None:
    """The term of a key; None where there is none."""
    return next((each for each in entries() if each.key == key), None)


def formula(key: str) -> str:
    """How the figure of a known key is counted."""
    return _known(key).formula


def source(key: str) -> str:
    """Where the figure of a known key comes from, or how far to trust it."""
    return _known(key).source


def matching(text: str) -> tuple[Entry, ...]:
    """The terms that hold all words of the text, those with them in their title first."""
    words = text.casefold().split()
    found = [each for each in entries() if all(word in _all_of(each) for word in words)]
    return tuple(sorted(found, key=lambda each: not all(word in each.title.casefold() for word in words)))


def nearest(text: str) -> Entry:
    """The term whose title is spelled most like the text."""
    by_title = {each.title.casefold(): each for each in entries()}
    found = get_close_matches(text.casefold(), by_title, n=1, cutoff=0.0)
    return by_title[found[0]]


def _known(key: str) -> Entry:
    found = entry(key)
    if found is None:
        raise KeyError(key)
    return found


def _all_of(each: Entry) -> str:
    return f"{each.title} {each.what} {each.formula}".casefold()
