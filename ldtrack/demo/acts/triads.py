"""Triads of leaders: promises, what became of them, and one who was not heard of lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import words
from ldtrack.network import service
from ldtrack.network.domain.triads import (
    CheckInNow,
    CommitmentState,
    NoteKind,
    Report,
    StartTriad,
)
from ldtrack.network.links import SeatLinks
from ldtrack.network.queries import commitments, seat_of
from ldtrack.network.service import Sender

_MOST = 6
_WEEKS = 2
_BEGAN = 33
"""Days ago; the third round is near its end."""


def meet_in_threes(scene: Scene) -> None:
    """Let leaders of a company find each other in threes."""
    leaders = scene.cast.leaders
    for number in range(min(_MOST, len(leaders) // 3)):
        three = leaders[number * 3 : number * 3 + 3]
        random = scene.chance("triad", number)
        day = scene.today - timedelta(days=_BEGAN)
        scene.agenda.at(office_hours(random, day), partial(_begin, scene, number, three))


def _begin(scene: Scene, number: int, three: tuple[Player, ...], now: datetime) -> None:
    said = words("triads")
    sender = Sender(links=SeatLinks(keys=("the demo",), base_url=scene.base_url), now=now)
    command = StartTriad(
        purpose=said["purposes"][number % len(said["purposes"])],
        weeks=_WEEKS,
        others=(three[1].external_id, three[2].external_id),
    )
    triad_id = service.start(scene.session, scene.actor(three[0]), command, sender=sender)
    for player in three[1:]:
        own = seat_of(scene.session, scene.actor(player), triad_id)
        service.answer(scene.session, own, accept=True, sender=sender)
    for place, player in enumerate(three):
        random = scene.chance("promise", number, place)
        first = office_hours(random, now.date() + timedelta(days=1))
        scene.agenda.at(first, partial(_promise, scene, triad_id, player, number + place))
        # The last of three was not heard of in the second round.
        for turn in (0,) if place == len(three) - 1 else (0, 1):
            day = now.date() + timedelta(days=turn * 7 * _WEEKS + 9)
            again = partial(_check_in, scene, triad_id, player, number + place + turn)
            scene.agenda.at(office_hours(random, day), again)
    story = now.date() + timedelta(days=20)
    at = office_hours(scene.chance("told", number), story)
    scene.agenda.at(at, partial(_tell, scene, triad_id, three, number))


def _promise(scene: Scene, triad_id: int, player: Player, pick: int, now: datetime) -> None:
    own = seat_of(scene.session, scene.actor(player), triad_id)
    promises = words("triads")["promises"]
    until = now.date() + timedelta(days=10)
    what = promises[pick % len(promises)]
    service.commit(scene.session, own, what, until, today=now.date())


def _check_in(scene: Scene, triad_id: int, player: Player, pick: int, now: datetime) -> None:
    said, today = words("triads"), now.date()
    own = seat_of(scene.session, scene.actor(player), triad_id)
    state, told = said["happened"][pick % len(said["happened"])]
    reports = tuple(
        Report(commitment_id=row.id, state=CommitmentState(state), told=told)
        for row in commitments(scene.session, own)
        if row.member_id == own.id and row.state is CommitmentState.OPEN
    )
    command = CheckInNow(
        reports=reports,
        word=said["words"][pick % len(said["words"])],
        what=said["promises"][(pick + 3) % len(said["promises"])],
        until=today + timedelta(days=12),
    )
    service.check_in(scene.session, own, command, today=today)


def _tell(
    scene: Scene, triad_id: int, three: tuple[Player, ...], number: int, now: datetime
) -> None:
    said, today = words("triads"), now.date()
    seats = [seat_of(scene.session, scene.actor(player), triad_id) for player in three]
    body = said["experiences"][number % len(said["experiences"])]
    told = service.tell(scene.session, seats[1], body, today=today)
    for own, kind, lines in (
        (seats[0], NoteKind.QUESTION, said["questions"]),
        (seats[2], NoteKind.NOTE, said["notes"]),
    ):
        line = lines[number % len(lines)]
        service.say(scene.session, own, told, kind, line, today=today)
