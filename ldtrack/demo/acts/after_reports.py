"""Around a report: a comment held back before it is out, a goal, and a note to those asked."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from ldtrack.coaching.domain import CameFrom, SetMilestone
from ldtrack.coaching.service import agree_to_milestone, propose_milestone
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import words
from ldtrack.feedback.domain.comments import FEWEST_WRITERS
from ldtrack.feedback.domain.document import CompetencyResult
from ldtrack.feedback.domain.heard import mark_of
from ldtrack.feedback.domain.moderation import HidingReason
from ldtrack.feedback.queries import first_reading, statement
from ldtrack.feedback.queries.moderation import to_moderate
from ldtrack.feedback.service import hide_comment, send_heard, write_heard


def make_a_goal(scene: Scene, leader: Player, subject_id: int, now: datetime) -> None:
    """Let the coach make a goal of a statement where others see the most room."""
    actor = scene.actor(scene.coach[leader.external_id])
    shown = first_reading(scene.session, actor, subject_id)
    lowest = min(shown.report.release.competencies, key=_seen_by_others, default=None)
    if lowest is None:
        return
    row = statement(scene.session, actor, shown.release_id, int(lowest.items[0].item_id))
    setting = next(s for s in scene.settings.values() if row.competency_id in s.competency.values())
    milestone_id = propose_milestone(
        scene.session,
        actor,
        SetMilestone(
            person_id=row.person_id,
            competency_id=row.competency_id,
            title=row.text[:200],
            level=row.level or setting.hi,
            came_from=CameFrom(
                release_id=row.release_id,
                item_id=row.item_id,
                cycle=row.cycle,
                statement=row.text,
            ),
        ),
        now=now,
        base_url=scene.base_url,
    )
    agree_to_milestone(
        scene.session, scene.actor(leader), milestone_id, 0, now=now, base_url=scene.base_url
    )


def hold_one_back(scene: Scene, leader: Player, subject_id: int, now: datetime) -> None:
    """Let the coach hold back a comment of a group of which enough are left."""
    actor = scene.actor(scene.coach[leader.external_id])
    lines = to_moderate(scene.session, actor, subject_id).comments
    in_block = Counter(line.place.block for line in lines if line.may_be_hidden)
    for line in lines:
        if in_block[line.place.block] > FEWEST_WRITERS:
            hide_comment(scene.session, actor, subject_id, line.place, HidingReason.TELLS, now=now)
            return


def tell_what_was_heard(scene: Scene, leader: Player, subject_id: int, now: datetime) -> None:
    """Let the leader write to everybody who was asked."""
    coach = scene.actor(scene.coach[leader.external_id])
    actor, body = scene.actor(leader), words("heard")["note"]
    release_id = first_reading(scene.session, coach, subject_id).release_id
    write_heard(scene.session, actor, release_id, body, shared=True)
    send_heard(scene.session, actor, release_id, looked_at=mark_of(body), now=now)


def _seen_by_others(result: CompetencyResult) -> float:
    value = result.others.figure.value if result.others is not None else None
    return float("inf") if value is None else value
