"""A leader whose coaching comes to its end chooses their next coach."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ldtrack.coaching.domain.appointments import PlanAppointment
from ldtrack.coaching.domain.choosing import USUAL_TIME, InviteToChoose, first_ones
from ldtrack.coaching.domain.matching import LookedFor, Sought, in_order
from ldtrack.coaching.queries import coaches_for, own_choice
from ldtrack.coaching.service import Sender, ask_to_meet, invite_to_choose, plan_talk
from ldtrack.demo.agenda import Act
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.people.queries import people_named

_SENDER = Sender(address="no-reply@example.org", base_url="http://127.0.0.1:8000")
_SESSIONS = 6


def chooses_next(scene: Scene, leader: Player) -> Act:
    """They are invited, ask for two first talks, and one coach has given a day."""

    def choose(now: datetime) -> None:
        session, person_id = scene.session, scene.person[leader.external_id]
        known = people_named(session, [person_id])[person_id]
        sought = Sought(language="English")
        coaches = first_ones(in_order(coaches_for(session, known, now.date()), sought))
        if not coaches:
            return
        command = InviteToChoose(
            person_id=person_id,
            coach_ids=tuple(coaches),
            sessions_agreed=_SESSIONS,
            closes_on=now.date() + USUAL_TIME,
            looked_for=LookedFor(language=sought.language),
        )
        invite_to_choose(session, scene.hr, command, now=now, sender=_SENDER)
        _, offered = own_choice(session, scene.actor(leader), now.date())
        for one in offered[:2]:
            ask_to_meet(session, scene.actor(leader), one.row.id, now=now, sender=_SENDER)
        talk = PlanAppointment(
            on=scene.today + timedelta(days=3), at=time(9, 30), minutes=30, place="Room 2.14"
        )
        coach = next(
            one
            for one in scene.cast.coaches
            if scene.person[one.external_id] == offered[0].row.coach_id
        )
        first = offered[0].row.id
        plan_talk(session, scene.actor(coach), first, talk, now=now, sender=_SENDER)

    return choose
