"""Completions as Moodle, Totara and we ourselves write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ldtrack.exchange.completions_csv import CompletionFile, CompletionLine, parse_completions
from ldtrack.exchange.long_days import long_day

DATA = Path(__file__).parents[2] / "data"


def test_a_moodle_completion_report_is_known_by_its_columns() -> None:
    found = parse_completions((DATA / "moodle_completion_report.csv").read_bytes())
    assert (found.kind, found.problems, found.skipped) == (CompletionFile.MOODLE_REPORT, [], 2)
    assert [(row.name, row.completed_on) for row in found.rows] == [
        ("Amara Okafor", date(2026, 1, 15)),
        ("Chloé Martin", date(2026, 1, 16)),
        ("Eoin O'Neill", date(2026, 1, 20)),
        ("Fatima Al-Sayed", date(2026, 1, 21)),
    ]
    assert found.rows[0].courses == ("Leading Change 101",)
    assert found.rows[0].score is None
    assert found.notes == ["2 people are not done yet and left out."]


def test_a_moodle_gradebook_gives_scores_out_of_an_assumed_hundred() -> None:
    found = parse_completions((DATA / "moodle_gradebook_export.csv").read_bytes())
    assert found.kind is CompletionFile.MOODLE_GRADES
    assert found.lacks_course
    assert [(row.external_id, row.name, row.score, row.score_max) for row in found.rows] == [
        ("E1001", "Amara Okafor", 80.5, 100),
        ("E1003", "Chloé Martin", 97, 100),
        ("E1005", "Eoin O'Neill", 72.25, 100),
    ]
    assert found.rows[0].completed_on == date(2026, 1, 1)
    assert [str(problem) for problem in found.problems] == [
        "Line 7, Course total (Real): 101.5 is more than the 100 points there are."
    ]
    assert found.notes == [
        "The file does not say what the best score is; 100 is assumed.",
        "The file gives no day of completion; the day of the download is taken.",
        "2 people are not done yet and left out.",
    ]


def test_a_totara_upload_names_wrong_impossible_and_missing_dates() -> None:
    found = parse_completions((DATA / "totara_course_completion_upload.csv").read_bytes())
    assert found.kind is CompletionFile.TOTARA
    assert found.rows == [
        CompletionLine(
            line=2,
            completed_on=date(2026, 1, 15),
            external_id="E1001",
            courses=("LC-101", "LC101"),
            score=80.5,
            score_max=100,
        ),
        CompletionLine(
            line=3,
            completed_on=date(2026, 1, 16),
            external_id="E1002",
            courses=("LC-101", "LC101"),
        ),
        CompletionLine(
            line=6,
            completed_on=date(2026, 1, 20),
            external_id="E1005",
            courses=("LC-101", "LC101"),
            score=72.25,
            score_max=100,
        ),
    ]
    assert [str(problem) for problem in found.problems] == [
        "Line 4, completiondate: “15/01/2026” is not a day written as year-month-day (2026-01-15).",
        "Line 5, completiondate: There is no day 2026-02-30.",
        "Line 7, grade: 101.5 is more than the 100 points there are.",
        "Line 7, completiondate: There is no completion date.",
    ]


def test_our_own_columns_carry_scores_and_passes() -> None:
    raw = (
        b"external_id;course_code;completed_on;score;score_max;passed\n"
        b"E1;LC-101;2026-01-15;7,5;10;\n"
        b"E2;LC-101;2026-01-15;;;yes\n"
        b"E3;LC-101;2026-01-15;;;no\n"
        b"E4;LC-101;2026-01-15;5;;\n"
        b"E5;;2026-01-15;;;\n"
    )
    found = parse_completions(raw)
    assert [(row.score, row.score_max, row.passed) for row in found.rows] == [
        (7.5, 10, None),
        (None, None, True),
        (None, None, False),
    ]
    assert [str(problem) for problem in found.problems] == [
        "Line 5, score_max: Say how many points there were to get.",
        "Line 6, course_code: There is no course.",
    ]


def test_other_columns_are_refused_in_a_sentence() -> None:
    found = parse_completions(b"colour,shape\nred,round\n")
    assert (found.rows, len(found.problems)) == ([], 1)
    assert "These columns belong to no file of completions" in str(found.problems[0])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Thursday, 15 January 2026, 4:10 PM", date(2026, 1, 15)),
        ("15 January 2026", date(2026, 1, 15)),
        ("Sunday, 29 February 2032, 12:00 AM", date(2032, 2, 29)),
        ("2026-01-15 16:10", date(2026, 1, 15)),
    ],
)
def test_a_day_in_words_is_read(cell: str, day: date) -> None:
    assert long_day(cell) == day


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("Friday, 15 January 2026, 4:10 PM", "15 January 2026 was a Thursday."),
        ("Thursday, 30 February 2026, 4:10 PM", "There is no day 2026-02-30."),
        ("jeudi 15 janvier 2026", "“jeudi 15 janvier 2026” is not a day such as 15 January 2026."),
        ("15 January 0001", "The year 1 cannot be right."),
        ("2026-13-01", "There is no day 2026-13-01."),
    ],
)
def test_a_day_that_cannot_be_is_refused(cell: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        long_day(cell)
    assert str(refused.value) == sentence
