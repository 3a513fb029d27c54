"""A report is stored with its words and comes back as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from ldtrack.feedback.domain.comments import Comment
from ldtrack.feedback.domain.insights import insights_of
from ldtrack.feedback.domain.promise import promise
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.domain.release import build_release
from ldtrack.feedback.domain.report import (
    NamedCompetency,
    Report,
    printed_levels,
    report_from_dict,
    report_to_dict,
)
from tests.unit.feedback.makers import form, raters
from tests.unit.feedback.test_launch import CYCLE


def test_a_report_survives_being_stored() -> None:
    release = build_release(
        form(),
        [*raters("self", 1, 5), *raters("peer", 10, 4, 3, 4)],
        3,
        comments=[Comment(rater_key=key, question_id="keep", text="Go on") for key in (10, 11)],
    )
    report = Report(
        cycle="Autumn",
        closed_on=date(2026, 12, 4),
        scale_words=("low", "high"),
        competencies=(NamedCompetency(id=2**59, name="Listening", definition="Hears."),),
        items={2**59 + 1: "Hears people out"},
        questions={"keep": "Keep doing?", "less": "Do less?"},
        release=release,
        insights=insights_of(release),
    )
    stored = json.loads(json.dumps(report_to_dict(report)))
    assert report_from_dict(stored) == report
    assert [block.texts for block in report.blocks_on("keep")] == [("Go on", "Go on")]
    assert report.blocks_on("less") == ()


OLD = json.loads((Path(__file__).parents[2] / "data" / "report_of_version_1.json").read_text())


def test_a_report_of_the_first_version_is_read_as_it_was_shown() -> None:
    report = report_from_dict(OLD)
    (result,) = report.release.competencies
    assert {group.group_key: group.figure.text for group in result.groups} == {
        "manager": "3.0",
        "peer": "3.8",
        "pooled": "2.1",
    }
    assert (result.importance, result.then_figure, report.release.derailers) == (None, None, ())
    assert (report.insights.since, report.insights.norm) == (None, None)
    assert report.insights.lists == insights_of(report.release).lists
    again = {**report_to_dict(report), "insights": None}
    assert report_from_dict(again) == report


def test_what_is_printed_of_others_is_read_without_the_rest() -> None:
    others = report_from_dict(OLD).release.competencies[0].others
    assert others is not None
    assert printed_levels(OLD) == {101: others.figure.value}


def test_the_promise_names_the_readers_and_the_groups_as_planned() -> None:
    settings = promise_settings(CYCLE, "Amara Okafor", {"peer": 4, "manager": 1})
    first, second, _, levels, profile, *_ = promise(settings, "Peers")
    assert first == (
        "Results are read by Amara Okafor, any coach they work with and whoever they share it "
        "with. Nobody sees your own answers."
    )
    assert second == "Answers are shown only together, from at least 3 people."
    assert levels == (
        "Of each competency, HR can also read the leader’s level, and this feedback as one mean."
    )
    assert profile == (
        "If at least 5 leaders have reports, means over these leaders are read by HR, sponsors of "
        "their programme, the leaders themselves and their coaches."
    )
    assert "you are the only one in your group" in promise(settings, "Manager")[0]
