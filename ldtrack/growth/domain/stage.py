"""How much of a stage's gates a person has shown; what they have done lives with pathways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownShare:
    """Gates of which everything is shown, of all gates of the stage."""

    n_met: int
    n_gates: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.n_met / self.n_gates


@dataclass(frozen=True, kw_only=True, slots=True)
class NoGates:
    """The stage asks for no level, so there is no share to show."""
