"""The catalogue, dated runs of courses, and who completed what with which result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from random import Random
from statistics import fmean

from ldtrack.courses.service import (
    AddCourse,
    AddOffering,
    RecordCompletion,
    add_course,
    add_offering,
    record_completion,
)
from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, ScriptedCourse
from ldtrack.demo.sightings import TEST_SD, points_for
from ldtrack.exchange.completions_import import import_file

_SAMPLES = ("moodle_completion_report.csv", "totara_course_completion_upload.csv")
_SAMPLES_KNOWN_ON = date(2026, 1, 23)
"""The day after the last completion in the sample files."""


def offer(scene: Scene) -> None:
    """Fill the catalogue, and let people complete what belongs to their programme."""
    for course in scene.script.courses:
        _add(scene, course)
        if course.assessed == "imported":
            day = max(_SAMPLES_KNOWN_ON, scene.start + timedelta(days=1))
            scene.agenda.at(datetime.combine(day, time(7), UTC), _import_samples(scene))
    for place, leader, programme in scene.leaders():
        for course in scene.script.courses:
            wanted = not course.develops or programme.key in course.develops
            if wanted and course.assessed != "imported":
                _sign_up(scene, course, programme, leader, scene.begins_on(place))


def _add(scene: Scene, course: ScriptedCourse) -> None:
    course_id = add_course(
        scene.session,
        scene.hr,
        AddCourse(
            code=course.code,
            title=course.title,
            provider=course.provider,
            mode=course.mode,
            hours=course.hours,
            valid_months=course.valid_months,
            owner_id=scene.person[scene.cast.hr.external_id],
            description=course.description,
            develops=tuple(
                (scene.settings[programme].competency[key], level)
                for programme, levels in course.develops.items()
                for key, level in levels.items()
            ),
        ),
        now=scene.founded_at,
    )
    scene.course[course.code] = course_id
    random = scene.chance("offerings", course.code)
    for before in (270, 90, -random.randint(20, 70)):
        starts_on = scene.today - timedelta(days=before + random.randint(0, 30))
        add_offering(
            scene.session,
            scene.hr,
            course_id,
            AddOffering(
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=int(course.hours // 8)),
                place=course.place,
            ),
            now=scene.founded_at,
        )


def _sign_up(
    scene: Scene, course: ScriptedCourse, programme: Programme, leader: Player, begins_on: date
) -> None:
    random = scene.chance("completion", course.code, leader.external_id)
    # Whom visitors meet first leaves nothing out.
    if random.random() < 0.12 and leader is not scene.cast.leaders[0]:
        return
    day = begins_on + timedelta(days=course.after_days + random.randint(-12, 45))
    scene.agenda.at(office_hours(random, day), _complete(scene, course, programme, leader, random))


def _complete(
    scene: Scene, course: ScriptedCourse, programme: Programme, leader: Player, random: Random
) -> Act:
    def complete(now: datetime) -> None:
        score, passed = _result(scene, course, programme, leader, random, now.date())
        record_completion(
            scene.session,
            scene.hr,
            RecordCompletion(
                course_id=scene.course[course.code],
                person_id=scene.person[leader.external_id],
                completed_on=now.date(),
                score=score,
                score_max=None if score is None else 100.0,
                passed=passed,
            ),
            now=now,
        )

    return complete


def _result(
    scene: Scene,
    course: ScriptedCourse,
    programme: Programme,
    leader: Player,
    random: Random,
    day: date,
) -> tuple[float | None, bool | None]:
    """The score and whether it was passed; a course speaks of all it develops with one result."""
    if course.assessed == "none":
        return None, None
    pitched = course.develops[programme.key]
    level = fmean(scene.level(leader, key, day) for key in pitched)
    if course.assessed == "score":
        setting = scene.settings[programme.key]
        return points_for(random, level, setting.lo, setting.hi), None
    return None, random.gauss(level, TEST_SD) >= fmean(pitched.values())


def _import_samples(scene: Scene) -> Callable[[datetime], None]:
    def bring_in(now: datetime) -> None:
        for name in _SAMPLES:
            raw = resources.files("ldtrack.demo").joinpath("samples", name).read_bytes()
            report = import_file(scene.session, scene.hr, raw, skip_bad=True, now=now)
            scene.problems += report.problems

    return bring_in
