"""Whom a rule is for: conditions that hold together, and what becomes of those on the pathway."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.pathways.domain import (
    NOT_ASSESSED,
    Candidate,
    Earlier,
    EnrolmentState,
    Gap,
    LevelFact,
    Rule,
    Standing,
    matches,
    points,
    preview,
)

COACHING = 7
SHOWN = LevelFact(standing=Standing.SHOWN, words="3.6, level 3 met")
BELOW = LevelFact(standing=Standing.NOT_SHOWN, words="2.4, level 3 not yet")


def rule(**change: object) -> Rule:
    return Rule(pathway_id=1, **change)  # type: ignore[arg-type]


def candidate(person_id: int = 1, /, **change: object) -> Candidate:
    facts: dict[str, object] = {
        "is_here": True,
        "in_unit": True,
        "unit": "Sales",
        "job_profile": "Buyer",
        "in_cohort": True,
    }
    return Candidate(person_id=person_id, **(facts | change))  # type: ignore[arg-type]


def earlier(person_id: int, state: EnrolmentState, *, brought: bool = True) -> Earlier:
    ended = None if state is EnrolmentState.ACTIVE else date(2026, 10, 1)
    return Earlier(
        enrolment_id=100 + person_id,
        person_id=person_id,
        state=state,
        brought=brought,
        enrolled_on=date(2026, 9, 1),
        ended_on=ended,
    )


def gap(**change: object) -> Rule:
    wanted = (Gap(competency_id=COACHING, level=3, competency="Coaching others"),)
    return rule(gaps=wanted, **change)


def test_a_rule_without_conditions_is_empty() -> None:
    assert rule().is_empty
    assert not rule(unit_id=3).is_empty


def test_a_rule_reads_as_words() -> None:
    written = gap(unit_id=2, unit="Sales", job_profiles=("Buyer", "Planner"), cohort_id=4)
    assert written.words == (
        "in Sales or below",
        "whose job is Buyer or Planner",
        "in the cohort ",
        "who have not shown Coaching others at level 3",
    )


@pytest.mark.parametrize(
    ("asked", "facts", "holds"),
    [
        ({"unit_id": 2}, {"in_unit": False}, False),
        ({"job_profiles": ("Planner",)}, {}, False),
        ({"job_profiles": ("Planner", "Buyer")}, {}, True),
        ({"cohort_id": 4}, {"in_cohort": False}, False),
        ({"unit_id": 2, "job_profiles": ("Buyer",), "cohort_id": 4}, {}, True),
        ({"unit_id": 2, "job_profiles": ("Buyer",)}, {"in_unit": False}, False),
        ({"unit_id": 2}, {"is_here": False}, False),
    ],
)
def test_every_condition_has_to_hold(
    asked: dict[str, object], facts: dict[str, object], holds: bool
) -> None:
    assert matches(points(rule(**asked), candidate(**facts))) is holds


@pytest.mark.parametrize(
    ("fact", "unassessed_too", "holds"),
    [
        (BELOW, False, True),
        (SHOWN, False, False),
        (SHOWN, True, False),
        (NOT_ASSESSED, False, False),
        (NOT_ASSESSED, True, True),
        (None, True, True),
    ],
)
def test_a_level_counts_as_not_shown_where_it_is_known_or_the_rule_says_so(
    fact: LevelFact | None, unassessed_too: bool, holds: bool
) -> None:
    levels = {} if fact is None else {COACHING: fact}
    found = points(gap(unassessed_too=unassessed_too), candidate(), levels)
    assert matches(found) is holds
    assert found[0].words.startswith("Coaching others: ")


def test_people_come_stay_go_or_wait_for_a_person_to_say_yes() -> None:
    everybody = {
        1: candidate(1),
        2: candidate(2),
        3: candidate(3, in_unit=False),
        4: candidate(4),
        5: candidate(5, in_unit=False),
        6: candidate(6, is_here=False),
        7: candidate(7, in_unit=False),
    }
    before = {
        2: earlier(2, EnrolmentState.ACTIVE),
        3: earlier(3, EnrolmentState.ACTIVE),
        4: earlier(4, EnrolmentState.COMPLETED),
        5: earlier(5, EnrolmentState.ACTIVE, brought=False),
        6: earlier(6, EnrolmentState.ACTIVE),
        7: earlier(7, EnrolmentState.LEFT),
    }
    found = preview(rule(unit_id=2), everybody, before, {})
    assert [each.person_id for each in found.come] == [1]
    assert [each.person_id for each in found.go] == [3, 6]
    assert [each.person_id for each in found.again] == [4]
    assert (found.n_stay, found.n_others) == (1, 1)
    assert [point.words for point in found.go[1].points] == ["has left the organisation"]
