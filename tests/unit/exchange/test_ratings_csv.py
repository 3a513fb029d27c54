"""Past 360 ratings, gathered by cycle and subject."""

from __future__ import annotations

from pathlib import Path

from ldtrack.exchange.ratings_csv import parse_ratings

DATA = Path(__file__).parents[2] / "data"
HEAD = b"cycle,leader_id,rater_id,rater_group,item_id,competency_id,score,comment\n"


def test_the_answers_of_a_subject_are_gathered_and_not_observed_is_no_zero() -> None:
    ratings, problems = parse_ratings((DATA / "ratings_360.csv").read_bytes())
    assert problems == []
    assert [(one.cycle, one.subject, len(one.answers)) for one in ratings] == [
        ("2026-H1", "E1001", 11 * 5)
    ]
    assert ratings[0].raters == {
        "direct_report": 3,
        "manager": 1,
        "peer": 4,
        "self": 1,
        "stakeholder": 2,
    }
    assert ratings[0].items == {
        "Q1": "team-building",
        "Q2": "team-building",
        "Q3": "developing-others",
        "Q4": "developing-others",
        "Q5": "accountability",
    }
    scores = [answer.score for answer in ratings[0].answers]
    assert scores.count(None) == 6
    assert 0 not in scores


def test_every_bad_row_is_named() -> None:
    raw = HEAD + (
        b"2026,E1,R1,peer,Q1,vision,4,\n"
        b"2026,E1,R1,peer,Q1,vision,5,\n"
        b"2026,E1,R1,manager,Q2,vision,5,\n"
        b"2026,E1,R2,peer,Q1,flexibility,5,\n"
        b"2026,E1,R3,aunt,Q1,vision,5,\n"
        b"2026,E1,R4,peer,Q1,vision,4.5,\n"
        b"2026,E1,R5,peer,Q1,vision,0,\n"
        b"2026,E1,R6,peer,Q1,vision,many,\n"
        b",E1,R7,peer,Q1,vision,4,\n"
    )
    ratings, problems = parse_ratings(raw)
    assert [len(one.answers) for one in ratings] == [1]
    assert [str(problem) for problem in problems] == [
        "Line 3, item_id: This rater answered it on line 2 already.",
        "Line 4, rater_group: This rater is in the group peer further up.",
        "Line 5, competency_id: This item is about vision further up.",
        "Line 6, rater_group: “aunt” is not self, manager, peer, direct_report or stakeholder.",
        "Line 7, score: Give a whole number from 1 to 10, or N/A.",
        "Line 8, score: Give a whole number from 1 to 10, or N/A.",
        "Line 9, score: “many” is not a number.",
        "Line 10, cycle: There is no cycle.",
    ]


def test_two_subjects_and_cycles_are_kept_apart_and_groups_are_known_by_their_usual_names() -> None:
    raw = HEAD + (
        b"2025,E1,R1,Direct Reports,Q1,vision,4,Good\n"
        b"2026,E1,R1,Peers,Q1,vision,4,\n"
        b"2026,E2,R1,self,Q1,vision,N/A,\n"
    )
    ratings, problems = parse_ratings(raw)
    assert problems == []
    assert [(one.cycle, one.subject, one.raters) for one in ratings] == [
        ("2025", "E1", {"direct_report": 1}),
        ("2026", "E1", {"peer": 1}),
        ("2026", "E2", {"self": 1}),
    ]


def test_missing_columns_are_named() -> None:
    _, problems = parse_ratings(
        b"cycle,leader_id,rater_id,item_id,competency_id,score\n1,2,3,4,5,6\n"
    )
    assert [str(problem) for problem in problems] == [
        "Line 1, rater_group: This column is missing."
    ]
