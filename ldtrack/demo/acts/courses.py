"""The catalogue, dated runs of courses, who completed what, and what a platform tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from random import Random
from statistics import fmean
from uuid import UUID

from ldtrack.courses.domain.statements import TakeStatement
from ldtrack.courses.service import (
    AddCourse,
    AddOffering,
    RecordCompletion,
    add_course,
    add_offering,
    book,
    record_completion,
)
from ldtrack.courses.service.statements import make_source, take_statements
from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, ScriptedCourse
from ldtrack.demo.sightings import TEST_SD, points_for
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import import_file

_SAMPLES = ("moodle_completion_report.csv", "totara_course_completion_upload.csv")
_PLATFORM, _LEARN = "Learning platform", "https://learn.example.org"
_DAYS_BEFORE = (270, 90, -70)
"""How long before today a course ran or, with a minus, how long after today it runs."""
_PLACES = 8
_SAMPLES_KNOWN_ON = date(2026, 1, 23)
"""The day after the last completion in the sample files."""


def offer(scene: Scene) -> None:
    """Fill the catalogue, and let people complete what belongs to their programme."""
    for course in scene.script.courses:
        _add(scene, course)
        if course.assessed == "imported":
            day = max(_SAMPLES_KNOWN_ON, scene.start + timedelta(days=1))
            scene.agenda.at(datetime.combine(day, time(7), UTC), _import_samples(scene))
    _hear_of_others(scene)
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
            format=course.format,
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
    for number, before in enumerate(_DAYS_BEFORE):
        _run(scene, course, number, before)


def _run(scene: Scene, course: ScriptedCourse, number: int, before: int) -> None:
    """A dated run; those ahead are booked by leaders whom the course is for, one after another."""
    random = scene.chance("offerings", course.code, number)
    starts_on = scene.today - timedelta(days=before + random.randint(0, 30))
    ahead = starts_on > scene.today
    offering_id = add_offering(
        scene.session,
        scene.hr,
        scene.course[course.code],
        AddOffering(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=int(course.hours // 8)),
            place=course.place,
            places=_PLACES if ahead else None,
        ),
        now=scene.founded_at,
    )
    wanted = [
        leader
        for _, leader, programme in scene.leaders()
        if not course.develops or programme.key in course.develops
    ]
    for leader in wanted[: _PLACES + 2] if ahead else ():
        day = scene.today - timedelta(days=random.randint(2, 20))
        scene.agenda.at(office_hours(random, day), _book(scene, offering_id, leader))


def _book(scene: Scene, offering_id: int, leader: Player) -> Act:
    def take_a_place(now: datetime) -> None:
        actor, person_id = scene.actor(leader), scene.person[leader.external_id]
        book(scene.session, actor, offering_id, person_id, now=now, base_url=scene.base_url)

    return take_a_place


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
            report = import_file(
                scene.session, scene.hr, ImportKind.COMPLETIONS, raw, skip_bad=True, now=now
            )
            scene.problems += report.problems

    return bring_in


def _hear_of_others(scene: Scene) -> None:
    """A learning platform tells of something that nobody here understands yet."""
    heard_on = scene.today - timedelta(days=3)

    def hear(now: datetime) -> None:
        make_source(scene.session, scene.hr, _PLATFORM, now=now)
        said = [
            TakeStatement(
                statement_id=str(UUID(int=number)),
                fingerprint=str(number),
                actor_key=f"account:https://learn.example.org|{known_as}",
                actor_name=name,
                activity_id=activity_id,
                activity_name=title,
                happened_at=now - timedelta(days=number),
                seconds=1_500,
                passed=True,
            )
            for number, (known_as, name, activity_id, title) in enumerate(
                (
                    ("E1001", "", f"{_LEARN}/course/18", "Data protection in ten minutes"),
                    ("E1002", "", f"{_LEARN}/course/18", "Data protection in ten minutes"),
                    ("guest-7", "Robin Guest", f"{_LEARN}/course/22", "Hybrid meetings"),
                ),
                start=1,
            )
        ]
        take_statements(scene.session, scene.hr, said, (), source=_PLATFORM, now=now)

    scene.agenda.at(datetime.combine(heard_on, time(6), UTC), hear)
