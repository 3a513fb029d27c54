"""Short feedback between colleagues: thanked for and shared; and a word that is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.pick import Pick
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme, words
from ldtrack.feedback.domain.short import AskForShort, Behaviour, GiveShort, ShortKind
from ldtrack.feedback.service import ask_for_short, give, share_short, thank

_LATELY = 150
"""Days back to which there is some."""


def exchange_words(scene: Scene) -> None:
    """Let leaders, coaches and sponsors tell leaders what they saw, and some leaders ask."""
    said = words("short")
    picks = {
        kind: Pick(scene.chance("short words", kind.value), said[kind.value]) for kind in ShortKind
    }
    for place, leader, programme in scene.leaders():
        random = scene.chance("short", leader.external_id)
        for author in _authors(scene, place, leader, random):
            day = scene.today - timedelta(days=random.randint(2, _LATELY))
            kind = ShortKind.KEEP if random.random() < 0.65 else ShortKind.TRY
            tells = partial(_tell, scene, leader, author, programme, picks[kind], kind, random)
            scene.agenda.at(office_hours(random, day), tells)
        if place % 2 == 0:
            day = scene.today - timedelta(days=random.randint(4, 9))
            question = random.choice(said["asks"])
            asks = partial(_ask, scene, leader, place, programme, question, random)
            scene.agenda.at(office_hours(random, day), asks)


def _authors(scene: Scene, place: int, leader: Player, random: Random) -> list[Player]:
    everybody = scene.cast.leaders
    peers = [everybody[(place + n) % len(everybody)] for n in (1, 2)]
    sponsors = [p for p in scene.cast.sponsors if p.external_id == leader.manager]
    known = [p for p in (*peers, scene.coach_of(place), *sponsors) if p is not leader]
    return random.sample(known, min(len(known), random.randint(1, 3)))


def _tell(
    scene: Scene,
    leader: Player,
    author: Player,
    programme: Programme,
    pick: Pick,
    kind: ShortKind,
    random: Random,
    now: datetime,
) -> None:
    command = GiveShort(
        person_id=scene.person[leader.external_id],
        about=_about(scene, programme, random),
        kind=kind,
        body=pick(),
    )
    actor = scene.actor(leader)
    short_id = give(scene.session, scene.actor(author), command, now=now, base_url=scene.base_url)
    if random.random() < 0.6:
        thank(scene.session, actor, short_id, now=now + timedelta(days=1))
    if random.random() < 0.4 and leader.external_id in scene.coach:
        share_short(scene.session, actor, short_id, today=now.date())


def _ask(
    scene: Scene,
    leader: Player,
    place: int,
    programme: Programme,
    question: str,
    random: Random,
    now: datetime,
) -> None:
    # The one before asks, so that the first leader finds something to answer.
    asked = scene.cast.leaders[place - 1]
    if asked is not leader:
        command = AskForShort(
            asked_id=scene.person[leader.external_id],
            about=_about(scene, programme, random),
            question=question,
        )
        ask_for_short(scene.session, scene.actor(asked), command, now=now, base_url=scene.base_url)


def _about(scene: Scene, programme: Programme, random: Random) -> Behaviour:
    key = random.choice(tuple(programme.targets))
    return Behaviour(competency_id=scene.settings[programme.key].competency[key])
