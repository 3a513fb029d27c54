"""The starting values for the noise of each source."""

from __future__ import annotations

import doctest
import math

import pytest

from ldtrack.evidence.domain import (
    ASSESSED_SCORE_NOISE,
    CERTIFICATE_NOISE,
    COURSE_TEST_NOISE,
    MILESTONE_NOISE,
    assessment,
    noise,
    noise_of_coach_ratings,
    noise_of_feedback,
    outcome_noise,
    rounding_noise,
    scale,
)


def test_eight_raters_in_one_group_give_a_noise_of_0_1425() -> None:
    r = noise_of_feedback(0.8 / math.sqrt(8))
    assert r == pytest.approx(0.25**2 + 0.64 / 8)
    assert round(r, 4) == 0.1425
    assert round(math.sqrt(r), 3) == 0.377


def test_six_raters_in_one_group_give_a_noise_of_0_169167() -> None:
    assert round(noise_of_feedback(math.sqrt(0.64 / 6)), 6) == 0.169167


def test_however_many_raters_agree_the_cycle_stays_noisy() -> None:
    assert noise_of_feedback(0.0) == 0.25**2


@pytest.mark.parametrize("standard_error", [-0.1, math.nan, math.inf])
def test_a_standard_error_that_is_none_is_refused(standard_error: float) -> None:
    with pytest.raises(ValueError):
        noise_of_feedback(standard_error)


@pytest.mark.parametrize(("n", "expected"), [(1, 0.5**2), (2, 0.09 + 0.08), (4, 0.09 + 0.04)])
def test_ratings_of_one_coach_are_averaged_but_share_the_coach(n: int, expected: float) -> None:
    assert noise_of_coach_ratings(n) == pytest.approx(expected)


def test_an_average_of_no_ratings_is_refused() -> None:
    with pytest.raises(ValueError):
        noise_of_coach_ratings(0)


def test_an_assignment_without_a_debrief_counts_for_less() -> None:
    assert outcome_noise(debriefed=True) == 0.6**2
    assert outcome_noise(debriefed=False) == 0.9**2


def test_passes_and_scores_have_their_own_noise() -> None:
    assert MILESTONE_NOISE == CERTIFICATE_NOISE == COURSE_TEST_NOISE == 0.6**2
    assert ASSESSED_SCORE_NOISE == 0.8**2


def test_whole_steps_add_a_twelfth_of_their_square() -> None:
    assert round(rounding_noise(1), 3) == 0.083
    assert rounding_noise(2) == 4 / 12


def test_the_examples_in_the_docstrings_hold() -> None:
    assert [doctest.testmod(module).failed for module in (assessment, noise, scale)] == [0, 0, 0]
