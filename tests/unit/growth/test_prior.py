"""Where a trajectory starts, and how a level moves to a new edition or scale."""

from __future__ import annotations

import pytest

from ldtrack.evidence.domain import Scale
from ldtrack.growth.domain import (
    PriorOrigin,
    State,
    prior_from_version,
    prior_of_role,
    prior_of_scale,
    prior_rescaled,
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


def test_a_new_edition_keeps_the_level_and_adds_doubt() -> None:
    prior = prior_from_version(State(mean=3.6, variance=0.1, on=day(3)), USUAL)
    assert prior.state == State(mean=3.6, variance=0.1 + 0.25, on=day(3))
    assert prior.is_carried


def test_another_scale_stretches_level_and_doubt() -> None:
    prior = prior_rescaled(State(mean=4.0, variance=0.1, on=day(3)), FIVE, Scale(0, 10))
    assert prior.state.mean == 10 * 3 / 4
    assert prior.state.variance == pytest.approx(0.1 * 2.5**2)
    assert prior.is_carried


def test_every_origin_has_its_own_words() -> None:
    assert len({origin.label for origin in PriorOrigin}) == len(PriorOrigin)
