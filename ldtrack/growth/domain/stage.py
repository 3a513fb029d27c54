"""How much of a stage's gates a person has shown; what they have done lives with pathways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldtrack.growth.domain.standing import NotYetAssessed
from ldtrack.growth.domain.target import AgainstTarget, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownShare:
    """Gate competencies whose target is met, of all gates of the stage."""

    n_met: int
    n_gates: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.n_met / self.n_gates


@dataclass(frozen=True, kw_only=True, slots=True)
class NoGates:
    """The stage asks for no level, so there is no share to show."""


def shown_share(gates: Sequence[AgainstTarget | NotYetAssessed]) -> ShownShare | NoGates:
    """The share of gates that are met; a gate never assessed counts as not met."""
    if not gates:
        return NoGates()
    met = sum(is_shown(gate) for gate in gates)
    return ShownShare(n_met=met, n_gates=len(gates))


def is_shown(gate: AgainstTarget | NotYetAssessed) -> bool:
    """Whether the level that a gate asks for is met."""
    return isinstance(gate, AgainstTarget) and gate.verdict is Verdict.MET
