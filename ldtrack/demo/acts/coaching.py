"""Coaching: who works with whom from when, what was agreed, and on which days they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from ldtrack.access.domain import Actor, Role
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.domain.agreements import PartyKind
from ldtrack.coaching.domain.coaches import PresentOneself, WriteCoach
from ldtrack.coaching.domain.handover import ChangeCoach, Handed
from ldtrack.coaching.service import (
    Sender,
    change_coach,
    describe_coach,
    hand_over,
    open_engagement,
    present_oneself,
)
from ldtrack.demo.acts.agreements import look_back, record_on_paper, signs, terms_of
from ldtrack.demo.acts.choosing import chooses_next
from ldtrack.demo.acts.pathways import joins
from ldtrack.demo.acts.sessions import Meetings
from ldtrack.demo.agenda import Act, office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme

_ON_PAPER = 2
"""The leader of each dozen whose agreement HR recorded."""
_LOOKS_BACK = 9
"""Where in the cast leader and coach look back, and the leader chooses their next coach."""
_WAITS_FOR: Mapping[int, frozenset[PartyKind]] = {
    3: frozenset({PartyKind.LEADER, PartyKind.COACH}),
    5: frozenset({PartyKind.COACH}),
}
"""Places in the cast where a new version is being signed, and who has signed it so far."""
_CHANGES_COACH = 7
"""The leader of each dozen who begins with one coach and goes on with another."""
_HANDED = ((Handed.GOALS, Handed.SESSIONS), None, (), tuple(Handed))
"""What those leaders hand over, one after the other; None has not decided."""
_KNOWN = (
    ("English, French", "ICF", "PCC", 41),
    ("English, German", "EMCC", "Senior Practitioner", 420),
    ("English", "ICF", "ACC", 233),
)
"""Languages, who accredited a coach, at which level, and for how many days from today."""

_ABOUT = (
    "I ran a plant before I became a coach. I ask short questions, and I wait for the answer.",
    "Twelve years in hospitals. We work on one thing at a time, and look at it again in a week.",
    "I come from software teams. I like to sit in on a meeting of yours before we talk about it.",
)
"""What coaches say of themselves."""


@dataclass(frozen=True, kw_only=True)
class _Pair:
    leader: Player
    coach: Player
    programme: Programme
    place: int
    starts_on: date
    ends_on: date | None
    n_sessions: int


def pair_up(scene: Scene) -> None:
    """Bring leaders and coaches together, and put the leaders on their pathways then."""
    for place, coach in enumerate(scene.cast.coaches):
        known_at = office_hours(scene.chance("coach", coach.external_id), scene.start)
        scene.agenda.at(known_at, _is_described(scene, coach, place))
    for place, leader, programme in scene.leaders():
        random = scene.chance("coaching", leader.external_id)
        before: Meetings | None = None
        for pair in _pairs(scene, place, leader, programme, random):
            opens_at = office_hours(random, pair.starts_on)
            meetings = Meetings(scene, leader, pair.coach, programme)
            scene.agenda.at(opens_at, _opens(scene, pair, meetings, random, before))
            if pair.ends_on is not None:
                ends_at = office_hours(random, pair.ends_on)
                scene.agenda.at(ends_at, _looks_back(scene, pair, meetings))
            before = meetings
        if place == _LOOKS_BACK:
            chosen_at = office_hours(random, scene.today - timedelta(days=1))
            scene.agenda.at(chosen_at, chooses_next(scene, leader))
        enrols_at = office_hours(random, scene.begins_on(place) + timedelta(days=7))
        scene.agenda.at(enrols_at, joins(scene, leader, programme))


def _is_described(scene: Scene, coach: Player, place: int) -> Act:
    def describe(now: datetime) -> None:
        languages, body, level, days = _KNOWN[place % len(_KNOWN)]
        command = WriteCoach(
            places=24,
            languages=languages,
            body=body,
            level=level,
            expires_on=scene.today + timedelta(days=days),
        )
        person_id = scene.person[coach.external_id]
        describe_coach(scene.session, scene.hr, person_id, command, now=now)
        _says_what_they_coach_best(scene, person_id, languages, place)

    return describe


def _says_what_they_coach_best(scene: Scene, person_id: int, languages: str, place: int) -> None:
    actor = Actor(
        organisation_id=scene.hr.organisation_id,
        person_id=person_id,
        roles=frozenset({Role.COACH}),
    )
    ids = {one for setting in scene.settings.values() for one in setting.competency.values()}
    known = sorted(ids)
    best_at = tuple({known[(place * 2 + step) % len(known)]: None for step in range(4)})
    command = PresentOneself(
        languages=languages, best_at=best_at, about=_ABOUT[place % len(_ABOUT)]
    )
    present_oneself(scene.session, actor, command)


def _pairs(
    scene: Scene, place: int, leader: Player, programme: Programme, random: Random
) -> list[_Pair]:
    begins_on, coach = scene.begins_on(place), scene.coach_of(place)
    n_sessions = random.randint(7, 12)
    changes = place % 12 == _CHANGES_COACH and len(scene.cast.coaches) > 1
    half = begins_on + (scene.today - begins_on) * 2 // 5 if changes else None
    first = _Pair(
        leader=leader,
        coach=coach,
        programme=programme,
        place=place,
        starts_on=begins_on,
        ends_on=half,
        n_sessions=4 if changes else n_sessions,
    )
    if half is None:
        return [first]
    second = _Pair(
        leader=leader,
        coach=scene.coach_of(place + 1),
        programme=programme,
        place=place,
        starts_on=half + timedelta(days=9),
        ends_on=None,
        n_sessions=6,
    )
    return [first, second]


def _opens(
    scene: Scene, pair: _Pair, meetings: Meetings, random: Random, before: Meetings | None
) -> Act:
    def begin(now: datetime) -> None:
        person_id = scene.person[pair.leader.external_id]
        meetings.n_agreed = pair.n_sessions + random.choice((0, 1, 2))
        if before is None:
            meetings.engagement_id = open_engagement(
                scene.session,
                scene.hr,
                OpenEngagement(
                    coach_id=scene.person[pair.coach.external_id],
                    person_id=person_id,
                    starts_on=now.date(),
                    sessions_agreed=meetings.n_agreed,
                ),
                now=now,
            )
        else:
            _follows(scene, pair, meetings, before, now)
        scene.coached.setdefault(pair.coach.external_id, set()).add(person_id)
        scene.coach[pair.leader.external_id] = pair.coach
        if pair.place % 12 == _ON_PAPER and pair.ends_on is None:
            record_on_paper(scene, terms_of(pair.place), meetings.engagement_id, now)
        else:
            signs(scene, pair.leader, pair.coach, terms_of(pair.place), meetings, now)
        last_on = (pair.ends_on or scene.today) - timedelta(days=random.randint(3, 24))
        meetings.plan(now.date() + timedelta(days=5), last_on, pair.n_sessions)
        if pair.place % 4 == 0:
            again = office_hours(random, now.date() + (scene.today - now.date()) // 2)
            scene.agenda.at(again, _agrees_anew(scene, pair, meetings))
        if pair.place == _LOOKS_BACK:
            lately = office_hours(random, scene.today - timedelta(days=2))
            scene.agenda.at(lately, _looks_back(scene, pair, meetings))
        if pair.place in _WAITS_FOR and pair.ends_on is None:
            lately = office_hours(random, scene.today - timedelta(days=3))
            scene.agenda.at(lately, _waits(scene, pair, meetings))

    return begin


def _follows(
    scene: Scene, pair: _Pair, meetings: Meetings, before: Meetings, now: datetime
) -> None:
    """Another coach takes over; some leaders hand something over, one has not decided yet."""
    person_id = scene.person[pair.leader.external_id]
    meetings.engagement_id = change_coach(
        scene.session,
        scene.hr,
        before.engagement_id,
        ChangeCoach(
            coach_id=scene.person[pair.coach.external_id], sessions_agreed=meetings.n_agreed
        ),
        now=now,
        sender=Sender(address="no-reply@example.org", base_url=scene.base_url),
    )
    scene.coached[before.coach.external_id].discard(person_id)
    parts = _HANDED[pair.place // 12 % len(_HANDED)]
    if parts is not None:
        leader = scene.actor(pair.leader)
        hand_over(scene.session, leader, meetings.engagement_id, parts, now=now)


def _agrees_anew(scene: Scene, pair: _Pair, meetings: Meetings) -> Act:
    def renew(now: datetime) -> None:
        # With one thing more for the sponsor than at first, or everything again.
        terms = terms_of(pair.place, 0 if pair.place % 3 else 3)
        signs(scene, pair.leader, pair.coach, terms, meetings, now)

    return renew


def _looks_back(scene: Scene, pair: _Pair, meetings: Meetings) -> Act:
    def look(now: datetime) -> None:
        look_back(scene, pair.leader, pair.coach, meetings, now)

    return look


def _waits(scene: Scene, pair: _Pair, meetings: Meetings) -> Act:
    def ask(now: datetime) -> None:
        terms, signers = terms_of(pair.place, 3), _WAITS_FOR[pair.place]
        signs(scene, pair.leader, pair.coach, terms, meetings, now, signers=signers)

    return ask
