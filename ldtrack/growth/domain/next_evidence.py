"""Which kind of evidence would tell most next; who should bring it lives elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ldtrack.core.distributions import hazard
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain.state import State


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A piece that could come next; with a `level` it is passed or failed, else graded."""

    source_kind: SourceKind
    noise_variance: float
    level: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """What a candidate would bring."""

    candidate: Candidate
    fall: float
    """Expected fall of the variance, in squared levels."""


def expected_fall(state: State, candidate: Candidate) -> float:
    """By how much a candidate is expected to lower the variance P.

    Graded: P - P * R / (P + R), known beforehand. Pass or fail: P^2 / S * h(z) * h(-z) with
    S = P + R and z = (m - level) / sqrt(S), the mean of the two possible falls weighted by their
    chances; something pitched far above or below the level tells little.

    >>> coach = Candidate(source_kind=SourceKind.COACH_RATING, noise_variance=0.25)
    >>> expected_fall(State(mean=3.0, variance=0.25), coach)
    0.125
    """
    total = state.variance + candidate.noise_variance
    graded = state.variance**2 / total
    if candidate.level is None:
        return graded
    z = (state.mean - candidate.level) / math.sqrt(total)
    return graded * hazard(z) * hazard(-z)


def most_telling(state: State, candidates: Iterable[Candidate]) -> tuple[Promise, ...]:
    """The candidates with what they promise, most telling first; ties keep their order."""
    promises = (Promise(candidate=c, fall=expected_fall(state, c)) for c in candidates)
    return tuple(sorted(promises, key=lambda promise: -promise.fall))
