"""A file of ratings as such tools export them, read and released."""

from __future__ import annotations

import csv
from pathlib import Path

from ldtrack.feedback.domain.answers import Answer, CompetencyItems, Questionnaire, RaterAnswers
from ldtrack.feedback.domain.release import build_release
from tests.unit.feedback.makers import MANAGER, PEERS, REPORTS, SELF, STAKEHOLDERS

SAMPLE = Path(__file__).parents[2] / "data" / "ratings_360.csv"
GROUPS = (SELF, MANAGER, PEERS, REPORTS, STAKEHOLDERS)
KEYS = {"direct_report": "direct"}


def read() -> tuple[Questionnaire, list[RaterAnswers]]:
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    competencies = {
        name: tuple(dict.fromkeys(r["item_id"] for r in rows if r["competency_id"] == name))
        for name in dict.fromkeys(r["competency_id"] for r in rows)
    }
    people = [
        RaterAnswers(
            rater_key=int(rater.removeprefix("R")),
            group_key=KEYS.get(group, group),
            answers=tuple(
                Answer(
                    item_id=r["item_id"],
                    score=int(r["score"]) if r["score"].isdigit() else None,
                    not_observed=r["score"] == "N/A",
                )
                for r in rows
                if r["rater_id"] == rater
            ),
        )
        for rater, group in dict.fromkeys((r["rater_id"], r["rater_group"]) for r in rows)
    ]
    questionnaire = Questionnaire(
        groups=GROUPS,
        competencies=tuple(
            CompetencyItems(competency_id=name, item_ids=items)
            for name, items in competencies.items()
        ),
    )
    return questionnaire, people


def test_two_stakeholders_are_pooled_with_the_smaller_group() -> None:
    release = build_release(*read(), 3)
    assert [(g.name, g.count.words) for g in release.groups] == [
        ("Self", "1"),
        ("Manager", "1"),
        ("Peers", "3 or more"),
        ("Direct reports and Stakeholders", "5"),
    ]


def test_the_means_of_the_sample() -> None:
    team, developing, accountability = build_release(*read(), 3).competencies
    assert [team.competency_id, developing.competency_id, accountability.competency_id] == [
        "team-building",
        "developing-others",
        "accountability",
    ]
    shown = {
        result.competency_id: [group.figure.text for group in result.groups]
        for result in (team, developing, accountability)
    }
    assert shown == {
        # Peers: (4 + 4 + 3 + 3.5) / 4; the pool: (4 + 3 + 4.5 + 2.5 + 3) / 5.
        "team-building": ["3.5", "3.6", "3.4"],
        # Peers: (3.5 + 3.5 + 4 + 3.5) / 4; the pool: (4 + 5 + 3.5 + 3 + 3) / 5.
        "developing-others": ["4.0", "3.6", "3.7"],
        # Peers: (3 + 3 + 5 + 4) / 4; the pool without one N/A: (4 + 3 + 4 + 3) / 4.
        "accountability": ["2.0", "3.8", "3.5"],
    }


def test_the_item_that_half_of_the_pool_could_not_observe_is_hidden() -> None:
    developing = build_release(*read(), 3).competencies[1]
    (third, fourth) = developing.items
    assert [group.figure.value is None for group in third.groups] == [False, False, True]
    assert fourth.item_id == "Q4"
