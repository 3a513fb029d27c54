"""A level moves to another edition with its doubt; what is still said of the old one follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldtrack.competencies.domain import LevelMap
from ldtrack.growth.domain import State, carried, combined, prior_carried, read_along
from tests.unit.growth.makers import USUAL, day, graded, passed, states

SAME = LevelMap(before_lo=1, before_hi=5, after_lo=1, after_hi=5)
TENFOLD = LevelMap(before_lo=1, before_hi=5, after_lo=0, after_hi=10)


def test_another_edition_keeps_the_level_and_adds_doubt() -> None:
    last = State(mean=3.6, variance=0.1, on=day(3))
    assert carried(last, day(3), SAME, USUAL) == State(mean=3.6, variance=0.1 + 0.25, on=day(3))


def test_silence_counts_until_the_day_of_the_change() -> None:
    last = State(mean=3.6, variance=0.1, on=day(0))
    after = carried(last, day(365), SAME, USUAL)
    assert after.variance == pytest.approx(0.1 + 0.15 * 365 / 365.25 + 0.25)


def test_another_scale_stretches_level_and_doubt_before_any_is_added() -> None:
    after = carried(State(mean=4.0, variance=0.1, on=day(3)), day(3), TENFOLD, USUAL)
    assert after.mean == 10 * 3 / 4
    assert after.variance == pytest.approx(0.1 * 2.5**2 + 0.25)


def test_several_levels_are_joined_by_their_precision() -> None:
    joined = combined(
        [
            State(mean=3.0, variance=0.25, on=day(0)),
            State(mean=4.0, variance=0.75, on=day(0)),
        ]
    )
    assert (joined.mean, joined.variance) == pytest.approx((3.25, 0.1875))


@given(st.lists(states, min_size=1, max_size=5))
def test_the_joined_level_lies_between_and_is_surer_than_each(found: list[State]) -> None:
    joined = combined(found)
    means = [state.mean for state in found]
    assert min(means) - 1e-9 <= joined.mean <= max(means) + 1e-9
    assert joined.variance <= min(state.variance for state in found) + 1e-12
    assert prior_carried(found).is_carried


def test_only_what_was_observed_after_the_day_is_read_along() -> None:
    pieces = [graded(1, 1, 3.0), graded(2, 2, 3.0), passed(3, 3, 4.0, noise=0.36)]
    late = read_along(pieces, day(1), TENFOLD, USUAL)
    assert [(one.entry_id, one.value, one.level) for one in late] == [
        (2, 5.0, None),
        (3, None, 7.5),
    ]
    assert [one.noise_variance for one in late] == pytest.approx(
        [0.25 * 2.5**2 + 0.25, 0.36 * 2.5**2 + 0.25]
    )
