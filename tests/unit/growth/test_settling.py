"""What would settle a level most, and which whole levels lie around it."""

from __future__ import annotations

import pytest

from ldtrack.core.distributions import normal_quantile
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import (
    NotYetAssessed,
    Rungs,
    fold,
    predict,
    rungs,
    settling,
    standing_at,
)
from tests.unit.growth.makers import FIVE, MIDDLE, USUAL, day, graded

PIECES = [graded(1, 0, 3.5), graded(2, 90, 3.6)]


def test_the_reach_is_that_of_the_usual_band_before_and_after() -> None:
    trajectory = fold(PIECES, MIDDLE, USUAL, day(200))
    variance = predict(trajectory.last, day(200), USUAL).variance
    z = normal_quantile(0.9)
    found = {each.source_kind: each for each in settling(trajectory, day(200), 4)}
    outcome = found[SourceKind.ASSIGNMENT_OUTCOME]
    assert outcome.reach_now == pytest.approx(z * variance**0.5)
    assert outcome.reach_then == pytest.approx(z * (variance * 0.36 / (variance + 0.36)) ** 0.5)


def test_a_360_tells_most_and_everything_tells_something() -> None:
    found = settling(fold(PIECES, MIDDLE, USUAL, day(200)), day(200), 4)
    assert found[0].source_kind is SourceKind.FEEDBACK_RELEASE
    assert [each.reach_then < each.reach_now for each in found] == [True] * 4


def test_a_test_is_never_pitched_beyond_what_it_can_show() -> None:
    found = settling(fold((), MIDDLE, USUAL, day(0)), day(0), 5)
    pitched = {each.source_kind: each.level for each in found}
    assert pitched[SourceKind.COURSE_ASSESSMENT] == 3.0
    assert pitched[SourceKind.MILESTONE] == 5


def test_the_reached_level_is_the_highest_that_is_likelier_than_not() -> None:
    standing = standing_at(fold(PIECES, MIDDLE, USUAL), day(90))
    assert rungs(standing, FIVE) == Rungs(reached=3, following=4)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.2, Rungs(reached=None, following=1)), (6.5, Rungs(reached=5, following=None))],
)
def test_an_estimate_off_the_scale_stays_at_its_end(value: float, expected: Rungs) -> None:
    # A belief may leave the scale although no piece of evidence can.
    trajectory = fold([graded(1, 0, value, 0.001)], MIDDLE, USUAL)
    assert rungs(standing_at(trajectory, day(0)), FIVE) == expected


def test_before_any_evidence_the_first_level_follows() -> None:
    assert rungs(NotYetAssessed(on=day(0), n_exposures=1), FIVE) == Rungs(reached=None, following=1)


def test_silence_widens_the_reach_now() -> None:
    early, late = (
        settling(fold(PIECES, MIDDLE, USUAL, on), on, 4)[0].reach_now for on in (day(90), day(400))
    )
    assert late > early
