"""Agreements of coaching: what was agreed with the sponsor, and who signed it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ldtrack.coaching.domain import Agree, SponsorSees
from ldtrack.coaching.domain.agreements import Goal, PartyKind, WriteAgreement
from ldtrack.coaching.domain.closing import WriteClosing
from ldtrack.coaching.service import (
    agree,
    send_agreement,
    sign_agreement,
    write_agreement,
    write_closing,
)
from ldtrack.demo.acts.sessions import Meetings
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import words

_SEEN: tuple[frozenset[SponsorSees], ...] = (
    frozenset(SponsorSees) - {SponsorSees.FEEDBACK},
    frozenset({SponsorSees.PROGRESS, SponsorSees.SESSION_COUNTS}),
    frozenset({SponsorSees.PROGRESS, SponsorSees.MILESTONES, SponsorSees.OUTCOMES}),
    frozenset(SponsorSees),
    frozenset({SponsorSees.SESSION_COUNTS}),
    frozenset({SponsorSees.PROGRESS, SponsorSees.MILESTONES, SponsorSees.LEVELS}),
)
_MOST_GOALS = 2


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a version says, the goals aside."""

    purpose: str
    sees: frozenset[SponsorSees]


def terms_of(place: int, which: int | None = None) -> Terms:
    """What a leader of this place in the cast agrees to."""
    purposes = words("coaching")["purposes"]
    return Terms(
        purpose=purposes[place % len(purposes)],
        sees=_SEEN[(place if which is None else which) % len(_SEEN)],
    )


def record_on_paper(scene: Scene, terms: Terms, engagement_id: int, now: datetime) -> None:
    """HR writes down what the three signed elsewhere."""
    command = Agree(agreed_on=now.date(), purpose=terms.purpose, sponsor_sees=terms.sees)
    agree(scene.session, scene.hr, engagement_id, command, now=now)


def signs(
    scene: Scene,
    leader: Player,
    coach: Player,
    terms: Terms,
    meetings: Meetings,
    now: datetime,
    *,
    signers: frozenset[PartyKind] = frozenset(PartyKind),
) -> None:
    """The coach writes it, and those of the three who are named sign, one after the other."""
    session, writer = scene.session, scene.actor(coach)
    [backer] = [one for one in scene.cast.sponsors if one.external_id == leader.manager]
    command = _written(scene, meetings, terms)
    agreement_id = write_agreement(session, writer, meetings.engagement_id, command, now=now)
    send_agreement(session, writer, agreement_id, now=now, base_url=scene.base_url)
    three = {PartyKind.COACH: coach, PartyKind.LEADER: leader, PartyKind.SPONSOR: backer}
    for hours, (kind, player) in enumerate(three.items(), start=1):
        if kind in signers:
            actor = scene.actor(player)
            at = now + timedelta(hours=hours)
            sign_agreement(
                session, actor, agreement_id, actor.name, now=at, base_url=scene.base_url
            )


def look_back(
    scene: Scene, leader: Player, coach: Player, meetings: Meetings, now: datetime
) -> None:
    """Leader and coach each say what came of it."""
    for player, (aimed, came, remains) in zip(
        (leader, coach), words("coaching")["closings"], strict=True
    ):
        said = WriteClosing(aimed=aimed, came=came, remains=remains)
        actor = scene.actor(player)
        write_closing(scene.session, actor, meetings.engagement_id, said, now=now)


def _written(scene: Scene, meetings: Meetings, terms: Terms) -> WriteAgreement:
    aimed = list(meetings.programme.targets.items())[:_MOST_GOALS]
    setting = scene.settings[meetings.programme.key]
    return WriteAgreement(
        purpose=terms.purpose,
        sponsor_sees=terms.sees,
        sessions_agreed=meetings.n_agreed,
        goals=tuple(
            Goal(competency_id=setting.competency[key], level=level) for key, level in aimed
        ),
    )
