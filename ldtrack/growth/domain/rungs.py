"""The whole levels of a scale around a level; their wording lives with the framework."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ldtrack.evidence.domain import Scale
from ldtrack.growth.domain.standing import Level, NotYetAssessed


@dataclass(frozen=True, kw_only=True, slots=True)
class Rungs:
    """The highest level more likely reached than not, and the one above it.

    `reached` is None before anything was assessed, and for somebody below the whole scale;
    `following` is None at the top of it.
    """

    reached: int | None
    following: int | None


def rungs(standing: Level | NotYetAssessed, scale: Scale) -> Rungs:
    """The whole levels around an estimate.

    The chance of at least n is one half or more exactly when the mean is n or more, so a mean of
    3.56 on a scale of 1 to 5 has reached 3, and 4 follows.
    """
    if isinstance(standing, NotYetAssessed) or standing.mean < scale.lo:
        return Rungs(reached=None, following=scale.lo)
    reached = min(math.floor(standing.mean), scale.hi)
    return Rungs(reached=reached, following=reached + 1 if reached < scale.hi else None)
