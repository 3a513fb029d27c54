"""Folding a history: order, replay, as-of reading and the awkward cases."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldtrack.evidence.domain import Entry
from ldtrack.growth.domain import Trajectory, advance, extend, fold
from tests.unit.growth.makers import (
    MIDDLE,
    USUAL,
    day,
    exposure,
    failed,
    graded,
    histories,
    levels,
    noises,
    passed,
    starting,
    withdrawn,
)

unhurried = settings(deadline=None)
EMPTY = fold([], MIDDLE, USUAL)


def ids(trajectory: Trajectory) -> list[int]:
    return [step.entry.entry_id for step in trajectory.steps]


def test_an_empty_history_is_the_prior() -> None:
    assert EMPTY.last == MIDDLE.state
    assert [*EMPTY.steps, *EMPTY.exposures, *EMPTY.withdrawn] == []


def test_one_day_takes_graded_pieces_first_then_the_rest_by_id() -> None:
    entries = [failed(1, 5, 4), passed(2, 5, 3), graded(4, 5, 3), graded(3, 5, 2), graded(9, 4, 3)]
    assert ids(fold(entries, MIDDLE, USUAL)) == [9, 3, 4, 1, 2]


def test_exposures_and_withdrawn_lines_are_listed_apart_and_move_nothing() -> None:
    moving = [graded(1, 0, 4)]
    apart = fold([*moving, exposure(3, 8), exposure(2, 2), withdrawn(4, 3)], MIDDLE, USUAL)
    assert apart.steps == fold(moving, MIDDLE, USUAL).steps
    assert [entry.entry_id for entry in apart.exposures] == [2, 3]
    assert [(entry.entry_id, entry.value) for entry in apart.withdrawn] == [(4, None)]


def test_a_withdrawn_piece_leaves_the_level_it_would_have_had_without_it() -> None:
    with_piece = fold([graded(1, 0, 4), graded(2, 9, 2)], MIDDLE, USUAL)
    without = fold([graded(1, 0, 4), withdrawn(2, 9)], MIDDLE, USUAL)
    assert without.last == fold([graded(1, 0, 4)], MIDDLE, USUAL).last
    assert without.last != with_piece.last


def test_pieces_dated_after_the_day_of_reading_are_left_out() -> None:
    entries = [graded(1, 0, 4), graded(2, 9, 2), exposure(3, 9), withdrawn(4, 9)]
    then = fold(entries, MIDDLE, USUAL, as_of=day(8))
    assert then == fold(entries[:1], MIDDLE, USUAL, as_of=day(8))
    assert ids(fold(entries, MIDDLE, USUAL, as_of=day(9))) == [1, 2]
    assert extend(then, graded(5, 9, 3)) is then


def test_two_records_of_one_person_merge_by_folding_all_their_entries() -> None:
    one, other = [graded(1, 0, 4), passed(2, 20, 3)], [graded(3, 10, 2), exposure(4, 12)]
    merged = fold(one, MIDDLE, USUAL)
    for entry in other:
        merged = extend(merged, entry)
    assert merged == fold(one + other, MIDDLE, USUAL)


def test_time_passes_for_a_person_on_leave() -> None:
    step = fold([graded(1, 0, 3), graded(2, 200, 3)], MIDDLE, USUAL).steps[1]
    silence = 0.15 * 200 / 365.25
    assert step.before.variance == pytest.approx(0.2 + silence)
    assert step.weight == pytest.approx((0.2 + silence) / (0.2 + silence + 0.25))


def test_a_starting_point_with_a_day_ages_until_the_first_piece() -> None:
    step = fold([graded(1, 200, 3)], starting(3, 1, day(0)), USUAL).steps[0]
    assert step.before.variance == pytest.approx(1 + 0.15 * 200 / 365.25)


def test_a_starting_point_dated_after_the_first_piece_counts_from_that_piece() -> None:
    late_start = starting(3, 1, day(50))
    history = fold([graded(1, 10, 4), graded(2, 60, 4)], late_start, USUAL)
    assert history.steps[0].before.variance == 1
    assert history.steps == fold([graded(1, 10, 4), graded(2, 60, 4)], MIDDLE, USUAL).steps
    assert extend(fold([graded(2, 60, 4)], late_start, USUAL), graded(1, 10, 4)) == history


@pytest.mark.parametrize(("value", "surprising"), [(3.3, False), (3.4, True), (0.7, False)])
def test_a_value_beyond_three_standard_deviations_is_kept_and_flagged(
    value: float, surprising: bool
) -> None:
    limit = 3 * math.sqrt(0.05 + 0.1425)
    step = fold([graded(1, 0, value, 0.1425)], starting(2.0, 0.05), USUAL).steps[0]
    assert step.surprising is (abs(value - 2.0) > limit) is surprising
    assert step.move == pytest.approx((value - 2.0) * 0.05 / 0.1925)


def test_only_an_unexpected_pass_or_fail_is_surprising() -> None:
    low, high = starting(1.5, 0.02), starting(4.5, 0.02)
    flags = [
        fold([piece], prior, USUAL).steps[0].surprising
        for prior, piece in itertools.product((low, high), (passed(1, 0, 3, 0.1), failed(1, 0, 3)))
    ]
    assert flags == [True, False, False, False]
    assert fold([failed(1, 0, 3, 0.1)], high, USUAL).steps[0].surprising


def test_what_moves_no_level_cannot_be_a_step() -> None:
    with pytest.raises(ValueError):
        advance(MIDDLE.state, exposure(1, 0), USUAL)


def test_a_piece_from_before_the_last_state_is_no_advance() -> None:
    last = fold([graded(1, 9, 3)], MIDDLE, USUAL).last
    with pytest.raises(ValueError):
        advance(last, graded(2, 8, 3), USUAL)


@given(histories(), st.randoms(use_true_random=False))
@unhurried
def test_a_replay_equals_the_stream_in_whatever_order_entries_arrive(
    entries: list[Entry], random: Random
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    stream = EMPTY
    for entry in shuffled:
        stream = extend(stream, entry)
    assert stream == fold(entries, MIDDLE, USUAL) == fold(shuffled, MIDDLE, USUAL)


@given(histories(), levels, noises)
@unhurried
def test_one_later_piece_costs_one_step_and_gives_the_same(
    entries: list[Entry], value: float, noise: float
) -> None:
    later = graded(500, 900, value, noise)
    whole = fold([*entries, later], MIDDLE, USUAL)
    assert whole.steps[-1] == advance(fold(entries, MIDDLE, USUAL).last, later, USUAL)


@given(histories(least=1))
@unhurried
def test_doubt_falls_at_a_piece_and_grows_by_the_drift_in_silence(entries: list[Entry]) -> None:
    steps = fold(entries, MIDDLE, USUAL).steps
    for step in steps:
        assert 0 < step.after.variance <= step.before.variance * (1 + 1e-12)
    for earlier, later in itertools.pairwise(steps):
        silence = 0.15 * (later.on - earlier.on).days / 365.25
        assert later.before.variance == pytest.approx(earlier.after.variance + silence)
        assert later.before.mean == earlier.after.mean


@given(histories(graded_only=True, least=1))
@unhurried
def test_graded_evidence_keeps_the_level_between_the_prior_and_the_data(
    entries: list[Entry],
) -> None:
    values = [3.0, *(entry.value for entry in entries if entry.value is not None)]
    mean = fold(entries, MIDDLE, USUAL).last.mean
    assert min(values) - 1e-9 <= mean <= max(values) + 1e-9


@given(histories(graded_only=True, least=2), st.randoms(use_true_random=False))
@unhurried
def test_graded_pieces_of_one_day_commute(entries: list[Entry], random: Random) -> None:
    numbers = list(range(len(entries)))
    random.shuffle(numbers)
    one_day = [replace(entry, observed_on=day(0)) for entry in entries]
    renumbered = [
        replace(entry, entry_id=number) for entry, number in zip(one_day, numbers, strict=True)
    ]
    first, second = (fold(pieces, MIDDLE, USUAL).last for pieces in (one_day, renumbered))
    assert first.mean == pytest.approx(second.mean, abs=1e-9)
    assert first.variance == pytest.approx(second.variance, rel=1e-9)


@given(histories())
@unhurried
def test_no_history_gives_a_number_that_is_none(entries: list[Entry]) -> None:
    for step in fold(entries, MIDDLE, USUAL).steps:
        assert all(map(math.isfinite, (step.after.mean, step.after.variance, step.weight)))
        assert -1e-12 <= step.weight <= 1
