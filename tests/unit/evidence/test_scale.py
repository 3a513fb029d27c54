"""Scales: what lies on them and how other scores come onto them."""

from __future__ import annotations

import math

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain import Scale

FIVE = Scale(1, 5)


@pytest.mark.parametrize("value", [1, 2.5, 5])
def test_a_value_on_the_scale_is_taken_as_it_is(value: float) -> None:
    assert FIVE.check("value", value) == value


@pytest.mark.parametrize("value", [0.99, 5.01, math.nan, math.inf])
def test_a_value_off_the_scale_is_refused_and_not_clipped(value: float) -> None:
    with pytest.raises(RuleBroken, match="from 1 to 5") as caught:
        FIVE.check("value", value)
    assert caught.value.field == "value"


def test_showing_clips_to_the_ends() -> None:
    assert [FIVE.clipped(value) for value in (0.4, 3.3, 5.2)] == [1.0, 3.3, 5.0]


def test_a_scale_knows_its_levels_and_its_middle() -> None:
    assert Scale(0, 10, 5).levels == (0, 5, 10)
    assert Scale(1, 4).midpoint == 2.5


def test_a_score_is_stretched_straight_onto_the_scale() -> None:
    assert FIVE.rescaled(75, lowest=0, highest=100) == 1 + 4 * 75 / 100
    assert FIVE.rescaled(4, lowest=1, highest=7) == 1 + 4 * 3 / 6


@pytest.mark.parametrize("score", [-1, 101, math.nan])
def test_a_score_outside_its_own_marks_is_refused(score: float) -> None:
    with pytest.raises(RuleBroken) as caught:
        FIVE.rescaled(score, lowest=0, highest=100)
    assert caught.value.field == "score"


def test_marks_that_do_not_rise_are_refused() -> None:
    with pytest.raises(RuleBroken):
        FIVE.rescaled(1, lowest=1, highest=1)


@pytest.mark.parametrize(("lo", "hi", "step"), [(5, 5, 1), (1, 5, 0), (1, 5, 3)])
def test_a_scale_that_leads_nowhere_is_refused(lo: int, hi: int, step: int) -> None:
    with pytest.raises(RuleBroken):
        Scale(lo, hi, step)
