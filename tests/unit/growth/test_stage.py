"""The share of a stage's gates that evidence shows to be met."""

from __future__ import annotations

from ldtrack.growth.domain import NoGates, NotYetAssessed, ShownShare, against, fold, shown_share
from ldtrack.growth.domain import standing_at as standing
from tests.unit.growth.makers import MIDDLE, USUAL, day, graded

UNKNOWN = NotYetAssessed(on=day(0), n_exposures=0)
LEVEL = standing(fold([graded(n, 0, 4.0) for n in range(4)], MIDDLE, USUAL), day(0))


def test_only_gates_that_are_surely_met_count() -> None:
    gates = [against(LEVEL, target, USUAL) for target in (3, 3.5, 4, 5)]
    shown = shown_share([*gates, UNKNOWN])
    assert shown == ShownShare(n_met=2, n_gates=5)
    assert shown.share == 2 / 5


def test_a_stage_without_gates_has_no_share() -> None:
    assert shown_share([]) == NoGates()


def test_gates_that_were_never_assessed_are_not_met() -> None:
    assert shown_share([UNKNOWN]) == ShownShare(n_met=0, n_gates=1)
