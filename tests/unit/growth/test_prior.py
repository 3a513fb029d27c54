"""Where a trajectory starts, and how a level moves to a new edition or scale."""

from __future__ import annotations

import pytest

from ldtrack.growth.domain import (
    PriorOrigin,
    State,
    prior_of_role,
    prior_of_scale,
)
from tests.unit.growth.makers import FIVE, USUAL, day


def test_a_trajectory_starts_in_the_middle_of_the_scale() -> None:
    prior = prior_of_scale(FIVE, USUAL)
    assert prior.state == State(mean=3.0, variance=1.0, on=None)
    assert (prior.origin, prior.is_carried) == (PriorOrigin.SCALE, False)


def test_ten_people_in_the_role_lend_their_average() -> None:
    prior = prior_of_role([2.0, 4.0] * 5, FIVE, USUAL, on=day(0))
    assert prior.origin is PriorOrigin.ROLE
    assert prior.state.mean == 3.0
    assert prior.state.variance == pytest.approx(10 * 1.0 / 9 + 0.25)
    assert prior.state.on == day(0)


@pytest.mark.parametrize("people", [0, 1, 9])
def test_fewer_people_lend_nothing(people: int) -> None:
    assert prior_of_role([4.0] * people, FIVE, USUAL) == prior_of_scale(FIVE, USUAL)


def test_ten_equal_people_still_leave_doubt() -> None:
    assert prior_of_role([4.0] * 10, FIVE, USUAL).state.variance == 0.25


def test_every_origin_has_its_own_words() -> None:
    assert len({origin.label for origin in PriorOrigin}) == len(PriorOrigin)
