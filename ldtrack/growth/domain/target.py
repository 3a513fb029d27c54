"""How a level stands against a target; which target applies lives with role profiles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldtrack.core.distributions import cdf
from ldtrack.growth.domain.settings import FoldSettings
from ldtrack.growth.domain.standing import Level, NotYetAssessed, Sureness


class Verdict(StrEnum):
    """What may be said of a level and a target."""

    MET = "met"
    """Very likely at or above the target."""
    TOO_CLOSE = "too_close"
    """The evidence cannot tell."""
    NOT_YET = "not_yet"
    """Very likely below the target."""

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    Verdict.MET: "met",
    Verdict.TOO_CLOSE: "too close to call",
    Verdict.NOT_YET: "not yet",
}


ENOUGH_FOR_TARGET = "evidence enough for the target, too little for a level"
"""What is said of a wide range that lies above the target."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgainstTarget:
    """A level beside its target."""

    level: Level
    target: float
    chance: float
    """Of the true level being at least the target."""
    verdict: Verdict

    @property
    def gap(self) -> float:
        """Levels still missing to the target; negative when it is passed."""
        return self.target - self.level.mean


def sureness_words(level: Level, verdict: Verdict | None) -> str:
    """How sure we are, in words that do not take back what was said of the target.

    A range may be wide and lie above the target all the same.
    """
    if level.sureness is Sureness.TOO_LITTLE and verdict is Verdict.MET:
        return ENOUGH_FOR_TARGET
    return level.sureness.label


def chance_of(level: Level, target: float) -> float:
    """Chance that the true level is at least the target: Phi((m - target) / sd).

    With level 3.56025 and sd 0.27716 the chance of 3.5 is 0.586, of 4 it is 0.056.
    """
    return cdf((level.mean - target) / level.sd)


def against(
    standing: Level | NotYetAssessed, target: float, settings: FoldSettings
) -> AgainstTarget | NotYetAssessed:
    """The verdict on a target, in levels; what was never assessed stays so.

    A mean above the target is not enough: "met" asks for a chance of 0.80, "not yet" for less
    than 0.20.
    """
    if isinstance(standing, NotYetAssessed):
        return standing
    chance = chance_of(standing, target)
    return AgainstTarget(
        level=standing, target=target, chance=chance, verdict=_verdict(chance, settings)
    )


def _verdict(chance: float, settings: FoldSettings) -> Verdict:
    if chance >= settings.met_chance:
        return Verdict.MET
    return Verdict.NOT_YET if chance < settings.not_yet_chance else Verdict.TOO_CLOSE
