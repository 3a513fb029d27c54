"""One year of one leader, worked out by hand: steps, level, smoothing and ageing."""

from __future__ import annotations

import doctest
import math
from dataclasses import replace
from operator import attrgetter

import pytest

from ldtrack.evidence.domain import (
    COURSE_TEST_NOISE,
    noise_of_coach_ratings,
    noise_of_feedback,
    outcome_noise,
)
from ldtrack.growth.domain import (
    Level,
    Sureness,
    Verdict,
    against,
    ageing,
    fold,
    ledger,
    next_evidence,
    prior,
    smoothed,
    standing_at,
    state,
)
from ldtrack.growth.domain.target import AgainstTarget, chance_of
from tests.unit.growth.makers import USUAL, day, graded, passed, starting

QUARTER = 90
YEAR = 4 * QUARTER
SETTINGS = replace(USUAL, drift_variance_per_year=0.15 * 365.25 / YEAR)
"""The drift that makes four quarters of ninety days add 0.15."""
TRAJECTORY = fold(
    [
        graded(1, 0, 3.2, noise_of_feedback(0.8 / math.sqrt(6))),
        graded(2, QUARTER, 3.5, noise_of_coach_ratings(1)),
        graded(3, 2 * QUARTER, 3.8, outcome_noise(debriefed=True)),
        passed(4, 2 * QUARTER, 3, COURSE_TEST_NOISE),
        graded(5, YEAR, 3.6, noise_of_feedback(0.8 / math.sqrt(8))),
    ],
    starting(3.0, 1.0),
    SETTINGS,
)


def level_after(days: int, band_share: float | None = None) -> Level:
    standing = standing_at(TRAJECTORY, day(days), band_share)
    assert isinstance(standing, Level)
    return standing


@pytest.mark.parametrize(
    ("at", "weight", "mean", "variance", "move"),
    [
        (0, 0.85531, 3.17106, 0.14469, 0.17106),
        (1, 0.42155, 3.30973, 0.10539, 0.13867),
        (2, 0.28413, 3.44903, 0.10229, 0.13930),
        (3, 0.10384, 3.51376, 0.09167, 0.06473),
        (4, 0.53908, 3.56025, 0.07682, 0.04649),
    ],
)
def test_every_step_is_as_worked_out(
    at: int, weight: float, mean: float, variance: float, move: float
) -> None:
    step = TRAJECTORY.steps[at]
    seen = (step.weight, step.after.mean, step.after.variance, step.move)
    assert seen == pytest.approx((weight, mean, variance, move), abs=6e-6)


def test_the_moves_add_up_to_the_level() -> None:
    lines = ledger(TRAJECTORY).lines
    assert 3 + sum(line.move for line in lines) == pytest.approx(level_after(YEAR).mean, abs=1e-9)
    assert sum(line.move for line in lines) == pytest.approx(0.56025, abs=5e-6)


def test_the_level_has_a_band_of_eighty_and_of_ninety_in_a_hundred() -> None:
    usual, review = level_after(YEAR), level_after(YEAR, USUAL.review_band_share)
    assert round(usual.mean, 2) == 3.56
    assert (round(usual.band.low, 2), round(usual.band.high, 2)) == (3.21, 3.92)
    assert (round(review.band.low, 2), round(review.band.high, 2)) == (3.10, 4.02)
    assert usual.sureness is Sureness.FAIRLY_SURE


def test_a_level_of_3_56_is_too_close_to_a_target_of_3_5_to_call() -> None:
    level = level_after(YEAR)
    assert round(chance_of(level, 3.5), 3) == 0.586
    assert round(chance_of(level, 4), 3) == 0.056
    beside = against(level, 3.5, SETTINGS)
    assert isinstance(beside, AgainstTarget)
    assert beside.verdict is Verdict.TOO_CLOSE
    assert beside.gap == pytest.approx(3.5 - 3.56025, abs=5e-6)


def test_half_a_year_of_silence_widens_the_doubt_and_keeps_the_level() -> None:
    later = level_after(YEAR + 2 * QUARTER)
    assert later.mean == level_after(YEAR).mean
    assert (round(level_after(YEAR).sd, 3), round(later.sd, 3)) == (0.277, 0.390)


def test_the_past_is_smoothed_as_worked_out() -> None:
    points = smoothed(TRAJECTORY)
    means = [3.41568, 3.47907, 3.53933, 3.53933, 3.56025]
    variances = [0.06935, 0.06274, 0.06449, 0.06449, 0.07682]
    assert list(map(attrgetter("mean"), points)) == pytest.approx(means, abs=6e-6)
    assert list(map(attrgetter("variance"), points)) == pytest.approx(variances, abs=6e-6)
    assert [point.on for point in points] == [step.on for step in TRAJECTORY.steps]


def test_a_rating_each_quarter_settles_and_loses_half_its_weight_in_0_45_year() -> None:
    settled = ageing(noise_of_coach_ratings(1), 0.25, USUAL)
    assert (round(settled.weight, 4), round(settled.variance, 4)) == (0.3195, 0.0799)
    assert (round(settled.half_life_pieces, 1), round(settled.half_life_years, 2)) == (1.8, 0.45)


def test_ratings_that_keep_coming_reach_the_settled_weight() -> None:
    ratings = [graded(n, n * QUARTER, 3.0) for n in range(40)]
    last = fold(ratings, starting(3.0, 1.0), SETTINGS).steps[-1]
    settled = ageing(0.25, 0.25, USUAL)
    assert last.weight == pytest.approx(settled.weight, abs=1e-9)
    assert last.after.variance == pytest.approx(settled.variance, abs=1e-9)


def test_without_drift_nothing_settles() -> None:
    with pytest.raises(ValueError):
        ageing(0.25, 0.25, replace(USUAL, drift_variance_per_year=0.0))


def test_the_examples_in_the_docstrings_hold() -> None:
    modules = (state, prior, next_evidence)
    assert [doctest.testmod(module).failed for module in modules] == [0, 0, 0]
