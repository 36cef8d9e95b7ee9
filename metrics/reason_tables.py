"""Why each customer left, as codes: the texts of files sorted, what was said in the program before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from metrics.reason_codes import UNSORTED, Reason, Unsorted, reason_key, sort_fault, sort_reason
from metrics.workspace import Workspace

Texts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of files with the number of customers of whom each is said; `reasons` named or confirmed."""

    reasons: Texts
    faults: Texts


@dataclass(frozen=True, slots=True)
class UnsortedText:
    """A text that no rule reads: `key` stands for it in the settings, `text` is how most wrote it."""

    key: str
    text: str
    customers: int


def reasons_version(workspace: Workspace) -> Hashable:
    """Something that changes with what was said in the program and how texts are sorted, not with files."""
    (row,) = workspace.ask("reasons_version")
    return (*row.values(), tuple(sorted(workspace.settings.reason_words.items())))


def make_reasons(workspace: Workspace) -> Hashable:
    """Make the table `customer_reasons`, where it is not there yet; the version that it is of."""
    version = reasons_version(workspace)
    workspace.latest("customer_reasons", version, lambda: _make(workspace))
    return version


def unsorted_texts(workspace: Workspace) -> tuple[UnsortedText, ...]:
    """The texts that no rule reads, those of most customers first."""
    with workspace.unchanged():
        words = tuple(sorted(workspace.settings.reason_words.items()))
        return workspace.latest("unsorted_texts", words, lambda: _unsorted(workspace))


def _unsorted(workspace: Workspace) -> tuple[UnsortedText, ...]:
    texts, customers, spelt = _texts(workspace).reasons, Counter[str](), dict[str, str]()
    for text, code in _sorted(workspace).items():
        if code == UNSORTED:
            key = reason_key(text)
            customers[key] += texts[text]
            if texts[text] > texts.get(spelt.get(key, ""), 0):
                spelt[key] = text
    found = (UnsortedText(key, spelt[key], n) for key, n in customers.items())
    return tuple(sorted(found, key=lambda one: (-one.customers, one.key)))


def _make(workspace: Workspace) -> bool:
    codes = _sorted(workspace)
    faults = {text: sort_fault(text) for text in _texts(workspace).faults}
    told = workspace.derived("faults_of_reasons", lambda: [sort_fault(text) for text in codes])
    workspace.make_again(
        "customer_reasons", texts=list(codes), codes=list(codes.values()), faults=told,
        fault_texts=list(faults), fault_codes=list(faults.values()),
    )  # fmt: skip
    return True


def _sorted(workspace: Workspace) -> dict[str, Reason | Unsorted | None]:
    own = workspace.settings.reason_words
    by_rules = workspace.derived("sorted_reasons", lambda: _by_rules(_texts(workspace)))
    return {text: own.get(key, code) for text, (key, code) in by_rules.items()}


def _by_rules(texts: _Texts) -> dict[str, tuple[str, Reason | Unsorted | None]]:
    """The key of each text and what the rules make of it, whatever a person said: many texts take their time."""
    return {text: (reason_key(text), sort_reason(text, {})) for text in texts.reasons}


def _texts(workspace: Workspace) -> _Texts:
    """Kept with this workspace until its files change: texts of customers are in no cache that sessions share."""
    return workspace.derived("reason_texts", lambda: _read(workspace))


def _read(workspace: Workspace) -> _Texts:
    reasons, faults = Counter[str](), Counter[str]()
    for row in workspace.ask("reason_texts"):
        (faults if row["place"] == "fault" else reasons)[row["text"]] += row["customers"]
    return _Texts(reasons, faults)
