"""A rolling 360 as in life: raters proposed and agreed to, some late, one lost, one unwilling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.rows import PEER_GROUP, STAKEHOLDER_GROUP
from ldtrack.feedback.domain.settings import settings_of
from ldtrack.feedback.queries.answering import by_id
from ldtrack.feedback.queries.cycles import cycle
from ldtrack.feedback.queries.raters import raters_of
from ldtrack.feedback.service import (
    Delivery,
    agree,
    ask_rater,
    change_settings,
    decline,
    hand_in,
)
from ldtrack.outbox.service import came_back

PROPOSE_WITHIN = timedelta(days=6)
_CLIENT = AskRater(
    group_key=STAKEHOLDER_GROUP, name="Ivo Lang", email="ivo.lang@harbour-city.example"
)
_ANSWER = "550 5.1.1 The address was not found"
_REASON = "We have worked together for three weeks only; I could not say much."


def let_leaders_propose(scene: Scene, cycle_id: int, opens_on: date, now: datetime) -> None:
    """Have leaders say whom to ask, and their managers agree."""
    held = replace(
        settings_of(cycle(scene.session, scene.hr, cycle_id)),
        nominates=Nominates.LEADER,
        approves=Approves.MANAGER,
        nominate_until=opens_on + PROPOSE_WITHIN,
    )
    change_settings(scene.session, scene.hr, cycle_id, held, now=now)


def propose(scene: Scene, leader: Player, subject_id: int, now: datetime) -> None:
    """The leader hands in whom the reporting lines suggested."""
    actor = scene.actor(leader)
    hand_in(scene.session, actor, subject_id, now=now, base_url=scene.base_url)


def agree_to(
    scene: Scene, leader: Player, subject_id: int, delivery: Delivery, now: datetime
) -> None:
    """The manager says yes."""
    manager = next(one for one in scene.cast.players if one.external_id == leader.manager)
    person_id = scene.person[leader.external_id]
    actor = replace(scene.actor(manager), manages=frozenset({person_id}))
    agree(scene.session, actor, subject_id, now=now, delivery=delivery)


def lose_a_letter(scene: Scene, subject_id: int, delivery: Delivery, now: datetime) -> None:
    """Ask a client at an address that takes no mail, for HR to mend."""
    ask_rater(scene.session, scene.hr, subject_id, _CLIENT, now=now, delivery=delivery)
    came_back(scene.session, _CLIENT.email, _ANSWER)


def decline_politely(scene: Scene, cycle_id: int, subject_id: int, now: datetime) -> None:
    """A colleague says that they cannot tell."""
    peer = next(
        row
        for row in raters_of(scene.session, cycle_id)
        if row.subject_id == subject_id and row.group_key == PEER_GROUP
    )
    asked = by_id(scene.session, peer.invitation_id, rater_key=scene.rater_key, today=now.date())
    decline(scene.session, asked, _REASON, now=now, base_url=scene.base_url)
