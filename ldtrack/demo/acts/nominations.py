"""A cycle that lies ahead: leaders say whom to ask; one waits for a yes, one should look again."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from ldtrack.demo.acts.questionnaires import questionnaire_for
from ldtrack.demo.agenda import office_hours
from ldtrack.demo.scene import Scene
from ldtrack.demo.script import Programme
from ldtrack.feedback.domain.commands import NewCycle
from ldtrack.feedback.domain.nominating import Approves, Nominates
from ldtrack.feedback.domain.settings import USUAL_REMINDERS, CycleSettings
from ldtrack.feedback.service import (
    add_subject,
    begin_nominating,
    change_settings,
    create_cycle,
    hand_in,
    send_back,
    suggest,
)

_NAME = "Spring view"
_FLOOR, _KEPT_MONTHS = 3, 24
_BEGAN, _PROPOSES_FOR, _OPENS_IN, _LASTS = (timedelta(days=n) for n in (4, 10, 14, 21))
_LOOK_AGAIN = "Please add somebody from the depots: they see you lead every day."
_LEADERS = 3


def let_leaders_propose(scene: Scene) -> None:
    """Put it on the agenda of the organisation whose people are known by name."""
    if scene.script.has_known_leaders:
        programme = scene.script.programmes[0]
        began_at = office_hours(Random(0), scene.today - _BEGAN)
        scene.agenda.at(began_at, partial(_begin, scene, programme))


def _begin(scene: Scene, programme: Programme, now: datetime) -> None:
    session, hr = scene.session, scene.hr
    cycle_id = create_cycle(
        session,
        hr,
        NewCycle(
            name=_NAME,
            opens_on=scene.today + _OPENS_IN,
            closes_on=scene.today + _OPENS_IN + _LASTS,
            questionnaire=questionnaire_for(scene, programme, now),
        ),
        now=now,
    )
    settings = CycleSettings(
        k=_FLOOR,
        kept_months=_KEPT_MONTHS,
        nominates=Nominates.LEADER,
        approves=Approves.MANAGER,
        nominate_until=now.date() + _PROPOSES_FOR,
        reminder_days=USUAL_REMINDERS,
    )
    change_settings(session, hr, cycle_id, settings, now=now)
    leaders = [leader for _, leader in scene.leaders_on(programme.key)][:_LEADERS]
    about = [
        add_subject(session, hr, cycle_id, scene.person[leader.external_id], now=now)
        for leader in leaders
    ]
    begin_nominating(session, hr, cycle_id, now=now, base_url=scene.base_url)
    for leader, subject_id in list(zip(leaders, about, strict=True))[1:]:
        actor = scene.actor(leader)
        suggest(session, actor, subject_id, now=now)
        hand_in(session, actor, subject_id, now=now, base_url=scene.base_url)
    send_back(session, hr, about[-1], _LOOK_AGAIN, now=now, base_url=scene.base_url)
