"""What would settle a level most, told as the range before and after; who asks lives elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ldtrack.core.distributions import normal_quantile
from ldtrack.evidence.domain import (
    COURSE_TEST_NOISE,
    MILESTONE_NOISE,
    SourceKind,
    noise_of_feedback,
    outcome_noise,
)
from ldtrack.evidence.domain.assessment import KNOWLEDGE_CAP
from ldtrack.growth.domain.fold import Trajectory
from ldtrack.growth.domain.next_evidence import Candidate, Promise, most_telling
from ldtrack.growth.domain.state import State, predict

USUAL_RATERS = 8
"""Raters of an ordinary 360, for saying beforehand what one would tell."""
_RATER_SD = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Settling:
    """A kind of evidence and how far the range is expected to reach either way of the level."""

    source_kind: SourceKind
    level: float | None
    """What it is pitched at; None if it is rated."""
    reach_now: float
    reach_then: float


def settling(trajectory: Trajectory, on: date, level: int) -> tuple[Settling, ...]:
    """Ordinary next pieces, the most telling first, for somebody whose next level is `level`.

    The reach is z * sqrt(P) now and z * sqrt(P - expected fall) then, in levels, with z for the
    settings' usual band. From a variance of 0.25 an assignment outcome (R 0.36) takes the reach
    of the 80 % band from 0.64 to 0.49.
    """
    state = predict(trajectory.last, on, trajectory.settings)
    z = normal_quantile(0.5 + trajectory.settings.band_share / 2)
    promises = most_telling(state, usual_candidates(level))
    return tuple(_settling(state, promise, z) for promise in promises)


def usual_candidates(level: int) -> Iterator[Candidate]:
    """An ordinary piece of each kind that people can ask for."""
    raters = noise_of_feedback(_RATER_SD / math.sqrt(USUAL_RATERS))
    yield Candidate(source_kind=SourceKind.FEEDBACK_RELEASE, noise_variance=raters)
    yield Candidate(source_kind=SourceKind.ASSIGNMENT_OUTCOME, noise_variance=outcome_noise(True))
    yield Candidate(source_kind=SourceKind.MILESTONE, noise_variance=MILESTONE_NOISE, level=level)
    yield Candidate(
        source_kind=SourceKind.COURSE_ASSESSMENT,
        noise_variance=COURSE_TEST_NOISE,
        level=min(float(level), KNOWLEDGE_CAP),
    )


def _settling(state: State, promise: Promise, z: float) -> Settling:
    return Settling(
        source_kind=promise.candidate.source_kind,
        level=promise.candidate.level,
        reach_now=z * state.sd,
        reach_then=z * math.sqrt(state.variance - promise.fall),
    )
