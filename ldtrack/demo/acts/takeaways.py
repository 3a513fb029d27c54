"""What leaders take along from events, looked at again or still open."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ldtrack.demo.agenda import office_hours
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import words
from ldtrack.reflection.domain.takeaways import (
    TakeAlong,
    TakeawayKind,
    TakeawayState,
    TellTakeaway,
)
from ldtrack.reflection.service import take_along, tell_takeaway

_TOLD_AGO, _OPEN_AGO = 24, 9
"""Days since they were taken along."""
_AGAIN = timedelta(days=14)


def take_things_along(scene: Scene) -> None:
    """Let the first leader take along one of each, the others some."""
    things = words("takeaways")["things"]
    for place, leader in enumerate(scene.cast.leaders):
        random = scene.chance("takeaways", leader.external_id)
        chosen = things if place == 0 else random.sample(things, random.randint(1, 3))
        for number, thing in enumerate(chosen):
            ago = (_OPEN_AGO if thing["state"] == "open" else _TOLD_AGO) + 2 * number
            at = office_hours(random, scene.today - timedelta(days=ago))
            scene.agenda.at(at, partial(_take, scene, leader, thing))


def _take(scene: Scene, leader: Player, thing: dict[str, Any], now: datetime) -> None:
    random = scene.chance("sharing what is taken", leader.external_id, thing["what"])
    coach = scene.coach.get(leader.external_id)
    again_on = now.date() + _AGAIN
    command = TakeAlong(
        kind=TakeawayKind(thing["kind"]),
        what=thing["what"],
        about=thing["about"],
        follow_up_on=again_on,
        remind=True,
        reader_ids=(scene.person[coach.external_id],) if coach and random.random() < 0.3 else (),
    )
    actor = scene.actor(leader)
    takeaway_id = take_along(scene.session, actor, command, today=now.date())
    state = TakeawayState(thing["state"])
    if state is not TakeawayState.OPEN:
        told = TellTakeaway(state=state, told=thing["told"])
        tell_takeaway(scene.session, actor, takeaway_id, told, today=again_on)
