"""What a course assessment may say about a level; who sat it and when lives with courses."""

from __future__ import annotations

from dataclasses import dataclass

from ldtrack.evidence.domain.kinds import EvidenceForm
from ldtrack.evidence.domain.noise import ASSESSED_SCORE_NOISE, COURSE_TEST_NOISE
from ldtrack.evidence.domain.scale import Scale

KNOWLEDGE_CAP = 3.0
"""A knowledge test tells who can apply something with guidance, and nothing beyond that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The part of an entry that says what was seen."""

    form: EvidenceForm
    value: float | None = None
    level: float | None = None
    noise_variance: float | None = None


def reading_of_test(
    passed: bool, level: float, scale: Scale, cap: float = KNOWLEDGE_CAP
) -> Reading:
    """A test known as passed or failed and pitched at `level`.

    A pass above the cap speaks for the cap only. A fail above the cap says nothing about the
    levels that a test can speak about, so it is listed and moves nothing.

    >>> reading_of_test(True, 4, Scale(1, 5)).level
    3.0
    """
    scale.check("level", level)
    if level > cap and not passed:
        return Reading(form=EvidenceForm.EXPOSURE)
    return Reading(
        form=EvidenceForm.PASSED if passed else EvidenceForm.FAILED,
        level=min(level, cap),
        noise_variance=COURSE_TEST_NOISE,
    )


def reading_of_score(value: float, scale: Scale, cap: float = KNOWLEDGE_CAP) -> Reading:
    """A score that was mapped to a value on the scale.

    Below the cap it is a graded value. At the cap or above, all it shows is that the cap was
    reached, so it reads as a pass there: a level above the cap is never lowered by a good score.

    >>> reading_of_score(4.2, Scale(1, 5)).form
    <EvidenceForm.PASSED: 'passed'>
    """
    scale.check("value", value)
    if value >= cap:
        return reading_of_test(True, cap, scale, cap)
    return Reading(form=EvidenceForm.GRADED, value=value, noise_variance=ASSESSED_SCORE_NOISE)
