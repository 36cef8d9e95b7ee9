"""Why one customer left, as it is said in the program: it goes before what files say, until it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from metrics.reason_codes import Fault, Reason, sort_fault, sort_reason
from metrics.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReasonNote:
    """Why a customer left: as they named it, as it proved to be, and who failed; None for what is not known."""

    named: Reason | None = None
    confirmed: Reason | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class CustomerReason:
    """`given`: said in the program. `of_files`: what the texts of files mean; the texts themselves, None for none."""

    given: ReasonNote
    of_files: ReasonNote
    named_text: str | None
    confirmed_text: str | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything."""
        return self.given == self.of_files == ReasonNote() and not (self.named_text or self.confirmed_text)


def reason_of(workspace: Workspace, customer: int) -> CustomerReason:
    """Why a customer left, by their key in `segment_base`."""
    (row,) = workspace.ask("given_reason", customer=str(customer))
    own = workspace.settings.reason_words
    named, confirmed, fault = (row[f"{place}_text"] for place in ("named", "confirmed", "fault"))
    told = [text for text in (confirmed, named) if text is not None]
    faults = [sort_fault(text) for text in ([fault] if fault else []) + told]
    return CustomerReason(
        given=ReasonNote(row["named"], row["confirmed"], row["fault"]),
        of_files=ReasonNote(
            _known(named, own), _known(confirmed, own), next((one for one in faults if one is not None), None)
        ),
        named_text=named,
        confirmed_text=confirmed,
    )


def give_reason(workspace: Workspace, customer_id: str, note: ReasonNote) -> None:
    """Keep why a customer left in place of what was said before; an empty note takes it back."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with workspace.noting() as record:
        record("forget_reason", customer_id=customer_id)
        if note != ReasonNote():
            record("give_reason", customer_id=customer_id, named=note.named, confirmed=note.confirmed,
                   fault=note.fault, now=now)  # fmt: skip


def forget_reasons(workspace: Workspace) -> None:
    """Take back all that was said in the program: of a sample shop's customers, before others come by their numbers."""
    with workspace.noting() as record:
        record("forget_reasons")


def _known(text: str | None, own: dict[str, Reason]) -> Reason | None:
    code: Any = None if text is None else sort_reason(text, own)
    return None if code == "unsorted" else code
