"""What completing a course may say about a level, and for how long a completion stands."""

from __future__ import annotations

from datetime import date

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain import (
    CERTIFICATE_NOISE,
    EvidenceForm,
    Reading,
    Scale,
    reading_of_score,
    reading_of_test,
)
from ldtrack.evidence.domain.assessment import KNOWLEDGE_CAP


def check_result(score: float | None, score_max: float | None) -> None:
    """Raise `RuleBroken` unless the score lies between nothing and the most there was to get."""
    if score is None:
        return
    if score_max is None or score_max <= 0:
        raise RuleBroken("score_max", "Say how many points there were to get.")
    if not 0 <= score <= score_max:
        raise RuleBroken("score", f"Give a score from 0 to {score_max:g}.")


def reading_of(
    *,
    level: int,
    scale: Scale,
    passed: bool | None = None,
    score: float | None = None,
    score_max: float | None = None,
) -> Reading:
    """What a completion says about a competency that the course is pitched at `level` for.

    Without an assessment it is listed and moves nothing. A pass or fail speaks about the level of
    the course; a score is stretched onto the scale and speaks up to that level. Neither speaks
    beyond what a knowledge test can show.

    >>> reading_of(level=2, scale=Scale(1, 5), score=97, score_max=100).level
    2.0
    """
    cap = min(KNOWLEDGE_CAP, float(scale.hi))
    if passed is not None:
        return reading_of_test(passed, level, scale, cap)
    if score is not None and score_max is not None:
        value = scale.rescaled(score, lowest=0, highest=score_max)
        return reading_of_score(value, scale, min(cap, float(level)))
    return Reading(form=EvidenceForm.EXPOSURE)


def reading_of_certificate(level: int, scale: Scale) -> Reading:
    """What a certificate from outside says about a competency the course is pitched at `level` for.

    Somebody outside found the person able at that level, which is more than a knowledge test of
    ours can show: it speaks for the level itself. The day on which it ends stops it from being
    current and takes nothing back.

    >>> reading_of_certificate(4, Scale(1, 5)).level
    4.0
    """
    scale.check("level", level)
    return Reading(form=EvidenceForm.PASSED, level=float(level), noise_variance=CERTIFICATE_NOISE)


def valid_until(completed_on: date, months: int | None) -> date | None:
    """The last day on which a completion counts as current; `None` if it stands for good.

    A day that the last month lacks becomes that month's last: 29 February plus twelve months is
    28 February.

    >>> valid_until(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    if months is None:
        return None
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + months, 12)
    for day in range(completed_on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, completed_on.day)
