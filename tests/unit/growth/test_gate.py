"""What a gate asks for, point by point: the level, how sure it is, and by what it was seen."""

from __future__ import annotations

import pytest

from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import (
    Criterion,
    NotYetAssessed,
    Sureness,
    against,
    fold,
    kinds_criterion,
    level_criterion,
    sureness_criterion,
)
from ldtrack.growth.domain import standing_at as standing
from tests.unit.growth.makers import MIDDLE, USUAL, day, graded

UNKNOWN = NotYetAssessed(on=day(0), n_exposures=0)
LOOSE = standing(fold([graded(1, 0, 4.0)], MIDDLE, USUAL), day(0))
LEVEL = standing(fold([graded(n, 0, 4.0) for n in range(4)], MIDDLE, USUAL), day(0))


@pytest.mark.parametrize(("level", "holds"), [(3, True), (3.5, True), (4, False), (5, False)])
def test_only_a_level_that_is_surely_there_counts(level: float, holds: bool) -> None:
    found = level_criterion(against(LEVEL, level, USUAL), int(level))
    assert found.holds is holds
    assert found.words.startswith("3.9 (3.6 to 4.3) for level ")


def test_what_was_never_assessed_is_not_met() -> None:
    assert level_criterion(UNKNOWN, 3) == Criterion(holds=False, words="not yet assessed")
    assert sureness_criterion(UNKNOWN, Sureness.TENTATIVE) == Criterion(
        holds=False, words="tentative is asked for"
    )


def test_more_certainty_than_asked_for_is_enough_and_less_is_not() -> None:
    sure, loose = against(LEVEL, 3, USUAL), against(LOOSE, 3, USUAL)
    assert sureness_criterion(sure, Sureness.FAIRLY_SURE) == Criterion(
        holds=True, words="well established"
    )
    assert sureness_criterion(loose, Sureness.WELL_ESTABLISHED) == Criterion(
        holds=False, words=f"{_sureness().label}; well established is asked for"
    )


def _sureness() -> Sureness:
    assert not isinstance(LOOSE, NotYetAssessed)
    return LOOSE.sureness


def test_each_kind_of_evidence_is_there_or_not_yet() -> None:
    seen = {SourceKind.MILESTONE}
    assert kinds_criterion(SourceKind.MILESTONE, seen) == Criterion(
        holds=True, words="Coaching milestone is there"
    )
    assert kinds_criterion(SourceKind.FEEDBACK_RELEASE, seen) == Criterion(
        holds=False, words="no 360 feedback yet"
    )
