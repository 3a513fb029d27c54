"""The three moves of a belief: worked numbers, properties, and an integral as judge."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from ldtrack.growth.domain import State, predict, update_graded, update_threshold
from tests.unit.growth.makers import USUAL, day, levels, noises, states

DRIFT = 0.15
EASED = 1 + 1e-12
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("is_pass", "level", "mean", "variance"),
    [
        (True, 2, 3.5208, 0.2368),
        (True, 3, 3.6408, 0.2013),
        (True, 4, 3.8986, 0.1728),
        (False, 3, 3.1014, 0.1728),
        (False, 5, 3.4792, 0.2368),
    ],
)
def test_passes_and_fails_move_a_level_of_3_5_as_worked_out(
    is_pass: bool, level: float, mean: float, variance: float
) -> None:
    after = update_threshold(State(mean=3.5, variance=0.25), is_pass, level, 0.36)
    assert (round(after.mean, 4), round(after.variance, 4)) == (mean, variance)


def test_a_graded_piece_is_a_weighted_average() -> None:
    after = update_graded(State(mean=3.0, variance=1.0), 3.2, 0.25**2 + 0.64 / 6)
    assert (round(after.mean, 5), round(after.variance, 5)) == (3.17106, 0.14469)


def test_silence_keeps_the_mean_and_adds_drift() -> None:
    after = predict(State(mean=3.2, variance=0.1, on=day(0)), day(100), USUAL)
    assert after == State(mean=3.2, variance=0.1 + DRIFT * (100 / 365.25), on=day(100))


def test_a_year_of_silence_adds_a_drift_of_0_39_levels() -> None:
    after = predict(State(mean=3.2, variance=0.0, on=day(0)), day(1461), USUAL)
    assert after.variance == pytest.approx(4 * DRIFT)
    assert round(math.sqrt(DRIFT), 2) == 0.39


def test_a_belief_without_a_day_begins_with_the_first_piece() -> None:
    assert predict(State(mean=3.0, variance=1.0), day(9), USUAL).variance == 1.0


def test_a_belief_cannot_be_carried_backwards() -> None:
    with pytest.raises(ValueError):
        predict(State(mean=3.0, variance=1.0, on=day(1)), day(0), USUAL)


@given(states, levels, noises)
@unhurried
def test_a_pass_never_lowers_and_a_fail_never_raises(
    state: State, level: float, noise: float
) -> None:
    assert update_threshold(state, True, level, noise).mean >= state.mean
    assert update_threshold(state, False, level, noise).mean <= state.mean


@given(states, levels, noises, st.floats(0.01, 3))
@unhurried
def test_an_easy_pass_moves_less_than_a_hard_one(
    state: State, level: float, noise: float, harder: float
) -> None:
    easy = update_threshold(state, True, level, noise)
    hard = update_threshold(state, True, level + harder, noise)
    assert easy.mean <= hard.mean


@given(states, levels, noises, st.booleans())
@unhurried
def test_no_piece_ever_makes_a_belief_less_sure(
    state: State, level: float, noise: float, is_pass: bool
) -> None:
    assert update_graded(state, level, noise).variance <= state.variance * EASED
    assert update_threshold(state, is_pass, level, noise).variance <= state.variance * EASED


@given(states, levels, noises)
@unhurried
def test_a_graded_piece_leaves_the_mean_between_the_belief_and_the_value(
    state: State, value: float, noise: float
) -> None:
    after = update_graded(state, value, noise).mean
    assert min(state.mean, value) - 1e-12 <= after <= max(state.mean, value) + 1e-12


@given(states, levels, noises, levels, noises)
@unhurried
def test_two_graded_pieces_of_one_day_commute(
    state: State, first: float, first_noise: float, second: float, second_noise: float
) -> None:
    one = update_graded(update_graded(state, first, first_noise), second, second_noise)
    other = update_graded(update_graded(state, second, second_noise), first, first_noise)
    assert one.mean == pytest.approx(other.mean, abs=1e-9)
    assert one.variance == pytest.approx(other.variance, rel=1e-9)


@given(levels, levels, st.floats(1e-12, 1e6), st.floats(1e-12, 1e6), st.booleans())
@unhurried
def test_extreme_doubt_and_certainty_give_ordinary_numbers(
    mean: float, level: float, variance: float, noise: float, is_pass: bool
) -> None:
    after = update_threshold(State(mean=mean, variance=variance), is_pass, level, noise)
    assert math.isfinite(after.mean)
    assert 0 < after.variance <= variance * EASED


@pytest.mark.parametrize("is_pass", [True, False])
@pytest.mark.parametrize(
    ("mean", "variance", "level", "noise"), [(3.5, 0.25, 4, 0.36), (2, 0.1, 4, 0.2), (4, 1, 1, 1)]
)
def test_a_pass_or_fail_has_the_mean_and_variance_of_the_exact_belief(
    mean: float, variance: float, level: float, noise: float, is_pass: bool
) -> None:
    sign = 1 if is_pass else -1

    def moment(of: Callable[[float], float]) -> float:
        def density(theta: float) -> float:
            likelihood = stats.norm.cdf(sign * (theta - level) / math.sqrt(noise))
            return float(of(theta) * stats.norm.pdf(theta, mean, math.sqrt(variance)) * likelihood)

        return float(integrate.quad(density, mean - 9, mean + 9, epsabs=1e-13, limit=200)[0])

    total = moment(lambda theta: 1.0)
    exact_mean = moment(lambda theta: theta) / total
    exact_variance = moment(lambda theta: (theta - exact_mean) ** 2) / total
    after = update_threshold(State(mean=mean, variance=variance), is_pass, level, noise)
    assert after.mean == pytest.approx(exact_mean, abs=1e-8)
    assert after.variance == pytest.approx(exact_variance, abs=1e-8)
