"""What a person has behind them fulfils steps, and each experience counts once."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.pathways.domain import (
    FinishedPlacement,
    Lived,
    MetMilestone,
    Step,
    StepKind,
    fulfilled,
)
from tests.unit.pathways.makers import BEGAN, step

BEFORE, AFTER, LATER = date(2025, 6, 1), date(2026, 2, 10), date(2026, 5, 20)


def milestone(number: int, **rest: object) -> Step:
    asks: dict[str, object] = {"competency_id": 5, "level": 3, **rest}
    return step(number, "", kind=StepKind.MILESTONE, **asks)


def placement(number: int, posting_id: int, ended_on: date, *develops: int) -> FinishedPlacement:
    return FinishedPlacement(
        id=number, posting_id=posting_id, competency_ids=frozenset(develops), ended_on=ended_on
    )


def test_a_course_counts_even_if_it_was_completed_before_enrolment() -> None:
    steps = [step(1, kind=StepKind.COURSE, course_id=7), step(2, kind=StepKind.COURSE, course_id=8)]
    assert fulfilled(steps, BEGAN, Lived(courses={7: BEFORE})) == {1: BEFORE}


def test_milestones_and_reflections_count_for_the_step_that_they_name() -> None:
    steps = [milestone(1, level=3), step(2), step(3)]
    met = tuple(
        MetMilestone(lineage=line, competency_id=5, level=3, met_on=AFTER) for line in (1, 2)
    )
    lived = Lived(milestones=met, reflections={3: LATER, 1: LATER})
    assert fulfilled(steps, BEGAN, lived) == {1: AFTER, 3: LATER}


@pytest.mark.parametrize(
    ("asked", "done"), [({"level": 3}, True), ({"level": 2}, True), ({"level": 4}, False)]
)
def test_a_milestone_of_an_earlier_version_counts_unless_a_higher_level_is_asked_now(
    asked: dict[str, int], done: bool
) -> None:
    met = MetMilestone(lineage=1, competency_id=5, level=3, met_on=AFTER)
    asks_now = milestone(9, lineage=1, **asked)
    assert (fulfilled([asks_now], BEGAN, Lived(milestones=(met,))) == {9: AFTER}) is done
    elsewhere = milestone(9, lineage=1, competency_id=6)
    assert fulfilled([elsewhere], BEGAN, Lived(milestones=(met,))) == {}


def test_two_360_steps_want_two_reports_released_since_enrolment() -> None:
    steps = [step(1, kind=StepKind.FEEDBACK), step(2, kind=StepKind.FEEDBACK)]
    assert fulfilled(steps, BEGAN, Lived(releases=(BEFORE,))) == {}
    assert fulfilled(steps, BEGAN, Lived(releases=(BEFORE, AFTER))) == {1: AFTER}
    assert fulfilled(steps, BEGAN, Lived(releases=(LATER, AFTER))) == {1: AFTER, 2: LATER}


def test_a_report_released_on_the_day_of_enrolment_counts() -> None:
    steps = [step(1, kind=StepKind.FEEDBACK)]
    assert fulfilled(steps, BEGAN, Lived(releases=(BEGAN,))) == {1: BEGAN}


def test_any_placement_since_enrolment_that_develops_the_competency_fulfils_an_assignment() -> None:
    steps = [step(1, kind=StepKind.ASSIGNMENT, competency_id=5)]
    old, other, good = (
        placement(1, 11, BEFORE, 5),
        placement(2, 12, AFTER, 6),
        placement(3, 13, LATER, 5, 6),
    )
    assert fulfilled(steps, BEGAN, Lived(placements=(old, other))) == {}
    assert fulfilled(steps, BEGAN, Lived(placements=(old, other, good))) == {1: LATER}


def test_one_placement_fulfils_one_step_and_a_named_posting_chooses_first() -> None:
    steps = [
        step(1, kind=StepKind.ASSIGNMENT, competency_id=5),
        step(2, kind=StepKind.ASSIGNMENT, competency_id=5, posting_id=11),
    ]
    lived = Lived(placements=(placement(1, 11, AFTER, 5),))
    assert fulfilled(steps, BEGAN, lived) == {2: AFTER}


def test_a_named_posting_counts_whenever_it_was_done_and_no_other_does() -> None:
    steps = [step(1, kind=StepKind.ASSIGNMENT, posting_id=11)]
    assert fulfilled(steps, BEGAN, Lived(placements=(placement(1, 11, BEFORE),))) == {1: BEFORE}
    assert fulfilled(steps, BEGAN, Lived(placements=(placement(1, 12, AFTER),))) == {}
