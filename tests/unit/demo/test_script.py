"""The files that describe the organisations name only what is there."""

from __future__ import annotations

import pytest

from ldtrack.demo.loader import ORGANISATIONS
from ldtrack.demo.script import Programme, Script, script_named, words
from ldtrack.exchange.framework_file import parse_framework
from ldtrack.exchange.shipped import shipped_file

SCRIPTS = [script_named(name) for name in ORGANISATIONS]
PROGRAMMES = [(script, programme) for script in SCRIPTS for programme in script.programmes]
_NAMES = [programme.title for _, programme in PROGRAMMES]


@pytest.mark.parametrize(("script", "programme"), PROGRAMMES, ids=_NAMES)
def test_targets_gates_and_steps_speak_of_competencies_and_levels_of_the_framework(
    script: Script, programme: Programme
) -> None:
    framework, problems = parse_framework(shipped_file(programme.framework))
    assert (framework is not None, problems) == (True, [])
    assert framework is not None
    keys = {competency.key for competency in framework.competencies}
    levels = {level.value for level in framework.levels}
    asked = [
        *programme.targets.items(),
        *(pair for stage in programme.stages for pair in stage.gates.items()),
        *(
            (step.competency, step.level)
            for stage in programme.stages
            for step in stage.steps
            if step.competency
        ),
        *(
            pair
            for course in script.courses
            for pair in course.develops.get(programme.key, {}).items()
        ),
        *(
            pair
            for posting in script.postings
            if posting.programme == programme.key
            for pair in posting.develops.items()
        ),
    ]
    assert [one for one in asked if one[0] not in keys] == []
    assert [one for one in asked if one[1] is not None and one[1] not in levels] == []


@pytest.mark.parametrize(("script", "programme"), PROGRAMMES, ids=_NAMES)
def test_what_is_rated_and_judged_has_a_true_level(script: Script, programme: Programme) -> None:
    judged = {
        step.competency for stage in programme.stages for step in stage.steps if step.competency
    }
    judged |= {key for course in script.courses for key in course.develops.get(programme.key, {})}
    judged |= {
        key
        for posting in script.postings
        if posting.programme == programme.key
        for key in posting.develops
    }
    assert judged <= set(programme.targets)


@pytest.mark.parametrize(("script", "programme"), PROGRAMMES, ids=_NAMES)
def test_steps_name_courses_of_the_catalogue_and_earlier_steps(
    script: Script, programme: Programme
) -> None:
    steps = [step for stage in programme.stages for step in stage.steps]
    assert {step.course for step in steps} - {""} <= {course.code for course in script.courses}
    for place, step in enumerate(steps):
        assert set(step.requires) <= {earlier.title for earlier in steps[:place]}


def test_every_competency_that_is_coached_has_milestones_to_agree_on() -> None:
    titles = words("coaching")["milestones"]
    asked = {key for _, programme in PROGRAMMES for key in programme.targets}
    assert sorted(asked - set(titles)) == []


def test_there_are_enough_sentences_that_no_page_repeats_itself() -> None:
    said = words("coaching")
    assert len(said["talks"]) * len(said["takeaways"]) > 500
    comments = [
        sentence
        for question in ("keep", "more", "less")
        for voice in words("feedback")[question].values()
        for sentence in voice
    ]
    assert len(comments) == len(set(comments)) > 50


def test_the_larger_organisation_grows_with_the_scale() -> None:
    script = script_named("meridian")
    assert (script.size(10).leaders, script.size(10).staff) == (10 * 12, 10 * 39)
