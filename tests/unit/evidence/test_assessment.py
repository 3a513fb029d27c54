"""A knowledge test speaks up to the cap and not beyond."""

from __future__ import annotations

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.evidence.domain import (
    EvidenceForm,
    Reading,
    Scale,
    reading_of_score,
    reading_of_test,
)

FIVE = Scale(1, 5)
PASS_AT_CAP = Reading(form=EvidenceForm.PASSED, level=3, noise_variance=0.6**2)


def test_a_score_below_the_cap_is_a_graded_value() -> None:
    graded = Reading(form=EvidenceForm.GRADED, value=2.8, noise_variance=0.8**2)
    assert reading_of_score(2.8, FIVE) == graded


@pytest.mark.parametrize("value", [3.0, 3.4, 5.0])
def test_a_score_at_the_cap_or_above_is_a_pass_at_the_cap(value: float) -> None:
    assert reading_of_score(value, FIVE) == PASS_AT_CAP


def test_a_pass_below_the_cap_speaks_for_its_own_level() -> None:
    assert reading_of_test(True, 2, FIVE).level == 2


def test_a_pass_above_the_cap_speaks_for_the_cap() -> None:
    assert reading_of_test(True, 5, FIVE) == PASS_AT_CAP


def test_a_fail_up_to_the_cap_is_a_fail() -> None:
    fail = Reading(form=EvidenceForm.FAILED, level=3, noise_variance=0.6**2)
    assert reading_of_test(False, 3, FIVE) == fail


def test_a_fail_above_the_cap_moves_nothing() -> None:
    assert reading_of_test(False, 4, FIVE) == Reading(form=EvidenceForm.EXPOSURE)


def test_values_and_levels_off_the_scale_are_refused() -> None:
    with pytest.raises(RuleBroken):
        reading_of_score(5.5, FIVE)
    with pytest.raises(RuleBroken):
        reading_of_test(True, 6, FIVE)
