"""How noisy each source is taken to be; how noise weighs on a level lives with growth.

A noise is a variance in squared levels: the square of how far one such piece typically lies
from the true level. The figures are starting values on a scale of 1 to 5.
"""

from __future__ import annotations

import math

CYCLE_SD = 0.25
"""What all raters of one feedback cycle share: the same occasion, the same halo."""
SAME_COACH_SD = 0.3
"""What all ratings by one coach share, however many there are."""
ONE_COACH_RATING_SD = 0.4
"""What a coach's ratings scatter around that coach's own view."""

MILESTONE_NOISE = 0.6**2
CERTIFICATE_NOISE = 0.6**2
COURSE_TEST_NOISE = 0.6**2
"""A course test known only as passed or failed."""
ASSESSED_SCORE_NOISE = 0.8**2
"""A course score that was mapped to a level."""
_DEBRIEFED_NOISE = 0.6**2
_UNDEBRIEFED_NOISE = 0.9**2


def noise_of_feedback(standard_error: float) -> float:
    """Noise of the others' view in one feedback cycle, from its standard error in levels.

    R = 0.25^2 + SE^2 with SE^2 = s^2 * sum(w_g^2 / n_g) over the visible groups. Raises
    `ValueError` for a standard error that is negative or not finite.

    >>> round(noise_of_feedback(0.8 / 8 ** 0.5), 4)
    0.1425
    """
    if not (math.isfinite(standard_error) and standard_error >= 0):
        raise ValueError("a standard error is a finite number from 0 up")
    return CYCLE_SD**2 + standard_error**2


def noise_of_coach_ratings(n_ratings: int) -> float:
    """Noise of the average of ratings that one coach gave within thirty days.

    R = 0.3^2 + 0.4^2 / n: more ratings help, but they all share the coach.

    >>> round(noise_of_coach_ratings(1), 4)
    0.25
    """
    if n_ratings < 1:
        raise ValueError("an average needs at least one rating")
    return SAME_COACH_SD**2 + ONE_COACH_RATING_SD**2 / n_ratings


def outcome_noise(debriefed: bool) -> float:
    """Noise of a sponsor's rating of an assignment; without a debrief it counts for less.

    >>> round(outcome_noise(False), 2)
    0.81
    """
    return _DEBRIEFED_NOISE if debriefed else _UNDEBRIEFED_NOISE


def rounding_noise(step: float = 1.0) -> float:
    """What a rater who can give whole steps only adds to the noise: step^2 / 12.

    >>> round(rounding_noise(), 4)
    0.0833
    """
    return step**2 / 12
