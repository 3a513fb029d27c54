"""What a completion says about a level, how long it stands, and how its result reads."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.errors import RuleBroken
from ldtrack.courses.domain import CompletionRow, check_result, reading_of, valid_until
from ldtrack.evidence.domain import EvidenceForm, Reading, Scale

FIVE = Scale(1, 5)


def test_taking_part_moves_nothing() -> None:
    assert reading_of(level=3, scale=FIVE) == Reading(form=EvidenceForm.EXPOSURE)


def test_a_pass_speaks_about_the_level_of_the_course_but_not_beyond_a_knowledge_test() -> None:
    assert reading_of(level=2, scale=FIVE, passed=True).level == 2
    assert reading_of(level=4, scale=FIVE, passed=True).level == 3


def test_a_fail_above_what_a_test_can_show_moves_nothing() -> None:
    assert reading_of(level=4, scale=FIVE, passed=False).form is EvidenceForm.EXPOSURE
    assert reading_of(level=3, scale=FIVE, passed=False).form is EvidenceForm.FAILED


def test_a_low_score_is_a_value_on_the_scale() -> None:
    reading = reading_of(level=3, scale=FIVE, score=40, score_max=100)
    assert (reading.form, reading.value) == (EvidenceForm.GRADED, 1 + 4 * 0.4)


def test_a_high_score_says_only_that_the_level_of_the_course_was_reached() -> None:
    reading = reading_of(level=2, scale=FIVE, score=97, score_max=100)
    assert (reading.form, reading.level) == (EvidenceForm.PASSED, 2)


def test_a_pass_counts_more_than_its_points() -> None:
    reading = reading_of(level=3, scale=FIVE, passed=True, score=1, score_max=10)
    assert (reading.form, reading.level) == (EvidenceForm.PASSED, 3)


@pytest.mark.parametrize(
    ("score", "score_max", "field"),
    [(5, None, "score_max"), (5, 0, "score_max"), (11, 10, "score"), (-1, 10, "score")],
)
def test_a_score_lies_between_nothing_and_all(
    score: float, score_max: float | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_result(score, score_max)
    assert broken.value.field == field


@pytest.mark.parametrize(
    ("completed_on", "months", "until"),
    [
        (date(2026, 1, 15), None, None),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 10, 31), 1, date(2025, 11, 30)),
        (date(2025, 12, 31), 24, date(2027, 12, 31)),
    ],
)
def test_a_completion_stands_for_whole_months(
    completed_on: date, months: int | None, until: date | None
) -> None:
    assert valid_until(completed_on, months) == until


@pytest.mark.parametrize(
    ("score", "passed", "words"),
    [
        (None, None, "Took part"),
        (80.5, None, "Scored 80.5 of 100"),
        (None, False, "Not passed"),
        (97.0, True, "Passed, 97 of 100"),
    ],
)
def test_a_result_reads_in_words(score: float | None, passed: bool | None, words: str) -> None:
    row = CompletionRow(
        id=1,
        course_id=2,
        code="LC-101",
        title="Leading change",
        person_id=3,
        completed_on=date(2026, 1, 15),
        valid_until=None,
        score=score,
        score_max=None if score is None else 100,
        passed=passed,
        source="form",
    )
    assert row.result == words
