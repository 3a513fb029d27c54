"""Which evidence would tell most next."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ldtrack.core.distributions import cdf
from ldtrack.evidence.domain import MILESTONE_NOISE, SourceKind, noise_of_feedback, outcome_noise
from ldtrack.growth.domain import (
    Candidate,
    State,
    expected_fall,
    most_telling,
    update_graded,
    update_threshold,
)
from tests.unit.growth.makers import levels, noises, states

CYCLE = Candidate(
    source_kind=SourceKind.FEEDBACK_RELEASE, noise_variance=noise_of_feedback(0.8 / 8**0.5)
)
OUTCOME = Candidate(source_kind=SourceKind.ASSIGNMENT_OUTCOME, noise_variance=outcome_noise(True))
NEAR = Candidate(source_kind=SourceKind.MILESTONE, noise_variance=MILESTONE_NOISE, level=3)
FAR = Candidate(source_kind=SourceKind.MILESTONE, noise_variance=MILESTONE_NOISE, level=5)


def test_a_graded_piece_promises_a_known_fall() -> None:
    now = State(mean=3.0, variance=0.25)
    assert expected_fall(now, OUTCOME) == pytest.approx(0.25 - 0.25 * 0.36 / (0.25 + 0.36))


@given(states, levels, noises)
@settings(deadline=None)
def test_the_fall_is_the_one_that_the_piece_would_bring(
    state: State, level: float, noise: float
) -> None:
    chance = cdf((state.mean - level) / (state.variance + noise) ** 0.5)
    expected = sum(
        weight * (state.variance - update_threshold(state, is_pass, level, noise).variance)
        for is_pass, weight in ((True, chance), (False, 1 - chance))
    )
    trial = Candidate(source_kind=SourceKind.MILESTONE, noise_variance=noise, level=level)
    assert expected_fall(state, trial) == pytest.approx(expected, abs=1e-9)
    rating = Candidate(source_kind=SourceKind.COACH_RATING, noise_variance=noise)
    brought = state.variance - update_graded(state, level, noise).variance
    assert expected_fall(state, rating) == pytest.approx(brought, abs=1e-9)


def test_the_most_telling_comes_first_and_what_is_out_of_reach_tells_least() -> None:
    promises = most_telling(State(mean=3.0, variance=0.25), [FAR, NEAR, OUTCOME, CYCLE])
    assert [promise.candidate for promise in promises] == [CYCLE, OUTCOME, NEAR, FAR]


def test_ties_keep_the_order_in_which_they_came() -> None:
    coach = Candidate(source_kind=SourceKind.COACH_RATING, noise_variance=0.36)
    promises = most_telling(State(mean=3.0, variance=0.25), [coach, OUTCOME])
    assert [promise.candidate for promise in promises] == [coach, OUTCOME]


def test_without_candidates_there_is_nothing_to_promise() -> None:
    assert most_telling(State(mean=3.0, variance=0.25), []) == ()
