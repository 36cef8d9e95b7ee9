"""What a file for a network holds, what it left out, and which of the network's sizes it does not keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from metrics.targets.networks import Network

Reason = Literal["no_contact", "bad_email", "bad_phone", "duplicate", "bad_text", "incomplete_name"]
LimitCode = Literal["below_minimum", "above_maximum", "too_large"]


@dataclass(frozen=True, slots=True)
class Limit:
    """A size of the network that the file does not keep; facts: `rows` or `bytes`, and `limit`."""

    code: LimitCode
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds: `rows` without the header, `size` in bytes.

    `left_out`: customers that are not in it, by reason. `blanked`: values that are not in it although their customer
    is, by reason. `limits`: what the network will say against the file.
    """

    rows: int
    size: int
    left_out: Mapping[Reason, int]
    blanked: Mapping[Reason, int]
    limits: tuple[Limit, ...]


@dataclass(slots=True)
class Tally:
    """What was counted, and the hashes of the identifiers that have gone out: numbers, no names."""

    rows: int = 0
    size: int = 0
    left_out: Counter[Reason] = field(default_factory=Counter)
    blanked: Counter[Reason] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)

    def written(self, network: Network) -> Written:
        """The counts so far, and what the network will say against such a file."""
        return Written(self.rows, self.size, dict(self.left_out), dict(self.blanked), _limits(network, self))


def _limits(network: Network, tally: Tally) -> tuple[Limit, ...]:
    found: list[Limit] = []
    if network.minimum_rows is not None and tally.rows < network.minimum_rows:
        found.append(Limit("below_minimum", {"rows": tally.rows, "limit": network.minimum_rows}))
    if network.maximum_rows is not None and tally.rows > network.maximum_rows:
        found.append(Limit("above_maximum", {"rows": tally.rows, "limit": network.maximum_rows}))
    if network.maximum_bytes is not None and tally.size > network.maximum_bytes:
        found.append(Limit("too_large", {"bytes": tally.size, "limit": network.maximum_bytes}))
    return tuple(found)
