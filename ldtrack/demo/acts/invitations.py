"""Who is invited onwards, what somebody needs, and the version that is being written."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.pathways.domain import (
    NeedKind,
    StateNeed,
    StepKind,
    WriteCall,
    WriteGroup,
    WriteRule,
    WriteStep,
)
from ldtrack.pathways.queries import pathway
from ldtrack.pathways.service import (
    add_group,
    add_step,
    say_interested,
    start_new_version,
    state_need,
    write_call,
    write_rule,
)

_INVITED, _NEEDED, _REWRITTEN = 18, 9, 6
"""Days before today."""
_ANSWERED_AFTER = (3, 8)
_SEATS = 4


def invite_onwards(scene: Scene) -> None:
    """Invite those of the first programme to the last, where there are two."""
    first, last = scene.script.programmes[0], scene.script.programmes[-1]
    leaders = [leader for _, leader in scene.leaders_on(first.key)]
    if first.key == last.key:
        return
    scene.agenda.at(
        office_hours(scene.chance("invitation"), scene.today - timedelta(days=_INVITED)),
        partial(_invite, scene, first, last, leaders),
    )
    scene.agenda.at(
        office_hours(scene.chance("need"), scene.today - timedelta(days=_NEEDED)),
        partial(_need, scene, leaders[-1]),
    )
    scene.agenda.at(
        office_hours(scene.chance("rewriting"), scene.today - timedelta(days=_REWRITTEN)),
        partial(_rewrite, scene, first),
    )


def _invite(
    scene: Scene, first: Programme, last: Programme, leaders: list[Player], now: datetime
) -> None:
    pathway_id = pathway(scene.session, scene.hr, scene.version[last.key]).pathway_id
    rule = WriteRule(job_profiles=(first.role_profile,))
    write_rule(scene.session, scene.hr, pathway_id, rule, now=now)
    call_id = write_call(
        scene.session,
        scene.hr,
        pathway_id,
        WriteCall(
            story=words("invitations")["story"],
            targeted=True,
            opens_on=now.date(),
            closes_on=scene.today + timedelta(days=24),
            seats=_SEATS,
        ),
        now=now,
    )
    for leader, days, sentence in zip(
        leaders, _ANSWERED_AFTER, words("invitations")["interest"], strict=False
    ):
        scene.agenda.at(
            office_hours(
                scene.chance("interest", leader.external_id), now.date() + timedelta(days=days)
            ),
            partial(_answer, scene, call_id, leader, sentence),
        )


def _answer(scene: Scene, call_id: int, leader: Player, sentence: str, now: datetime) -> None:
    say_interested(scene.session, scene.actor(leader), call_id, sentence, {}, now=now)


def _need(scene: Scene, leader: Player, now: datetime) -> None:
    command = StateNeed(
        enrolment_id=scene.enrolment[leader.external_id],
        kind=NeedKind.TIME,
        words=words("invitations")["need"],
    )
    state_need(scene.session, scene.actor(leader), command, now=now)


def _rewrite(scene: Scene, programme: Programme, _now: datetime) -> None:
    """Begin the next version, in which leaders choose one of two ways to look back."""
    draft_id = start_new_version(scene.session, scene.hr, scene.version[programme.key])
    stage = pathway(scene.session, scene.hr, draft_id).stages[-1]
    said = words("invitations")["choice"]
    group_id = add_group(
        scene.session, scene.hr, stage.id, WriteGroup(title=said["title"], choose=1)
    )
    for step in said["steps"]:
        command = WriteStep(
            kind=StepKind(step["kind"]), title=step["title"], text=step["text"], group_id=group_id
        )
        add_step(scene.session, scene.hr, stage.id, command)
