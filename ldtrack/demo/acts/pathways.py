"""The pathways, who is put on them with which cohort, and what they need not do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.pick import Pick
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, ScriptedStep, words
from ldtrack.demo.truth import SECOND_WAVE_AFTER
from ldtrack.pathways.domain import (
    ClosePathway,
    CreatePathway,
    Enrol,
    StepKind,
    StepState,
    Waive,
    WriteStage,
    WriteStep,
)
from ldtrack.pathways.queries import progress_of
from ldtrack.pathways.service import (
    add_stage,
    add_step,
    close_pathway,
    create_pathway,
    enrol,
    publish,
    waive,
)

_LONG_OVERDUE = timedelta(days=60)
_TRIED_FOR = timedelta(days=120)
_SEASONS = ("winter", "spring", "summer", "autumn")


def design(scene: Scene) -> None:
    """Build and publish each programme's pathway."""
    for programme in scene.script.programmes:
        setting = scene.settings[programme.key]
        version_id = create_pathway(
            scene.session,
            scene.hr,
            CreatePathway(
                title=programme.title,
                purpose=programme.purpose,
                framework_version_id=setting.framework_version_id,
            ),
        )
        for stage in programme.stages:
            gates = {setting.competency[key]: level for key, level in stage.gates.items()}
            stage_id = add_stage(
                scene.session, scene.hr, version_id, WriteStage(title=stage.title, gates=gates)
            )
            for step in stage.steps:
                scene.step[programme.key, step.title] = add_step(
                    scene.session, scene.hr, stage_id, _command(scene, programme, step)
                )
        publish(scene.session, scene.hr, version_id)
        scene.version[programme.key] = version_id


def close_a_trial(scene: Scene) -> None:
    """Have a pathway closed that was tried early on, with what was learnt from it."""
    tried = words("pathways")["tried"]
    setting = scene.settings[scene.script.programmes[0].key]
    about = CreatePathway(
        title=tried["title"],
        purpose=tried["purpose"],
        framework_version_id=setting.framework_version_id,
    )
    version_id = create_pathway(scene.session, scene.hr, about)
    stage = WriteStage(title=tried["stage"])
    stage_id = add_stage(scene.session, scene.hr, version_id, stage)
    for kind in (StepKind.READING, StepKind.REFLECTION):
        step = WriteStep(kind=kind, title=tried[kind.value])
        add_step(scene.session, scene.hr, stage_id, step)
    publish(scene.session, scene.hr, version_id)
    ended = ClosePathway(reason=tried["reason"], learnt=tried["learnt"])
    day = office_hours(scene.chance("tried"), scene.start + _TRIED_FOR)
    scene.agenda.at(day, partial(_close, scene, version_id, ended))


def _close(scene: Scene, version_id: int, ended: ClosePathway, now: datetime) -> None:
    close_pathway(scene.session, scene.hr, version_id, ended, now=now)


def joins(scene: Scene, leader: Player, programme: Programme) -> Act:
    """Put a leader on the programme's pathway."""

    def join(now: datetime) -> None:
        scene.enrolment[leader.external_id] = enrol(
            scene.session,
            scene.hr,
            Enrol(
                version_id=scene.version[programme.key],
                person_id=scene.person[leader.external_id],
                enrolled_on=now.date(),
                cohort=_cohort(scene, programme, now.date()),
            ),
            now=now,
        )

    return join


def let_some_pass(scene: Scene) -> None:
    """Have HR go through what is long overdue, once for each leader, and waive some of it."""
    for _, leader, _ in scene.leaders():
        random = scene.chance("waivers", leader.external_id)
        day = scene.today - timedelta(days=random.randint(12, 70))
        scene.agenda.at(office_hours(random, day), partial(_waive_some, scene, leader, random))


def _waive_some(scene: Scene, leader: Player, random: Random, now: datetime) -> None:
    enrolment_id = scene.enrolment[leader.external_id]
    reason = Pick(random, words("pathways")["waivers"])
    progress = progress_of(scene.session, scene.hr, enrolment_id, now.date())
    for one in progress.steps:
        long_since = one.due_on is not None and one.due_on < now.date() - _LONG_OVERDUE
        if one.state is StepState.OVERDUE and long_since and random.random() < 0.6:
            command = Waive(step_id=one.step.id, reason=reason())
            waive(scene.session, scene.hr, enrolment_id, command, now=now)


def _command(scene: Scene, programme: Programme, step: ScriptedStep) -> WriteStep:
    return WriteStep(
        kind=step.kind,
        title=step.title,
        required=step.required,
        weight=step.weight,
        course_id=scene.course[step.course] if step.course else None,
        competency_id=(
            scene.settings[programme.key].competency[step.competency] if step.competency else None
        ),
        level=step.level,
        text=step.text,
        due_days=step.due_days,
        requires=tuple(scene.step[programme.key, title] for title in step.requires),
    )


def _cohort(scene: Scene, programme: Programme, day: date) -> str:
    second = day >= scene.start + timedelta(days=SECOND_WAVE_AFTER)
    began = scene.start + timedelta(days=10 + (SECOND_WAVE_AFTER if second else 0))
    return f"{programme.title}, {_SEASONS[began.month % 12 // 3]} {began.year}"
